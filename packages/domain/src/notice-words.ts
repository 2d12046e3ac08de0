import { dateOf, dateWords, instantWords, weekdayOf } from './civil-time.ts';
import { isReminder, reminderText } from './reminders.ts';
import { weekdayWords } from './words.ts';
import type { DocumentKind } from './words.ts';
import type { Audience } from './workflow.ts';

/** What a notice may name. Never the text of a submission, never a leader's note (design §11). */
export interface NoticeFacts {
  readonly kind: DocumentKind;
  /** The move that is told of, or one of `reminders`. */
  readonly action: string;
  /** Told as the author (or visited member), as one who now has it in hand, or as the one who entered it for the author. */
  readonly to: Audience;
  readonly title: string;
  readonly receiptNo: string | null;
  /** Who has it now, in words, and until when. */
  readonly holder: string | null;
  readonly due: Date | null;
  readonly visit?: { readonly startsAt: Date; readonly place: string; readonly leaders: string };
}
export interface NoticeText { readonly head: string; readonly body: string; readonly mustAnswer: boolean }

const until = ({ due }: NoticeFacts, now: Date): string => (due ? `，请在${instantWords(due, now)} 前办理` : '');

function toHolder(facts: NoticeFacts, now: Date): NoticeText {
  const what = { opinion: '1 件社情民意', proposal: '1 件提案', visit: '1 位委员提出改期', entry: '1 件代录' }[facts.kind];
  const verb = { submit: '待办', route: '待初审', assign: '待初审', reroute: '改送到您处', pass: '初审通过，待编辑', ask_correction: '请更正', review: '已有初审意见，待审定', decline: '不同意转办，待审定', ask_drop: '申请撤案，待答复' }[facts.action] ?? '待办';
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

function toAuthor(facts: NoticeFacts, now: Date): NoticeText {
  const name = `您的${facts.kind === 'opinion' ? '社情民意' : '提案'}《${facts.title}》`;
  const at = facts.holder === null ? '' : `现在由${facts.holder}办理${facts.due ? `，一般 ${instantWords(facts.due, now)} 前有结果` : ''}。`;
  const say = (head: string, body: string): NoticeText => ({ head, body, mustAnswer: false });
  switch (facts.action) {
    case 'pass': return say('初审通过', `${name}初审通过。${at}`);
    case 'review': return say('初审意见已提出', `${name}专委会已提出初审意见。${at}`);
    case 'enter': return say('已代您提交', `工作人员按您签名的纸质件代您录入并提交了${facts.kind === 'opinion' ? '社情民意' : '提案'}《${facts.title}》。${at}不是您交的，请联系市政协。`);
    case 'return': return say('请补充修改', `${name}请${facts.due ? `在${instantWords(facts.due, now)} 前` : ''}补充后再提交，意见见详情。原文和收件号都保留。`);
    case 'not_adopt': return say('这次没有采用', `${name}这次没有采用，理由见详情。感谢您反映情况。`);
    case 'assign': return say('已分送专委会', `${name}已分送。${at}`);
    case 'reroute': return say('已经改送', `${name}已改送。${at}收件号和提交时间不变。`);
    case 'file': case 'refile': return say('提案已立案', `${name}已经立案，案号见详情，接着交办。`);
    case 'merge': return say('提案已并案', `${name}与内容相近的提案并案办理，您仍是提案人，会分别答复您，主案见详情。`);
    case 'reject': return say('没有立案', `${name}这次没有立案，理由见详情。感谢您建言。`);
    case 'suggest': return say('转为意见建议', `${name}转有关单位参考，不再作提案办理，说明见详情。`);
    case 'ask_consent': return say('请您答复', `提案委建议把${name}转为社情民意，是否同意，请${facts.due ? `在${instantWords(facts.due, now)} 前` : ''}答复。`);
    case 'decide_anew': return say('正在另作审定', `${name}不再等您答复，由提案委另作审定。${at}`);
    case 'unfile': return say('撤销了立案', `${name}撤销了立案，重新审定，理由见详情。${at}`);
    case 'split': return say('撤销了并案', `${name}不再并案，重新审定，理由见详情。${at}`);
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
  if (isReminder(facts.action)) return reminderText(facts, facts.action, now);
  if (facts.to === 'holder') return toHolder(facts, now);
  if (facts.to === 'clerk') return toClerk(facts);
  if (facts.kind === 'entry') return toEntered(facts, now);
  return facts.kind === 'visit' ? toVisited(facts, now) : toAuthor(facts, now);
}
