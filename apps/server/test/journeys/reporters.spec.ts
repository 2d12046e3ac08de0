/** Who may report, each in the way in which they come in: members, participating bodies, towns, informants, committees. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoPassword } from '../../src/seeding/seeding.service.ts';
import { holder, plainMember, report } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const kinds = [
  ['委员', plainMember(5), { abilities: ['write_opinion', 'write_proposal', 'receive_visits'], desk: false }],
  ['参加单位', holder('body_account'), { abilities: ['write_opinion', 'write_collective'], desk: true }],
  ['镇街联络委', holder('township_liaison'), { abilities: ['write_opinion'], desk: true }],
  ['信息员', holder('informant'), { abilities: ['write_opinion'], desk: false }],
  ['专委会', holder('committee_staff', 'c-shefa'), { abilities: ['write_opinion', 'review', 'enter_on_behalf'], desk: true }],
] as const;
const written = new Map<string, string>();
let house: Serving;
const stand = async (name: string, input: object) => (await (await fetch(`${house.standUrl}/__fake/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) })).json() as { code: string }).code;
beforeAll(async () => { house = await serving(); }, 60_000);
afterAll(() => house.close());

/** The way of a person through WeChat, bound by the number in the roster. */
async function byPhone({ id, name, phone }: { id: string; name: string; phone: string }): Promise<Api> {
  const [openid, guest] = [`o-reporter-${id}`, house.with()];
  house.wechat.addUser({ openid, phone, name });
  const answer = await guest.wechatSignIn({ code: await stand('login', { openid }) });
  if (answer.state !== 'unbound') throw new Error('bound already');
  return house.with((await guest.bindByPhone({ ticket: answer.ticket, code: await stand('phone-code', { openid }), consent: (await guest.guest({})).privacy.version })).token);
}
const named = (person: { readonly id: string }) => written.get(person.id) ?? '';

describe.each(kinds)('%s', (kind, person, { abilities, desk }) => {
  test('用手机号绑定微信登录，写一件，马上看到收件号，只在自己的名下', async () => {
    const api = await byPhone(person);
    expect((await api.showMe({})).can).toEqual(abilities);
    const { doc } = await api.submit(report({ key: `reporter-${person.id}`, title: `${kind}反映的骑手歇脚难` }));
    expect(doc).toMatchObject({ receiptNo: expect.stringMatching(/^2022-\d{4}$/), author: { id: person.id, name: person.name }, can: ['withdraw'] });
    written.set(person.id, doc.id);
    expect((await api.listMine({})).rows.map(({ id }) => id)).toEqual([doc.id]);
  });

  test('有电脑端账号的也能在电脑端登录', async () => {
    const { status } = await house.ask('POST', '/api/session/desk', { login: person.login ?? 'nobody', password: demoPassword }, { headers: { 'x-lvzhi': 'desk' } });
    expect([person.login !== undefined, status === 200]).toEqual([desk, desk]);
  });
});

test('各人只看到自己反映的，别人的打不开也找不到；初审和编辑的看得到', async () => {
  for (const [, person] of kinds) {
    const api = await house.as(person.id);
    for (const [, other] of kinds) expect([person.name, other.name, await api.show({ id: named(other) }).then(() => 200, (error: { status: number }) => error.status)]).toEqual([person.name, other.name, person.id === other.id || person.id === kinds[4][1].id ? 200 : 404]);
    const found = (await api.findDocuments({ query: '反映的骑手歇脚难', limit: 100 })).rows.map(({ id }) => id);
    // The committee's staff reviews the others' too, as they lie there.
    expect(person.id === kinds[4][1].id ? found.filter((id) => id === named(person)) : found).toEqual([named(person)]);
  }
  const editor = await house.as(holder('information_editor').id, 'desk');
  expect((await editor.findDocuments({ query: '反映的骑手歇脚难', limit: 100 })).rows).toHaveLength(kinds.length);
});

test('专委会干部自己反映的，自己不能初审，由主任初审；统计算在专委会名下', async () => {
  const [, staff] = kinds[4];
  const api = await house.as(staff.id, 'desk');
  const doc = await api.show({ id: named(staff) });
  expect(doc).toMatchObject({ committee: { id: 'c-shefa' }, can: ['withdraw'] });
  await expect(api.prepare({ id: doc.id, version: doc.version, outcome: 'pass', note: '建议通过' })).rejects.toMatchObject({ status: 409, refusal: { reason: '不能处理自己提交的社情民意，请由他人办理' } });
  await (await house.as(holder('committee_head', 'c-shefa').id)).pass({ id: doc.id, version: doc.version, note: '' });
  const figures = await (await house.as(holder('information_editor').id, 'desk')).showOpinionFigures({ from: '2022-07-01', to: '2022-07-31' });
  expect(figures.total.received).toBe(kinds.length);
  expect(figures.bodies.find(({ id }) => id === 'c-shefa')).toMatchObject({ received: 1, note: '专委会' });
  expect(figures.people.map(({ name }) => name).sort()).toEqual(kinds.map(([, { name }]) => name).sort());
});

test('几位委员共同反映的，退回补充只等第一反映人：在他的“要您办”里，在别人的“办理中”里', async () => {
  const [first, second] = [await house.as(plainMember(7).id), await house.as(plainMember(8).id)];
  const { doc } = await first.submit(report({ key: 'reporters-together', coAuthorIds: [plainMember(8).id], wish: 'c-shefa' }));
  const head = await house.as(holder('committee_head', 'c-shefa').id);
  await head.sendBack({ id: doc.id, version: (await head.show({ id: doc.id })).version, note: '请补充数字' });
  const where = (api: Api) => Promise.all((['waiting_me', 'running', 'ended', 'all'] as const).map(async (group) => (await api.listMine({ group })).rows.some(({ id }) => id === doc.id)));
  expect([await where(first), await where(second)]).toEqual([[true, false, false, true], [false, true, false, true]]);
});
