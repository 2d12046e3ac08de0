/** npm run demo:proposals: see proposals-options.ts. Ends as terminal.ts says. */
import { resolve } from 'node:path';
import { placeFor } from './place.ts';
import { beginsAt, playProposals } from './proposals.ts';
import { proposalsOptions, proposalsUsage } from './proposals-options.ts';
import { proposalsTableOf } from './proposals-tally.ts';
import { atTerminal } from './terminal.ts';

const root = resolve(import.meta.dirname, '../../..');

atTerminal(async (progress, stop) => {
  const options = proposalsOptions(process.argv.slice(2));
  if (!options) { console.log(proposalsUsage); return 0; }
  const began = performance.now();
  const place = await placeFor({ url: undefined, data: options.data, alone: true, begins: beginsAt }, root, (line) => { progress.say(line); });
  try {
    const played = await playProposals(options, root, place.url, stop, { tick: (...how) => { progress.tick(...how); }, say: (line) => { progress.say(line); } });
    const told = { seed: options.seed, seconds: (performance.now() - began) / 1000 };
    console.log(options.json ? JSON.stringify({ ...told, ...played }) : proposalsTableOf(played, told));
    if (!stop.aborted) return 0;
    console.log(place.lasts ? '用同一个 --data 文件夹再运行，就接着做。' : '这次的数据是临时的，已经删去；想能接着做，请加 --data 文件夹。');
    return 130;
  } finally {
    await place.leave();
  }
});
