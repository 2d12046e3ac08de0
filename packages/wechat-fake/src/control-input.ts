import type { Fault, FaultAction, FaultMatch } from './faults.ts';

/** Something the caller of the control API got wrong; the message is a Chinese sentence for them. */
export class BadInput extends Error {}

type Fields = Record<string, unknown>;

const own = (input: Fields, key: string): unknown => (Object.hasOwn(input, key) ? input[key] : undefined);

/** A text that must be there and not be empty. */
export function requiredText(input: Fields, key: string): string {
  const value = optionalText(input, key);
  if (value === undefined) throw new BadInput(`请填写 ${key}。`);
  return value;
}

export function optionalText(input: Fields, key: string): string | undefined {
  const value = own(input, key);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value === '') throw new BadInput(`${key} 要写成不为空的文字。`);
  return value;
}

/** A whole number of at least `least`. */
export function optionalCount(input: Fields, key: string, least = 0): number | undefined {
  const value = own(input, key);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) throw new BadInput(`${key} 要写成不小于 ${least} 的整数。`);
  return value;
}

export function requiredCount(input: Fields, key: string, least = 0): number {
  const value = optionalCount(input, key, least);
  if (value === undefined) throw new BadInput(`请填写 ${key}。`);
  return value;
}

/** A list of texts, or null for "no list"; undefined when the key is absent. */
export function optionalTexts(input: Fields, key: string): string[] | null | undefined {
  const value = own(input, key);
  if (value === undefined || value === null) return value;
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) throw new BadInput(`${key} 要写成文字的列表，不限制时写 null。`);
  return value;
}

/** Reads `{match: {path, openid?, nth?, times?}, action: {kind, …}}`. */
export function faultOf(input: Fields): Fault {
  return { match: matchOf(part(input, 'match')), action: actionOf(part(input, 'action')) };
}

function part(input: Fields, key: string): Fields {
  const value = own(input, key);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadInput(`请填写 ${key}，它是一个对象。`);
  return value as Fields;
}

function matchOf(input: Fields): FaultMatch {
  const match: FaultMatch = { path: requiredText(input, 'path') };
  const openid = optionalText(input, 'openid');
  const nth = optionalCount(input, 'nth', 1);
  const times = optionalCount(input, 'times', 1);
  if (nth !== undefined && times !== undefined) throw new BadInput('nth 和 times 只能填一个。');
  if (openid !== undefined) match.openid = openid;
  if (nth !== undefined) match.nth = nth;
  if (times !== undefined) match.times = times;
  return match;
}

function actionOf(input: Fields): FaultAction {
  const kind = requiredText(input, 'kind');
  switch (kind) {
    case 'errcode': {
      const errcode = optionalCount(input, 'errcode', -1);
      if (errcode === undefined || errcode === 0) throw new BadInput('请填写 errcode，它是 0 以外的整数。');
      const errmsg = optionalText(input, 'errmsg');
      return errmsg === undefined ? { kind, errcode } : { kind, errcode, errmsg };
    }
    case 'http': {
      const status = requiredCount(input, 'status', 400);
      if (status > 599) throw new BadInput('status 要在 400 到 599 之间。');
      return { kind, status };
    }
    case 'delay':
      return { kind, ms: requiredCount(input, 'ms', 1) };
    case 'reset': {
      const when = requiredText(input, 'when');
      if (when !== 'before' && when !== 'after') throw new BadInput('when 只能是 before 或 after。');
      return { kind, when };
    }
    case 'hang':
    case 'truncate':
    case 'html':
      return { kind };
    default:
      throw new BadInput(`没有这种故障：${kind}。可用的有 errcode、http、delay、hang、reset、truncate、html。`);
  }
}
