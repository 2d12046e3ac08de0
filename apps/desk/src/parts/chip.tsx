import type { SubmissionRow } from '@lvzhi/contracts';
import { Popover } from 'antd';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

type Due = NonNullable<NonNullable<SubmissionRow['holder']>['due']>;
const looks = { ok: ['dl-ok', 'clock'], soon: ['dl-warn', 'clock'], overdue: ['dl-bad', 'alert'] } as const;

/** A deadline in words; pointing at it or pressing it shows how it was reckoned. `critical` marks 特急. */
export function DeadlineChip({ due, critical = false }: { due: Due; critical?: boolean }): ReactNode {
  const [look, icon] = critical ? looks.overdue : looks[due.tone];
  return <Popover trigger={['hover', 'click']} content={<div style={{ maxWidth: 300, fontSize: 13 }}>{due.explanation}</div>} title="这个时限怎么来的">
    <button type="button" className={`chip ${look}`} onClick={(event) => event.stopPropagation()}><Icon name={icon} />{critical ? `特急，${due.words}` : due.words}</button>
  </Popover>;
}

/** A state in words: grey; blue when it waits for a decision; red for 退回; green for a good outcome. */
export function StateTag({ state, words }: { state: string; words: string }): ReactNode {
  const look = { consenting: 'w', pending_signoff: 'b', issued: 'o', sent: 'b', adopted: 'o', instructed: 'o', answered: 'o', transferred: 'w', recalled: 'x', submitted: 'b', first_review: 'b', under_review: 'b', proposed: 'w', returned: 'w', amending: 'w', signing_anew: 'w', consent_asked: 'w', filed: 'o', planned: 'b', assigned: 'w', opined: 'o', countersigning: 'w', countersigned: 'o', reply_review: 'b', ready: 'w', replied: 'b', tracking: 'w', solved: 'o', rehandling: 'x', meeting: 'x', closed: 'o', asked: 'w', given: 'o', lapsed: 'x', reassigned: '', visited: 'o', confirmed: 'b', agreed: 'b', awaiting_confirmation: 'b', correction_asked: 'w', refused: 'x' }[state] ?? '';
  return <span className={`tag ${look}`}>{words}</span>;
}
export const UrgencyTag = ({ urgency, words }: { urgency: SubmissionRow['urgency']; words: string }): ReactNode => <span className={`tag ${urgency === 'critical' ? 'x' : urgency === 'urgent' ? 'w' : ''}`}>{words}</span>;
