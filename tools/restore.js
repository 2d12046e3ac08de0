/** npm run restore: tries a backup out, or puts it back; what it does is in apps/server/src/restore.main.ts. */
import { build, failureWords } from './builds.js';
import { openly } from './processes.js';

async function restore() {
  try {
    await build(['server'], { say: console.error });
  } catch (error) {
    console.error(failureWords(error));
    return 2;
  }
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  return openly(['--enable-source-maps', 'apps/server/dist/restore.js', ...process.argv.slice(2)], { env });
}

void restore().then((code) => { process.exitCode = code; });
