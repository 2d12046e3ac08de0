/** 集体提案, over HTTP: a body hands in, answers, rates; who speaks for it changes, the proposal stays the body's. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { PostHeld } from '../../src/platform/directory.entity.ts';
import { Marks, moveMark } from '../../src/platform/marks.ts';
import { readTable } from '../../src/platform/tables.ts';
import { readDocx } from '../../src/submissions/docx.ts';
import { pdf } from '../files-corpus.ts';
import { formOf, holder, plainMember, proposal } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';
import { changeSetting } from '../setting.ts';

const [party, otherParty, union] = [holder('body_account', 'p-minge'), holder('body_account', 'p-minmeng'), holder('body_account', 'p-zonggonghui')];
const [convener, liaison, leader, head] = [holder('sector_convener', 's-nongye'), holder('body_account', 's-nongye'), holder('group_leader', 's-nongye'), holder('committee_head', 'c-shefa')];
const session = { id: 't7s1', name: '七届一次会议', proposalsFrom: '2021-10-06', proposalsUntil: '2022-01-07', decidedBy: 'review_board', plenaryOnly: ['sector', 'group'] };
const inPlenary = { ...session, proposalsFrom: '2022-07-01', proposalsUntil: '2022-07-31' };
let server: Serving;
beforeAll(async () => { server = await serving(); });
afterAll(() => server.close());
const desk = (who: { id: string }) => server.as(who.id, 'desk');
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
const post = async (name: string, bodyId?: string, skip = 0) => desk(holder(name, bodyId, skip));
const uploaded = async (who: { id: string }, key: string): Promise<string> => {
  const form = new FormData();
  form.set('key', key);
  form.set('file', new Blob([new Uint8Array(pdf())]), '盖章页.pdf');
  const sent = await fetch(`${server.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await server.tokenOf(who.id, 'desk')}` }, body: form });
  return (await sent.json() as { id: string }).id;
};
const as = (bodyId: string, kind: string, more: object = {}) => ({ collective: { bodyId, kind, signer: '林致远', sealIds: [], signed: true, ...more } });
let number = 0;
const written = (more: object) => proposal({ title: `关于第${number += 1}处集体提出的便民设施的建议`, wish: 'ask', ...more });
const reasonOf = async (work: Promise<unknown>): Promise<string> => {
  const caught = await work.then(() => undefined, (error: unknown) => error) as { refusal?: { reason: string; fields?: Record<string, string> }; fields?: Record<string, string> } | undefined;
  const fields = caught?.refusal?.fields ?? caught?.fields;
  return caught === undefined ? '提交了' : Object.values(fields ?? {}).join('；') || (caught.refusal?.reason ?? '没有说');
};
const handIn = async (api: Api, form: ReturnType<typeof proposal>): Promise<SubmissionView> => (await api.submit(form as Parameters<Api['submit']>[0])).doc;
/** Filed by 提案委, planned, handed to 市园林局 and answered. */
async function filed(doc: SubmissionView): Promise<SubmissionView> {
  const office = await post('proposal_office', 'c-tian', 2);
  const { doc: sent } = await office.assign({ ...on(doc), committeeId: 'c-jingke' });
  const { doc: reviewed } = await (await post('committee_head', 'c-jingke')).review({ ...on(sent), outcome: 'filed', note: '建议立案', unitIds: [] });
  return (await office.fileProposal(on(reviewed))).doc;
}

test('参加单位登录电脑提交党派提案：提案者是单位，署名、盖章页、经办人都在；别的单位和别的人看不到', async () => {
  const api = await desk(party);
  expect((await api.showMe({})).can).toEqual(expect.arrayContaining(['write_collective']));
  expect((await api.listProposers({})).rows).toEqual([{ body: { id: 'p-minge', name: '民革安澜市支部', short: '民革市支部' }, kind: 'party', kindWords: '党派提案', signerWords: '负责人', signedWords: '已由负责人署名，加盖公章', pageNeeded: false, closed: null }]);
  const seal = await uploaded(party, 'collective-seal-1');
  const form = written(as('p-minge', 'party', { sealIds: [seal] }));
  const doc = await handIn(api, form);
  expect(doc).toMatchObject({ author: { id: 'p-minge', name: '民革安澜市支部' }, proposer: { code: 'party', name: '党派提案' }, state: 'submitted', collective: { bodyId: 'p-minge', signer: '林致远', signerWords: '负责人', by: party.name, seals: [{ id: seal, name: '盖章页.pdf' }] }, files: [], can: expect.arrayContaining(['withdraw']) });
  expect(await handIn(api, form)).toMatchObject({ id: doc.id });
  expect((await api.listMine({})).rows.map(({ id }) => id)).toEqual([doc.id]);
  expect((await api.findDocuments({ query: '集体提出' })).rows.map(({ id }) => id)).toEqual([doc.id]);
  for (const who of [otherParty, union, convener, plainMember(0)]) await expect((await server.as(who.id)).show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  const sheet = await readDocx(Buffer.from(await (await fetch(`${server.url}/api/proposals/sheets?ids=${doc.id}`, { headers: { authorization: `Bearer ${await server.tokenOf(party.id, 'desk')}` } })).arrayBuffer()));
  for (const words of ['党派提案', '民革安澜市支部', '负责人', '林致远', '已由负责人署名，加盖公章', party.name]) expect(JSON.stringify(sheet)).toContain(words);
});

test('界别、小组提案只在大会期间收：平时说清楚什么时间、谁能提交，什么也没有存；大会期间就收，记为大会提案；收下以后再发一次，时间过了也还是那一件', async () => {
  const api = await desk(liaison);
  expect((await api.listProposers({})).rows).toMatchObject([{ kind: 'sector', closed: expect.stringContaining('只在全体会议期间收') }]);
  const form = written(as('s-nongye', 'sector'));
  expect(await reasonOf(handIn(api, form))).toBe('界别提案只在全体会议期间收。七届一次会议从 2021年10月6日到 2022年1月7日收大会提案，已经结束；现在收平时提案，可以提交的是个人提案、联名提案、党派提案、团体提案、专委会提案。写好的文字都还在，等下次会议再提交，或者由委员以个人、联名的名义提出。');
  expect((await api.listMine({})).rows).toEqual([]);
  await changeSetting(server, 'proposal.sessions', [session, { ...session, id: 't7s2', name: '七届二次会议', proposalsFrom: '2022-10-01', proposalsUntil: '2023-01-06' }]);
  expect(await reasonOf(handIn(api, form))).toContain('下一次是七届二次会议从 2022年10月1日到 2023年1月6日。写好的文字都还在，到时候再提交');
  await changeSetting(server, 'proposal.sessions', [inPlenary]);
  const doc = await handIn(api, form);
  expect(doc).toMatchObject({ author: { id: 's-nongye', name: '农业界' }, proposer: { code: 'sector' }, collective: { signerWords: '界别召集人' } });
  const phone = await server.as(leader.id);
  const group = await handIn(phone, written(as('s-nongye', 'group')));
  expect(group).toMatchObject({ author: { name: '农业界' }, proposer: { code: 'group', name: '小组提案' }, collective: { signerWords: '小组组长' } });
  const { rows } = await (await server.as(convener.id)).listMine({});
  expect(rows.map(({ id }) => id)).toEqual([group.id, doc.id]);
  // What came in in time may be mended when the time is over.
  const back = (await (await server.as(convener.id)).withdraw(on(doc))).doc;
  await changeSetting(server, 'proposal.sessions', [session]);
  expect(await handIn(api, form)).toMatchObject({ id: doc.id });
  const { key: _key, kind: _kind, ...again } = form;
  expect((await (await server.as(convener.id)).resubmit({ ...on(back), key: 'collective-again-1', ...formOf(again as never) as object } as never)).doc).toMatchObject({ state: 'submitted', collective: { by: convener.name } });
});

test('谁代表哪个单位、提哪一类，照职务来：冒别的单位、换单位、没选单位、该附盖章页没附的，都提交不了', async () => {
  const [body, member, whole] = [await desk(party), await server.as(plainMember(0).id), await server.as(convener.id)];
  expect(await reasonOf(handIn(body, written({})))).toBe('请选择以哪个单位的名义提交，并填写签名的负责人');
  for (const [bodyId, kind] of [['p-minmeng', 'party'], ['p-minge', 'organization'], ['p-minge', 'committee'], ['s-nongye', 'sector']] as const) expect(await reasonOf(handIn(body, written(as(bodyId, kind))))).toBe('您不能代表这个单位提交这一类提案，请刷新后再选');
  expect(await reasonOf(handIn(member, written(as('s-nongye', 'sector'))))).toBe('您不能代表这个单位提交这一类提案，请刷新后再选');
  expect(await reasonOf(handIn(body, written(as('p-minge', 'party', { signed: false }))))).toContain('已经签名盖章');
  const own = await handIn(whole, written({}));
  expect(own).toMatchObject({ author: { id: convener.id }, proposer: { code: 'individual' }, collective: null });
  await changeSetting(server, 'proposal.seal', 'picture');
  expect(await reasonOf(handIn(body, written(as('p-minge', 'party'))))).toBe('请附上负责人署名、盖章那一页的照片或扫描件');
  await changeSetting(server, 'proposal.seal', 'confirm');
  const doc = await handIn(body, written(as('p-minge', 'party')));
  const { doc: back } = await body.withdraw(on(doc));
  const form = { title: doc.title, ...doc.text, category: 'society', noSecret: true, original: true };
  expect(await reasonOf(body.resubmit({ ...on(back), key: 'collective-none-1', ...form } as never))).toContain('请选择以哪个单位的名义提交');
  expect(await reasonOf(body.resubmit({ ...on(back), key: 'collective-none-2', ...form, ...as('p-minmeng', 'party') } as never))).toBe('修改后还要由原来的单位提交，不能换单位');
});

test('专委会的提案不由自己初审：不自动分给自己，也不能分给自己；主任不能办自己的', async () => {
  const doc = await handIn(await desk(head), written({ ...as('c-shefa', 'committee'), wish: null }));
  expect(doc).toMatchObject({ author: { id: 'c-shefa', name: '社会和法制委员会' }, proposer: { code: 'committee' }, committee: null });
  const office = await post('proposal_office', 'c-tian', 2);
  await expect(office.assign({ ...on(doc), committeeId: 'c-shefa' })).rejects.toMatchObject({ refusal: { fields: { committeeId: '这是这个专委会自己的提案，请分给别的专委会初审' } } });
  const { doc: sent } = await office.assign({ ...on(doc), committeeId: 'c-jingke', coCommitteeIds: ['c-shefa', 'c-renzihuan'] });
  expect(sent.coCommittees.map(({ id }) => id)).toEqual(['c-renzihuan']);
  expect((await (await desk(head)).show({ id: doc.id })).can).toEqual(['withdraw']);
});

test('单位换了经办人：接手的看得到以前的、收得到通知、能评价，离开的不再能办', async () => {
  const office = await post('proposal_office', 'c-tian', 2);
  const doc = await filed(await handIn(await desk(union), written(as('p-zonggonghui', 'organization'))));
  expect(doc).toMatchObject({ state: 'filed' });
  const next = plainMember(8);
  await server.database.write(async (manager) => {
    await manager.update(PostHeld, { personId: union.id }, { endedAt: server.clock.now() });
    await manager.insert(PostHeld, { id: 'union-next', personId: next.id, post: 'body_account', bodyId: 'p-zonggonghui', termId: 't7', fromOn: null, untilOn: null, endedAt: null });
    await moveMark(manager, 'directory');
  });
  await server.app.get(Marks).look(true);
  const phone = await server.as(next.id);
  expect((await phone.show({ id: doc.id })).can).toEqual(['ask_drop']);
  await expect((await desk(union)).show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  await phone.askDrop({ ...on(doc), note: '情况有了变化' });
  await office.refuseDrop({ ...on(await office.show({ id: doc.id })), note: '还是办一办好' });
  expect((await phone.listNotices({})).rows.filter(({ docId }) => docId === doc.id).length).toBeGreaterThan(0);
});

test('面商、答复、公开都由单位回话：经办人确认面商、评价一次，一件一票；统计里算集体提案', async () => {
  const [body, government, park] = [await desk(party), await post('dispatch_government'), await post('unit_supervisor', 'u-yuanlin')];
  const office = await post('proposal_office', 'c-tian', 2);
  const doc = await filed(await handIn(body, written(as('p-minge', 'party'))));
  const { doc: planned } = await office.planUnits({ ...on(doc), units: [{ unitId: 'u-yuanlin', role: 'sole' }], note: '' });
  await government.handOver(on(planned));
  const part = async () => park.showHandling({ id: (await park.listHandlings({ limit: 100 })).rows.find((it) => it.proposal.id === doc.id)?.id ?? 'none' });
  expect((await part()).proposal.author).toBe('民革安澜市支部');
  const { doc: signed } = await park.signFor(on(await part()));
  const { doc: talked } = await park.recordTalk({ ...on(signed), on: '2022-07-21', form: 'meeting', people: '周晓、民革市支部', gist: '现场看了位置，商定先建两处。' });
  const talk = (await body.show({ id: doc.id })).handling?.talks[0];
  expect(talk).toMatchObject({ mine: 'asked', answers: [{ name: '民革安澜市支部' }] });
  await expect((await desk(otherParty)).confirmTalk({ id: talk?.id ?? '', version: talk?.version ?? 0, key: 'collective-talk-0' })).rejects.toMatchObject({ status: 404 });
  expect((await body.confirmTalk({ id: talk?.id ?? '', version: talk?.version ?? 0, key: 'collective-talk-1' })).doc.handling?.talks[0]).toMatchObject({ mine: 'confirmed' });
  await park.saveReply({ id: talked.id, version: 0, classCode: 'A', body: '一、已建成口袋公园两处。', docNo: '安园函〔2022〕18号', signer: '许志明', publicity: 'open', publicityReason: '', promisedOn: null, contact: '周晓 0571-5550101' });
  const { doc: sent } = await park.submitReply(on(await part()));
  const { doc: ready } = await government.approveReply({ ...on(sent), classCode: null, note: '' });
  await government.releaseReplies({ items: [on(ready)] });
  expect((await body.listTasks({ box: 'mine' })).rows.filter(({ submission }) => submission?.id === doc.id).map(({ action }) => action)).toEqual(['rate']);
  const ratings = (await body.show({ id: doc.id })).handling?.ratings ?? [];
  expect(ratings).toMatchObject([{ name: '民革安澜市支部', mine: true, state: 'asked', can: ['rate'] }]);
  const rating = { id: ratings[0]?.id ?? '', version: ratings[0]?.version ?? 0 };
  await expect((await desk(otherParty)).rate({ ...rating, attitude: 'satisfied', result: 'satisfied', talked: true, note: '' })).rejects.toMatchObject({ status: 404 });
  expect((await body.rate({ ...rating, attitude: 'satisfied', result: 'satisfied', talked: true, note: '' })).doc).toMatchObject({ id: doc.id, state: 'closed' });
  const { doc: publication } = await office.askPublication({ id: doc.id, version: 0 });
  expect(publication.waiting).toEqual(['民革安澜市支部']);
  const mine = (await body.showOwnPublication({ id: doc.id })).publication;
  expect((await body.agreePublication({ id: doc.id, version: mine?.version ?? 0 })).publication).toMatchObject({ mine: 'agreed' });
  const { total } = await office.showFigures({});
  const share = total.rates.find(({ code }) => code === 'collective');
  expect([share?.part, (await office.listFigure({ figure: 'collective', limit: 100 })).rows.map(({ proposer }) => proposer?.code)]).toEqual([2, expect.arrayContaining(['party', 'organization'])]);
});

test('导出的表里提案者是单位，类型是党派提案', async () => {
  const answer = await fetch(`${server.url}/api/search/export?kind=proposal`, { headers: { authorization: `Bearer ${await server.tokenOf(holder('proposal_office', 'c-tian', 2).id, 'desk')}` } });
  const [heads = [], ...rows] = readTable(Buffer.from(await answer.arrayBuffer()))[0]?.rows ?? [];
  const [who, kind] = [heads.indexOf('提交人'), heads.indexOf('提案者类型')];
  expect(rows.map((row) => [row[who], row[kind]])).toEqual(expect.arrayContaining([['民革安澜市支部', '党派提案'], ['农业界', '界别提案'], ['社会和法制委员会', '专委会提案']]));
});

test('单位的草稿记着以谁的名义、谁签名和盖章页；只有写的人看得到；接手的人改一件撤回的，前任传的附件还在', async () => {
  const [clerk, helper] = [await desk(party), plainMember(9)];
  const seal = await uploaded(party, 'collective-draft-seal');
  const kept = { id: 'draft-minge-1', key: 'draft-minge-key-1', version: 0, kind: 'proposal' as const, title: '关于增设公交站点的建议', collective: { bodyId: 'p-minge', kind: 'party' as const, signer: '林致远', sealIds: [seal, 'nobody-s-file'] } };
  await clerk.keepDraft(kept as unknown as Parameters<Api['keepDraft']>[0]);
  expect((await clerk.listDrafts({})).rows).toMatchObject([{ id: 'draft-minge-1', bodyId: 'p-minge' }]);
  expect(await clerk.showDraft({ id: 'draft-minge-1' })).toMatchObject({ files: [], collective: { bodyId: 'p-minge', kind: 'party', signer: '林致远', seals: [{ id: seal, name: '盖章页.pdf' }] } });
  await expect((await desk(otherParty)).showDraft({ id: 'draft-minge-1' })).rejects.toMatchObject({ status: 404 });
  await clerk.removeDraft({ id: 'draft-minge-1' });

  const paper = await uploaded(party, 'collective-draft-paper');
  const { doc } = await clerk.withdraw(on(await handIn(clerk, written(as('p-minge', 'party', { sealIds: [seal] })))));
  const mended = await clerk.resubmit({ ...on(doc), key: 'collective-paper-1', title: doc.title, ...doc.text, fileIds: [paper], noSecret: true, original: true, ...as('p-minge', 'party') } as never);
  const { doc: again } = await clerk.withdraw(on(mended.doc));
  await server.database.write(async (manager) => {
    await manager.insert(PostHeld, { id: 'minge-second', personId: helper.id, post: 'body_account', bodyId: 'p-minge', termId: 't7', fromOn: null, untilOn: null, endedAt: null });
    await moveMark(manager, 'directory');
  });
  await server.app.get(Marks).look(true);
  const second = await desk(helper);
  await second.keepDraft({ id: 'draft-minge-2', key: 'draft-minge-key-2', version: 0, kind: 'proposal', of: on(again), title: again.title, fileIds: [paper] } as unknown as Parameters<Api['keepDraft']>[0]);
  expect((await second.showDraft({ id: 'draft-minge-2' })).files.map(({ id }) => id)).toEqual([paper]);
  await (await desk(otherParty)).keepDraft({ id: 'draft-other-1', key: 'draft-other-key-1', version: 0, kind: 'proposal', of: on(again), title: '别的单位', fileIds: [paper] } as unknown as Parameters<Api['keepDraft']>[0]);
  expect((await (await desk(otherParty)).showDraft({ id: 'draft-other-1' })).files).toEqual([]);
});

test('按提案者类型筛：提案、查找、提案办理和它们的表格里都只有这一类，翻页不多不少；自己的按单位分得开', async () => {
  const office = await post('proposal_office', 'c-tian', 2);
  const member = await server.as(convener.id);
  await handIn(member, written({}));
  const all = (await office.list({ kind: 'proposal', limit: 100 })).rows;
  for (const proposer of ['individual', 'party', 'organization', 'sector', 'group', 'committee', 'joint'] as const) {
    const wanted = all.filter((row) => row.proposer?.code === proposer).map(({ id }) => id);
    const paged: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await office.list({ kind: 'proposal', proposer, limit: 1, ...(after !== undefined && { after }) });
      paged.push(...page.rows.map(({ id }) => id));
      if (page.next === null) break;
      after = page.next;
    }
    expect([proposer, paged, (await office.findDocuments({ query: '', proposer, limit: 100 })).rows.map(({ id }) => id)]).toEqual([proposer, wanted, wanted]);
  }
  await expect(office.list({ kind: 'proposal', proposer: 'nobody' as never })).rejects.toMatchObject({ fields: { proposer: '请从列表里选择提案者类型' } });
  const sheet = async (path: string) => { const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${await server.tokenOf(holder('proposal_office', 'c-tian', 2).id, 'desk')}` } }); return readTable(Buffer.from(await answer.arrayBuffer()))[0]?.rows ?? []; };
  const [heads = [], ...rows] = await sheet('/api/search/export?kind=proposal&proposer=party');
  expect([...new Set(rows.map((row) => row[heads.indexOf('提案者类型')]))]).toEqual(['党派提案']);
  const parts = (await office.listHandlings({ limit: 100 })).rows;
  const ofParties = (await office.listHandlings({ proposer: 'party', limit: 100 })).rows;
  expect(ofParties.map(({ proposal: { author } }) => author)).toEqual(['民革安澜市支部']);
  expect(parts.length).toBeGreaterThanOrEqual(ofParties.length);
  expect((await sheet('/api/handlings/export?proposer=party')).length).toBe(ofParties.length + 1);
  expect((await sheet('/api/handlings/export?proposer=committee')).length).toBe(1);
  const of = async (whose: string) => (await member.listMine({ of: whose, limit: 100 })).rows.map(({ author }) => author.id);
  expect([[...new Set(await of('me'))], [...new Set(await of('bodies'))], [...new Set(await of('s-nongye'))], await of('p-minge')]).toEqual([[convener.id], ['s-nongye'], ['s-nongye'], []]);
});
