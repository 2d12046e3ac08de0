import { expect, test } from '@jest/globals';
import { countOf, lineOf, sum } from '../counts.js';

type Status = 'passed' | 'failed' | 'pending' | 'todo';
const file = (name: string, tests: [string, Status][], status = tests.some(([, one]) => one === 'failed') ? 'failed' : 'passed') =>
  ({ name, status, assertionResults: tests.map(([fullName, one]) => ({ fullName, status: one })) });
const report = (...testResults: ReturnType<typeof file>[]) => ({ testResults });

test('a test that runs in three time zones is counted once', () => {
  const run = report(file('a', [['one', 'passed'], ['two', 'pending']]));
  expect(countOf([run, run, run])).toEqual({ passed: 1, failed: 0, skipped: 1 });
});

test('a test that fails in one time zone only is a failure', () => {
  expect(countOf([report(file('a', [['one', 'passed'], ['two', 'passed']])), report(file('a', [['one', 'passed'], ['two', 'failed']]))])).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('two tests of one name are two tests', () => {
  expect(countOf([report(file('a', [['one', 'passed'], ['one', 'failed']]))])).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a file that does not load is a failure, also when only another time zone sees it', () => {
  const unloadable = report(file('b', [], 'failed'));
  expect(countOf([unloadable])).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countOf([report(file('b', [['one', 'passed']])), unloadable])).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('the last line names all three numbers', () => {
  expect(lineOf(sum([{ passed: 2, failed: 0, skipped: 1 }, { passed: 40, failed: 1, skipped: 0 }]))).toBe('42 passed, 1 failed, 1 skipped');
});
