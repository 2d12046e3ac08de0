/** npm run demo -- FILE.jsonl: what it does is in apps/server/bench/demo.main.ts; here only the building and starting. */
import { build as bundle } from 'rolldown';
import { bundleOf } from '../apps/server/rolldown.config.js';
import { build, failureWords } from './builds.js';
import { root } from './folders.js';
import { openly } from './processes.js';

async function demo() {
  try {
    await build(['server'], { say: console.error });
    await bundle({ ...bundleOf('bench/demo.main.ts', 'dist/demo.js'), cwd: `${root}/apps/server` });
  } catch (error) {
    console.error(failureWords(error));
    return 1;
  }
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  return openly(['--enable-source-maps', `${root}/apps/server/dist/demo.js`, ...process.argv.slice(2)], { env });
}

void demo().then((code) => { process.exitCode = code; });
