import { join } from 'node:path';

const place = (path) => join(import.meta.dirname, path);
const project = (folder, more) => ({
  displayName: folder.split('/').at(-1), rootDir: folder, testMatch: ['<rootDir>/test/**/*.spec.ts'], modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'], transform: { '^.+\\.tsx?$': ['@swc/jest'] }, ...more,
});
/** Modules are loaded once a worker, not once a spec: see tools/testing/one-realm/runtime.cjs. */
const oneRealm = { testEnvironment: place('tools/testing/one-realm/environment.cjs'), runtime: place('tools/testing/one-realm/runtime.cjs') };

export default {
  // Tests that boot a server, a browser or a whole mini-program may take longer than jest's five seconds on a busy machine. A project cannot set it.
  testTimeout: 120_000,
  testSequencer: './tools/testing/longest-first.cjs',
  projects: [
    ...['packages/domain', 'packages/contracts', 'packages/wechat-fake', 'packages/miniapp-bench', 'tools', 'apps/desk'].map((folder) => project(folder, oneRealm)),
    // Replaces the timers of its realm, which one that is shared would not survive.
    project('apps/miniapp', { testEnvironment: 'node' }),
    project('apps/server', { ...oneRealm, globalSetup: place('apps/server/test/databases-begin.js'), globalTeardown: place('apps/server/test/databases-end.js') }),
  ],
};
