/** npm run routing:evaluate: how well routing does on a file, as shipped and after learning from a part of it. */
import { parseArgs } from 'node:util';
import { calibration, labelShares, learning, learningDefaults, measure, route, settled } from '@lvzhi/domain';
import type { Example, Measured, Outcome, RoutingModel } from '@lvzhi/domain';
import { areTopics, BadFile, modelPath, readCity, readLines, readModelFile } from './routing-files.ts';
import type { City, Line } from './routing-files.ts';

const usage = `npm run routing:evaluate -- 文件 [选项]
文件一行一个 {"title","body","label"}，可以是 .gz；label 写主题（城乡建设…）或专委会（人资环委…）。
先用现有权重逐条判定，再把文件分成几份，轮流用其余各份学习、在这一份上检验。每个比例后面是 95% 区间。
  --folds 5        分成几份（2：学一半，测另一半）；0：不做
  --model 文件     用别的权重文件（none：只用词表）
  --threshold 0.8  自动送办的门槛（不写：权重文件里的）
  --explain 50     打印这么多条的去向和理由
  --json           结果用 JSON 输出`;

interface Options { readonly file: string; readonly folds: number; readonly model: string; readonly threshold: string | undefined; readonly explain: number; readonly json: boolean }

function optionsOf(args: string[]): Options | undefined {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { folds: { type: 'string', default: '5' }, model: { type: 'string', default: modelPath }, threshold: { type: 'string' }, explain: { type: 'string', default: '0' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  const [file] = positionals;
  if (values.help || file === undefined) return undefined;
  const numbers = { folds: Number(values.folds), explain: Number(values.explain) };
  for (const [name, value] of Object.entries(numbers)) if (!Number.isInteger(value) || value < 0) throw new BadFile(`--${name} 要是不小于 0 的整数`);
  if (values.threshold !== undefined && !(Number(values.threshold) >= 0 && Number(values.threshold) <= 1)) throw new BadFile('--threshold 要在 0 和 1 之间');
  return { file, ...numbers, model: values.model, threshold: values.threshold, json: values.json };
}

/** The six keys as plain numbers, each part with its interval beside it. */
function plain({ n, accuracy, macroF1, top3, coverage, precisionAtThreshold, threshold, confusion }: Measured): Record<string, unknown> {
  const parts = { accuracy, top3, coverage, precisionAtThreshold };
  const intervals = Object.fromEntries(Object.entries(parts).map(([name, { low, high }]) => [name, [low, high]]));
  return { accuracy: accuracy.value, macroF1, top3: top3.value, coverage: coverage.value, precisionAtThreshold: precisionAtThreshold.value, n, threshold, intervals, confusion };
}

function words(title: string, { n, accuracy, macroF1, top3, coverage, precisionAtThreshold, threshold, confusion }: Measured): string {
  const part = ({ value, low, high }: Measured['accuracy']): string => `${value.toFixed(3)}（${low.toFixed(3)}–${high.toFixed(3)}）`;
  const names = [...new Set([...Object.keys(confusion), ...Object.values(confusion).flatMap(row => Object.keys(row))])];
  const table = [['应送＼送到', ...names], ...Object.keys(confusion).map(truth => [truth, ...names.map(name => String(confusion[truth]?.[name] ?? 0))])];
  return [`${title}　${n} 条`, `  正确 ${part(accuracy)}　各类平均 F1 ${macroF1.toFixed(3)}　前三 ${part(top3)}`,
    `  门槛 ${threshold}：自动送办 ${part(coverage)}，其中正确 ${part(precisionAtThreshold)}`, ...table.map(row => `  ${row.join('\t')}`)].join('\n');
}

const named = (outcome: Outcome, { shortOf }: City): Outcome => ({ ...outcome, truth: shortOf(outcome.truth), ranked: outcome.ranked.map(({ name, share }) => ({ name: shortOf(name), share })) });

function topicMeasure(lines: readonly Line[], model: RoutingModel | undefined, threshold: number): Measured {
  const labels = [...new Set(lines.map(({ label }) => label ?? ''))];
  const outcomes = lines.map((line): Outcome => { const it: Outcome = { truth: line.label ?? '', ranked: labelShares(line, labels, model), at: () => it }; return it; });
  return measure(outcomes, threshold);
}

function explain(lines: readonly Line[], count: number, model: RoutingModel | undefined, threshold: number, city: City): string {
  const step = Math.max(1, Math.floor(lines.length / count));
  return lines.filter((_, at) => at % step === 0).slice(0, count).map((line, at) => {
    const { candidates: [best], to, personal, because, co } = route(line, { ...city.table, threshold }, model && { model });
    const why = (best?.reasons ?? []).map(({ text }) => text).join('、');
    const where = best ? `${city.shortOf(best.committeeId)} ${Math.round(best.share * 100)}%${to === 'committee' ? '' : ' 请人定'}${co.length > 0 ? ` 会办 ${co.map(city.shortOf).join('、')}` : ''}` : '无';
    return `${at + 1}. ${line.title}\n   ${where}　因为：${why}${personal ? `　${personal}：${because.map(({ text }) => text).join('、')}` : ''}`;
  }).join('\n');
}

function main(): number {
  const options = optionsOf(process.argv.slice(2));
  if (!options) { console.log(usage); return 0; }
  const city = readCity();
  const model = options.model === 'none' ? undefined : readModelFile(options.model);
  const lines = readLines(options.file);
  const threshold = Number(options.threshold ?? model?.threshold ?? 0.75);
  if (options.explain > 0) { console.log(explain(lines, options.explain, model, threshold, city)); return 0; }
  const labelled = lines.filter(({ label }) => label !== undefined);
  if (labelled.length === 0) throw new BadFile(`${options.file} 里没有带 label 的行`);
  const examples = labelled.flatMap(({ label = '', title, body }): Example[] => { const committeeId = city.committeeOf(label); return committeeId === null ? [] : [{ title, body, committeeId, weight: 1 }]; });
  const { before, tried, local } = settled(learning(examples, city.table, model, 'evaluated', { folds: options.folds, rounds: options.folds === 0 ? 0 : learningDefaults.rounds }));
  const shipped = measure(before.map(it => named(it, city)), threshold);
  const learnt = options.folds < 2 ? undefined : measure(tried.map(it => named(it, city)), local.threshold ?? threshold);
  const topics = areTopics(labelled.map(({ label = '' }) => label)) ? topicMeasure(labelled, model, threshold) : undefined;
  const about = { file: options.file, model: model?.version ?? 'lexicon', leftOut: labelled.length - examples.length, temperature: model?.temperature ?? calibration.temperature };
  if (options.json) console.log(JSON.stringify({ ...plain(shipped), ...about, ...(topics && { topics: plain(topics) }), ...(learnt && { crossValidated: { folds: options.folds, ...plain(learnt) } }) }));
  else console.log([`权重 ${about.model}${about.leftOut > 0 ? `；${about.leftOut} 条的主题不归任何专委会，不计` : ''}`, words('按专委会', shipped), ...(topics ? [words('按主题（只在文件里有的主题中选）', topics)] : []), ...(learnt ? [words(`学习后按专委会（${options.folds} 份轮流）`, learnt)] : [])].join('\n\n'));
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof BadFile)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
