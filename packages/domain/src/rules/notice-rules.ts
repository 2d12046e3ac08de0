import { noticeSorts, noticeSortWords } from '../delivery.ts';
import type { NoticeSort } from '../delivery.ts';
import { noticeChoices } from '../notice-texts.ts';
import { fieldPrefixes, momentPrefixes, templatePlaces } from '../template-fields.ts';
import { taskActions } from '../workflow.ts';
import type { TaskAction } from '../workflow.ts';
import { taskWords } from '../words.ts';
import { fieldsOf, Findings, listOf } from './findings.ts';
import type { Fields } from './findings.ts';
import { placeholderFault } from './placeholders.ts';

interface Line { readonly label: string; readonly text: string }
/** How notices are worded and sent: what the settings of it may be, and how they read. */
export function notices(given: Fields, found: Findings): unknown {
  const choices = new Map(noticeChoices().map((it) => [it.key, it]));
  return Object.fromEntries(Object.entries(given).slice(0, 300).flatMap(([key, it]) => {
    const [choice, { head, body }] = [choices.get(key), fieldsOf(it)];
    if (!choice) { found.say(key, '没有这一种通知，请刷新后再改'); return []; }
    const text = (part: 'head' | 'body', label: string, value: unknown, max: number) => {
      const path = `${key}.${part}`;
      const said = found.text(path, `“${choice.words}”的${label}`, value, 2, max);
      const fault = part === 'head' && said.includes('{title}') ? '题头会发到微信和短信，不能写 {title}' : placeholderFault(said, part === 'head' ? choice.inHead : choice.placeholders);
      if (fault !== undefined) found.say(path, `“${choice.words}”的${label}：${fault}`);
      return said;
    };
    const said = { head: text('head', '题头', head, 20), body: text('body', '正文', body, 200) };
    // As it was written to begin with: nothing of its own to keep.
    return said.head === choice.head && said.body === choice.body ? [] : [[key, said]];
  }));
}

/** What somebody can be reminded of. A visit that is agreed on is in the calendar of those who go. */
export const remindable: readonly TaskAction[] = taskActions.filter((it) => it !== 'make_visit');
const [mostDays, mostTimes] = [7, 3];
export function reminderRules(given: Fields, found: Findings): unknown {
  const days = (path: string, label: string, value: unknown): number[] => {
    const list = found.many(path, label, value ?? [], 0, mostTimes).map((it) => found.whole(path, label, it, 1, mostDays, '天'));
    return [...new Set(list)].sort((a, b) => a - b);
  };
  return Object.fromEntries(remindable.flatMap((task) => {
    if (given[task] === undefined) return [];
    const { beforeDays, onDay, overdueDays } = fieldsOf(given[task]);
    const rule = { beforeDays: days(`${task}.beforeDays`, `“${taskWords[task]}”提前的天数`, beforeDays), onDay: onDay === true, overdueDays: days(`${task}.overdueDays`, `“${taskWords[task]}”过期的天数`, overdueDays) };
    return rule.beforeDays.length + rule.overdueDays.length > 0 || rule.onDay ? [[task, rule]] : [];
  }));
}

export const quiet = (given: Fields, found: Findings): unknown => ({ from: found.time('from', '开始的钟点', given['from']), until: found.time('until', '结束的钟点', given['until']) });

const sortIn = (path: string, value: unknown, taken: Set<NoticeSort>, found: Findings): NoticeSort => {
  const sort = noticeSorts.find((it) => it === value);
  if (!sort) found.say(path, '请选择用在哪一类通知');
  else if (taken.has(sort)) found.say(path, `“${noticeSortWords[sort]}”已经有一个模板，每类一个`);
  if (sort) taken.add(sort);
  return sort ?? 'visit';
};
/** A text with places, for a field of a template. */
function pattern(path: string, label: string, value: unknown, found: Findings): string {
  const text = found.text(path, label, value, 1, 60);
  const fault = placeholderFault(text, templatePlaces);
  if (fault !== undefined) found.say(path, `${label}：${fault}`);
  return text;
}

export function wechatTemplates(given: unknown, found: Findings): unknown {
  const taken = new Set<NoticeSort>();
  return found.many('', '微信消息模板', given, 0, noticeSorts.length).map((it, index) => {
    const [{ sort, id, title, kind, fields }, at] = [fieldsOf(it), `第 ${index + 1} 个模板`];
    const said = found.text(`${index}.id`, `${at}的编号`, id, 1, 80);
    if (said !== '' && !/^[\w-]+$/.test(said)) found.say(`${index}.id`, `${at}的编号只有字母、数字、横线，请从微信后台原样复制`);
    const kept = Object.entries(fieldsOf(fields)).slice(0, 10);
    if (kept.length === 0 || kept.length > 5) found.say(`${index}.fields`, `${at}应有 1 到 5 栏，现在 ${kept.length} 栏`);
    return {
      sort: sortIn(`${index}.sort`, sort, taken, found), id: said, title: found.text(`${index}.title`, `${at}的标题`, title, 2, 20), kind: kind === 'long' ? 'long' : 'once',
      fields: Object.fromEntries(kept.map(([key, value]) => {
        const [path, label] = [`${index}.fields.${key}`, `${at}的 ${key.slice(0, 30)}`];
        const prefix = key.replace(/\d{1,2}$/, '');
        if (prefix === key || !fieldPrefixes.includes(prefix)) found.say(path, `${label}：微信没有这一种栏，请照模板详情里的写，像 thing1、time2`);
        const text = pattern(path, label, value, found);
        if (momentPrefixes.includes(prefix) && !/^\{(when|until|at)\}$/.test(text)) found.say(path, `${label}是日期时间，只能是 {when}、{until}、{at} 里的一个`);
        return [key, text];
      })),
    };
  });
}

export function smsTemplates(given: unknown, found: Findings): unknown {
  const taken = new Set<NoticeSort>();
  return found.many('', '短信模板', given, 0, noticeSorts.length).map((it, index) => {
    const [{ sort, id, parameters }, at] = [fieldsOf(it), `第 ${index + 1} 个模板`];
    const said = found.text(`${index}.id`, `${at}的编号`, id, 1, 20);
    if (said !== '' && !/^\d+$/.test(said)) found.say(`${index}.id`, `${at}的编号是一串数字，请从短信后台复制`);
    return { sort: sortIn(`${index}.sort`, sort, taken, found), id: said, parameters: found.many(`${index}.parameters`, `${at}的变量`, parameters ?? [], 0, 10).map((text, place) => pattern(`${index}.parameters.${place}`, `${at}的变量 {${place + 1}}`, text, found)) };
  });
}

const said = (value: unknown): string => (typeof value === 'string' ? value : '');
const sortName = (value: unknown): string => { const sort = noticeSorts.find((it) => it === value); return sort ? noticeSortWords[sort] : said(value); };
const daysOf = (value: unknown): string => listOf(value).join('、');
export const noticeLines = (fields: Fields): Line[] => {
  const words = new Map(noticeChoices().map(({ key, words: it }) => [key, it]));
  return Object.entries(fields).map(([key, it]) => ({ label: words.get(key) ?? key, text: `${said(fieldsOf(it)['head'])}｜${said(fieldsOf(it)['body'])}` }));
};
export const reminderLines = (fields: Fields): Line[] => remindable.flatMap((task) => {
  if (fields[task] === undefined) return [];
  const { beforeDays, onDay, overdueDays } = fieldsOf(fields[task]);
  return [{ label: taskWords[task], text: [listOf(beforeDays).length > 0 ? `提前 ${daysOf(beforeDays)} 天` : '', onDay === true ? '到期当天' : '', listOf(overdueDays).length > 0 ? `过期 ${daysOf(overdueDays)} 天` : ''].filter(Boolean).join('，') }];
});
export const quietLines = ({ from, until }: Fields): Line[] => [{ label: '免打扰', text: from === until ? '不设' : `${said(from)} 到 ${said(until)}` }];
export const wechatLines = (value: unknown): Line[] => listOf(value).map((it) => {
  const { sort, id, kind, fields } = fieldsOf(it);
  return { label: sortName(sort), text: `${said(id)}（${kind === 'long' ? '长期' : '一次性'}）${Object.entries(fieldsOf(fields)).map(([key, text]) => `${key} ${said(text)}`).join('，')}` };
});
export const smsLines = (value: unknown): Line[] => listOf(value).map((it) => { const { sort, id, parameters } = fieldsOf(it); return { label: sortName(sort), text: `${said(id)} ${listOf(parameters).map((text, index) => `{${index + 1}} ${said(text)}`).join('，')}` }; });
