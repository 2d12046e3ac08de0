import { instantWords } from './civil-time.ts';
import { isReminder, reminderText } from './reminders.ts';
import type { NoticeFacts, NoticeText } from './notice-words.ts';

const say = (head: string, body: string): NoticeText => ({ head, body, mustAnswer: false });
const holderHeads: Readonly<Record<string, string>> = {
  hand: '有 1 件提案要签收', ask_reassign: '承办单位申请改办', refuse_reassign: '没有同意改办', ask_extension: '承办单位申请延期', call_countersign: '请会签答复稿', submit_reply: '答复待审核', return_reply: '答复退回重写', redo: '提案人不满意，请重新办理', track: '列入跟踪办理',
};
const bodyNotices: Readonly<Record<string, readonly [head: string, body: string]>> = {
  reassign: ['已同意改办', '改由别的单位办理，不用您再做什么。'], deny_talk: ['提案人否认了面商', '请再联系提案人，原因见详情。'], allow_extension: ['已同意延期', '新的答复期限见详情。'],
  refuse_extension: ['没有同意延期', '请按原来的期限办理，理由见详情。'], approve_reply: ['答复审核通过', '由交办单位送达提案人，不用您再做什么。'], release: ['答复已送达提案人', '等提案人评价，不用您再做什么。'], stop: ['停办通知', '提案撤案，不用您再做什么。'],
};

const leadHeads: Readonly<Record<string, string>> = { countersign: '会办单位会签了', object_reply: '会办单位对答复稿有意见' };
const authorNotices: Readonly<Record<string, readonly [head: string, body: string]>> = {
  release: ['承办单位答复您了', '收到了书面答复，答复全文和评价见详情。'], report_progress: ['提案有新进展', '列入计划的事项有新进展，见详情。'], resolve: ['提案的事项解决了', '列入计划的事项已经解决，情况见详情。'],
};

/** What a proposer is told of their rating. */
export function ratingNotice(facts: NoticeFacts, now: Date): NoticeText {
  const { action, title, due } = facts;
  if (action === 'key_paper') return say('纸质评价已代录', `工作人员按您的纸质评价表代您录入了对提案《${title}》答复的评价，内容见详情。不是您填的，请联系市政协。`);
  if (action === 'lapse_rating') return say('按未反馈办结了', `您没有评价提案《${title}》的答复，按未反馈办结，答复全文见详情。`);
  const [over, until] = [action === 'remind_overdue', due ? instantWords(due, now) : undefined];
  const by = until === undefined ? '请' : over ? `原定 ${until} 前，请尽快` : `请在${until} 前`;
  return say(over ? '答复还没有评价' : action === 'remind_day' ? '今天要评价答复' : '请评价答复', `您的提案《${title}》已经答复，${by}评价是否满意，答复全文见详情。`);
}

/** What an invited member is told, and what the first proposer. */
export function cosignNotice({ action, to, title, due }: NoticeFacts, now: Date): NoticeText {
  const until = due ? instantWords(due, now) : undefined;
  const by = until === undefined ? '请看过后答复是否联名' : `请在${until} 前答复是否联名，到期没有答复的不算联名`;
  if (to === 'clerk') return action === 'cosign' ? say('有委员同意联名', `您邀请联名的提案《${title}》，有委员同意联名，名单见详情。`) : say('有委员撤回了联名', `您的提案《${title}》，有委员撤回了联名，现在的名单见详情。`);
  switch (action) {
    case 'ask_again': return say('联名的文字改过了', `提案《${title}》的文字改过了，您以前的联名不再算数。${by}，文字和提案人见详情。`);
    case 'ask_anew': return say('联名的文字改过了', `提案《${title}》按修改建议改了几段，您以前的联名不再算数。${by}，改了哪里见详情。`);
    case 'call_off': return say('联名邀请取消了', `提案《${title}》的第一提案人取消了联名邀请，不用您再做什么。`);
    case 'remind_before': return say('请答复联名', `提案《${title}》邀请您联名。${by}，文字和提案人见详情。`);
    case 'remind_day': return say('今天要答复联名', `提案《${title}》邀请您联名。${by}，文字和提案人见详情。`);
    case 'remind_overdue': return say('联名邀请到期了', `提案《${title}》邀请您联名，时间已过，没有答复的不算联名。`);
    default: return say('邀请您联名', `有委员邀请您联名提案《${title}》。${by}，文字和提案人见详情。`);
  }
}

/** What a unit, its office and the proposer are told of one unit's part. Never a text that somebody wrote. */
export function handlingNotice(facts: NoticeFacts, now: Date): NoticeText {
  const { action, to, title, due } = facts;
  if (isReminder(action)) return reminderText(facts, action, now);
  const until = due ? `请在${instantWords(due, now)} 前办理。` : '';
  const told = to === 'author' ? authorNotices[action] : undefined;
  if (told) return say(told[0], `您的提案《${title}》${told[1]}`);
  if (to === 'author') return action === 'record_talk' ? say('请确认面商记录', `承办单位登记了就您的提案《${title}》和您面商，记录见详情，请确认是否属实。`) : say('答复延期了', `您的提案《${title}》经交办单位同意延期答复，新的期限见详情。`);
  if (to === 'lead') return say(leadHeads[action] ?? '会办单位提了意见', `${title}，会办意见见详情。`);
  if (action === 'urge') return say('催办：有 1 件提案要抓紧', `${title}。${due === null ? '请抓紧办理。' : due < now ? `原定 ${instantWords(due, now)} 前，已经逾期，请尽快办理。` : until}`);
  const [head, body] = to === 'body' ? bodyNotices[action] ?? ['提案办理有变化', '见详情。'] : [holderHeads[action] ?? '1 件提案待办理', until];
  return say(head, `${title}。${body}`);
}
