/** npm test: builds, checks, then every test of every package; the last line printed is the count over all of it. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, failureWords } from './builds.js';
import { runChecks } from './check.js';
import { countOf, lineOf, nothing, sum } from './counts.js';
import { filesUnder, programOf, root } from './folders.js';
import { openly } from './processes.js';
import { furnish } from './testing/house.js';

const usage = `npm test [-- --server]
  --server   only the server's tests; with DATABASE_URL=mysql://… on that database
Everything runs in Asia/Shanghai; what reckons with dates runs in UTC and America/Los_Angeles as well (not again with DATABASE_URL), and is counted once.`;

/** Asia/Shanghai is where the rules reckon; the others are west and far west of it, where a civil date slips. */
const [home, ...abroad] = ['Asia/Shanghai', 'UTC', 'America/Los_Angeles'];
/** These packages reckon with dates in many places: abroad those of their specs run that name a date or what reckons with one. Elsewhere a spec says so with @dates in its first comment. */
const dated = ['packages/domain/', 'packages/contracts/', 'packages/wechat-fake/'];
const namesDates = /\bDate\b(?!\(0\))|instantOf|dateOf|civil-time|calendar|deadlines\.ts/;

const specs = (folders) => filesUnder(folders).filter((path) => /\/test\/.*\.spec\.ts$/.test(path));
const touchesDates = (path) => {
  const text = readFileSync(join(root, path), 'utf8');
  return dated.some((folder) => path.startsWith(folder)) ? namesDates.test(text) : /^\s*\/\*\*[^]*?@dates\b[^]*?\*\//.test(text);
};

/** One jest run; its report, or null when jest ended without one. */
async function jest(zone, args, folder) {
  const file = join(folder, `${zone.replace('/', '-')}.json`);
  console.log(`\n── TZ=${zone} ──`);
  const code = await openly(['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', programOf('.', 'jest'), '--ci',
    `--maxWorkers=${availableParallelism() + 1}`, '--json', `--outputFile=${file}`, ...args], { env: { ...process.env, TZ: zone } });
  if (code >= 128) return { code, report: null };
  return { code, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null };
}

/** The house that the tests of pages open is furnished once; each of them gets a copy. */
async function furnished(folder) {
  try {
    await furnish(folder);
    process.env.FURNISHED_HOUSE = folder;
    return true;
  } catch (error) {
    console.error(`✗ the house for the tests of pages could not be furnished: ${error.message}`);
    return false;
  }
}

async function tested(folders, args) {
  const folder = mkdtempSync(join(tmpdir(), 'lvzhi-tests-'));
  try {
    // What a date is does not hang on the database: abroad the tests run once, on the embedded one.
    const away = process.env.DATABASE_URL === undefined ? specs(folders).filter(touchesDates) : [];
    const runs = [[home, args], ...(away.length > 0 ? abroad.map((zone) => [zone, ['--runTestsByPath', ...away]]) : [])];
    const reports = [];
    let broken = folders.includes('apps') && !await furnished(join(folder, 'house')) ? 1 : 0;
    for (const [zone, given] of runs) {
      const { code, report } = await jest(zone, given, folder);
      if (code >= 128) process.exit(code);
      if (report) reports.push(report);
      if (!report || (code !== 0 && report.success)) {
        broken += 1;
        console.error(`✗ jest ended with ${code} in ${zone}${report ? ' although every test passed' : ' without a report'}`);
      }
    }
    return sum([reports.length > 0 ? countOf(reports) : nothing, { ...nothing, failed: broken }]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function builtFor(names) {
  try {
    await build(names);
    return nothing;
  } catch (error) {
    console.error(failureWords(error));
    return { ...nothing, failed: 1 };
  }
}

async function everything() {
  const onlyServer = process.argv.includes('--server');
  // The longest build keeps one core busy; what is checked needs no build.
  const [made, checked] = await Promise.all([builtFor(onlyServer ? ['server', 'desk', 'h5'] : ['server', 'desk', 'h5', 'weapp']), onlyServer ? nothing : runChecks()]);
  const ran = onlyServer ? await tested(['apps/server'], ['--selectProjects', 'server']) : await tested(['packages', 'apps', 'tools'], []);
  const count = sum([made, checked, ran]);
  if (count.failed > 0) process.exitCode = 1;
  console.log(`\n${lineOf(count)}`);
}

const unknown = process.argv.slice(2).filter((word) => word !== '--server' && word !== '--help');
if (process.argv.includes('--help')) {
  console.log(usage);
} else if (unknown.length > 0) {
  console.error(`I do not know ${unknown.join(' ')}.\n${usage}`);
  process.exitCode = 1;
} else {
  await everything();
}
