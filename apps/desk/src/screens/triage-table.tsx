import type { TaskRow } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import { Checkbox } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip } from '../parts/chip.tsx';
import { useDesk } from '../parts/frame.tsx';
import { Confidence } from '../parts/route-card.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { useNow } from '../platform/clock.ts';
import type { TriageState } from './triage-state.ts';

/** 提案委，待定 where nobody has chosen yet; the chosen one where somebody did. */
function Suggested({ state, row }: { state: TriageState; row: TaskRow }): ReactNode {
  const { catalogue } = useDesk();
  const choice = state.choiceFor(row);
  if (choice) return <>{catalogue.committees.find(({ id }) => id === choice.lead)?.short}{choice.co.length > 0 && <div className="cap">协送 {choice.co.length} 家</div>}</>;
  const first = row.routing?.candidates[0];
  return <span className="pending">{first && row.routing?.personal === null ? `${first.committee.short}，待定` : '待定'}</span>;
}

function Line({ state, row, index }: { state: TriageState; row: TaskRow; index: number }): ReactNode {
  const now = useNow(60_000);
  const here = useRef<HTMLTableRowElement>(null);
  const on = state.focus === index;
  useEffect(() => { if (on) here.current?.scrollIntoView({ block: 'nearest' }); }, [on]);
  const { submission, routing, due, docId } = row;
  if (!submission) return null;
  const since = submission.submittedAt ? instantWords(new Date(submission.submittedAt), now) : '';
  return <tr ref={here} className={on ? 'on' : ''} aria-current={on || undefined} onClick={() => state.focusOn(index)}>
    <td onClick={(event) => event.stopPropagation()}><Checkbox checked={state.picked.has(docId)} onChange={() => state.toggle(docId)} aria-label={`选中 ${submission.title}`} /></td>
    <td><div className="ell title">{submission.title}</div><div className="cap num ell">{[submission.receiptNo, submission.author.name, since].filter(Boolean).join(' · ')}</div>
      {state.results[docId] && <div className="row-error" role="alert">{state.results[docId]}</div>}</td>
    <td><Suggested state={state} row={row} /></td>
    <td>{routing ? <Confidence card={routing} /> : <span className="cap">没有建议</span>}</td>
    <td>{due && <DeadlineChip due={due} critical={submission.urgency === 'critical'} />}</td>
  </tr>;
}

export function TriageTable({ state }: { state: TriageState }): ReactNode {
  const { pages, picked } = state;
  const all = pages.rows.length > 0 && picked.size === pages.rows.length;
  return <div className="scroll">
    <table aria-label="待分办"><colgroup><col style={{ width: 44 }} /><col /><col style={{ width: 118 }} /><col style={{ width: 144 }} /><col style={{ width: 172 }} /></colgroup>
      <thead><tr><th><Checkbox checked={all} indeterminate={picked.size > 0 && !all} onChange={(event) => state.pickAll(event.target.checked)} aria-label="选中这一页" /></th><th>收件</th><th>建议送</th><th>把握</th><th>分办时限</th></tr></thead>
      <tbody>{pages.rows.map((row, index) => <Line key={row.id} state={state} row={row} index={index} />)}</tbody></table>
    {pages.rows.length > 0 && pages.problem && <ProblemNote problem={pages.problem} />}
    {pages.next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>还有更多</Btn></div>}
  </div>;
}
