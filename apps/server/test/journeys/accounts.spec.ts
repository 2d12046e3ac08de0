/** 单位与账号, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DeskAccount } from '../../src/identity/identity.entity.ts';
import { AuditEntry } from '../../src/platform/audit.ts';
import { Person, PostHeld } from '../../src/platform/directory.entity.ts';
import { Directory } from '../../src/platform/directory.ts';
import { Move } from '../../src/platform/journal.ts';
import { Marks, moveMark } from '../../src/platform/marks.ts';
import { readTable } from '../../src/platform/tables.ts';
import { demoPassword } from '../../src/seeding/seeding.service.ts';
import { holder, plainMember, proposal, report } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const admin = holder('system_admin');
let server: Serving;
let api: Api;
let made = 0;
beforeAll(async () => { server = await serving(); api = await server.as(admin.id, 'desk'); });
afterAll(() => server.close());

const key = () => `accounts-${(made += 1).toString().padStart(6, '0')}`;
const login = () => `tester${(made += 1)}`;
const create = async (more: Partial<Parameters<Api['createAccount']>[0]> = {}) => api.createAccount({ key: key(), name: '测试员', unitTitle: '某办公室', login: login(), posts: [], ...more });
const signIn = async (name: string, password: string) => server.ask('POST', '/api/session/desk', { login: name, password });
const cookieOf = ({ headers }: Awaited<ReturnType<typeof signIn>>) => ({ headers: { cookie: String(headers.get('set-cookie')).split(';')[0] ?? '', 'x-lvzhi': 'desk' } });
const own = 'zhiqiu-2047-bangwan';
/** The first password becomes one's own, as the desk asks for at the first sign-in. */
const ownPassword = (opened: Awaited<ReturnType<typeof signIn>>) => server.ask('POST', '/api/me/password', { fresh: own }, cookieOf(opened));
const me = async (name: string, password: string) => { const opened = await signIn(name, password); return server.ask('GET', '/api/me', undefined, cookieOf(opened)); };
const audited = async (kind: AuditEntry['kind']) => (await server.database.read((manager) => manager.find(AuditEntry, { where: { kind }, order: { id: 'ASC' } }))).at(-1);

describe('账号', () => {
  test('开通、登录、停用、恢复：停用的那一刻正在用的也退出；密码只在答复里', async () => {
    const { doc, login: name, password } = await create({ posts: [{ post: 'committee_staff', bodyId: 'c-shefa' }] });
    if (name === null || password === null) throw new Error('no account was made');
    expect(doc).toMatchObject({ state: 'active', mustChange: true, signedInAt: null, posts: ['社法委干部'], can: ['edit', 'reset', 'disable', 'give_post', 'invite'] });
    const opened = await signIn(name, password);
    expect(opened.said).toMatchObject({ me: { mustChangePassword: true, can: expect.arrayContaining(['review']) } });
    expect((await ownPassword(opened)).status).toBe(200);
    expect((await server.ask('GET', '/api/tasks/counts', undefined, cookieOf(opened))).status).toBe(200);
    const { doc: shut } = await api.disableAccount({ id: doc.id, version: doc.version });
    expect(shut).toMatchObject({ state: 'disabled', can: ['edit', 'enable'] });
    expect((await server.ask('GET', '/api/tasks/counts', undefined, cookieOf(opened))).status).toBe(401);
    expect(await signIn(name, own)).toMatchObject({ status: 409, said: { reason: expect.stringMatching(/已经停用/) } });
    expect(await signIn(name, 'wrong-password')).toMatchObject({ status: 409, said: { reason: expect.stringMatching(/账号或密码不对/) } });
    const { doc: back } = await api.enableAccount({ id: doc.id, version: shut.version });
    expect(back.state).toBe('active');
    expect((await me(name, own)).said).toMatchObject({ person: { id: doc.id } });
    expect((await api.showAccount({ id: doc.id })).signedInAt).toBe(server.clock.now().toISOString());
    const kept = JSON.stringify([await server.database.read((manager) => manager.find(DeskAccount, { where: { personId: doc.id } })), await server.database.read((manager) => manager.find(AuditEntry))]);
    for (const secret of [password, own]) expect(kept).not.toContain(secret);
    expect(await audited('account.disabled')).toMatchObject({ personId: admin.id, subjectId: doc.id });
  });

  test('重置密码：旧密码和旧登录都不能用了，新密码要改', async () => {
    const { doc, login: name, password } = await create();
    const opened = await signIn(name ?? '', password ?? '');
    await ownPassword(opened);
    expect((await server.ask('GET', '/api/me', undefined, cookieOf(opened))).said).toMatchObject({ mustChangePassword: false });
    const fresh = await api.resetPassword({ id: doc.id, version: doc.version });
    expect(fresh.password).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
    expect((await server.ask('GET', '/api/me', undefined, cookieOf(opened))).status).toBe(401);
    for (const old of [password ?? '', own]) expect((await signIn(name ?? '', old)).status).toBe(409);
    expect((await me(fresh.login, fresh.password)).said).toMatchObject({ mustChangePassword: true });
  });

  test('表单发两次只有一个人，第二次不再给密码；账号、手机号重复的说清楚；委员的电脑端账号另开', async () => {
    const form = { key: key(), name: '重复员', unitTitle: '', login: login(), posts: [] };
    const [first, again] = [await api.createAccount(form), await api.createAccount(form)];
    expect([again.doc.id, first.password === null, again.password]).toEqual([first.doc.id, false, null]);
    await expect(create({ login: form.login })).rejects.toMatchObject({ status: 400, refusal: { fields: { login: expect.stringMatching(/已经有人用了/) } } });
    await expect(create({ phone: plainMember(2).phone })).rejects.toMatchObject({ status: 400, refusal: { fields: { phone: expect.stringMatching(/名册里已有这个人/) } } });
    const member = plainMember(2);
    const before = await api.showAccount({ id: member.id });
    expect(before).toMatchObject({ state: 'none', isMember: true, can: ['open', 'give_post', 'invite'] });
    await expect(api.editAccount({ id: member.id, version: before.version, name: '改名', unitTitle: '' })).rejects.toMatchObject({ status: 409 });
    const opened = await api.openAccount({ id: member.id, version: before.version, login: login() });
    expect((await me(opened.login, opened.password)).said).toMatchObject({ person: { id: member.id } });
    const { doc: shut } = await api.disableAccount({ id: member.id, version: opened.doc.version });
    expect(shut.state).toBe('disabled');
    expect((await (await server.as(member.id)).showMe({})).can).toContain('write_opinion');
  });

  test('自己的账号、职务、密码，自己都不能动，也没有按钮', async () => {
    const self = await api.showAccount({ id: admin.id });
    expect(self.can).toEqual(['edit', 'invite']);
    expect(self.held.every(({ may }) => !may.includes('end'))).toBe(true);
    for (const asked of [() => api.disableAccount({ id: admin.id, version: self.version }), () => api.resetPassword({ id: admin.id, version: self.version }), () => api.givePost({ id: admin.id, version: self.version, post: 'auditor', bodyId: 'cppcc' }), () => api.endPost({ id: admin.id, version: self.version, held: self.held[0]?.id ?? '' })]) {
      await expect(asked()).rejects.toMatchObject({ status: 409 });
    }
  });

  test('两位管理员同时停用对方：只成一个，总有一位还在', async () => {
    const [one, two] = [await create({ posts: [{ post: 'system_admin', bodyId: 'cppcc' }] }), await create({ posts: [{ post: 'system_admin', bodyId: 'cppcc' }] })];
    const [a, b] = [await server.as(one.doc.id, 'desk'), await server.as(two.doc.id, 'desk')];
    const tries = await Promise.allSettled([a.disableAccount({ id: two.doc.id, version: two.doc.version }), b.disableAccount({ id: one.doc.id, version: one.doc.version })]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const states = [(await api.showAccount({ id: one.doc.id })).state, (await api.showAccount({ id: two.doc.id })).state];
    expect(states.sort()).toEqual(['active', 'disabled']);
  });
});

describe('职务', () => {
  test('三员分立：一个人只能担任一员，也不兼业务；同时授两次也不行', async () => {
    const { doc } = await create({ posts: [{ post: 'security_admin', bodyId: 'cppcc' }] });
    for (const post of ['auditor', 'system_admin', 'information_editor'] as const) {
      await expect(api.givePost({ id: doc.id, version: doc.version, post, bodyId: post === 'information_editor' ? 'o-office' : 'cppcc' })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/三员分立/) } });
    }
    await expect(create({ posts: [{ post: 'system_admin', bodyId: 'cppcc' }, { post: 'unit_clerk', bodyId: 'u-jiaoyu' }] })).rejects.toMatchObject({ status: 409 });
    const { doc: free } = await create();
    const tries = await Promise.allSettled([api.givePost({ id: free.id, version: free.version, post: 'auditor', bodyId: 'cppcc' }), api.givePost({ id: free.id, version: free.version, post: 'security_admin', bodyId: 'cppcc' })]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const member = await api.showAccount({ id: plainMember(4).id });
    await expect(api.givePost({ id: member.id, version: member.version, post: 'system_admin', bodyId: 'cppcc' })).rejects.toMatchObject({ status: 409, refusal: { reason: '三员分立：系统管理员不兼任别的职务，这个人还是委员' } });
    await expect(api.givePost({ id: member.id, version: member.version, post: 'chair', bodyId: 'cppcc' })).rejects.toMatchObject({ status: 400, refusal: { fields: { post: '主席在“委员名册”里授予' } } });
  });

  test('职务一变，正在用的下一次请求就是新权限', async () => {
    const { doc } = await create();
    const person = await server.as(doc.id, 'desk');
    expect((await person.showMe({})).can).toEqual([]);
    const { doc: given } = await api.givePost({ id: doc.id, version: doc.version, post: 'information_editor', bodyId: 'o-office' });
    expect((await person.showMe({})).can).toEqual(['triage_opinion', 'edit', 'read_instructions', 'enter_on_behalf', 'mark_secrets']);
    await api.endPost({ id: doc.id, version: given.version, held: given.held[0]?.id ?? '' });
    expect((await person.showMe({})).can).toEqual([]);
    expect(await audited('post.ended')).toMatchObject({ subjectId: doc.id, detail: { post: 'information_editor', body: 'o-office' } });
  });

  test('陷阱 18：在别的实例上改的，这里几秒内看到', async () => {
    const { doc } = await create();
    await server.database.write(async (manager) => {
      await manager.insert(PostHeld, { id: `other-${doc.id}`.slice(0, 20), personId: doc.id, post: 'history_editor', bodyId: 'c-wenshi', termId: 't7', fromOn: null, untilOn: null, endedAt: null });
      await moveMark(manager, 'directory');
    });
    await server.app.get(Marks).look(false);
    expect(server.app.get(Directory).page.postsOf(doc.id)?.map(({ post }) => post)).toEqual(['history_editor']);
  });

  test('代理：那几天里由代理人办，经过里写明代谁；到期自己结束', async () => {
    const head = holder('committee_head', 'c-shefa');
    const { doc: deputy } = await create({ name: '代理员', posts: [{ post: 'committee_staff', bodyId: 'c-nongye' }] });
    const absent = await api.showAccount({ id: head.id });
    const post = absent.held.find((it) => it.post === 'committee_head');
    expect(post?.may).toEqual(['stand_in']);
    expect(absent.held.find((it) => it.post === 'member')?.may).toEqual([]);
    const asked = { id: head.id, held: post?.id ?? '', standInId: deputy.id, fromOn: '2022-07-22', untilOn: '2022-07-25' };
    for (const [wrong, field] of [[{ untilOn: '2022-07-21' }, 'untilOn'], [{ standInId: head.id }, 'standInId'], [{ standInId: 'nobody' }, 'standInId']] as const) await expect(api.beginStandIn({ ...asked, ...wrong, version: absent.version })).rejects.toMatchObject({ status: 400, refusal: { fields: { [field]: expect.anything() } } });
    await expect(api.beginStandIn({ ...asked, version: absent.version, standInId: admin.id })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/自己的职务/) } });
    await expect(api.beginStandIn({ ...asked, version: absent.version, standInId: holder('auditor').id })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/三员分立/) } });
    const { doc: arranged } = await api.beginStandIn({ ...asked, version: absent.version });
    expect(arranged.held.find((it) => it.post === 'committee_head')?.standIns).toMatchObject([{ person: { name: '代理员' }, state: 'later' }]);
    await expect(api.beginStandIn({ ...asked, version: arranged.version })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/已经安排了代理/) } });
    // A desk's session would not outlive the days that pass here.
    const person = await server.as(deputy.id);
    const { doc } = await (await server.as(plainMember(7).id)).submit(report());
    const editor = await server.as(holder('information_editor').id);
    const at = (await editor.show({ id: doc.id })).committee?.id === 'c-shefa' ? await editor.show({ id: doc.id }) : (await editor.assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa' })).doc;
    await expect(person.pass({ id: at.id, version: at.version, note: '' })).rejects.toMatchObject({ status: 404 });
    server.clock.set('2022-07-22T01:40:00.000Z');
    expect((await person.showMe({})).posts.map(({ words }) => words)).toEqual(['专委会干部', `专委会主任（代${head.name}）`]);
    await person.pass({ id: at.id, version: at.version, note: '' });
    const move = await server.database.read((manager) => manager.findOneByOrFail(Move, { docId: at.id, action: 'pass' }));
    expect(move).toMatchObject({ personId: deputy.id, post: 'committee_head', bodyId: 'c-shefa', detail: { standsInFor: head.id } });
    expect((await editor.show({ id: at.id })).timeline.at(-1)?.who).toBe(`社法委 代理员（代${head.name}）`);
    server.clock.set('2022-07-25T16:00:00.000Z');
    expect((await person.showMe({})).posts.map(({ words }) => words)).toEqual(['专委会干部']);
    server.clock.set('2022-07-21T01:40:00.000Z');
    const { version, standsIn } = await api.showAccount({ id: deputy.id });
    expect(standsIn).toMatchObject([{ words: '社法委主任', person: { name: head.name } }]);
    expect((await api.endStandIn({ id: deputy.id, version, standing: standsIn[0]?.id ?? '' })).doc.standsIn).toEqual([]);
  });
});

describe('机构', () => {
  test('增加、改名、排次序、停用、恢复；用着的不能停；名字旧了的说出现在的', async () => {
    const form = { key: key(), kind: 'unit' as const, name: '市数据局', short: '', side: 'government' as const };
    const [{ row }, again] = [await api.addBody(form), await api.addBody(form)];
    expect([again.row.id, row]).toEqual([row.id, { id: row.id, kind: 'unit', name: '市数据局', short: '市数据局', side: 'government', proposes: null, active: true, holders: 0, unassignable: '还没有经办人' }]);
    const league = { key: key(), kind: 'participating_body' as const, name: '安澜市红十字会', short: '', side: null };
    await expect(api.addBody(league)).rejects.toMatchObject({ status: 400, refusal: { fields: { proposes: '请选择这个参加单位是党派（含工商联）还是人民团体' } } });
    expect((await api.addBody({ ...league, key: key(), proposes: 'organization' })).row).toMatchObject({ proposes: 'organization' });
    await expect(api.addBody({ ...form, key: key() })).rejects.toMatchObject({ status: 400, refusal: { fields: { name: '已经有“市数据局”了' } } });
    await expect(api.addBody({ ...form, key: key(), name: '市新局', side: null })).rejects.toMatchObject({ status: 400, refusal: { fields: { side: expect.anything() } } });
    expect((await api.editBody({ id: row.id, before: '市数据局', name: '市大数据局', short: '数据局', side: 'government' })).row).toMatchObject({ name: '市大数据局', short: '数据局' });
    await expect(api.editBody({ id: row.id, before: '市数据局', name: '别的名字', short: '', side: 'government' })).rejects.toMatchObject({ status: 409, refusal: { stale: true, current: { name: '市大数据局' } } });
    const { rows } = await api.orderBodies({ kind: 'unit', ids: [row.id] });
    expect(rows[0]?.id).toBe(row.id);
    const member = await server.as(plainMember().id);
    expect((await member.showCatalogue({})).units[0]).toEqual({ id: row.id, name: '市大数据局', short: '数据局', unassignable: '还没有经办人' });
    expect((await api.switchBody({ id: row.id, active: false })).row.active).toBe(false);
    expect((await member.showCatalogue({})).units.some(({ id }) => id === row.id)).toBe(false);
    await expect(member.submit(proposal({ unitIds: [row.id] }))).rejects.toMatchObject({ status: 400 });
    expect((await api.switchBody({ id: row.id, active: true })).row.active).toBe(true);
    await expect(api.switchBody({ id: 'c-shefa', active: false })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/人在社会和法制委员会任职/) } });
    await expect(api.switchBody({ id: 'cppcc', active: false })).rejects.toMatchObject({ status: 409 });
    expect(await audited('body.enabled')).toMatchObject({ subjectId: row.id, detail: { name: '市大数据局' } });
  });

  test('陷阱 9：没有能登录的经办人的单位标出来，有了人就不标；没人能登录的专委会送不进去', async () => {
    const unit = async (id: string) => (await api.listBodies({ kind: 'unit' })).rows.find((it) => it.id === id);
    expect(await unit('u-jiwei')).toMatchObject({ holders: 0, unassignable: '还没有经办人' });
    const { doc } = await create({ login: null, posts: [{ post: 'unit_clerk', bodyId: 'u-jiwei' }] });
    expect(await unit('u-jiwei')).toMatchObject({ holders: 1, unassignable: '经办人的账号还没有开通，或者已经停用' });
    const opened = await api.openAccount({ id: doc.id, version: doc.version, login: login() });
    expect((await unit('u-jiwei'))?.unassignable).toBeNull();
    await api.disableAccount({ id: doc.id, version: opened.doc.version });
    expect((await unit('u-jiwei'))?.unassignable).not.toBeNull();
    // A proposal may still name it: the mark is for whoever hands it out.
    const named = await (await server.as(plainMember(1).id)).submit(proposal({ unitIds: ['u-jiwei'] }));
    expect(named.doc.units.map(({ id }) => id)).toEqual(['u-jiwei']);
    const { row } = await api.addBody({ key: key(), kind: 'committee', name: '联谊委员会', short: '联谊委' });
    const editor = await server.as(holder('information_editor').id, 'desk');
    const { doc: waiting } = await (await server.as(plainMember(1).id)).submit(report({ wish: 'ask' }));
    await expect(editor.assign({ id: waiting.id, version: waiting.version, committeeId: row.id })).rejects.toMatchObject({ status: 400, refusal: { fields: { committeeId: expect.stringMatching(/联谊委还没有经办人/) } } });
  });
});

describe('谁能看', () => {
  test('列表能按状态、职务、单位、姓名筛，翻到底不漏；手机号不完整；导出记入审计', async () => {
    const ids: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = await api.listAccounts({ limit: 20, ...(after !== undefined && { after }) });
      ids.push(...page.rows.map(({ id }) => id));
      for (const { phone } of page.rows) expect(phone).toMatch(/^(\d{3}\*{4}\d{4})?$/);
      [more, after] = [page.next !== null, page.next ?? undefined];
    }
    expect(new Set(ids).size).toBe(ids.length);
    const staff = await server.database.read((manager) => manager.countBy(Person, { isMember: 0 }));
    expect(ids.length).toBeGreaterThanOrEqual(staff);
    expect((await api.listAccounts({ post: 'member_affairs' })).rows).toHaveLength(3);
    expect((await api.listAccounts({ query: 'hexiaolan' })).rows.map(({ name }) => name)).toEqual(['何晓岚']);
    expect((await api.listAccounts({ bodyId: 'u-guihua', limit: 100 })).rows.length).toBeGreaterThan(0);
    expect((await api.findPeople({ query: '何晓' })).rows).toEqual([{ id: holder('information_editor').id, name: '何晓岚', note: '市政协办公室信息科科长' }]);
    const answer = await fetch(`${server.url}/api/accounts/export`, { headers: { authorization: `Bearer ${await server.tokenOf(admin.id, 'desk')}` } });
    expect(readTable(Buffer.from(await answer.arrayBuffer()))[0]?.rows.length).toBe(ids.length + 1);
    expect((await audited('accounts.exported'))?.detail).toEqual({ rows: ids.length });
  });

  test('权限一览：三员能看，和服务器的判断是同一张表；别人看不到', async () => {
    for (const post of ['system_admin', 'security_admin', 'auditor'] as const) {
      const view = await (await server.as(holder(post).id, 'desk')).showPowers({});
      expect(view.posts.find((it) => it.post === 'member_affairs')).toMatchObject({ abilities: ['arrange_visits', 'manage_roster', 'enter_on_behalf'], givenBy: '单位与账号' });
      expect(view.moves.find(({ kind, action }) => kind === 'opinion' && action === 'pass')).toMatchObject({ words: '初审通过', where: '在本专委会的', from: ['待初审', '初审中'], to: '编辑中' });
    }
    await expect((await server.as(holder('member_affairs').id, 'desk')).showPowers({})).rejects.toMatchObject({ status: 403 });
    for (const who of [holder('security_admin').id, holder('auditor').id, holder('member_affairs').id]) await expect((await server.as(who, 'desk')).listAccounts({})).rejects.toMatchObject({ status: 403 });
    await expect(api.listRoster({})).rejects.toMatchObject({ status: 403 });
  });

  test('演示的系统管理员、安全管理员、审计员、委工委都能登录', async () => {
    for (const post of ['system_admin', 'security_admin', 'auditor', 'member_affairs']) expect((await me(holder(post).login ?? '', demoPassword)).status).toBe(200);
  });
});
