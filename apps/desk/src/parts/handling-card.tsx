import type { HandlingPart, SubmissionView, TalkView } from '@lvzhi/contracts';
import { dateOf, dateWords, instantWords } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { useNow } from '../platform/clock.ts';
import { Link } from '../platform/route.ts';
import { DeadlineChip, StateTag } from './chip.tsx';
import { handlingHref } from './sources.ts';
import { Empty } from './states.tsx';

function Part({ part, linked }: { part: HandlingPart; linked: boolean }): ReactNode {
  const now = useNow(60_000);
  const { holder, opinion } = part;
  return <section className="part" aria-label={part.unit.name}>
    <div className="rowx wrap"><span className="tag">{part.roleWords}</span>{linked ? <Link to={handlingHref(part.id, null)} className="title">{part.unit.name}</Link> : <b>{part.unit.name}</b>}<StateTag state={part.state} words={part.stateWords} />
      <span className="push rowx tight">{holder?.due ? <DeadlineChip due={holder.due} /> : null}</span></div>
    <p className="cap num">{instantWords(new Date(part.assignedAt), now)} 交办{part.signedAt ? `，${instantWords(new Date(part.signedAt), now)} 签收` : '，还没有签收'}{part.role === 'assist' ? '' : `，面商 ${part.talks} 次`}{part.reply ? `，${dateWords(dateOf(new Date(part.reply.at)), dateOf(now))} 前答复` : ''}{part.extended ? '（已延期）' : ''}</p>
    {part.reply && part.reply.at !== holder?.due?.at && <p className="sub rowx tight">答复提案人 <DeadlineChip due={part.reply} /></p>}
    {opinion && <div className="text small">会办意见：{opinion.note}<span className="cap num"> {opinion.by} · {instantWords(new Date(opinion.at), now)}</span></div>}
  </section>;
}

function TalkLine({ talk, answer }: { talk: TalkView; answer?: ReactNode }): ReactNode {
  const denied = talk.answers.some(({ answer }) => answer === 'denied');
  return <section className="part" aria-label={`${talk.on} 面商`}><div className="rowx wrap"><span className="lab">{talk.on} {talk.form.name}面商</span><span className="cap">{talk.unit.short} · {talk.people}</span></div><div className="text small">{talk.gist}</div>
    <p className={denied ? 'wrong' : 'cap'}>{talk.answers.map(({ name, words, note }) => `${name}：${words}${note === '' ? '' : `（${note}）`}`).join('；')}</p>{answer}</section>;
}

/** Who handles a case, how far each is, and the talks with its proposers. `linked`: this reader may open a unit's part; `answer`: what they may say of a talk. */
export function HandlingCard({ handling, linked, answer }: { handling: NonNullable<SubmissionView['handling']>; linked: boolean; answer?: (talk: TalkView) => ReactNode }): ReactNode {
  const now = useNow(60_000);
  return <><p className="sub num">{instantWords(new Date(handling.handedAt), now)} 第一次交办，最长到 {dateWords(dateOf(new Date(handling.capAt)), dateOf(now))}，改办和延期都不能超过。{handling.cap && <> <DeadlineChip due={handling.cap} /></>}</p>
    {handling.parts.map((it) => <Part key={it.id} part={it} linked={linked} />)}
    {handling.talks.length > 0 ? handling.talks.map((it) => <TalkLine key={it.id} talk={it} answer={answer?.(it)} />) : <Empty title="还没有面商记录">承办单位和提案人面商以后登记在这里，由提案人确认。</Empty>}</>;
}
