const { mkdtempSync, readFileSync, writeFileSync } = require('node:fs');
const { register } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { transformSync } = require('@swc/core');

register(pathToFileURL(join(__dirname, 'loader.js')).href);

/** Where a line of a stack stands in the source: asked when something failed, and made only then. */
class SourceMaps extends Map {
  get(place) {
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (this.has(place) || !/\.tsx?$/.test(path)) return super.get(place);
    const file = join(folder(), `${path.replace(/\W+/g, '-')}.map`);
    writeFileSync(file, transformSync(readFileSync(path, 'utf8'), { filename: path, sourceMaps: true }).map ?? '{}');
    this.set(place, file);
    return file;
  }
}
const folder = () => (folder.made ??= mkdtempSync(join(tmpdir(), 'lvzhi-maps-')));
const sourceMaps = new SourceMaps();

/**
 * What jest asks of the place where a spec runs, answered by plain Node: modules are loaded once a worker and stay, and so does what V8 made of them.
 * jest's own place loads every library anew for every spec, which took longer than most specs. The price: no mocking of modules, no second set of globals,
 * and process.env is the worker's own: a spec puts back what it changes. jest-circus, with its timeouts and hooks, is the same as ever.
 */
class OneRealm {
  /** jest-circus itself: anew for every spec, since it keeps its tests and its listeners in its module. */
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  }
  requireModule(path) { return require(path); }
  unstable_shouldLoadAsEsm() { return true; }
  unstable_importModule(path) { return import(pathToFileURL(path).href); }
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
