/**
 * The 涉密 check (rules: posts, 涉密): the same on the phone, before any draft leaves it, and again on the server.
 * A mark, a starred line or a classified number blocks; a mere word warns. No lookbehind: old phones cannot parse it.
 */
export interface SecrecyFinding { readonly level: 'block' | 'warn'; readonly rule: SecrecyRule; readonly line: number; readonly words: string }
export type SecrecyRule = 'star' | 'mark' | 'term' | 'number' | 'word';

/** Headings are often set with a space between the two characters. */
const grades = '(?:绝\\s*密|机\\s*密|秘\\s*密)';
const rules: readonly { readonly level: 'block' | 'warn'; readonly rule: SecrecyRule; readonly pattern: RegExp; readonly words: string }[] = [
  { level: 'block', rule: 'star', pattern: /★/, words: '有密级标志“★”' },
  { level: 'block', rule: 'mark', pattern: new RegExp(`密\\s*级\\s*[:：]\\s*${grades}|[【（(\\[]\\s*${grades}\\s*[】）)\\]]|^\\s*${grades}\\s*$`), words: '有密级标注' },
  { level: 'block', rule: 'term', pattern: new RegExp(`${grades}\\s*(?:[·•]\\s*)?(?:长期|[0-9０-９一二三四五六七八九十]{1,3}\\s*(?:年|个月))`), words: '有密级和保密期限' },
  { level: 'block', rule: 'number', pattern: /密[\u4e00-\u9fff]{0,4}\s*[〔[(（]\s*[0-9０-９]{4}\s*[〕\])）]\s*第?\s*[0-9０-９]+\s*号/, words: '有涉密文件号' },
  { level: 'warn', rule: 'word', pattern: /绝密|机密|秘密|涉密|保密|内部(?:资料|文件|掌握)/, words: '提到了保密用语' },
];

/** At most one finding a line, the gravest; never the text itself, which is not to be logged. Lines count from 1. */
export function secrecyFindings(text: string): SecrecyFinding[] {
  return text.split('\n').flatMap((line, index) => {
    const hit = rules.find(({ pattern }) => pattern.test(line));
    return hit ? [{ level: hit.level, rule: hit.rule, line: index + 1, words: hit.words }] : [];
  });
}
export const isBlocked = (findings: readonly SecrecyFinding[]): boolean => findings.some(({ level }) => level === 'block');
export const secrecyRefusal = '内容疑似涉密，没有上传，也没有提交。请删去涉密内容；确属涉密的，请线下送交市政协办公室。';
