/** The bundle that is handed to WeChat, opened in Node against the built server: a smoke run of what no browser shows. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { noticePlaces } from '@lvzhi/domain';
import { built, openHouse } from '../../../tools/testing/house.js';
import type { House } from '../../../tools/testing/house.js';
import { MiniProgram } from './mini-program/mini-program.ts';
import { Phone } from './mini-program/wechat.ts';
import { onePixel } from '../../../tools/testing/pictures.js';
import { settled, titlesOf, written } from './phone.ts';

const dist = built('apps/miniapp/dist/weapp');
let house: House;
beforeAll(async () => { house = await openHouse(); });
afterAll(async () => { await house.stop(); });

const filesOf = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile() && !path.startsWith('.'));
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;

test('the main package stays within 800 KB, and no file of it holds what an older iPhone cannot parse', () => {
  const { subPackages = [] } = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8')) as { subPackages?: { root: string }[] };
  const all = filesOf(dist);
  const main = all.filter((path) => !subPackages.some(({ root }) => path.startsWith(`${root}/`)));
  const sum = (paths: string[]) => paths.reduce((bytes, path) => bytes + statSync(join(dist, path)).size, 0);
  process.stdout.write(`weapp: main package ${kilobytes(sum(main))}, with its sub-packages ${kilobytes(sum(all))}\n`);
  expect(sum(main)).toBeLessThanOrEqual(800 * 1024);
  const lookbehind = all.filter((path) => path.endsWith('.js') && /\(\?<[=!]/.test(readFileSync(join(dist, path), 'utf8')));
  expect(lookbehind).toEqual([]);
});

test('every page that a message leads to is there', () => {
  const { pages, subPackages = [] } = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8')) as { pages: string[]; subPackages?: { root: string; pages: string[] }[] };
  expect([...pages, ...subPackages.flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`))]).toEqual(expect.arrayContaining(Object.values(noticePlaces)));
});

test('a guest opens the mini-program, binds by the phone number and finds the visit notice in 待办', async () => {
  const program = new MiniProgram(dist, new Phone(house, 'p028')).launch();
  await program.sees('委员履职，从这里开始');
  const first = program.page.sent.reduce((sum, bytes) => sum + bytes, 0);
  process.stdout.write(`weapp: first page ${program.page.sent.length} setData, ${kilobytes(first)}\n`);
  expect(first).toBeLessThanOrEqual(64 * 1024);

  await program.tap('我是委员，去绑定');
  await program.sees('先勾选上面一行，按钮就能用了');
  const { privacy } = await (await fetch(`${house.url}/api/guest`)).json() as { privacy: { title: string; version: string } };
  await program.tap(`我已看过并同意《${privacy.title}》（${privacy.version} 版）`);
  await program.fire('手机号一键核验', 'getphonenumber', { errMsg: 'getPhoneNumber:fail user deny' });
  await program.sees('您没有同意使用手机号');
  await program.fire('手机号一键核验', 'getphonenumber', { code: await program.phone.code('phone-code'), errMsg: 'getPhoneNumber:ok' });
  await program.sees('竹园镇委员工作室');
  expect(program.route).toBe('pages/home/index');
  process.stdout.write(`weapp: 待办 at most ${kilobytes(Math.max(...program.page.sent))} a setData, ${program.phone.most} requests at once\n`);
  expect(Math.max(...program.page.sent)).toBeLessThanOrEqual(64 * 1024);
  expect(program.complaints).toEqual([]);
});

test('a member writes an opinion with a photo, submits it and sees the number and who holds it', async () => {
  const api = await settled(house, 'p030');
  const phone = new Phone(house, 'p030');
  phone.photos = [{ path: 'wxfile://tmp_school.jpg', name: 'tmp_school.jpg', bytes: onePixel }];
  const program = new MiniProgram(dist, phone).launch();
  await program.tap('写社情民意');
  await program.type('标题', '集镇学校门口电动车无处停放，建议划定临时停车区');
  await program.type('情况', written.situation);
  await program.type('建议', written.suggestion);
  await program.tap('添加照片');
  await program.sees('已上传');
  await program.tap('社会');
  await program.tap('我承诺内容不涉密，不含他人隐私');
  await program.tap('提交');
  await program.sees('请勾选“本人原创，未向其他渠道报送”');
  await program.tap('本人原创，未向其他渠道报送');
  await program.tap('提交');
  await program.sees('已提交，收件号');
  expect(program.route).toBe('submit/done/index');
  const [mine] = (await api.listMine({})).rows;
  await program.sees(mine?.receiptNo ?? 'no receipt');
  await program.sees(mine?.holder?.words ?? 'no holder');
  expect(mine?.title).toBe('集镇学校门口电动车无处停放，建议划定临时停车区');
  expect((await api.show({ id: mine?.id ?? '' })).files).toHaveLength(1);
  expect(program.complaints).toEqual([]);
});

test('a half-written text outlives the mini-program: the next start offers it, and it is sent once', async () => {
  const api = await settled(house, 'p093');
  const before = new MiniProgram(dist, new Phone(house, 'p093')).launch();
  await before.tap('写社情民意');
  await before.type('标题', '农家书屋开放时间与群众空闲错开');
  await before.type('情况', written.situation);
  before.hide();

  const program = new MiniProgram(dist, new Phone(house, 'p093', before.phone.storage)).launch();
  await program.tap('接着写：农家书屋开放时间与群众空闲错开');
  await program.type('建议', written.suggestion);
  await program.tap('我承诺内容不涉密，不含他人隐私');
  await program.tap('本人原创，未向其他渠道报送');
  await Promise.all([program.tap('提交'), program.tap('提交')]);
  await program.sees('已提交，收件号');
  expect((await titlesOf(api)).filter((title) => title.startsWith('农家书屋'))).toHaveLength(1);
  expect([...program.phone.storage.keys()].filter((key) => key.startsWith('lvzhi.draft.'))).toEqual([]);
});

test('a member confirms a visit with one tap from 待办 that asks for consent first, takes it back, and finds the notice in 通知', async () => {
  const api = await settled(house, 'p229');
  const states = async () => (await api.listVisits({})).rows.map(({ state }) => state);
  const program = new MiniProgram(dist, new Phone(house, 'p229')).launch();
  await program.sees('走访通知：现在收不到');
  await program.tap('确认参加');
  await program.sees('已确认参加');
  expect(await states()).toEqual(['confirmed']);
  expect((await api.showMyReminders({})).sorts.map(({ left }) => left)).toEqual([1, 1, 1]);
  await program.tap('撤销');
  await program.sees('确认参加');
  await program.until('the state before', () => (program.text().includes('已确认参加') ? undefined : true));
  expect(await states()).toEqual(['notified']);
  program.switchTab('pages/notices/index');
  await program.sees('走访通知');
  expect(program.complaints).toEqual([]);
});
