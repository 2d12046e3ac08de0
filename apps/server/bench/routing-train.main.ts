/** npm run routing:train: learns the shipped weights from labelled texts, with the lexicon's help from unlabelled ones. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { calibration, labelShares, lossOf, measure, outcomeOf, settled, sharesOf, teaching, teachingDefaults, temperatureFor, thresholdFor, topicCodes, topicsOfLabel, wantedPrecision, writeRow } from '@lvzhi/domain';
import type { Lesson, Outcome, RoutingModel, Taught } from '@lvzhi/domain';
import { BadFile, fromWhereItWasCalled, modelPath, readCity, readLines } from './routing-files.ts';
import type { City } from './routing-files.ts';

const usage = `npm run routing:train -- 文件… [选项]
从带主题标签的来信学习权重（一行一个 {"title","body","label"}，可以是 .gz；没有 label 的行由词表代为判断，份量较轻）。
混合比例、把握的尺度和门槛由交叉检验定出。写出的只有常见的两三个字和数字，不含任何来信原文。
  --out 文件      写到哪里（不写：seeds/routing-model.json）
  --folds 5       交叉检验分几份
  --blend 0.3     学到的权重占多少（不写：由检验定）`;

interface Options { readonly files: readonly string[]; readonly out: string; readonly folds: number; readonly blend: number | undefined }
function optionsOf(args: string[]): Options | undefined {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { out: { type: 'string' }, folds: { type: 'string', default: '5' }, blend: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help || positionals.length === 0) return undefined;
  const folds = Number(values.folds);
  if (!Number.isInteger(folds) || folds < 2) throw new BadFile('--folds 要是不小于 2 的整数');
  return { files: positionals, out: values.out === undefined ? modelPath : fromWhereItWasCalled(values.out), folds, blend: values.blend === undefined ? undefined : Number(values.blend) };
}

const blends = [0, 0.15, 0.3, 0.45, 0.6];
const modelOf = (lesson: Lesson, blend: number): RoutingModel => ({ version: '', blend, temperature: calibration.temperature, threshold: 1, ...lesson });

/** Every labelled text as weights saw it that were learnt from the others, for each blend. */
function tried(labelled: readonly (Taught & { committeeId: string | null; label: string })[], unlabelled: readonly Taught[], { folds }: Options, { table }: City) {
  const labels = [...new Set(labelled.map(({ label }) => label))];
  const found = new Map(blends.map(blend => [blend, { committees: [] as Outcome[], topics: [] as Outcome[] }]));
  for (let fold = 0; fold < folds; fold++) {
    console.error(`检验第 ${fold + 1} 份，共 ${folds} 份`);
    const lesson = settled(teaching([...labelled.filter((_, at) => at % folds !== fold), ...unlabelled], calibration.temperature));
    for (const [blend, into] of found) {
      const model = modelOf(lesson, blend);
      for (const text of labelled.filter((_, at) => at % folds === fold)) {
        if (text.committeeId !== null) into.committees.push(outcomeOf(sharesOf(text, table, { model }), text.committeeId));
        const topic = labelShares(text, labels, model);
        into.topics.push(outcomeOf(topic.map(({ name, share }) => ({ committeeId: name, share })), text.label));
      }
    }
  }
  return found;
}

const step = 0.1;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function main(): number {
  const options = optionsOf(process.argv.slice(2));
  if (!options) { console.log(usage); return 0; }
  const began = performance.now();
  const city = readCity();
  const lines = options.files.flatMap(readLines);
  const unlabelled = lines.filter(({ label }) => label === undefined).map(({ title, body }): Taught => ({ title, body, topics: [] }));
  const labelled = lines.flatMap(({ title, body, label }) => label === undefined ? [] : [{ title, body, label, topics: topicsOfLabel(label), committeeId: city.committeeOf(label) }]);
  if (labelled.length < 50) throw new BadFile(`带标签的只有 ${labelled.length} 条，至少要 50 条`);
  if (labelled.some(({ topics }) => topics.length === 0)) throw new BadFile('权重按主题学习：标签要写主题（城乡建设…），不能写专委会');
  const all = tried(labelled, unlabelled, options, city);
  const blend = options.blend ?? [...all].reduce((best, each) => lossOf(each[1].topics) < lossOf(best[1].topics) ? each : best)[0];
  const chosen = all.get(blend) ?? [...all.values()][0];
  const outcomes = chosen?.committees ?? [];
  const times = temperatureFor(outcomes);
  const humbled = outcomes.map(outcome => outcome.at(times));
  const threshold = thresholdFor(humbled, wantedPrecision);
  const { rows, usual } = settled(teaching([...labelled, ...unlabelled], calibration.temperature));
  const written = [...rows].filter(([, { weights }]) => weights.some(weight => Math.abs(weight) >= step)).map(([gram, row]) => writeRow(gram, row, step)).sort();
  const version = createHash('sha256').update(written.join('\n')).digest('hex').slice(0, 8);
  const { accuracy, top3, coverage, precisionAtThreshold } = measure(humbled, threshold);
  const topics = measure(chosen?.topics ?? [], threshold);
  const about = {
    labelled: labelled.length, unlabelled: unlabelled.length, leastTexts: teachingDefaults.leastTexts,
    crossValidated: { accuracy: rounded(accuracy.value), top3: rounded(top3.value), coverage: rounded(coverage.value), precisionAtThreshold: rounded(precisionAtThreshold.value), topicAccuracy: rounded(topics.accuracy.value), topicTop3: rounded(topics.top3.value) },
    losses: Object.fromEntries([...all].map(([each, { topics: mine, committees }]) => [each, [rounded(lossOf(mine)), rounded(lossOf(committees))]])),
  };
  writeFileSync(options.out, `${JSON.stringify({ version, blend, temperature: rounded(calibration.temperature * times), threshold, topics: topicCodes, usual: usual.map(rounded), step, about, lines: written }, null, 0).replaceAll('","', '",\n"')}\n`);
  console.log(`写到 ${options.out}：${written.length} 行，${((performance.now() - began) / 1000).toFixed(1)} 秒\n${JSON.stringify(about, null, 2)}`);
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof BadFile)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
