import type { HandlingRow } from '@lvzhi/contracts';
import { Checkbox } from 'antd';
import { Fragment, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { choicesOf, Filter } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { BoardBar, BoardSide, CaseNo } from '../parts/handling-board.tsx';
import { useLine } from '../parts/line.ts';
import { saveList } from '../parts/list-tools.tsx';
import { Rail } from '../parts/rail.tsx';
import { handlingGroups, handlingHref, handlingInput, proposerChoices } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { undone } from '../platform/signal.ts';
import { ReleaseBar } from './release-bar.tsx';

/** `pick`: where answers wait to be released, whether this one is chosen. */
interface Pick { readonly on: boolean; set: (on: boolean) => void }
function Line({ row, on, from, pick }: { row: HandlingRow; on: boolean; from: string; pick: Pick | undefined }): ReactNode {
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={() => go(handlingHref(row.id, from))}>
    {pick && <td onClick={(event) => event.stopPropagation()}>{row.can.includes('release') && <Checkbox aria-label={`选中 ${row.proposal.title}`} checked={pick.on} onChange={(event) => pick.set(event.target.checked)} />}</td>}
    <td className="num"><CaseNo words={row.proposal.caseNo} /></td>
    <td><Link to={handlingHref(row.id, from)} className="title two-lines">{row.proposal.title}</Link><div className="cap ell">{row.proposal.author}</div></td>
    <td><span className="ell">{row.unit.short}</span><div className="cap">{row.roleWords}</div></td>
    <td><StateTag state={row.state} words={row.stateWords} /></td>
    <td className="num">{row.role === 'assist' ? '—' : row.talks === 0 ? <span className="pending">未面商</span> : `${row.talks} 次`}</td>
    <td>{row.holder?.due && <DeadlineChip due={row.holder.due} />}{row.holder && <div className="cap ell">{row.holder.words} {row.holder.action}</div>}</td>
  </tr>;
}

const heads = { overdue: '逾期，已自动提醒承办单位', soon: '快到期', ok: '其余' } as const;
type Head = keyof typeof heads;
const headOf = ({ holder }: HandlingRow): Head => holder?.due?.tone ?? 'ok';
/** With the office: what is late first, then what soon will be; within, as the list came. */
const byUrgency = (rows: readonly HandlingRow[]): HandlingRow[] => (Object.keys(heads) as Head[]).flatMap((head) => rows.filter((row) => headOf(row) === head));

/** The lines, under heads where they are put in order by urgency. */
function Lines({ rows, at, from, pickOf, grouped }: { rows: readonly HandlingRow[]; at: number; from: string; pickOf: (id: string) => Pick | undefined; grouped: boolean }): ReactNode {
  const columns = pickOf('') ? 7 : 6;
  const headed = grouped && rows.some((row) => headOf(row) !== 'ok');
  return rows.map((row, index) => {
    const before = rows[index - 1];
    const head = headOf(row);
    return <Fragment key={row.id}>{headed && (!before || headOf(before) !== head) && <tr className="day"><td colSpan={columns}>{heads[head]} {rows.filter((it) => headOf(it) === head).length} 件</td></tr>}<Line row={row} on={index === at} from={from} pick={pickOf(row.id)} /></Fragment>;
  });
}

/** 提案办理: units' parts, a unit's own, a side's, or all; the earliest answer first. */
export function Handlings(): ReactNode {
  const place = usePlace();
  const { me, catalogue } = useDesk();
  const input = handlingInput(place.query);
  const from = place.href;
  const pages = usePages(`handlings ${JSON.stringify(input)}`, (after, limit) => api.listHandlings({ ...input, limit, ...(after !== undefined && { after }) }));
  const { next } = pages;
  const office = me.can.includes('dispatch_proposals') || me.can.includes('triage_proposal');
  const grouped = office && input.group !== 'ended';
  const rows = grouped ? byUrgency(pages.rows) : pages.rows;
  const { data: board } = useLoad('handling board', async () => (office ? api.showBoard({}) : null), undone.use());
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(handlingHref(row.id, from)); });
  useKeys(keys);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const ready = rows.some(({ can }) => can.includes('release'));
  const pickOf = (id: string): Pick | undefined => (ready ? { on: picked.has(id), set: (chosen) => setPicked(new Set(chosen ? [...picked, id] : [...picked].filter((it) => it !== id))) } : undefined);
  const order = rows.map(({ id }) => id).join();
  useEffect(() => { remember(from, order === '' ? [] : order.split(','), next === null); }, [from, order, next]);
  return <Frame split={office} crumb={<><h1>提案办理</h1>{!pages.loading && <span>{rows.length}{next === null ? '' : '+'} 件，最先到期的在前</span>}</>} tools={rows.length > 0 && <Btn onClick={() => void saveList(hrefOf('/handlings/export', { group: input.group ?? null, unitId: input.unitId ?? null, proposer: input.proposer ?? null }), '提案办理', '件')}>导出表格</Btn>}>
    <div className={office ? 'pane' : 'col grow'} style={office ? { padding: '16px 24px', gap: 12 } : { minHeight: 0 }}>
    {board && <BoardBar board={board} />}
    <div className="rowx sp wrap"><nav className="tabs" aria-label="按办理情况">{handlingGroups.map(({ code, words }) => <Link key={code} to={withQuery(place, { group: code === 'all' && !office ? null : code })} current={code === input.group}>{words}</Link>)}</nav>
      {office && <span className="rowx tight"><Link to={hrefOf('/handling', { tab: 'watched', unit: input.unitId ?? null, proposer: input.proposer ?? null })} className="cap">一件一行看</Link><Filter label="全部提案者" width={130} value={input.proposer ?? ''} options={proposerChoices} change={(proposer) => go(withQuery(place, { proposer }))} /><Filter label="承办单位" width={200} value={input.unitId ?? ''} options={choicesOf(catalogue.units)} change={(unit) => go(withQuery(place, { unit }))} /></span>}</div>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title="没有符合条件的">交办以后，您能看到的承办件会在这里。</Empty>
          : <table aria-label="提案办理" className="roomy"><colgroup>{ready && <col style={{ width: 40 }} />}<col style={{ width: 120 }} /><col /><col style={{ width: 116 }} /><col style={{ width: 104 }} /><col style={{ width: 64 }} /><col style={{ width: 176 }} /></colgroup>
            <thead><tr>{ready && <th aria-label="选择" />}<th>案号</th><th>案由</th><th>承办单位</th><th>状态</th><th>面商</th><th>现在在谁手里、到什么时候</th></tr></thead>
            <tbody><Lines rows={rows} at={at} from={from} pickOf={pickOf} grouped={grouped} /></tbody></table>}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {picked.size > 0 && <ReleaseBar rows={rows} picked={picked} keep={setPicked} again={pages.reload} />}
    </div>
    {board && <Rail width={272} label="总览"><BoardSide board={board} about={rows[at] && { caseNo: rows[at].proposal.caseNo, holder: rows[at].holder }} /></Rail>}
  </Frame>;
}
