import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useCover } from '../platform/keys.ts';
import { Btn } from './button.tsx';

/** Something secret that is shown this once: a password, a code. Closing is an act of its own, so that it is not lost by a click beside it. */
export function OneTime({ title, rows, hint, close }: { title: string; rows: readonly (readonly [name: string, value: string])[]; hint: string; close: () => void }): ReactNode {
  useCover(true);
  return <Modal open title={title} width={480} closable={false} keyboard={false} mask={{ closable: false }} footer={<Btn look="pri" onClick={close}>我已经记下</Btn>}>
    <div className="col" style={{ gap: 14 }}>
      <div className="keys once">{rows.flatMap(([name, value]) => [<span className="cap" key={name}>{name}</span>, <b className="code num" key={value}>{value}</b>])}</div>
      <div className="note w">{hint}</div>
    </div>
  </Modal>;
}
