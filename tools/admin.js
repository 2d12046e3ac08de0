/** npm run admin: makes a city's first system administrator; what it does is in apps/server/src/admin.main.ts. */
import { build, failureWords } from './builds.js';
import { openly } from './processes.js';

async function admin() {
  try {
    await build(['server'], { say: console.error });
  } catch (error) {
    console.error(failureWords(error));
    return 1;
  }
  return openly(['--enable-source-maps', 'apps/server/dist/admin.js', ...process.argv.slice(2)], { env: process.env });
}

void admin().then((code) => { process.exitCode = code; });
