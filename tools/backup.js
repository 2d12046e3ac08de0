/** npm run backup: seals the database and the files into one file; what it does is in apps/server/src/backup.main.ts. */
import { build, failureWords } from './builds.js';
import { openly } from './processes.js';

async function backup() {
  try {
    await build(['server'], { say: console.error });
  } catch (error) {
    console.error(failureWords(error));
    return 2;
  }
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  return openly(['--enable-source-maps', 'apps/server/dist/backup.js', ...process.argv.slice(2)], { env });
}

void backup().then((code) => { process.exitCode = code; });
