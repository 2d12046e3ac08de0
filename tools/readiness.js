/** Whether this machine can start the server, said in one line. Only what Node 12 knows is used here, so that an old Node gets its answer. */
import { existsSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'fs';
import { createServer } from 'net';
import { dirname, join, resolve } from 'path';
import { fileURLToPath } from 'url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldest = [20, 19];

/** A line for a person whose Node is older than 20.19, or ''. */
export function tooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return '';
  return `需要 Node ${oldest.join('.')} 或更高版本，现在是 ${version}。 Node ${oldest.join('.')} or newer is needed, this is ${version}.`;
}

/** A line about the first thing that stands in the way, or ''. Reads PORT, HOST, DATA_FOLDER and the mode. */
export async function readyToStart(env) {
  return missingPackages(root) || unwritable(env) || (await busy(env));
}

/** Nothing installed, or not what the lock file says after a pull. Optional packages differ from system to system and are not asked about. */
export function missingPackages(base) {
  const installed = join(base, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return '还没有安装依赖，请先运行 npm ci。 Nothing is installed yet: run npm ci first.';
  const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const here = packagesIn(installed);
  const differ = Object.entries(packagesIn(join(base, 'package-lock.json'))).some(([path, { version, optional, devOptional, link, peer }]) =>
    path.startsWith('node_modules/') && !optional && !devOptional && !peer && !link && (here[path] || {}).version !== version);
  return differ ? '依赖与 package-lock.json 不一致，请运行 npm ci。 What is installed differs from package-lock.json: run npm ci.' : '';
}

/** In production the server itself asks for DATA_FOLDER: nothing is made on its behalf. */
function unwritable(env) {
  const isProduction = (env.NODE_ENV === 'production' || env.LVZHI_MODE === 'production') && env.LVZHI_MODE !== 'demo';
  if (isProduction && !env.DATA_FOLDER) return '';
  const folder = resolve(root, env.DATA_FOLDER || '.data');
  const trial = join(folder, `.trial-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(trial, '');
    unlinkSync(trial);
    return '';
  } catch (error) {
    return `数据目录 ${folder} 不能写入（${error.code}），请换一个：DATA_FOLDER=目录 npm start。 The data folder cannot be written: give another with DATA_FOLDER.`;
  }
}

function busy(env) {
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) return `PORT 应是 0 到 65535 的整数，现在是“${env.PORT}”。 PORT must be a whole number from 0 to 65535.`;
  return new Promise((answer) => {
    const trial = createServer();
    trial.once('error', ({ code }) => {
      const reason = code === 'EADDRINUSE' ? ['已被占用', 'is in use'] : [`不能使用（${code}）`, 'cannot be used'];
      answer(`端口 ${port} ${reason[0]}，请换一个：PORT=${port < 65535 ? port + 1 : 3000} npm start。 Port ${port} ${reason[1]}: give another with PORT.`);
    });
    trial.listen(port, env.HOST || '127.0.0.1', () => { trial.close(() => answer('')); });
  });
}
