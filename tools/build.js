/** npm run build [-- server|desk|h5|weapp …]: builds what is not up to date. Without names: server, desk and h5, all that npm start serves. */
import { build, failureWords, targets } from './builds.js';

const usage = `npm run build [-- NAME …] [-- --force]
  NAME     server | desk | h5 | weapp      (default: server desk h5)
  --force  build even what is up to date
For weapp, TARO_APP_API is the server's https address and TARO_APP_ID the mini-program's appid.`;

const given = process.argv.slice(2);
const names = given.filter((word) => !word.startsWith('--'));
const unknown = [...names.filter((name) => !(name in targets)), ...given.filter((word) => word.startsWith('--') && !['--force', '--help'].includes(word))];

if (given.includes('--help')) {
  console.log(usage);
} else if (unknown.length > 0) {
  console.error(`I do not know ${unknown.join(', ')}.\n${usage}`);
  process.exitCode = 1;
} else {
  const wanted = names.length > 0 ? [...new Set(names)] : ['server', 'desk', 'h5'];
  try {
    await build(wanted, { force: given.includes('--force') });
    for (const name of wanted) console.log(`${targets[name].words}: ${targets[name].out}`);
  } catch (error) {
    console.error(failureWords(error));
    process.exitCode = 1;
  }
}
