import type { SubmissionView } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { useNow } from '../platform/clock.ts';
import { DeadlineChip } from './chip.tsx';
import { Icon } from './icons.tsx';

type Holder = NonNullable<SubmissionView['holder']>;

/** 现在在谁手里, 到什么时候. */
/** Of what is in nobody's hands: 办结 is a state of its own, and neither a dropped nor a merged one is in it. */
export const restWords = ({ state, stateWords }: Pick<SubmissionView, 'state' | 'stateWords'>): string =>
  (state === 'draft' ? '提交人自己手里' : state === 'filed' ? '待交办' : state === 'merged' ? '随主件办理' : ['handling', 'replied', 'rehandling', 'signing_anew'].includes(state) ? stateWords : '不用再办');

export function HolderCard({ holder, ended }: { holder: Holder | null; ended: string }): ReactNode {
  const now = useNow(60_000);
  if (!holder) return <section className="holder" aria-label="现在在谁手里"><small>现在</small><small /><b>{ended}</b><b /></section>;
  return <section className="holder" aria-label="现在在谁手里">
    <small>现在在谁手里</small><small>到什么时候</small><b>{holder.words}</b><b className="num">{holder.due ? instantWords(new Date(holder.due.at), now) : '没有时限'}</b>
    <span className="full">{holder.due && <><DeadlineChip due={holder.due} /> </>}{[holder.note || holder.action, holder.due?.explanation].filter(Boolean).join(' · ')}</span>
  </section>;
}

interface Passed { timeline: SubmissionView['timeline']; holder: Holder | null; next: SubmissionView['next'] }
/** What happened, who has it now, what usually comes. */
export function Timeline({ timeline, holder, next }: Passed): ReactNode {
  const now = useNow(60_000);
  return <section className="col" style={{ gap: 8 }} aria-label="经过"><span className="lab">经过</span><ol className="tl">
    {timeline.map((step) => <li key={step.id}><span className="dot"><Icon name="check" /></span><span className="t">{step.words}{step.who && ` · ${step.who}`}</span>
      <span className="cap num">{instantWords(new Date(step.at), now)}{step.note && ` · “${step.note}”`}</span></li>)}
    {holder && <li className="now" aria-current="step"><span className="dot" /><span className="t">{holder.action} · {holder.words}</span><span className="cap">{holder.note}</span></li>}
    {next.map((step) => <li className="next" key={step.words}><span className="dot" /><span className="t">{step.words}</span><span className="cap">{step.usual}</span></li>)}
  </ol></section>;
}
