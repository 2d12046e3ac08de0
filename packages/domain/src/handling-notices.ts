import { instantWords } from './civil-time.ts';
import { isReminder, reminderText } from './reminders.ts';
import type { NoticeFacts, NoticeText } from './notice-words.ts';

const say = (head: string, body: string): NoticeText => ({ head, body, mustAnswer: false });
const holderHeads: Readonly<Record<string, string>> = {
  hand: '有 1 件提案要签收', ask_reassign: '承办单位申请改办', refuse_reassign: '没有同意改办', ask_extension: '承办单位申请延期',
};
const bodyNotices: Readonly<Record<string, readonly [head: string, body: string]>> = {
  reassign: ['已同意改办', '改由别的单位办理，不用您再做什么。'], deny_talk: ['提案人否认了面商', '请再联系提案人，原因见详情。'], allow_extension: ['已同意延期', '新的答复期限见详情。'],
  refuse_extension: ['没有同意延期', '请按原来的期限办理，理由见详情。'], stop: ['停办通知', '提案撤案，不用您再做什么。'],
};

/** What a unit, its office and the proposer are told of one unit's part. Never a text that somebody wrote. */
export function handlingNotice(facts: NoticeFacts, now: Date): NoticeText {
  const { action, to, title, due } = facts;
  if (isReminder(action)) return reminderText(facts, action, now);
  const until = due ? `请在${instantWords(due, now)} 前办理。` : '';
  if (to === 'author') return action === 'record_talk' ? say('请确认面商记录', `承办单位登记了就您的提案《${title}》和您面商，记录见详情，请确认是否属实。`) : say('答复延期了', `您的提案《${title}》经交办单位同意延期答复，新的期限见详情。`);
  if (to === 'lead') return say('会办单位提了意见', `${title}，会办意见见详情。`);
  const [head, body] = to === 'body' ? bodyNotices[action] ?? ['提案办理有变化', '见详情。'] : [holderHeads[action] ?? '1 件提案待办理', until];
  return say(head, `${title}。${body}`);
}
