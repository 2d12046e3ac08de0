import type { Allowance } from '../deadlines.ts';
import { topicCodes } from '../routing/topics.ts';
import { partWords } from '../writing.ts';
import { Findings, fieldsOf } from './findings.ts';
import type { Fields } from './findings.ts';
import { cityPlaceholders, placeholderFault } from './placeholders.ts';
import { notices, quiet, reminderRules, smsTemplates, wechatTemplates } from './notice-rules.ts';
import type { AllowanceForm, Figure, Rule, RuleShape } from './rule-book.ts';
import { sessions } from './session-rules.ts';
import { topicWords } from './rule-words.ts';

/** What a check must know beside the value. */
export interface RuleSurroundings {
  /** Committees that can be chosen now. */
  readonly committees: ReadonlySet<string>;
  /** Every code that this setting has ever had, now or before. */
  readonly codes: ReadonlySet<string>;
  /** Those that it has now. */
  readonly current: readonly string[];
  /** A code for a new entry: ASCII, at most 24 signs, never used before. */
  readonly newCode: () => string;
}
export type RuleVerdict = { readonly value: unknown } | { readonly faults: Readonly<Record<string, string>> };

/** A value as it would be kept, or every field that is wrong with its limit. What the setting does not know is left out. */
export function checkRule({ shape, words }: Rule, given: unknown, around: RuleSurroundings): RuleVerdict {
  const found = new Findings();
  const value = read(shape, words, given, found, around);
  return found.good ? { value } : { faults: found.faults };
}

function read(shape: RuleShape, words: string, given: unknown, found: Findings, around: RuleSurroundings): unknown {
  switch (shape.kind) {
    case 'limits': return limits(fieldsOf(given), shape.units, found);
    case 'allowance': return allowance(fieldsOf(given), shape.forms, words, found);
    case 'hours': return hours(given, found);
    case 'bytes': return bytes(fieldsOf(given), found);
    case 'number': return number(given, shape, words, found);
    case 'figures': return figures(fieldsOf(given), shape.fields, found);
    case 'choice': {
      if (!shape.options.some(({ code }) => code === given)) found.say('', `请选择${words}：${shape.options.map(({ name }) => name).join('、')}`);
      return given;
    }
    case 'coded': return coded(given, shape, words, found, around);
    case 'lines': return lines(given, shape.max, words, found);
    case 'routing': return routing(fieldsOf(given), found, around);
    case 'texts': return texts(fieldsOf(given), found);
    case 'privacy': return privacy(fieldsOf(given), found);
    case 'notices': return notices(fieldsOf(given), found);
    case 'quiet': return quiet(fieldsOf(given), found);
    case 'time': return found.time('', words, given);
    case 'reminders': return reminderRules(fieldsOf(given), found);
    case 'wechat_templates': return wechatTemplates(given, found);
    case 'sms_templates': return smsTemplates(given, found);
    case 'city': return city(fieldsOf(given), found);
    case 'sessions': return sessions(given, found, around);
  }
}

/** No city's forms take more than the server itself does. */
const most = { title: 200, part: 20_000, files: 40, units: 20, megabytes: 20 };
function limits(given: Fields, withUnits: boolean, found: Findings): unknown {
  const part = (name: keyof typeof partWords) => {
    const [it, top] = [fieldsOf(given[name]), name === 'title' ? most.title : most.part];
    const min = found.whole(`${name}.min`, `${partWords[name]}最少字数`, it['min'] ?? 0, 0, top);
    const max = found.whole(`${name}.max`, `${partWords[name]}最多字数`, it['max'], 1, top);
    if (min > max) found.say(`${name}.min`, `${partWords[name]}最少 ${min} 个字，比最多 ${max} 个字还多`);
    return { min, max };
  };
  const [title, situation, analysis, suggestion] = [part('title'), part('situation'), part('analysis'), part('suggestion')];
  const total = found.whole('total', '正文合计最多字数', given['total'], 1, 3 * most.part);
  const least = situation.min + analysis.min + suggestion.min;
  if (least > total) found.say('total', `正文合计最多 ${total} 个字，少于各部分最少字数之和 ${least}，谁也写不成`);
  const files = found.whole('files', '附件最多个数', given['files'], 0, most.files);
  return { title, situation, analysis, suggestion, total, files, ...(withUnits && { units: found.whole('units', '建议承办单位最多个数', given['units'], 1, most.units) }) };
}

function allowance(given: Fields, forms: readonly AllowanceForm[], words: string, found: Findings): Allowance {
  const fits = (form: AllowanceForm, name: string) => forms.includes(form) && Object.hasOwn(given, name);
  if (fits('workdays', 'workdays')) return { workdays: found.whole('workdays', `${words}的工作日数`, given['workdays'], 1, 250) };
  if (fits('days', 'days')) return { days: found.whole('days', `${words}的天数`, given['days'], 1, 366) };
  if (fits('months', 'months')) return { months: found.whole('months', `${words}的月数`, given['months'], 1, 24) };
  if (fits('officeMinutes', 'officeMinutes')) return { officeMinutes: found.whole('officeMinutes', `${words}的分钟数`, given['officeMinutes'], 10, 4800) };
  if (fits('sameDay', 'sameDayUntil')) return { sameDayUntil: found.time('sameDayUntil', `${words}当天办的截止钟点`, given['sameDayUntil']), nextDayAt: found.time('nextDayAt', `${words}下一工作日的钟点`, given['nextDayAt']) };
  found.say('', `请选择${words}怎么算`);
  return { workdays: 1 };
}

function hours(given: unknown, found: Findings): unknown {
  const list = found.many('', '上班时间', given, 1, 4);
  let last = '';
  return list.map((it, index) => {
    const [from, until] = Array.isArray(it) ? it as unknown[] : [];
    const words = `第 ${index + 1} 段`;
    const [opens, closes] = [found.time(`${index}.from`, `${words}上班时间`, from), found.time(`${index}.until`, `${words}下班时间`, until)];
    if (opens >= closes) found.say(`${index}.until`, `${words}的下班时间 ${closes} 要晚于上班时间 ${opens}`);
    if (index > 0 && opens < last) found.say(`${index}.from`, `${words}从 ${opens} 开始，和前一段（到 ${last}）重叠了`);
    last = closes;
    return [opens, closes];
  });
}

function bytes(given: Fields, found: Findings): unknown {
  const size = (name: 'phone' | 'desk', label: string) => {
    const value = given[name];
    const megabytes = typeof value === 'number' ? value / 1024 / 1024 : value;
    return found.whole(name, `${label}上传的附件大小`, megabytes, 1, most.megabytes, 'MB') * 1024 * 1024;
  };
  return { phone: size('phone', '手机'), desk: size('desk', '电脑') };
}

function number(given: unknown, { min, max, unit, share }: Extract<RuleShape, { kind: 'number' }>, words: string, found: Findings): number {
  const value = share && typeof given === 'number' ? Math.round(given * 10_000) / 100 : given;
  const whole = found.whole('', words, value, min, max, unit);
  return share ? whole / 100 : whole;
}

function figures(given: Fields, fields: readonly Figure[], found: Findings): unknown {
  const value = Object.fromEntries(fields.map(({ name, words, unit, min, max }) => [name, found.whole(name, words, given[name], min, max, unit)]));
  for (const { name, words, unit, atMost } of fields) {
    const other = fields.find((it) => it.name === atMost);
    if (other && Number(value[name]) > Number(value[other.name]) && unit === other.unit) found.say(name, `${words} ${value[name]} ${unit}，比“${other.words}” ${value[other.name]} ${other.unit}还多`);
  }
  return value;
}

function coded(given: unknown, { codes: kind, reading }: Extract<RuleShape, { kind: 'coded' }>, words: string, found: Findings, around: RuleSurroundings): unknown {
  const [names, taken] = [new Set<string>(), new Set<string>()];
  const items = found.many('', words, given, 1, 60).map((it, index) => {
    const [fields, at] = [fieldsOf(it), `第 ${index + 1} 项`];
    const name = found.text(`${index}.name`, `${at}的名称`, fields['name'], 1, 30);
    if (name !== '' && names.has(name)) found.say(`${index}.name`, `${at}“${name}”和前面的重名`);
    names.add(name);
    let code = typeof fields['code'] === 'string' ? fields['code'].trim() : '';
    if (kind === 'lettered') { if (!/^[A-Z]$/.test(code)) found.say(`${index}.code`, `${at}的代号应是一个大写字母，${code === '' ? '还没有填' : `现在是 ${code.slice(0, 20)}`}`); } else if (code === '') code = kind === 'fixed' ? '' : around.newCode();
    else if (!around.codes.has(code)) found.say(`${index}.code`, `${at}“${name}”不是这张单子里的，请刷新后再改`);
    if (code !== '' && taken.has(code)) found.say(`${index}.code`, `${at}的代号 ${code.slice(0, 20)} 用了两次`);
    taken.add(code);
    return { code, name, ...(reading && { keepsReading: fields['keepsReading'] === true }) };
  });
  if (kind === 'fixed' && (items.length !== around.current.length || around.current.some((code) => !taken.has(code)))) found.say('', `${words}是系统办理时要用的，只能改名和排次序，不能增加或去掉`);
  return items;
}

function lines(given: unknown, max: number, words: string, found: Findings): unknown {
  const seen = new Set<string>();
  return found.many('', words, given, 1, 40).map((it, index) => {
    const text = found.text(String(index), `第 ${index + 1} 条`, it, 2, max);
    if (seen.has(text)) found.say(String(index), `第 ${index + 1} 条和前面的一样`);
    seen.add(text);
    return text;
  });
}

function routing(given: Fields, found: Findings, { committees }: RuleSurroundings): unknown {
  const committee = (path: string, label: string, id: unknown): string => {
    if (typeof id !== 'string' || !committees.has(id)) found.say(path, `${label}：请选择一个没有停用的专委会`);
    return typeof id === 'string' ? id : '';
  };
  const named = (part: 'sectors' | 'towns') => Object.fromEntries(Object.entries(fieldsOf(given[part])).slice(0, 200).flatMap(([name, id]) => (id === null || id === '' ? [] : [[found.text(`${part}.${name}`, '名称', name, 1, 30), committee(`${part}.${name}`, name, id)]])));
  const owners = fieldsOf(given['topics']);
  const topics = Object.fromEntries(topicCodes.map((code) => [code, owners[code] === null ? null : committee(`topics.${code}`, `“${topicWords[code]}”`, owners[code])]));
  const categories = Object.fromEntries(Object.entries(fieldsOf(given['categories'])).slice(0, 60).map(([code, ids]) => [code, found.many(`categories.${code}`, '类别的专委会', ids, 0, 7).map((id) => committee(`categories.${code}`, '类别的专委会', id))]));
  const planTopics = found.many('planTopics', '年度议题', given['planTopics'] ?? [], 0, 80).map((it, index) => {
    const { title, committeeId } = fieldsOf(it);
    return { title: found.text(`planTopics.${index}.title`, `第 ${index + 1} 个议题`, title, 2, 80), committeeId: committee(`planTopics.${index}.committeeId`, `第 ${index + 1} 个议题`, committeeId) };
  });
  return { topics, sectors: named('sectors'), towns: named('towns'), categories, planTopics };
}

function cityText(path: string, label: string, value: unknown, min: number, max: number, found: Findings): string {
  const text = found.text(path, label, value, min, max);
  const fault = placeholderFault(text, cityPlaceholders);
  if (fault !== undefined) found.say(path, `${label}：${fault}`);
  return text;
}
const paragraphs = (path: string, value: unknown, max: number, found: Findings): string[] => found.many(path, '段落', value, 1, max).map((it, index) => cityText(`${path}.${index}`, `第 ${index + 1} 段`, it, 4, 600, found));
function texts(given: Fields, found: Findings): unknown {
  const guest = fieldsOf(given['guest']);
  return {
    secretNotice: cityText('secretNotice', '保密提示', given['secretNotice'], 8, 120, found), pledge: cityText('pledge', '提交承诺', given['pledge'], 8, 200, found),
    guest: { title: cityText('guest.title', '访客页标题', guest['title'], 4, 40, found), paragraphs: paragraphs('guest.paragraphs', guest['paragraphs'], 10, found) },
  };
}
const privacy = (given: Fields, found: Findings): unknown => ({ title: cityText('title', '标题', given['title'], 2, 40, found), paragraphs: paragraphs('paragraphs', given['paragraphs'], 20, found) });

function city(given: Fields, found: Findings): unknown {
  const contact = fieldsOf(given['contact']);
  const roster = fieldsOf(contact['memberAffairs']);
  const own = (path: string, label: string, value: unknown, min: number, max: number) => found.text(path, label, value, min, max);
  const memberAffairs = { name: own('contact.memberAffairs.name', '管名册的部门', roster['name'] ?? '', 0, 30), phone: own('contact.memberAffairs.phone', '管名册的部门的电话', roster['phone'] ?? '', 0, 30) };
  return {
    city: own('city', '市名', given['city'], 2, 20), organ: own('organ', '机关全称', given['organ'], 4, 40), shortOrgan: own('shortOrgan', '机关简称', given['shortOrgan'], 4, 30),
    contact: {
      name: own('contact.name', '联系部门', contact['name'], 2, 30), phone: own('contact.phone', '联系电话', contact['phone'], 5, 30), address: own('contact.address', '地址', contact['address'] ?? '', 0, 60), hours: own('contact.hours', '办公时间', contact['hours'] ?? '', 0, 60),
      ...(memberAffairs.phone !== '' && { memberAffairs }),
    },
  };
}
