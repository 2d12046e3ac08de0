import { rateWords } from '@lvzhi/domain';
import type { PlayedProposals } from './proposals.ts';
import { row } from './tally.ts';

const endNames: Readonly<Record<string, string>> = { closed: '已办结', replied: '已答复，等评价', handling: '办理中', rehandling: '重新办理', merged: '并案', to_opinion: '转社情民意', to_suggestion: '转意见建议', rejected: '不予立案', left: '到最后还没有办完' };

/** What a person reads at the end: the house's own figures. */
export function proposalsTableOf({ submitted, on, stopped, figures, ends, retries }: PlayedProposals, told: { readonly seed: number; readonly seconds: number }): string {
  const head = `${submitted} 件提案（种子 ${told.seed}，演示时间到 ${on}，用时 ${told.seconds.toFixed(0)} 秒）`;
  if (stopped || !figures) return `${head}\n已按要求停下。`;
  const { counts, rates } = figures.total;
  const of = (line: typeof counts, ...codes: readonly (keyof typeof counts)[]): number[] => codes.map((code) => line[code] ?? 0);
  const shown = { received: '收到', filed: '立案（含并案）', collective: '集体提案', due: '应办复', replied: '已办复', on_time: '按期', talked: '有面商', closed: '已办结' } as const;
  const units = figures.groups.filter((it) => (it.counts.due ?? 0) > 0).sort((a, b) => (b.counts.due ?? 0) - (a.counts.due ?? 0));
  return [
    head, '', '去向', ...Object.entries(ends).map(([end, count]) => row(endNames[end] ?? end, count)),
    '', '数字', ...(Object.keys(shown) as (keyof typeof shown)[]).map((code) => row(shown[code], ...of(counts, code))),
    '', '比率', ...rates.map((it) => row(rateWords[it.code], it.of === 0 ? '—' : `${(it.part * 100 / it.of).toFixed(1)}%`, `${it.part}/${it.of}`)),
    '', '承办单位（应办、已复、按期）', ...units.map((it) => row(it.name, ...of(it.counts, 'due', 'replied', 'on_time'))),
    ...(retries > 0 ? ['', `连接中断或服务繁忙，重试了 ${retries} 次`] : []),
  ].join('\n');
}
