import type { SubmissionAction, SubmissionView } from '@lvzhi/contracts';
import { channels, opinionActionWords, planFault, proposalActionWords } from '@lvzhi/domain';
import { api } from '../platform/api.ts';
import { once } from '../platform/run.ts';
import { noHandlers, unitsOf } from './handlers-field.tsx';
import type { HandlersDraft } from './handlers-field.tsx';

/** What is done at the desk; what is the proposer's own to do stands apart (own-acts). */
const deskActs = ['assign', 'recall', 'reroute', 'start_review', 'prepare', 'comment', 'pass', 'return', 'not_adopt', 'review',
  'file', 'merge', 'reject', 'suggest', 'convert', 'ask_consent', 'decide_anew', 'refile', 'unfile', 'split', 'allow_drop', 'refuse_drop',
  'take_over', 'take', 'ask_agree', 'send_check', 'check', 'rework', 'sign', 'archive', 'recall_issue', 'reopen', 'send', 'plan', 'return_plan', 'hand_over', 'separate', 'hold_meeting'] as const satisfies readonly SubmissionAction[];
export type DeskAct = (typeof deskActs)[number];
export const deskActsOf = (can: readonly SubmissionAction[]): DeskAct[] => deskActs.filter((act) => can.includes(act));

export const actWords = (kind: SubmissionView['kind'], act: DeskAct): string => {
  const words: Partial<Record<DeskAct, string>> = kind === 'opinion' ? opinionActionWords : proposalActionWords;
  return words[act] ?? '';
};

/** What is typed and chosen in a dialog. `committeeId` '' is nothing chosen, `triage` is back to 分办台. */
export interface Draft { readonly note: string; readonly committeeId: string; readonly coIds: readonly string[]; readonly reason: string; readonly outcome: string; readonly unitIds: readonly string[]; readonly mainId: string; readonly channels: readonly string[]; readonly handlers: HandlersDraft }
export const emptyDraft: Draft = { note: '', committeeId: '', coIds: [], reason: '', outcome: '', unitIds: [], mainId: '', channels: [], handlers: noHandlers };
export const toTriage = 'triage';

export type Field = 'committee' | 'elsewhere' | 'co' | 'reason' | 'prepared' | 'outcome' | 'units' | 'main' | 'channels' | 'handlers' | 'note';
/** A dialog: its fields, the name of its text, whether that must be there, and the button that leaves things as they are. */
export interface Form { readonly fields: readonly Field[]; readonly note: string; readonly must: boolean; readonly keep: string; readonly hint: string }
export const forms: Readonly<Record<DeskAct, Form>> = {
  assign: { fields: ['committee', 'co'], note: '', must: false, keep: '先不分送', hint: '主送一家，由它初审；协送的可以写意见。' },
  recall: { fields: ['note'], note: '收回理由', must: true, keep: '先不收回', hint: '收回到分办台重新分送。收件号和提交时间不变，会告诉提交人。' },
  reroute: { fields: ['elsewhere', 'note'], note: '改送理由', must: true, keep: '先不改送', hint: '收件号和提交时间不变，会告诉提交人和新的承办方。' },
  start_review: { fields: [], note: '', must: false, keep: '先不开始', hint: '' },
  prepare: { fields: ['prepared', 'note'], note: '拟办意见', must: true, keep: '先不提交', hint: '供主任审定，提交人看不到。' },
  comment: { fields: ['note'], note: '协办意见', must: true, keep: '先不提交', hint: '供主送的专委会参考。' },
  pass: { fields: ['note'], note: '初审意见', must: false, keep: '先不通过', hint: '通过后送信息编辑。' },
  return: { fields: ['note'], note: '退回意见', must: true, keep: '先不退回', hint: '提交人会看到这段意见。原文和收件号都保留，改好后可以再提交。' },
  not_adopt: { fields: ['reason', 'note'], note: '说明', must: false, keep: '先不决定', hint: '提交人会看到理由和说明。' },
  review: { fields: ['outcome', 'note', 'units'], note: '初审意见', must: true, keep: '先不提出', hint: '提出后送提案委审定。' },
  file: { fields: [], note: '', must: false, keep: '先不立案', hint: '立案后给出案号，案号不收回、不给别的提案。这一步不能撤销，请核对内容和初审意见。' },
  merge: { fields: ['main', 'note'], note: '并案说明', must: false, keep: '先不并案', hint: '并到一件已立案的主案。提案人都保留，办理结果分别答复。' },
  reject: { fields: ['reason', 'note'], note: '说明', must: false, keep: '先不决定', hint: '提案人会看到理由和说明。' },
  suggest: { fields: ['units', 'note'], note: '说明', must: false, keep: '先不转', hint: '送单位参考，没有答复义务。提案人会看到说明。' },
  convert: { fields: [], note: '', must: false, keep: '先不转', hint: '提案人提交时已经同意，不再征求。马上生成一件社情民意，本件不再作提案，积分不重复计。这一步不能撤销。' },
  ask_consent: { fields: ['note'], note: '转办理由', must: true, keep: '先不征求', hint: '提案人同意后生成一件社情民意，本件不再作提案，积分不重复计。' },
  decide_anew: { fields: ['note'], note: '说明', must: false, keep: '再等一等', hint: '不再等提案人答复，回到审定。' },
  refile: { fields: ['note'], note: '改立案的理由', must: true, keep: '先不改', hint: '改为立案并给出案号。这一步不能撤销。' },
  unfile: { fields: ['note'], note: '撤销立案的理由', must: true, keep: '先不撤销', hint: '回到审定。案号留给本件，不给别的提案。提案人会看到理由。' },
  split: { fields: ['note'], note: '撤销并案的理由', must: true, keep: '先不撤销', hint: '不再并案，回到审定。提案人会看到理由。' },
  allow_drop: { fields: [], note: '', must: false, keep: '先不同意', hint: '提案人申请撤案，理由在“往来”里。同意后不再办理，这一步不能撤销。' },
  refuse_drop: { fields: ['note'], note: '不同意的理由', must: true, keep: '先不答复', hint: '继续办理，提案人会看到理由。' },
  take_over: { fields: ['note'], note: '说明', must: false, keep: '先不接手', hint: '不再等专委会初审，由您直接编辑。会告诉提交人。' },
  take: { fields: [], note: '', must: false, keep: '先不领办', hint: '' },
  ask_agree: { fields: [], note: '', must: false, keep: '先不送', hint: '把现在的编辑稿送反映人，由他在手机上回复同意或不同意。' },
  send_check: { fields: [], note: '', must: false, keep: '先不送审', hint: '送审的是刚才保存的编辑稿，送审以后不能再改，除非退回编辑。' },
  check: { fields: ['note'], note: '审核意见', must: false, keep: '先不通过', hint: '通过后送秘书长签发。' },
  rework: { fields: ['note'], note: '退回意见', must: true, keep: '先不退回', hint: '退回给编辑修改，提交人看不到这段意见。' },
  sign: { fields: [], note: '', must: false, keep: '先不签发', hint: '签发后给期号，不能撤销；发现有误可以收回编发，期号不再用。' },
  archive: { fields: ['note'], note: '留存理由', must: true, keep: '先不决定', hint: '不再编发，提交人会看到理由。' },
  recall_issue: { fields: ['note'], note: '收回原因', must: true, keep: '先不收回', hint: '这一期的期号不再用，提交人会看到原因。以后可以重新编辑，得到新的期号。' },
  send: { fields: ['channels', 'units'], note: '', must: false, keep: '先不报送', hint: '登记报到哪几处。以后每一处的采用、批示、转办、反馈，在“报送”里一处一处登记，反映人会知道。' },
  separate: { fields: ['note'], note: '拆开的原因', must: true, keep: '先不拆开', hint: '不再合并编发，单独编辑，提交人会看到原因。' },
  plan: { fields: ['handlers', 'note'], note: '交办建议', must: false, keep: '先不拟定', hint: '拟定以后送主办单位所在系统的交办单位（市委办或市政府办）交办，交办以后承办单位才看得到。' },
  return_plan: { fields: ['note'], note: '退回理由', must: true, keep: '先不退回', hint: '退回提案委重新拟定承办单位。' },
  hand_over: { fields: [], note: '', must: false, keep: '先不交办', hint: '各承办单位马上收到，签收、答复的期限从现在起算，最长期限也从现在起算。这一步不能撤销，请核对拟定的承办单位。' },
  hold_meeting: { fields: ['note'], note: '面商会情况', must: true, keep: '先不登记', hint: '两次答复都不满意的，由提案委请提案人、承办单位和交办单位面商。写明时间、参加人和结果，登记以后办结，提案人会看到。' },
  reopen: { fields: [], note: '', must: false, keep: '先不编辑', hint: '' },
};

/** Sends the act on the version that was looked at. @throws what the server said; when somebody was faster, with the case as it now stands. */
export async function perform(act: DeskAct, doc: Pick<SubmissionView, 'id' | 'version'>, draft: Draft): ReturnType<typeof api.pass> {
  const on = { id: doc.id, version: doc.version };
  const { note } = draft;
  switch (act) {
    case 'assign': return once(act, { ...on, committeeId: draft.committeeId, coCommitteeIds: draft.coIds.filter((id) => id !== draft.committeeId) }, api.assign);
    case 'recall': return once(act, { ...on, reason: note }, api.recall);
    case 'reroute': return once(act, { ...on, committeeId: draft.committeeId === toTriage ? null : draft.committeeId, reason: note }, api.reroute);
    case 'start_review': return once(act, on, api.startReview);
    case 'prepare': return once(act, { ...on, outcome: preparedOf(draft.outcome), note }, api.prepare);
    case 'comment': return once(act, { ...on, note }, api.comment);
    case 'pass': return once(act, { ...on, note }, api.pass);
    case 'return': return once(act, { ...on, note }, api.sendBack);
    case 'not_adopt': return once(act, { ...on, reason: draft.reason, note }, api.notAdopt);
    case 'review': return once(act, { ...on, outcome: draft.outcome, note, unitIds: [...draft.unitIds] }, api.review);
    case 'file': case 'merge': case 'reject': case 'suggest': case 'convert': case 'ask_consent': case 'decide_anew': case 'refile': case 'unfile': case 'split': case 'allow_drop': case 'refuse_drop': return decideOn(act, on, draft);
    case 'plan': return once(act, { ...on, units: unitsOf(draft.handlers), note }, api.planUnits);
    case 'return_plan': return once(act, { ...on, note }, api.returnPlan);
    case 'hand_over': return once(act, on, api.handOver);
    case 'hold_meeting': return once(act, { ...on, note }, api.holdMeeting);
    case 'take_over': return once(act, { ...on, note }, api.takeOver);
    case 'take': return once(act, on, api.take);
    case 'ask_agree': return once(act, on, api.askAgree);
    case 'send_check': return once(act, on, api.sendCheck);
    case 'check': return once(act, { ...on, note }, api.check);
    case 'rework': return once(act, { ...on, note }, api.rework);
    case 'sign': return once(act, on, api.sign);
    case 'archive': return once(act, { ...on, note }, api.archiveReport);
    case 'recall_issue': return once(act, { ...on, note }, api.recallIssue);
    case 'reopen': return once(act, on, api.reopen);
    case 'separate': return once(act, { ...on, note }, api.separate);
    case 'send': return once(act, { ...on, channels: channels.filter((it) => draft.channels.includes(it)), unitIds: draft.channels.includes('department') ? [...draft.unitIds] : [] }, api.send);
  }
}
type Filing = Exclude<DeskAct, 'assign' | 'recall' | 'reroute' | 'start_review' | 'prepare' | 'comment' | 'pass' | 'return' | 'not_adopt' | 'review' | Editing>;
type Editing = 'take_over' | 'take' | 'ask_agree' | 'send_check' | 'check' | 'rework' | 'sign' | 'archive' | 'recall_issue' | 'reopen' | 'send' | 'plan' | 'return_plan' | 'hand_over' | 'separate' | 'hold_meeting';
/** Filing and what is decided about it. */
async function decideOn(act: Filing, on: { id: string; version: number }, { note, reason, mainId, unitIds }: Draft): ReturnType<typeof api.pass> {
  switch (act) {
    case 'file': return once(act, on, api.fileProposal);
    case 'merge': return once(act, { ...on, mainId, note }, api.merge);
    case 'reject': return once(act, { ...on, reason, note }, api.reject);
    case 'suggest': return once(act, { ...on, note, unitIds: [...unitIds] }, api.suggest);
    case 'convert': return once(act, on, api.convert);
    case 'ask_consent': return once(act, { ...on, note }, api.askConsent);
    case 'decide_anew': return once(act, { ...on, note }, api.decideAnew);
    case 'refile': return once(act, { ...on, note }, api.refile);
    case 'unfile': return once(act, { ...on, note }, api.unfile);
    case 'split': return once(act, { ...on, note }, api.split);
    case 'allow_drop': return once(act, on, api.allowDrop);
    case 'refuse_drop': return once(act, { ...on, note }, api.refuseDrop);
  }
}
type Prepared = Parameters<typeof api.prepare>[0]['outcome'];
const preparedOf = (code: string): Prepared => (code === 'return' || code === 'not_adopt' ? code : 'pass');

/** What is still missing before it can be sent, in words; the server checks again. */
export function missing(act: DeskAct, draft: Draft): string | null {
  const { fields, note, must } = forms[act];
  if (fields.includes('committee') && draft.committeeId === '') return '请选择主送的专委会';
  if (fields.includes('elsewhere') && draft.committeeId === '') return '请选择改送到哪里';
  if (fields.includes('main') && draft.mainId === '') return '请选择主案';
  if (fields.includes('reason') && draft.reason === '') return '请选择理由';
  if ((fields.includes('prepared') || fields.includes('outcome')) && draft.outcome === '') return '请选择建议结果';
  if (fields.includes('channels') && draft.channels.length === 0) return '请选择报送渠道';
  if (fields.includes('handlers')) { const fault = planFault(unitsOf(draft.handlers)); if (fault !== undefined) return fault; }
  if (must && draft.note.trim() === '') return `请填写${note}`;
  return null;
}

/** What was done, as the toast says it. */
export function doneWords(act: DeskAct, doc: SubmissionView): string {
  const at = doc.committee?.short;
  const what: Record<DeskAct, string> = {
    assign: `已分送${at ?? ''}`, recall: '已收回到分办台', reroute: at ? `已改送${at}` : '已退到分办台', start_review: '已开始初审', prepare: '拟办意见已交主任', comment: '协办意见已写上',
    pass: '初审已通过', return: `已${actWords(doc.kind, 'return')}`, not_adopt: '已定为不予采用', review: '初审意见已提出',
    file: `已立案，${doc.caseNo ?? ''}`, merge: `已并入${doc.main?.caseNo ?? ''}`, reject: '已定为不予立案', suggest: '已转意见建议', convert: `已转社情民意，收件号 ${doc.linked?.receiptNo ?? ''}`, ask_consent: '已征求提案人意见', decide_anew: '已收回，另作审定',
    refile: `已改立案，${doc.caseNo ?? ''}`, unfile: '已撤销立案', split: '已撤销并案', allow_drop: '已同意撤案', refuse_drop: '已答复不同意撤案',
    take_over: '已接手编辑', take: '已领办', ask_agree: '已送反映人征求意见', send_check: '已送审', check: '审核已通过', rework: '已退回编辑', sign: '已签发', archive: '已留存备查', recall_issue: '已收回编发', reopen: '已重新编辑', send: '已登记报送', plan: '已拟定承办单位，送交办', return_plan: '已退回重拟', hand_over: '已交办', separate: '已拆开', hold_meeting: '已登记面商，办结',
  };
  return `${what[act]}：${doc.title}`;
}

/** What somebody else changed meanwhile, in words. */
export function changesBetween(before: SubmissionView, now: SubmissionView): string {
  const changes = [
    before.stateWords !== now.stateWords && `状态从“${before.stateWords}”变为“${now.stateWords}”`,
    before.committee?.id !== now.committee?.id && `现在在${now.committee?.short ?? '分办台'}`,
    before.holder?.words !== now.holder?.words && now.holder && `由${now.holder.words}办理`,
    before.revision !== now.revision && '提交人改过内容',
  ].filter(Boolean);
  const last = now.timeline.at(-1);
  return changes.length > 0 ? `${changes.join('，')}。` : last ? `最近一步：${last.words}，${last.who}。` : '';
}
