import type { HandlingView } from '@lvzhi/contracts';
import { dateOf, handlingActionWords } from '@lvzhi/domain';
import type { HandlingAction } from '@lvzhi/domain';
import { Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { DayField, Labelled, PickField, TextField } from '../parts/fields.tsx';
import { useDesk } from '../parts/frame.tsx';
import { unitChoices } from '../parts/handlers-field.tsx';
import { Icon } from '../parts/icons.tsx';
import { announce } from '../parts/toast.tsx';
import { api, ServerSaid } from '../platform/api.ts';
import { serverNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { once } from '../platform/run.ts';

/** What a unit or its office does at the desk; what proposers answer is theirs, on the phone. The first that is possible is the main one. */
const deskActs = ['sign_for', 'refuse_reassign', 'reassign', 'allow_extension', 'refuse_extension', 'countersign', 'object_reply', 'approve_reply', 'return_reply', 'release', 'submit_reply', 'ask_countersign', 'resolve', 'report_progress', 'give_opinion', 'record_talk', 'ask_extension', 'ask_reassign', 'urge'] as const satisfies readonly HandlingAction[];
type Act = (typeof deskActs)[number];
interface Draft { classCode: string; note: string; unitId: string; on: string; form: string; people: string; gist: string }
/** `note`: the name of the text, `must`: it must be there. */
interface Form { readonly keep: string; readonly hint: string; readonly note?: string; readonly must?: boolean; readonly unit?: string; readonly talk?: true; readonly regrade?: true; /** Whether all suggestions are answered is looked at before it. */ readonly checked?: true; readonly done: string }
const forms: Readonly<Record<Act, Form>> = {
  sign_for: { keep: '先不签收', hint: '签收以后开始办理。不属于本单位职责的，在期限内申请改办，不要转给别的单位。', done: '已签收' },
  ask_reassign: { keep: '先不申请', hint: '由交办单位决定；决定以前不用签收。', note: '申请改办的理由', must: true, unit: '建议改由哪个单位办', done: '已申请改办' },
  reassign: { keep: '先不改', hint: '新单位的期限从现在重新算，这件提案的最长期限不变。原单位不再看到这件提案。', note: '说明', unit: '改由哪个单位办', done: '已改办' },
  refuse_reassign: { keep: '先不答复', hint: '承办单位会看到理由，要按交办办理，不能再申请。', note: '不同意的理由', must: true, done: '已答复不改办' },
  give_opinion: { keep: '先不提', hint: '送主办单位，由主办单位写进答复。主办答复以前可以再提，以最后一次为准。', note: '会办意见', must: true, done: '会办意见已送主办单位' },
  record_talk: { keep: '先不登记', hint: '提案人会收到通知，在手机上确认或者否认。答复以前至少要面商一次。', talk: true, done: '面商已登记，等提案人确认' },
  ask_extension: { keep: '先不申请', hint: '由交办单位决定。一件只能延期一次，不能超过最长期限。', note: '申请延期的理由', must: true, done: '已申请延期' },
  allow_extension: { keep: '先不答复', hint: '延长以后的期限会告诉承办单位和提案人。', note: '说明', done: '已同意延期' },
  ask_countersign: { keep: '先不送', hint: '会办单位看现在这一稿，会签或者提意见。送会签以后又改了正文或者类别的，要再会签。', done: '已送会签' },
  countersign: { keep: '先不会签', hint: '会签的是现在看到的这一稿。', note: '会签意见', done: '已会签' },
  object_reply: { keep: '先不退回', hint: '主办单位会看到意见，改好以后再送会签。', note: '会签意见', must: true, done: '会签意见已送主办单位' },
  submit_reply: { keep: '先不提交', hint: '由单位负责人签发，送交办单位审核。提交以后不能再改，除非退回。', checked: true, done: '答复已提交审核' },
  return_reply: { keep: '先不退回', hint: '承办单位会看到意见，改好以后再提交。', note: '退回意见', must: true, done: '已退回重写' },
  approve_reply: { keep: '先不通过', hint: '通过以后还要送达，提案人才看得到。办理结果的类别不对的，可以在这里改。', note: '审核意见', regrade: true, checked: true, done: '审核已通过，待送达' },
  release: { keep: '先不送达', hint: '送达以后提案人马上看到答复全文，并请他评价。这一步不能撤销。几件一起送达，在“提案办理”的列表里勾选。', done: '已送达提案人' },
  report_progress: { keep: '先不报告', hint: '提案人会收到通知，看到您写的。', note: '进展', must: true, done: '进展已告诉提案人' },
  resolve: { keep: '先不登记', hint: '登记以后不再跟踪，提案人会收到通知，看到您写的。', note: '解决情况', must: true, done: '已登记解决' },
  urge: { keep: '先不催', hint: '承办单位马上收到通知，期限不变。过了规则定的天数才能再催。几件一起催，在“提案办理”的列表里勾选。', note: '催办的话', done: '已催办，通知已发出' },
  refuse_extension: { keep: '先不答复', hint: '承办单位会看到理由，按原来的期限办理。', note: '不同意的理由', must: true, done: '已答复不延期' },
};

/** What is done to several in one call, of one: what keeps it back is a refusal like any other. */
async function urge(it: { id: string; version: number }, note: string): Promise<{ doc: HandlingView }> {
  const [result] = (await api.urge({ items: [it], note })).results;
  if (result?.done !== true) throw new ServerSaid(409, { reason: result?.reason ?? '没有催办，请再试一次' });
  return { doc: await api.showHandling({ id: it.id }) };
}
/** One by itself; what keeps it back is a refusal like any other. */
async function release(it: { id: string; version: number }): Promise<{ doc: HandlingView }> {
  const [result] = (await api.releaseReplies({ items: [it] })).results;
  if (result?.done !== true) throw new ServerSaid(409, { reason: result?.reason ?? '没有送达，请再试一次' });
  return { doc: await api.showHandling({ id: it.id }) };
}

function perform(act: Act, { id, version }: HandlingView, { classCode, note, unitId, on, form, people, gist }: Draft): Promise<{ doc: HandlingView }> {
  const it = { id, version };
  switch (act) {
    case 'sign_for': return once(act, it, api.signFor);
    case 'urge': return urge(it, note);
    case 'ask_reassign': return once(act, { ...it, note, unitId }, api.askReassign);
    case 'reassign': return once(act, { ...it, note, unitId }, api.reassign);
    case 'refuse_reassign': return once(act, { ...it, note }, api.refuseReassign);
    case 'give_opinion': return once(act, { ...it, note }, api.giveOpinion);
    case 'record_talk': return once(act, { ...it, on, form, people, gist }, api.recordTalk);
    case 'ask_extension': return once(act, { ...it, note }, api.askExtension);
    case 'allow_extension': return once(act, { ...it, note }, api.allowExtension);
    case 'ask_countersign': return once(act, it, api.askCountersign);
    case 'countersign': return once(act, { ...it, note }, api.agreeReply);
    case 'object_reply': return once(act, { ...it, note }, api.objectReply);
    case 'submit_reply': return once(act, it, api.submitReply);
    case 'return_reply': return once(act, { ...it, note }, api.returnReply);
    case 'approve_reply': return once(act, { ...it, note, classCode: classCode || null }, api.approveReply);
    case 'release': return release(it);
    case 'report_progress': return once(act, { ...it, note }, api.reportProgress);
    case 'resolve': return once(act, { ...it, note }, api.resolveHandling);
    case 'refuse_extension': return once(act, { ...it, note }, api.refuseExtension);
  }
}

const area = (label: string, hint: string, value: string, change: (value: string) => void, wrong: string | undefined): ReactNode =>
  <Labelled label={label} hint={hint} wrong={wrong}>{(id) => <Input.TextArea id={id} value={value} autoSize={{ minRows: 3, maxRows: 10 }} onChange={(event) => change(event.target.value)} />}</Labelled>;

function ActForm({ it, act, missing, close, done }: { it: HandlingView; act: Act; missing: string | undefined; close: () => void; done: (it: HandlingView) => void }): ReactNode {
  const { catalogue } = useDesk();
  const [words, form] = [handlingActionWords[act], forms[act]];
  const first: Draft = { classCode: '', note: '', unitId: act === 'reassign' ? it.asked?.unit?.id ?? '' : '', on: dateOf(serverNow()), form: '', people: '', gist: '' };
  return <ActModal title={`${words}：${it.proposal.title}`} words={words} keep={form.keep} hint={form.hint} draft={first} act={(draft) => perform(act, it, draft)} close={close} fresh={(current) => done(current as HandlingView)}
    done={({ doc }) => { announce({ words: `${form.done}：${doc.proposal.title}` }); done(doc); }}>
    {(draft, change, wrong) => <>
      {form.checked && missing !== undefined && <div className="note w" role="note"><Icon name="info" /><div><b>建议{missing}没有找到回应</b><p>漏了的请先补上；答了只是写法不同的，可以照样{words}。</p></div></div>}
      {form.unit && <PickField label={form.unit} value={draft.unitId} options={unitChoices(catalogue, [it.unit.id])} change={(unitId) => change({ unitId })} wrong={wrong['unitId']} first />}
      {form.talk && <><DayField label="面商日期" value={draft.on} change={(on) => change({ on })} wrong={wrong['on']} />
        <PickField label="面商方式" value={draft.form} options={catalogue.talkForms.map(({ code, name }) => ({ value: code, label: name }))} change={(code) => change({ form: code })} wrong={wrong['form']} />
        <TextField label="参加人" value={draft.people} max={200} change={(people) => change({ people })} wrong={wrong['people']} />{area('面商情况', '提案人会看到', draft.gist, (gist) => change({ gist }), wrong['gist'])}</>}
      {form.regrade && <PickField label="办理结果" hint="不改的不用选" clear placeholder="按承办单位填的" value={draft.classCode} options={catalogue.replyClasses.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))} change={(classCode) => change({ classCode })} wrong={wrong['classCode']} />}
      {form.note && area(form.note, form.must ? '' : '可不填', draft.note, (note) => change({ note }), wrong['note'])}
    </>}
  </ActModal>;
}

/** The buttons that the server says are allowed. */
export function HandlingActs({ it, missing, set }: { it: HandlingView; /** Suggestions that the answer as it was saved says nothing of. */ missing: string | undefined; set: (it: HandlingView) => void }): ReactNode {
  const [chosen, choose] = useState<Act | null>(null);
  const can = deskActs.filter((act) => it.can.includes(act));
  const [main] = can;
  useKeys({ s: can.includes('sign_for') ? () => choose('sign_for') : undefined });
  return <><div className="foot wrap" role="group" aria-label="可以做的">
    {main ? <Btn look="pri" hotkey={main === 'sign_for' ? 'S' : undefined} onClick={() => choose(main)}>{handlingActionWords[main]}</Btn>
      : <span className="sub rowx tight"><Icon name="info" />{it.holder ? `现在由${it.holder.words}办理，您没有要办的` : `${it.stateWords}，没有要您办的`}</span>}
    <span className="rowx push wrap">{can.slice(1).map((act) => <Btn key={act} onClick={() => choose(act)}>{handlingActionWords[act]}</Btn>)}</span></div>
    {chosen && <ActForm key={chosen} it={it} act={chosen} missing={missing} close={() => choose(null)} done={(fresh) => { choose(null); set(fresh); }} />}</>;
}
