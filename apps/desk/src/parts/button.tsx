import type { ReactNode } from 'react';

interface Props { children: ReactNode; onClick: () => void; look?: 'pri' | 'line' | 'txt'; small?: boolean; hotkey?: string | undefined; disabled?: boolean; busy?: boolean; title?: string; label?: string; grow?: boolean }
/** `pri` is the screen's one main action; `hotkey` is only shown here, the screen listens for it. */
export function Btn({ children, onClick, look, small, hotkey, disabled = false, busy = false, title, label, grow }: Props): ReactNode {
  const classes = ['btn', look, small && 'sm', grow && 'grow'].filter(Boolean).join(' ');
  return <button type="button" className={classes} onClick={onClick} disabled={disabled || busy} aria-busy={busy} title={title} aria-label={label}>
    {children}{hotkey && <kbd>{hotkey}</kbd>}
  </button>;
}
