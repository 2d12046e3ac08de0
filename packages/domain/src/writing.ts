/** Characters as both apps and the server count them: code points without white space (rules: duty-rules §1.2). */
export const lengthOf = (text: string): number => [...text.replace(/\s+/g, '')].length;

export interface Limit { readonly min?: number; readonly max: number }
export interface WritingLimits { readonly title: Limit; readonly situation: Limit; readonly analysis: Limit; readonly suggestion: Limit; readonly total: number; readonly files: number }
export interface Written { readonly title: string; readonly situation: string; readonly analysis: string; readonly suggestion: string }

export const partWords = { title: '标题', situation: '情况', analysis: '原因分析', suggestion: '建议' } as const;

/** Every field that breaks its limit, with what is wrong and by how much; nothing when all is well. The text itself is never cut. */
export function writingFaults(text: Written, limits: WritingLimits): Partial<Record<keyof Written | 'total', string>> {
  const faults: Partial<Record<keyof Written | 'total', string>> = {};
  for (const part of Object.keys(partWords) as (keyof Written)[]) {
    const [{ min = 0, max }, length] = [limits[part], lengthOf(text[part])];
    if (length === 0 && min > 0) faults[part] = `请填写${partWords[part]}`;
    else if (length < min) faults[part] = `${partWords[part]}至少 ${min} 个字，现在 ${length} 个字`;
    else if (length > max) faults[part] = `${partWords[part]}最多 ${max} 个字，现在 ${length} 个字，请删减 ${length - max} 个字`;
  }
  const total = lengthOf(text.situation) + lengthOf(text.analysis) + lengthOf(text.suggestion);
  if (total > limits.total) faults.total = `正文合计最多 ${limits.total} 个字，现在 ${total} 个字，多出的内容可以放到附件里`;
  return faults;
}
