import type { Me, TaskRow } from '@lvzhi/contracts';
import { instantWords, kindWords, urgencyWords } from '@lvzhi/domain';
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

type Box = 'review' | 'edit' | 'handling' | 'visits';
const boxes: Readonly<Record<Box, { words: string; needs: readonly Me['can'][number][]; empty: string }>> = {
  review: { words: '初审', needs: ['review'], empty: '分送到您所在专委会的社情民意和提案会到这里，最先到期的在前。' },
  edit: { words: '编辑、签发和审定', needs: ['edit', 'check_issues', 'sign_issues', 'triage_proposal'], empty: '要编辑、审核、签发的社情民意和提出初审意见的提案会到这里。' },
  handling: { words: '交办、办理和督办', needs: ['triage_proposal', 'dispatch_proposals', 'handle_proposals', 'review', 'sign_issues'], empty: '要拟定承办单位、交办、签收、办理、答复和督办的提案会到这里，最先到期的在前。' },
  visits: { words: '走访', needs: ['arrange_visits'], empty: '委员提出改期的走访会到这里。' },
};
const hrefFor = (row: TaskRow, from: string): string => (row.kind === 'visit' ? hrefOf('/visits', { at: row.docId }) : row.kind === 'handling' ? handlingHref(row.docId, from) : row.supervision ? supervisionHref(row.supervision.id) : caseHref(row.docId, from));

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

function Rows({ rows, at, from }: { rows: readonly TaskRow[]; at: number; from: string }): ReactNode {
  return <table aria-label="待我办"><colgroup><col style={{ width: 110 }} /><col /><col style={{ width: 130 }} /><col style={{ width: 170 }} /><col style={{ width: 180 }} /></colgroup>
    <thead><tr><th>类别</th><th>事项</th><th>要办的</th><th>现在</th><th>时限</th></tr></thead>
    <tbody>{rows.map((row, index) => <tr key={row.id} className={index === at ? 'on' : ''} aria-current={index === at || undefined} onClick={() => go(hrefFor(row, from))}>
      <td><span className="tag b">{kindWords[row.kind]}</span></td><td><What row={row} from={from} /></td><td>{row.actionWords}</td>
      <td><span className="rowx tight wrap"><StateTag state={(row.submission ?? row.handling ?? row.supervision ?? row.visit)?.state ?? ''} words={(row.submission ?? row.handling ?? row.supervision ?? row.visit)?.stateWords ?? ''} />
        {row.submission && row.submission.urgency !== 'normal' && <UrgencyTag urgency={row.submission.urgency} words={urgencyWords[row.submission.urgency]} />}</span></td>
      <td>{row.due && <DeadlineChip due={row.due} critical={row.submission?.urgency === 'critical'} />}</td></tr>)}</tbody></table>;
}

const keys = [['J / K', '下一件、上一件'], ['↵', '打开这一件'], ['Z', '撤销刚才的操作'], ['?', '看这张表']] as const;

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
  useKeys({ ...line, '?': () => setHelp(true) });
  useEffect(() => { if (box !== 'visits') remember(from, rows.map(({ docId }) => docId), next === null); }, [box, from, rows, next]);
  return <Frame crumb={<><h1>待我办</h1>{!pages.loading && <span>{rows.length}{next === null ? '' : '+'} 件，最先到期的在前</span>}</>}>
    {open.length > 1 && <nav className="tabs" aria-label="类别">{open.map((it) => <Link key={it} to={hrefOf('/todo', { box: it })} current={it === box}>{boxes[it].words}{counts && counts[it] > 0 && <em className="num">{counts[it]}</em>}</Link>)}</nav>}
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title="没有要办的">{boxes[box].empty}</Empty> : <Rows rows={rows} at={at} from={from} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    <HelpSheet open={help} close={() => setHelp(false)} keys={keys} />
  </Frame>;
}
