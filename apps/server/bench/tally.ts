import type { Catalogue } from '@lvzhi/contracts';
import type { Ledger, Outcome } from './ledger.ts';
import { fit } from './messages.ts';
import type { Message, Messages } from './messages.ts';

export interface Spread { readonly count: number; readonly medianMs: number; readonly p95Ms: number }
type Ends = Record<Outcome, number>;
export interface Tally {
  readonly lines: { readonly good: number; readonly blank: readonly number[]; readonly bad: readonly { readonly no: number; readonly why: string }[] };
  readonly submitted: number; readonly alreadyThere: number; readonly notYet: number; readonly routed: number; readonly triage: number; readonly personal: number;
  readonly secret: number; readonly refused: Readonly<Record<string, number>>;
  readonly committees: Readonly<Record<string, Ends & { readonly name: string; readonly received: number }>>;
  readonly office: Ends; readonly total: Ends; readonly undecided: number; readonly leftAlone: Readonly<Record<string, number>>;
  readonly cut: { readonly titles: number; readonly bodies: number }; readonly suggestions: { readonly split: number; readonly stock: number };
  readonly ms: { readonly submit: Spread; readonly review: Spread }; readonly retries: number;
}

const nothing = (): Ends => ({ passed: 0, returned: 0, not_adopted: 0 });

/** Median and 95th percentile (nearest rank) in milliseconds; zeros for nothing measured. */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0) * 10) / 10;
  return { count: sorted.length, medianMs: at(0.5), p95Ms: at(0.95) };
}

export const countBy = (words: readonly string[]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
};

/** Everything that the run did to these lines, counted from the ledger: of a resumed run, with what came before. */
export function tallyOf({ good, blank, bad }: Messages, chosen: readonly Message[], ledger: Ledger, catalogue: Catalogue, took: { submit: readonly number[]; review: readonly number[] }, retries: number): Tally {
  const taken = chosen.flatMap(({ no }) => ledger.taken.get(no) ?? []);
  const refused = chosen.flatMap(({ no }) => ledger.refused.get(no) ?? []);
  const ended = taken.flatMap(({ no }) => ledger.ended.get(no) ?? []);
  const fitted = chosen.filter(({ no }) => ledger.taken.has(no)).map((it) => fit(it, catalogue.opinion.limits));
  const [office, total] = [nothing(), nothing()];
  const committees = Object.fromEntries(catalogue.committees.map(({ id, short }) => [id, { name: short, received: 0, ...nothing() }]));
  for (const { committee, outcome } of ended) {
    const at = committee === null ? undefined : committees[committee];
    if (at) at.received += 1;
    if (outcome) { total[outcome] += 1; (at ?? office)[outcome] += 1; }
  }
  return {
    lines: { good: good.length, blank, bad }, submitted: taken.length, alreadyThere: taken.filter(({ before }) => before).length, notYet: chosen.length - taken.length - refused.length,
    routed: taken.filter(({ committee }) => committee !== null).length, triage: taken.filter(({ committee }) => committee === null).length, personal: taken.filter(({ personal }) => personal).length,
    secret: refused.filter(({ secret }) => secret).length, refused: countBy(refused.map(({ reason }) => reason)),
    committees, office, total, undecided: taken.length - ended.length, leftAlone: countBy(ended.flatMap(({ reason }) => reason ?? [])),
    cut: { titles: fitted.filter(({ titleCut }) => titleCut).length, bodies: fitted.filter(({ bodyCut }) => bodyCut).length },
    suggestions: { split: fitted.filter(({ suggested }) => suggested === 'split').length, stock: fitted.filter(({ suggested }) => suggested === 'stock').length },
    ms: { submit: spreadOf(took.submit), review: spreadOf(took.review) }, retries,
  };
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u;
const widthOf = (text: string): number => [...text].reduce((sum, it) => sum + (wide.test(it) ? 2 : 1), 0);
const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
export const row = (name: string, ...numbers: readonly (number | string)[]): string => `  ${padded(name, 18)}${numbers.map((it) => String(it).padStart(8)).join('')}`;
const header = (...names: readonly string[]): string => `  ${padded('', 18)}${names.map((it) => ' '.repeat(Math.max(0, 8 - widthOf(it))) + it).join('')}`;
const some = (numbers: readonly number[]): string => `${numbers.slice(0, 10).join('、')}${numbers.length > 10 ? ' …' : ''}`;

/** The table that a person reads at the end. */
export function tableOf(it: Tally, told: { readonly file: string; readonly mix: string; readonly seed: number; readonly seconds: number }): string {
  const { ms, lines, cut, suggestions, total, office } = it;
  const ends = (ends: Ends) => [ends.passed, ends.returned, ends.not_adopted];
  return [
    `${told.file}：${lines.good} 条可用（比例 ${told.mix}，种子 ${told.seed}，用时 ${told.seconds.toFixed(1)} 秒）`,
    row('已提交', it.submitted), row('  当即分到专委会', it.routed), row('  进分办台', it.triage), row('  其中个人事项', it.personal),
    row('没有收下', Object.values(it.refused).reduce((sum, count) => sum + count, 0)), row('  其中疑似涉密', it.secret),
    ...Object.entries(it.refused).map(([reason, count]) => `      ${count} 件：${reason}`),
    '', header('收到', '通过', '退回', '不采用'),
    ...Object.values(it.committees).map((at) => row(at.name, at.received, ...ends(at))),
    row('分办台', '', ...ends(office)), row('合计', '', ...ends(total)),
    ...(it.undecided > 0 ? [row('还没有初审', it.undecided)] : []), ...Object.entries(it.leftAlone).map(([reason, count]) => `  别人已经处理 ${count} 件：${reason}`),
    '', header('次数', '中位', 'p95'), row('提交（毫秒）', ms.submit.count, ms.submit.medianMs, ms.submit.p95Ms), row('初审（毫秒）', ms.review.count, ms.review.medianMs, ms.review.p95Ms),
    '', '说明：',
    `  建议部分：${suggestions.split} 件取自原文最后一段；${suggestions.stock} 件原文没有写建议，填的是“请有关部门研究处理。”`,
    ...(cut.titles + cut.bodies > 0 ? [`  超过字数的截短了：标题 ${cut.titles} 件，正文 ${cut.bodies} 件`] : []),
    ...(it.alreadyThere > 0 ? [`  ${it.alreadyThere} 件以前就交过，没有再交一遍`] : []),
    ...(it.notYet > 0 ? [`  ${it.notYet} 条还没有提交`] : []),
    ...(lines.blank.length > 0 ? [`  空行 ${lines.blank.length} 行：第 ${some(lines.blank)} 行`] : []),
    ...(lines.bad.length > 0 ? [`  读不懂的 ${lines.bad.length} 行：${lines.bad.slice(0, 10).map(({ no, why }) => `第 ${no} 行${why}`).join('，')}${lines.bad.length > 10 ? ' …' : ''}`] : []),
    ...(it.retries > 0 ? [`  连接中断或服务繁忙，重试了 ${it.retries} 次`] : []),
  ].join('\n');
}
