/** npm run bench:sending: what it does is in apps/server/bench/sending.main.ts; here only the building and starting. */
import { build as bundle } from 'rolldown';
import { bundleOf } from '../apps/server/rolldown.config.js';
import { root } from './folders.js';
import { openly } from './processes.js';

const usage = `npm run bench:sending -- [选项]
通知发送：多个进程同时发，中途随机杀掉，数一数到了几条、重了几条、丢了几条。
  --notices 10000      发多少条
  --kills 20           中途杀几次
  --senders 2          几个进程同时发
  --latency 80         微信替身每次答复要多少毫秒
  --database URL       在哪个数据库上（mysql://…）；不写：临时的 SQLite
  --most-seconds 900   最多等多少秒`;

async function bench() {
  if (process.argv.includes('--help')) { console.log(usage); return 0; }
  for (const name of ['sending', 'one-sender']) await bundle({ ...bundleOf(`bench/${name}.main.ts`, `dist/${name}.js`), cwd: `${root}/apps/server`, logLevel: 'silent' });
  return openly(['--enable-source-maps', `${root}/apps/server/dist/sending.js`, ...process.argv.slice(2)]);
}

void bench().then((code) => { process.exitCode = code; });
