/** Finding: the same suite on every database, by people with their own scope (traps 27, 33, 34). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FoundRow } from '@lvzhi/contracts';
import { indexWords, normalised } from '@lvzhi/domain';
import { newId } from '../src/platform/ids.ts';
import { AuditEntry } from '../src/platform/audit.ts';
import { Jobs } from '../src/platform/jobs.ts';
import { Marks } from '../src/platform/marks.ts';
import { readTable } from '../src/platform/tables.ts';
import { submissionColumns } from '../src/search/sheet.ts';
import { Submission } from '../src/submissions/submission.entity.ts';
import { holder, plainMember, proposal, report } from './people.ts';
import { serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

let server: Serving;
let [editor, proposalOffice, author, head]: Api[] = [];
const sought = async (api: Api | undefined, query: string, more: object = {}) => (await (api as Api).findDocuments({ query, ...more })).rows.map(({ title }) => title);
const shown = (pieces: FoundRow['hits']['title']) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
const write = async (title: string, situation: string, more: object = {}) => (await (author as Api).submit(report({ title, situation: `${situation}。走访了三个小区，情况属实，群众反映强烈。`, wish: 'ask', ...more }))).doc;

beforeAll(async () => {
  server = await serving();
  [editor, proposalOffice, author, head] = [await server.as(holder('information_editor').id), await server.as(holder('proposal_office', 'c-tian', 2).id), await server.as(plainMember(0).id), await server.as(holder('committee_head', 'c-shefa').id)];
  await write('老旧小区停车难', '晚上停车场满了，车停在消防通道上，ＡＢＣ 小区 2022-2025 年没有新增车位');
  await write('𠮷祥路口信号灯配时不合理', '早高峰左转排队 %50 以上_超过两个周期，<img src=x onerror=alert(1)>');
  await write('图书馆开放时间短', '晚上六点闭馆，上班的人没有时间停下来看书，车站附近也没有');
});
afterAll(() => server.close());

describe('陷阱 34：在每一种数据库上都找得到', () => {
  test.each([
    ['一个字', '难', ['老旧小区停车难']], ['两个字', '停车', ['老旧小区停车难']], ['三个字', '停车场', ['老旧小区停车难']], ['四个字', '消防通道', ['老旧小区停车难']], ['更多的字', '车停在消防通道上', ['老旧小区停车难']],
    ['两个词都要有', '停车 消防', ['老旧小区停车难']], ['两个词只有一个', '停车 图书馆', []], ['全角和半角', 'abc', ['老旧小区停车难']], ['全角输入', 'ＡＢＣ', ['老旧小区停车难']], ['标点当空格', '停车，消防！', ['老旧小区停车难']], ['生僻字', '𠮷', ['𠮷祥路口信号灯配时不合理']], ['生僻字连着', '𠮷祥路', ['𠮷祥路口信号灯配时不合理']],
    ['没有的', '地铁', []], ['只在正文里', '闭馆', ['图书馆开放时间短']], ['连着才算', '停下车', []], ['连字号里的数', '2022-2025', ['老旧小区停车难']],
  ])('%s：%s', async (_, query, titles) => { expect(await sought(editor, query)).toEqual(titles); });

  test('按编号找：整个、一段、全角都行；按提交人的姓名找；新收的在前', async () => {
    const { doc } = await (author as Api).submit(report({ title: '第二次反映停车难', wish: 'ask' }));
    for (const query of [doc.receiptNo ?? '', (doc.receiptNo ?? '').slice(-4), (doc.receiptNo ?? '').replace('-', '－')]) expect(await sought(editor, query)).toContain('第二次反映停车难');
    expect(await sought(editor, doc.author.name)).toHaveLength(4);
    expect(await sought(editor, '停车难')).toEqual(['第二次反映停车难', '老旧小区停车难']);
  });

  test('%、_ 和引号不是通配符；只有符号等于什么也没找；恶意的输入不出错', async () => {
    for (const query of ['%', '_', '%停%', "' OR 1=1 --", '停车" OR *', '+停车 -消防 @1', 'NEAR(停 车)', '0/*', '\\', '{a}:b*', '505c8f66*', '停'.repeat(60)]) {
      const { rows, terms } = await (editor as Api).findDocuments({ query });
      expect([query, rows.length === 0 || terms.length > 0]).toEqual([query, true]);
    }
    expect(await sought(editor, '%停%')).toEqual(await sought(editor, '停'));
    expect(await sought(editor, '50')).toEqual(expect.arrayContaining(['𠮷祥路口信号灯配时不合理']));
    expect((await server.ask('GET', `/api/search?query=${'%00'}`, undefined, { token: await server.tokenOf(plainMember(0).id) })).status).toBe(400);
    expect((await server.ask('GET', `/api/search?query=${encodeURIComponent('停'.repeat(61))}`, undefined, { token: await server.tokenOf(plainMember(0).id) })).said).toMatchObject({ fields: { query: '要找的内容最多 60 个字' } });
  });

  test('陷阱 28：标出的是一段段文字，不是代码；原文里的尖括号原样交回', async () => {
    const [row] = (await (editor as Api).findDocuments({ query: '信号灯 img' })).rows;
    expect(shown(row?.hits.title ?? [])).toBe('𠮷祥路口[信号灯]配时不合理');
    expect(shown(row?.hits.excerpt ?? [])).toContain('<[img] src=x onerror=alert(1)>');
  });
});

describe('陷阱 27：只在本人能看到的范围里', () => {
  test('别的委员、别的专委会、提案委、三员什么也找不到；提交人找得到自己的；分送以后专委会和协办的找得到，收回以后又找不到', async () => {
    const doc = await write('范围之内的一件事', '只有该看到的人找得到');
    const found = async (id: string) => (await sought(await server.as(id), '范围之内的一件事')).length;
    const others = [plainMember(1).id, holder('committee_head', 'c-jingke').id, holder('proposal_office', 'c-tian', 2).id, holder('system_admin').id, holder('security_admin').id, holder('auditor').id, holder('member_affairs').id, holder('unit_clerk').id];
    const committees = [holder('committee_head', 'c-shefa').id, holder('committee_staff', 'c-renzihuan').id];
    for (const id of [...others, ...committees]) expect([id, await found(id)]).toEqual([id, 0]);
    for (const id of [plainMember(0).id, holder('information_editor').id]) expect([id, await found(id)]).toEqual([id, 1]);
    const { doc: sent, undo } = await (editor as Api).assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa', coCommitteeIds: ['c-renzihuan'] });
    for (const id of committees) expect([id, await found(id)]).toEqual([id, 1]);
    for (const id of others) expect([id, await found(id)]).toEqual([id, 0]);
    await (editor as Api).undo({ id: doc.id, moveId: undo?.moveId ?? '' });
    for (const id of committees) expect([id, await found(id)]).toEqual([id, 0]);
    const { version } = await (author as Api).show({ id: sent.id });
    await (author as Api).withdraw({ id: doc.id, version });
    for (const id of [holder('information_editor').id, ...committees]) expect([id, await found(id)]).toEqual([id, 0]);
    expect(await found(plainMember(0).id)).toBe(1);
  });

  test('重新提交以后按新的文字找，旧的文字找不到了；没有写成的什么也不留下', async () => {
    const doc = await write('改过的一件事', '旧的说法叫做甲乙丙丁');
    const { version } = (await (author as Api).withdraw({ id: doc.id, version: doc.version })).doc;
    const { key, kind: _, ...form } = report({ title: '改过的一件事', situation: '新的说法叫做戊己庚辛，走访了三个小区，情况属实，群众反映强烈。', wish: 'ask' });
    await (author as Api).resubmit({ id: doc.id, version, key, ...form });
    expect([await sought(editor, '甲乙丙丁'), await sought(editor, '戊己庚辛')]).toEqual([[], ['改过的一件事']]);
    const entries = () => server.source.query<{ n: number }[]>('SELECT COUNT(*) AS n FROM search_entries').then(([row]) => Number(row?.n));
    const before = await entries();
    await expect((author as Api).submit(report({ title: '没有写成的一件', fileIds: ['nobody-has-this'] }))).rejects.toMatchObject({ status: 400 });
    expect(await entries()).toBe(before);
  });
});

test('按种类、状态、专委会、紧急程度、镇街和收到日期筛选，可以没有字；提案委只看到提案', async () => {
  const { doc } = await (author as Api).submit(proposal({ title: '关于筛选的一件提案', wish: 'ask', urgency: 'urgent' }));
  expect(await sought(proposalOffice, '', { kind: 'proposal', state: 'submitted', urgency: 'urgent', from: '2022-07-21', until: '2022-07-21' })).toEqual([doc.title]);
  expect(await sought(proposalOffice, '筛选', { from: '2022-07-22' })).toEqual([]);
  expect(await sought(proposalOffice, '', { until: '2022-07-20' })).toEqual([]);
  const { doc: sent } = await (proposalOffice as Api).assign({ id: doc.id, version: doc.version, committeeId: 'c-shefa' });
  const { doc: reviewed } = await (head as Api).review({ id: sent.id, version: sent.version, outcome: 'filed', note: '建议立案' });
  const { doc: filed } = await (proposalOffice as Api).fileProposal({ id: reviewed.id, version: reviewed.version });
  for (const query of [filed.caseNo ?? '没有案号', (filed.caseNo ?? '').slice(-5)]) expect(await sought(proposalOffice, query)).toEqual([doc.title]);
  expect(await sought(proposalOffice, '', { kind: 'opinion' })).toEqual([]);
  expect(await sought(editor, '', { kind: 'proposal' })).toEqual([]);
  expect(await sought(editor, '', { committeeId: 'c-wenshi' })).toEqual([]);
  expect((await sought(author, '')).length).toBeGreaterThan(5);
  expect(await sought(head, '筛选')).toEqual([doc.title]);
});

describe('视图', () => {
  test('存下、改名、删除都只在自己的里面；别人的当作没有', async () => {
    const [mine, other] = [editor as Api, proposalOffice as Api];
    const { view } = await mine.keepView({ page: 'find', name: ' 停车  的事 ', query: 'q=%E5%81%9C%E8%BD%A6&kind=opinion' });
    expect((await mine.listViews({})).rows).toEqual([{ id: view.id, page: 'find', name: '停车 的事', query: 'q=%E5%81%9C%E8%BD%A6&kind=opinion' }]);
    expect((await other.listViews({})).rows).toEqual([]);
    for (const attempt of [() => other.renameView({ id: view.id, name: '别人的' }), () => other.removeView({ id: view.id })]) await expect(attempt()).rejects.toMatchObject({ status: 404 });
    expect((await mine.renameView({ id: view.id, name: '停车' })).view.name).toBe('停车');
    await mine.removeView({ id: view.id });
    expect((await mine.listViews({})).rows).toEqual([]);
    await expect(mine.removeView({ id: view.id })).rejects.toMatchObject({ status: 404 });
  });

  test('同一页里名字不能重复，别的页可以；同样的再存一次还是那一个；二十个同时存也是；存满了说明怎么办', async () => {
    const api = author as Api;
    const ask = { page: 'opinions' as const, name: '退回的', query: 'state=returned' };
    const kept = await Promise.all(Array.from({ length: 20 }, () => api.keepView(ask)));
    expect(new Set(kept.map(({ view }) => view.id)).size).toBe(1);
    await expect(api.keepView({ ...ask, query: 'state=editing' })).rejects.toMatchObject({ status: 400, refusal: { fields: { name: '已经有叫“退回的”的视图，请换一个名字' } } });
    const { view } = await api.keepView({ ...ask, page: 'proposals' });
    const { view: second } = await api.keepView({ ...ask, page: 'proposals', name: '另一个' });
    await expect(api.renameView({ id: second.id, name: '退回的' })).rejects.toMatchObject({ status: 400 });
    expect((await api.renameView({ id: view.id, name: '退回的' })).view.name).toBe('退回的');
    for (const query of ['javascript:alert(1)', '?a=1', '#x', 'a=<b>']) expect((await server.ask('POST', '/api/views', { ...ask, query }, { token: await server.tokenOf(plainMember(0).id) })).status).toBe(400);
    for (let no = 3; no < 30; no += 1) await api.keepView({ ...ask, name: `第 ${no} 个` });
    await expect(api.keepView({ ...ask, name: '多出来的' })).rejects.toMatchObject({ status: 409, refusal: { reason: expect.stringMatching(/最多存 30 个/) } });
  });
});

describe('导出', () => {
  const file = async (id: string, query: string) => {
    const answer = await fetch(`${server.url}/api/search/export?${query}`, { headers: { authorization: `Bearer ${await server.tokenOf(id)}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: answer.headers, bytes, rows: answer.ok ? readTable(bytes)[0]?.rows ?? [] : [] };
  };

  test('陷阱 35：导出的是这个人看到的列表；公式只是文字；每一列要么导出、要么说明不导出', async () => {
    await write('=HYPERLINK("http://x","点")导出', '+cmd|calc 导出用的一件');
    const { rows, bytes, headers } = await file(holder('information_editor').id, `query=${encodeURIComponent('导出')}&texts=yes`);
    const [head, first] = rows;
    expect(head).toEqual(expect.arrayContaining(['收件号', '标题', '提交人', '分送方式', '情况']));
    expect(first?.[head?.indexOf('标题') ?? 0]).toBe('=HYPERLINK("http://x","点")导出');
    expect(first?.[head?.indexOf('情况') ?? 0]).toMatch(/^\+cmd\|calc/);
    expect(bytes.toString('latin1')).not.toMatch(/<f>/);
    expect([headers.get('x-lvzhi-rows'), headers.get('x-lvzhi-cut')]).toEqual([String(rows.length - 1), 'no']);
    expect(rows).toHaveLength(2);
    expect(Object.keys(submissionColumns).sort()).toEqual(server.source.getMetadata(Submission).columns.map(({ propertyName }) => propertyName).sort());
  });

  test('列按权限：提交人的导出里没有分送把握；别人一件也导不出，三员也是', async () => {
    const own = await file(plainMember(0).id, '');
    expect(own.rows[0]).not.toContain('分送方式');
    expect(own.rows[0]).not.toContain('情况');
    expect(own.rows.length).toBeGreaterThan(5);
    for (const id of [plainMember(1).id, holder('system_admin').id, holder('auditor').id]) expect([id, (await file(id, '')).rows.length]).toEqual([id, 1]);
    expect(await file(plainMember(0).id, 'state=nothing')).toMatchObject({ status: 400 });
    expect((await fetch(`${server.url}/api/search/export`)).status).toBe(401);
  });

  test('每次导出都记入审计：多少件、有没有截断、用了哪些筛选，不记找的字；太多时只导前面的，最后一行说明', async () => {
    await server.database.write((manager) => manager.query("UPDATE settings SET value = '2' WHERE name = 'export.maxRows'"));
    await server.app.get(Marks).look(true);
    const { rows, headers } = await file(holder('information_editor').id, `query=${encodeURIComponent('停')}&kind=opinion&from=2022-01-01`);
    expect(rows.slice(3)).toEqual([[expect.stringMatching(/^只导出了前 2 件/)]]);
    expect(headers.get('x-lvzhi-cut')).toBe('yes');
    const entries = await server.database.read((manager) => manager.find(AuditEntry, { where: { kind: 'documents.exported' }, order: { happenedAt: 'DESC', id: 'DESC' } }));
    expect(entries[0]).toMatchObject({ personId: holder('information_editor').id, detail: { rows: 2, cut: true, texts: false, kind: 'opinion', words: true, filters: ['from'] } });
    expect(JSON.stringify(entries)).not.toContain('停');
    await server.database.write((manager) => manager.query("UPDATE settings SET value = '5000' WHERE name = 'export.maxRows'"));
    await server.app.get(Marks).look(true);
  });
});

describe('陷阱 33：越来越多也找得到、翻得到头', () => {
  const many = 1_300;
  /** Copies rows of one document under other ids, as the migration and the job see them: documents without an entry. */
  async function fill(): Promise<void> {
    const [one] = await server.source.query<Record<string, unknown>[]>("SELECT * FROM submissions WHERE title = '图书馆开放时间短'");
    const names = Object.keys(one ?? {});
    await server.database.write(async (manager) => {
      const put = (table: string, columns: readonly string[], rows: unknown[][]) => manager.query(`INSERT INTO ${table}(${columns.join()}) VALUES ${rows.map((row) => `(${row.map(() => '?').join()})`).join()}`, rows.flat());
      for (let from = 0; from < many; from += 100) {
        const ids = Array.from({ length: 100 }, (_, index) => ({ id: newId(), no: from + index }));
        const at = (no: number) => new Date(Date.UTC(2022, 0, 1) + no * 60_000).toISOString().replace('T', ' ').slice(0, 23);
        await put('submissions', names, ids.map(({ id, no }) => names.map((name) => ({ id, receipt_no: `2021-${no}`, draft_key: `many-${no}`, title: `第${no}件`, submitted_at: at(no), changed_at: at(no) } as Record<string, unknown>)[name] ?? (typeof one?.[name] === 'object' && one[name] !== null && !(one[name] instanceof Date) ? JSON.stringify(one[name]) : one?.[name]))));
        await put('revisions', ['submission_id', 'revision_no', 'title', 'situation', 'analysis', 'suggestion', 'file_ids', 'written_at'], ids.map(({ id, no }) => [id, 1, `第${no}件`, no === 7 ? '最早的里面有一句罕见之词' : `普通的话${no % 10 === 0 ? '逢十有之' : ''}`, '', '', '[]', at(no)]));
      }
    });
  }

  test('没有进索引的由任务补上，一件不少；补过以后和逐件核对的结果一样，最后一页也到得了', async () => {
    await fill();
    expect(await server.app.get(Jobs).runNow('search.index')).toBe('索引已齐');
    const walk = async (query: string) => { const titles: string[] = []; for (let after: string | undefined; ;) { const { rows, next } = await (editor as Api).findDocuments({ query, limit: 100, ...(after !== undefined && { after }) }); titles.push(...rows.map(({ title }) => title)); if (next === null) return titles; after = next; } };
    expect(await sought(editor, '罕见之词')).toEqual(['第7件']);
    expect(await sought(editor, '罕')).toEqual(['第7件']);
    expect(await walk('逢十有之')).toEqual(Array.from({ length: many / 10 }, (_, index) => `第${many - 10 - index * 10}件`));
    expect(new Set(await walk('')).size).toBeGreaterThanOrEqual(many);
  });

  test('语句的条数不随件数增加，远处的由全文索引回答', async () => {
    const said: string[] = [];
    const { logger } = server.source;
    server.source.logger = { ...logger, logQuery: (sql: string) => { said.push(sql); }, logQueryError: () => undefined, logQuerySlow: () => undefined, logSchemaBuild: () => undefined, logMigration: () => undefined, log: () => undefined } as typeof logger;
    try {
      await sought(editor, '罕见之词');
    } finally {
      server.source.logger = logger;
    }
    expect(said.filter((sql) => /search_/.test(sql)).length).toBeLessThanOrEqual(6);
    expect(said.some((sql) => /MATCH/.test(sql))).toBe(true);
  });

  test('委员改了名字：任务以后按新的名字找得到；没有变的不重做', async () => {
    const jobs = server.app.get(Jobs);
    const clerk = await server.as(holder('member_affairs').id, 'desk');
    const { id, version, name } = await clerk.showMember({ id: plainMember(0).id });
    await clerk.editMember({ id, version, name: '欧阳新名', sectorId: (await clerk.showMember({ id })).sector?.id ?? '', townId: null, unitTitle: '某单位', isPartyMember: null });
    expect(await jobs.runNow('search.index')).toMatch(/^已建 \d+ 件，索引已齐$/);
    expect([(await sought(editor, '欧阳新名')).length, await sought(editor, name)]).toEqual([20, []]);
    expect(await jobs.runNow('search.index')).toBe('索引已齐');
  });
});

test('索引和文章一致：每一件的文字里有现在的标题', async () => {
  const rows = await server.source.query<{ doc_id: string; search_text: string; title: string; seq: number }[]>("SELECT e.doc_id, e.search_text, e.seq, s.title FROM search_entries e JOIN submissions s ON s.id = e.doc_id WHERE s.title NOT LIKE '第%'");
  for (const { search_text: text, title } of rows) expect(text).toContain(normalised(title));
  expect(indexWords('停车')).toEqual(['505c8f66', '8f66']);
});
