interface Spoken { role?: 'button' | 'tab' | 'tablist' | 'radio' | 'checkbox' | 'dialog' | 'alert' | 'status' | 'img'; label?: string; checked?: boolean; selected?: boolean; hidden?: boolean }

const touchable: readonly Spoken['role'][] = ['button', 'tab', 'radio', 'checkbox'];

/** What a screen reader is told. WeChat reads aria-role (config/aria.js lets it through to WXML), browsers read role, and reach by keyboard what has a tab index. */
export function a11y({ role, label, checked, selected, hidden }: Spoken): object {
  return {
    ...(role && (process.env.TARO_ENV === 'h5' ? { role, ...(touchable.includes(role) && { tabIndex: 0 }) } : { 'aria-role': role })), ...(label !== undefined && { 'aria-label': label }),
    ...(checked !== undefined && { 'aria-checked': String(checked) }), ...(selected !== undefined && { 'aria-selected': String(selected) }), ...(hidden && { 'aria-hidden': 'true' }),
  };
}
