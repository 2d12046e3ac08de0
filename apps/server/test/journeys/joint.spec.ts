/** 联名, over HTTP: from the first invitation to every proposer's own rating. @dates */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileView, JointView, SubmissionView } from '@lvzhi/contracts';
import { dateOf } from '@lvzhi/domain';
import { PostHeld } from '../../src/platform/directory.entity.ts';
import { Jobs } from '../../src/platform/jobs.ts';
import { Marks, moveMark } from '../../src/platform/marks.ts';
import { Sessions } from '../../src/platform/sessions.ts';
import { CreditEntry } from '../../src/platform/spine.entities.ts';
import { readTable } from '../../src/platform/tables.ts';
import { readDocx } from '../../src/submissions/docx.ts';
import { pdf } from '../files-corpus.ts';
import { formOf, holder, plainMember, proposal } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const [first, second, third, fourth, stranger] = [plainMember(0), plainMember(1), plainMember(2), plainMember(3), plainMember(5)];
let server: Serving;
let apis: Record<'me' | 'with2' | 'with3' | 'with4' | 'other' | 'office' | 'head' | 'government' | 'park', Api>;
async function enter(): Promise<void> {
  const sessions = server.app.get(Sessions);
  const desk = async (post: string, bodyId?: string, skip = 0) => server.with(await sessions.open(holder(post, bodyId, skip).id, 'desk'));
  const phone = async ({ id }: { id: string }) => server.with(await sessions.open(id, 'phone'));
  apis = {
    me: await phone(first), with2: await phone(second), with3: await phone(third), with4: await phone(fourth), other: await phone(stranger),
    office: await desk('proposal_office', 'c-tian', 2), head: await desk('committee_head', 'c-shefa'), government: await desk('dispatch_government'), park: await desk('unit_supervisor', 'u-yuanlin'),
  };
}
beforeAll(async () => { server = await serving(); await enter(); });
afterAll(() => server.close());
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
const later = async (days: number) => { server.clock.shift(days * 86_400_000); await enter(); };
type Form = ReturnType<typeof proposal>;
const textOf = ({ key, title, situation, analysis, suggestion }: Form) => ({ draftKey: key, title, situation, analysis, suggestion, fileIds: [] as string[] });
const invite = async (form: Form, ...people: { id: string }[]): Promise<JointView> => (await apis.me.inviteSigners({ ...textOf(form), personIds: people.map(({ id }) => id) })).joint;
const invitation = async (api: Api, title: string) => {
  const row = (await api.listInvitations({ limit: 100 })).rows.find((it) => it.title === title);
  return api.showInvitation({ id: row?.id ?? 'none' });
};
const states = (joint: JointView | null) => joint?.rows.map(({ person: { id }, stateWords }) => [id, stateWords]);
let number = 0;
const written = (): Form => proposal({ title: `关于第${number += 1}处联名写的便民设施的建议`, wish: 'ask' });
/** Signed by the second, declined by the third, left open by the fourth. */
async function joint(form: Form): Promise<void> {
  await invite(form, second, third, fourth);
  await apis.with2.cosign(on(await invitation(apis.with2, form.title)));
  await apis.with3.declineCosign(on(await invitation(apis.with3, form.title)));
}
async function filed(form: Form): Promise<SubmissionView> {
  const { doc } = await apis.me.submit(form);
  const { doc: sent } = await apis.office.assign({ ...on(doc), committeeId: 'c-shefa' });
  const { doc: reviewed } = await apis.head.review({ ...on(sent), outcome: 'filed', note: '建议立案', unitIds: [] });
  return (await apis.office.fileProposal(on(reviewed))).doc;
}

test('第一提案人邀请联名：受邀的看到全文、收到通知和待办，别人什么也看不到；第一提案人只看得到联名没联名', async () => {
  const { me, with2, with3, other, office } = apis;
  const form = written();
  expect((await me.findReporters({ query: second.name })).rows.map(({ id }) => id)).toContain(second.id);
  const note = (await me.findReporters({ query: second.name })).rows.find(({ id }) => id === second.id)?.note ?? '';
  expect((await me.findReporters({ query: note.slice(0, 2) })).rows.length).toBeGreaterThan(0);
  expect(states(await invite(form, second, third, fourth))).toEqual([[second.id, '待答复'], [third.id, '待答复'], [fourth.id, '待答复']]);
  const home = await with2.home({});
  expect(home.tasks.find(({ kind }) => kind === 'cosign')).toMatchObject({ action: 'cosign', invitation: { title: form.title, first: { id: first.id } } });
  expect((await with2.listNotices({})).rows[0]).toMatchObject({ kind: 'cosign', head: '邀请您联名', body: expect.stringContaining(form.title) });
  const asked = await invitation(with2, form.title);
  expect(asked).toMatchObject({ state: 'asked', text: { situation: form.situation }, first: { id: first.id }, signers: [], can: ['cosign', 'decline_cosign'], proposalId: null });
  for (const api of [other, me, with3, office]) await expect(api.showInvitation({ id: asked.id })).rejects.toMatchObject({ status: 404 });
  await expect(other.cosign(on(asked))).rejects.toMatchObject({ status: 404 });
  await expect(me.cosign(on(asked))).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringContaining('您的岗位不能') } });

  const { doc: signed } = await with2.cosign({ ...on(asked), key: 'sign-once-0001' });
  expect(signed).toMatchObject({ state: 'signed', signers: [{ id: second.id }], can: ['take_back_cosign'] });
  expect((await with2.cosign({ ...on(asked), key: 'sign-once-0001' })).doc).toMatchObject({ version: signed.version });
  await with3.declineCosign(on(await invitation(with3, form.title)));
  const { joint: seen } = await me.showJoint({ draftKey: form.key });
  expect(states(seen)).toEqual([[second.id, '已联名'], [third.id, '未联名'], [fourth.id, '待答复']]);
  expect((await me.listNotices({})).rows.map(({ head, docId }) => [head, docId])).toEqual([['有委员同意联名', form.key]]);
  expect(JSON.stringify(await apis.with4.showInvitation({ id: (await invitation(apis.with4, form.title)).id }))).not.toContain(third.name);
});

test('联名的人数有上限，请自己、请不是委员的、写得不全的、疑似涉密的，都不发邀请', async () => {
  const refused = async (more: object, ...ids: string[]) => apis.me.inviteSigners({ ...textOf(written()), ...more, personIds: ids }).then(() => ({}), (error: { refusal: { fields: object } }) => error.refusal.fields);
  expect(await refused({}, first.id)).toEqual({ personIds: '您是第一提案人，不用再选自己' });
  expect(await refused({}, second.id, second.id)).toEqual({ personIds: '同一位委员选了两次，请去掉一次' });
  expect(await refused({}, holder('information_editor').id)).toEqual({ personIds: '请的人里有人不是本届委员，请去掉' });
  expect(await refused({ situation: '太短' }, second.id)).toMatchObject({ situation: expect.stringContaining('至少') });
  expect(await refused({ situation: `机密★5年\n${written().situation}` }, second.id)).toMatchObject({ secrecy: expect.any(String) });
  expect(await refused({}, ...Array.from({ length: 21 }, (_, index) => plainMember(index + 1).id))).toEqual({ personIds: '一件提案最多请 20 位委员联名' });
  await expect((await server.as(holder('informant').id)).inviteSigners({ ...textOf(written()), personIds: [second.id] })).rejects.toMatchObject({ status: 403 });
});

test('提交时只带上已经同意的人，没有答复的失效；不联名的人在哪里都不出现；联名的人看得到、收到通知、记分，办事由第一提案人', async () => {
  const { me, with2, with3, with4, office } = apis;
  const form = written();
  await joint(form);
  const { doc } = await me.submit(form);
  expect(doc).toMatchObject({ proposer: { code: 'joint', name: '联名提案' }, author: { id: first.id }, coAuthors: [{ id: second.id }], signers: [{ id: second.id, words: '联名，第 1 稿', invitationId: null }] });
  expect((await me.submit(form)).doc.id).toBe(doc.id);
  for (const [api, who] of [[with3, third], [with4, fourth]] as const) {
    await expect(api.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
    expect((await api.listMine({ limit: 100 })).rows.map(({ id }) => id)).not.toContain(doc.id);
    expect(await invitation(api, form.title)).toMatchObject({ stateWords: '未联名', proposalId: null, can: [] });
    const shown = [await office.show({ id: doc.id }), await office.list({ kind: 'proposal' }), await me.show({ id: doc.id }), await with2.show({ id: doc.id }), (await office.findDocuments({ query: form.title })).rows];
    expect(JSON.stringify(shown)).not.toContain(who.name);
    expect(await server.database.read((manager) => manager.countBy(CreditEntry, { evidenceId: doc.id, personId: who.id }))).toBe(0);
  }
  const table = await fetch(`${server.url}/api/search/export?query=${encodeURIComponent(form.title)}`, { headers: { authorization: `Bearer ${await server.app.get(Sessions).open(holder('proposal_office', 'c-tian', 2).id, 'desk')}` } });
  const sheet = JSON.stringify(readTable(Buffer.from(await table.arrayBuffer())));
  expect([sheet.includes(second.name), sheet.includes(third.name), sheet.includes('联名提案')]).toEqual([true, false, true]);
  expect(await with2.show({ id: doc.id })).toMatchObject({ can: [], signers: [{ invitationId: (await invitation(with2, form.title)).id }] });
  expect((await with2.listNotices({})).rows.map(({ head }) => head)).toContain('联名的提案已提交');
  await expect(with2.withdraw(on(doc))).rejects.toMatchObject({ status: 409, refusal: { reason: '联名提案由第一提案人办理' } });
  expect(await server.database.read((manager) => manager.countBy(CreditEntry, { evidenceId: doc.id, personId: second.id, item: 'proposal.submitted' }))).toBe(1);
  await expect(apis.me.inviteSigners({ ...textOf(form), personIds: [stranger.id] })).rejects.toMatchObject({ status: 409, refusal: { reason: '提案已经提交，不能再邀请联名' } });
});

test('文字一改，原来的联名不算，要重新请；不重新请就提交的，被拒绝并说明；改回来也要再同意', async () => {
  const { me, with2, with4 } = apis;
  const form = written();
  await joint(form);
  const changed = { ...form, situation: `${form.situation}又走访了两个站点。` };
  await expect(me.submit(changed)).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringContaining('有 1 位委员是按以前的文字联名的') } });
  const before = await invitation(with2, form.title);
  expect(states(await invite(changed))).toEqual([[second.id, '待答复'], [third.id, '未联名'], [fourth.id, '待答复']]);
  expect((await with2.listNotices({})).rows[0]).toMatchObject({ head: '联名的文字改过了', body: expect.stringContaining('以前的联名不再算数') });
  const again = await invitation(with2, form.title);
  expect(again).toMatchObject({ id: before.id, textNo: 2, state: 'asked', signedAt: null, text: { situation: changed.situation } });
  await expect(with2.cosign(on(before))).rejects.toMatchObject({ status: 409 });
  await with4.cosign(on(await invitation(with4, form.title)));
  const { doc } = await me.submit(changed);
  expect([doc.coAuthors.map(({ id }) => id), doc.signers.map(({ words }) => words)]).toEqual([[fourth.id], ['联名，第 2 稿']]);
});

test('退回修改后改了文字，重新请联名；再交以后按新的名单，分也按新的名单', async () => {
  const { me, with2, with4, office, head } = apis;
  const form = written();
  await joint(form);
  await with4.cosign(on(await invitation(with4, form.title)));
  const { doc } = await me.submit(form);
  const { doc: sent } = await office.assign({ ...on(doc), committeeId: 'c-shefa' });
  await head.sendBack({ ...on(sent), note: '请补充数据' });
  const back = await me.show({ id: doc.id });
  server.clock.shift(11_000);
  expect((await with2.listNotices({})).rows.map(({ head: words }) => words)).toContain('第一提案人补充修改');
  const changed = { ...form, analysis: `${form.analysis}补充：站点分散。` };
  const resubmit = (version: number, key: string) => me.resubmit({ ...formOf(changed), id: doc.id, version, key });
  await expect(resubmit(back.version, 'joint-again-0001')).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringContaining('有 2 位委员') } });
  const { joint: asked } = await me.inviteSigners({ ...textOf(changed), ofId: doc.id, personIds: [] });
  expect([states(asked), asked.of?.id]).toEqual([[[second.id, '待答复'], [third.id, '未联名'], [fourth.id, '待答复']], doc.id]);
  await expect(with2.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  expect(await office.show({ id: doc.id })).toMatchObject({ coAuthors: [], signers: [], proposer: { code: 'individual' } });
  await with2.cosign(on(await invitation(with2, form.title)));
  const { doc: again } = await resubmit(asked.of?.version ?? 0, 'joint-again-0002');
  expect(again).toMatchObject({ state: 'submitted', revision: 2, receiptNo: doc.receiptNo, coAuthors: [{ id: second.id }], proposer: { code: 'joint' } });
  const credited = (await server.database.read((manager) => manager.findBy(CreditEntry, { evidenceId: doc.id, item: 'proposal.submitted' }))).filter(({ voidedBy }) => voidedBy === null).map(({ personId }) => personId);
  expect(credited.sort()).toEqual([first.id, second.id].sort());
});

test('立案以前可以撤回联名，撤回的不再列出、不记分、看不到进展；立案以后不能撤回；第一提案人也能取消一位', async () => {
  const { me, with2, with4, office } = apis;
  const form = written();
  await invite(form, second, fourth, stranger);
  for (const api of [with2, with4, apis.other]) await api.cosign(on(await invitation(api, form.title)));
  const { joint: seen } = await me.showJoint({ draftKey: form.key });
  const row = seen?.rows.find(({ person: { id } }) => id === stranger.id);
  const { joint: left } = await me.callOff({ id: row?.id ?? '', version: row?.version ?? 0 });
  expect(states(left)).toEqual([[second.id, '已联名'], [fourth.id, '已联名'], [stranger.id, '未联名']]);
  expect((await apis.other.listNotices({})).rows[0]).toMatchObject({ head: '联名邀请取消了' });
  const { doc } = await me.submit(form);
  expect(doc.coAuthors.map(({ id }) => id)).toEqual([second.id, fourth.id]);
  await with2.takeBackCosign(on(await invitation(with2, form.title)));
  await expect(with2.show({ id: doc.id })).rejects.toMatchObject({ status: 404 });
  expect(await office.show({ id: doc.id })).toMatchObject({ coAuthors: [{ id: fourth.id }] });
  expect((await me.listNotices({})).rows[0]).toMatchObject({ head: '有委员撤回了联名', kind: 'proposal', docId: doc.id });
  expect((await server.database.read((manager) => manager.findBy(CreditEntry, { evidenceId: doc.id, personId: second.id }))).every(({ voidedBy }) => voidedBy !== null)).toBe(true);
  const shown = await office.show({ id: doc.id });
  const { doc: sent } = await office.assign({ ...on(shown), committeeId: 'c-shefa' });
  const { doc: reviewed } = await apis.head.review({ ...on(sent), outcome: 'filed', note: '建议立案', unitIds: [] });
  await office.fileProposal(on(reviewed));
  const late = await invitation(with4, form.title);
  expect(late.can).toEqual([]);
  await expect(with4.takeBackCosign(on(late))).rejects.toMatchObject({ status: 409, refusal: { reason: '提案已经审定，不能再撤回联名' } });
});

test('到期没有答复的失效，提醒过；删去草稿，邀请也都失效；受邀的打得开附件，别人打不开', async () => {
  const { me, with2, with3, other } = apis;
  const form = written();
  const upload = new FormData();
  upload.set('key', 'joint-paper-key');
  upload.set('file', new Blob([new Uint8Array(pdf())]), '联名附件.pdf');
  const file = await (await fetch(`${server.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await server.tokenOf(first.id)}` }, body: upload })).json() as FileView;
  await me.inviteSigners({ ...textOf(form), fileIds: [file.id], personIds: [second.id] });
  expect((await invitation(with2, form.title)).files.map(({ name }) => name)).toEqual(['联名附件.pdf']);
  expect((await with2.openFile({ id: file.id })).url).toContain(file.id);
  for (const api of [with3, other]) await expect(api.openFile({ id: file.id })).rejects.toMatchObject({ status: 404 });
  await later(10);
  await server.app.get(Jobs).runNow('proposals.cosigns');
  expect(states((await apis.me.showJoint({ draftKey: form.key })).joint)).toEqual([[second.id, '未联名']]);
  await expect(apis.with2.openFile({ id: file.id })).rejects.toMatchObject({ status: 404 });
  const [row] = (await apis.me.showJoint({ draftKey: form.key })).joint?.rows ?? [];
  expect(row?.can).toEqual(['ask_again']);
  expect(states((await apis.me.inviteSigners({ ...textOf(form), fileIds: [file.id], personIds: [second.id] })).joint)).toEqual([[second.id, '待答复']]);

  const thrown = written();
  const { key, title, situation, analysis, suggestion } = thrown;
  await apis.me.keepDraft({ id: 'thrown-away-1', key, version: 0, pen: 'pen-1', turn: 1, kind: 'proposal', of: null, title, situation, analysis, suggestion, category: null, nature: null, townId: null, urgency: 'normal', together: [], unitIds: [], wish: null, fileIds: [] });
  await apis.me.inviteSigners({ ...textOf(thrown), personIds: [third.id] });
  await apis.me.removeDraft({ id: 'thrown-away-1' });
  expect(await invitation(apis.with3, title)).toMatchObject({ stateWords: '未联名', can: [] });
});

test('每位联名的都收到答复、确认面商、各自评价，一位不满意就重新办理；答复函抬头列出全部提案人', async () => {
  const { office, government } = apis;
  const form = written();
  await joint(form);
  const { doc: planned } = await office.planUnits({ ...on(await filed(form)), units: [{ unitId: 'u-yuanlin', role: 'sole' }], note: '' });
  const { doc } = await government.handOver(on(planned));
  const part = async () => { const row = (await apis.park.listHandlings({ limit: 100 })).rows.find(({ proposal: { id } }) => id === doc.id); return apis.park.showHandling({ id: row?.id ?? 'none' }); };
  await apis.park.signFor(on(await part()));
  await apis.park.recordTalk({ ...on(await part()), on: dateOf(server.clock.now()), form: 'meeting', people: '周晓', gist: '商定先建两处。' });
  server.clock.shift(1_000);
  expect((await apis.with2.listNotices({})).rows[0]).toMatchObject({ head: '请确认面商记录', docId: doc.id });
  const talk = (await apis.with2.show({ id: doc.id })).handling?.talks.at(-1);
  expect((await apis.with2.confirmTalk({ id: talk?.id ?? '', version: talk?.version ?? 0 })).doc.id).toBe(doc.id);
  await apis.park.saveReply({ id: (await part()).id, version: 0, classCode: 'A', body: '一、已建成两处。', docNo: '安园函〔2022〕18号', signer: '许志明', publicity: 'open', publicityReason: '', promisedOn: null, contact: '周晓 0571-5550101' });
  // A co-signer who also works at the unit, or at the office, is a proposer here and nothing else.
  await server.database.write(async (manager) => {
    await manager.insert(PostHeld, { id: 'second-at-unit', personId: second.id, post: 'unit_clerk', bodyId: 'u-yuanlin', termId: 't7', fromOn: null, untilOn: null, endedAt: null });
    await moveMark(manager, 'directory');
  });
  await server.app.get(Marks).look(true);
  await expect(apis.with2.showReply({ id: (await part()).id })).rejects.toMatchObject({ status: 404 });
  expect((await apis.with2.show({ id: doc.id })).handling?.replies).toEqual([]);
  const { doc: sent } = await apis.park.submitReply(on(await part()));
  await government.releaseReplies({ items: [on((await government.approveReply({ ...on(sent), classCode: null, note: '' })).doc)] });
  const asked = async (api: Api) => (await api.show({ id: doc.id })).handling?.ratings.find(({ mine, state }) => mine && state === 'asked');
  const [mine, theirs] = [await asked(apis.me), await asked(apis.with2)];
  expect([mine?.name, theirs?.name]).toEqual([first.name, second.name]);
  await expect(apis.with2.rate({ id: mine?.id ?? '', version: mine?.version ?? 0, attitude: 'satisfied', result: 'satisfied', talked: true, note: '' })).rejects.toMatchObject({ status: 404 });
  await apis.me.rate({ id: mine?.id ?? '', version: mine?.version ?? 0, attitude: 'satisfied', result: 'satisfied', talked: true, note: '' });
  expect((await apis.me.show({ id: doc.id })).state).toBe('replied');
  expect((await apis.with2.rate({ id: theirs?.id ?? '', version: theirs?.version ?? 0, attitude: 'satisfied', result: 'dissatisfied', talked: true, note: '只建了一处' })).doc.state).toBe('rehandling');
  const letter = await fetch(`${server.url}/api/handlings/${(await part()).id}/letter?round=1`, { headers: { authorization: `Bearer ${await server.app.get(Sessions).open(second.id, 'phone')}` } });
  const { text } = await readDocx(Buffer.from(await letter.arrayBuffer()));
  expect([text.includes(`${first.name}委员、${second.name}委员：`), text.includes(third.name), text.includes(fourth.name)]).toEqual([true, false, false]);
});
