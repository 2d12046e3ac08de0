import type { RatingView, SubmissionAction, SubmissionView, TalkView } from '@lvzhi/contracts';
import { isVoice } from '@lvzhi/domain';
import type { Satisfaction } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { TextBox } from '../parts/fields.tsx';
import { useDesk } from '../parts/frame.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { go, hrefOf } from '../platform/route.ts';
import { once } from '../platform/run.ts';
import { notRated, RatingFields } from './paper-rating.tsx';

/** Whether it is this person's own, or of a body that they speak for. */
export function useOwns({ author }: Pick<SubmissionView, 'author'>): boolean {
  const { me } = useDesk();
  return author.id === me.person.id || me.posts.some(({ post, body }) => isVoice(post) && body?.id === author.id);
}

const ownActs = ['submit', 'consent', 'withdraw', 'decline', 'ask_drop', 'drop'] as const satisfies readonly SubmissionAction[];
type OwnAct = (typeof ownActs)[number];
/** A body's alone: what members do with their own is done on the phone. */
export const ownActsOf = ({ collective, can }: Pick<SubmissionView, 'collective' | 'can'>): OwnAct[] => (collective ? ownActs.filter((act) => can.includes(act)) : []);
type Asked = Exclude<OwnAct, 'submit'>;
/** `words`: as the button and its dialog say it; `hint`: what comes of it. */
const forms: Readonly<Record<Asked, { readonly words: string; readonly keep: string; readonly hint: string; readonly done: string }>> = {
  withdraw: { words: '撤回修改', keep: '先不撤回', hint: '撤回后变成草稿，改好可以再提交，收件号不变。', done: '已撤回，可以修改了' },
  consent: { words: '同意转社情民意', keep: '先不答复', hint: '同意后由专委会按社情民意办理，本件不再作提案。提案的积分保留，不重复计。', done: '已转为社情民意' },
  decline: { words: '不同意转', keep: '先不答复', hint: '提案委会另作审定，再告诉您结果。', done: '已答复，提案委另作审定' },
  drop: { words: '撤案', keep: '先不撤', hint: '撤案后不再办理，也不能恢复。原文保留在“集体提案”里。', done: '已撤案' },
  ask_drop: { words: '申请撤案', keep: '先不撤', hint: '已立案的提案，撤案由提案委同意。', done: '已申请，请等提案委答复' },
};
const perform = (act: Asked, on: { id: string; version: number }, note: string): Promise<{ doc: SubmissionView }> => {
  switch (act) {
    case 'withdraw': return once(act, on, api.withdraw);
    case 'consent': return once(act, on, api.agreeConversion);
    case 'decline': return once(act, on, api.declineConversion);
    case 'drop': return once(act, on, api.drop);
    case 'ask_drop': return once(act, { ...on, note }, api.askDrop);
  }
};
/** `fresh`: the proposal as it now stands; without it, it is asked for again. */
interface Props { doc: SubmissionView; fresh: (doc: SubmissionView | null) => void }

function Dialog({ act, doc, fresh, close }: Props & { act: Asked; close: () => void }): ReactNode {
  const { words, keep, hint, done } = forms[act];
  return <ActModal title={words} words={words} keep={keep} hint={`${hint}《${doc.title}》`} draft={{ note: '' }} close={close} fresh={() => { close(); fresh(null); }}
    act={({ note }) => perform(act, { id: doc.id, version: doc.version }, note)} done={(answer) => { close(); fresh(answer.doc); announce({ words: `${done}：${answer.doc.title}` }); }}>
    {(draft, change, wrong) => act === 'ask_drop' && <TextBox label="撤案理由" hint="提案委会看到" value={draft.note} change={(note) => change({ note })} wrong={wrong['note']} />}
  </ActModal>;
}

/** What the proposer may do with their own now, as the server says. */
export function OwnActs({ doc, fresh }: Props): ReactNode {
  const [chosen, choose] = useState<Asked | null>(null);
  const [main, ...rest] = ownActsOf(doc);
  const start = (act: OwnAct) => { if (act === 'submit') go(hrefOf('/own/form', { of: doc.id })); else choose(act); };
  const words = (act: OwnAct) => (act === 'submit' ? doc.state === 'returned' ? '补充后再提交' : '修改后再提交' : forms[act].words);
  if (!main) return null;
  const leads = main === 'submit' || main === 'consent';
  return <div className="foot wrap" role="group" aria-label="提案人可以做的">{leads && <Btn look="pri" onClick={() => start(main)}>{words(main)}</Btn>}
    <span className="rowx push wrap">{(leads ? rest : [main, ...rest]).map((act) => <Btn key={act} onClick={() => start(act)}>{words(act)}</Btn>)}</span>
    {chosen && <Dialog key={chosen} act={chosen} doc={doc} fresh={fresh} close={() => choose(null)} />}</div>;
}

/** 面商 as the unit recorded it: the proposer says whether it was so. */
export function TalkAnswer({ talk, again }: { talk: TalkView; again: () => void }): ReactNode {
  const [chosen, choose] = useState<'confirm' | 'deny' | null>(null);
  if (talk.mine !== 'asked') return null;
  const on = { id: talk.id, version: talk.version };
  const [close, done] = [() => choose(null), (words: string) => () => { choose(null); announce({ words }); again(); }];
  const of = `${talk.unit.name}登记的 ${talk.on} ${talk.form.name}面商。`;
  return <div className="rowx wrap"><Btn small look="line" onClick={() => choose('confirm')}>面商属实</Btn><Btn small onClick={() => choose('deny')}>没有这回事</Btn>
    {chosen === 'confirm' && <ActModal title="确认面商属实" words="面商属实" keep="再看看" hint={of} draft={{}} act={() => once('confirm_talk', on, api.confirmTalk)} close={close} fresh={() => { close(); again(); }} done={done('已确认面商')} />}
    {chosen === 'deny' && <ActModal title="没有这次面商" words="否认这次面商" keep="再看看" hint={`${of}承办单位和交办单位会看到您写的。`} draft={{ note: '' }} act={({ note }) => once('deny_talk', { ...on, note }, api.denyTalk)} close={close} fresh={() => { close(); again(); }} done={done('已否认，已告诉承办单位')}>
      {(draft, change, wrong) => <TextBox label="实际情况" value={draft.note} change={(note) => change({ note })} wrong={wrong['note']} />}</ActModal>}</div>;
}

/** 评价 of an answer: given once, by the body for itself. */
export function RateAnswer({ rating, talkedBefore, again }: { rating: RatingView; talkedBefore: boolean; again: () => void }): ReactNode {
  const [open, setOpen] = useState(false);
  if (!rating.mine || !rating.can.includes('rate')) return null;
  return <><Btn small look="pri" onClick={() => setOpen(true)}>评价答复</Btn>
    {open && <ActModal title={rating.round > 1 ? `评价第 ${rating.round} 次答复` : '评价答复'} words="提交评价" keep="先不评价" hint={`评价以后不能改。对结果不满意的，由承办单位重新办理、再次答复。${talkedBefore ? '面商记录已经确认过。' : ''}`} draft={{ ...notRated, talked: talkedBefore ? true : null }} close={() => setOpen(false)} fresh={() => { setOpen(false); again(); }}
      act={({ attitude, result, talked, note }) => once('rate', { id: rating.id, version: rating.version, attitude: attitude as Satisfaction, result: result as Satisfaction, talked: talked as boolean, note }, api.rate)} done={() => { setOpen(false); announce({ words: '已评价，谢谢' }); again(); }}>
      {(draft, change, wrong) => <RatingFields draft={draft} change={change} wrong={wrong} />}</ActModal>}</>;
}
