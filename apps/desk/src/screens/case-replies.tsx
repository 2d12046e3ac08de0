import type { RatingView, SubmissionView } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { FileLink } from '../parts/file-link.tsx';
import { ReplyText } from '../parts/reply-text.tsx';
import { useNow } from '../platform/clock.ts';
import { RateAnswer } from './own-acts.tsx';
import { RatingActs } from './paper-rating.tsx';

function Rating({ rating, talkedBefore, again }: { rating: RatingView; talkedBefore: boolean; again: () => void }): ReactNode {
  const now = useNow(60_000);
  const { attitude, result, talked, keyedBy } = rating;
  return <section className="part" aria-label={`${rating.name}的评价`}>
    <div className="rowx wrap"><span className="lab">第 {rating.round} 次答复的评价</span><b>{rating.name}</b><StateTag state={rating.state} words={rating.stateWords} />{keyedBy !== null && <span className="tag w">纸质，{keyedBy}代录</span>}
      {rating.due && <DeadlineChip due={rating.due} />}<span className="push rowx tight"><RatingActs rating={rating} again={again} /><RateAnswer rating={rating} talkedBefore={talkedBefore} again={again} /></span></div>
    {attitude && result && <p className={result.code === 'dissatisfied' ? 'wrong' : ''}>态度：{attitude.name}；结果：{result.name}；{talked ? '面商过' : '没有面商'}{rating.at && <span className="cap num"> {instantWords(new Date(rating.at), now)}</span>}</p>}
    {rating.note !== '' && <div className="text small">{rating.note}</div>}
    {rating.papers.map((file) => <FileLink key={file.id} file={file} note="评价表" />)}
  </section>;
}

/** What the proposers were answered, what they say of it, and how an answer of class B goes on. */
export function CaseReplies({ handling: { replies, ratings, progress, talks }, again }: { handling: NonNullable<SubmissionView['handling']>; again: () => void }): ReactNode {
  const now = useNow(60_000);
  return <>{replies.map((it) => <ReplyText key={`${it.handlingId} ${it.round}`} reply={it} />)}
    {ratings.map((it) => <Rating key={it.id} rating={it} talkedBefore={talks.some(({ mine }) => mine === 'confirmed')} again={again} />)}
    {progress.map((it) => <section className="part" key={`${it.handlingId} ${it.at}`} aria-label={it.words}><div className="rowx wrap"><span className="lab">{it.words}</span><span className="cap num">{it.by} · {instantWords(new Date(it.at), now)}</span></div><div className="text small">{it.note}</div></section>)}</>;
}
