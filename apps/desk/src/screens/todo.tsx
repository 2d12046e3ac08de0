import type { Me, TaskRow } from '@lvzhi/contracts';
import { instantWords, kindWords, urgencyWords } from '@lvzhi/domain';
import { Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag, UrgencyTag } from '../parts/chip.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { HelpSheet } from '../parts/help.tsx';
import { useLine } from '../parts/line.ts';
import { caseHref, handlingHref, supervisionHref } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace } from '../platform/route.ts';
import { moved, undone } from '../platform/signal.ts';
import { isBulk, TodoBulkBar, useBulk } from './todo-bulk.tsx';
import type { Bulk } from './todo-bulk.tsx';

type Box = 'review' | 'edit' | 'handling' | 'visits';
const boxes: Readonly<Record<Box, { words: string; needs: readonly Me['can'][number][]; empty: string }>> = {
  review: { words: '初审', needs: ['review'], empty: '分送到您所在专委会的社情民意和提案会到这里，最先到期的在前。' },
  edit: { words: '编辑、签发和审定', needs: ['edit', 'check_issues', 'sign_issues', 'triage_proposal'], empty: '要编辑、审核、签发的社情民意和提出初审意见的提案会到这里。' },
  handling: { words: '交办、办理和督办', needs: ['triage_proposal', 'dispatch_proposals', 'handle_proposals', 'review', 'sign_issues'], empty: '要拟定承办单位、交办、签收、办理、答复和督办的提案会到这里，最先到期的在前。' },
  visits: { words: '走访', needs: ['arrange_visits'], empty: '委员提出改期的走访会到这里。' },
};
const hrefFor = (row: TaskRow, from: string): string => (row.kind === 'visit' ? hrefOf('/visits', { at: row.docId }) : row.kind === 'handling' ? handlingHref(row.docId, from) : row.kind === 'publication' ? hrefOf('/publication', { group: 'agreed', at: row.submission?.id ?? null }) : row.supervision ? supervisionHref(row.supervision.id) : caseHref(row.docId, from));

function What({ row, from }: { row: TaskRow; from: string }): ReactNode {
  const now = useNow(60_000);
  const { submission, visit, handling, supervision } = row;
  const title = submission?.title ?? handling?.proposal.title ?? supervision?.proposal.title ?? (visit ? `走访 ${visit.member.name}` : '');
  const about = submission ? [submission.receiptNo, submission.author.name, submission.submittedAt && instantWords(new Date(submission.submittedAt), now)]
    : handling ? [handling.proposal.caseNo, handling.unit.short, handling.roleWords]
      : supervision ? [supervision.proposal.caseNo, supervision.form?.name, supervision.leader]
      : [visit?.member.note, visit?.whenWords, visit?.place, visit?.leaders.map(({ name }) => name).join('、')];
  return <><Link to={hrefFor(row, from)} className="ell title">{title}</Link><div className="cap num ell">{about.filter(Boolean).join(' · ')}</div></>;
}

/** `bulk`: what several of these rows can be given at once; where none can, nothing is chosen. */
function Rows({ rows, at, from, bulk }: { rows: readonly TaskRow[]; at: number; from: string; bulk: Bulk }): ReactNode {
  const able = rows.filter(isBulk);
  const chooses = able.length > 1 || bulk.picked.size > 0;
  const all = able.length > 0 && able.every(({ docId }) => bulk.picked.has(docId));
  return <table aria-label="待我办"><colgroup>{chooses && <col style={{ width: 44 }} />}<col style={{ width: 110 }} /><col /><col style={{ width: 130 }} /><col style={{ width: 170 }} /><col style={{ width: 180 }} /></colgroup>
    <thead><tr>{chooses && <th><Checkbox aria-label="选中这一页" checked={all} indeterminate={!all && able.some(({ docId }) => bulk.picked.has(docId))} onChange={(event) => bulk.pickAll(event.target.checked)} /></th>}<th>类别</th><th>事项</th><th>要办的</th><th>现在</th><th>时限</th></tr></thead>
    <tbody>{rows.map((row, index) => <tr key={row.id} className={index === at ? 'on' : ''} aria-current={index === at || undefined} onClick={() => go(hrefFor(row, from))}>
      {chooses && <td onClick={(event) => event.stopPropagation()}>{isBulk(row) && <Checkbox aria-label={`选中 ${row.submission?.title ?? ''}`} checked={bulk.picked.has(row.docId)} onChange={() => bulk.toggle(row.docId)} />}</td>}
      <td><span className="tag b">{kindWords[row.kind]}</span></td><td><What row={row} from={from} />{bulk.results[row.docId] && <div className="row-error" role="alert">{bulk.results[row.docId]?.reason}</div>}</td><td>{row.actionWords}</td>
      <td><span className="rowx tight wrap"><StateTag state={(row.submission ?? row.handling ?? row.supervision ?? row.visit)?.state ?? ''} words={(row.submission ?? row.handling ?? row.supervision ?? row.visit)?.stateWords ?? ''} />
        {row.submission && row.submission.urgency !== 'normal' && <UrgencyTag urgency={row.submission.urgency} words={urgencyWords[row.submission.urgency]} />}</span></td>
      <td>{row.due && <DeadlineChip due={row.due} critical={row.submission?.urgency === 'critical'} />}</td></tr>)}</tbody></table>;
}

const keys = [['J / K', '下一件、上一件'], ['↵', '打开这一件'], ['空格', '选中这一件'], ['E', '办选中的几件；立案、交办先问一句'], ['Esc', '取消选择'], ['Z', '撤销刚才的操作'], ['?', '看这张表']] as const;

/** 待我办: what waits for this person in their posts, the most urgent first. Opens where there is something. */
export function Todo(): ReactNode {
  const { me } = useDesk();
  const { query } = usePlace();
  const open = (Object.keys(boxes) as Box[]).filter((it) => boxes[it].needs.some((need) => me.can.includes(need)));
  const { data: counts, problem } = useLoad('todo counts', () => api.countTasks({}), moved.use());
  const asked = open.find((it) => it === query.get('box'));
  if (asked === undefined && open.length > 1 && !counts && !problem) return <Frame crumb={<h1>待我办</h1>}><Loading /></Frame>;
  const box = asked ?? open.find((it) => counts && counts[it] > 0) ?? open[0] ?? 'review';
  return <TodoBox key={box} box={box} open={open} counts={counts} />;
}

function TodoBox({ box, open, counts }: { box: Box; open: readonly Box[]; counts: Readonly<Record<Box, number>> | undefined }): ReactNode {
  const from = hrefOf('/todo', { box });
  const pages = usePages(`todo ${box}`, (after, limit) => api.listTasks({ box, limit, ...(after !== undefined && { after }) }), undone.use());
  const [help, setHelp] = useState(false);
  const { rows, next } = pages;
  const { at, keys: line } = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(hrefFor(row, from)); });
  const bulk = useBulk(pages);
  useKeys({ ...line, space: () => { const row = rows[at]; if (row) bulk.toggle(row.docId); }, '?': () => setHelp(true) });
  useEffect(() => { if (box !== 'visits') remember(from, rows.map(({ docId }) => docId), next === null); }, [box, from, rows, next]);
  return <Frame crumb={<><h1>待我办</h1>{!pages.loading && <span>{rows.length}{next === null ? '' : '+'} 件，最先到期的在前</span>}</>}>
    {open.length > 1 && <nav className="tabs" aria-label="类别">{open.map((it) => <Link key={it} to={hrefOf('/todo', { box: it })} current={it === box}>{boxes[it].words}{counts && counts[it] > 0 && <em className="num">{counts[it]}</em>}</Link>)}</nav>}
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title="没有要办的">{boxes[box].empty}</Empty> : <Rows rows={rows} at={at} from={from} bulk={bulk} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {bulk.picked.size > 0 && <TodoBulkBar rows={rows} bulk={bulk} />}
    <HelpSheet open={help} close={() => setHelp(false)} keys={keys} />
  </Frame>;
}
