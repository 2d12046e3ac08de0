import { lengthOf } from '../writing.ts';

export type Fields = Readonly<Record<string, unknown>>;
export const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const shown = (value: unknown): string => (value === undefined || value === null || value === '' ? '还没有填' : `现在是 ${typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 20) : '别的内容'}`);

/** NUL ends a text in SQLite, and half of a surrogate pair has no UTF-8. */
const unstorable = /[\0\p{Cs}]/u;

/** Reads a value part by part; what is wrong with each part is kept under its path, with the field and the limit named. */
export class Findings {
  readonly faults: Record<string, string> = {};
  say(path: string, words: string): void { this.faults[path] ??= words; }
  get good(): boolean { return Object.keys(this.faults).length === 0; }

  whole(path: string, label: string, value: unknown, min: number, max: number, unit = ''): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    this.say(path, `${label}应是 ${min} 到 ${max} 的整数${unit === '' ? '' : `（${unit}）`}，${shown(value)}`);
    return min;
  }
  text(path: string, label: string, value: unknown, min: number, max: number): string {
    const text = typeof value === 'string' ? value.trim() : '';
    const length = lengthOf(text);
    if (value !== undefined && typeof value !== 'string') this.say(path, `${label}应是文字`);
    else if (length === 0 && min > 0) this.say(path, `请填写${label}`);
    else if (length < min) this.say(path, `${label}至少 ${min} 个字，现在 ${length} 个字`);
    else if (length > max || text.length > 2 * max + 20) this.say(path, length > max ? `${label}最多 ${max} 个字，现在 ${length} 个字` : `${label}里的空格和换行太多，请删去一些`);
    else if (unstorable.test(text)) this.say(path, `${label}里有无法保存的字符，请删去`);
    return text;
  }
  time(path: string, label: string, value: unknown): string {
    if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return value;
    this.say(path, `${label}应是 00:00 到 23:59 的钟点，${shown(value)}`);
    return '00:00';
  }
  many(path: string, label: string, value: unknown, min: number, max: number): readonly unknown[] {
    const list = listOf(value);
    if (!Array.isArray(value)) this.say(path, `${label}应是一张单子`);
    else if (list.length < min) this.say(path, `${label}至少要有 ${min} 项`);
    else if (list.length > max) this.say(path, `${label}最多 ${max} 项，现在 ${list.length} 项`);
    return list.slice(0, max);
  }
}
