import type { HandlingView } from '@lvzhi/contracts';
import type { ReactNode } from 'react';
import { AnsweredTable, unansweredWords } from '../parts/answered.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { PaperButton, ReplyText } from '../parts/reply-text.tsx';
import { Rail } from '../parts/rail.tsx';
import { handlingHref, listFrom } from '../parts/sources.ts';
import { Empty, Failure, Loading } from '../parts/states.tsx';
import { HolderCard, Timeline } from '../parts/timeline.tsx';
import { useWalk } from '../parts/walk.ts';
import { Walker } from '../parts/walker.tsx';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { go, Link, usePlace } from '../platform/route.ts';
import { CaseBody } from './case-body.tsx';
import { HandlingActs } from './handling-acts.tsx';
import { ReplyEditor } from './reply-editor.tsx';

/** What is asked of the office, and what still runs beside the answer. */
function Clocks({ it }: { it: HandlingView }): ReactNode {
  return <>{it.asked && <section className="note w" aria-label="申请"><Icon name="info" /><div><b>{it.asked.what === 'reassign' ? '申请改办' : '申请延期'}</b><p>{it.asked.note}</p>{it.asked.unit && <p>建议改由：{it.asked.unit.name}</p>}<p className="cap">{it.asked.by}</p></div></section>}
    {(it.objectBy ?? it.talkBy) && <section className="col" style={{ gap: 6 }} aria-label="还有的期限">
      {it.objectBy && <p className="sub rowx tight">申请改办 <DeadlineChip due={it.objectBy} /></p>}{it.talkBy && <p className="sub rowx tight">办前面商 <DeadlineChip due={it.talkBy} /></p>}{it.reply && it.holder?.action !== '办理答复' && <p className="sub rowx tight">答复提案人 <DeadlineChip due={it.reply} /></p>}</section>}</>;
}

/** The answer that this part writes, or, of an assisting unit, the leading one's that it countersigns. */
function useAnswer(it: HandlingView | undefined) {
  const of = !it || it.state === 'assigned' || it.state === 'reassigned' ? undefined : it.role === 'assist' ? it.doc?.handling?.parts.find(({ role }) => role === 'lead')?.id : it.id;
  const loaded = useLoad(`reply ${of} ${it?.round}`, async () => (of === undefined ? null : api.showReply({ id: of })), it?.version);
  if (!it || of === undefined) return undefined;
  return { ...loaded, of, first: Boolean(loaded.data?.reply) || (it.can.includes('draft_reply') && it.talks > 0) };
}
function Answer({ it, answer: { data, problem, reload, of }, again }: { it: HandlingView; answer: NonNullable<ReturnType<typeof useAnswer>>; again: () => void }): ReactNode {
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />;
  const unhappy = it.doc?.handling?.ratings.filter(({ round, result }) => round === it.round - 1 && result?.code === 'dissatisfied') ?? [];
  if (data.mayEdit) return <>{unhappy.map(({ id, name, note }) => <div className="note w" key={id} style={{ marginBottom: 10 }}><Icon name="info" /><div><b>{name}对上次答复不满意</b><p>{note}</p></div></div>)}<div className="beside"><Original it={it} /><ReplyEditor key={`${of} ${it.round}`} id={of} reply={data.reply} suggestion={it.doc?.text.suggestion ?? ''} opinions={opinionsIn(it)} saved={() => { reload(); again(); }} /></div></>;
  return data.reply ? <><ReplyText reply={data.reply} />{it.doc && <AnsweredTable suggestion={it.doc.text.suggestion} body={data.reply.body} />}</> : <Empty title="还没有写答复">{it.role === 'assist' ? '主办单位写好答复送会签以后，在这里看。' : '承办单位写的答复会在这里，送达以前提案人看不到。'}</Empty>;
}
const opinionsIn = ({ doc }: Pick<HandlingView, 'doc'>) => (doc?.handling?.parts ?? []).flatMap(({ unit, opinion }) => (opinion ? [{ unit: unit.short, note: opinion.note }] : []));
/** What is answered, while the answer is written. */
function Original({ it: { doc } }: { it: HandlingView }): ReactNode {
  const parts = doc ? [['建议', doc.text.suggestion], ['情况', doc.text.situation], ['原因分析', doc.text.analysis]] as const : [];
  return <aside className="col original" aria-label="提案原文">{parts.map(([name, text]) => text !== '' && <div key={name}><span className="lab">{name}</span><div className="text small">{text}</div></div>)}
    {opinionsIn({ doc }).map(({ unit, note }) => <div key={unit}><span className="lab">{unit}的会办意见</span><div className="text small">{note}</div></div>)}</aside>;
}

/** 会签: which assisting unit has signed the text as it now stands, and until when it has time. */
function Countersigns({ it }: { it: HandlingView }): ReactNode {
  const assisting = it.role === 'lead' ? (it.doc?.handling?.parts ?? []).filter(({ role, state }) => role === 'assist' && state !== 'stopped') : [];
  if (assisting.length === 0) return null;
  const signed = assisting.filter(({ state }) => state === 'countersigned').length;
  return <section className="col" style={{ gap: 6 }} aria-label="会签"><div className="rowx sp"><span className="lab">会签</span><span className="cap num">{signed} / {assisting.length}</span></div>
    {assisting.map(({ id, unit, state, stateWords, opinion, holder }) => <div key={id} className={`note ${state === 'countersigned' ? 'o' : 'w'}`}><div className="grow"><div className="rowx sp wrap"><b>{unit.short}</b><StateTag state={state} words={stateWords} /></div>
      {opinion ? <p className="cap">会办意见已提，{opinion.by}</p> : <p className="cap">还没有提会办意见</p>}{holder?.due && <DeadlineChip due={holder.due} />}</div></div>)}</section>;
}

/** What stands between the draft and its being submitted. */
const Checks = ({ checks, missing }: { checks: readonly { words: string; done: boolean }[]; missing: string | undefined }): ReactNode => <section className="col" style={{ gap: 6 }} aria-label="提交以前的检查"><span className="lab">提交以前</span>
  {checks.map(({ words, done }) => <p key={words} className={`rowx tight ${done ? 'sub' : ''}`}><Icon name={done ? 'check' : 'alert'} />{words}{!done && <span className="pending">还没有</span>}</p>)}
  {missing !== undefined && <p className="rowx tight"><Icon name="info" /><span className="pending">建议{missing}没有找到回应，不影响提交</span></p>}</section>;

/** One unit's part: the proposal, what was said about it, and what the unit or its office may do now. */
export function Handling({ id }: { id: string }): ReactNode {
  const { query } = usePlace();
  const from = listFrom(query);
  const { data: it, problem, reload, set } = useLoad(`handling ${id}`, () => api.showHandling({ id }));
  const answer = useAnswer(it);
  const walk = useWalk(from, id);
  const to = (other: string | undefined) => { if (other) go(handlingHref(other, from)); };
  useKeys({ j: () => to(walk?.next), k: () => to(walk?.previous), escape: from ? () => go(from) : undefined });
  if (!it) return <Frame crumb={<h1>提案办理</h1>}>{problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}</Frame>;
  const holder = it.holder && { ...it.holder, note: '' };
  const missing = it.doc && answer?.data?.reply ? unansweredWords(it.doc.text.suggestion, answer.data.reply.body) : undefined;
  return <Frame split crumb={<><Link to={from ?? '/handling'}>{from?.startsWith('/todo') ? '待我办' : '提案办理'}</Link><Icon name="right" /><span>{it.unit.short}</span><Icon name="right" /><b className="num">{it.proposal.caseNo}</b></>} tools={walk && <Walker walk={walk} to={to} />}>
    <div className="pane">
      {it.doc ? <CaseBody key={it.doc.id} doc={it.doc} again={reload} reply={answer && { first: answer.first, body: <Answer it={it} answer={answer} again={reload} /> }} /> : <div className="col grow" style={{ padding: '16px 24px 0' }}><h2>{it.proposal.title}</h2><Empty title={it.stateWords}>这件提案不再由{it.unit.short}办理，看不到内容了。经过在右边。</Empty></div>}
      <HandlingActs key={it.id} it={it} missing={missing} set={set} />
    </div>
    <Rail width={348} label="办理情况">
      <div className="rowx wrap"><span className="tag b">{it.roleWords}</span><b>{it.unit.name}</b><StateTag state={it.state} words={it.stateWords} /></div>
      <HolderCard holder={holder} ended={it.stateWords} />
      <div className="rowx tight wrap"><PaperButton id={it.id} paper="order" name="交办单" />{it.repliedAt !== null && <PaperButton id={it.id} paper="rating-form" name="征询意见表" />}</div>
      <Clocks it={it} />
      <Countersigns it={it} />
      {answer?.data && it.can.includes('draft_reply') && <Checks checks={answer.data.checks} missing={missing} />}
      <Timeline timeline={it.timeline} holder={holder} next={[]} />
    </Rail>
  </Frame>;
}
