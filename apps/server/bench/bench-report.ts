import type { CaseName } from './bench-options.ts';
import type { Turn } from './load.ts';
import type { RouterFigures } from './router-figures.ts';
import { spreadOf } from './tally.ts';

export interface Side { readonly perSecond: number; readonly medianMs: number; readonly p95Ms: number; readonly cpuMs: number | null; readonly bytes: number; readonly requests: number }
/** `ratio`: median over the pairs of ours/bare in requests a second; `cpuRatio`: bare/ours in processor time a request, so that 1 is again as good as bare. */
export interface Result { readonly name: CaseName; readonly ratio: number; readonly lowest: number; readonly highest: number; readonly cpuRatio: number | null; readonly ours: Side; readonly bare: Side }

const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;
export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] ?? 0 : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

function sideOf(turns: readonly Turn[]): Side {
  const { medianMs, p95Ms, count } = spreadOf(turns.flatMap(({ samples }) => samples));
  const cpu = turns.flatMap(({ cpuMs }) => cpuMs ?? []);
  return { perSecond: round(medianOf(turns.map((it) => it.perSecond)), 1), medianMs, p95Ms, cpuMs: cpu.length > 0 ? round(medianOf(cpu), 3) : null, bytes: Math.round(medianOf(turns.map(({ bytes }) => bytes))), requests: count };
}

/** @param pairs ours and bare, measured one right after the other */
export function resultOf(name: CaseName, pairs: readonly { readonly ours: Turn; readonly bare: Turn }[]): Result {
  const ratios = pairs.map(({ ours, bare }) => ours.perSecond / bare.perSecond);
  const [ours, bare] = [sideOf(pairs.map((it) => it.ours)), sideOf(pairs.map((it) => it.bare))];
  return { name, ratio: round(medianOf(ratios)), lowest: round(Math.min(...ratios)), highest: round(Math.max(...ratios)), cpuRatio: ours.cpuMs && bare.cpuMs ? round(bare.cpuMs / ours.cpuMs) : null, ours, bare };
}

const names: Record<CaseName, string> = { home: '委员首页', inbox: '专委会初审页', search: '专委会查找', submit: '提交', pass: '初审通过' };
const wide = (text: string): number => [...text].reduce((sum, it) => sum + (it > '\u2e80' ? 2 : 1), 0);
const left = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - wide(text)));
const right = (text: string, width: number): string => ' '.repeat(Math.max(0, width - wide(text))) + text;

/** The table that a person reads. Choosing a committee is a part of each submit; the bare side has no router. */
export function benchTable(results: readonly Result[], told: { readonly database: string; readonly rows: number; readonly router: RouterFigures }): string {
  const cells = (it: Result): string[] => [
    names[it.name], it.ratio.toFixed(2), `${it.lowest.toFixed(2)}–${it.highest.toFixed(2)}`, `${it.ours.perSecond} / ${it.bare.perSecond}`,
    `${it.ours.medianMs} / ${it.bare.medianMs}`, `${it.ours.p95Ms} / ${it.bare.p95Ms}`, `${it.ours.cpuMs ?? '–'} / ${it.bare.cpuMs ?? '–'}`, `${it.ours.bytes} / ${it.bare.bytes}`,
  ];
  const table = [['我们 / 裸的', '比', '各对', '每秒', '中位 毫秒', 'p95 毫秒', 'CPU 毫秒', '字节'], ...results.map(cells)];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => wide(row[column] ?? ''))));
  const lines = table.map((row) => row.map((cell, column) => (column === 0 ? left : right)(cell, widths[column] ?? 0)).join('  '));
  const submit = results.find(({ name }) => name === 'submit');
  const even = submit?.ours.cpuMs && submit.bare.cpuMs ? `；把它也算给裸的一边，提交的 CPU 之比是 ${((submit.bare.cpuMs + told.router.medianMs) / submit.ours.cpuMs).toFixed(2)}` : '';
  return [`${told.database}，${told.rows} 件社情民意`, ...lines, `选定专委会（只有我们做）每件中位 ${told.router.medianMs.toFixed(2)} 毫秒，p95 ${told.router.p95Ms.toFixed(2)} 毫秒${even}`, `从 ${told.router.learntFrom} 件决定重新学习 ${told.router.learnSeconds.toFixed(1)} 秒`].join('\n');
}
