/** npm run demo:opinions: see opinions-options.ts. Ends as terminal.ts says. */
import { resolve } from 'node:path';
import { playYear } from './opinions.ts';
import { yearOptions, yearUsage } from './opinions-options.ts';
import { placeFor } from './place.ts';
import { atTerminal } from './terminal.ts';
import { yearTableOf } from './year-tally.ts';

const root = resolve(import.meta.dirname, '../../..');

atTerminal(async (progress, stop) => {
  const options = yearOptions(process.argv.slice(2));
  if (!options) { console.log(yearUsage); return 0; }
  const began = performance.now();
  const place = await placeFor({ ...options, alone: true }, root, (line) => { progress.say(line); });
  try {
    const tally = await playYear(options, root, place.url, stop, { tick: (...how) => { progress.tick(...how); }, say: (line) => { progress.say(line); } });
    const told = { file: options.file, seed: options.seed, seconds: (performance.now() - began) / 1000 };
    console.log(options.json ? JSON.stringify({ ...told, ...tally }) : yearTableOf(tally, told));
    if (!stop.aborted) return 0;
    console.log(`\n已按要求停下：提交 ${tally.submitted} 件。${place.lasts ? '用 --resume 接着做。' : '这次的数据是临时的，已经删去；想能接着做，请加 --data 文件夹。'}`);
    return 130;
  } finally {
    await place.leave();
  }
});
