/**
 * npm start: looks whether this machine can run it, builds what is not up to date, then serves in the foreground.
 * Nothing newer than Node 12 may be imported before the version is known, or an old Node answers with a riddle.
 */
import { readyToStart, tooOld } from './readiness.js';

const usage = `npm start           one server on one port: /  /m/  /desk/  /api/  and, in demo, /__fake/phone
  PORT=3000         the port
  HOST=127.0.0.1    the address to listen on
  DATA_FOLDER=.data where the database and the uploaded files are kept
  DATABASE_URL=     mysql://user:password@host:port/name instead of the embedded SQLite
  LVZHI_MODE=demo   or production, which takes nothing for granted: see docs/operations.md`;

async function start() {
  const complaint = tooOld(process.versions.node) || (await readyToStart(process.env));
  if (complaint) return refuse(complaint);
  const { build, failureWords } = await import('./builds.js');
  const { exitCodeOf, openly } = await import('./processes.js');
  const stop = new AbortController();
  const stopBuilding = (signal) => { stop.abort(signal); };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stopBuilding);
  try {
    await build(['server', 'desk', 'h5'], { signal: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) return exitCodeOf(null, stop.signal.reason);
    return refuse(failureWords(error));
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stopBuilding);
  const isProduction = process.env.NODE_ENV === 'production' || process.env.LVZHI_MODE === 'production';
  const env = { ...process.env, LVZHI_MODE: process.env.LVZHI_MODE || (isProduction ? 'production' : 'demo') };
  return openly(['--enable-source-maps', 'apps/server/dist/main.js'], { env });
}

function refuse(line) {
  console.error(line);
  return 1;
}

if (process.argv.includes('--help')) console.log(usage);
else void start().then((code) => { process.exitCode = code; });
