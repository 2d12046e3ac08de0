/** Signing in at the desk: the password, the devices, how long it lasts. Over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import { TOTP } from 'otpauth';
import { DeskAccount } from '../src/identity/identity.entity.ts';
import { DeskAsk, RecoveryCode, SecondFactor } from '../src/identity/second-factor.entity.ts';
import { totpStepOf } from '../src/identity/totp.ts';
import { AuditEntry } from '../src/platform/audit.ts';
import { Jobs } from '../src/platform/jobs.ts';
import { Marks, moveMark } from '../src/platform/marks.ts';
import { Sessions } from '../src/platform/sessions.ts';
import { Setting } from '../src/platform/settings.ts';
import { demoPassword } from '../src/seeding/seeding.service.ts';
import { holder, plainMember } from './people.ts';
import { RefusedByServer, serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

const minute = 60_000;
/** What an authenticator shows at an instant. */
const codeAt = (secret: string, timestamp: number): string => new TOTP({ secret }).generate({ timestamp });
const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0';
let server: Serving;
beforeAll(async () => { server = await serving(); });
afterAll(() => server.close());

interface AtDesk { readonly api: Api; readonly me: Awaited<ReturnType<Api['showMe']>>; readonly cookie: string }
const clientAt = (cookie: string, headers: Record<string, string> = {}): Api => clientOf(routes, async ({ method, url, body }) => {
  const answer = await server.ask(method, `/api${url}`, body, { headers: { cookie, 'x-lvzhi': 'desk', ...headers } });
  if (answer.status >= 300) throw new RefusedByServer(answer.status, answer.said);
  return answer.said;
});
/** In at the desk with a password, as a browser would come. */
async function enter(login: string, password: string = demoPassword, device = edge): Promise<AtDesk> {
  const answer = await server.ask('POST', '/api/session/desk', { login, password }, { headers: { 'user-agent': device } });
  if (answer.status !== 200) throw new RefusedByServer(answer.status, answer.said);
  const cookie = String(answer.headers.get('set-cookie')).split(';')[0] ?? '';
  return { api: clientAt(cookie), me: answer.said['me'] as AtDesk['me'], cookie };
}
const works = async (cookie: string, still = false) => (await server.ask('GET', '/api/me', undefined, { headers: { cookie, 'x-lvzhi': 'desk', ...(still && { 'x-lvzhi-still': '1' }) } })).status;
const audited = async (kind: AuditEntry['kind']) => (await server.database.read((manager) => manager.find(AuditEntry, { where: { kind }, order: { id: 'ASC' } }))).at(-1);
const setting = async (name: string, value: unknown) => {
  await server.database.write(async (manager) => { await manager.update(Setting, { termId: 't7', name }, { value: value as never }); await moveMark(manager, 'settings'); });
  await server.app.get(Marks).look(false);
};
/** Somebody of whom nobody else in this file knows. */
const staff = (at: number) => holder('unit_clerk', undefined, at).login ?? '';
const secret = 'zhiqiu-2047-bangwan';

describe('改密码', () => {
  test('用别人给的密码进来，先改密码，别的都不能做；改完就能办事，原来的密码不能用了', async () => {
    const admin = await server.as(holder('system_admin').id, 'desk');
    const { doc, login, password } = await admin.createAccount({ key: 'sign-in-first', name: '新来员', unitTitle: '', login: 'xinlai', posts: [{ post: 'committee_staff', bodyId: 'c-shefa' }] });
    const { api, me, cookie } = await enter(login ?? '', password ?? '');
    expect(me.mustChangePassword).toBe(true);
    for (const asked of [() => api.countTasks({}), () => api.listDevices({}), () => api.agree({ version: '2022-07-01' })]) await expect(asked()).rejects.toMatchObject({ status: 403, refusal: { action: 'owing', reason: expect.stringMatching(/先改成自己的密码/) } });
    expect(await api.showSignIn({})).toMatchObject({ login: 'xinlai', currentKnown: true, passwordRules: [expect.stringMatching(/^10 到 64 位/), expect.anything(), expect.anything(), expect.anything()] });
    await expect(api.changePassword({ fresh: 'xinlai-2047-abcd' })).rejects.toMatchObject({ status: 400, refusal: { fields: { fresh: expect.stringMatching(/账号/) } } });
    await expect(api.changePassword({ fresh: password ?? '' })).rejects.toMatchObject({ status: 400, refusal: { fields: { fresh: expect.stringMatching(/一样/) } } });
    await api.changePassword({ fresh: secret });
    expect(await api.showMe({})).toMatchObject({ mustChangePassword: false, can: expect.arrayContaining(['review']) });
    await api.countTasks({});
    await expect(enter('xinlai', password ?? '')).rejects.toMatchObject({ status: 409 });
    expect((await enter('xinlai', secret)).me.mustChangePassword).toBe(false);
    expect(await admin.showAccount({ id: doc.id })).toMatchObject({ mustChange: false });
    expect(await works(cookie)).toBe(200);
    expect(JSON.stringify(await server.database.read(async (manager) => [await manager.find(DeskAccount), await manager.find(AuditEntry)]))).not.toContain(secret);
  });

  test('自己改密码要说出现在的；改了以后别的电脑退出，手机不退；猜 5 次锁住', async () => {
    const person = holder('unit_clerk', undefined, 1);
    const [here, other] = [await enter(staff(1)), await enter(staff(1))];
    const phone = await server.tokenOf(person.id);
    await expect(here.api.changePassword({ fresh: secret })).rejects.toMatchObject({ refusal: { fields: { current: '请填写现在的密码' } } });
    await expect(here.api.changePassword({ current: 'not-this-one', fresh: secret })).rejects.toMatchObject({ refusal: { fields: { current: expect.stringMatching(/现在的密码不对。连续 5 次不对，账号会锁定 15 分钟/) } } });
    expect(await audited('password.refused')).toMatchObject({ personId: person.id });
    await here.api.changePassword({ current: demoPassword, fresh: secret });
    expect([await works(here.cookie), await works(other.cookie), (await server.ask('GET', '/api/me', undefined, { token: phone })).status]).toEqual([200, 401, 200]);
    expect(await audited('password.changed')).toMatchObject({ personId: person.id, detail: { ended: 1 } });
    for (let left = 0; left < 4; left += 1) await expect(here.api.changePassword({ current: 'not-this-one', fresh: `${secret}-b` })).rejects.toMatchObject({ status: 400 });
    await expect(here.api.changePassword({ current: secret, fresh: `${secret}-b` })).rejects.toMatchObject({ status: 429 });
    await expect(enter(staff(1), secret)).rejects.toMatchObject({ status: 429 });
    server.clock.shift(16 * minute);
    await enter(staff(1), secret);
    await expect((await server.as(person.id)).changePassword({ current: secret, fresh: `${secret}-c` })).rejects.toMatchObject({ status: 409 });
  });

  test('两台电脑同时改，成了一个', async () => {
    const [one, two] = [await enter(staff(2)), await enter(staff(2))];
    const results = await Promise.allSettled([one.api.changePassword({ current: demoPassword, fresh: `${secret}-1` }), two.api.changePassword({ current: demoPassword, fresh: `${secret}-2` })]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await Promise.allSettled([() => enter(staff(2), `${secret}-1`), () => enter(staff(2), `${secret}-2`)].map((it) => it()))).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('登录的设备', () => {
  test('看到自己的每一台：是什么、怎么进来的、现在这一台；让一台退出、让其他的全退出；别人的当作没有', async () => {
    const login = staff(3);
    const person = holder('unit_clerk', undefined, 3);
    const [here, there] = [await enter(login), await enter(login, demoPassword, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')];
    await server.tokenOf(person.id);
    const { rows } = await here.api.listDevices({});
    expect(rows.map(({ surface, device, by, current }) => [surface, device, by, current])).toEqual(expect.arrayContaining([
      ['desk', 'Windows 电脑 · Edge 浏览器', '账号密码', true], ['desk', 'Linux 电脑 · Firefox 浏览器', '账号密码', false], ['phone', '手机', '微信', false],
    ]));
    const stranger = await enter(staff(4));
    const linux = rows.find(({ device }) => device.startsWith('Linux'))?.id ?? '';
    await expect(stranger.api.endDevice({ id: linux })).rejects.toMatchObject({ status: 404 });
    expect((await here.api.endDevice({ id: linux })).rows).toHaveLength(2);
    expect(await works(there.cookie)).toBe(401);
    await expect(here.api.endDevice({ id: linux })).rejects.toMatchObject({ status: 404 });
    await expect(here.api.endDevice({ id: rows.find(({ current }) => current)?.id ?? '' })).rejects.toMatchObject({ status: 409 });
    expect((await here.api.endOtherDevices({})).rows.map(({ current }) => current)).toEqual([true]);
    expect((await server.ask('GET', '/api/me', undefined, { token: await server.tokenOf(person.id) })).status).toBe(401);
    expect(await audited('sessions.ended')).toMatchObject({ personId: person.id, detail: { ended: 1 } });
    expect(await works(stranger.cookie)).toBe(200);
  });

  test('手机上也看得到，微信说自己是什么就写什么', async () => {
    const token = await server.app.get(Sessions).open(plainMember(60).id, 'phone', { device: 'iPhone · 微信' });
    expect((await server.with(token).listDevices({})).rows).toMatchObject([{ surface: 'phone', device: 'iPhone · 微信', by: '微信', current: true }]);
  });
});

describe('多久退出', () => {
  test('页面自己的查询不算在用；还剩多少时间随时能问；改了设置，已经登录的也照办', async () => {
    const { cookie } = await enter(staff(5));
    const [still, used] = [clientAt(cookie, { 'x-lvzhi-still': '1' }), clientAt(cookie)];
    server.clock.shift(20 * minute);
    expect(await still.showSession({})).toEqual({ idle: 10 * 60, rest: 11 * 3600 + 40 * 60, warn: 120 });
    expect(await used.showSession({})).toEqual({ idle: 30 * 60, rest: 11 * 3600 + 40 * 60, warn: 120 });
    for (let passed = 0; passed < 30; passed += 10) { server.clock.shift(10 * minute); expect(await works(cookie, true)).toBe(200); }
    server.clock.shift(1);
    expect(await works(cookie, true)).toBe(401);
    const again = await enter(staff(5));
    await setting('session.desk', { idleMinutes: 10, mostHours: 1, warnMinutes: 1 });
    server.clock.shift(8 * minute);
    expect(await clientAt(again.cookie).showSession({})).toEqual({ idle: 600, rest: 52 * 60, warn: 60 });
    server.clock.shift(10 * minute + 1);
    expect(await works(again.cookie)).toBe(401);
    await setting('session.desk', { idleMinutes: 30, mostHours: 12, warnMinutes: 2 });
  });
});

describe('动态验证码', () => {
  /** What the phone shows now: read from the QR code's content, as an authenticator does. */
  const shown = (uri: string): string => new URL(uri).searchParams.get('secret') ?? '';
  const codeOf = (secret: string, { later = 0 } = {}) => codeAt(secret, server.clock.now().getTime() + later * 30_000);
  const next = () => { server.clock.shift(60_000); };
  const first = async (login: string, password = demoPassword): Promise<string> => {
    const { said } = await server.ask('POST', '/api/session/desk', { login, password });
    expect(said['state']).toBe('second_factor');
    return String(said['ticket']);
  };
  const second = async (ticket: string, code: string) => server.ask('POST', '/api/session/desk/second', { ticket, code });
  const setUp = async (login: string): Promise<{ at: AtDesk; secret: string; codes: string[] }> => {
    const at = await enter(login);
    const begun = await at.api.beginSecondFactor({});
    const { codes } = await at.api.setSecondFactor({ ticket: begun.ticket, code: codeOf(begun.secret) });
    return { at, secret: shown(begun.uri), codes };
  };

  test('数字和标准里的例子一样（RFC 6238 附录 B）', () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    for (const [seconds, code] of [[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037']] as const) {
      expect([codeAt(secret, seconds * 1000), totpStepOf(secret, code, new Date(seconds * 1000))]).toEqual([code, Math.floor(seconds / 30)]);
      expect([totpStepOf(secret, code, new Date((seconds + 60) * 1000)), totpStepOf(secret, code, new Date((seconds - 60) * 1000)), totpStepOf(secret, `0${code}`, new Date(seconds * 1000))]).toEqual([undefined, undefined, undefined]);
    }
  });

  test('设置、登录：密码之后还要验证码；用过的数字不能再用；数据库里没有密钥和恢复码', async () => {
    const login = holder('unit_clerk', undefined, 10).login ?? '';
    const [other, at] = [await enter(login), await enter(login)];
    const begun = await at.api.beginSecondFactor({});
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}/);
    await expect(at.api.setSecondFactor({ ticket: begun.ticket, code: '000000' })).rejects.toMatchObject({ status: 400, refusal: { fields: { code: expect.stringMatching(/验证码不对/) } } });
    expect((await at.api.showSignIn({})).secondFactor).toEqual({ on: false, setAt: null, codesLeft: 0, required: false });
    const { codes } = await at.api.setSecondFactor({ ticket: begun.ticket, code: codeOf(begun.secret) });
    expect([codes.length, new Set(codes).size, codes[0]]).toEqual([10, 10, expect.stringMatching(/^[a-z2-9]{5}-[a-z2-9]{5}$/)]);
    expect([await works(at.cookie), await works(other.cookie)]).toEqual([200, 401]);
    expect((await second(await first(login), codeOf(begun.secret))).status).toBe(400);
    next();
    const entered = await second(await first(login), codeOf(begun.secret));
    expect([entered.status, entered.said]).toMatchObject([200, { state: 'signed_in', me: { mustSetSecondFactor: false } }]);
    expect((await second(await first(login), codeOf(begun.secret))).said).toMatchObject({ fields: { code: expect.stringMatching(/刚用过/) } });
    expect((await second(await first(login), codeOf(begun.secret, { later: 1 }))).status).toBe(200);
    const cookie = String(entered.headers.get('set-cookie')).split(';')[0] ?? '';
    expect((await clientAt(cookie).listDevices({})).rows.find(({ current }) => current)?.by).toBe('账号密码、动态验证码');
    const kept = JSON.stringify(await server.database.read(async (manager) => [await manager.find(SecondFactor), await manager.find(RecoveryCode), await manager.find(AuditEntry)]));
    for (const it of [begun.secret, ...codes, ...codes.map((code) => code.replace('-', ''))]) expect(kept).not.toContain(it);
    expect(await audited('second_factor.set')).toMatchObject({ personId: holder('unit_clerk', undefined, 10).id });
  });

  test('同一个数字同时用两次，只成一次；恢复码一个用一次', async () => {
    const { at, secret, codes } = await setUp(staff(11));
    next();
    const tickets = [await first(staff(11)), await first(staff(11))];
    const answers = await Promise.all(tickets.map((ticket) => second(ticket, codeOf(secret))));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 400]);
    const [recovery = ''] = codes;
    expect((await second(await first(staff(11)), recovery.toUpperCase().replace('-', ' '))).status).toBe(200);
    expect((await second(await first(staff(11)), recovery)).status).toBe(400);
    expect((await at.api.showSignIn({})).secondFactor).toMatchObject({ on: true, codesLeft: 9 });
    expect(await audited('recovery_code.used')).toMatchObject({ personId: holder('unit_clerk', undefined, 11).id });
    next();
    const fresh = await at.api.renewRecoveryCodes({ code: codeOf(secret) });
    expect((await second(await first(staff(11)), codes[1] ?? '')).status).toBe(400);
    expect((await second(await first(staff(11)), fresh.codes[0] ?? '')).status).toBe(200);
  });

  test('猜 5 次锁住，密码对也进不来；过一刻钟再试；验证码的凭证过期、改过密码都作废', async () => {
    const { at, secret } = await setUp(staff(12));
    next();
    const ticket = await first(staff(12));
    for (let left = 0; left < 5; left += 1) expect((await second(ticket, '123456')).status).toBe(400);
    expect((await second(ticket, codeOf(secret))).status).toBe(429);
    expect((await second(await first(staff(12)), codeOf(secret))).status).toBe(429);
    expect(await audited('second_factor.refused')).toMatchObject({ personId: holder('unit_clerk', undefined, 12).id });
    server.clock.shift(16 * minute);
    expect((await second(ticket, codeOf(secret))).said).toMatchObject({ fields: { ticket: expect.stringMatching(/超时/) } });
    const before = await first(staff(12));
    await at.api.changePassword({ current: demoPassword, fresh: secret.toLowerCase().slice(0, 20) });
    expect((await second(before, codeOf(secret))).status).toBe(400);
    expect((await second(await first(staff(12), secret.toLowerCase().slice(0, 20)), codeOf(secret))).status).toBe(200);
    expect((await second('k1.AAAA', codeOf(secret))).status).toBe(400);
  });

  test('换手机要先给原来的验证码；不要求的职务可以停用', async () => {
    const { at, secret } = await setUp(staff(6));
    await expect(at.api.beginSecondFactor({})).rejects.toMatchObject({ status: 400 });
    next();
    const begun = await at.api.beginSecondFactor({ code: codeOf(secret) });
    await at.api.setSecondFactor({ ticket: begun.ticket, code: codeOf(begun.secret) });
    next();
    expect((await second(await first(staff(6)), codeOf(secret))).status).toBe(400);
    await at.api.endSecondFactor({ code: codeOf(begun.secret) });
    expect((await enter(staff(6))).me.mustSetSecondFactor).toBe(false);
  });

  test('设置要求三员用：没有设置的只能先设置，正在办的也一样；不能停用；手机丢了由另一位管理员重置', async () => {
    const security = holder('security_admin');
    const [login, working] = [security.login ?? '', await enter(security.login ?? '')];
    await working.api.showPowers({});
    await setting('secondFactor.posts', ['system_admin', 'security_admin', 'auditor']);
    await expect(working.api.showPowers({})).rejects.toMatchObject({ status: 403, refusal: { action: 'owing', reason: expect.stringMatching(/先设置动态验证码/) } });
    const { api, me } = await enter(login);
    expect(me).toMatchObject({ mustChangePassword: false, mustSetSecondFactor: true });
    const begun = await api.beginSecondFactor({});
    await api.setSecondFactor({ ticket: begun.ticket, code: codeOf(begun.secret) });
    await api.showPowers({});
    next();
    await expect(api.endSecondFactor({ code: codeOf(begun.secret) })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/不能停用/) } });
    await setting('secondFactor.posts', []);
    const admin = server.with(await server.app.get(Sessions).open(holder('system_admin').id, 'desk'));
    const doc = await admin.showAccount({ id: security.id });
    expect(doc).toMatchObject({ secondFactor: true, can: expect.arrayContaining(['reset_second']) });
    expect((await admin.resetSecondFactor({ id: security.id, version: doc.version })).doc).toMatchObject({ secondFactor: false, can: expect.not.arrayContaining(['reset_second']) });
    await expect(api.showPowers({})).rejects.toMatchObject({ status: 401 });
    expect((await enter(login)).me.mustSetSecondFactor).toBe(false);
    expect(await audited('second_factor.reset')).toMatchObject({ personId: holder('system_admin').id, subjectId: security.id });
    const own = await admin.showAccount({ id: holder('system_admin').id });
    await expect(admin.resetSecondFactor({ id: own.id, version: own.version })).rejects.toMatchObject({ status: 409 });
  });
});

describe('扫码登录', () => {
  const head = { 'x-lvzhi': 'desk', 'user-agent': edge };
  interface Asking { readonly code: string; readonly cookie: string }
  const asking = async (cookie = ''): Promise<Asking> => {
    const { said, headers } = await server.ask('POST', '/api/session/desk/ask', {}, { headers: { ...head, cookie } });
    return { code: String(said['code']), cookie: String(headers.get('set-cookie')).split(';')[0] ?? '' };
  };
  const claim = async (cookie: string) => server.ask('POST', '/api/session/desk/ask/claim', {}, { headers: { ...head, cookie } });
  const state = async (cookie: string) => (await claim(cookie)).said['state'];
  const head1 = holder('committee_head', 'c-shefa');

  test('电脑显示二维码，手机看到是哪台电脑、在哪里，确认后只有那个浏览器登录，只成一次', async () => {
    const [desk, phone] = [await asking(), await server.as(head1.id)];
    expect(await state(desk.cookie)).toBe('waiting');
    expect(await phone.lookAtDeskAsk({ code: desk.code })).toEqual({ device: 'Windows 电脑 · Edge 浏览器', place: '服务器本机', askedAt: server.clock.now().toISOString(), seconds: 120 });
    expect(await state(desk.cookie)).toBe('seen');
    await phone.answerDeskAsk({ code: desk.code, yes: true });
    const thief = await asking();
    expect([await state(thief.cookie), await state(''), await state(`lvzhi_ask=${desk.code}`)]).toEqual(['waiting', 'expired', 'expired']);
    const claims = await Promise.all([claim(desk.cookie), claim(desk.cookie), claim(desk.cookie)]);
    expect(claims.map(({ said }) => said['state'] === 'signed_in' || said['state']).sort((a, b) => String(a).localeCompare(String(b)))).toEqual(['expired', 'expired', true]);
    const entered = claims.find(({ said }) => said['state'] === 'signed_in');
    const session = String(entered?.headers.get('set-cookie')).split(';')[0] ?? '';
    expect((await clientAt(session).showMe({})).person.id).toBe(head1.id);
    expect((await clientAt(session).listDevices({})).rows.find(({ current }) => current)).toMatchObject({ device: 'Windows 电脑 · Edge 浏览器', by: '手机扫码' });
    await expect(phone.answerDeskAsk({ code: desk.code, yes: true })).rejects.toMatchObject({ status: 409 });
    expect(await audited('desk_ask.confirmed')).toMatchObject({ personId: head1.id, surface: 'phone' });
    expect(JSON.stringify(await server.database.read((manager) => manager.find(DeskAsk)))).not.toMatch(new RegExp(`${desk.code}|${desk.cookie.split('=')[1] ?? 'none'}`));
  });

  test('手机拒绝；别人的手机抢不走；没有电脑端事项的人不行；账号停用的不行；电脑上的登录不能给电脑确认', async () => {
    const [desk, phone] = [await asking(), await server.as(head1.id)];
    await expect((await server.as(plainMember(61).id)).lookAtDeskAsk({ code: desk.code })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/在电脑端没有要办的事项/) } });
    await expect((await server.as(head1.id, 'desk')).lookAtDeskAsk({ code: desk.code })).rejects.toMatchObject({ status: 409 });
    await phone.lookAtDeskAsk({ code: desk.code });
    const other = await server.as(holder('information_editor').id);
    for (const asked of [() => other.lookAtDeskAsk({ code: desk.code }), () => other.answerDeskAsk({ code: desk.code, yes: true })]) await expect(asked()).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/过期或用过/) } });
    await phone.answerDeskAsk({ code: desk.code, yes: false });
    expect(await state(desk.cookie)).toBe('refused');
    expect(await audited('desk_ask.refused')).toMatchObject({ personId: head1.id });
    const clerk = holder('unit_clerk', undefined, 7);
    await server.database.write((manager) => manager.update(DeskAccount, { personId: clerk.id }, { disabledAt: server.clock.now() }));
    await expect((await server.as(clerk.id)).lookAtDeskAsk({ code: (await asking()).code })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/已经停用/) } });
  });

  test('两分钟不用就过期，再取一个，前一个作废；过期的会清掉；乱写的码说不是', async () => {
    const [desk, phone] = [await asking(), await server.as(head1.id)];
    await phone.lookAtDeskAsk({ code: desk.code });
    server.clock.shift(2 * minute);
    expect(await state(desk.cookie)).toBe('expired');
    await expect(phone.answerDeskAsk({ code: desk.code, yes: true })).rejects.toMatchObject({ status: 409 });
    const again = await asking(desk.cookie);
    const third = await asking(again.cookie);
    expect([await state(again.cookie), await state(third.cookie)]).toEqual(['expired', 'waiting']);
    await expect(phone.lookAtDeskAsk({ code: again.code })).rejects.toMatchObject({ status: 409 });
    expect((await server.ask('POST', '/api/desk_asks/look', { code: 'https://example.com' }, { token: await server.tokenOf(head1.id) })).said).toMatchObject({ fields: { code: '这不是履职工作台的登录二维码' } });
    server.clock.shift(3 * minute);
    await server.app.get(Jobs).runNow('sign_in.sweep');
    expect(await server.database.read((manager) => manager.count(DeskAsk))).toBe(0);
  });

  test('有动态验证码的人扫码以后还要输验证码', async () => {
    const editor = holder('committee_staff', 'c-shefa');
    const at = await enter(editor.login ?? '');
    const begun = await at.api.beginSecondFactor({});
    const code = () => codeAt(begun.secret, server.clock.now().getTime());
    await at.api.setSecondFactor({ ticket: begun.ticket, code: code() });
    const [desk, phone] = [await asking(), await server.as(editor.id)];
    await phone.lookAtDeskAsk({ code: desk.code });
    await phone.answerDeskAsk({ code: desk.code, yes: true });
    const { said } = await claim(desk.cookie);
    expect(said['state']).toBe('second_factor');
    server.clock.shift(minute);
    expect((await server.ask('POST', '/api/session/desk/second', { ticket: String(said['ticket']), code: code() }, { headers: head })).said).toMatchObject({ state: 'signed_in', me: { person: { id: editor.id } } });
  });
});
