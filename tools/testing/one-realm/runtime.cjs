const { mkdtempSync, readFileSync, writeFileSync } = require('node:fs');
const { register } = require('node:module');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { transformSync } = require('@swc/core');

register(pathToFileURL(path.join(__dirname, 'loader.js')).href);

/** Where a line of a stack stands in the source: asked when something failed, and made only then. */
class SourceMaps extends Map {
  get(place) {
    const source = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (this.has(place) || !/\.tsx?$/.test(source)) return super.get(place);
    const file = path.join(folder(), `${source.replace(/\W+/g, '-')}.map`);
    writeFileSync(file, transformSync(readFileSync(source, 'utf8'), { filename: source, sourceMaps: true }).map ?? '{}');
    this.set(place, file);
    return file;
  }
}
const folder = () => (folder.made ??= mkdtempSync(path.join(tmpdir(), 'lvzhi-maps-')));
const sourceMaps = new SourceMaps();

/**
 * What jest asks of the place where a spec runs, answered by plain Node: modules are loaded once a worker and stay, and so does what V8 made of them.
 * jest's own place loads every library anew for every spec, which took longer than most specs. The price: no mocking of modules, no second set of globals,
 * and process.env is the worker's own: a spec puts back what it changes. jest-circus, with its timeouts and hooks, is the same as ever.
 */
class OneRealm {
  /** jest-circus itself: anew for every spec, since it keeps its tests and its listeners in its module. */
  requireInternalModule(name) {
    delete require.cache[name];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(name);
  }
  requireModule(name) { return require(name); }
  unstable_shouldLoadAsEsm() { return true; }
  unstable_importModule(name) { return import(pathToFileURL(name).href); }
  setGlobalsForRuntime(globals) { globalThis[Symbol.for('jest-globals')] = globals; }
  getSourceMaps() { return sourceMaps; }
  getAllCoverageInfoCopy() { return undefined; }
  clearAllMocks() {}
  resetAllMocks() {}
  restoreAllMocks() {}
  resetModules() {}
  enterTestCode() {}
  leaveTestCode() {}
  teardown() {}
}

module.exports = OneRealm;
