import type { SupervisionView } from '@lvzhi/contracts';
import { dateOf, demandActionWords, supervisionActionWords } from '@lvzhi/domain';
import type { SupervisionAction } from '@lvzhi/domain';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { choicesOf, DayField, Labelled, PickField, TextBox, TextField } from '../parts/fields.tsx';
import { useDesk } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { serverNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { once } from '../platform/run.ts';

type Act = Exclude<SupervisionAction, 'nominate'>;
const acts: readonly Act[] = ['make_key', 'decline_key', 'begin_supervision', 'record_event', 'ask_demand', 'call_appraisal', 'close_appraisal', 'report_supervision', 'close_supervision', 'return_report', 'cancel_key'];
interface Draft { note: string; meeting: string; form: string; leaderId: string; committeeId: string; text: string; dueOn: string; on: string; place: string; people: string; findings: string; unitId: string; memberIds: string[] }
/** `note`: the name of the reason that must be given. */
const forms: Readonly<Record<Act, { readonly keep: string; readonly hint: string; readonly note?: string; readonly done: string }>> = {
  make_key: { keep: '先不登记', hint: '登记主席会议的决定。提案人会收到通知，专委会接着制定督办方案。', done: '已列为重点提案' },
  decline_key: { keep: '先不登记', hint: '提名人会收到通知，看到理由。提案人不知道提名。', note: '理由', done: '已登记不列为重点' },
  begin_supervision: { keep: '先不定', hint: '定了以后开始督办，提案人会收到通知。', done: '方案已定，开始督办' },
  record_event: { keep: '先不登记', hint: '座谈、调研、视察、走访承办单位等。提案人看得到时间、地点和情况。', done: '活动已登记' },
  ask_demand: { keep: '先不提', hint: '承办单位会收到通知，按期在工作台答复；到期前后自动提醒。', done: '要求已送承办单位' },
  call_appraisal: { keep: '先不请', hint: '每位委员在手机上填一份，各填一次。项目和满分照现在的规则，结束以前谁也看不到结果。', done: '已请委员评议' },
  close_appraisal: { keep: '先不结束', hint: '结束以后没填的不能再填，结果是平均分和人数。', done: '评议已结束' },
  report_supervision: { keep: '先不提交', hint: '送提案委办结。', done: '督办报告已提交' },
  close_supervision: { keep: '先不办结', hint: '提案人会收到通知，看到督办情况报告。', done: '督办已办结' },
  return_report: { keep: '先不退回', hint: '专委会会看到意见，改好再提交。', note: '意见', done: '报告已退回' },
  cancel_key: { keep: '先不撤销', hint: '没有办结的要求和评议一并停下，计的分撤销，提案人会收到通知。', note: '理由', done: '已撤销重点提案' },
};

function perform(act: Act, { id, version }: SupervisionView, { note, meeting, form, leaderId, committeeId, text, dueOn, on, place, people, findings, unitId, memberIds }: Draft): Promise<{ doc: SupervisionView }> {
  const it = { id, version };
  switch (act) {
    case 'make_key': return once(act, { ...it, meeting, form, leaderId, committeeId }, api.makeKey);
    case 'decline_key': return once(act, { ...it, note }, api.declineKey);
    case 'begin_supervision': return once(act, { ...it, plan: text, dueOn }, api.beginSupervision);
    case 'record_event': return once(act, { ...it, on, place, people, what: text, findings }, api.recordEvent);
    case 'ask_demand': return once(act, { ...it, unitId, demand: text, dueOn }, api.makeDemand);
    case 'call_appraisal': return once(act, { ...it, memberIds, dueOn }, api.callAppraisal);
    case 'close_appraisal': return once(act, it, api.closeAppraisal);
    case 'report_supervision': return once(act, { ...it, report: text }, api.reportSupervision);
    case 'close_supervision': return once(act, it, api.closeSupervision);
    case 'return_report': return once(act, { ...it, note }, api.returnReport);
    case 'cancel_key': return once(act, { ...it, note }, api.cancelKey);
  }
}

/** Members by name or sector; what was chosen stays while one looks for others. */
function Appraisers({ id, picked, change, wrong }: { id: string; picked: readonly string[]; change: (picked: string[]) => void; wrong: string | undefined }): ReactNode {
  const [words, setWords] = useState('');
  const [known, keep] = useState<Readonly<Record<string, string>>>({});
  const sought = useDeferredValue(words.trim());
  const { data, loading } = useLoad(`appraisers ${id} ${sought}`, () => api.findAppraisers({ id, words: sought }));
  const names = { ...known, ...Object.fromEntries((data?.rows ?? []).map((it) => [it.id, `${it.name}${it.note && ` ${it.note}`}`])) };
  const options = [...new Set([...picked, ...(data?.rows ?? []).map((it) => it.id)])].map((value) => ({ value, label: names[value] ?? '' }));
  return <Labelled label="评议的委员" hint={`已选 ${picked.length} 位，提案人不评`} wrong={wrong}>{(field) => <Select id={field} mode="multiple" showSearch={{ filterOption: false, onSearch: setWords }} placeholder="输姓名或界别找" status={wrong ? 'error' : ''} value={[...picked]} options={options}
    notFoundContent={loading ? '正在找…' : '没有找到'} onChange={(chosen: string[]) => { keep(names); change(chosen); }} />}</Labelled>;
}

interface Fields { it: SupervisionView; act: Act; draft: Draft; change: (part: Partial<Draft>) => void; wrong: Readonly<Record<string, string>> }
const textFields: Partial<Record<Act, readonly [label: string, field: string]>> = { begin_supervision: ['督办方案', 'plan'], record_event: ['活动情况', 'what'], ask_demand: ['要求', 'demand'], report_supervision: ['督办情况报告', 'report'] };
function ActFields({ it, act, draft, change, wrong }: Fields): ReactNode {
  const { catalogue } = useDesk();
  const text = textFields[act];
  const { note } = forms[act];
  return <>
    {act === 'make_key' && <><TextField label="哪次主席会议" max={200} placeholder="七届第 8 次主席会议" value={draft.meeting} change={(meeting) => change({ meeting })} wrong={wrong['meeting']} first />
      <PickField label="督办方式" value={draft.form} options={catalogue.supervisionForms.map(({ code, name }) => ({ value: code, label: name }))} change={(form) => change({ form })} wrong={wrong['form']} />
      <PickField label="牵头督办领导" value={draft.leaderId} options={it.leaders.map(({ id, name, note: post }) => ({ value: id, label: `${name} ${post}` }))} change={(leaderId) => change({ leaderId })} wrong={wrong['leaderId']} />
      <PickField label="承办督办的专委会" value={draft.committeeId} options={choicesOf(catalogue.committees)} change={(committeeId) => change({ committeeId })} wrong={wrong['committeeId']} /></>}
    {act === 'record_event' && <><DayField label="活动日期" value={draft.on} change={(on) => change({ on })} wrong={wrong['on']} /><TextField label="地点" value={draft.place} change={(place) => change({ place })} wrong={wrong['place']} /><TextField label="参加人" max={200} value={draft.people} change={(people) => change({ people })} wrong={wrong['people']} /></>}
    {act === 'ask_demand' && <PickField label="承办单位" value={draft.unitId} options={choicesOf(it.units)} change={(unitId) => change({ unitId })} wrong={wrong['unitId']} first />}
    {act === 'call_appraisal' && <Appraisers id={it.id} picked={draft.memberIds} change={(memberIds) => change({ memberIds })} wrong={wrong['memberIds']} />}
    {text && <TextBox label={text[0]} value={draft.text} change={(value) => change({ text: value })} wrong={wrong[text[1]]} />}
    {act === 'record_event' && <TextBox label="发现的问题" hint="可不填" value={draft.findings} change={(findings) => change({ findings })} wrong={wrong['findings']} />}
    {(act === 'begin_supervision' || act === 'ask_demand' || act === 'call_appraisal') && <DayField label={act === 'begin_supervision' ? '完成日期' : act === 'ask_demand' ? '答复日期' : '截止日期'} value={draft.dueOn} change={(dueOn) => change({ dueOn })} wrong={wrong['dueOn']} />}
    {note !== undefined && <TextBox label={note} value={draft.note} change={(value) => change({ note: value })} wrong={wrong['note']} />}
  </>;
}

/** The buttons that the server says are allowed; the first is the main one. */
export function SupervisionActs({ it, set }: { it: SupervisionView; set: (it: SupervisionView) => void }): ReactNode {
  const [act, choose] = useState<Act | null>(null);
  const can = acts.filter((one) => it.can.includes(one));
  const [main] = can;
  const first: Draft = { note: '', meeting: '', form: '', leaderId: '', committeeId: '', text: act === 'report_supervision' ? it.report : '', dueOn: '', on: dateOf(serverNow()), place: '', people: '', findings: '', unitId: it.units.length === 1 ? it.units[0]?.id ?? '' : '', memberIds: [] };
  return <><div className="foot wrap" role="group" aria-label="可以做的">
    {main ? <Btn look="pri" onClick={() => choose(main)}>{supervisionActionWords[main]}</Btn> : <span className="sub rowx tight"><Icon name="info" />{it.holder ? `现在由${it.holder.words}办理，您没有要办的` : `${it.stateWords}，没有要您办的`}</span>}
    <span className="rowx push wrap">{can.slice(1).map((one) => <Btn key={one} onClick={() => choose(one)}>{supervisionActionWords[one]}</Btn>)}</span></div>
    {act && <ActModal key={act} title={`${supervisionActionWords[act]}：${it.proposal.title}`} words={supervisionActionWords[act]} keep={forms[act].keep} hint={forms[act].hint} draft={first} act={(draft) => perform(act, it, draft)} close={() => choose(null)} fresh={(current) => set(current as SupervisionView)}
      done={({ doc }) => { announce({ words: `${forms[act].done}：${doc.proposal.title}` }); choose(null); set(doc); }}>{(draft, change, wrong) => <ActFields it={it} act={act} draft={draft} change={change} wrong={wrong} />}</ActModal>}</>;
}

export type DemandAct = 'answer_demand' | 'settle_demand' | 'insist_demand';
const demandForms: Readonly<Record<DemandAct, { readonly keep: string; readonly hint: string; readonly done: string }>> = {
  answer_demand: { keep: '先不答复', hint: '由督办的专委会核对，核对以后提案人看得到。', done: '已答复' }, settle_demand: { keep: '先不办结', hint: '核对属实，这一条要求办结。', done: '要求已办结' }, insist_demand: { keep: '先不退', hint: '承办单位会看到理由，在新的日期以前再答复。', done: '已请单位再答复' },
};
/** What a unit answers, and what the committee makes of it. */
export function DemandForm({ demand: { id, version, answer }, act, close, done }: { demand: SupervisionView['demands'][number]; act: DemandAct; close: () => void; done: (it: SupervisionView) => void }): ReactNode {
  const [words, form] = [demandActionWords[act], demandForms[act]];
  const perform = ({ text, dueOn }: { text: string; dueOn: string }) => (act === 'answer_demand' ? once(act, { id, version, answer: text }, api.answerDemand) : act === 'settle_demand' ? once(act, { id, version }, api.settleDemand) : once(act, { id, version, note: text, dueOn }, api.insistDemand));
  return <ActModal title={words} words={words} keep={form.keep} hint={form.hint} draft={{ text: act === 'answer_demand' ? answer : '', dueOn: '' }} act={perform} close={close} done={({ doc }) => { announce({ words: `${form.done}：${doc.proposal.title}` }); done(doc); }}>
    {(draft, change, wrong) => <>{act !== 'settle_demand' && <TextBox label={act === 'answer_demand' ? '答复' : '理由'} value={draft.text} change={(text) => change({ text })} wrong={wrong['answer'] ?? wrong['note']} />}
      {act === 'insist_demand' && <DayField label="答复日期" value={draft.dueOn} change={(dueOn) => change({ dueOn })} wrong={wrong['dueOn']} />}</>}
  </ActModal>;
}
