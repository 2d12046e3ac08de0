/** Traps 1–6 on the bundle that WeChat gets: what somebody writes outlives the network, the program, the session, the phone's room, an update and a second phone. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Leaving, MiniProgram, Phone } from '@lvzhi/miniapp-bench';
import { built } from '../../../tools/testing/house.js';
import { onePixel } from '../../../tools/testing/pictures.js';
import { deskOf, settled, titlesOf, written } from './phone.ts';
import type { Api } from './phone.ts';
import { openidOf, setStage } from './stage.ts';

const stage = setStage();
const { phoneOf, open } = stage;
const paper = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n');
const form = 'submit/form/index?kind=opinion';
/** SEEDS=1-200: more of them, when something is looked for. */
const [from = 1, to = 4] = (process.env.SEEDS ?? '').split('-').filter(Boolean).map(Number);
const blindfolds = Array.from({ length: to - from + 1 }, (_, at) => from + at);

async function write(program: MiniProgram, title: string): Promise<void> {
  await program.type('标题', title);
  await program.type('情况', written.situation);
  await program.type('建议', written.suggestion);
}
async function promise(program: MiniProgram): Promise<void> { await program.tap('我承诺内容不涉密，不含他人隐私'); await program.tap('本人原创，未向其他渠道报送'); }
async function handIn(program: MiniProgram): Promise<void> { await promise(program); await program.tap('提交'); await program.sees('已提交，收件号'); }
const count = async (api: Api, title: string) => (await titlesOf(api)).filter((it) => it === title).length;
const drafts = (phone: Phone) => phone.storage.keys.filter((key) => key.startsWith('lvzhi.draft.'));
const is = (method: string, path: string | RegExp) => (it: Leaving): boolean => it.method === method && (typeof path === 'string' ? it.path === path : path.test(it.path));
/** Loses the first that fits, before it left or after it arrived. */
function lose(phone: Phone, fits: (it: Leaving) => boolean, how: 'before' | 'after'): () => boolean {
  let lost = false;
  phone.cut = (it) => { if (lost || !fits(it)) return undefined; lost = true; return how; };
  return () => lost;
}

/** Every way in which one thing can be lost on the way, with the program ended at that moment. */
test.each([
  ['the copy on the server', is('PUT', /^\/api\/drafts\//), 'p032'], ['a photo', is('POST', '/api/files'), 'p033'], ['the submission', is('POST', '/api/submissions'), 'p083'],
] as const)('trap 4: the network is cut at %s, before and after the server heard, and the program is ended; it arrives once and whole', async (_, fits, personId) => {
  const api = await settled(stage.house, personId);
  for (const how of ['before', 'after'] as const) {
    const title = `网络断了两次程序也没了的一件（${how}）`;
    const phone = phoneOf(personId);
    phone.photos = [{ path: `wxfile://tmp_${how}.jpg`, name: 'a.jpg', bytes: onePixel }];
    const lost = lose(phone, fits, how);
    const first = open(phone, form);
    await write(first, title);
    await first.tap('添加照片');
    await first.until('the draft with its photo', () => (JSON.stringify(phone.storage.get(drafts(phone)[0] ?? '')).includes('#saved') ? true : undefined));
    if (personId === 'p083') { await first.sees('已上传'); await promise(first); await first.tap('提交'); await first.sees('没能提交，内容还在'); }
    else { first.hide(); await first.until('the cut', () => (lost() ? true : undefined)); await first.quiet(); }
    expect(lost()).toBe(true);
    first.end();

    phone.cut = () => undefined;
    const program = open(phone);
    // What had arrived is no draft any more; everything else is taken up where it was left.
    const arrived = personId === 'p083' && how === 'after';
    if (arrived) { await program.until('the end of the draft', () => (drafts(phone).length === 0 ? true : undefined)); await program.sees('我要反映'); await program.seesNoMore('接着写'); }
    else {
      await program.tap(`接着写：${title}`);
      for (const [part, text] of [['情况', written.situation], ['建议', written.suggestion]] as const) if (await program.value(part) !== text) throw new Error(`${part} is not what was written`);
      await program.sees('已上传');
      await handIn(program);
    }
    expect(await count(api, title)).toBe(1);
    const mine = (await api.listMine({})).rows.find((row) => row.title === title);
    expect((await api.show({ id: mine?.id ?? '' })).files).toHaveLength(1);
    expect(drafts(phone)).toEqual([]);
    expect((await api.listDrafts({})).rows).toEqual([]);
    program.end();
  }
});

test('the network is cut twice and the program is ended once, in one report with two photos: it arrives once and whole, to the last word before the end', async () => {
  const api = await settled(stage.house, 'p231');
  const title = '断网两次、退出一次的一件';
  const phone = phoneOf('p231');
  phone.photos = ['a', 'b'].map((name) => ({ path: `wxfile://tmp_twice_${name}.jpg`, name: `${name}.jpg`, bytes: onePixel }));
  const first = open(phone, form);
  await write(first, title);
  const firstCut = lose(phone, is('POST', '/api/files'), 'after');
  await first.tap('添加照片');
  await first.until('the first cut, with both photos kept', () => (firstCut() && JSON.stringify(phone.storage.get(drafts(phone)[0] ?? '')).split('#saved').length === 3 ? true : undefined));
  phone.connect(false);
  await first.type('原因分析', '退出前半秒写的');
  await first.until('the last words on the phone', () => (JSON.stringify(phone.storage.get(drafts(phone)[0] ?? '')).includes('退出前半秒写的') ? true : undefined));
  first.end();

  phone.connect(true);
  const secondCut = lose(phone, is('POST', '/api/submissions'), 'after');
  const program = open(phone);
  await program.tap(`接着写：${title}`);
  expect(await program.value('原因分析')).toBe('退出前半秒写的');
  await program.until('two photos', () => (program.text().match(/已上传/g)?.length === 2 ? true : undefined));
  await promise(program);
  await program.tap('提交');
  await program.sees('没能提交，内容还在');
  expect(secondCut()).toBe(true);
  await program.tap('提交');
  await program.sees('已提交，收件号');
  expect(await count(api, title)).toBe(1);
  const mine = await api.show({ id: (await api.listMine({})).rows.find((row) => row.title === title)?.id ?? '' });
  expect([mine.text, mine.files.length]).toEqual([{ situation: written.situation, analysis: '退出前半秒写的', suggestion: written.suggestion }, 2]);
  expect([drafts(phone), (await api.listDrafts({})).rows]).toEqual([[], []]);
});

/** The same chances for the same seed. */
function chancesOf(seed: number): (many: number) => number {
  let at = seed;
  return (many) => { at = (at * 1_664_525 + 1_013_904_223) % 4_294_967_296; return Math.floor(at / 4_294_967_296 * many); };
}

test('blindfold, by chance: two of the things that carry words are cut, before or after the server heard, and the program is ended at any step; each report arrives once and whole', async () => {
  const api = await settled(stage.house, 'p112');
  for (const seed of blindfolds) {
    const [chance, title, phone] = [chancesOf(seed), `蒙着眼写的第 ${seed} 件`, phoneOf('p112')];
    phone.photos = [{ path: `wxfile://tmp_blind_${seed}.jpg`, name: 'a.jpg', bytes: onePixel }];
    const [first, endedAt, byWord] = [chance(3), chance(7), chance(2) === 0];
    const cuts = new Map([[first, chance(2)], [first + 1 + chance(3 - first), chance(2)]]);
    let [left, cut] = [0, 0];
    phone.cut = ({ method, path }) => {
      if (method === 'GET' || !/^\/api\/(drafts\/|files$|submissions$)/.test(path)) return undefined;
      const how = cuts.get(left++);
      if (how === undefined) return undefined;
      cut += 1;
      return how === 0 ? 'before' : 'after';
    };
    let program = open(phone, form);
    const kept = () => JSON.stringify(drafts(phone).map((key) => phone.storage.get(key)));
    const boxes = [['标题', title], ['情况', written.situation], ['建议', written.suggestion]] as const;
    const steps = [
      ...boxes.map(([box, text]) => () => program.type(box, text)),
      async () => { await program.tap('添加照片'); await program.until('the photo', () => (/#saved|已上传/.test(kept() + program.text()) ? true : undefined)); },
      () => program.tap('我承诺内容不涉密，不含他人隐私'), () => program.tap('本人原创，未向其他渠道报送'), () => program.tap('提交'),
    ];
    const arrived = async () => (await count(api, title)) > 0 && drafts(phone).length === 0;
    let done = false;
    for (let at = 0; at < steps.length && !done; at += 1) {
      await steps[at]?.();
      if (at !== endedAt) continue;
      if (byWord) program.hide(); else await program.until('the last words on the phone', () => (kept().includes(at < 3 ? boxes[at]?.[1] ?? '' : title) || program.text().includes('已提交') ? true : undefined));
      program.end();
      program = open(phone);
      await program.until('the draft, or its end', () => (program.text().includes(`接着写：${title}`) || (program.text().includes('我要反映') && drafts(phone).length === 0) ? true : undefined));
      await program.quiet();
      done = await arrived();
      if (done) break;
      await program.tap(`接着写：${title}`);
      for (const [box, text] of boxes.slice(0, at + 1)) if (await program.value(box) !== text) throw new Error(`seed ${seed}: ${box} is not what was written`);
      for (const tick of [4, 5]) if (at >= tick) await steps[tick]?.();
      if (at === 6) await program.tap('提交');
    }
    for (let turn = 0; !done && turn < 8; turn += 1) {
      await program.until('what became of it', () => (/已提交，收件号|没能提交|没有传上/.test(program.text()) ? true : undefined));
      done = program.text().includes('已提交，收件号');
      if (!done) { await program.quiet(); await program.tap('提交'); }
    }
    await program.quiet();
    const mine = (await api.listMine({ limit: 100 })).rows.filter((row) => row.title === title);
    const doc = await api.show({ id: mine[0]?.id ?? '' });
    expect([seed, cut, mine.length, doc.text.situation, doc.text.suggestion, doc.files.length, drafts(phone), (await api.listDrafts({})).rows]).toEqual([seed, 2, 1, written.situation, written.suggestion, 1, [], []]);
    program.end();
  }
});

test('trap 1: another person signs in on the same phone and finds nothing of what was begun, there or on the server; the first one finds it again', async () => {
  const [, other] = [await settled(stage.house, 'p093'), await settled(stage.house, 'p041')];
  const phone = phoneOf('p093');
  const first = open(phone, form);
  await write(first, '只有我能看到的半篇');
  first.hide();
  await first.sees('手机和服务器上都有');
  first.goTo('pages/me/index');
  await first.tap('退出登录');
  await first.sees('您已退出登录');
  first.end();

  phone.openid = openidOf('p041');
  const second = open(phone);
  await second.tap('微信登录');
  await second.sees('我要反映');
  await second.quiet();
  expect(second.text()).not.toContain('半篇');
  await second.tab('履职');
  await second.quiet();
  expect(second.text()).not.toContain('半篇');
  await second.tab('待办');
  await second.tap('写社情民意');
  expect(await second.value('标题')).toBe('');
  expect((await other.listDrafts({})).rows).toEqual([]);
  second.end();

  phone.openid = openidOf('p093');
  phone.storage.delete('lvzhi.token');
  const again = open(phone);
  await again.sees('接着写：只有我能看到的半篇');
});

test('trap 2: the session ends while somebody writes and WeChat does not answer; the words stay, and once it does they are handed in, once', async () => {
  const api = await settled(stage.house, 'p040');
  const title = '托育机构备案后缺少回访，建议建立年度巡查';
  const phone = phoneOf('p040');
  const program = open(phone, form);
  await write(program, title);
  await promise(program);
  const token = String(phone.storage.get('lvzhi.token'));
  expect((await fetch(`${stage.house.url}/api/session/end`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: '{}' })).ok).toBe(true);
  await fetch(`${stage.house.url}/__fake/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ match: { path: '/sns/jscode2session', openid: phone.openid, times: 9 }, action: { kind: 'errcode', errcode: -1 } }) });
  await program.tap('提交');
  await program.sees('登录过期了');
  expect(await program.value('情况')).toBe(written.situation);
  expect(await count(api, title)).toBe(0);
  await fetch(`${stage.house.url}/__fake/faults`, { method: 'DELETE' });
  await program.tap('提交');
  await program.sees('已提交，收件号');
  expect(await count(api, title)).toBe(1);
});

test('trap 3: two drafts lie side by side and never swap, neither on the phone nor on the server', async () => {
  const api = await settled(stage.house, 'p229');
  const phone = phoneOf('p229');
  const program = open(phone);
  for (const title of ['第一份草稿', '第二份草稿']) {
    await program.tap('写社情民意');
    await program.type('标题', title);
    await program.type('情况', `${title}的情况`);
    await program.back();
  }
  for (const title of ['第一份草稿', '第二份草稿']) {
    await program.tap(`接着写：${title}`);
    expect(await program.value('情况')).toBe(`${title}的情况`);
    await program.back();
  }
  await program.until('both copies', () => (program.text().match(/手机和服务器上都有/g)?.length === 2 ? true : undefined));
  const { rows } = await api.listDrafts({});
  for (const { id, title } of rows) expect((await api.showDraft({ id })).situation).toBe(`${title}的情况`);
  expect([rows.length, drafts(phone).length]).toEqual([2, 2]);
  // Thrown away without a network: gone from the phone at once, from the server as soon as there is one.
  phone.connect(false);
  await program.tap('接着写：第一份草稿');
  await program.tap('删去这份草稿');
  await program.sees('接着写：第二份草稿');
  expect((await api.listDrafts({})).rows).toHaveLength(2);
  phone.connect(true);
  await program.seesNoMore('接着写：第一份草稿');
  for (let turn = 0; turn < 100 && (await api.listDrafts({})).rows.length > 1; turn += 1) await program.quiet();
  expect((await api.listDrafts({})).rows.map(({ title }) => title)).toEqual(['第二份草稿']);

  // Found to be 涉密: the phone keeps no word of it, with a network or without; the server clears it as soon as it hears, and never takes it again.
  const secret = await api.showDraft({ id: rows.find(({ title }) => title === '第二份草稿')?.id ?? '' });
  phone.connect(false);
  await program.tap('接着写：第二份草稿');
  await program.tap('内容涉密，彻底清除');
  await program.seesNoMore('接着写：第二份草稿');
  expect(JSON.stringify(phone.storage.keys.map((at) => phone.storage.get(at)))).not.toContain('第二份草稿');
  expect((await api.listDrafts({})).rows).toHaveLength(1);
  phone.connect(true);
  for (let turn = 0; turn < 100 && (await api.listDrafts({})).rows.length > 0; turn += 1) await program.quiet();
  expect((await api.listDrafts({})).rows).toEqual([]);
  await expect(api.keepDraft({ id: secret.id, key: secret.key, version: 0, kind: 'opinion', title: secret.title })).rejects.toMatchObject({ status: 409, refusal: { action: 'secret_disposed' } });
  expect((await (await deskOf(stage.house, 'zhaixinyu')).listDisposals({})).rows.map(({ draft, author, stateWords }) => [draft, author, stateWords])).toEqual([[true, expect.any(String), '已处置']]);
});

test('the page says that the server has it only once it has the last word', async () => {
  const api = await settled(stage.house, 'p155');
  const program = open(phoneOf('p155'), form);
  await program.type('标题', '两处都有才这样说');
  await program.sees('手机和服务器上都有');
  await program.type('情况', '后写的一句');
  await program.seesNoMore('手机和服务器上都有');
  await program.sees('手机和服务器上都有');
  const [draft] = (await api.listDrafts({})).rows;
  expect((await api.showDraft({ id: draft?.id ?? '' })).situation).toBe('后写的一句');
});

test('trap 6: a picture that is none is refused in words on it and keeps nobody from going on; one of an iPhone is taken', async () => {
  const api = await settled(stage.house, 'p231');
  const phone = phoneOf('p231');
  phone.photos = [{ path: 'wxfile://tmp_none.jpg', name: 'none.jpg', bytes: Buffer.alloc(0) }, { path: 'wxfile://tmp_iphone.heic', name: 'iphone.heic', bytes: readFileSync(built('apps/server/test/fixtures/phone-with-place.heic')) }];
  const program = open(phone, form);
  await write(program, '一张空照片和一张苹果手机的照片');
  await program.tap('添加照片');
  await program.sees('没传上');
  await program.sees('已上传');
  await promise(program);
  await program.tap('提交');
  await program.sees('没能提交，内容还在');
  await program.tap('tmp_none.jpg，没传上');
  await program.sees('是空的');
  await program.tap('删去这个附件');
  await program.tap('提交');
  await program.sees('已提交，收件号');
  const { files } = await api.show({ id: (await api.listMine({})).rows.find(({ title }) => title === '一张空照片和一张苹果手机的照片')?.id ?? '' });
  expect(files.map(({ picture }) => picture)).toEqual([true]);
});

test('traps 5 and 6: two photos and a paper are added without a network; when it is back they arrive, each once and with its bytes, and stay when the words alone are changed', async () => {
  const api = await settled(stage.house, 'p030');
  const phone = phoneOf('p030');
  phone.photos = ['a', 'b'].map((name) => ({ path: `wxfile://tmp_${name}.jpg`, name: `${name}.jpg`, bytes: onePixel }));
  phone.papers = [{ path: 'wxfile://tmp_paper.pdf', name: '名单.pdf', bytes: paper }];
  const program = open(phone, form);
  await write(program, '没有网络时加的三个附件');
  phone.connect(false);
  await program.tap('添加照片');
  await program.tap('添加文件');
  await program.sees('等待上传：附件 3 个');
  await promise(program);
  await program.tap('提交');
  await program.sees('有 3 个附件还没有传上');
  phone.connect(true);
  await program.until('three files', () => (program.text().match(/已上传/g)?.length === 3 ? true : undefined));
  await program.tap('提交');
  await program.sees('已提交，收件号');
  const mine = (await api.listMine({})).rows.find(({ title }) => title === '没有网络时加的三个附件');
  const { files } = await api.show({ id: mine?.id ?? '' });
  expect(files.map(({ picture }) => picture)).toEqual([true, true, false]);
  const { url } = await api.openFile({ id: files[2]?.id ?? '' });
  expect(Buffer.from(await (await fetch(`${stage.house.url}${url}`)).arrayBuffer()).equals(paper)).toBe(true);

  // Trap 6: withdrawn, changed in its words alone and handed in again, it has all three.
  const again = open(phone, `cases/detail/index?id=${mine?.id}`);
  await again.tap('撤回修改');
  await again.tap('修改后再提交');
  await again.type('情况', `${written.situation}又核对了一遍。`);
  await handIn(again);
  const after = await api.show({ id: mine?.id ?? '' });
  expect([after.revision, after.receiptNo, after.files.map(({ id }) => id)]).toEqual([2, mine?.receiptNo, files.map(({ id }) => id)]);
});

test('a phone that is full: the words go to the server, and another phone offers them and hands them in', async () => {
  const api = await settled(stage.house, 'p181');
  const phone = phoneOf('p181');
  const program = open(phone, form);
  await program.sees('写下的内容会自动保存');
  phone.storage.taken = 10 * 1_048_576;
  await write(program, '手机满了也没有丢的一件');
  await program.sees('手机存储满了，已存到服务器');
  expect(drafts(phone)).toEqual([]);
  program.end();
  const other = open(phoneOf('p181'));
  await other.sees('在别处写的');
  await other.tap('接着写：手机满了也没有丢的一件');
  expect(await other.value('情况')).toBe(written.situation);
  await handIn(other);
  expect(await count(api, '手机满了也没有丢的一件')).toBe(1);
  expect((await api.listDrafts({})).rows).toEqual([]);
});

test('an update is taken in mid-sentence: the last words are in the next program', async () => {
  await settled(stage.house, 'p178');
  const phone = phoneOf('p178');
  const program = open(phone, form);
  await write(program, '更新之前写的');
  await program.type('原因分析', '更新前一秒才写的');
  phone.newVersion();
  await program.until('the update', () => (program.alive ? undefined : true));
  const next = open(phone);
  await next.tap('接着写：更新之前写的');
  expect(await next.value('原因分析')).toBe('更新前一秒才写的');
});

test('two phones write on one draft: the second one to save sees both texts, chooses, and the other text stays as a draft', async () => {
  const api = await settled(stage.house, 'p114');
  const [here, there] = [phoneOf('p114'), phoneOf('p114')];
  const first = open(here, form);
  await write(first, '两部手机上写的');
  first.hide();
  await first.sees('手机和服务器上都有');
  const second = open(there);
  await second.tap('接着写：两部手机上写的');
  await second.type('情况', '第二部手机上的情况');
  second.hide();
  await second.sees('手机和服务器上都有');
  await first.type('情况', '第一部手机上的情况');
  first.hide();
  await first.sees('这件在别处改动过');
  await first.sees('第一部手机上的情况');
  await first.tap('服务器上的');
  await first.sees('第二部手机上的情况');
  await first.tap('我刚写的');
  await first.tap('用我刚写的');
  await first.sees('手机和服务器上都有');
  expect(await first.value('情况')).toBe('第一部手机上的情况');
  const bodies = async () => { const { rows } = await api.listDrafts({}); return (await Promise.all(rows.map(({ id }) => api.showDraft({ id })))).map(({ situation }) => situation).sort(); };
  first.goTo('pages/home/index');
  await first.until('both drafts in step', () => (first.text().match(/接着写：两部手机上写的/g)?.length === 2 && first.text().match(/手机和服务器上都有/g)?.length === 2 ? true : undefined));
  expect(await bodies()).toEqual(['第一部手机上的情况', '第二部手机上的情况']);
  // The second phone did not write on: it opens with what the first one chose.
  second.goTo('pages/home/index');
  await second.sees('接着写：两部手机上写的');
});

test('what looks classified stays on the phone and the page says why', async () => {
  const api = await settled(stage.house, 'p015');
  const phone = phoneOf('p015');
  const program = open(phone, form);
  await program.type('标题', '不能上网的一件');
  await program.type('情况', '密级：机密\n内容');
  program.hide();
  await program.sees('内容疑似涉密，没有存到服务器');
  expect([drafts(phone).length, (await api.listDrafts({})).rows]).toEqual([1, []]);
  expect(phone.left.filter(({ body }) => JSON.stringify(body ?? '').includes('机密'))).toEqual([]);
});
