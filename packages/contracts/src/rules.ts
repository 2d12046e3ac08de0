import { documentKinds, ruleGroups } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, day, id, key, limit, named, nothing, oneOf, page, text } from './pieces.ts';
import { person } from './people.ts';
import { route } from './route.ts';

const who = ['manage_rules'] as const;
/** Those who keep the rules, and whoever audits them. */
const readers = ['manage_rules', 'read_rules'] as const;
const name = v.pipe(v.string('缺少规则的名称'), v.minLength(1, '缺少规则的名称'), v.maxLength(60, '没有这条规则'));
/** Which change the person saw last of this rule, '' for none: what they decided on. */
const seen = v.pipe(v.optional(v.string('缺少版本，请刷新后再试'), ''), v.maxLength(40, '版本不对，请刷新后再试'));
const why = text('改动的理由', 200, 2);

const line = v.object({ label: v.string(), text: v.string() });
/** `later`: it has not begun and can be taken back; `over`: another has begun since. `redated`: how many running deadlines it moved. */
const change = v.object({
  id: v.string(), name: v.string(), words: v.string(), lines: v.array(v.object({ label: v.string(), before: v.nullable(v.string()), after: v.nullable(v.string()) })),
  effectiveOn: v.string(), madeAt: at, by: person, post: v.string(), why: v.string(), state: v.picklist(['later', 'now', 'over', 'taken_back']), takenBack: v.nullable(v.object({ by: person, at })), redated: v.number(), can: v.array(v.picklist(['take_back'])),
});
export type RuleChangeView = v.InferOutput<typeof change>;
const ruleRow = v.object({ name: v.string(), group: v.picklist(ruleGroups), words: v.string(), hint: v.string(), lines: v.array(line), /** Since when it holds, where the office has changed it. */ since: v.nullable(v.string()), later: v.number() });
export type RuleRow = v.InferOutput<typeof ruleRow>;
/** `value`: as the domain's rule book describes it by the rule's name; `later`: changes that have not begun. */
const ruleView = v.object({ ...ruleRow.entries, value: v.unknown(), seen: v.string(), last: v.nullable(change), upcoming: v.array(change), can: v.array(v.picklist(['change'])) });
export type RuleView = v.InferOutput<typeof ruleView>;

const special = v.object({ on: v.string(), kind: v.picklist(['rest', 'work']), name: v.string() });
/** `warning`: what is missing for the year to come. */
const calendarView = v.object({
  year: v.number(), known: v.boolean(), provisional: v.boolean(), days: v.array(special), seen: v.string(), today: v.string(), years: v.array(v.object({ year: v.number(), provisional: v.boolean(), days: v.number() })), last: v.nullable(change),
  warning: v.nullable(v.string()), can: v.array(v.picklist(['change'])),
});
export type CalendarView = v.InferOutput<typeof calendarView>;
/** What was read of a notice, line by line; `running`: how many running deadlines would move if it were kept; null while a line is bad. */
const reading = v.object({
  days: v.array(special), rows: v.array(v.object({ line: v.number(), text: v.string(), verdict: v.picklist(['read', 'passed', 'bad']), words: v.string() })), bad: v.number(),
  lines: v.array(v.object({ label: v.string(), before: v.nullable(v.string()), after: v.nullable(v.string()) })), running: v.nullable(v.number()),
});
export type HolidayReading = v.InferOutput<typeof reading>;
const redated = v.object({ number: v.string(), kind: v.picklist(documentKinds), kindWords: v.string(), action: v.string(), before: v.string(), after: v.string(), explanation: v.string() });
export type RedatedRow = v.InferOutput<typeof redated>;
const year = v.pipe(v.union([v.string(), v.number()], '年份不对'), v.toNumber('年份不对'), v.integer('年份应是整数'), v.minValue(2000, '年份从 2000 年起'), v.maxValue(2099, '年份到 2099 年止'));
const dayInput = v.object({ on: v.string('请选择日期'), kind: v.picklist(['rest', 'work'], '请选择放假还是上班'), name: v.string('请填写名称') });

/** Beside these: POST /api/calendar/:year/file (multipart: key, file; xlsx or csv) reads a notice as `readHolidayText` does. */
export const rules = {
  listRules: route({ method: 'GET', path: '/rules', summary: '本届的规则，按今天生效的', who: readers, input: nothing,
    output: v.object({ today: v.string(), rows: v.array(ruleRow), committees: v.array(named), sectors: v.array(named), towns: v.array(named), categories: v.array(v.object({ code: v.string(), name: v.string() })), warning: v.nullable(v.string()), can: v.array(v.picklist(['change'])) }) }),
  listRuleChanges: route({ method: 'GET', path: '/rules/changes', summary: '规则和日历的改动，新的在前：改前改后、谁改的、为什么、哪天起', who: readers,
    input: v.object({ name: v.optional(name), state: v.optional(oneOf('要看哪些', ['all', 'later']), 'all'), after, limit }), output: page(change) }),
  listRedated: route({ method: 'GET', path: '/rules/changes/:id/redated', summary: '日历改动后重算的期限：哪一件、原来到哪天、改到哪天、怎么算的', who: readers, input: v.object({ id, after, limit }), output: page(redated) }),
  takeBackRule: route({ method: 'POST', path: '/rules/changes/:id/take_back', summary: '收回还没有生效的改动', who, input: v.object({ id }), output: v.object({ change }) }),
  showRule: route({ method: 'GET', path: '/rules/:name', summary: '一条规则：现在的值、以后的改动', who: readers, input: v.object({ name }), output: ruleView }),
  changeRule: route({ method: 'PUT', path: '/rules/:name', summary: '修改一条规则，从选定的一天起生效；同一 key 只算一次', who, input: v.object({ name, key, seen, value: v.unknown(), from: day('生效日期'), why }), output: v.object({ doc: ruleView, change }) }),
  showCalendar: route({ method: 'GET', path: '/calendar/:year', summary: '一年的放假和补班', who: readers, input: v.object({ year }), output: calendarView }),
  readHolidayText: route({ method: 'POST', path: '/calendar/:year/read', summary: '读粘贴的放假通知，逐行给出结论；什么也不写', who, input: v.object({ year, text: text('通知', 8_000) }), output: reading }),
  saveCalendar: route({ method: 'PUT', path: '/calendar/:year', summary: '保存一年的放假和补班，在办的期限同时重算；前后两年元旦前后的日子并入那一年', who,
    input: v.object({ year, key, seen, provisional: v.boolean('请选择放假安排公布了没有'), days: v.pipe(v.array(dayInput, '请填写放假和补班的日子'), v.maxLength(150, '一年最多 150 天')), why }), output: v.object({ doc: calendarView, change, rows: v.array(redated) }) }),
} as const;
