/** npm run bench:sending: what it does is in apps/server/bench/sending.main.ts; here only the building and starting. */
import { build as bundle } from 'rolldown';
import { bundleOf } from '../apps/server/rolldown.config.js';
import { root } from './folders.js';
import { openly } from './processes.js';

async function bench() {
  for (const name of ['sending', 'one-sender']) await bundle({ ...bundleOf(`bench/${name}.main.ts`, `dist/${name}.js`), cwd: `${root}/apps/server`, logLevel: 'silent' });
  return openly(['--enable-source-maps', `${root}/apps/server/dist/sending.js`, ...process.argv.slice(2)]);
}

void bench().then((code) => { process.exitCode = code; });
