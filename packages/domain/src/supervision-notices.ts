import { instantWords } from './civil-time.ts';
import { isReminder, reminderText } from './reminders.ts';
import type { NoticeFacts, NoticeText } from './notice-words.ts';

const say = (head: string, body: string): NoticeText => ({ head, body, mustAnswer: false });
const byTitle: Readonly<Record<string, readonly [head: string, body: string]>> = {
  'supervision nominate holder': ['1 件重点提案待确定', '请在主席会议审议以后登记结果'], 'supervision make_key holder': ['1 件重点提案由您处督办', '请制定督办方案'], 'supervision decline_key clerk': ['没有列为重点提案', '理由见详情'],
  'supervision report_supervision holder': ['督办情况已报告，待办结', '请看报告'], 'supervision return_report holder': ['督办报告退回修改', '意见见详情'],
  'demand make_demand holder': ['督办提出了要求', '请按时答复'], 'demand answer_demand holder': ['承办单位答复了督办要求', '请核对'], 'demand insist_demand holder': ['督办要求要再答复', '理由见详情'],
  'demand settle_demand body': ['督办要求已办结', '不用您再做什么'], 'demand drop_demand body': ['督办要求撤销了', '不用您再做什么'],
};
const toProposer: Readonly<Record<string, readonly [head: string, body: string]>> = {
  make_key: ['您的提案列为重点提案', '列为重点提案，谁牵头督办、怎么督办见详情。'], begin_supervision: ['重点提案开始督办', '制定了督办方案，内容见详情。'], record_event: ['督办有新进展', '有新的督办活动，情况见详情。'],
  close_supervision: ['督办办结了', '督办办结，结果见详情。'], cancel_key: ['不再列为重点提案', '不再列为重点提案，理由见详情。'],
};

/** What is told of 督办: to the proposer, to the committee that supervises, to the units. Never a text that somebody wrote. */
export function supervisionNotice(facts: NoticeFacts, now: Date): NoticeText {
  const { kind, action, to, title, due } = facts;
  if (isReminder(action)) return reminderText(facts, action, now);
  const own = to === 'author' ? toProposer[action] : undefined;
  if (own) return say(own[0], `您的提案《${title}》${own[1]}`);
  const [head, next] = byTitle[`${kind} ${action} ${to}`] ?? ['提案督办有变化', '见详情'];
  return say(head, `${title}，${next}${due && to === 'holder' ? `，请在${instantWords(due, now)} 前办理` : ''}。`);
}

/** What an invited member is told: one questionnaire, their own. */
export function ballotNotice({ action, title, due }: NoticeFacts, now: Date): NoticeText {
  const over = action === 'remind_overdue';
  const by = due ? `${over ? '原定' : '请在'}${instantWords(due, now)} 前` : '请';
  return say(over ? '评议还没有填' : action === 'remind_day' ? '今天要填评议' : '请您评议提案办理', `请您评议提案《${title}》的办理情况，${by}填写，每人一次，只看得到合计的结果。`);
}

const outcomes: Readonly<Record<string, readonly [head: string, body: string]>> = {
  publish: ['提案公开了', '公开了，谁都看得到；要收回同意的，见详情。'], withdraw_publication: ['公开撤回了', '不再公开，理由见详情。'], award: ['您的提案评为优秀提案', '评为优秀提案，不用您再做什么。'], revoke_award: ['优秀提案撤销了', '不再是优秀提案，有疑问请联系市政协，不用您再做什么。'],
};
/** What proposers and the office are told of 公开 and 优秀提案. */
export function publicationNotice(facts: NoticeFacts, now: Date): NoticeText {
  const { action, to, title, due } = facts;
  if (isReminder(action)) return reminderText(facts, action, now);
  const told = to === 'author' ? outcomes[action] : undefined;
  if (told) return say(told[0], `您的提案《${title}》${told[1]}`);
  const by = due ? `请在${instantWords(due, now)} 前` : '请';
  return action === 'all_agreed' ? say('提案人都同意公开了', `${title}，${by}审核。`) : say('请问您同意公开吗', `您的提案《${title}》可以公开，${by}答复同意不同意，公开哪些见详情。`);
}
