import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useMedia } from '../platform/screen.ts';
import { storeOf } from '../platform/signal.ts';
import { Btn } from './button.tsx';

/** Stays open while one goes from row to row. */
const drawer = storeOf(false);

/** The right rail; from 1024 to 1279 it is a drawer behind a button, and the shortcuts stay on while it is open. `fixed`: only its reading part scrolls, what can be done stays in view. */
export function Rail({ width, label, fixed = false, children }: { width: number; label: string; fixed?: boolean; children: ReactNode }): ReactNode {
  const wide = useMedia('(min-width: 1280px)');
  const open = drawer.use();
  if (wide) return <aside className={fixed ? 'rail fixed' : 'rail'} style={{ width }} aria-label={label}>{children}</aside>;
  return <><div style={{ position: 'absolute', right: 16, top: 62, zIndex: 2 }}><Btn small look="line" onClick={() => drawer.set(true)}>{label}</Btn></div>
    <Drawer open={open} onClose={() => drawer.set(false)} size={width + 32} title={label}><div className={fixed ? 'in-drawer fixed' : 'in-drawer'}>{children}</div></Drawer></>;
}
