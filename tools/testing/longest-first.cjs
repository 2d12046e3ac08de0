const { readFileSync } = require('node:fs');
const Sequencer = require('@jest/test-sequencer').default;

/** What opens a browser takes longest: begun last, it would run alone at the end. jest's own order (by what it measured, or by size) holds among the rest. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const inBrowser = ({ path }) => (/inChromium\(/.test(readFileSync(path, 'utf8')) ? 0 : 1);
    return super.sort(tests).sort((a, b) => inBrowser(a) - inBrowser(b));
  }
};
