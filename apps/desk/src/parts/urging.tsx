import type { CaseRow } from '@lvzhi/contracts';
import { Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { ActModal } from './act-modal.tsx';
import { Btn } from './button.tsx';
import { Labelled } from './fields.tsx';
import { announce } from './toast.tsx';

type Part = CaseRow['parts'][number];
/** The units of a case that may be urged now. */
export const urgeable = (row: CaseRow): Part[] => row.parts.filter(({ can }) => can.includes('urge'));
/** Why a unit was not urged, by the case. */
export type Missed = Readonly<Record<string, readonly string[]>>;

interface Props { rows: readonly CaseRow[]; close: () => void; done: (missed: Missed) => void }
/** 催办 asks first: the units hear of it at once, and not again until the rule lets them be urged. */
export function UrgeDialog({ rows, close, done }: Props): ReactNode {
  const parts = rows.flatMap((row) => urgeable(row).map((part) => ({ row, part })));
  const send = ({ note }: { note: string }) => api.urge({ items: parts.slice(0, 100).map(({ part: { id, version } }) => ({ id, version })), note });
  const said = ({ results }: Awaited<ReturnType<typeof send>>) => {
    const missed: Record<string, string[]> = {};
    for (const { id, done: sent, reason } of results) {
      const it = parts.find(({ part }) => part.id === id);
      if (!sent && it) missed[it.row.id] = [...missed[it.row.id] ?? [], `没有催${it.part.unit.short}：${reason ?? '没有成功'}`];
    }
    const lost = results.filter((it) => !it.done).length;
    announce({ words: lost === 0 ? `已催办 ${results.length} 个单位，通知已发出` : `已催办 ${results.length - lost} 个单位，${lost} 个没有催，原因见各行` });
    done(missed);
  };
  return <ActModal title={rows.length === 1 ? `催办${rows[0]?.caseNo ?? ''}` : `催办选中的 ${rows.length} 件`} words={`催办 ${parts.length} 个单位`} keep="先不催" hint="承办单位马上收到通知，办理经过里记下一条。期限不变，过了规则定的天数才能再催。" draft={{ note: '' }} act={send} done={said} close={close}>
    {({ note }, change, wrong) => <><div className="col" style={{ gap: 4, maxHeight: 200, overflowY: 'auto' }}>{parts.map(({ row, part }) => <div key={part.id} className="ell"><b>{part.unit.short}</b> <span className="cap">{part.holder?.action} · {row.caseNo}</span></div>)}</div>
      <Labelled label="催办的话" hint="可以不写；承办单位看得到" wrong={wrong['note']}>{(field) => <Input.TextArea id={field} value={note} autoSize={{ minRows: 2 }} onChange={(event) => change({ note: event.target.value })} />}</Labelled></>}
  </ActModal>;
}

/** The chosen cases: what failed stays chosen and says why. */
export function UrgeBar({ rows, picked, clear, ask }: { rows: readonly CaseRow[]; picked: ReadonlySet<string>; clear: () => void; ask: (rows: readonly CaseRow[]) => void }): ReactNode {
  const chosen = rows.filter(({ id }) => picked.has(id));
  const able = chosen.filter((row) => urgeable(row).length > 0);
  useKeys({ e: able.length > 0 ? () => ask(able) : undefined, escape: clear });
  return <div className="foot bulk wrap" role="region" aria-label="选中的几件"><b style={{ whiteSpace: 'nowrap' }}>已选 {chosen.length} 件</b>
    <Btn look="pri" hotkey="E" disabled={able.length === 0} onClick={() => ask(able)}>催办 {able.length} 件</Btn><Btn look="txt" hotkey="Esc" onClick={clear}>取消选择</Btn>
    <span className="cap push">{able.length < chosen.length ? `${chosen.length - able.length} 件现在不能催：当天催过，或者不在承办单位手里` : '先问一句，逐个单位给结果'}</span></div>;
}

export function useUrging(): { asked: readonly CaseRow[] | null; ask: (rows: readonly CaseRow[] | null) => void; missed: Missed; setMissed: (missed: Missed) => void } {
  const [asked, ask] = useState<readonly CaseRow[] | null>(null);
  const [missed, setMissed] = useState<Missed>({});
  return { asked, ask, missed, setMissed };
}
