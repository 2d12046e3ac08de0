/** npm run bench:similar: what it does is in apps/server/bench/similar.main.ts; here only the building and starting. */
import { build as bundle } from 'rolldown';
import { bundleOf } from '../apps/server/rolldown.config.js';
import { root } from './folders.js';
import { openly } from './processes.js';

const usage = `npm run bench:similar -- [文件.jsonl] [选项]
多年的社情民意里找相近的要多久，一年的聚成热点要多久，占多少内存。不写文件，用现编的文字；文件里的来信（可以是 .gz）另外聚一次类，打印前十个热点。
  --rows 100000   索引里放多少件（1000 到 500000）`;

async function bench() {
  if (process.argv.includes('--help')) { console.log(usage); return 0; }
  await bundle({ ...bundleOf('bench/similar.main.ts', 'dist/similar.js'), cwd: `${root}/apps/server`, logLevel: 'silent' });
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  return openly(['--enable-source-maps', '--expose-gc', `${root}/apps/server/dist/similar.js`, ...process.argv.slice(2)], { env });
}

void bench().then((code) => { process.exitCode = code; });
