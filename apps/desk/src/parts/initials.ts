/** The first characters, in the pinyin order of the language, of the syllables under each letter: a place between two of them tells the letter. */
const letters = 'ABCDEFGHJKLMNOPQRSTWXYZ';
const firsts = '阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀';
const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin');

/** 市财政局 → SCZJ; what is no Chinese character stays as it is. */
function initialsOf(text: string): string {
  return Array.from(text).map((character) => {
    if (!/[\u4e00-\u9fff]/.test(character)) return character.toUpperCase();
    const after = Array.from(firsts).findIndex((first) => collator.compare(first, character) > 0);
    return letters[(after === -1 ? letters.length : after) - 1] ?? '';
  }).join('');
}
/** Whether what was typed is in the name or among its initials. */
export const matches = (typed: string, name: string): boolean => name.includes(typed.trim()) || initialsOf(name).includes(typed.trim().toUpperCase());
