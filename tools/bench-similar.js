/** npm run bench:similar: what it does is in apps/server/bench/similar.main.ts; here only the building and starting. */
import { build as bundle } from 'rolldown';
import { bundleOf } from '../apps/server/rolldown.config.js';
import { root } from './folders.js';
import { openly } from './processes.js';

async function bench() {
  await bundle({ ...bundleOf('bench/similar.main.ts', 'dist/similar.js'), cwd: `${root}/apps/server`, logLevel: 'silent' });
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  return openly(['--enable-source-maps', '--expose-gc', `${root}/apps/server/dist/similar.js`, ...process.argv.slice(2)], { env });
}

void bench().then((code) => { process.exitCode = code; });
