import type { HandlingRow } from '@lvzhi/contracts';
import { Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';
import { useRun } from '../platform/run.ts';

interface Props { rows: readonly HandlingRow[]; picked: ReadonlySet<string>; keep: (left: ReadonlySet<string>) => void; again: () => void }
function Sure({ count, send, close, busy }: { count: number; send: () => void; close: () => void; busy: boolean }): ReactNode {
  useCover(true);
  return <Modal open onCancel={close} title={`把选中的 ${count} 件送达提案人`} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}><Btn onClick={close}>先不送达</Btn><Btn look="pri" busy={busy} onClick={send}>送达 {count} 件</Btn></div>}>
    <p className="sub">送达以后提案人马上看到答复全文，并请他们评价。这一步不能撤销。</p></Modal>;
}

/** 送达: several answers together, each with its own result; what failed stays chosen and says why. */
export function ReleaseBar({ rows, picked, keep, again }: Props): ReactNode {
  const { busy, problem, run } = useRun();
  const [sure, setSure] = useState(false);
  const [failed, setFailed] = useState<readonly { readonly id: string; readonly reason: string }[]>([]);
  const chosen = rows.filter(({ id }) => picked.has(id));
  const send = async () => {
    const answer = await run(() => api.releaseReplies({ items: chosen.map(({ id, version }) => ({ id, version })) }));
    setSure(false);
    if (!answer) return;
    const left = answer.results.flatMap(({ id, done, reason }) => (done ? [] : [{ id, reason: reason ?? '没有送达' }]));
    setFailed(left);
    keep(new Set(left.map(({ id }) => id)));
    announce({ words: left.length === 0 ? `已送达 ${answer.results.length} 件` : `已送达 ${answer.results.length - left.length} 件，${left.length} 件没有送达` });
    again();
  };
  return <div className="foot bulk wrap" role="region" aria-label="选中的几件"><b style={{ whiteSpace: 'nowrap' }}>已选 {chosen.length} 件</b>
    <Btn look="pri" busy={busy} disabled={chosen.length === 0} onClick={() => setSure(true)}>送达提案人</Btn><Btn look="txt" onClick={() => { setFailed([]); keep(new Set()); }}>取消选择</Btn>
    <ProblemNote problem={problem} />{failed.map(({ id, reason }) => <span key={id} className="wrong" role="alert">{rows.find((row) => row.id === id)?.proposal.caseNo ?? ''}：{reason}</span>)}
    {sure && <Sure count={chosen.length} busy={busy} send={() => void send()} close={() => setSure(false)} />}</div>;
}
