import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useCover } from '../platform/keys.ts';

/** The shortcuts of a screen. They are off while something is typed. */
export function HelpSheet({ open, close, keys }: { open: boolean; close: () => void; keys: readonly (readonly [key: string, what: string])[] }): ReactNode {
  useCover(open);
  return <Modal open={open} onCancel={close} title="快捷键" footer={null} width={460}>
    <div className="keys">{keys.map(([key, what]) => [<kbd key={key}>{key}</kbd>, <span key={what}>{what}</span>])}</div>
    <p className="cap" style={{ marginTop: 12 }}>正在打字时快捷键不起作用。</p>
  </Modal>;
}
