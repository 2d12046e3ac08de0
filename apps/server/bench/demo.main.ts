/** npm run demo: see demo-options.ts. Ends with 0, 1 when something failed, 2 on a wrong command line, 130 when it was stopped. */
import { resolve } from 'node:path';
import { playDemo } from './demo.ts';
import type { Played } from './demo.ts';
import { demoOptions, demoUsage } from './demo-options.ts';
import type { DemoOptions } from './demo-options.ts';
import { placeFor } from './place.ts';
import type { Place } from './place.ts';
import { tableOf } from './tally.ts';
import { atTerminal } from './terminal.ts';

const root = resolve(import.meta.dirname, '../../..');

function report({ tally, checked }: Played, options: DemoOptions, { lasts }: Place, seconds: number, stopped: boolean): number {
  const mix = `通过 ${options.mix.passed}、退回 ${options.mix.returned}、不采用 ${options.mix.not_adopted}`;
  if (options.json) console.log(JSON.stringify({ file: options.file, seed: options.seed, mix: options.mix, seconds, stopped, ...tally, ...(checked && { check: checked }) }));
  else {
    console.log(tableOf(tally, { file: options.file, mix, seed: options.seed, seconds }));
    if (checked) console.log(`\n核对：收下 ${checked.acknowledged} 件，在的 ${checked.found} 件，重复 ${checked.twice.length} 件${checked.missing.length > 0 ? `\n  不见了：${checked.missing.slice(0, 10).join('、')}` : ''}${checked.twice.length > 0 ? `\n  重复：${checked.twice.slice(0, 10).join('、')}` : ''}`);
    if (stopped) console.log(`\n已按要求停下：提交 ${tally.submitted} 件，初审完 ${tally.submitted - tally.undecided} 件。${lasts ? '用 --resume 接着做。' : '这次的数据是临时的，已经删去；想能接着做，请加 --data 文件夹。'}`);
  }
  if (stopped) return 130;
  return checked && checked.missing.length + checked.twice.length > 0 ? 1 : 0;
}

atTerminal(async (progress, stop) => {
  const options = demoOptions(process.argv.slice(2));
  if (!options) { console.log(demoUsage); return 0; }
  const began = performance.now();
  const place = await placeFor(options, root, (line) => { progress.say(line); });
  try {
    const played = await playDemo(options, root, place.url, stop, { tick: (...how) => { progress.tick(...how); }, say: (line) => { progress.say(line); } });
    return report(played, options, place, (performance.now() - began) / 1000, stop.aborted);
  } finally {
    await place.leave();
  }
});
