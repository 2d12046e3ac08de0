/** Turns jest's JSON reports into one line over everything, each test counted once however often it ran. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

export const nothing = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/** @param {Count[]} counts @returns {Count} */
export const sum = (counts) => counts.reduce((all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed, skipped: all.skipped + one.skipped }), nothing);

/** @param {Count} count */
export const lineOf = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** Every test of a report by file and name; a file that did not even load is one failed test. */
function resultsOf(report) {
  const results = new Map();
  for (const file of report.testResults) {
    const times = new Map();
    for (const { fullName, status } of file.assertionResults) {
      const nth = times.get(fullName) ?? 0;
      times.set(fullName, nth + 1);
      results.set(`${file.name}\n${fullName}\n${nth}`, status === 'passed' || status === 'failed' ? status : 'skipped');
    }
    if (file.status === 'failed' && ![...results].some(([key, status]) => key.startsWith(`${file.name}\n`) && status === 'failed')) results.set(`${file.name}\n`, 'failed');
  }
  return results;
}

/** The first report says what there is; a later one (the same tests in another time zone) can only turn a test into a failure. @returns {Count} */
export function countOf([first, ...again]) {
  const results = resultsOf(first);
  for (const report of again) {
    for (const [key, status] of resultsOf(report)) if (status === 'failed' || !results.has(key)) results.set(key, status);
  }
  const all = [...results.values()];
  return { passed: all.filter((one) => one === 'passed').length, failed: all.filter((one) => one === 'failed').length, skipped: all.filter((one) => one === 'skipped').length };
}
