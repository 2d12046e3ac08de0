/** What specs import from @jest/globals. Helpers are loaded once and jest-circus anew for every spec, so that each name leads to the present spec's. */
const present = () => globalThis[Symbol.for('jest-globals')];
const leadingTo = (name) => new Proxy(() => {}, { apply: (_, self, args) => present()[name](...args), get: (_, key) => present()[name][key] });

export const [afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test] =
  ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'it', 'test'].map((name) => leadingTo(name));
