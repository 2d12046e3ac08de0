interface Spoken { role?: 'button' | 'tab' | 'tablist' | 'radio' | 'checkbox' | 'dialog' | 'alert' | 'status' | 'img'; label?: string; checked?: boolean; selected?: boolean; hidden?: boolean }

/** What a screen reader is told. WeChat reads aria-role (config/aria.js lets it through to WXML), browsers read role. */
export function a11y({ role, label, checked, selected, hidden }: Spoken): object {
  return {
    ...(role && (process.env.TARO_ENV === 'h5' ? { role } : { 'aria-role': role })), ...(label !== undefined && { 'aria-label': label }),
    ...(checked !== undefined && { 'aria-checked': String(checked) }), ...(selected !== undefined && { 'aria-selected': String(selected) }), ...(hidden && { 'aria-hidden': 'true' }),
  };
}
