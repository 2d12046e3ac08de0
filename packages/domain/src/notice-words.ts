import { dateOf, dateWords, instantWords, weekdayOf } from './civil-time.ts';
import { cosignNotice, handlingNotice, ratingNotice } from './handling-notices.ts';
import { ballotNotice, publicationNotice, supervisionNotice } from './supervision-notices.ts';
import { isReminder, reminderText } from './reminders.ts';
import type { DeliveryAction } from './flows/delivery.flow.ts';
import { isDisposal } from './disposal.ts';
import { kindWords, weekdayWords } from './words.ts';
import type { DocumentKind } from './words.ts';
import type { Audience } from './workflow.ts';

/** What a notice may name. Never the text of a submission, never a leader's note (design §11). */
export interface NoticeFacts {
  readonly kind: DocumentKind;
  /** The move that is told of, or one of `reminders`. */
  readonly action: string;
  /** Told as the author (or visited member), as one who now has it in hand, as the one who entered it for the author, or as the duty officer. */
  readonly to: Audience;
  readonly title: string;
  readonly receiptNo: string | null;
  /** Who has it now, in words, and until when. */
  readonly holder: string | null;
  readonly due: Date | null;
  /** What became of a report on a channel. */
  readonly outcome?: DeliveryAction;
  /** Of a reminder to the author: their word is waited for, not a better text. */
  readonly asked?: boolean;
  /** Told as one who reports with the first reporter, by whom it is answered. */
  readonly together?: boolean;
  /** What happened to the report that this one was merged into. */
  readonly of?: string;
  readonly visit?: { readonly startsAt: Date; readonly place: string; readonly leaders: string };
}
export interface NoticeText { readonly head: string; readonly body: string; readonly mustAnswer: boolean }

const until = ({ due }: NoticeFacts, now: Date): string => (due ? `，请在${instantWords(due, now)} 前办理` : '');

const holderVerbs: Readonly<Record<string, string>> = {
  route: '待初审', assign: '待初审', reroute: '改送到您处', pass: '初审通过，待编辑', review: '已有初审意见，待审定', forward: '特急，待编辑', resume: '补充后交回，待编辑', lapse: '逾期未审，待编辑',
  settle_signers: '重新联名结束，待办', agree: '反映人已同意', object: '反映人不同意', lapse_agree: '反映人未回复', send_check: '待审核', check: '待签发', rework: '退回编辑', ask_correction: '请更正', decline: '不同意转办，待审定', ask_drop: '申请撤案，待答复', plan: '待交办', return_plan: '退回重拟承办单位', call_meeting: '再次不满意，待组织面商',
};

/** To the security administrator: which one it is and what waits, and nothing of what it says. */
function toDisposer({ kind, action, receiptNo }: NoticeFacts): NoticeText {
  const which = receiptNo === null ? '一份没有提交的草稿' : `${kindWords[kind]}收件号 ${receiptNo} `;
  return action === 'mark_secret' ? { head: '1 件待涉密核查处置', body: `${which}已由办公室送核查、封存，请到电脑端“涉密处置”核查处置，或者解除。`, mustAnswer: false }
    : { head: '1 份草稿已按涉密清除', body: '没有提交的一份草稿，本人发现涉密，已经清除。请到电脑端“涉密处置”看还有哪些备份要处理。', mustAnswer: false };
}

function toHolder(facts: NoticeFacts, now: Date): NoticeText {
  if (isDisposal(facts.action)) return toDisposer(facts);
  const what = { opinion: '1 件社情民意', proposal: '1 件提案', visit: '1 位委员提出改期', entry: '1 件代录', handling: '1 件提案', rating: '1 件提案', supervision: '1 件提案', demand: '1 件提案', ballot: '1 件提案', publication: '1 件提案', award: '1 件提案', cosign: '1 份联名邀请' }[facts.kind];
  const verb = holderVerbs[facts.action] ?? '待办';
  return { head: facts.kind === 'visit' ? what : `${what}${verb}`, body: `${facts.title}${until(facts, now)}。`, mustAnswer: false };
}

function toVisited(facts: NoticeFacts, now: Date): NoticeText {
  const { visit } = facts;
  if (!visit) return { head: '走访安排有变化', body: facts.title, mustAnswer: false };
  const on = dateOf(visit.startsAt);
  const when = `${dateWords(on, dateOf(now))} ${weekdayWords(weekdayOf(on))} ${instantWords(visit.startsAt, now).split(' ')[1] ?? ''}`;
  const where = `${visit.place}，${visit.leaders}`;
  const reply = facts.due ? `请在${instantWords(facts.due, now)} 前回复。` : '请回复能否参加。';
  switch (facts.action) {
    case 'cancel': return { head: '走访取消了', body: `原定 ${when} 的走访取消，另行安排时会再通知您。`, mustAnswer: false };
    case 'agree': return { head: '改期已同意', body: `走访改到 ${when}，${where}。`, mustAnswer: false };
    case 'reschedule': return { head: '走访改了时间', body: `走访改到 ${when}，${where}。${reply}`, mustAnswer: true };
    default: return { head: '走访通知', body: `${when}，${where}。${reply}`, mustAnswer: true };
  }
}

/** What became of a report on a channel, without a word of what was written on it. */
const outcomes: Readonly<Record<DeliveryAction, readonly [head: string, body: string]>> = {
  adopt: ['被采用了', '被采用，采用情况'], decline: ['报送有结果', '报送的一处有结果'], instruct: ['领导作了批示', '有领导批示，可以告诉您的内容'], transfer: ['已转有关单位办理', '已转有关单位办理'],
  answer: ['有了办理反馈', '有了办理反馈'], follow_up: ['跟踪落实有进展', '跟踪落实有进展'],
};

/** What the first reporter is asked, the others are told of: nothing is waited for from them. */
function toTogether({ kind, action, due }: NoticeFacts, now: Date, name: string, say: (head: string, body: string) => NoticeText): NoticeText | undefined {
  const [by, first] = [due ? `在${instantWords(due, now)} 前` : '', kind === 'proposal' ? '第一提案人' : '第一反映人'];
  switch (action) {
    case 'return': return say(`${first}补充修改`, `${name}退回补充，由${first}${by}修改后再提交，意见见详情，您有补充可以告诉${first}。`);
    case 'propose_edits': return say('第一提案人看修改建议', `工作人员对${name}提了修改建议，由第一提案人${by}逐段答复。文字改了，会再请您看过，您再同意才算联名。`);
    case 'lapse_edits': return say('修改建议到期', `${name}的修改建议第一提案人没有答复，按原文继续审查。`);
    case 'ask_agree': return say('编辑稿请第一反映人过目', `${name}已编辑成稿，由第一反映人${by}回复，改动见详情，您有意见可以告诉第一反映人。`);
    default: return undefined;
  }
}

function toAuthor(facts: NoticeFacts, now: Date): NoticeText {
  if (facts.action === 'follow') return aboutAuthors({ ...facts, action: facts.of ?? 'record', holder: null }, now, `您的社情民意《${facts.title}》与同类合并后，`);
  return aboutAuthors(facts, now, `您的${facts.kind === 'opinion' ? '社情民意' : '提案'}《${facts.title}》`);
}
function aboutAuthors(facts: NoticeFacts, now: Date, name: string): NoticeText {
  const at = facts.holder === null ? '' : `现在由${facts.holder}办理${facts.due ? `，一般 ${instantWords(facts.due, now)} 前有结果` : ''}。`;
  const say = (head: string, body: string): NoticeText => ({ head, body, mustAnswer: false });
  const own = facts.together ? toTogether(facts, now, name, say) : undefined;
  if (own) return own;
  switch (facts.action) {
    case 'dispose': return say('已作涉密处置', `${facts.receiptNo === null ? '您没有提交的一份草稿' : `您提交的收件号 ${facts.receiptNo} `}已作涉密处置，内容已经从系统里清除。手机和电脑上留的也请删去，不要再在网上传送；确需报送的，请线下送交市政协。`);
    case 'pass': return say('初审通过', `${name}初审通过。${at}`);
    case 'review': return say('初审意见已提出', `${name}专委会已提出初审意见。${at}`);
    case 'submit': return facts.kind === 'proposal' ? say('联名的提案已提交', `${name}由第一提案人提交了，您是联名提案人，看得到进展。${at}`) : say('共同反映的已提交', `${name}由第一反映人提交了，您是共同反映人，看得到进展。${at}不是您参加的，请联系市政协。`);
    case 'enter': return say('已代您提交', `工作人员按您签名的纸质件代您录入并提交了${facts.kind === 'opinion' ? '社情民意' : '提案'}《${facts.title}》。${at}不是您交的，请联系市政协。`);
    case 'return': return say('请补充修改', `${name}请${facts.due ? `在${instantWords(facts.due, now)} 前` : ''}补充后再提交，意见见详情。原文和收件号都保留。`);
    case 'not_adopt': return say('这次没有采用', `${name}这次没有采用，理由见详情。感谢您反映情况。`);
    case 'assign': return say('已分送专委会', `${name}已分送。${at}`);
    case 'take_over': return say('已由办公室编辑', `${name}已由办公室接手编辑。${at}`);
    case 'lapse': return say('已转办公室编辑', `${name}专委会没有在时限内初审，已转办公室编辑。${at}`);
    case 'ask_agree': return say('请看编辑稿', `${name}已编辑成稿，请${facts.due ? `在${instantWords(facts.due, now)} 前` : ''}回复同意或不同意，改动见详情。到期没有回复的，按编辑稿办理。`);
    case 'sign': return say('已编发', `${name}已编发，期号和编发稿见详情。`);
    case 'send': return say('已报送', `${name}已报送，报到哪里见详情。`);
    case 'record': { const [head, body] = outcomes[facts.outcome ?? 'decline']; return say(head, `${name}${body}，见详情。`); }
    case 'archive': return say('留存备查', `${name}这次没有编发，留存备查，理由见详情。感谢您反映情况。`);
    case 'recall_issue': return say('编发的一期收回了', `${name}编发的那一期收回了，原因见详情。${at}`);
    case 'combine': return say('与同类合并编发', `${name}和说同一件事的社情民意合并编发，您仍是反映人，不用您再做什么，有了结果会告诉您。`);
    case 'separate': return say('单独办理', `${name}不再与别的合并，单独办理，说明见详情。${at}`);
    case 'reopen': return say('重新编辑', `${name}正在重新编辑。${at}`);
    case 'reroute': return say('已经改送', `${name}已改送。${at}收件号和提交时间不变。`);
    case 'file': case 'refile': return say('提案已立案', `${name}已经立案，案号见详情，接着交办。`);
    case 'merge': return say('提案已并案', `${name}与内容相近的提案并案办理，您仍是提案人，会分别答复您，主案见详情。`);
    case 'reject': return say('没有立案', `${name}这次没有立案，理由见详情。感谢您建言。`);
    case 'suggest': return say('转为意见建议', `${name}转有关单位参考，不再作提案办理，说明见详情。`);
    case 'ask_consent': return say('请您答复', `提案委建议把${name}转为社情民意，是否同意，请${facts.due ? `在${instantWords(facts.due, now)} 前` : ''}答复。`);
    case 'convert': return say('转为社情民意', `${name}按您提交时的同意转为社情民意，收件号见详情，积分不变。`);
    case 'propose_edits': return say('请看修改建议', `工作人员对${name}提了修改建议，请${facts.due ? `在${instantWords(facts.due, now)} 前` : ''}逐段答复同意或保留原文。到期没有答复的，按原文办理。`);
    case 'recall_edits': return say('修改建议收回了', `${name}的修改建议收回了，按原文继续审查。${at}`);
    case 'settle_signers': return say('重新联名结束了', `${name}改了文字以后重新联名结束，接着审查，现在的提案人见详情。${at}`);
    case 'lapse_edits': return say('修改建议到期', `${name}的修改建议您没有答复，按原文继续审查。${at}`);
    case 'decide_anew': return say('正在另作审定', `${name}不再等您答复，由提案委另作审定。${at}`);
    case 'unfile': return say('撤销了立案', `${name}撤销了立案，重新审定，理由见详情。${at}`);
    case 'split': return say('撤销了并案', `${name}不再并案，重新审定，理由见详情。${at}`);
    case 'rehandle': return say('转重新办理了', `${name}因有提案人对答复不满意，转承办单位重新办理、再次答复，期限见详情。`);
    case 'call_meeting': return say('由提案委组织面商', `${name}再次答复后仍有提案人不满意，由提案委组织面商，安排见详情。`);
    case 'hold_meeting': return say('提案办结了', `${name}由提案委组织面商后办结，情况见详情。`);
    case 'hand_over': return say('提案已交办', `${name}已经交承办单位办理，承办单位和答复期限见详情。`);
    case 'allow_drop': return say('撤案已同意', `${name}按您的申请撤案了，原文见详情。`);
    case 'refuse_drop': return say('没有同意撤案', `${name}继续办理，理由见详情。`);
    case 'recall': return say('正在重新分办', `${name}从专委会收回了。${at}收件号和提交时间不变。`);
    default: return say('有新进展', `${name}有新进展。${at}`);
  }
}

/** To the person for whom something was entered; it counts only once they say so. */
function toEntered(facts: NoticeFacts, now: Date): NoticeText {
  const [name, by] = [`工作人员代您录入的《${facts.title}》`, facts.due ? `请在${instantWords(facts.due, now)} 前` : '请'];
  switch (facts.action) {
    case 'cancel_entry': return { head: '代录已撤销', body: `${name}已经撤销，没有提交，不用您再做什么。`, mustAnswer: false };
    case 'correct_entry': return { head: '代录内容已更正', body: `${name}已经更正，${by}看过后确认，确认以后才会提交。`, mustAnswer: false };
    default: return { head: '请确认代录内容', body: `${name}，${by}看过后确认，确认以后才会提交；有不对的可以请工作人员更正。`, mustAnswer: false };
  }
}
/** To whoever entered it: what the person made of it. */
function toClerk({ action, title }: NoticeFacts): NoticeText {
  return action === 'refuse_entry' ? { head: '本人不同意提交', body: `您代录的《${title}》，本人不同意提交，理由见详情。`, mustAnswer: false }
    : { head: '代录已确认', body: `您代录的《${title}》，本人已经确认，已提交，进展见详情。`, mustAnswer: false };
}

/** What happened, what is next, until when. */
export function noticeText(facts: NoticeFacts, now: Date): NoticeText {
  if (facts.kind === 'ballot') return ballotNotice(facts, now);
  if (isReminder(facts.action) && facts.kind !== 'cosign') return reminderText(facts, facts.action, now);
  if (facts.to === 'officer') return { head: '特急社情民意，请马上安排', body: `${facts.title}，已直送编辑${until(facts, now)}。`, mustAnswer: false };
  if (facts.kind === 'rating') return ratingNotice(facts, now);
  if (facts.kind === 'publication' || facts.kind === 'award') return publicationNotice(facts, now);
  if (facts.kind === 'supervision' || facts.kind === 'demand') return supervisionNotice(facts, now);
  if (facts.kind === 'cosign') return cosignNotice(facts, now);
  if (facts.kind === 'handling') return handlingNotice(facts, now);
  if (facts.to === 'holder') return toHolder(facts, now);
  if (facts.to === 'clerk') return toClerk(facts);
  if (facts.kind === 'entry') return toEntered(facts, now);
  return facts.kind === 'visit' ? toVisited(facts, now) : toAuthor(facts, now);
}
