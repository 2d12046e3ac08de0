/** npm run bench: what it does is in apps/server/bench/bench.main.ts; here only the building and starting. */
import { build as bundle } from 'rolldown';
import { bundleOf } from '../apps/server/rolldown.config.js';
import { build, failureWords } from './builds.js';
import { root } from './folders.js';
import { openly } from './processes.js';

async function bench() {
  try {
    await build(['server'], { say: console.error });
    for (const name of ['bench', 'bare-server']) await bundle({ ...bundleOf(`bench/${name}.main.ts`, `dist/${name}.js`), cwd: `${root}/apps/server` });
  } catch (error) {
    console.error(failureWords(error));
    return 1;
  }
  return openly(['--enable-source-maps', `${root}/apps/server/dist/bench.js`, ...process.argv.slice(2)]);
}

void bench().then((code) => { process.exitCode = code; });
