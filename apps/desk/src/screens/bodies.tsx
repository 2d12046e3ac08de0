import type { BodyRow } from '@lvzhi/contracts';
import { bodyKindWords } from '@lvzhi/domain';
import { Radio } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { TextField } from '../parts/fields.tsx';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { once, useRun } from '../platform/run.ts';
import { moved } from '../platform/signal.ts';

type Kind = BodyRow['kind'];
interface Draft { readonly name: string; readonly short: string; readonly side: BodyRow['side'] }
const sided: readonly Kind[] = ['unit', 'dispatch'];
const sideWords = { party: '党委系统', government: '政府系统' } as const;

function BodyForm({ kind, row, close, done }: { kind: Kind; row?: BodyRow; close: () => void; done: (row: BodyRow) => void }): ReactNode {
  const words = bodyKindWords[kind];
  return <ActModal<Draft, { row: BodyRow }> title={row ? `修改${words}：${row.name}` : `增加${words}`} words={row ? '保存' : `增加${words}`} keep={row ? '先不改' : '先不增加'} draft={{ name: row?.name ?? '', short: row?.short ?? '', side: row?.side ?? (kind === 'unit' ? 'government' : null) }} close={close} done={(answer) => done(answer.row)}
    {...(row && { hint: '改名以后，以前的记录里也显示新名称。' })} act={(draft) => (row ? api.editBody({ id: row.id, before: row.name, ...draft }) : once('addBody', { kind, ...draft }, api.addBody))}>
    {(draft, change, wrong) => <>
      <div className="two"><TextField label="名称" first max={30} value={draft.name} change={(name) => change({ name })} wrong={wrong['name']} /><TextField label="简称" hint="列表里用，可不填" max={12} value={draft.short} change={(short) => change({ short })} wrong={wrong['short']} /></div>
      {sided.includes(kind) && <div className="field"><span className="lab">系统</span><Radio.Group aria-label="系统" value={draft.side} onChange={(event) => change({ side: event.target.value as BodyRow['side'] })}><Radio value="party">党委系统</Radio><Radio value="government">政府系统</Radio></Radio.Group>{wrong['side'] && <span className="wrong" role="alert">{wrong['side']}</span>}</div>}
    </>}
  </ActModal>;
}

interface LineProps { row: BodyRow; marks: boolean; first: boolean; last: boolean; busy: boolean; move: (by: -1 | 1) => void; edit: () => void; flip: () => void }
function Line({ row, marks, first, last, busy, move, edit, flip }: LineProps): ReactNode {
  return <tr className="plain"><td>{row.active ? <b>{row.name}</b> : <span className="pending">{row.name}</span>}{row.short !== row.name && <div className="cap">{row.short}</div>}</td>
    <td>{row.side ? sideWords[row.side] : ''}</td><td className="num">{row.holders > 0 ? `${row.holders} 人` : <span className="pending">没有人</span>}</td>
    <td>{row.active ? row.unassignable && marks ? <span className="tag w wraps">{row.unassignable}，不能交办</span> : '' : <span className="tag x">已停用</span>}</td>
    <td><span className="rowx tight"><Btn small look="txt" disabled={first || busy} label={`${row.name} 上移`} onClick={() => move(-1)}>上移</Btn><Btn small look="txt" disabled={last || busy} label={`${row.name} 下移`} onClick={() => move(1)}>下移</Btn><Btn small look="txt" label={`修改 ${row.name}`} onClick={edit}>修改</Btn><Btn small look="txt" busy={busy} label={`${row.active ? '停用' : '恢复'} ${row.name}`} onClick={flip}>{row.active ? '停用' : '恢复'}</Btn></span></td></tr>;
}

/** One kind of bodies in its order; whom no work can be given to is marked (traps, 9). */
export function Bodies({ kind, adding, setAdding, marks = true }: { kind: Kind; adding: boolean; setAdding: (adding: boolean) => void; /** Off while the city is being set up: nobody is there yet. */ marks?: boolean }): ReactNode {
  const { data, problem, reload, set } = useLoad(`bodies ${kind}`, () => api.listBodies({ kind }), moved.use());
  const [editing, edit] = useState<BodyRow | null>(null);
  const act = useRun();
  const rows = data?.rows ?? [];
  const marked = rows.filter(({ active, unassignable }) => marks && active && unassignable).length;
  const move = async (index: number, by: -1 | 1) => {
    const ids = rows.map(({ id }) => id);
    const [id = ''] = ids.splice(index, 1);
    ids.splice(index + by, 0, id);
    const answer = await act.run(() => api.orderBodies({ kind, ids }));
    if (answer) set(answer);
  };
  const flip = async (row: BodyRow) => { const answer = await act.run(() => api.switchBody({ id: row.id, active: !row.active })); if (answer) announce({ words: `${row.active ? '已停用' : '已恢复'}：${row.name}` }); };
  return <>
    {marked > 0 && <div className="note w">有 {marked} 个{bodyKindWords[kind]}现在没有能登录的人，交办不进去。请登记经办人并开通账号。</div>}
    <ProblemNote problem={act.problem} />
    <div className="panel flush"><div className="scroll">
      {!data ? problem ? <Failure problem={problem} onRetry={reload} /> : <Loading /> : rows.length === 0 ? <Empty title={`还没有${bodyKindWords[kind]}`}><Btn look="line" onClick={() => setAdding(true)}>增加{bodyKindWords[kind]}</Btn></Empty>
        : <table aria-label={bodyKindWords[kind]}><colgroup><col /><col style={{ width: 110 }} /><col style={{ width: 90 }} /><col style={{ width: 300 }} /><col style={{ width: 230 }} /></colgroup><thead><tr><th>名称</th><th>{sided.includes(kind) ? '系统' : ''}</th><th>任职</th><th>状态</th><th>办理</th></tr></thead>
          <tbody>{rows.map((row, index) => <Line key={row.id} row={row} marks={marks} first={index === 0} last={index === rows.length - 1} busy={act.busy} move={(by) => void move(index, by)} edit={() => edit(row)} flip={() => void flip(row)} />)}</tbody></table>}
    </div></div>
    {(adding || editing) && <BodyForm kind={kind} {...(editing && { row: editing })} close={() => { setAdding(false); edit(null); }} done={(row) => { setAdding(false); edit(null); announce({ words: `已保存：${row.name}` }); }} />}
  </>;
}
