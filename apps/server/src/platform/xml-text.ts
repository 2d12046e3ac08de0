/** XML 1.0 has no place for these. */
const illegal = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;
const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** A text as it stands in an XML part, whatever somebody wrote. */
export const xmlText = (text: string): string => text.replace(illegal, '').replace(/\r\n?/g, '\n').replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
