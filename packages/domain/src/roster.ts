/** Phone numbers and names as a roster writes them. */

const wide = (text: string): string => text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');

export const maskedPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;
const mask = /^1\d{2}\*{4}\d{4}$/;

/** A mobile number without blanks, strokes and +86; '' when none was given or only its mask. `fault`: why it is none. */
export function phoneOf(given: string): { readonly phone: string } | { readonly fault: string } {
  const text = wide(given).trim();
  if (text === '' || mask.test(text)) return { phone: '' };
  if (/^\d(\.\d+)?e\+?\d+$/i.test(text)) return { fault: '手机号被表格软件改成了科学计数，后几位已经丢失。请把这一列设成文本格式，重新填写' };
  const digits = text.replace(/[\s\-—–.()]/g, '').replace(/^(\+?86|0086)(?=1\d{10}$)/, '');
  if (/^1[3-9]\d{9}$/.test(digits)) return { phone: digits };
  if (/[/、,，;；]|\d\s+\d{11}/.test(text) && /1\d{10}/.test(text)) return { fault: `手机号“${text}”像是不止一个，请只留一个` };
  return { fault: /^\d+$/.test(digits) ? `手机号“${text}”有 ${digits.length} 位，应是 1 开头的 11 位数字` : `手机号“${text}”不对，应是 1 开头的 11 位数字` };
}

/** 张 伟 → 张伟; 李娜（女） → 李娜; 阿依古丽·买买提 stays. '' when it is no name. */
export function personNameOf(given: string): string {
  const text = wide(given).replace(/\(.*?\)/g, '').replace(/[•・‧∙.]/g, '·').trim();
  const name = /^[\u0021-\u007e\s]+$/.test(text) ? text.replace(/\s+/g, ' ') : text.replace(/\s+/g, '');
  return Array.from(name).length >= 2 && Array.from(name).length <= 20 && !/[\d!-&(-,/:-@[-`{-~]/.test(name) ? name : '';
}
/** Text for comparing: full width and blanks do not count. */
export const plainLabel = (text: string): string => wide(text).replace(/\s+/g, '');

/** 教育 finds 教育界, 永安 finds 永安街道: by name or short name, with or without the kind's own ending. */
export function findBody<B extends { readonly name: string; readonly short: string }>(bodies: readonly B[], given: string): B | undefined {
  const [text, endings] = [plainLabel(given), /(界别?|街道办事处|街道办|街道|镇|乡)$/];
  const same = (a: string, b: string) => a === b;
  const bare = (it: string) => it.replace(endings, '');
  return bodies.find(({ name, short }) => same(name, text) || same(short, text)) ?? only(bodies.filter(({ name, short }) => bare(text).length >= 2 && (same(bare(name), bare(text)) || same(bare(short), bare(text)))));
}
const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);
