/** Every setting that the office keeps: what it may be, what is said when it may not, and how a change reads. */
import { describe, expect, test } from '@jest/globals';
import { calendarOf } from '../src/calendar.ts';
import { instantOf } from '../src/civil-time.ts';
import { dueAfter, redated } from '../src/deadlines.ts';
import type { Allowance } from '../src/deadlines.ts';
import { noticeSorts } from '../src/delivery.ts';
import { cityNotice, noticeChoices, noticeExample } from '../src/notice-texts.ts';
import { noticeText } from '../src/notice-words.ts';
import { filledIn, placeholderFault } from '../src/rules/placeholders.ts';
import { ruleBook, ruleGroups, ruleOf, yearOfRule } from '../src/rules/rule-book.ts';
import { checkRule } from '../src/rules/rule-check.ts';
import { calendarLines, changedLines, ruleLines } from '../src/rules/rule-lines.ts';
import { topicWords } from '../src/rules/rule-words.ts';
import { fieldValue, fillingExample, messageFields } from '../src/template-fields.ts';
import { topicCodes } from '../src/routing/topics.ts';
import { bodies, calendar, hours, settingValues } from './seeds.ts';

const committees = new Set(bodies.filter(({ kind }) => kind === 'committee').map(({ id }) => id));
let made = 0;
const codesIn = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap((it: { code?: string; id?: string }) => it.code ?? it.id ?? []) : []);
const check = (name: string, value: unknown) => {
  const rule = ruleOf(name);
  if (!rule) throw new Error(name);
  const current = codesIn(settingValues[name]);
  return checkRule(rule, value, { committees, codes: new Set(current), current, newCode: () => `new${(made += 1)}` });
};
const faults = (name: string, value: unknown) => { const verdict = check(name, value); return 'faults' in verdict ? verdict.faults : {}; };
const names = { committee: (id: string) => id, category: (code: string) => code };

const [firstSession] = settingValues['proposal.sessions'] as readonly object[];
const nextSession = { name: '七届二次会议', proposalsFrom: '2022-10-01', proposalsUntil: '2023-01-06', decidedBy: 'proposal_office', plenaryOnly: ['group', 'individual', 'sector'] };
describe('规则的目录', () => {
  test('每条都有中文的名称和一句说明，分在一页里，不重名；种子里都有', () => {
    for (const { name, group, words, hint } of ruleBook) {
      expect([name, ruleGroups.includes(group), /^[一-鿿、]+$/.test(words), hint.length > 4]).toEqual([name, true, true, true]);
      expect([name, settingValues[name] !== undefined || name.startsWith('deadline.')]).toEqual([name, true]);
    }
    expect(new Set(ruleBook.map(({ words }) => words)).size).toBe(ruleBook.length);
    expect(new Set(ruleBook.map(({ name }) => name)).size).toBe(ruleBook.length);
    expect(Object.keys(topicWords).sort()).toEqual([...topicCodes].sort());
  });
  test('种子里的值都合规矩，读得出来', () => {
    for (const { name, shape } of ruleBook.filter((it) => settingValues[it.name] !== undefined)) {
      expect([name, faults(name, settingValues[name])]).toEqual([name, {}]);
      const lines = ruleLines(shape, settingValues[name], names);
      expect([name, lines.filter(({ label, text }) => label === '' || /undefined|NaN|\[object/.test(text))]).toEqual([name, []]);
      expect([name, changedLines(lines, lines)]).toEqual([name, []]);
    }
  });
  test('还没有写进目录的期限也能改，别的设置不能', () => {
    expect(ruleOf('deadline.unit.reply')).toMatchObject({ group: 'deadlines', shape: { kind: 'allowance' } });
    expect([ruleOf('score.items'), ruleOf('no.such')]).toEqual([undefined, undefined]);
    expect([yearOfRule('calendar.2027'), yearOfRule('calendar.x')]).toEqual([2027, undefined]);
  });
});

describe('填得不对的，说哪一项、限制是多少', () => {
  test.each([
    ['undo.seconds', 4, { '': '可以撤销的时间应是 5 到 120 的整数（秒），现在是 4' }], ['undo.seconds', undefined, { '': '可以撤销的时间应是 5 到 120 的整数（秒），还没有填' }],
    ['session.desk', { idleMinutes: 10, mostHours: 25, warnMinutes: 20 }, { mostHours: '最长应是 1 到 24 的整数（小时），现在是 25', warnMinutes: '提前多久提醒 20 分钟，比“多久没有操作就退出” 10 分钟还多' }],
    ['audit.keep', { keepDays: 90 }, { keepDays: '保存应是 180 到 3650 的整数（天），现在是 90' }],
    ['files.maxBytes', { phone: 10 * 1024 * 1024, desk: 21 * 1024 * 1024 }, { desk: '电脑上传的附件大小应是 1 到 20 的整数（MB），现在是 21' }],
    ['deadline.triage', { sameDayUntil: '25:00', nextDayAt: '' }, { sameDayUntil: '分办期限当天办的截止钟点应是 00:00 到 23:59 的钟点，现在是 25:00', nextDayAt: '分办期限下一工作日的钟点应是 00:00 到 23:59 的钟点，还没有填' }],
    ['office.hours', [], { '': '上班时间至少要有 1 项' }], ['office.hours', 'x', { '': '上班时间应是一张单子' }],
    ['returnReasons', ['好', '请补充数据', '请补充数据'], { 0: '第 1 条至少 2 个字，现在 1 个字', 2: '第 3 条和前面的一样' }],
    ['opinion.categories', [{ code: 'no_such', name: '别的' }, { code: '', name: '一'.repeat(31) }], { '0.code': '第 1 项“别的”不是这张单子里的，请刷新后再改', '1.name': '第 2 项的名称最多 30 个字，现在 31 个字' }],
    ['city', { city: '安', organ: '', shortOrgan: '政协安澜市委员会', contact: { name: '办公室', phone: '1' } }, { city: '市名至少 2 个字，现在 1 个字', organ: '请填写机关全称', 'contact.name': '', 'contact.phone': '联系电话至少 5 个字，现在 1 个字' }],
    ['privacy', { title: '说明', paragraphs: ['谁在处理\u0000：办公室'] }, { 'paragraphs.0': '第 1 段里有无法保存的字符，请删去' }],
    ['notice.texts', { 'opinion.pass.author': { head: '《{title}》通过', body: '《{title}》{nmae}通过了。' }, 'proposal.remind_day.author.asked': { head: '请答复', body: '{when}' } }, { 'opinion.pass.author.head': '“社情民意初审通过，告诉提交人”的题头：题头会发到微信和短信，不能写 {title}', 'opinion.pass.author.body': '“社情民意初审通过，告诉提交人”的正文：不认识 {nmae}，可以用的有 {title}、{holder}、{due}', 'proposal.remind_day.author.asked.body': '“提案答复到期当天提醒，告诉提交人”的正文：不认识 {when}，可以用的有 {title}、{holder}、{due}' }],
    ['notice.quiet', { from: '21:00', until: '24:00' }, { until: '结束的钟点应是 00:00 到 23:59 的钟点，现在是 24:00' }], ['notice.digestTime', '9点', { '': '汇总提醒的钟点应是 00:00 到 23:59 的钟点，现在是 9点' }],
    ['notice.reminders', { review: { beforeDays: [9], onDay: true, overdueDays: [1, 2, 3, 4] } }, { 'review.beforeDays': '“初审”提前的天数应是 1 到 7 的整数（天），现在是 9', 'review.overdueDays': '“初审”过期的天数最多 3 项，现在 4 项' }],
    ['wechat.templates', [{ sort: 'visit', id: '模板', title: '走', kind: 'once', fields: { thing1: '{nothing}', time2: '{head}', what: '{head}' } }, { sort: 'visit', id: 'abc', title: '进度', fields: {} }], { '0.id': '第 1 个模板的编号只有字母、数字、横线，请从微信后台原样复制', '0.title': '第 1 个模板的标题至少 2 个字，现在 1 个字', '0.fields.thing1': expect.stringMatching(/^第 1 个模板的 thing1：不认识 {nothing}，可以用的有 {head}/), '0.fields.time2': '第 1 个模板的 time2是日期时间，只能是 {when}、{until}、{at} 里的一个', '0.fields.what': '第 1 个模板的 what：微信没有这一种栏，请照模板详情里的写，像 thing1、time2', '1.sort': '“走访通知”已经有一个模板，每类一个', '1.fields': '第 2 个模板应有 1 到 5 栏，现在 0 栏' }],
    ['sms.templates', [{ sort: 'no', id: 'abc', parameters: ['{head', ''] }], { '0.sort': '请选择用在哪一类通知', '0.id': '第 1 个模板的编号是一串数字，请从短信后台复制', '0.parameters.0': '第 1 个模板的变量 {1}：有一个大括号没有配对', '0.parameters.1': '请填写第 1 个模板的变量 {2}' }],
    ['proposal.sessions', [{ id: 't7s1', name: '七', proposalsFrom: '2022-02-30', proposalsUntil: '', decidedBy: 'chair' }], { '0.name': '第 1 次会议的名称至少 2 个字，现在 1 个字', '0.proposalsFrom': '请填写第 1 次会议开始收大会提案的日期', '0.proposalsUntil': '请填写第 1 次会议收大会提案截止的日期', '0.decidedBy': '请选择第 1 次会议的大会提案由谁审定' }],
    ['proposal.sessions', [{ ...nextSession, proposalsFrom: '2023-02-01' }], { '0.proposalsUntil': '截止的日期早于开始的日期', '': '已经有的会议不能去掉：提案按会议编号。可以改名称和日期。' }],
    ['proposal.sessions', [firstSession, { ...nextSession, proposalsFrom: '2022-01-07' }], { '': '七届二次会议和七届一次会议收大会提案的时间重叠了' }],
    ['routing.table', { topics: {}, planTopics: [{ title: '', committeeId: 'x' }] }, { 'topics.health': '“卫生健康”：请选择一个没有停用的专委会', 'planTopics.0.title': '请填写第 1 个议题', 'planTopics.0.committeeId': '第 1 个议题：请选择一个没有停用的专委会' }],
  ] as const)('%s', (name, value, expected) => {
    for (const [path, words] of Object.entries(expected)) expect([path, faults(name, value)[path] ?? '']).toEqual([path, words]);
  });
  test('什么也没有的，每一项都指出来', () => { expect(Object.keys(faults('opinion.limits', null))).toEqual(['title.max', 'situation.max', 'analysis.max', 'suggestion.max', 'total', 'files']); });
  test('下一次会议接着编号，按日期先后排，委员个人的提案什么时候都收', () => {
    const checked = check('proposal.sessions', [nextSession, firstSession]);
    expect(checked).toEqual({ value: [firstSession, { ...nextSession, id: 't7s2', plenaryOnly: ['sector', 'group'] }] });
    const rule = ruleOf('proposal.sessions');
    expect(rule && 'value' in checked && ruleLines(rule.shape, checked.value, names)).toEqual([
      { label: '七届一次会议', text: '2021年10月6日到 2022年1月7日收大会提案，由提案审查委员会审定；界别提案、小组提案只在这段时间收' }, { label: '七届二次会议', text: '2022年10月1日到 2023年1月6日收大会提案，由提案委审定；界别提案、小组提案只在这段时间收' }]);
  });
  test('多出来的键不留；新的一项给代码，原来的代码不变', () => {
    expect(check('opinion.categories', [{ code: 'economy', name: ' 经济 ', evil: 1 }, { name: '教育' }])).toEqual({ value: [{ code: 'economy', name: '经济' }, { code: expect.stringMatching(/^new\d+$/), name: '教育' }] });
    expect(check('route.threshold', 0.8)).toEqual({ value: 0.8 });
    expect(check('deadline.urgent', { officeMinutes: 60, workdays: 2 })).toEqual({ value: { workdays: 2 } });
  });
});

describe('大括号里的名称', () => {
  test('不认识的、没有配对的指出来，其余照填', () => {
    expect(placeholderFault('{city}政协', { city: '市名' })).toBeUndefined();
    expect(placeholderFault('{town}', { city: '市名', phone: '电话' })).toBe('不认识 {town}，可以用的有 {city}、{phone}');
    for (const text of ['{city', 'city}', '{{city}}']) expect(placeholderFault(text, { city: '市名' })).toBe('有一个大括号没有配对');
    expect(filledIn('{city}的{toString}{x}', { city: '安澜市' })).toBe('安澜市的{toString}{x}');
  });
  test('每种通知的原文用自己的名称写得出来，和系统写的一字不差', () => {
    const due = instantOf('2022-07-26', '17:30');
    for (const { key, head, body, placeholders, inHead } of noticeChoices()) {
      expect([key, placeholderFault(body, placeholders), placeholderFault(head, inHead)]).toEqual([key, undefined, undefined]);
      const [kind, action, to, more] = key.split('.') as ['opinion', string, 'author', 'asked' | 'together' | 'adopt' | undefined];
      const facts = { kind, action, to, title: '增设公交站点', receiptNo: null, holder: '社法委', due, ...(more === 'asked' ? { asked: true } : more === 'together' ? { together: true } : more && { outcome: more }), visit: { startsAt: due, place: '会议室', leaders: '李主席' } };
      expect(cityNotice(facts, instantOf('2022-07-21', '09:40'), { [key]: { head, body } })).toEqual(noticeText(facts, instantOf('2022-07-21', '09:40')));
    }
  });
  test('每种通知都有一个看得懂的例子：没有大括号，没有代码', () => {
    const now = instantOf('2022-07-21', '09:40');
    for (const choice of noticeChoices()) expect([choice.key, noticeExample(choice, choice, now)]).toEqual([choice.key, { head: expect.stringMatching(/^[^{}a-z]+$/), body: expect.stringMatching(/^[^{}a-z]+$/) }]);
    for (const sort of noticeSorts) for (const [key, value] of Object.entries(messageFields({ thing1: '{head}', time2: '{until}', thing3: '{where}{no}' }, fillingExample(sort, '安澜市', now), now))) expect([sort, key, fieldValue(key, value, now) !== '', /[{}]/.test(value)]).toEqual([sort, key, true, false]);
  });
  test('说到的有一样还不知道的，用原来的写法', () => {
    const facts = { kind: 'opinion' as const, action: 'return', to: 'author' as const, title: '增设公交站点', receiptNo: null, holder: null, due: null };
    const own = { 'opinion.return.author': { head: '请补充', body: '《{title}》请在 {due} 前补充。' } };
    const now = instantOf('2022-07-21', '09:40');
    expect(cityNotice(facts, now, own)).toEqual(noticeText(facts, now));
    expect(cityNotice({ ...facts, due: instantOf('2022-07-26', '17:30') }, now, own).body).toBe('《增设公交站点》请在 7月26日 17:30 前补充。');
    const adopted = { 'opinion.record.author.adopt': { head: '采用了', body: '《{title}》采用了。' } };
    expect([cityNotice({ ...facts, action: 'record', outcome: 'adopt' }, now, adopted).head, cityNotice({ ...facts, action: 'record', outcome: 'instruct' }, now, adopted).head]).toEqual(['采用了', '领导作了批示']);
    expect(cityNotice({ ...facts, action: 'pass' }, now, own)).toEqual(noticeText({ ...facts, action: 'pass' }, now));
  });
});

describe('改前改后', () => {
  test('只列变了的；多出来的和没有了的也在', () => {
    const line = (label: string, text: string) => ({ label, text });
    expect(changedLines([line('标题', '4 字'), line('附件', '9 个')], [line('标题', '5 字'), line('单位', '5 个')])).toEqual([{ label: '标题', before: '4 字', after: '5 字' }, { label: '单位', before: null, after: '5 个' }, { label: '附件', before: '9 个', after: null }]);
  });
  test('一年的日历按节日说', () => {
    const day = (on: string, kind: 'rest' | 'work', name: string) => ({ on, kind, name });
    expect(calendarLines({ provisional: true, days: [day('2027-02-05', 'rest', '春节'), day('2027-02-06', 'rest', '春节'), day('2027-02-20', 'work', '春节补班')] })).toEqual([{ label: '放假安排', text: '还没有公布，暂按周末' }, { label: '春节', text: '放假 2月5日至2月6日；上班 2月20日' }]);
  });
});

describe('日历变了，在办的期限', () => {
  const from = instantOf('2022-07-21', '09:40');
  const typhoon = calendarOf([{ on: '2022-07-25', kind: 'rest', name: '台风停工' }], [2022]);
  const shown = (allowance: Allowance, more: { at?: Date; basis?: boolean } = {}) => {
    const { at, explanation } = dueAfter(allowance, from, { calendar, hours });
    const { basis: _, ...bare } = explanation;
    return redated(more.at ?? at, more.basis === false ? bare : explanation, calendar, typhoon, hours)?.at.toISOString();
  };
  test('按开始时的规则重算；没有留下规则的老件照它的说明算', () => {
    for (const basis of [true, false]) {
      expect(shown({ workdays: 3 }, { basis })).toBe('2022-07-27T09:30:00.000Z');
      expect(shown({ days: 5 }, { basis })).toBe('2022-07-26T09:30:00.000Z');
      expect(shown({ officeMinutes: 800 }, { basis })).toBe('2022-07-26T02:00:00.000Z');
      expect(shown({ sameDayUntil: '09:00', nextDayAt: '12:00' }, { basis })).toBe('2022-07-22T04:00:00.000Z');
    }
  });
  test('人定的时间不动', () => {
    expect(shown({ workdays: 3 }, { at: instantOf('2022-08-01', '12:00') })).toBeUndefined();
    expect(redated(from, { from: from.toISOString(), allowed: '', skipped: [], makeUp: [], provisional: false }, calendar, typhoon, hours)).toBeUndefined();
  });
});
