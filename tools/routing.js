/** npm run routing:train and routing:evaluate: what they do is in apps/server/bench/routing-*.main.ts; here only the building and starting. */
import { build as bundle } from 'rolldown';
import { bundleOf } from '../apps/server/rolldown.config.js';
import { failureWords } from './builds.js';
import { root } from './folders.js';
import { openly } from './processes.js';

async function routing([what, ...args]) {
  if (what !== 'train' && what !== 'evaluate') {
    console.error('node tools/routing.js train|evaluate');
    return 2;
  }
  try {
    await bundle({ ...bundleOf(`bench/routing-${what}.main.ts`, `dist/routing-${what}.js`), cwd: `${root}/apps/server` });
  } catch (error) {
    console.error(failureWords(error));
    return 1;
  }
  return openly(['--enable-source-maps', `${root}/apps/server/dist/routing-${what}.js`, ...args], { env: { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() } });
}

void routing(process.argv.slice(2)).then((code) => { process.exitCode = code; });
