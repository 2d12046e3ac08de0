/** One file from our own sources; npm packages stay where npm put them. */
export const bundleOf = (input, file) => ({
  input, platform: 'node', tsconfig: './tsconfig.json', external: /^(?!@lvzhi\/|@oxc-project\/)[@a-z]/,
  output: { file, sourcemap: true },
});

const commands = ['journal-verify', 'admin', 'backup', 'restore'];

export default [bundleOf('src/main.ts', 'dist/main.js'), ...commands.map((name) => bundleOf(`src/${name}.main.ts`, `dist/${name}.js`))];
