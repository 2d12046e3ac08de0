/** 涉密处置 from the office's mark to the last table: what was written is nowhere any more, and what happened still is. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { Disposal, DisposalFile } from '../../src/disposal/disposal.entity.ts';
import { WechatBinding } from '../../src/identity/identity.entity.ts';
import { Keeping } from '../../src/keeping/keeping.entity.ts';
import { Jobs } from '../../src/platform/jobs.ts';
import { journalSource } from '../../src/platform/journal-source.ts';
import { verifyJournal } from '../../src/platform/journal-verify.ts';
import { readWorkbook } from '../../src/platform/workbook-reader.ts';
import { CreditEntry } from '../../src/platform/spine.entities.ts';
import { Submission } from '../../src/submissions/submission.entity.ts';
import { pdf } from '../files-corpus.ts';
import { holder, plainMember, proposal, report } from '../people.ts';
import { RefusedByServer, serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const canary = '青鸟行动七号坐标';
const people = {
  author: plainMember(0).id, other: plainMember(1).id, head: holder('committee_head', 'c-shefa').id, staff: holder('committee_staff', 'c-shefa').id, editor: holder('information_editor').id, director: holder('office_director').id, chair: holder('chair').id,
  office: holder('proposal_office', 'c-tian', 2).id, dispatch: holder('dispatch_government').id, unit: holder('unit_supervisor', 'u-yuanlin').id, security: holder('security_admin').id, system: holder('system_admin').id, auditor: holder('auditor').id,
} as const;
type Who = keyof typeof people;
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });
const said = (what: string): string => `${what}${canary}的${what}`;

let server: Serving;
beforeAll(async () => { server = await serving({ shared: true }); });
afterAll(() => server.close());
const as = async <T>(who: Who, work: (api: Api) => Promise<T>): Promise<T> => work(await server.as(people[who], who === 'author' || who === 'other' ? 'phone' : 'desk'));
const refusal = (run: Promise<unknown>): Promise<string> => run.then(() => '', (error: unknown) => (error instanceof RefusedByServer ? `${error.status} ${error.refusal.action ?? ''} ${error.refusal.reason}` : String(error)));

/** Every table in which a row holds this piece of text, whatever its columns. */
async function tablesWith(piece: string): Promise<string[]> {
  return server.database.read(async (manager) => {
    const found: string[] = [];
    for (const { tableName } of server.source.entityMetadatas) {
      const rows: object[] = await manager.query(`SELECT * FROM ${tableName}`);
      if (rows.some((row) => JSON.stringify(row).includes(piece))) found.push(tableName);
    }
    return found.sort();
  });
}
/** Every file of the house, its database among them, in which these bytes stand. */
function filesWith(piece: string, folder = server.config.dataFolder): string[] {
  return readdirSync(folder).flatMap((name) => { const path = join(folder, name); return statSync(path).isDirectory() ? filesWith(piece, path) : readFileSync(path).includes(piece) ? [name] : []; });
}
async function upload(who: Who, key: string, inside: string): Promise<{ status: number; id: string; reason: string }> {
  const form = new FormData();
  form.set('key', key);
  form.set('file', new Blob([new Uint8Array(pdf(inside))]), `${canary}示意图.pdf`);
  const sent = await fetch(`${server.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await server.tokenOf(people[who])}` }, body: form });
  return { id: '', reason: '', ...await sent.json() as object, status: sent.status };
}
const texts = { title: `${canary}的标题`, situation: said('走访了三个小区，情况属实，群众反映强烈，需要尽快研究解决。'), analysis: said('管理责任不清。'), suggestion: said('请有关部门尽快研究解决。') };
const draftOf = (id: string, key: string, doc?: SubmissionView) => ({ id, key, version: 0, kind: 'opinion' as const, title: texts.title, situation: texts.situation, pen: 'p1', turn: 1, ...(doc && { of: on(doc) }) });

/** What the security administrator is told of. */
const waiting = () => as('security', async (api) => (await api.listNotices({ limit: 100 })).rows.map(({ head, body, docId }) => [head, body, docId]));

/** A report through all its stages, with the canary wherever anybody can write. */
async function sentReport(): Promise<SubmissionView> {
  const file = await upload('author', 'secret-file-1', `/Note(${Buffer.from(canary).toString('hex')})`);
  let doc = await as('author', async (api) => (await api.submit({ ...report({ ...texts, wish: 'ask', key: 'secret-draft-1' }), fileIds: [file.id] })).doc);
  doc = await as('editor', async (api) => (await api.assign({ ...on(doc), committeeId: 'c-shefa', coCommitteeIds: ['c-renzihuan'] })).doc);
  doc = await as('staff', async (api) => (await api.prepare({ ...on(doc), outcome: 'pass', note: said('建议通过') })).doc);
  doc = await as('head', async (api) => (await api.pass({ ...on(doc), note: said('同意') })).doc);
  doc = await as('editor', async (api) => {
    const taken = (await api.take(on(doc))).doc;
    const { edition } = await api.showEdition({ id: taken.id });
    await api.saveEdition({ id: taken.id, version: edition?.version ?? 0, series: 'information', title: `${texts.title}（编）`, body: said('编辑稿') });
    return (await api.sendCheck(on(taken))).doc;
  });
  doc = await as('director', async (api) => (await api.check({ ...on(doc), note: said('可以') })).doc);
  doc = await as('chair', async (api) => (await api.sign(on(doc))).doc);
  return as('editor', async (api) => {
    const sent = (await api.send({ ...on(doc), channels: ['city_party'] })).doc;
    const { deliveries: [line] } = await api.listDeliveries({ id: sent.id });
    const done = (await api.record({ ...on(sent), deliveryId: line?.id ?? '', action: 'instruct', on: '2022-07-21', level: 'city', note: said('作了批示'), gist: said('摘要'), text: said('全文') })).doc;
    await api.keepView({ page: 'find', name: '那件事', query: `q=${encodeURIComponent(canary)}` });
    return done;
  });
}

describe('a report', () => {
  let doc: SubmissionView;
  let id = '';
  let before = { credits: 0, happened: [] as string[] };

  test('信息编辑送核查：马上谁也看不到，列表、搜索、导出、通知里都没有，只有经手的两人看得到', async () => {
    doc = await sentReport();
    await as('author', (api) => api.keepDraft(draftOf('mending-1', 'secret-draft-2', doc)));
    // A correction taught the router pieces of the text.
    await server.app.get(Jobs).runNow('routing.learn');
    before = { credits: await server.database.read((manager) => manager.countBy(CreditEntry, { evidenceId: doc.id })), happened: doc.timeline.map(({ action }) => action) };
    expect(await tablesWith('青鸟')).toContain('routing_models');
    expect(await tablesWith(canary)).toEqual(expect.arrayContaining(['channel_entries', 'drafts', 'edition_texts', 'editions', 'files', 'issues', 'notes', 'revisions', 'search_entries', 'submissions']));

    const disposal = await as('editor', async (api) => {
      const seen = await api.show({ id: doc.id });
      expect(seen.mayMark).toBe(true);
      expect(await api.findDisposable({ kind: 'opinion', receiptNo: doc.receiptNo ?? '' })).toMatchObject({ receiptNo: doc.receiptNo, related: [] });
      return (await api.markSecret({ kind: 'opinion', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' })).disposal;
    });
    id = disposal.id;
    expect(disposal).toMatchObject({ state: 'marked', title: texts.title, text: { situation: texts.situation }, can: [] });
    expect(await waiting()).toEqual([['1 件待涉密核查处置', `社情民意收件号 ${doc.receiptNo ?? ''} 已由办公室送核查、封存，请到电脑端“涉密处置”核查处置，或者解除。`, '']]);
    for (const who of Object.keys(people) as Who[]) {
      const api = await server.as(people[who], who === 'author' ? 'phone' : 'desk');
      expect([who, await refusal(api.show({ id: doc.id }))]).toEqual([who, expect.stringMatching(/^404/)]);
      expect((await api.findDocuments({ query: canary, limit: 100 })).rows).toEqual([]);
      const token = await server.tokenOf(people[who], 'desk');
      const exported = await fetch(`${server.url}/api/search/export?texts=yes`, { headers: { authorization: `Bearer ${token}` } });
      expect(JSON.stringify(readWorkbook(Buffer.from(await exported.arrayBuffer())))).not.toContain(canary);
      for (const path of ['/api/submissions/mine?limit=100', '/api/notices?limit=100', '/api/home', '/api/drafts', '/api/submissions?kind=opinion&limit=100', '/api/search?limit=100', '/api/issues?limit=100', '/api/deliveries?limit=100', '/api/tasks?box=mine&limit=100', '/api/tasks?box=edit&limit=100', '/api/disposals?limit=100']) {
        const { text, status } = await server.ask('GET', path, undefined, { token });
        expect([path, [200, 403].includes(status)]).toEqual([path, true]);
        expect([who, path, text.includes(canary)]).toEqual([who, path, path.startsWith('/api/disposals') && (who === 'editor' || who === 'security')]);
      }
    }
    expect(await as('director', (api) => api.showDisposal({ id }))).toMatchObject({ title: null, text: null, can: [] });
  });

  test('送核查期间：谁也不能再办，撤销不了，草稿不收，到期的任务也不动它', async () => {
    const row = await server.database.read((manager) => manager.findOneByOrFail(Submission, { id: doc.id }));
    expect(row).toMatchObject({ closure: 'marked', state: 'sent', title: '正在作涉密核查' });
    expect(await refusal(as('editor', (api) => api.send({ id: doc.id, version: row.version, channels: ['city_gov'] })))).toMatch(/^404/);
    expect(await refusal(as('author', (api) => api.keepDraft(draftOf('mending-1', 'secret-draft-2', doc))))).toMatch(/^409 secret_marked/);
    expect(await refusal(as('author', (api) => api.submit({ ...report({ ...texts, key: 'secret-draft-1' }), fileIds: [] })))).toMatch(/^409 secret_marked/);
    for (const job of ['opinions.silences', 'opinions.followers', 'opinions.sketches', 'search.index']) await server.app.get(Jobs).runNow(job);
    expect(await as('other', async (api) => (await api.findSimilar({ title: texts.title, body: texts.situation })).rows)).toEqual([]);
    expect(JSON.stringify(await as('editor', (api) => api.listTopics({})))).not.toContain(canary);
  });

  test('送的人自己不能处置，别的岗位也不能；不是自己的收件号、输错的都不做', async () => {
    for (const who of ['editor', 'director', 'system', 'auditor', 'author'] as const) expect([who, await refusal(as(who, (api) => api.carryOutDisposal({ id, receiptNo: doc.receiptNo ?? '' })))]).toEqual([who, expect.stringMatching(/^403/)]);
    expect(await refusal(as('security', (api) => api.carryOutDisposal({ id, receiptNo: '2022-9999' })))).toMatch(/^400 .*收件号/);
    expect(await refusal(as('author', (api) => api.markSecret({ kind: 'opinion', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' })))).toMatch(/^403/);
    expect(await tablesWith(canary)).toContain('revisions');
  });

  test('解除以后一切照旧：标题、列表、任务、搜索和期刊都回来', async () => {
    expect(await as('security', async (api) => (await api.liftDisposal({ id })).disposal)).toMatchObject({ state: 'lifted', title: null, can: [] });
    expect(await waiting()).toEqual([]);
    await server.app.get(Jobs).runNow('search.index');
    const back = await as('editor', (api) => api.show({ id: doc.id }));
    expect([back.title, back.text.situation, back.can]).toEqual([texts.title, texts.situation, doc.can]);
    expect(await as('editor', async (api) => (await api.findDocuments({ query: canary, limit: 100 })).rows.map((it) => it.id))).toContain(doc.id);
    expect(await as('editor', async (api) => (await api.listIssues({ limit: 100 })).rows.map(({ title }) => title))).toContain(`${texts.title}（编）`);
    expect(await refusal(as('security', (api) => api.liftDisposal({ id })))).toMatch(/^409 dispose/);
  });

  test('安全管理员照收件号处置：每一张表、每一个文件里都没有了；编号、经过、得分都在', async () => {
    await server.database.write((manager) => manager.insert(Keeping, { id: 'backup-before', kind: 'backup', outcome: 'ok', startedAt: new Date(server.clock.now().getTime() + 1000), endedAt: new Date(server.clock.now().getTime() + 2000), fileName: 'lvzhi-20220721-014001-000.backup', kilobytes: 9, words: '' }));
    server.clock.shift(60_000);
    id = await as('director', async (api) => (await api.markSecret({ kind: 'opinion', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' })).disposal.id);
    const fileId = doc.files[0]?.id ?? '';
    const bytes = join(server.config.dataFolder, 'files', fileId.slice(-2), fileId);
    expect(existsSync(bytes)).toBe(true);
    const { disposal } = await as('security', async (api) => {
      expect(await api.showDisposal({ id })).toMatchObject({ text: { situation: texts.situation, files: [`${canary}示意图.pdf`] }, can: ['lift', 'carry_out'] });
      return api.carryOutDisposal({ id, receiptNo: doc.receiptNo ?? '' });
    });
    expect(disposal).toMatchObject({ state: 'carried_out', title: null, text: null, filesLeft: 0, backupsLeft: 1, can: ['treat'] });
    expect(await tablesWith(canary)).toEqual([]);
    expect([await tablesWith('青鸟'), await tablesWith('走访了三个小区')]).toEqual([[], []]);
    expect(existsSync(bytes)).toBe(false);
    expect(filesWith(canary)).toEqual([]);

    for (const job of ['search.index', 'opinions.sketches', 'routing.learn', 'opinions.followers', 'opinions.silences', 'files.sweep']) await server.app.get(Jobs).runNow(job);
    expect(await tablesWith(canary)).toEqual([]);
    const seen = await as('author', (api) => api.show({ id: doc.id }));
    expect(seen).toMatchObject({ title: '已作涉密处置', stateWords: '已报送，已作涉密处置', receiptNo: doc.receiptNo, can: [], files: [], text: { situation: '', analysis: '', suggestion: '' }, routing: null });
    expect(seen.timeline.at(-1)).toMatchObject({ action: 'dispose', words: '涉密处置' });
    expect((await as('editor', (api) => api.show({ id: doc.id }))).timeline.map(({ action }) => action)).toEqual([...before.happened, 'mark_secret', 'lift_secret', 'mark_secret', 'dispose']);
    expect(await server.database.read((manager) => manager.countBy(CreditEntry, { evidenceId: doc.id }))).toBe(before.credits);
    expect((await server.database.write((manager) => verifyJournal(journalSource(manager)))).faults).toEqual([]);
    expect(await as('editor', async (api) => (await api.findDocuments({ query: doc.receiptNo ?? '', limit: 100 })).rows.map(({ title }) => title))).toEqual(['已作涉密处置']);
    expect(await as('editor', async (api) => (await api.listIssues({ limit: 100 })).rows.map(({ title }) => title))).toContain('已作涉密处置');
    expect(await as('author', async (api) => (await api.listNotices({ limit: 100 })).rows.filter(({ docId }) => docId === doc.id).map(({ head, body }) => [head, body.includes(doc.receiptNo ?? '')]))).toEqual([['已作涉密处置', true]]);
  });

  test('处置过的不能再办、再送、再改；草稿、提交和同一个附件再来都不收', async () => {
    const seen = await as('editor', (api) => api.show({ id: doc.id }));
    expect(seen.mayMark).toBe(false);
    expect(await refusal(as('editor', (api) => api.send({ ...on(seen), channels: ['city_gov'] })))).toMatch(/^409 send 这件已作涉密处置/);
    expect(await refusal(as('editor', (api) => api.markSecret({ kind: 'opinion', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' })))).toMatch(/^409 mark_secret 这件已作涉密处置/);
    for (const [draft, key] of [['mending-1', 'secret-draft-2'], ['new-draft', 'secret-draft-1']] as const) expect(await refusal(as('author', (api) => api.keepDraft(draftOf(draft, key, draft === 'mending-1' ? doc : undefined))))).toMatch(/^409 secret_disposed 这一份已作涉密处置/);
    expect(await refusal(as('author', (api) => api.submit({ ...report({ ...texts, key: 'secret-draft-1' }), fileIds: [] })))).toMatch(/^409 secret_disposed/);
    expect(await upload('other', 'another-key-1', `/Note(${Buffer.from(canary).toString('hex')})`)).toMatchObject({ status: 409, reason: expect.stringContaining('这个附件已作涉密处置') });
    expect(await refusal(as('security', (api) => api.liftDisposal({ id })))).toMatch(/^409 dispose/);
    expect(await tablesWith(canary)).toEqual([]);
  });

  test('还有内容的备份列出来，处理一份勾一份，记下谁、什么时候；审计里有，没有一个字', async () => {
    expect(await as('director', (api) => api.showDisposal({ id }))).toMatchObject({ backups: [{ fileName: 'lvzhi-20220721-014001-000.backup', treated: null }], backupsLeft: 1, can: [] });
    const { disposal } = await as('security', (api) => api.treatBackup({ id, keepingId: 'backup-before' }));
    expect(disposal).toMatchObject({ backupsLeft: 0, backups: [{ treated: { by: holder('security_admin').name } }] });
    expect(await refusal(as('security', (api) => api.treatBackup({ id, keepingId: 'no-such-backup' })))).toMatch(/^404/);
    const { rows } = await as('auditor', (api) => api.listAudit({ limit: 100 }));
    expect(rows.filter(({ kind }) => kind.startsWith('secret.')).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['secret.marked', 'secret.lifted', 'secret.disposed', 'secret.backup', 'secret.read']));
    expect(JSON.stringify(rows)).not.toContain(canary);
  });
});

describe('a proposal', () => {
  test('办理到评价的提案：面商、答复、评价里的也都清除，承办单位还看得到有这一件', async () => {
    let doc = await as('author', async (api) => (await api.submit(proposal({ ...texts, title: `关于${canary}的建议`, wish: 'ask' }))).doc);
    doc = await as('office', async (api) => (await api.assign({ ...on(doc), committeeId: 'c-shefa' })).doc);
    doc = await as('head', async (api) => (await api.review({ ...on(doc), outcome: 'filed', note: said('建议立案'), unitIds: [] })).doc);
    doc = await as('office', async (api) => (await api.planUnits({ ...on((await api.fileProposal(on(doc))).doc), units: [{ unitId: 'u-yuanlin', role: 'sole' }], note: said('请办理') })).doc);
    doc = await as('dispatch', async (api) => (await api.handOver(on(doc))).doc);
    const supervised = await as('head', async (api) => (await api.nominate({ key: 'secret-supervise', proposalId: doc.id, reason: said('群众反映集中') })).doc);
    await as('chair', async (api) => {
      const seen = await api.showSupervision({ id: supervised.id });
      await api.makeKey({ ...on(seen), meeting: said('主席会议'), form: 'appraisal', leaderId: seen.leaders[0]?.id ?? '', committeeId: 'c-shefa' });
    });
    await as('head', async (api) => {
      const begun = (await api.beginSupervision({ ...on(await api.showSupervision({ id: supervised.id })), plan: said('方案'), dueOn: '2022-09-30' })).doc;
      const held = (await api.recordEvent({ ...on(begun), on: '2022-07-21', place: said('现场'), people: said('委员'), what: said('视察'), findings: said('发现') })).doc;
      await api.makeDemand({ ...on(held), unitId: 'u-yuanlin', demand: said('要求'), dueOn: '2022-08-30' });
    });
    const part = await as('unit', async (api) => {
      const row = (await api.listHandlings({ limit: 100 })).rows.find(({ proposal: of }) => of.id === doc.id);
      const signed = (await api.signFor(on(row ?? { id: '', version: 0 }))).doc;
      const talked = (await api.recordTalk({ ...on(signed), on: '2022-07-21', form: 'phone', people: said('经办人'), gist: said('面商') })).doc;
      await api.saveReply({ id: talked.id, version: 0, classCode: 'A', body: said('答复'), docNo: '安园林提函〔2022〕5号', signer: '施国华', publicity: 'open', publicityReason: '', promisedOn: null, contact: '吴德昌 0000-5566' });
      await api.submitReply(on(await api.showHandling({ id: talked.id })));
      return talked;
    });
    await as('dispatch', async (api) => { const { doc: ready } = await api.approveReply({ ...on(await api.showHandling({ id: part.id })), classCode: null, note: said('可以') }); await api.releaseReplies({ items: [on(ready)] }); });
    await as('author', async (api) => {
      const own = (await api.show({ id: doc.id })).handling?.ratings.find(({ mine }) => mine);
      await api.rate({ id: own?.id ?? '', version: own?.version ?? 0, attitude: 'satisfied', result: 'satisfied', talked: true, note: said('很好') });
    });
    expect(await tablesWith(canary)).toEqual(expect.arrayContaining(['demands', 'handling_notes', 'ratings', 'replies', 'supervision_events', 'supervisions', 'talks']));
    expect(await refusal(as('editor', (api) => api.markSecret({ kind: 'proposal', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' })))).toMatch(/^404/);
    const id = await as('office', async (api) => (await api.markSecret({ kind: 'proposal', receiptNo: doc.receiptNo ?? '', reason: 'notified' })).disposal.id);
    expect(await refusal(as('unit', (api) => api.showHandling({ id: part.id })))).toMatch(/^404/);
    expect(await as('unit', async (api) => (await api.listHandlings({ limit: 100 })).rows.map(({ id: one }) => one))).not.toContain(part.id);
    expect(await refusal(as('unit', (api) => api.showReply({ id: part.id })))).toMatch(/^404/);
    expect(await refusal(as('chair', (api) => api.showSupervision({ id: supervised.id })))).toMatch(/^404/);
    expect(await as('chair', async (api) => (await api.listSupervisions({ limit: 100 })).rows)).toEqual([]);
    expect(await as('author', (api) => api.showOwnSupervision({ id: doc.id }).catch(() => ({ supervision: null })))).toEqual({ supervision: null });
    await as('security', (api) => api.carryOutDisposal({ id, receiptNo: doc.receiptNo ?? '' }));
    expect(await tablesWith(canary)).toEqual([]);
    expect(filesWith(canary)).toEqual([]);
    const seen = await as('unit', (api) => api.showHandling({ id: part.id }));
    expect([seen.proposal.title, seen.can, seen.doc?.handling?.replies.map(({ body }) => body)]).toEqual(['已作涉密处置', [], ['']]);
    expect(await as('head', (api) => api.showSupervision({ id: supervised.id }))).toMatchObject({ can: [], plan: '', demands: [{ demand: '', can: [] }] });
    for (const path of ['letter', 'order', 'rating-form']) expect((await server.ask('GET', `/api/handlings/${part.id}/${path}`, undefined, { token: await server.tokenOf(people.unit, 'desk') })).status).toBe(404);
    expect(await as('office', (api) => api.showFigures({}))).toMatchObject({ total: { counts: { received: 1 } } });
  });

  test('并案的一起列出来，一起送、一起处置；没选的还在', async () => {
    const filed = async (title: string): Promise<SubmissionView> => {
      const doc = await as('author', async (api) => (await api.submit(proposal({ ...texts, title, wish: 'ask' }))).doc);
      const assigned = await as('office', async (api) => (await api.assign({ ...on(doc), committeeId: 'c-shefa' })).doc);
      return as('head', async (api) => (await api.review({ ...on(assigned), outcome: 'filed', note: '建议立案', unitIds: [] })).doc);
    };
    const main = await as('office', async (api) => (await api.fileProposal(on(await filed(`关于${canary}的主案`)))).doc);
    const [together, apart] = [await filed(`关于${canary}的并案一`), await filed('关于另一件事的建议')];
    for (const doc of [together, apart]) await as('office', (api) => api.merge({ ...on(doc), mainId: main.id, note: '' }));
    const id = await as('office', async (api) => {
      const { related } = await api.findDisposable({ kind: 'proposal', receiptNo: main.receiptNo ?? '' });
      expect(new Map(related.map(({ id: one, how }) => [one, how]))).toEqual(new Map([together, apart].map(({ id: one }) => [one, '并入这一件的'])));
      expect(await refusal(api.markSecret({ kind: 'proposal', receiptNo: main.receiptNo ?? '', reason: 'work_secret', related: ['nothing'] }))).toMatch(/^400/);
      return (await api.markSecret({ kind: 'proposal', receiptNo: main.receiptNo ?? '', reason: 'work_secret', related: [together.id] })).disposal.id;
    });
    const { disposal } = await as('security', (api) => api.carryOutDisposal({ id, receiptNo: main.receiptNo ?? '' }));
    expect(disposal.together).toEqual([{ receiptNo: together.receiptNo, kind: 'proposal', title: null }]);
    expect(await as('author', async (api) => [(await api.show({ id: together.id })).title, (await api.show({ id: apart.id })).title])).toEqual(['已作涉密处置', '关于另一件事的建议']);
    expect(await server.database.read((manager) => manager.countBy(Disposal, { state: 'marked' }))).toBe(0);
  });

  test('撤回到草稿的也能按收件号送；送的人和处置的人都看不到草稿的内容', async () => {
    const doc = await as('author', async (api) => { const sent = (await api.submit(report({ ...texts, key: 'secret-draft-9' }))).doc; return (await api.withdraw(on(sent))).doc; });
    const { disposal } = await as('editor', (api) => api.markSecret({ kind: 'opinion', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' }));
    expect([disposal.text, (await as('security', (api) => api.showDisposal({ id: disposal.id }))).text]).toEqual([null, null]);
    await as('security', (api) => api.carryOutDisposal({ id: disposal.id, receiptNo: doc.receiptNo ?? '' }));
    expect(await tablesWith('走访了三个小区')).toEqual(expect.not.arrayContaining(['drafts']));
    expect(await as('author', async (api) => (await api.show({ id: doc.id })).text.situation)).toBe('');
  });

  test('代录的：录入的人不能自己送；处置以后录入表单、原话和附件都清除，同一张表单再交不收', async () => {
    const own = '雨燕行动八号';
    await server.database.write((manager) => manager.insert(WechatBinding, { id: 'secret-bound', appid: 'wxtest', openidHash: 'h-secret', openidSealed: 'x', personId: people.author, boundAt: server.clock.now() }));
    const { noSecret: _pledge, original: _original, wish: _wish, key: _key, ...written } = { wish: null, ...report({ ...texts, title: `${own}的标题`, situation: `走访了三个小区，情况属实，${own}，需要尽快研究解决。` }) };
    const entered = { ...written, key: 'secret-entry-1', authorId: people.author, means: 'confirm' as const };
    const entry = await as('editor', async (api) => (await api.createEntry(entered)).doc);
    await as('author', (api) => api.askCorrection({ ...on(entry), key: 'secret-entry-2', note: `第二段${own}不对` }));
    await as('editor', async (api) => api.correctEntry({ ...on(await api.showEntry({ id: entry.id })), ...written, key: 'secret-entry-3' }));
    const { doc } = await as('author', async (api) => api.confirmEntry({ ...on(await api.showEntry({ id: entry.id })), key: 'secret-entry-4', noSecret: true, original: true }));
    expect(await tablesWith(own)).toEqual(expect.arrayContaining(['entries', 'entry_notes']));
    expect(await refusal(as('editor', (api) => api.markSecret({ kind: 'opinion', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' })))).toMatch(/^409 mark_secret 不能送核查自己提交或者代录的件/);
    const id = await as('director', async (api) => (await api.markSecret({ kind: 'opinion', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' })).disposal.id);
    expect([await refusal(as('editor', (api) => api.showEntry({ id: entry.id }))), (await as('editor', (api) => api.listEntries({ limit: 100 }))).rows]).toEqual([expect.stringMatching(/^404/), []]);
    await as('security', (api) => api.carryOutDisposal({ id, receiptNo: doc.receiptNo ?? '' }));
    expect(await tablesWith(own)).toEqual([]);
    expect(await as('editor', (api) => api.showEntry({ id: entry.id }))).toMatchObject({ title: '已作涉密处置', form: { situation: '' }, can: [] });
    expect(await refusal(as('editor', (api) => api.createEntry(entered)))).toMatch(/^409 secret_disposed/);
  });

  test('两个人同时处置，只做一次；附件的字节没来得及删，任务接着删', async () => {
    const file = await upload('author', 'secret-file-7', '/Seven(7)');
    const doc = await as('author', async (api) => (await api.submit({ ...report({ wish: 'ask' }), fileIds: [file.id] })).doc);
    const id = await as('editor', async (api) => (await api.markSecret({ kind: 'opinion', receiptNo: doc.receiptNo ?? '', reason: 'state_secret' })).disposal.id);
    const twice = await Promise.all([1, 2].map(() => refusal(as('security', (api) => api.carryOutDisposal({ id, receiptNo: doc.receiptNo ?? '' })))));
    expect(twice.filter((it) => it === '')).toHaveLength(1);
    await server.database.write((manager) => manager.update(DisposalFile, { fileId: file.id }, { removedAt: null }));
    await server.app.get(Jobs).runNow('secrets.remove');
    expect((await server.database.read((manager) => manager.findOneByOrFail(DisposalFile, { fileId: file.id }))).removedAt).not.toBeNull();
  });
});

describe('a draft that was never handed in', () => {
  const unsent = '夜莺行动三号';
  const draft = (id: string, more: object = {}) => ({ id, key: `key-${id}`, version: 0, kind: 'opinion' as const, title: `${unsent}的标题`, situation: `草稿里写到${unsent}，没有提交。`, pen: 'p1', turn: 1, ...more });
  const mine = () => as('author', async (api) => (await api.listDrafts({})).rows.map(({ id }) => id));
  const author = plainMember(0);

  test('办公室按姓名找到、送核查：没有一个字给别人看，本人马上打不开；解除以后还在，本人删也删不掉证据', async () => {
    await as('author', (api) => api.keepDraft(draft('unsent-1')));
    await as('other', (api) => api.keepDraft(draft('unsent-other')));
    const found = await as('editor', (api) => api.findDrafts({ kind: 'opinion', name: author.name }));
    expect(found.rows.filter(({ personId }) => personId === author.id).map((it) => it.draft)).toContain('unsent-1');
    expect(JSON.stringify(found)).not.toContain(unsent);
    expect([(await as('editor', (api) => api.findDrafts({ kind: 'opinion', name: author.name.slice(0, 1) + '无此人' }))).rows, await refusal(as('editor', (api) => api.findDrafts({ kind: 'proposal', name: author.name })))]).toEqual([[], expect.stringMatching(/^404/)]);
    expect(await refusal(as('editor', (api) => api.markDraft({ kind: 'opinion', personId: author.id, draft: 'unsent-other', reason: 'state_secret' })))).toMatch(/^404/);

    const marked = await as('editor', async (api) => (await api.markDraft({ kind: 'opinion', personId: author.id, draft: 'unsent-1', reason: 'state_secret' })).disposal);
    expect(marked).toMatchObject({ draft: true, state: 'marked', text: null, receiptNo: expect.stringMatching(/^CG-\d{6}$/), can: [] });
    expect(await as('security', (api) => api.showDisposal({ id: marked.id }))).toMatchObject({ text: null, can: ['lift', 'carry_out'] });
    expect(await waiting()).toContainEqual(['1 件待涉密核查处置', expect.stringContaining('一份没有提交的草稿'), '']);
    expect(await refusal(as('editor', (api) => api.markDraft({ kind: 'opinion', personId: author.id, draft: 'unsent-1', reason: 'state_secret' })))).toMatch(/^409 mark_secret 这份草稿已经送核查/);
    expect([await mine(), await refusal(as('author', (api) => api.showDraft({ id: 'unsent-1' }))), await refusal(as('author', (api) => api.keepDraft(draft('unsent-1', { version: 1, turn: 2 }))))]).toEqual([expect.not.arrayContaining(['unsent-1']), expect.stringMatching(/^404/), expect.stringMatching(/^409 secret_marked/)]);
    await as('author', (api) => api.removeDraft({ id: 'unsent-1' }));
    await as('security', (api) => api.liftDisposal({ id: marked.id }));
    expect([await mine(), await waiting()]).toEqual([expect.arrayContaining(['unsent-1']), expect.not.arrayContaining([expect.arrayContaining(['1 件待涉密核查处置'])])]);
  });

  test('安全管理员照编号处置：哪里都没有了，本人收到通知，再存再提交都不收；别人的草稿不动', async () => {
    const { id, receiptNo } = await as('director', async (api) => (await api.markDraft({ kind: 'opinion', personId: author.id, draft: 'unsent-1', reason: 'state_secret' })).disposal);
    expect(await refusal(as('security', (api) => api.carryOutDisposal({ id, receiptNo: 'CG-0' })))).toMatch(/^400/);
    expect(await as('security', async (api) => (await api.carryOutDisposal({ id, receiptNo })).disposal)).toMatchObject({ state: 'carried_out', draft: true, can: ['treat'] });
    expect([await tablesWith(unsent), await mine()]).toEqual([['drafts'], expect.not.arrayContaining(['unsent-1'])]);
    await as('other', (api) => api.removeDraft({ id: 'unsent-other' }));
    expect([await tablesWith(unsent), await as('author', async (api) => (await api.listNotices({ limit: 100 })).rows.map(({ head, body, docId }) => [head, body.slice(0, 20), docId])[0])]).toEqual([[], ['已作涉密处置', '您没有提交的一份草稿已作涉密处置，内容已', '']]);
    for (const again of [() => as('author', (api) => api.keepDraft(draft('unsent-again', { key: 'key-unsent-1' }))), () => as('author', (api) => api.submit(report({ title: unsent, key: 'key-unsent-1' })))]) expect(await refusal(again())).toMatch(/^409 secret_disposed/);
  });

  test('本人发现涉密，自己清除：文字、附件、给联名委员看过的都没有了，只告诉安全管理员去处理备份；提交过的不能自己清除', async () => {
    const file = await upload('author', 'unsent-file-1', `/Note(${Buffer.from(unsent).toString('hex')})`);
    const form = { kind: 'proposal' as const, title: `关于${unsent}的建议`, situation: `走访了三个小区，${unsent}的情况属实，群众反映强烈，需要尽快研究解决。`.repeat(3), suggestion: '请有关部门尽快研究解决，公布办理结果。', analysis: '管理责任不清，部门之间互相推诿。' };
    await as('author', (api) => api.keepDraft({ ...draft('unsent-2'), ...form, fileIds: [file.id] }));
    const invitation = await as('author', async (api) => (await api.inviteSigners({ draftKey: 'key-unsent-2', ...form, fileIds: [file.id], personIds: [people.other] })).joint.rows[0]?.id ?? '');
    expect(await as('other', async (api) => (await api.showInvitation({ id: invitation })).can)).toContain('cosign');
    const before = (await as('security', (api) => api.listDisposals({ limit: 100 }))).rows.length;
    const purge = () => as('author', (api) => api.purgeDraft({ kind: 'proposal', draft: 'unsent-2', key: 'key-unsent-2', fileIds: [file.id] }));
    await purge();
    await purge();
    await server.app.get(Jobs).runNow('secrets.remove');
    expect([await tablesWith(unsent), filesWith(unsent), existsSync(join(server.config.dataFolder, 'files', file.id.slice(-2), file.id))]).toEqual([[], [], false]);
    expect(await as('other', (api) => api.showInvitation({ id: invitation }))).toMatchObject({ title: '已作涉密处置', text: { situation: '' }, files: [], can: [] });
    const { rows } = await as('security', (api) => api.listDisposals({ limit: 100 }));
    expect([rows.length - before, rows[0]]).toEqual([1, expect.objectContaining({ draft: true, state: 'carried_out', reason: { code: 'own_draft', name: '本人发现没提交的草稿涉密' }, markedBy: author.name, decidedBy: author.name, can: ['treat'] })]);
    expect(await waiting()).toContainEqual(['1 份草稿已按涉密清除', expect.stringContaining('还有哪些备份'), '']);
    expect([await refusal(as('author', (api) => api.keepDraft({ ...draft('unsent-2'), ...form }))), await upload('other', 'unsent-file-2', `/Note(${Buffer.from(unsent).toString('hex')})`)]).toEqual([expect.stringMatching(/^409 secret_disposed/), expect.objectContaining({ status: 409 })]);
    await as('author', (api) => api.submit(report({ key: 'key-unsent-3' })));
    expect(await refusal(as('author', (api) => api.purgeDraft({ kind: 'opinion', draft: 'unsent-3', key: 'key-unsent-3', fileIds: [] })))).toMatch(/^409 purge_draft 这份草稿已经提交过/);
  });
});
