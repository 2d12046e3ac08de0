const { readFileSync } = require('node:fs');
const Sequencer = require('@jest/test-sequencer').default;

/** What opens a browser takes longest, then what starts programs of its own: begun last, it would run alone at the end. jest's own order (by what it measured, or by size) holds among the rest. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => { const text = readFileSync(path, 'utf8'); return /inChromium\(/.test(text) ? 0 : /node:child_process/.test(text) ? 1 : 2; };
    const ranks = new Map(tests.map((test) => [test, rank(test)]));
    return super.sort(tests).sort((a, b) => ranks.get(a) - ranks.get(b));
  }
};
