/** npm run check: everything a machine can see without running the product. Each part is one test in npm test's count. */
import { fileURLToPath } from 'node:url';
import { filesUnder, programOf } from './folders.js';
import { complaintsAbout } from './house-rules.js';
import { quietly } from './processes.js';

const run = (dependency, command, ...args) => async () => quietly([programOf('.', dependency, command), ...args]);
const houseRules = async () => {
  const since = Date.now();
  const complaints = complaintsAbout(filesUnder(['.']));
  return { code: complaints.length > 0 ? 1 : 0, output: complaints.join('\n'), seconds: (Date.now() - since) / 1000 };
};

/**
 * Types are checked by the native compiler, a fifth of the time; the tools that read syntax still use the one written in JavaScript.
 * desk and miniapp read the packages' sources: in their declarations the contract's types are written out at such length that reading them took four times as long.
 * apps/server is checked with its tests and never through tsc -b, which would write over its bundle.
 * @type {[string, () => Promise<{ code: number, output: string, seconds: number }>][]}
 */
const parts = [
  ['types of packages, desk and miniapp', run('typescript-native', 'tsc', '-b')],
  ['types of the server and its tests', run('typescript-native', 'tsc', '-p', 'apps/server/tsconfig.test.json')],
  ['types of the other tests', run('typescript-native', 'tsc', '-p', 'tsconfig.test.json')],
  ['lint', run('oxlint', 'oxlint', '--disable-nested-config', '--type-aware', '--report-unused-disable-directives', '--deny-warnings')],
  ['arrows', run('dependency-cruiser', 'depcruise', '--config', '.dependency-cruiser.cjs', 'apps', 'packages')],
  ['dead exports, undeclared packages', run('knip', 'knip', '--no-progress')],
  ['house rules', houseRules],
];

/** Runs all parts, two at a time, and prints what each found. @returns {Promise<import('./counts.js').Count>} each part one test */
export async function runChecks() {
  const waiting = [...parts];
  const count = { passed: 0, failed: 0, skipped: 0 };
  const failing = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, check] = next;
      const { code, output, seconds } = await check();
      count[code === 0 ? 'passed' : 'failed'] += 1;
      console.log(`${code === 0 ? '✓' : '✗'} ${name} ${seconds.toFixed(1)} s`);
      if (code === 0) continue;
      failing.push(name);
      console.log(output.trimEnd().replace(/^/gm, '  │ '));
    }
  };
  await Promise.all([worker(), worker()]);
  if (failing.length > 0) console.log(`check failed: ${failing.join('; ')}`);
  return count;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--help')) console.log(`npm run check: ${parts.map(([name]) => name).join('; ')}`);
  else if ((await runChecks()).failed > 0) process.exitCode = 1;
}
