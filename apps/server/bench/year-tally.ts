import type { Answer, routes } from '@lvzhi/contracts';
import { lapseWords } from '@lvzhi/domain';
import type { Api } from './cast.ts';
import { oneYear } from './fates.ts';
import type { Ledger } from './ledger.ts';
import type { Message, Messages } from './messages.ts';
import { countBy, row } from './tally.ts';

type Figures = Answer<typeof routes.showOpinionFigures>;
export type HotTopic = Pick<Answer<typeof routes.listTopics>['topics'][number], 'title' | 'heat' | 'why' | 'reports' | 'reporters' | 'towns' | 'from' | 'to'>;
export interface YearTally {
  readonly from: string; readonly to: string; readonly lines: { readonly good: number; readonly blank: number; readonly bad: number };
  readonly submitted: number; readonly notYet: number; readonly refused: Readonly<Record<string, number>>; readonly ended: Readonly<Record<string, number>>; readonly open: number;
  readonly total: Figures['total']; readonly medians: Figures['medians']; readonly topics: readonly HotTopic[]; readonly retries: number; readonly stopped: boolean;
}

interface Counting { readonly office: Api; readonly ledger: Ledger; readonly chosen: readonly Message[]; readonly messages: Messages; readonly from: string; readonly to: string; readonly retries: number; readonly stopped: boolean }

/** The house's own figures of the time that was played, and what the run knows beside them. When it was stopped, nothing more is asked. */
export async function yearTallyOf({ office, ledger, chosen, messages, from, to, retries, stopped }: Counting): Promise<YearTally> {
  const taken = chosen.flatMap(({ no }) => ledger.taken.get(no) ?? []);
  const refused = chosen.flatMap(({ no }) => ledger.refused.get(no) ?? []);
  const closed = taken.flatMap(({ no }) => ledger.closed.get(no) ?? []);
  const asked = stopped ? undefined : { figures: await figuresOf(office, from, to), topics: (await office.listTopics({ days: '365' })).topics.slice(0, 10) };
  return {
    from, to, lines: { good: messages.good.length, blank: messages.blank.length, bad: messages.bad.length }, submitted: taken.length, notYet: chosen.length - taken.length - refused.length,
    refused: countBy(refused.map(({ reason }) => reason)), ended: countBy(closed.map(({ state }) => state)), open: taken.length - closed.length,
    total: asked?.figures.total ?? none, medians: asked?.figures.medians ?? { review: null, issue: null },
    topics: (asked?.topics ?? []).map(({ title, heat, why, reports, reporters, towns, from: first, to: last }) => ({ title, heat, why, reports, reporters, towns, from: first, to: last })), retries, stopped,
  };
}
const none: Figures['total'] = { received: 0, edited: 0, issued: 0, reported: 0, national: 0, provincial: 0, city: 0, department: 0, instructed: 0, points: 0 };

/** A statistic covers a year at most; what was played a little longer is added up from two, the medians from the first. */
async function figuresOf(office: Api, from: string, to: string): Promise<Pick<Figures, 'total' | 'medians'>> {
  const end = new Date(new Date(`${from}T00:00:00Z`).getTime() + 365 * 86_400_000).toISOString().slice(0, 10);
  if (to <= end) return office.showOpinionFigures({ from, to });
  const after = new Date(new Date(`${end}T00:00:00Z`).getTime() + 86_400_000).toISOString().slice(0, 10);
  const [first, second] = [await office.showOpinionFigures({ from, to: end }), await office.showOpinionFigures({ from: after, to })];
  const keys = Object.keys(first.total) as (keyof Figures['total'])[];
  return { medians: first.medians, total: keys.reduce((sum, key) => ({ ...sum, [key]: first.total[key] + second.total[key] }), first.total) };
}

const stateNames: Readonly<Record<string, string>> = { not_adopted: '不予采用', archived: '留存备查', returned: '退回后没有再交', merged: '并入别的件', sent: '编发并报送', left: '到最后还没有办完', issued: '编发' };
const share = (part: number, whole: number): string => (whole === 0 ? '—' : `${(part * 100 / whole).toFixed(1)}%`);

/** What a person reads at the end. */
export function yearTableOf(it: YearTally, told: { readonly file: string; readonly seed: number; readonly seconds: number }): string {
  const { total } = it;
  const line = (name: string, count: number, like: number | undefined) => row(name, count, share(count, total.received), like === undefined ? '' : share(like, oneYear.received));
  return [
    `${told.file}：${it.lines.good} 条可用，${it.submitted} 件提交（种子 ${told.seed}，演示时间 ${it.from} 至 ${it.to}，用时 ${told.seconds.toFixed(0)} 秒）`,
    ...(it.stopped ? [] : [
      '', '漏斗（右边是占收到的比例，和一个城市一年的比例）', line('收到', total.received, oneYear.received), line('领办编辑', total.edited, oneYear.edited), line('编发', total.issued, undefined), row('报送（处次）', total.reported),
      line('省政协采用', total.provincial, oneYear.provincial), line('全国政协采用', total.national, oneYear.national), line('市委市政府采用', total.city, undefined), line('领导批示', total.instructed, undefined),
      '', row('初审用时中位', it.medians.review === null ? '—' : lapseWords(it.medians.review)), row('到编发中位', it.medians.issue === null ? '—' : lapseWords(it.medians.issue)),
      '', '怎样办完的', ...Object.entries(it.ended).map(([state, count]) => row(stateNames[state] ?? state, count)), ...(it.open > 0 ? [row('还在办', it.open)] : []),
      '', '热点（最热的十件事）', ...it.topics.map((topic, index) => `  ${index + 1}. ${topic.title}\n     热度 ${topic.heat}：${topic.why}\n     ${topic.from.slice(0, 10)} 至 ${topic.to.slice(0, 10)}${topic.towns.length > 0 ? `，${topic.towns.slice(0, 5).map(({ name, reports }) => `${name} ${reports} 件`).join('、')}` : ''}`),
    ]),
    '', '说明：来信里的地名是代码，每个代码固定当作演示城市的一个镇街；各件由谁办、怎样办由种子定，比例照一个城市的一年。',
    ...Object.entries(it.refused).map(([reason, count]) => `  没有收下 ${count} 件：${reason}`),
    ...(it.notYet > 0 ? [`  ${it.notYet} 条还没有提交`] : []), ...(it.lines.blank + it.lines.bad > 0 ? [`  空行 ${it.lines.blank} 行，读不懂的 ${it.lines.bad} 行`] : []), ...(it.retries > 0 ? [`  连接中断或服务繁忙，重试了 ${it.retries} 次`] : []),
  ].join('\n');
}
