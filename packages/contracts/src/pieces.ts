/** The small schemas that several slices share. Every complaint is a Chinese sentence that names the field. */
import { choices, lengthOf } from '@lvzhi/domain';
import * as v from 'valibot';

export const id = v.pipe(v.string('缺少编号'), v.minLength(1, '缺少编号'), v.maxLength(40, '编号不对'));
/** The version of the document that the person was looking at: what they decided on. */
export const version = v.pipe(v.number('缺少版本号，请刷新后再试'), v.integer('版本号不对'));
/** Made once for a draft, a form or a tap, and sent again unchanged when the answer was lost: the server does the thing once. */
export const key = v.pipe(v.string('缺少防重编号'), v.minLength(8, '防重编号太短'), v.maxLength(64, '防重编号太长'));

/** White space is not counted, so it has a bound of its own: nobody's text is half blanks. */
const notBlanks = (name: string, max: number) => v.check((it: string) => it.length <= 2 * max + 200, `${name}里的空格和换行太多，请删去一些`);
/** A text that must be typed: 1…max characters as `lengthOf` counts them. */
export const text = (name: string, max: number, min = 1) => v.pipe(v.optional(v.string(`${name}应是文字`), ''), v.trim(),
  v.check((it) => lengthOf(it) >= min, min > 1 ? `${name}至少 ${min} 个字` : `请填写${name}`), v.check((it) => lengthOf(it) <= max, `${name}最多 ${max} 个字`), notBlanks(name, max));
export const optionalText = (name: string, max: number) => v.pipe(v.optional(v.string(`${name}应是文字`), ''), v.trim(), v.check((it) => lengthOf(it) <= max, `${name}最多 ${max} 个字`), notBlanks(name, max));
/** An instant, RFC 3339 with zone: '2022-07-26T09:30:00+08:00'. */
export const instant = (name: string) => v.pipe(v.string(`请选择${name}`), v.isoTimestamp(`${name}的格式不对`));
const query = v.union([v.string(), v.number()], '每页条数不对');
export const limit = v.optional(v.pipe(query, v.toNumber('每页条数不对'), v.integer('每页条数不对'), v.minValue(1, '每页至少 1 条'), v.maxValue(100, '每页最多 100 条')), 20);
/** Where the last page ended, as that page said in `next`. */
export const after = v.optional(v.pipe(v.string('翻页位置不对'), v.maxLength(120, '翻页位置不对')));

/** One of a list, e.g. a filter. */
export const oneOf = <const T extends readonly string[]>(name: string, options: T) => v.picklist(options, `请从列表里选择${name}`);
/** A code or an id from a list; null or nothing: not chosen. */
export const chosen = (name: string) => v.optional(v.nullable(v.string(`请从列表里选择${name}`)), null);
/** 同意 or 不同意; null: not said. */
export const choice = (name: string) => v.optional(v.nullable(v.picklist(choices, `请选择${name}`)), null);
export const chose = v.nullable(v.picklist(choices));
/** Ids from a list: none, up to `max`. */
export const several = (name: string, max: number) => v.optional(v.pipe(idsOf(name), v.maxLength(max, `${name}最多 ${max} 个`)), []);
/** Ids from a list, at least one, up to `max`. */
export const some = (name: string, max: number) => v.pipe(idsOf(name), v.minLength(1, `请选择${name}`), v.maxLength(max, `${name}最多 ${max} 位`));
const idsOf = (name: string) => v.array(v.string(`请从列表里选择${name}`), `请选择${name}`);

/** Of an authenticator (6 digits) or of the list of recovery codes; blanks and hyphens are as people copy them. */
export const secondCode = v.pipe(v.optional(v.string('请填写验证码'), ''), v.maxLength(40, '验证码不对'), v.transform((it) => it.replace(/[\s-]/g, '').toLowerCase()), v.minLength(1, '请填写验证码'));
export const page = <T extends v.GenericSchema>(row: T) => v.object({ rows: v.array(row), next: v.nullable(v.string()) });
export const nothing = v.object({});
/** An instant in an answer: UTC, milliseconds, 'Z'. */
export const at = v.string();
export const named = v.object({ id: v.string(), name: v.string(), short: v.string() });
export const coded = v.object({ code: v.string(), name: v.string() });
/** A deadline as it looks to this reader now; `explanation` is the sum that a person can check. */
export const due = v.object({ at, words: v.string(), tone: v.picklist(['ok', 'soon', 'overdue']), explanation: v.string() });
/** In whose hands it is: `action` in words (初审), `note` what is awaited. */
export const holder = v.object({ words: v.string(), action: v.string(), note: v.string(), due: v.nullable(due) });
/** One thing that happened. `note` is the written opinion or reason, where this reader may see it. */
export const step = v.object({ id: v.string(), action: v.string(), words: v.string(), who: v.string(), at, note: v.nullable(v.string()) });
/** After a move: until when (and by which id) the same person may undo it; null: not at all. */
export const undo = v.nullable(v.object({ moveId: v.string(), until: at }));
/** A civil date of Shanghai, 'YYYY-MM-DD'. */
export const day = (name: string) => v.pipe(v.string(`请选择${name}`), v.check((it) => /^\d{4}-\d{2}-\d{2}$/.test(it) && !Number.isNaN(Date.parse(`${it}T00:00:00Z`)) && new Date(`${it}T00:00:00Z`).toISOString().startsWith(it), `${name}的格式不对`));
export const optionalDay = (name: string) => v.optional(v.nullable(day(name)), null);
