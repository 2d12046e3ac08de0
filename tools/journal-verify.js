/** npm run journal:verify: recomputes every document's chain; what it does is in apps/server/src/journal-verify.main.ts. */
import { build, failureWords } from './builds.js';
import { openly } from './processes.js';

async function verify() {
  try {
    await build(['server'], { say: console.error });
  } catch (error) {
    console.error(failureWords(error));
    return 1;
  }
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  return openly(['--enable-source-maps', 'apps/server/dist/journal-verify.js', ...process.argv.slice(2)], { env });
}

void verify().then((code) => { process.exitCode = code; });
