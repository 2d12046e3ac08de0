import type { Allowance, OfficeHours } from '../deadlines.ts';
import { topicCodes } from '../routing/topics.ts';
import { partWords } from '../writing.ts';
import type { CalendarYearValue } from './calendar-check.ts';
import { fieldsOf, listOf } from './findings.ts';
import type { Fields } from './findings.ts';
import { spanWords } from './holiday-file.ts';
import { noticeLines, quietLines, reminderLines, smsLines, wechatLines } from './notice-rules.ts';
import { allowanceWords } from './rule-book.ts';
import type { RuleShape } from './rule-book.ts';
import { topicWords } from './rule-words.ts';
import { sessionLines } from './session-rules.ts';

/** One part of a value, for people: 标题 | 4 到 40 字. */
export interface RuleLine { readonly label: string; readonly text: string }
/** One part that a change touches; null: was not there, or is no more. */
export interface ChangedLine { readonly label: string; readonly before: string | null; readonly after: string | null }
/** What codes and ids of other lists are called. */
export interface RuleNames { readonly committee: (id: string) => string; readonly category: (code: string) => string }

const line = (label: string, text: string): RuleLine => ({ label, text });
const said = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const megabytes = (value: unknown): string => `${typeof value === 'number' ? Math.round(value / 1024 / 1024 * 10) / 10 : 0} MB`;

/** A value part by part, in order. Whatever it does not understand it leaves out. */
export function ruleLines(shape: RuleShape, value: unknown, names: RuleNames): RuleLine[] {
  const fields = fieldsOf(value);
  switch (shape.kind) {
    case 'limits': return [
      ...(Object.keys(partWords) as (keyof typeof partWords)[]).map((part) => { const { min = 0, max } = fieldsOf(fields[part]); return line(partWords[part], min === 0 ? `最多 ${said(max)} 字` : `${said(min)} 到 ${said(max)} 字`); }),
      line('正文合计', `最多 ${said(fields['total'])} 字`), line('附件', `最多 ${said(fields['files'])} 个`), ...(shape.units ? [line('建议承办单位', `最多 ${said(fields['units'])} 个`)] : []),
    ];
    case 'allowance': return [line('期限', allowanceWords(value as Allowance))];
    case 'hours': return (value as OfficeHours).map(([from, until], index) => line(`第 ${index + 1} 段`, `${from} 到 ${until}`));
    case 'bytes': return [line('手机上传', megabytes(fields['phone'])), line('电脑上传', megabytes(fields['desk']))];
    case 'number': return [line('数值', shape.share ? `${Math.round(Number(value) * 100)}%` : `${said(value)} ${shape.unit}`)];
    case 'figures': return shape.fields.map(({ name, words, unit }) => line(words, `${said(fields[name])} ${unit}`));
    case 'choice': return [line('做法', shape.options.find(({ code }) => code === value)?.name ?? said(value))];
    case 'coded': return listOf(value).map((it, index) => {
      const { code, name, keepsReading } = fieldsOf(it);
      return line(`第 ${index + 1} 项`, `${shape.codes === 'lettered' ? `${said(code)} ` : ''}${said(name)}${shape.reading && keepsReading === true ? '（还能登录）' : ''}`);
    });
    case 'lines': return listOf(value).map((it, index) => line(`第 ${index + 1} 条`, said(it)));
    case 'routing': return routing(fields, names);
    case 'texts': return [line('保密提示', said(fields['secretNotice'])), line('提交承诺', said(fields['pledge'])), line('访客页标题', said(fieldsOf(fields['guest'])['title'])), ...paragraphs('访客页', fieldsOf(fields['guest'])['paragraphs'])];
    case 'privacy': return [line('版本', said(fields['version'])), line('标题', said(fields['title'])), ...paragraphs('', fields['paragraphs'])];
    case 'notices': return noticeLines(fields);
    case 'quiet': return quietLines(fields);
    case 'time': return [line('钟点', said(value))];
    case 'reminders': return reminderLines(fields);
    case 'wechat_templates': return wechatLines(value);
    case 'sms_templates': return smsLines(value);
    case 'city': return city(fields);
    case 'sessions': return sessionLines(value);
  }
}

const paragraphs = (label: string, value: unknown): RuleLine[] => listOf(value).map((it, index) => line(`${label}第 ${index + 1} 段`, said(it)));
function routing(fields: Fields, { committee, category }: RuleNames): RuleLine[] {
  const to = (id: unknown): string => (typeof id === 'string' ? committee(id) : '由人定');
  const topics = fieldsOf(fields['topics']);
  const named = (label: string, part: string) => Object.entries(fieldsOf(fields[part])).map(([name, id]) => line(`${label}：${name}`, to(id)));
  return [
    ...topicCodes.map((code) => line(`主题：${topicWords[code]}`, to(topics[code]))), ...named('界别', 'sectors'), ...named('镇街', 'towns'),
    ...Object.entries(fieldsOf(fields['categories'])).map(([code, ids]) => line(`类别：${category(code)}`, listOf(ids).map(to).join('、') || '不参考')),
    ...listOf(fields['planTopics']).map((it) => { const { title, committeeId } = fieldsOf(it); return line(`议题：${said(title)}`, to(committeeId)); }),
  ];
}
function city(fields: Fields): RuleLine[] {
  const [contact, term] = [fieldsOf(fields['contact']), fieldsOf(fields['term'])];
  const roster = fieldsOf(contact['memberAffairs']);
  const all: [string, unknown][] = [['市名', fields['city']], ['机关全称', fields['organ']], ['机关简称', fields['shortOrgan']], ['联系部门', contact['name']], ['联系电话', contact['phone']], ['地址', contact['address']], ['办公时间', contact['hours']],
    ['管名册的部门', roster['name']], ['管名册的部门的电话', roster['phone']], ['届次', term['name']], ['本届起止', `${said(term['fromOn'])} 到 ${said(term['untilOn'])}`]];
  return all.map(([label, value]) => line(label, said(value)));
}

/** A year's days by holiday: 春节 | 放假 1月28日至2月4日；上班 1月26日、2月8日. */
export function calendarLines({ provisional, days }: CalendarYearValue): RuleLine[] {
  const holidays = new Map<string, { rest: string[]; work: string[] }>();
  for (const { on, kind, name } of days) {
    const holiday = name.replace(/补班$/, '');
    const it = holidays.get(holiday) ?? { rest: [], work: [] };
    it[kind].push(on);
    holidays.set(holiday, it);
  }
  return [line('放假安排', provisional ? '还没有公布，暂按周末' : '已公布'), ...[...holidays].map(([name, { rest, work }]) => line(name, [rest.length > 0 ? `放假 ${spanWords(rest)}` : '', work.length > 0 ? `上班 ${spanWords(work)}` : ''].filter(Boolean).join('；')))];
}

/** What is different, in the order of the new value; what is no more stands at the end. */
export function changedLines(before: readonly RuleLine[], after: readonly RuleLine[]): ChangedLine[] {
  const [was, now] = [new Map(before.map(({ label, text }) => [label, text])), new Map(after.map(({ label, text }) => [label, text]))];
  return [
    ...[...now].flatMap(([label, text]) => (was.get(label) === text ? [] : [{ label, before: was.get(label) ?? null, after: text }])),
    ...[...was].flatMap(([label, text]) => (now.has(label) ? [] : [{ label, before: text, after: null }])),
  ];
}
