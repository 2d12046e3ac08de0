import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FileView, Refusal, SubmissionView } from '@lvzhi/contracts';
import sharp from 'sharp';
import { FileSweep } from '../src/files/sweep.ts';
import { FileRow } from '../src/platform/file.entity.ts';
import { office, pdf } from './files-corpus.ts';
import { holder, plainMember, report } from './people.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';

const [minute, hour] = [60_000, 3_600_000];
const [author, other] = [plainMember(0).id, plainMember(1).id];
const [editor, staff, otherStaff] = [holder('information_editor').id, holder('committee_staff', 'c-shefa').id, holder('committee_staff', 'c-jingke').id];

let [folder, url, keys] = ['', '', 0];
let house: Serving;
const forward = (ms: number) => { house.clock.shift(ms); };
const key = () => `test-key-${keys += 1}`;
const token = (personId: string, surface: 'phone' | 'desk' = 'phone') => house.tokenOf(personId, surface);

beforeAll(async () => {
  house = await serving();
  [folder, url] = [house.config.dataFolder, house.url];
});
afterAll(() => house.close());
beforeEach(() => house.database.write(async (manager) => { await manager.clear(FileRow); }));

interface Asked<T> { status: number; body: T & Refusal }
async function ask<T = object>(personId: string, method: string, path: string, body?: object): Promise<Asked<T>> {
  const answer = await fetch(`${url}/api${path}`, { method, headers: { authorization: `Bearer ${await token(personId)}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
  return { status: answer.status, body: await answer.json() as T & Refusal };
}
async function upload(personId: string, name: string, bytes: Buffer, more: { key?: string; surface?: 'phone' | 'desk' } = {}): Promise<Asked<FileView>> {
  const form = new FormData();
  form.set('key', more.key ?? key());
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await token(personId, more.surface)}` }, body: form });
  return { status: answer.status, body: await answer.json() as FileView & Refusal };
}
const stored = async (): Promise<string[]> => (await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true })).filter((it) => it.isFile()).map(({ name }) => name);
const rows = () => house.database.read((manager) => manager.find(FileRow));
const linkOf = async (personId: string, id: string) => (await ask<{ url: string }>(personId, 'GET', `/files/${id}/link`)).body.url;
const submit = (personId: string, fileIds: string[]) => ask<{ doc: SubmissionView }>(personId, 'POST', '/submissions', report({ fileIds, wish: 'c-shefa' }));

describe('a member uploads', () => {
  test('委员上传中文名的 Word 文档，得到名称、类型和大小，字节原样保存在网页目录之外', async () => {
    const bytes = office('docx');
    const { status, body } = await upload(author, '关于加强社区养老服务的建议（终稿）.docx', bytes);
    expect([status, body]).toEqual([201, { id: expect.any(String), name: '关于加强社区养老服务的建议（终稿）.docx', size: bytes.length, type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', picture: false }]);
    expect(await readFile(join(folder, 'files', body.id.slice(-2), body.id))).toEqual(bytes);
    expect(await rows()).toMatchObject([{ ownerId: author, docId: null, sha256: createHash('sha256').update(bytes).digest('hex') }]);
  });

  test('手机拍的 HEIC 存成 jpg', async () => {
    const { body } = await upload(author, 'IMG_0001.HEIC', await readFile(new URL('fixtures/phone-with-place.heic', import.meta.url)));
    expect(body).toMatchObject({ name: 'IMG_0001.jpg', type: 'image/jpeg', picture: true });
  });

  test('同一编号同时发来 20 次，只留一份，答复都一样', async () => {
    const once = key();
    const picture = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#15506b' } }).png().toBuffer();
    const answers = await Promise.all(Array.from({ length: 20 }, () => upload(author, '现场.png', picture, { key: once })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const left = await rows();
    expect(left).toHaveLength(1);
    expect((await stored()).filter((name) => left.some(({ id }) => id === name))).toHaveLength(1);
    expect((await upload(author, '现场.png', picture, { key: once })).body).toEqual(answers[0]?.body);
    expect((await upload(other, '现场.png', picture, { key: once })).body.id).not.toBe(answers[0]?.body.id);
  });

  test('20 份同时上传之后，没有留下多余的字节', async () => {
    const before = (await stored()).length;
    const once = key();
    await Promise.all(Array.from({ length: 20 }, () => upload(author, '材料.pdf', pdf(), { key: once })));
    expect((await stored()).length).toBe(before + 1);
  });

  test.each([['phone', 10], ['desk', 20]] as const)('从 %s 上传：%d MB 整可以，多一个字节就说明太大', async (surface, megabytes) => {
    const most = megabytes * 1024 * 1024;
    const whole = Buffer.concat([pdf(), Buffer.alloc(most - 2 * pdf().length, ' '), pdf()]);
    expect(whole).toHaveLength(most);
    // A desk's session works through its cookie and header; its token as a bearer is the same session.
    expect((await upload(author, '扫描件.pdf', whole, { surface })).status).toBe(201);
    const { status, body } = await upload(author, '扫描件.pdf', Buffer.concat([whole, Buffer.from('\n')]), { surface });
    expect([status, body.reason]).toEqual([413, expect.stringContaining(`“扫描件.pdf”超过 ${megabytes} MB`)]);
  });

  test('30 MB 的文件也得到一句话，而不是断开连接', async () => {
    expect(await upload(author, '录像.pdf', Buffer.alloc(30 * 1024 * 1024))).toMatchObject({ status: 413, body: { reason: expect.stringContaining('“录像.pdf”超过 10 MB') } });
  });

  test('收不了的文件说明原因，什么也不留下', async () => {
    const before = (await stored()).length;
    const { status, body } = await upload(author, '材料.docx', Buffer.from('MZ\x90\x00'));
    expect([status, body.reason]).toEqual([400, expect.stringMatching(/^“材料\.docx”是程序，不能上传；/)]);
    expect([(await rows()).length, (await stored()).length]).toEqual([0, before]);
  });

  test('没有登录的人和其他网站的页面都不能上传', async () => {
    const form = new FormData();
    form.set('file', new Blob(['x']), 'x.pdf');
    expect((await fetch(`${url}/api/files`, { method: 'POST', body: form })).status).toBe(401);
    const cookie = `lvzhi_desk=${await token(author, 'desk')}`;
    const again = new FormData();
    again.set('key', key());
    again.set('file', new Blob([new Uint8Array(pdf())]), 'x.pdf');
    expect((await fetch(`${url}/api/files`, { method: 'POST', headers: { cookie }, body: again })).status).toBe(401);
  });

  test.each([
    ['没有编号', (form: FormData) => { form.delete('key'); }], ['没有文件', (form: FormData) => { form.delete('file'); }],
    ['两个文件', (form: FormData) => { form.append('file', new Blob(['x']), 'y.pdf'); }], ['一大堆字段', (form: FormData) => { for (let at = 0; at < 50; at += 1) form.append(`f${at}`, 'x'); }],
    ['改原型的字段', (form: FormData) => { form.append('__proto__', 'x'); }],
  ])('%s：得到一句话', async (_, spoil) => {
    const form = new FormData();
    form.set('key', key());
    form.set('file', new Blob([new Uint8Array(pdf())]), 'x.pdf');
    spoil(form);
    const answer = await fetch(`${url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await token(author)}` }, body: form });
    expect(answer.status).toBe(400);
    expect((await answer.json() as Refusal).reason).toMatch(/^[^a-z]+$/);
    expect(await rows()).toEqual([]);
  });

  test('没有表单、只有 JSON：得到一句话', async () => {
    expect(await ask(author, 'POST', '/files', { key: key() })).toMatchObject({ status: 400, body: { reason: expect.stringContaining('请') } });
  });

  test('上传到一半断线，什么也不留下，重试成功', async () => {
    const once = key();
    const before = (await stored()).length;
    const authorization = `Bearer ${await token(author)}`;
    await new Promise<void>((done) => {
      const sending = httpRequest(`${url}/api/files`, { method: 'POST', headers: { authorization, 'content-type': 'multipart/form-data; boundary=xx', 'content-length': 5000 } });
      sending.on('error', () => { done(); });
      sending.write(`--xx\r\nContent-Disposition: form-data; name="key"\r\n\r\n${once}\r\n--xx\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4`, () => { sending.destroy(); done(); });
    });
    expect((await upload(author, 'a.pdf', pdf(), { key: once })).status).toBe(201);
    expect([(await rows()).length, (await stored()).length]).toEqual([1, before + 1]);
  });

  test('有 40 个附件没有提交的人，先要提交或删除一些', async () => {
    for (let at = 0; at < 40; at += 1) expect((await upload(author, '材料.pdf', pdf())).status).toBe(201);
    expect(await upload(author, '材料.pdf', pdf())).toMatchObject({ status: 409, body: { action: 'upload', reason: expect.stringContaining('40 个附件') } });
    expect((await upload(other, '材料.pdf', pdf())).status).toBe(201);
  });
});

describe('somebody opens an attachment', () => {
  test('没有提交的附件只有上传者自己能打开、能删除', async () => {
    const { body: { id } } = await upload(author, '材料.pdf', pdf());
    expect((await ask(author, 'GET', `/files/${id}/link`)).status).toBe(200);
    for (const person of [other, editor, staff]) {
      expect([(await ask(person, 'GET', `/files/${id}/link`)).status, (await ask(person, 'DELETE', `/files/${id}`)).status]).toEqual([404, 404]);
    }
    expect(await ask(author, 'GET', '/files/000000000000000000/link')).toMatchObject({ status: 404 });
    expect((await ask(author, 'DELETE', `/files/${id}`)).status).toBe(200);
    expect([(await ask(author, 'GET', `/files/${id}/link`)).status, (await stored()).includes(id)]).toEqual([404, false]);
  });

  test('提交以后，谁能看这件材料，谁就能打开附件；上传者不能再单独删除', async () => {
    const { body: { id } } = await upload(author, '材料.pdf', pdf());
    const { status, body } = await submit(author, [id]);
    expect([status, body.doc.files.map((it) => it.id), body.doc.committee?.id]).toEqual([200, [id], 'c-shefa']);
    const seen = await Promise.all([author, editor, staff, otherStaff, other].map(async (person) => [person, (await ask(person, 'GET', `/files/${id}/link`)).status]));
    expect(seen).toEqual([[author, 200], [editor, 200], [staff, 200], [otherStaff, 404], [other, 404]]);
    expect(await ask(author, 'DELETE', `/files/${id}`)).toMatchObject({ status: 409, body: { action: 'removeFile', reason: expect.stringContaining('已经随材料提交') } });
    expect((await ask(staff, 'DELETE', `/files/${id}`)).status).toBe(404);
    const opened = await fetch(url + await linkOf(staff, id));
    expect([opened.status, Buffer.from(await opened.arrayBuffer()).equals(pdf())]).toEqual([200, true]);
  });

  test('撤回以后，专委会手里没有到期的链接也打不开了', async () => {
    const { body: { id } } = await upload(author, '材料.pdf', pdf());
    const { body: { doc } } = await submit(author, [id]);
    const link = await linkOf(staff, id);
    expect((await fetch(url + link)).status).toBe(200);
    expect((await ask(author, 'POST', `/submissions/${doc.id}/withdraw`, { version: doc.version, key: key() })).status).toBe(200);
    expect([(await fetch(url + link)).status, (await fetch(url + await linkOf(author, id))).status]).toEqual([404, 200]);
  });

  test('链接 5 分钟后到期，改一个字就无效，换一个人也无效', async () => {
    const { body: { id } } = await upload(author, '材料.pdf', pdf());
    const { body: { id: second } } = await upload(author, '另一份.pdf', pdf('/X'));
    const link = await linkOf(author, id);
    expect((await fetch(url + link)).status).toBe(200);
    for (const bent of [link.replace(/until=\d/, 'until=9'), link.replace(`by=${author}`, `by=${other}`), link.replace(id, second), link.slice(0, -1), link.replace(/&sign=.*/, ''), `/api/files/${id}/content`, `${link}&until=1`]) {
      expect([bent, (await fetch(url + bent)).status]).toEqual([bent, 404]);
    }
    forward(4 * minute);
    expect((await fetch(url + link)).status).toBe(200);
    forward(minute + 1000);
    const late = await fetch(url + link);
    expect([late.status, (await late.json() as Refusal).reason]).toEqual([403, '这个下载地址已经过期，请回到原来的页面重新打开附件']);
  });

  test('浏览器得到的说明：图片和 PDF 直接显示，其他的下载，都不当网页运行', async () => {
    const picture = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#15506b' } }).jpeg().toBuffer();
    const seen = [];
    for (const [name, bytes] of [["现场'1*(a).jpg", picture], ['扫描件.pdf', pdf()], ['材料.docx', office('docx')]] as const) {
      const { headers } = await fetch(url + await linkOf(author, (await upload(author, name, bytes)).body.id));
      expect([headers.get('x-content-type-options'), headers.get('cache-control'), headers.get('content-security-policy')]).toEqual(['nosniff', 'private, max-age=300', expect.stringMatching(/^sandbox; default-src 'none'/)]);
      seen.push([headers.get('content-type'), headers.get('content-disposition')]);
    }
    expect(seen).toEqual([
      ['image/jpeg', "inline; filename=\"file.jpg\"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%271_%28a%29.jpg"],
      ['application/pdf', "inline; filename=\"file.pdf\"; filename*=UTF-8''%E6%89%AB%E6%8F%8F%E4%BB%B6.pdf"],
      ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', "attachment; filename=\"file.docx\"; filename*=UTF-8''%E6%9D%90%E6%96%99.docx"],
    ]);
  });
});

describe('the sweep', () => {
  test('没有提交的附件 48 小时后清掉，提交了的留下；字节已经不在也不妨碍', async () => {
    const [kept, old, gone] = [(await upload(author, '留下.pdf', pdf())).body.id, (await upload(author, '过期.pdf', pdf())).body.id, (await upload(author, '字节丢了.pdf', pdf())).body.id];
    await submit(author, [kept]);
    await rm(join(folder, 'files', gone.slice(-2), gone));
    forward(47 * hour);
    expect(await house.app.get(FileSweep).run()).toMatchObject({ rows: 0 });
    forward(2 * hour);
    const young = (await upload(author, '新的.pdf', pdf())).body.id;
    expect(await house.app.get(FileSweep).run()).toMatchObject({ rows: 2 });
    const left = await stored();
    expect([kept, young, old, gone].map((id) => left.includes(id))).toEqual([true, true, false, false]);
    expect((await rows()).map(({ id }) => id).sort()).toEqual([kept, young].sort());
  });

  test('没有记录的字节，第一次见到一小时以后才清掉', async () => {
    const { body: { id } } = await upload(author, '材料.pdf', pdf());
    const ending = id.slice(-2);
    for (const name of [`strayfile0000001${ending}`, `strayfile0000002${ending}.part`, '.DS_Store']) await writeFile(join(folder, 'files', ending, name), 'x');
    const mine = async () => (await stored()).filter((name) => [id, '.DS_Store'].includes(name) || name.startsWith('stray')).length;
    await house.app.get(FileSweep).run();
    forward(hour - minute);
    await house.app.get(FileSweep).run();
    expect(await mine()).toBe(4);
    forward(2 * minute);
    expect(await house.app.get(FileSweep).run()).toMatchObject({ rows: 0, strays: expect.any(Number) });
    expect(await mine()).toBe(2);
  });
});
