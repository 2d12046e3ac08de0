/** 运行状况 and 审计记录: who may look, what turns red, and that nothing is changed or lost unseen. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { auditGroupOf, auditGroups, auditKinds } from '@lvzhi/domain';
import { Keeping } from '../src/keeping/keeping.entity.ts';
import { Audit, AuditEntry } from '../src/platform/audit.ts';
import { AuditLink, pruneAudit, verifyAudit } from '../src/platform/audit-chain.ts';
import { HealthController } from '../src/platform/health.controller.ts';
import { newId } from '../src/platform/ids.ts';
import { Jobs } from '../src/platform/jobs.ts';
import { Marks, moveMark } from '../src/platform/marks.ts';
import { Probes } from '../src/platform/probes.ts';
import { Sessions } from '../src/platform/sessions.ts';
import { Setting } from '../src/platform/settings.ts';
import { readTable } from '../src/platform/tables.ts';
import { holder, plainMember, report } from './people.ts';
import { serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

let house: Serving;
let [admin, auditor]: [Api, Api] = [undefined as never, undefined as never];
beforeAll(async () => {
  house = await serving();
  [admin, auditor] = [await house.as(holder('system_admin').id, 'desk'), await house.as(holder('auditor').id, 'desk')];
});
afterAll(() => house.close());
const hours = (count: number) => count * 3_600_000;
const forward = (ms: number) => { house.clock.shift(ms); };
/** Time went on, and with it the session. */
const fresh = async (post: string) => house.with(await house.app.get(Sessions).open(holder(post).id, 'desk'));
const ran = (kind: Keeping['kind'], outcome: Keeping['outcome'] = 'ok') => house.database.write((manager) => manager.insert(Keeping, { id: newId(), kind, outcome, startedAt: house.clock.now(), endedAt: house.clock.now(), fileName: 'lvzhi-20220721-014000-000.backup', kilobytes: 1_234, words: '36 张表 4652 行，附件 9 个' }));
const probe = async (name: string) => (await admin.showHealth({})).probes.find((it) => it.name === name);
/** What a machine is told, and how; the ten seconds between two looks are over. */
const health = async () => {
  Object.assign(house.app.get(HealthController), { looked: undefined });
  const { status, said: { reasons = [] } } = await house.ask('GET', '/health') as { status: number; said: { reasons?: string[] } };
  expect(status).toBe(reasons.length > 0 ? 503 : 200);
  // Nobody sends here while the clock is set forward: what waits is the notices' own matter.
  return reasons.filter((it) => !it.startsWith('notices.'));
};
const everyJob = async () => { for (const { name } of await house.app.get(Jobs).look()) await house.app.get(Jobs).runNow(name); };

describe('审计记录', () => {
  test('只有审计员能看；按类别、事项、姓名、日期筛选，一页接一页不漏不重', async () => {
    for (const post of ['system_admin', 'security_admin', 'member_affairs']) await expect((await house.as(holder(post).id, 'desk')).listAudit({})).rejects.toMatchObject({ status: 403 });
    const all: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await auditor.listAudit({ limit: 3, ...(after !== undefined && { after }) });
      all.push(...page.rows.map(({ id }) => id));
      if (page.next === null) break;
      after = page.next;
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(await house.database.read((manager) => manager.count(AuditEntry)));
    const { name } = holder('system_admin');
    const [{ rows: sessions, keepDays }, { rows: named }, { rows: none }, { rows: early }] = [await auditor.listAudit({ group: 'session' }), await auditor.listAudit({ name, kind: 'session.opened' }), await auditor.listAudit({ name: '查无此人' }), await auditor.listAudit({ until: '2022-07-20' })];
    expect(sessions.length).toBeGreaterThan(3);
    expect(new Set(sessions.map(({ groupWords }) => groupWords))).toEqual(new Set(['登录']));
    expect(named.map(({ who, words, surface }) => [who, words, surface])).toEqual([[name, '登录', '电脑端']]);
    expect([none, early, keepDays]).toEqual([[], [], 365]);
    await expect(auditor.listAudit({ from: '2022-02-30' })).rejects.toThrow(/开始日期的格式不对/);
  });

  test('每一种记录都归一类', () => { for (const kind of auditKinds) expect(auditGroups).toContain(auditGroupOf(kind)); });

  test('查阅受限文件记下来：特急件被本人以外的人打开；本人看自己的不记', async () => {
    const author = plainMember();
    const { doc } = await (await house.as(author.id)).submit(report({ urgency: 'critical' }));
    await (await house.as(author.id)).show({ id: doc.id });
    await (await house.as(holder('information_editor').id, 'desk')).show({ id: doc.id });
    const { rows } = await auditor.listAudit({ group: 'reading' });
    expect(rows.map(({ who, words, detail }) => [who, words, detail])).toEqual([[holder('information_editor').name, '查阅受限文件', '紧急程度：特急']]);
    expect(JSON.stringify(rows)).not.toContain(doc.title);
  });

  test('导出的是筛选出来的那些，导出本身也记一条；别人导不了', async () => {
    const token = await house.tokenOf(holder('auditor').id, 'desk');
    const answer = await fetch(`${house.url}/api/audit/export?group=reading`, { headers: { authorization: `Bearer ${token}` } });
    const [sheet] = readTable(Buffer.from(await answer.arrayBuffer()));
    expect(sheet?.rows[0]).toEqual(['时间', '类别', '事项', '谁', '从哪里', '对象', '说明', '编号']);
    expect(sheet?.rows).toHaveLength(2);
    expect((await auditor.listAudit({ kind: 'audit.exported' })).rows).toMatchObject([{ who: holder('auditor').name, groupWords: '导出', detail: expect.stringMatching(/行数：1/) }]);
    expect((await house.ask('GET', '/api/audit/export', undefined, { token: await house.tokenOf(holder('system_admin').id, 'desk') })).status).toBe(403);
  });
});

describe('审计记录动不了', () => {
  const seal = () => house.app.get(Jobs).runNow('audit.seal');
  const faults = async () => (await house.database.read((manager) => verifyAudit(manager))).faults;
  /** What somebody with access to the tables does, seen, and put back. */
  const seenAfter = (...statements: readonly string[]) => house.source.transaction(async (manager) => {
    for (const sql of statements) await manager.query(sql);
    throw new Seen((await verifyAudit(manager)).faults);
  }).catch((error: unknown) => { if (error instanceof Seen) return error.found; throw error; });
  class Seen extends Error { constructor(readonly found: readonly string[]) { super(); } }

  test('封存以后改一条、删一条、截掉末尾、插进一条旧的，都看得出来；封两次不重封', async () => {
    expect(await seal()).toMatch(/^封存 \d+ 条$/);
    expect(await seal()).toBe('封存 0 条');
    expect(await faults()).toEqual([]);
    const last = await house.database.read((manager) => manager.count(AuditLink));
    const at = (seq: number) => `id = (SELECT entry_id FROM audit_links WHERE seq = ${seq})`;
    expect(await seenAfter(`UPDATE audit_entries SET person_id = 'p999' WHERE ${at(2)}`)).toEqual(['审计记录第 2 条：被改过']);
    expect(await seenAfter(`UPDATE audit_entries SET detail = '{"forged":1}' WHERE ${at(1)}`)).toEqual(['审计记录第 1 条：被改过']);
    expect(await seenAfter(`DELETE FROM audit_entries WHERE ${at(3)}`)).toEqual(['审计记录第 3 条：不见了']);
    expect(await seenAfter(`DELETE FROM audit_entries WHERE ${at(1)}`)).toEqual(['审计记录第 1 条：不见了']);
    expect(await seenAfter(`DELETE FROM audit_entries WHERE ${at(last)}`, `DELETE FROM audit_links WHERE seq = ${last}`)).toEqual([`审计记录第 ${last} 条：从这一条起，末尾被截掉或者改过`]);
    expect(await seenAfter("INSERT INTO audit_entries(id, kind, surface, detail, happened_at) VALUES ('000000000forged', 'session.opened', 'desk', '{}', '2022-07-21 01:00:00')")).toEqual(['审计记录 000000000forged：是后来插进来的']);
    expect(await faults()).toEqual([]);
  });

  test('没有一条路由、一处程序能改或删审计记录，清理过期的那一处除外', () => {
    const root = resolve(import.meta.dirname, '../src');
    const sources = readdirSync(root, { recursive: true }).map(String).filter((path) => path.endsWith('.ts'));
    const touching = sources.filter((path) => /(?:delete|update|remove|save|clear|softDelete|upsert|changeRows)[^;\n]*\bAuditEntry\b|(?:DELETE\s+FROM|UPDATE)\s+[`"]?audit_entries/.test(readFileSync(join(root, path), 'utf8')));
    expect(touching).toEqual(['platform/audit-chain.ts']);
    expect(readFileSync(join(root, 'platform/audit-chain.ts'), 'utf8').match(/AuditEntry, \{/g)).toHaveLength(2);
  });
});

describe('运行状况', () => {
  test('系统管理员和审计员能看，别人不能；里面没有业务内容', async () => {
    const view = await admin.showHealth({});
    expect(view.probes.map(({ name }) => name)).toEqual(expect.arrayContaining(['database', 'backup', 'restore_test', 'jobs', 'disk']));
    expect(view.facts.map(({ words }) => words)).toEqual(['程序版本', 'Node', '数据库', '这一台已运行', '方式']);
    expect((await auditor.showHealth({})).jobs.map(({ name }) => name)).toEqual(expect.arrayContaining(['audit.seal', 'audit.prune', 'files.sweep']));
    for (const post of ['security_admin', 'member_affairs', 'information_editor']) await expect((await house.as(holder(post).id, 'desk')).showHealth({})).rejects.toMatchObject({ status: 403 });
  });

  test('陷阱 23：备份过了规定的时间、试恢复没有通过、任务没有按时做，/health 变红并说出是哪一项', async () => {
    await everyJob();
    expect(await probe('backup')).toMatchObject({ state: 'warn', says: '还没有做过备份' });
    expect(await health()).toEqual([]);
    await ran('backup');
    await ran('restore_test');
    expect(await probe('backup')).toMatchObject({ state: 'good', says: '上一次在 0 分钟前' });
    forward(hours(27));
    await everyJob();
    admin = await fresh('system_admin');
    expect(await probe('backup')).toMatchObject({ state: 'bad', says: '上一次在 27 小时前，超过了规定的 26 小时' });
    expect(await health()).toEqual(['backup']);
    const [{ runs }, answer] = [await admin.showHealth({}), await house.ask('GET', '/ready')];
    expect([runs[0]?.words, runs[0]?.size, answer.status]).toEqual(['试恢复', '1.2 MB', 200]);
    await ran('backup', 'failed');
    expect((await probe('backup'))?.state).toBe('bad');
    await ran('backup');
    expect(await health()).toEqual([]);
    await ran('restore_test', 'faults');
    expect(await health()).toEqual(['restore_test']);
    await ran('restore_test');
    forward(hours(20));
    admin = await fresh('system_admin');
    expect(await health()).toEqual(['jobs']);
    expect((await probe('jobs'))?.says).toMatch(/^没有按时做：.*封存审计记录/);
    await everyJob();
    expect(await health()).toEqual([]);
  });

  test('规定是设置，改了就照新的；别的部分可以加自己的一项，查不成也算不正常', async () => {
    await house.database.write(async (manager) => {
      await manager.update(Setting, { termId: 't7', name: 'health.limits' }, { value: { backupHours: 1, restoreTestDays: 35, diskFreePercent: 0 } });
      await moveMark(manager, 'settings');
    });
    await house.app.get(Marks).look(false);
    expect(await health()).toEqual(['backup']);
    await ran('backup');
    house.app.get(Probes).add({ name: 'letters', words: '信件', look: () => Promise.reject(new Error('含有内容的话')) });
    expect(await health()).toEqual(['letters']);
    expect(await probe('letters')).toEqual({ name: 'letters', words: '信件', state: 'bad', says: '没有查成' });
    house.app.get(Probes).add({ name: 'letters', words: '信件', look: () => Promise.resolve({ state: 'good', says: '都寄出了' }) });
  });
});

test('过了保存期的由任务清理，少于 180 天的谁也清不掉；清理记一条，剩下的链还对得上', async () => {
  await house.database.write((manager) => manager.update(Setting, { termId: 't7', name: 'audit.keep' }, { value: { keepDays: 1 } }));
  await house.database.write((manager) => moveMark(manager, 'settings'));
  await house.app.get(Marks).look(false);
  const faults = async () => (await house.database.read((manager) => verifyAudit(manager))).faults;
  const count = () => house.database.read((manager) => manager.count(AuditEntry));
  const before = await count();
  forward(178 * hours(24));
  expect(await house.database.write((manager) => pruneAudit(manager, house.clock.now(), 1))).toBe(0);
  expect(await house.app.get(Jobs).runNow('audit.prune')).toBe('清理 0 条');
  await house.app.get(Audit).record({ personId: null, surface: 'house' }, 'setup.finished');
  await house.app.get(Jobs).runNow('audit.seal');
  forward(5 * hours(24));
  expect(await house.app.get(Jobs).runNow('audit.prune')).toBe(`清理 ${before} 条`);
  await house.app.get(Jobs).runNow('audit.seal');
  expect((await house.database.read((manager) => manager.find(AuditEntry, { order: { id: 'ASC' } }))).map(({ kind }) => kind)).toEqual(['setup.finished', 'audit.pruned']);
  expect(await faults()).toEqual([]);
  const { rows: [row] } = await (await fresh('auditor')).listAudit({ kind: 'audit.pruned' });
  expect(row?.detail).toBe(`行数：${before}；保存天数：1`);
});
