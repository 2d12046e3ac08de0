import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { freeOfText, treatedApart, treatments } from '../src/disposal/treatments.ts';
import { configOf, WillNotStart } from '../src/platform/config.ts';
import { Seals } from '../src/platform/seals.ts';
import { Incident } from '../src/platform/incidents.ts';
import { demoPassword, SeedingService } from '../src/seeding/seeding.service.ts';
import { ReceiptSeries, Submission } from '../src/submissions/submission.entity.ts';
import { formOf, holder, plainMember, report } from './people.ts';
import { RefusedByServer, serving } from './serving.ts';
import type { Asked, Serving } from './serving.ts';

const author = plainMember(0);
const head = holder('committee_head', 'c-shefa').id;
const chinese = /[一-鿿]/;
let server: Serving;
beforeAll(async () => { server = await serving(); });
afterAll(() => server.close());

describe('a production server does not start', () => {
  const good = { NODE_ENV: 'production', DATABASE_URL: 'mysql://lvzhi:long-enough@10.0.0.2:3306/lvzhi', LVZHI_SECRET: Buffer.alloc(32, 7).toString('base64'), WECHAT_APPID: 'wx0123456789abcdef', WECHAT_SECRET: '0123456789abcdef0123456789abcdef', DATA_FOLDER: '/srv/lvzhi' };
  const start = (env: Record<string, string | undefined>) => { try { return configOf(env, tmpdir()); } catch (error) { if (error instanceof WillNotStart) return error.message; throw error; } };

  test('什么都给齐了，就能启动，接的是真的微信', () => {
    expect(start(good)).toMatchObject({ mode: 'production', databaseUrl: good.DATABASE_URL, host: '127.0.0.1', wechat: { base: 'https://api.weixin.qq.com' } });
    expect(start({ ...good, NODE_ENV: undefined, LVZHI_MODE: 'production' })).toMatchObject({ mode: 'production' });
  });

  test.each([
    ['没有 DATABASE_URL', { DATABASE_URL: undefined }, 'DATABASE_URL'], ['没有 LVZHI_SECRET', { LVZHI_SECRET: undefined }, 'LVZHI_SECRET'], ['没有 WECHAT_APPID', { WECHAT_APPID: undefined }, 'WECHAT_APPID'],
    ['没有 WECHAT_SECRET', { WECHAT_SECRET: undefined }, 'WECHAT_SECRET'], ['没有 DATA_FOLDER', { DATA_FOLDER: undefined }, 'DATA_FOLDER'], ['空的 LVZHI_SECRET', { LVZHI_SECRET: '' }, 'LVZHI_SECRET'],
    ['太短的 LVZHI_SECRET', { LVZHI_SECRET: 'c2hvcnQ=' }, '32 字节'], ['演示用的 appid', { WECHAT_APPID: 'wxdemo0000000000' }, '演示用的'], ['演示用的微信密钥', { WECHAT_SECRET: 'demo-secret' }, '演示用的'],
    ['微信替身的地址', { WECHAT_API_BASE: 'http://127.0.0.1:3000' }, '微信替身'], ['微信替身', { WECHAT_MODE: 'fake' }, '微信替身'], ['演示时钟', { DEMO_CLOCK: '2022-07-21' }, '演示时钟'], ['演示账号', { DEMO_ACCOUNTS: '1' }, '演示账号'], ['不成样子的端口', { PORT: 'http' }, 'PORT'],
  ])('F31 %s：用一句中文说明是哪一项', (_, change, words) => {
    expect(start({ ...good, ...change })).toEqual(expect.stringMatching(new RegExp(`^[^\\n]*${words}[^\\n]*$`)));
  });

  test('缺几项，一次都说全', () => {
    expect(start({ NODE_ENV: 'production' })).toBe('不能启动：缺少环境变量 DATABASE_URL、LVZHI_SECRET、WECHAT_APPID、WECHAT_SECRET、DATA_FOLDER。');
  });

  test('给演示用过的数据库不能用于正式运行', async () => {
    const seeding = new SeedingService(server.database, { ...server.config, mode: 'production' }, server.app.get(Seals), server.clock);
    await expect(seeding.load()).rejects.toThrow('这个数据库给演示用过');
  });

  test('演示的密钥现做现存，两处不同，再启动不变', () => {
    const [a, b] = [mkdtempSync(join(tmpdir(), 'lvzhi-a-')), mkdtempSync(join(tmpdir(), 'lvzhi-b-'))];
    const secretIn = (folder: string) => configOf({ DATA_FOLDER: folder }, tmpdir()).secret;
    expect(secretIn(a)).toBe(secretIn(a));
    expect(secretIn(a)).not.toBe(secretIn(b));
    expect(Buffer.from(secretIn(a), 'base64')).toHaveLength(32);
  });
});

describe('odd requests', () => {
  const as = async (personId: string) => ({ token: await server.tokenOf(personId) });

  test('超过 1 MB 的内容：413；坏的 JSON、别的格式、改原型的键：400；都说中文', async () => {
    const by = await as(author.id);
    const cases: [string, number, Promise<Asked>][] = [
      ['太大', 413, server.ask('POST', '/api/submissions', { ...report(), situation: '长'.repeat(400_000) }, by)],
      ['坏的 JSON', 400, server.ask('POST', '/api/submissions', '{"title":', by)], ['空的 JSON', 400, server.ask('POST', '/api/submissions', '', by)],
      ['改原型', 400, server.ask('POST', '/api/submissions', '{"__proto__":{"x":1}}', by)], ['改构造', 400, server.ask('POST', '/api/submissions', '{"constructor":{"prototype":{"x":1}}}', by)],
      ['纯文字', 400, server.ask('POST', '/api/submissions', 'title=x', { ...by, headers: { 'content-type': 'text/plain' } })], ['表单', 400, server.ask('POST', '/api/submissions', 'title=x', { ...by, headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
      ['一个数组', 400, server.ask('POST', '/api/submissions', '[1,2]', by)], ['一个字', 400, server.ask('POST', '/api/submissions', '"abc"', by)], ['null', 400, server.ask('POST', '/api/submissions', 'null', by)],
    ];
    for (const [name, status, asked] of cases) {
      const answer = await asked;
      expect([name, answer.status, chinese.test(answer.said.reason)]).toEqual([name, status, true]);
      expect(answer.said.reason).not.toMatch(/[a-z]{4}/i);
    }
  });

  test('表单里塞进数据库的每一列，一列也写不进去', async () => {
    const columns = server.source.getMetadata(Submission).columns.map(({ propertyName }) => propertyName);
    const { state, ...planted } = { id: 'planted00000000000', receiptNo: '1999-0001', authorId: head, draftHash: 'x', state: 'editing', version: 99, hash: 'x', committeeId: 'c-jingke', coCommitteeIds: ['c-jingke'], revision: 9, unitIds: [], coAuthorIds: [], submittedAt: '1999-01-01T00:00:00.000Z', changedAt: '1999-01-01T00:00:00.000Z', reviewed: 1, routedBy: 'person', confidence: 99, rerouted: 1, sessionId: 'x', inPlenary: 1, decider: 'x', caseNo: '1999-0001', mainId: 'x', dropAsked: 1, originId: 'x', sourceKind: 'visit', sourceId: 'x', proposerKind: 'committee', editorId: head, consent: 'given', side: 'government', plan: [{ unitId: 'u-guihua', role: 'sole' }], handlerIds: [head], handedAt: '1999-01-01T00:00:00.000Z', capAt: '1999-01-01T00:00:00.000Z', closure: 'disposed', publicity: 'agree', conversion: 'agree', can: ['pass'], fileId: 'x' };
    expect(columns.filter((name) => !Object.hasOwn({ ...planted, state }, name) && !Object.hasOwn(report(), name) && name !== 'draftKey')).toEqual([]);
    const { status, said } = await server.ask('POST', '/api/submissions', { ...planted, state, ...report({ wish: 'ask' }) }, await as(author.id));
    expect(status).toBe(200);
    const { doc } = said as unknown as { doc: SubmissionView };
    expect(await server.database.read((manager) => manager.findOneByOrFail(Submission, { id: doc.id }))).toMatchObject({ authorId: author.id, state: 'submitted', version: 1, committeeId: null, coCommitteeIds: [], revision: 1, reviewed: 0, routedBy: 'waiting', rerouted: 0, editorId: null, consent: 'off', publicity: null, conversion: null, submittedAt: server.clock.now() });
    const moved = await server.ask('POST', `/api/submissions/${doc.id}/withdraw`, { version: doc.version, state: 'editing', committeeId: 'c-shefa', id: 'another-id' }, await as(author.id));
    expect((moved.said as unknown as { doc: SubmissionView }).doc).toMatchObject({ id: doc.id, state: 'draft', committee: null });
  });

  const payloads: [string, string][] = [
    ['标签', '<script>alert(1)</script>'], ['属性', '"><img src=x onerror=alert(1)>'], ['SQL', "'; DROP TABLE submissions; --"], ['反斜杠', 'C:\\新建\\n%s%n'], ['模板', '${7*7}{{7*7}}#{7*7}'], ['公式', '=HYPERLINK("http://x.example","点")'],
    ['表情', '老人👨‍👩‍👧‍👦🏳️‍🌈出行'], ['生僻字', '𠮷𡋤𪚥的乡'], ['从右往左', '\u202Egnp.exe\u202C'], ['组合字符', 'e\u0301a\u0308和é'], ['零宽', '零\u200B宽\uFEFF字'], ['全角', 'ＡＢＣ１２３'], ['控制符', '一\u0001二\u001F三\u007F四'], ['换行', '一\r\n二\n三\t四'],
  ];
  test.each(payloads)('%s写进每一个文字框：原样存，原样还', async (_, odd) => {
    const [me, review] = [await server.as(author.id), await server.as(head)];
    const text = `走访永安街道外卖站点 5 个，骑手 126 人没有签订劳动合同。${odd}完`;
    const { doc } = await me.submit(report({ title: `外卖骑手${odd}完`.slice(0, 60), situation: text, analysis: text, suggestion: text }));
    const seen = await me.show({ id: doc.id });
    expect([seen.title, seen.text]).toEqual([`外卖骑手${odd}完`.slice(0, 60), { situation: text, analysis: text, suggestion: text }]);
    expect((await me.listMine({})).rows[0]?.title).toBe(seen.title);
    const placed = seen.committee?.id === 'c-shefa' ? seen : (await (await server.as(holder('information_editor').id)).assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa' })).doc;
    const { doc: back } = await review.sendBack({ id: doc.id, version: placed.version, note: text });
    expect(back.timeline.at(-1)?.note).toBe(text);
  });

  test.each([['NUL', '一\u0000二'], ['落单的代理项', '一\uD800二'], ['半个表情', '一\uDE00二']])('数据库存不住的 %s：说明是哪一项，什么也不写', async (_, odd) => {
    const form = report({ situation: `${odd}走访永安街道外卖站点 5 个，骑手 126 人没有签订劳动合同。` });
    const { status, said } = await server.ask('POST', '/api/submissions', form, await as(author.id));
    expect([status, said.fields]).toEqual([400, { situation: '有无法保存的字符，请删去后再提交' }]);
    expect(await server.database.read((manager) => manager.existsBy(Submission, { draftKey: form.key }))).toBe(false);
  });

  test.each([['20000 个字', '长'.repeat(20_000)], ['很多空白', `一${' '.repeat(90_000)}二`], ['很多换行', `一${'\n'.repeat(300)}二`]])('%s写进每一个文字框：说明太长，或者收下，绝不 500', async (_, long) => {
    const by = await as(author.id);
    const { doc } = await (await server.as(author.id)).submit(report());
    for (const field of ['title', 'situation', 'analysis', 'suggestion', 'key', 'category', 'townId', 'nature', 'wish'] as const) {
      const { status, said } = await server.ask('POST', '/api/submissions', { ...report(), [field]: long }, by);
      expect([field, status < 500, status === 200 || chinese.test(said.reason)]).toEqual([field, true, true]);
    }
    for (const [path, more] of [['return', { note: long }], ['reroute', { committeeId: 'c-jingke', reason: long }], ['prepare', { outcome: 'pass', note: long }]] as const) expect((await server.ask('POST', `/api/submissions/${doc.id}/${path}`, { version: doc.version, ...more }, await as(head))).status).toBeLessThan(500);
    for (const path of [`/api/submissions/${encodeURIComponent(long).slice(0, 4000)}`, `/api/submissions/mine?after=${encodeURIComponent(long).slice(0, 4000)}`]) expect((await server.ask('GET', path, undefined, by)).status).toBeLessThan(500);
  });

  test('涉密的内容：不收，记下谁、什么时候、哪一条规则，一个字也不留', async () => {
    const form = report({ situation: '机密★5年 某工程的选址和进度，走访永安街道外卖站点 5 个，骑手 126 人。' });
    const { status, said } = await server.ask('POST', '/api/submissions', form, await as(author.id));
    expect([status, said.reason]).toEqual([400, expect.stringContaining('疑似涉密')]);
    const [rows, incidents] = await server.database.read(async (manager) => [await manager.countBy(Submission, { draftKey: form.key }), await manager.find(Incident)] as const);
    expect(rows).toBe(0);
    expect(incidents).toMatchObject([{ personId: author.id, happenedAt: server.clock.now() }]);
    expect(JSON.stringify(incidents)).not.toMatch(/选址|工程/);
  });

  test('再次提交涉密的内容同样不收，原来的一版还在', async () => {
    const me = await server.as(author.id);
    const { doc } = await me.submit(report());
    const { doc: back } = await me.withdraw({ id: doc.id, version: doc.version });
    const error: unknown = await me.resubmit({ id: doc.id, version: back.version, key: 'secret-again-1', ...formOf(report({ suggestion: '按 密级：机密 的文件办理，由人社部门牵头。' })) }).catch((it: unknown) => it);
    expect(error).toBeInstanceOf(RefusedByServer);
    expect((await me.show({ id: doc.id })).text).toEqual(doc.text);
  });
});

test('每一列文字要么在处置时清除，要么写明里面没有提交的内容；新加的列不写进 disposal/treatments.ts 就不过', () => {
  const isText = (type: unknown, length: string): boolean => ['text', 'json'].includes(String(type)) || (String(type) === 'varchar' && Number(length) >= 40);
  const isCode = (name: string): boolean => /(^|_)(id|key|hash|kind|state|action|post|no)$/.test(name) || ['name', 'term'].includes(name);
  const treated = new Set([...treatments.flatMap(({ table, set }) => (set ? Object.keys(set).map((column) => `${table}.${column}`) : [`${table}.*`])), ...Object.entries(treatedApart).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`))]);
  const known = (table: string, column: string): boolean => [`${table}.${column}`, `${table}.*`].some((it) => treated.has(it) || Object.hasOwn(freeOfText, it));
  const unknown = server.source.entityMetadatas.flatMap(({ tableName, columns }) => columns.filter(({ type, length, databaseName }) => isText(type, length) && !isCode(databaseName) && !known(tableName, databaseName)).map(({ databaseName }) => `${tableName}.${databaseName}`));
  expect(unknown).toEqual([]);
  const columns = new Set(server.source.entityMetadatas.flatMap(({ tableName, columns: all }) => [`${tableName}.*`, ...all.map(({ databaseName }) => `${tableName}.${databaseName}`)]));
  expect([...treated, ...Object.keys(freeOfText), ...treatments.map(({ table, by }) => `${table}.${by}`)].filter((it) => !columns.has(it))).toEqual([]);
});

test('每个答复都带着给浏览器的安全要求，不说用什么做的', async () => {
  for (const [path, status, kept] of [['/api/guest', 200, 'no-store'], ['/api/me', 401, 'no-store'], ['/api/nothing', 404, 'no-store'], ['/health', 200, null]] as const) {
    const { headers, status: got } = await server.ask('GET', path);
    expect([path, got, headers.get('x-content-type-options'), headers.get('referrer-policy'), headers.get('x-powered-by'), headers.get('server')]).toEqual([path, status, 'nosniff', 'same-origin', null, null]);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*object-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/);
    expect([path, headers.get('cache-control')]).toEqual([path, kept]);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('活着和能用都问得到，不用登录，也不说别的', async () => {
  expect((await server.ask('GET', '/health')).said).toEqual({ ok: true, upSeconds: expect.any(Number) });
  expect((await server.ask('GET', '/ready')).said).toEqual({ ok: true });
});

test('日志里没有手机号、令牌、openid、凭证和正文', async () => {
  const lines: string[] = [];
  const [out, err] = [process.stdout.write.bind(process.stdout), process.stderr.write.bind(process.stderr)];
  const keep = (chunk: unknown): boolean => { lines.push(String(chunk)); return true; };
  Object.assign(process.stdout, { write: keep });
  Object.assign(process.stderr, { write: keep });
  const secrets: string[] = [];
  const logged = await serving({ logLevel: 'info' });
  try {
    const person = plainMember(3);
    logged.wechat.addUser({ openid: 'o-log-scan-openid', phone: person.phone });
    const fake = async (name: string) => (await (await fetch(`${logged.standUrl}/__fake/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"openid":"o-log-scan-openid"}' })).json() as { code: string }).code;
    const [code, phoneCode] = [await fake('login'), await fake('phone-code')];
    const first = await logged.with().wechatSignIn({ code });
    if (first.state !== 'unbound') throw new Error('bound already');
    const { token } = await logged.with().bindByPhone({ ticket: first.ticket, code: phoneCode, consent: '2022-07-01' });
    const form = report({ title: '日志里不该有这个标题' });
    const { doc } = await logged.with(token).submit(form);
    await logged.ask('POST', '/api/session/desk', { login: 'hexiaolan', password: demoPassword });
    await logged.ask('POST', '/api/session/desk', { login: 'hexiaolan', password: 'a-wrong-password' });
    await logged.ask('GET', `/api/submissions/${doc.id}?title=${encodeURIComponent(form.title)}`, undefined, { token });
    await logged.ask('POST', '/api/submissions', { ...form, title: '同一编号换了标题' }, { token });
    await logged.ask('POST', '/api/submissions', '{"title":"坏的 JSON 里的标题', { token });
    await fetch(`${logged.standUrl}/__fake/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"match":{"path":"/sns/jscode2session"},"action":{"kind":"errcode","errcode":40125}}' });
    await logged.ask('POST', '/api/session/wechat', { code: await fake('login') });
    secrets.push(person.phone, token, 'o-log-scan-openid', code, phoneCode, first.ticket, form.title, form.situation.slice(0, 10), '同一编号换了标题', '坏的 JSON', demoPassword, 'a-wrong-password', doc.receiptNo ?? '-', logged.config.secret, person.name, doc.id);
  } finally {
    await logged.close();
    Object.assign(process.stdout, { write: out });
    Object.assign(process.stderr, { write: err });
  }
  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(8);
  expect(log).toContain('"route":"/api/submissions/:id"');
  expect(secrets.length).toBeGreaterThan(10);
  for (const secret of secrets) expect([secret.length, log.includes(secret)]).toEqual([secret.length, false]);
});

test('停下来的时候，正在办的一件办完才停，之后不再接', async () => {
  const stopping = await serving();
  const me = await stopping.as(author.id);
  await me.submit(report());
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => { release = done; });
  let locked: () => void = () => undefined;
  const begun = new Promise<void>((done) => { locked = done; });
  const holding = stopping.database.write(async (manager) => {
    await manager.createQueryBuilder().update(ReceiptSeries).set({ lastNo: () => 'last_no + 1' }).execute();
    locked();
    await held;
  });
  await begun;
  const arrived = new Promise<void>((done) => { (stopping.app.getHttpServer() as { once: (event: string, listener: () => void) => void }).once('request', done); });
  const asked = me.submit(report());
  await arrived;
  const closing = stopping.close();
  release();
  await holding;
  expect((await asked).doc.state).toBe('submitted');
  await closing;
  await expect(fetch(`${stopping.url}/health`)).rejects.toThrow('fetch failed');
});
