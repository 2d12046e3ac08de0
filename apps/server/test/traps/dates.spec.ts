/** @dates */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { instantOf, timeOf } from '@lvzhi/domain';
import { Sessions } from '../../src/platform/sessions.ts';
import { CalendarDay } from '../../src/platform/settings.ts';
import { Assignment } from '../../src/platform/spine.entities.ts';
import { Submission } from '../../src/submissions/submission.entity.ts';
import { holder, plainMember, proposal, report } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

const author = plainMember(0).id;
let server: Serving;
let me: Api;
beforeAll(async () => { server = await serving(); });
afterAll(() => server.close());
/** A member who is signed in at that moment: a session does not reach over years. */
const at = async (on: string, time: string) => {
  server.clock.set(instantOf(on, time.slice(0, 5)).toISOString());
  server.clock.shift(Number(time.slice(6) || 0) * 1000);
  me = server.with(await server.app.get(Sessions).open(author, 'phone'));
};
const raw = (sql: string) => server.database.read((manager) => manager.query<Record<string, unknown>[]>(sql));

describe('陷阱 31：日期不差一天，时间不差八小时', () => {
  test.each([
    ['2022-12-31', '23:59:59', '2022-', '2023-01-05'], ['2023-01-01', '00:00:00', '2023-', '2023-01-05'], ['2022-07-31', '23:59:59', '2022-', '2022-08-03'], ['2022-08-01', '00:00:00', '2022-', '2022-08-04'],
  ])('%s %s 提交：收件号的年份是 %s，期限到 %s 下班', async (on, time, year, due) => {
    await at(on, time);
    const { doc } = await me.submit(report());
    expect(doc.receiptNo).toEqual(expect.stringMatching(new RegExp(`^${year}\\d{4}$`)));
    expect(doc.submittedAt).toBe(server.clock.now().toISOString());
    expect(doc.holder?.due?.at).toBe(instantOf(due, '17:30').toISOString());
    const row = await server.database.read((manager) => manager.findOneByOrFail(Submission, { id: doc.id }));
    expect(row.submittedAt.toISOString()).toBe(server.clock.now().toISOString());
  });

  test('社情民意和提案、去年和今年，各有各的号，都从 1 排起，不重不漏', async () => {
    await at('2024-12-31', '23:59:58');
    const old = [await me.submit(report()), await me.submit(proposal())].map(({ doc }) => doc.receiptNo);
    await at('2025-01-01', '00:00:00');
    const fresh = await Promise.all([me.submit(report()), me.submit(report()), me.submit(report())]);
    expect(old).toEqual(['2024-0001', '2024-0001']);
    expect(new Set(fresh.map(({ doc }) => doc.receiptNo))).toEqual(new Set(['2025-0001', '2025-0002', '2025-0003']));
  });

  test('调休上班的星期六算工作日，节日不算，说明里写得出来', async () => {
    await at('2022-09-30', '10:00');
    const { doc } = await me.submit(report());
    expect(doc.holder?.due?.at).toBe(instantOf('2022-10-10', '17:30').toISOString());
    expect(doc.holder?.due?.explanation).toEqual(expect.stringMatching(/国庆/));
    expect(doc.holder?.due?.explanation).toEqual(expect.stringMatching(/补班|上班/));
  });

  test('日历里的日子在数据库里是写成字的日期，不是时刻', async () => {
    const days = await server.database.read((manager) => manager.find(CalendarDay));
    expect(days.length).toBeGreaterThan(100);
    for (const { day } of days) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    const [row] = await raw("SELECT day FROM calendar_days WHERE day = '2022-10-01'");
    expect(row).toEqual({ day: '2022-10-01' });
  });

  test('数据库会话的时区和进程不一样，存取的时刻仍然一样', async () => {
    await at('2022-07-21', '09:40');
    const { doc } = await me.submit(report());
    const mysql = server.source.options.type !== 'better-sqlite3';
    const read = () => server.database.write(async (manager) => {
      if (mysql) await manager.query("SET time_zone = '-09:30'");
      const [row, duty, [stored]] = [await manager.findOneByOrFail(Submission, { id: doc.id }), await manager.findOneByOrFail(Assignment, { docId: doc.id, isOpen: 1 }), await manager.query<[{ at: string }]>(`SELECT ${mysql ? "DATE_FORMAT(submitted_at, '%Y-%m-%d %H:%i:%s')" : 'submitted_at'} AS at FROM submissions WHERE id = ?`, [doc.id])];
      if (mysql) await manager.query("SET time_zone = 'SYSTEM'");
      return [row.submittedAt.toISOString(), duty.dueAt.toISOString(), stored.at.slice(0, 19).replace('T', ' ')];
    });
    expect(await read()).toEqual([doc.submittedAt, doc.holder?.due?.at, '2022-07-21 01:40:00']);
    expect(timeOf(new Date(doc.submittedAt ?? ''))).toBe('09:40');
  });

  test('“今天到期”以北京时间的午夜为界', async () => {
    await at('2022-07-21', '09:40');
    const { doc } = await me.submit(report());
    const triage = await server.as(holder('committee_head', 'c-shefa').id);
    const dueToday = async () => (await triage.listTasks({ box: 'review', filter: 'due_today', limit: 100 })).rows.some(({ docId }) => docId === doc.id);
    const due = new Date(doc.holder?.due?.at ?? '');
    const dueOn = new Date(due.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    server.clock.set(instantOf(dueOn, '00:00').toISOString());
    server.clock.shift(-1);
    expect(await dueToday()).toBe(false);
    const before = (await triage.home({})).dueToday;
    server.clock.shift(1);
    expect(await dueToday()).toBe(true);
    expect((await triage.home({})).dueToday).toBeGreaterThan(before);
  });
});
