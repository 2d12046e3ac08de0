/** Builds the server and a demonstration's player, and runs the player in the open. What each does is in apps/server/bench. */
import { build as bundle } from 'rolldown';
import { bundleOf } from '../apps/server/rolldown.config.js';
import { build, failureWords } from './builds.js';
import { root } from './folders.js';
import { openly } from './processes.js';

/** @param {string} main the player's source in apps/server/bench @param {string} made what it becomes in apps/server/dist @returns {Promise<number>} its exit code */
export async function play(main, made) {
  try {
    await build(['server'], { say: console.error });
    await bundle({ ...bundleOf(`bench/${main}`, `dist/${made}`), cwd: `${root}/apps/server` });
  } catch (error) {
    console.error(failureWords(error));
    return 1;
  }
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  return openly(['--enable-source-maps', `${root}/apps/server/dist/${made}`, ...process.argv.slice(2)], { env });
}
