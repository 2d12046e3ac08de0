import type { CaseRow } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import { Checkbox } from 'antd';
import { Fragment, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { choicesOf, Filter } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { BoardBar, BoardSide, CaseNo } from '../parts/handling-board.tsx';
import { HelpSheet } from '../parts/help.tsx';
import { useLine } from '../parts/line.ts';
import { saveList } from '../parts/list-tools.tsx';
import { Rail } from '../parts/rail.tsx';
import { caseHref, casesInput, handlingHref, proposerChoices } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { urgeable, UrgeBar, UrgeDialog, useUrging } from '../parts/urging.tsx';
import type { Missed } from '../parts/urging.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { undone } from '../platform/signal.ts';

/** Which are chosen, and what came of urging them. */
interface Chosen { readonly ids: ReadonlySet<string>; readonly missed: Missed; toggle: (id: string) => void }
interface Looks { readonly from: string; readonly chosen: Chosen; readonly focus: (index: number) => void }

/** 主办 first, the others below it; each leads to the unit's own part. */
function Units({ row: { parts }, from }: { row: CaseRow; from: string }): ReactNode {
  const [first, ...others] = parts;
  return first ? <><Link to={handlingHref(first.id, from)} className="ell">{first.unit.short}</Link>{others.length > 0 && <div className="cap ell" title={others.map(({ unit, roleWords }) => `${unit.short} ${roleWords}`).join('、')}>{others.map(({ id, unit }, index) => <Fragment key={id}>{index > 0 && '、'}<Link to={handlingHref(id, from)}>{unit.short}</Link></Fragment>)}</div>}</> : '—';
}

function Line({ row, index, on, looks: { from, chosen, focus } }: { row: CaseRow; index: number; on: boolean; looks: Looks }): ReactNode {
  const now = useNow(60_000);
  const { signed, countersigned, holder } = row;
  const urged = row.parts.flatMap(({ urgedAt }) => urgedAt ?? []).toSorted().at(-1);
  const collective = row.proposer && row.proposer.code !== 'individual' && row.proposer.code !== 'joint';
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={() => focus(index)} onDoubleClick={() => go(caseHref(row.id, from))}>
    <td onClick={(event) => event.stopPropagation()}><Checkbox aria-label={`选中 ${row.title}`} checked={chosen.ids.has(row.id)} onChange={() => chosen.toggle(row.id)} /></td>
    <td className="num"><CaseNo words={row.caseNo} /></td>
    <td><Link to={caseHref(row.id, from)} className="title two-lines">{row.title}</Link>{row.key && <span className="tag b">重点提案</span>}{chosen.missed[row.id]?.map((why) => <div key={why} className="row-error" role="alert">{why}</div>)}</td>
    <td><span className="two-lines">{row.author}</span>{collective && <div className="cap ell">{row.proposer?.name}</div>}</td>
    <td><Units row={row} from={from} /></td>
    <td><StateTag state={row.stage === 'reviewing' ? 'reply_review' : row.stage === 'signing' ? 'assigned' : row.stage} words={row.stageWords} /></td>
    <td className="num">{signed.done === signed.of ? '已签' : <b className="late">{signed.of === 1 ? '未签' : `${signed.done} / ${signed.of}`}</b>}</td>
    <td className="num">{row.talks === 0 ? <span className="pending">未面商</span> : `${row.talks} 次`}</td>
    <td className="num">{countersigned.of === 0 ? '—' : `${countersigned.done} / ${countersigned.of}`}</td>
    <td>{holder?.due && <DeadlineChip due={holder.due} />}{holder && <div className="cap ell">{holder.words} {holder.action}</div>}{urged && <div className="cap num">{instantWords(new Date(urged), now)} 催过</div>}</td>
  </tr>;
}

const heads = { overdue: '逾期，系统已自动提醒', soon: '快到期', ok: '其余' } as const;
type Head = keyof typeof heads;
const headOf = ({ holder }: CaseRow): Head => holder?.due?.tone ?? 'ok';
/** What is late first, then what soon will be; within, as the list came. */
const byUrgency = (rows: readonly CaseRow[]): CaseRow[] => (Object.keys(heads) as Head[]).flatMap((head) => rows.filter((row) => headOf(row) === head));

function Table({ rows, at, all, looks, pickAll }: { rows: readonly CaseRow[]; at: number; all: boolean; looks: Looks; pickAll: (on: boolean) => void }): ReactNode {
  const headed = rows.some((row) => headOf(row) !== 'ok');
  const count = rows.filter(({ id }) => looks.chosen.ids.has(id)).length;
  return <table aria-label="提案办理" className="roomy cases"><colgroup><col style={{ width: 44 }} /><col style={{ width: 92 }} /><col /><col style={{ width: 104 }} /><col style={{ width: 112 }} /><col style={{ width: 84 }} /><col style={{ width: 52 }} /><col style={{ width: 58 }} /><col style={{ width: 52 }} /><col style={{ width: 142 }} /></colgroup>
    <thead><tr><th><Checkbox aria-label="选中这一页" checked={count > 0 && count === rows.length} indeterminate={count > 0 && count < rows.length} onChange={(event) => pickAll(event.target.checked)} /></th><th>案号</th><th>案由</th><th>提案者</th><th>主办、会办</th><th>状态</th><th>签收</th><th>面商</th><th>会签</th><th>期限</th></tr></thead>
    <tbody>{rows.map((row, index) => {
      const before = rows[index - 1];
      const head = headOf(row);
      return <Fragment key={row.id}>{headed && (!before || headOf(before) !== head) && <tr className="day"><td colSpan={10}>{heads[head]} {rows.filter((it) => headOf(it) === head).length}{head === 'ok' && !all ? '+' : ''} 件</td></tr>}<Line row={row} index={index} on={index === at} looks={looks} /></Fragment>;
    })}</tbody></table>;
}

const keysHelp = [['J / K', '下一件、上一件'], ['↵', '打开这一件'], ['空格', '选中这一件'], ['E', '催办选中的几件，先问一句'], ['Esc', '取消选择'], ['?', '看这张表']] as const;

/** The list of the cases, its lines under the keys, and what is chosen of it. */
function useCases() {
  const place = usePlace();
  const input = casesInput(place.query);
  const from = withQuery(place, { tab: input.tab, from: null });
  const pages = usePages(`cases ${JSON.stringify(input)}`, (after, limit) => api.listCases({ ...input, limit, ...(after !== undefined && { after }) }), undone.use());
  const rows = byUrgency(pages.rows);
  const line = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(caseHref(row.id, from)); });
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => setIds((was) => { const now = new Set(was); if (!now.delete(id)) now.add(id); return now; });
  const order = rows.map(({ id }) => id).join();
  useEffect(() => { remember(from, order === '' ? [] : order.split(','), pages.next === null); }, [from, order, pages.next]);
  return { place, input, from, pages, rows, line, ids, setIds, toggle };
}

/** 提案办理 for the office and those who hand over: a line for each case with its units, what has to be watched first, and 催办. */
export function Cases(): ReactNode {
  const { catalogue } = useDesk();
  const { place, input, from, pages, rows, line, ids, setIds, toggle } = useCases();
  const [help, setHelp] = useState(false);
  const { asked, ask, missed, setMissed } = useUrging();
  const { data: board } = useLoad('handling board', () => api.showBoard({}), undone.use());
  const { data: counts } = useLoad(`case counts ${input.unitId} ${input.proposer}`, () => api.countCases({ ...(input.unitId && { unitId: input.unitId }), ...(input.proposer && { proposer: input.proposer }) }), undone.use());
  const focused = rows[line.at] ?? rows.find((row) => headOf(row) === 'overdue');
  const clear = () => { setIds(new Set()); setMissed({}); };
  useKeys({ ...line.keys, space: () => { const row = rows[line.at]; if (row) toggle(row.id); }, '?': () => setHelp(true) });
  return <Frame split crumb={<><h1>提案办理</h1>{board && <span className="num">交办 {board.replying.of} 件，已答复 {board.replying.part} 件</span>}</>} tools={<Btn onClick={() => void saveList(hrefOf('/handlings/export', { unitId: input.unitId ?? null, proposer: input.proposer ?? null }), '提案办理', '行')}>导出表格</Btn>}>
    <div className="pane" style={{ padding: '16px 24px', gap: 12 }}>
      {board && <BoardBar board={board} />}
      <div className="rowx sp wrap"><nav className="tabs" aria-label="看哪些">{counts?.tabs.map(({ code, words, count }) => <Link key={code} to={withQuery(place, { tab: code, stage: null })} current={code === input.tab && input.stage === undefined}>{words}<em className="num">{count}</em></Link>)}
        {input.stage !== undefined && <Link to={withQuery(place, { stage: null })} current>{board?.stages.find(({ code }) => code === input.stage)?.words ?? ''}，看全部</Link>}</nav>
        <span className="rowx tight"><Link to={hrefOf('/handling', { group: 'all', unit: input.unitId ?? null, proposer: input.proposer ?? null })} className="cap">逐个单位看</Link><Filter label="全部提案者" width={130} value={input.proposer ?? ''} options={proposerChoices} change={(proposer) => go(withQuery(place, { proposer }))} /><Filter label="承办单位" width={160} value={input.unitId ?? ''} options={choicesOf(catalogue.units)} change={(unit) => go(withQuery(place, { unit }))} /></span></div>
      <div className="panel flush"><div className="scroll">
        {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
          : rows.length === 0 ? <Empty title={input.tab === 'watched' ? '没有要盯的' : '没有符合条件的'}>{input.tab === 'watched' ? '还没有答复的、重新办理的、评价过期的会在这里，最先到期的在前。' : '交办以后，一件一行列在这里。'}</Empty>
            : <Table rows={rows} at={line.at} all={pages.next === null} looks={{ from, chosen: { ids, missed, toggle }, focus: line.to }} pickAll={(on) => setIds(new Set(on ? rows.map(({ id }) => id) : []))} />}
        {rows.length > 0 && <ProblemNote problem={pages.problem} />}
        {pages.next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
      </div></div>
      {ids.size > 0 && <UrgeBar rows={rows} picked={ids} clear={clear} ask={ask} />}
    </div>
    {board && <Rail width={272} label="总览"><BoardSide board={board} about={focused && { caseNo: focused.caseNo, holder: focused.holder, act: urgeable(focused).length > 0 && <Btn small onClick={() => ask([focused])}>催办</Btn> }} /></Rail>}
    {asked && <UrgeDialog rows={asked} close={() => ask(null)} done={(now) => { ask(null); setMissed(now); setIds(new Set([...ids].filter((id) => now[id] !== undefined || !asked.some((row) => row.id === id)))); pages.reload(); }} />}
    <HelpSheet open={help} close={() => setHelp(false)} keys={keysHelp} />
  </Frame>;
}
