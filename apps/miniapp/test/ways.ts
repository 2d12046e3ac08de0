import type { House } from '../../../tools/testing/house.js';
import type { Asks } from './between.ts';
import { asked, entered, invited, published, settled } from './phone.ts';

/** One page: who opens it, what is seen once it is all there, with what query; which question makes it (`showMe`: it needs nothing but to know who this is), and what it says when there is nothing to show. */
export interface Way { readonly who: string; readonly sees: string; readonly asks: Asks; readonly empty?: string; readonly query?: string }

/** A way to every page of the mini-program, by its route; of each person's pages one after the other. */
export async function waysOf(house: House): Promise<Readonly<Record<string, Way>>> {
  const [member, head] = await Promise.all([settled(house, 'p028'), settled(house, 'p015')]);
  const [visit, mine, review, entry, ballot, open, joint] = await Promise.all([member.listVisits({}), member.listMine({ limit: 100 }), head.listTasks({ box: 'review' }), entered(house, 'p028', '代录的一件'), invited(house, 'p028'), published(house, 'p028'), asked(house, 'p028')]);
  const handled = mine.rows.find(({ state }) => state === 'handling')?.id;
  return {
    'pages/home/index': { who: 'p028', sees: '件事等您办', asks: 'home', empty: '都办完了' }, 'pages/duties/index': { who: 'p028', sees: '到底了', asks: 'listMine', empty: '这里还没有内容' },
    'pages/notices/index': { who: 'p028', sees: '往下拉看更多', asks: 'listNotices', empty: '还没有通知' }, 'pages/me/index': { who: 'p028', sees: '登录的设备', asks: 'showMe' },
    'guest/about/index': { who: 'p028', sees: '不是委员也想反映问题', asks: 'guest' }, 'guest/bind/index': { who: 'p028', sees: '手机号一键核验', asks: 'guest' }, 'guest/public/index': { who: 'p028', sees: '到底了', asks: 'listPublic', empty: '还没有公开的提案' },
    'guest/text/index': { who: 'p028', sees: '联系方式已略去', asks: 'showPublic', query: `id=${open}` }, 'guest/privacy/index': { who: 'p028', sees: '手机号', asks: 'guest' },
    'submit/form/index': { who: 'p028', sees: '我承诺内容不涉密', asks: 'showCatalogue', query: 'kind=proposal' }, 'submit/done/index': { who: 'p028', sees: '已提交，收件号', asks: 'show', query: `id=${mine.rows[0]?.id}` },
    'cases/detail/index': { who: 'p028', sees: '原文永久保留', asks: 'show', query: `id=${handled}` }, 'cases/ballot/index': { who: 'p028', sees: '请逐项打分', asks: 'showBallot', query: `id=${ballot}` },
    'cases/cosign/index': { who: 'p028', sees: '同意联名', asks: 'showInvitation', query: `id=${joint}` }, 'cases/entry/index': { who: 'p028', sees: '确认并提交', asks: 'showEntry', query: `id=${entry.id}` },
    'visits/notice/index': { who: 'p028', sees: '要商量，打给', asks: 'showVisit', query: `id=${visit.rows[0]?.id}` }, 'account/devices/index': { who: 'p028', sees: '这部手机', asks: 'listDevices' }, 'account/desk/index': { who: 'p028', sees: '在电脑上打开工作台', asks: 'showMe' },
    'mine/reminders/index': { who: 'p028', sees: '走访通知', asks: 'showMyReminders' },
    'cases/queue/index': { who: 'p015', sees: '等初审', asks: 'listTasks', empty: '都初审完了' }, 'cases/review/index': { who: 'p015', sees: '初审意见', asks: 'show', query: `id=${review.rows[0]?.docId}` },
  };
}
