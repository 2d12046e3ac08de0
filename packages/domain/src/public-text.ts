/** What tells how to reach a person, or who exactly they are: in no bulletin, whoever wrote it there. No lookbehind: old phones cannot parse it. */
const contacts: readonly RegExp[] = [
  /[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]/g,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}/g,
  /(?:[(（]0\d{2,3}[)）]|0\d{2,3})[-－— ]?[2-9]\d{6,7}/g,
  /(?:微信号?|QQ号?|qq号?)\s*(?:[:：是为]\s*)?[A-Za-z\d][A-Za-z\d_-]{4,19}/g,
  /(?:电话|手机|座机|热线|联系方式)(?:号码)?\s*[:：]?\s*\d{3,4}[- ]?\d{3,4}(?:[- ]?\d{4})?/g,
];
/** A part of a longer number is no phone number. */
const digit = /\d/;

/** The text as it may go out: phone numbers, mail addresses, identity numbers and accounts are struck; `struck`: how many. */
export function withoutContacts(text: string): { text: string; struck: number } {
  let struck = 0;
  const clean = contacts.reduce((kept, pattern) => kept.replace(pattern, (hit: string, at: number, whole: string) => {
    if (digit.test(hit[0] ?? '') && digit.test(whole[at - 1] ?? '') || digit.test(whole[at + hit.length] ?? '')) return hit;
    struck += 1;
    return '（联系方式略）';
  }), text);
  return { text: clean, struck };
}
