import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BindTicket, Consent, Invitation, WechatBinding } from '../src/identity/identity.entity.ts';
import { Person } from '../src/platform/directory.entity.ts';
import { digest } from '../src/platform/ids.ts';
import { Marks, moveMark } from '../src/platform/marks.ts';
import { Seals } from '../src/platform/seals.ts';
import { Session } from '../src/platform/sessions.entity.ts';
import { Sessions } from '../src/platform/sessions.ts';
import { Setting } from '../src/platform/settings.ts';
import { demoPassword } from '../src/seeding/seeding.service.ts';
import { holder, plainMember } from './people.ts';
import { RefusedByServer, serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const consent = '2022-07-01';
let server: Serving;
let guest: Api;
let [members, codes] = [0, 0];
const addFault = (action: object, path: string, times = 1) => control('POST', 'faults', { match: { path, times }, action });
const control = async (method: string, name: string, input?: object) => {
  const answer = await fetch(`${server.standUrl}/__fake/${name}`, { method, ...(input && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) }) });
  return await answer.json() as { code: string };
};

beforeAll(async () => {
  server = await serving();
  guest = server.with();
});
afterAll(() => server.close());
beforeEach(() => control('DELETE', 'faults'));

/** A member of the roster whose WeChat has not been seen yet. */
function newcomer() {
  const person = plainMember((members += 1));
  const openid = `o-test-${person.id}`;
  server.wechat.addUser({ openid, phone: person.phone, name: person.name });
  return { ...person, openid };
}
const loginCode = async (openid: string) => (await control('POST', 'login', { openid })).code;
const phoneCode = async (openid: string) => (await control('POST', 'phone-code', { openid })).code;
const ticketOf = async (openid: string): Promise<string> => {
  const answer = await guest.wechatSignIn({ code: await loginCode(openid) });
  if (answer.state !== 'unbound') throw new Error('bound already');
  return answer.ticket;
};
const bound = async () => {
  const person = newcomer();
  const answer = await guest.bindByPhone({ ticket: await ticketOf(person.openid), code: await phoneCode(person.openid), consent });
  return { ...person, token: answer.token };
};
const refusalOf = async (asked: Promise<unknown>): Promise<RefusedByServer> => {
  const error: unknown = await asked.then((it) => new Error(`allowed: ${JSON.stringify(it).slice(0, 80)}`), (it: unknown) => it);
  if (!(error instanceof RefusedByServer)) throw error;
  return error;
};
/** As the desk will make it. */
async function invitation(personId: string, { days = 7 } = {}): Promise<string> {
  const code = `AB${String((codes += 1)).padStart(6, '7')}`;
  const expiresAt = new Date(server.clock.now().getTime() + days * day);
  await server.database.write((manager) => manager.insert(Invitation, { codeHash: server.app.get(Seals).hashOf(`invitation ${code}`), personId, expiresAt, usedAt: null }));
  return code;
}

describe('a member signs in from WeChat', () => {
  test('没有绑定的得到绑定凭证，用手机号绑定后登录，下次直接登录', async () => {
    const person = newcomer();
    const ticket = await ticketOf(person.openid);
    const signedIn = await guest.bindByPhone({ ticket, code: await phoneCode(person.openid), consent });
    expect(signedIn).toMatchObject({ state: 'signed_in', me: { person: { id: person.id, name: person.name }, mustConsent: false } });
    expect((await server.with(signedIn.token).showMe({})).person.id).toBe(person.id);
    const again = await guest.wechatSignIn({ code: await loginCode(person.openid) });
    expect(again).toMatchObject({ state: 'signed_in', me: { person: { id: person.id } } });
  });

  test('数据库里没有明文的手机号、openid、凭证和令牌', async () => {
    const person = await bound();
    const rows = await server.database.read(async (manager) => [await manager.find(WechatBinding), await manager.find(BindTicket), await manager.find(Session), await manager.findBy(Person, { id: person.id })]);
    const everything = JSON.stringify(rows);
    for (const secret of [person.phone, person.openid, person.token]) expect([secret.length, everything.includes(secret)]).toEqual([secret.length, false]);
    expect(everything).toContain(digest(person.token));
  });

  test('登录按钮连点两下，用同一个登录凭证，两次得到同一个人，微信只被问一次', async () => {
    const person = await bound();
    const code = await loginCode(person.openid);
    const before = server.wechat.log().filter(({ path }) => path === '/sns/jscode2session').length;
    const answers = await Promise.all([guest.wechatSignIn({ code }), guest.wechatSignIn({ code })]);
    expect(answers).toMatchObject([{ state: 'signed_in', me: { person: { id: person.id } } }, { state: 'signed_in', me: { person: { id: person.id } } }]);
    expect(server.wechat.log().filter(({ path }) => path === '/sns/jscode2session').length - before).toBe(1);
  });

  test.each([
    ['编出来的', () => Promise.resolve('made-up-code'), '已经超时，请重新点击'],
    ['过了 5 分钟的', async () => { const code = await loginCode(newcomer().openid); server.clock.shift(5 * minute + 1); return code; }, '已经超时，请重新点击'],
    ['别的小程序的', async () => (await control('POST', 'login', { openid: newcomer().openid, appid: 'wxother' })).code, '已经超时，请重新点击'],
    ['给手机号按钮的', () => phoneCode(newcomer().openid), '已经超时，请重新点击'],
    ['微信说用过的', async () => { await addFault({ kind: 'errcode', errcode: 40_163 }, '/sns/jscode2session'); return loginCode(newcomer().openid); }, '这次授权已经用过，请重新点击'],
  ])('%s登录凭证：400，说怎么办', async (_, make, words) => {
    expect(await refusalOf(guest.wechatSignIn({ code: await make() }))).toMatchObject({ status: 400, refusal: { reason: words, fields: { code: words } } });
  });

  test.each([[45_011, '微信提示操作太频繁，请一分钟后再试'], [40_226, '微信限制了这个账号登录，请联系市政协办公室']])('微信答 %d：409，用人话说', async (errcode, reason) => {
    await addFault({ kind: 'errcode', errcode }, '/sns/jscode2session');
    expect(await refusalOf(guest.wechatSignIn({ code: await loginCode(newcomer().openid) }))).toMatchObject({ status: 409, refusal: { action: 'sign_in', reason } });
  });

  test('自己写的 X-WX-OPENID 请求头没有用', async () => {
    const person = await bound();
    for (const [path, body] of [['/api/session/wechat', { code: 'made-up-code' }], ['/api/me', undefined]] as const) {
      const { status } = await server.ask(body ? 'POST' : 'GET', path, body, { headers: { 'x-wx-openid': person.openid, 'x-wx-appid': 'wxtest', 'x-wx-source': 'wx_client', 'x-forwarded-for': '127.0.0.1' } });
      expect([path, status]).toEqual([path, body ? 400 : 401]);
    }
  });
});

describe('WeChat is not well', () => {
  const down = '暂时连不上微信，请过一会儿再试。填写的内容还在。';
  test.each([
    ['给了一个网页', { kind: 'html' }], ['断了连接', { kind: 'reset', when: 'before' }], ['只答了一半', { kind: 'truncate' }], ['网关 502', { kind: 'http', status: 502 }], ['说自己忙', { kind: 'errcode', errcode: -1 }], ['说密钥不对', { kind: 'errcode', errcode: 40_125 }],
  ])('%s：503，没有绑定任何人，过一会儿能登录', async (_, action) => {
    const person = newcomer();
    await addFault(action, '/sns/jscode2session');
    expect(await refusalOf(guest.wechatSignIn({ code: await loginCode(person.openid) }))).toMatchObject({ status: 503, refusal: { reason: down } });
    await control('DELETE', 'faults');
    expect(await guest.wechatSignIn({ code: await loginCode(person.openid) })).toMatchObject({ state: 'unbound' });
  });

  test('一直不答：5 秒后 503，别人不用等', async () => {
    await addFault({ kind: 'hang' }, '/sns/jscode2session');
    const waiting = refusalOf(guest.wechatSignIn({ code: await loginCode(newcomer().openid) }));
    const other = await Promise.race([guest.guest({}).then(() => 'other'), waiting.then(() => 'waiting')]);
    expect(other).toBe('other');
    expect(await waiting).toMatchObject({ status: 503, refusal: { reason: down } });
  });

  test('接口令牌被别处换掉（40001）：换新的重试一次，委员不知道', async () => {
    const person = newcomer();
    await bound();
    await control('POST', 'kill-token', {});
    const before = server.wechat.log().length;
    expect(await guest.bindByPhone({ ticket: await ticketOf(person.openid), code: await phoneCode(person.openid), consent })).toMatchObject({ me: { person: { id: person.id } } });
    expect(server.wechat.log().slice(before).map(({ path, errcode }) => `${path.split('/').at(-1)} ${errcode ?? 0}`)).toEqual(['jscode2session 0', 'getuserphonenumber 40001', 'stable_token 0', 'getuserphonenumber 0']);
  });

  test('换了令牌还是不行：503，不一直试', async () => {
    const person = newcomer();
    const ticket = await ticketOf(person.openid);
    await addFault({ kind: 'errcode', errcode: 40_001 }, '/wxa/business/getuserphonenumber', 9);
    const before = server.wechat.log().length;
    expect((await refusalOf(guest.bindByPhone({ ticket, code: await phoneCode(person.openid), consent }))).status).toBe(503);
    expect(server.wechat.log().slice(before).filter(({ path }) => path.endsWith('getuserphonenumber'))).toHaveLength(2);
    await control('DELETE', 'faults');
    expect(await guest.bindByPhone({ ticket, code: await phoneCode(person.openid), consent })).toMatchObject({ state: 'signed_in' });
  });
});

describe('a member binds by phone', () => {
  test('手机号不在名册：说用邀请码或联系办公室，凭证还能用', async () => {
    server.wechat.addUser({ openid: 'o-stranger', phone: '18800009999' });
    const ticket = await ticketOf('o-stranger');
    expect(await refusalOf(guest.bindByPhone({ ticket, code: await phoneCode('o-stranger'), consent }))).toMatchObject({ status: 409, refusal: { action: 'bind', reason: '名册里没有这个手机号。请用邀请码绑定，或联系市政协办公室登记新号码' } });
    const person = newcomer();
    expect(await guest.bindByInvitation({ ticket, name: person.name, invitation: await invitation(person.id), consent })).toMatchObject({ me: { person: { id: person.id } } });
  });

  test('名册里两人同号：不猜是谁', async () => {
    const [a, b] = [newcomer(), newcomer()];
    await server.database.write((manager) => manager.update(Person, { id: b.id }, { phoneHash: server.app.get(Seals).hashOf(a.phone) }));
    expect(await refusalOf(guest.bindByPhone({ ticket: await ticketOf(a.openid), code: await phoneCode(a.openid), consent }))).toMatchObject({ status: 409, refusal: { reason: '名册里有多人用这个手机号，请用邀请码绑定，或联系市政协办公室' } });
  });

  test('拿别人的手机号凭证来绑：400', async () => {
    const [a, b] = [newcomer(), newcomer()];
    expect(await refusalOf(guest.bindByPhone({ ticket: await ticketOf(a.openid), code: await phoneCode(b.openid), consent }))).toMatchObject({ status: 400, refusal: { fields: { code: '已经超时，请重新点击' } } });
  });

  test.each([['没有同意', undefined], ['同意的是旧版', '2021-01-01']])('%s隐私说明：不绑定，也不问微信', async (_, version) => {
    const person = newcomer();
    const ticket = await ticketOf(person.openid);
    const before = server.wechat.log().length;
    const { status, said } = await server.ask('POST', '/api/session/bind/phone', { ticket, code: 'any', ...(version !== undefined && { consent: version }) });
    expect([status, Object.keys(said.fields ?? {})]).toEqual([400, ['consent']]);
    expect(server.wechat.log()).toHaveLength(before);
    expect(await server.database.read((manager) => manager.countBy(WechatBinding, { personId: person.id }))).toBe(0);
  });

  test('同意了哪一版、什么时候，记了下来；换了新版要再同意一次', async () => {
    const person = await bound();
    expect(await server.database.read((manager) => manager.findBy(Consent, { personId: person.id }))).toEqual([{ personId: person.id, noticeVersion: consent, agreedAt: server.clock.now() }]);
    const set = async (version: string) => {
      await server.database.write(async (manager) => {
        const row = await manager.findOneByOrFail(Setting, { name: 'privacy' });
        await manager.save(Setting, { ...row, value: { ...row.value as object, version } });
        await moveMark(manager, 'settings');
      });
      await server.app.get(Marks).look(false);
    };
    await set('2022-08-01');
    const api = server.with(person.token);
    expect((await api.showMe({})).mustConsent).toBe(true);
    expect((await refusalOf(api.agree({ version: consent }))).refusal.fields).toEqual({ consent: '隐私说明有更新，请重新阅读并同意' });
    expect((await api.agree({ version: '2022-08-01' })).me.mustConsent).toBe(false);
    await set(consent);
  });

  test('一位委员只绑一个微信，一个微信只绑一位委员', async () => {
    const [a, b] = [await bound(), newcomer()];
    server.wechat.addUser({ openid: 'o-second-phone', phone: a.phone });
    expect(await refusalOf(guest.bindByPhone({ ticket: await ticketOf('o-second-phone'), code: await phoneCode('o-second-phone'), consent }))).toMatchObject({ status: 409, refusal: { reason: '这位委员已经绑定了另一个微信。换微信请联系市政协办公室解除原来的绑定' } });
    const fresh = newcomer();
    const [first, second] = [await ticketOf(fresh.openid), await ticketOf(fresh.openid)];
    await guest.bindByPhone({ ticket: first, code: await phoneCode(fresh.openid), consent });
    expect(await refusalOf(guest.bindByInvitation({ ticket: second, name: b.name, invitation: await invitation(b.id), consent }))).toMatchObject({ status: 409, refusal: { reason: '这个微信已经绑定了另一位委员。如果绑错了，请联系市政协办公室解除原来的绑定' } });
    expect(await guest.bindByPhone({ ticket: second, code: await phoneCode(fresh.openid), consent })).toMatchObject({ me: { person: { id: fresh.id } } });
  });
});

describe('a member binds by invitation', () => {
  const wrong = '邀请码和姓名对不上，或者邀请码已经用过、过期。请核对后再试，或联系市政协办公室';
  test('邀请码不分大小写，用一次就作废', async () => {
    const [person, other] = [newcomer(), newcomer()];
    const code = await invitation(person.id);
    expect(await guest.bindByInvitation({ ticket: await ticketOf(person.openid), name: ` ${person.name} `, invitation: code.toLowerCase(), consent })).toMatchObject({ me: { person: { id: person.id } } });
    expect((await refusalOf(guest.bindByInvitation({ ticket: await ticketOf(other.openid), name: person.name, invitation: code, consent }))).refusal.fields).toEqual({ invitation: wrong });
  });

  test('姓名不对、编出来的、过期的：同一句话，不说错在哪里', async () => {
    const person = newcomer();
    const ticket = await ticketOf(person.openid);
    const code = await invitation(person.id, { days: 0 });
    server.clock.shift(1);
    for (const asked of [{ name: '别的人', invitation: await invitation(person.id) }, { name: person.name, invitation: 'ZZZZZZZZ' }, { name: person.name, invitation: code }]) {
      expect((await refusalOf(guest.bindByInvitation({ ticket, ...asked, consent }))).refusal).toEqual({ reason: wrong, fields: { invitation: wrong } });
    }
  });

  test('试错 5 次锁住，15 分钟以内对的也不行', async () => {
    const person = newcomer();
    const [ticket, code] = [await ticketOf(person.openid), await invitation(person.id)];
    for (let turn = 0; turn < 5; turn += 1) expect((await refusalOf(guest.bindByInvitation({ ticket, name: person.name, invitation: `WRONG00${turn}`, consent }))).status).toBe(400);
    expect(await refusalOf(guest.bindByInvitation({ ticket, name: person.name, invitation: code, consent }))).toMatchObject({ status: 429, refusal: { reason: '试错次数太多，请 15 分钟后再试，或者联系市政协办公室。' } });
  });

  test('绑定凭证 10 分钟有效、只用一次，不能当会话用，绑定后旧会话作废', async () => {
    const person = newcomer();
    const old = await server.tokenOf(person.id);
    const ticket = await ticketOf(person.openid);
    expect((await refusalOf(server.with(ticket).showMe({}))).status).toBe(401);
    await guest.bindByInvitation({ ticket, name: person.name, invitation: await invitation(person.id), consent });
    for (const token of [ticket, old]) expect((await refusalOf(server.with(token).showMe({}))).status).toBe(401);
    expect((await refusalOf(guest.bindByInvitation({ ticket, name: person.name, invitation: await invitation(person.id), consent }))).refusal.fields).toEqual({ ticket: '登录已超时，请重新进入' });
    const late = await ticketOf(newcomer().openid);
    server.clock.shift(10 * minute);
    expect((await refusalOf(guest.bindByInvitation({ ticket: late, name: person.name, invitation: 'ABCDEFGH', consent }))).refusal.fields).toEqual({ ticket: '登录已超时，请重新进入' });
  });

  test('绑定按钮连点，只绑定一次', async () => {
    const person = newcomer();
    const [ticket, code] = [await ticketOf(person.openid), await invitation(person.id)];
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => guest.bindByInvitation({ ticket, name: person.name, invitation: code, consent })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.flatMap((it) => (it.status === 'rejected' ? [(it.reason as RefusedByServer).status] : [])).filter((status) => status !== 400 && status !== 429)).toEqual([]);
    expect(await server.database.read((manager) => manager.countBy(WechatBinding, { personId: person.id }))).toBe(1);
  });
});

describe('sessions end', () => {
  const works = async (token: string) => (await server.ask('GET', '/api/me', undefined, { token })).status;
  const opened = (surface: 'phone' | 'desk') => server.app.get(Sessions).open(plainMember(90).id, surface);

  test('退出登录后令牌立即无效，别的手机不受影响', async () => {
    const [token, other] = [await opened('phone'), await opened('phone')];
    await server.with(token).signOut({});
    expect([await works(token), await works(other)]).toEqual([401, 200]);
  });

  test('手机 7 天不用要重新登录，一直用也只到 30 天', async () => {
    const [idle, used] = [await opened('phone'), await opened('phone')];
    const days: number[] = [];
    for (let passed = 1; passed <= 30; passed += 1) {
      server.clock.shift(day);
      days.push(await works(used));
    }
    expect(days).toEqual([...Array.from({ length: 29 }, () => 200), 401]);
    expect(await works(idle)).toBe(401);
    const weekly = await opened('phone');
    server.clock.shift(7 * day);
    expect(await works(weekly)).toBe(200);
    server.clock.shift(7 * day + 1);
    expect(await works(weekly)).toBe(401);
  });

  test('电脑 30 分钟不用要重新登录，一直用也只到 12 小时', async () => {
    const [idle, used] = [await opened('desk'), await opened('desk')];
    server.clock.shift(30 * minute);
    expect([await works(used)]).toEqual([200]);
    server.clock.shift(1);
    expect([await works(idle), await works(used)]).toEqual([401, 200]);
    for (let at = 0.5 * hour; at < 11.5 * hour; at += 29 * minute) { server.clock.shift(29 * minute); expect(await works(used)).toBe(at + 29 * minute < 12 * hour ? 200 : 401); }
    server.clock.shift(hour);
    expect(await works(used)).toBe(401);
  });

  test('离开名册的人，会话马上没有用', async () => {
    const leaver = plainMember(91).id;
    const token = await server.tokenOf(leaver);
    expect(await works(token)).toBe(200);
    await server.database.write(async (manager) => { await manager.update(Person, { id: leaver }, { isActive: 0 }); await moveMark(manager, 'directory'); });
    await server.app.get(Marks).look(false);
    expect(await works(token)).toBe(401);
  });
});

describe('somebody signs in at the desk', () => {
  const desk = (login: string, password: string) => server.ask('POST', '/api/session/desk', { login, password });
  const editor = holder('information_editor');
  const headers = { 'x-lvzhi': 'desk' };

  test('账号密码对，得到一个只给浏览器的 Cookie；退出时收回', async () => {
    const { status, said, headers: sent, text } = await desk('HeXiaoLan', demoPassword);
    expect([status, said]).toMatchObject([200, { state: 'signed_in', me: { person: { id: editor.id } } }]);
    const cookie = sent.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^lvzhi_desk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const [pair = ''] = cookie.split(';');
    expect(text).not.toContain(pair.split('=')[1]);
    expect((await server.ask('GET', '/api/me', undefined, { headers: { ...headers, cookie: pair } })).status).toBe(200);
    const out = await server.ask('POST', '/api/session/end', {}, { headers: { ...headers, cookie: pair } });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([200, 'lvzhi_desk=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0']);
    expect((await server.ask('GET', '/api/me', undefined, { headers: { ...headers, cookie: pair } })).status).toBe(401);
  });

  test('别的网站带着 Cookie 发来请求，没有 x-lvzhi 请求头，不认', async () => {
    const cookie = `lvzhi_desk=${await server.tokenOf(editor.id, 'desk')}`;
    for (const more of [{}, { 'x-lvzhi': 'phone' }, { origin: 'https://elsewhere.example' }]) expect((await server.ask('POST', '/api/session/consent', { version: consent }, { headers: { cookie, ...more } })).status).toBe(401);
    expect((await server.ask('POST', '/api/session/consent', { version: consent }, { headers: { cookie, ...headers } })).status).toBe(200);
  });

  test('没有这个账号和密码不对，答得一模一样，五次后都锁 15 分钟', async () => {
    const words = '账号或密码不对。连续 5 次不对，账号会锁定 15 分钟。';
    for (const login of ['zhoumingyuan', 'nobody-of-this-name', '不存在的人', "' OR 1=1 --"]) {
      for (let turn = 0; turn < 5; turn += 1) expect([login, await desk(login, 'wrong-password')]).toMatchObject([login, { status: 409, said: { action: 'sign_in', reason: words } }]);
      const locked = await desk(login, demoPassword);
      expect([login, locked]).toMatchObject([login, { status: 429, said: { reason: '试错次数太多，请 15 分钟后再试，或者联系市政协办公室。' } }]);
      expect(locked.headers.get('retry-after')).toBe('900');
    }
    server.clock.shift(15 * minute - 1);
    expect((await desk('zhoumingyuan', demoPassword)).status).toBe(429);
    server.clock.shift(1);
    expect((await desk('zhoumingyuan', demoPassword)).status).toBe(200);
  });

  test('对了一次，前面错的不再算', async () => {
    for (const password of ['a', 'b', 'c', 'd', demoPassword, 'e', 'f', 'g', 'h', demoPassword]) expect((await desk('zhaowenbo', password)).status).toBe(password === demoPassword ? 200 : 409);
  });

  test('每次登录都是新的会话，登录前塞进来的 Cookie 没有用', async () => {
    const planted = 'a'.repeat(43);
    const { headers: sent } = await server.ask('POST', '/api/session/desk', { login: 'zhaowenbo', password: demoPassword }, { headers: { ...headers, cookie: `lvzhi_desk=${planted}` } });
    expect(sent.get('set-cookie')).not.toContain(planted);
    expect((await server.ask('GET', '/api/me', undefined, { headers: { ...headers, cookie: `lvzhi_desk=${planted}` } })).status).toBe(401);
  });
});
