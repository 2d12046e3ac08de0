import { join } from 'node:path';

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest'] },
};
const project = (folder) => ({
  ...shared, displayName: folder.split('/').at(-1), rootDir: folder, testMatch: ['<rootDir>/test/**/*.spec.ts'], modulePathIgnorePatterns: ['<rootDir>/dist/'],
});

export default {
  // Tests that boot a server, a browser or a whole mini-program may take longer than jest's five seconds on a busy machine. A project cannot set it.
  testTimeout: 60_000,
  testSequencer: './tools/testing/longest-first.cjs',
  projects: [
    ...['packages/domain', 'packages/contracts', 'packages/wechat-fake', 'packages/miniapp-bench', 'tools', 'apps/desk', 'apps/miniapp'].map((folder) => project(folder)),
    { ...project('apps/server'), globalSetup: join(import.meta.dirname, 'apps/server/test/databases-begin.js'), globalTeardown: join(import.meta.dirname, 'apps/server/test/databases-end.js') },
  ],
};
