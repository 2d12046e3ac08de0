/** npm run pictures: every page of the member app, light, dark and in large type, and its states side by side, as webp into docs/pictures/phone, with a page that shows them all. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, failureWords } from './builds.js';
import { programOf, root } from './folders.js';
import { openly } from './processes.js';

const usage = `npm run pictures [-- FOLDER]
  FOLDER   where they go (default docs/pictures/phone); webp of 375×812 at twice the resolution, some 20 KB each, and a sheet of states a page
They are taken while apps/miniapp/test/pages.spec.ts reads the same pages with axe; a finding fails the command, and the pictures are there all the same. Chromium is needed.`;

const modes = ['light', 'large', 'dark'];
const pictured = (folder) => readdirSync(folder).filter((name) => name.endsWith('.webp')).map((name) => name.slice(0, -'.webp'.length)).sort();
const image = (name, have) => (have.has(name) ? `<img src="${name}.webp" alt="${name}" width="240">` : '');

/** One row a page, its modes side by side; below, its states as one sheet; last, four acts and words a row. */
function indexOf(names) {
  const have = new Set(names);
  const pages = [...new Set(names.filter((name) => modes.some((mode) => name.endsWith(`-${mode}`))).map((name) => name.slice(0, name.lastIndexOf('-'))))];
  const beside = names.filter((name) => /^(state|act)-/.test(name));
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const fours = Array.from({ length: Math.ceil(beside.length / 4) }, (_, index) => beside.slice(index * 4, index * 4 + 4));
  const told = (four) => [0, 1, 2, 3].map((at) => (four[at] ? `${four[at].replace(/^state-/, '')}<br>${image(four[at], have)}` : ''));
  const sheet = (page) => row([page, have.has(`states-${page}`) ? `<img src="states-${page}.webp" alt="${page}: states" width="840">` : '']);
  return `${['# The member app, page by page', '', 'Made by `npm run pictures` from the running demonstration; do not edit.', '',
    row(['page', ...modes]), row(['---', ...modes.map(() => '---')]), ...pages.map((page) => row([page, ...modes.map((mode) => image(`${page}-${mode}`, have))])), '',
    '## The states of each page', '', '等 waiting · 出错 the server failed · 断网 no network · 看不了 not for you · 没有内容 nothing there. What only has to know who this is cannot be refused; one document is never empty.', '',
    row(['page', 'states']), row(['---', '---']), ...pages.map(sheet), '',
    '## Some acts, and words in between', '', row(['', '', '', '']), row(['---', '---', '---', '---']), ...fours.map((four) => row(told(four)))].join('\n')}\n`;
}

async function pictures(folder) {
  try { await build(['server', 'h5']); } catch (error) {
    console.error(failureWords(error));
    return 1;
  }
  rmSync(folder, { recursive: true, force: true });
  const code = await openly(['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', programOf('.', 'jest'), '--runTestsByPath', 'apps/miniapp/test/pages.spec.ts'], { env: { ...process.env, TZ: 'Asia/Shanghai', GALLERY: folder } });
  const names = pictured(folder);
  writeFileSync(join(folder, 'README.md'), indexOf(names));
  console.log(`${names.length} pictures: ${folder}`);
  return code;
}

const given = process.argv.slice(2);
if (given.includes('--help')) console.log(usage);
else if (given.length > 1 || given[0]?.startsWith('-')) { console.error(`I do not know ${given.join(' ')}.\n${usage}`); process.exitCode = 1; }
else process.exitCode = await pictures(join(root, given[0] ?? 'docs/pictures/phone'));
