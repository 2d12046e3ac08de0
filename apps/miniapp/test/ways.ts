import type { House } from '../../../tools/testing/house.js';
import { asked, entered, invited, published, settled } from './phone.ts';

/** One page: who opens it, what is seen once it is all there, with what query. */
export interface Way { readonly who: string; readonly sees: string; readonly query?: string }

/** A way to every page of the mini-program, by its route; of each person's pages one after the other. */
export async function waysOf(house: House): Promise<Readonly<Record<string, Way>>> {
  const [member, head] = await Promise.all([settled(house, 'p028'), settled(house, 'p015')]);
  const [visit, mine, review, entry, ballot, open, joint] = await Promise.all([member.listVisits({}), member.listMine({ limit: 100 }), head.listTasks({ box: 'review' }), entered(house, 'p028', '代录的一件'), invited(house, 'p028'), published(house, 'p028'), asked(house, 'p028')]);
  const handled = mine.rows.find(({ state }) => state === 'handling')?.id;
  return {
    'pages/home/index': { who: 'p028', sees: '件事等您办' }, 'pages/duties/index': { who: 'p028', sees: '到底了' }, 'pages/notices/index': { who: 'p028', sees: '往下拉看更多' }, 'pages/me/index': { who: 'p028', sees: '登录的设备' },
    'guest/about/index': { who: 'p028', sees: '不是委员也想反映问题' }, 'guest/bind/index': { who: 'p028', sees: '手机号一键核验' }, 'guest/public/index': { who: 'p028', sees: '到底了' }, 'guest/text/index': { who: 'p028', sees: '联系方式已略去', query: `id=${open}` }, 'guest/privacy/index': { who: 'p028', sees: '手机号' },
    'submit/form/index': { who: 'p028', sees: '我承诺内容不涉密', query: 'kind=proposal' }, 'submit/done/index': { who: 'p028', sees: '已提交，收件号', query: `id=${mine.rows[0]?.id}` },
    'cases/detail/index': { who: 'p028', sees: '原文永久保留', query: `id=${handled}` }, 'cases/ballot/index': { who: 'p028', sees: '请逐项打分', query: `id=${ballot}` }, 'cases/cosign/index': { who: 'p028', sees: '同意联名', query: `id=${joint}` }, 'cases/entry/index': { who: 'p028', sees: '确认并提交', query: `id=${entry.id}` },
    'visits/notice/index': { who: 'p028', sees: '要商量，打给', query: `id=${visit.rows[0]?.id}` }, 'account/devices/index': { who: 'p028', sees: '这部手机' }, 'account/desk/index': { who: 'p028', sees: '在电脑上打开工作台' },
    'mine/reminders/index': { who: 'p028', sees: '走访通知' },
    'cases/queue/index': { who: 'p015', sees: '等初审' }, 'cases/review/index': { who: 'p015', sees: '初审意见', query: `id=${review.rows[0]?.docId}` },
  };
}
