/** Word documents for tests, from the bytes up. */
import { zip } from './zips.ts';
import type { Part } from './zips.ts';

/** A line, a line that Word numbers by itself, or a table. */
export type Block = string | { readonly numbered: string } | { readonly table: readonly (readonly string[])[] };
const names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const types = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const relations = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** One paragraph; Word breaks a line into runs wherever it likes. */
function paragraph(text: string, numbered = false): string {
  const half = Math.floor(text.length / 2);
  const runs = [text.slice(0, half), text.slice(half)].map((run) => `<w:r><w:t xml:space="preserve">${escaped(run)}</w:t></w:r>`).join('');
  return `<w:p>${numbered ? '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>' : ''}${runs}</w:p>`;
}
const table = (rows: readonly (readonly string[])[]): string => `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

/** A document of these blocks. `more`: further parts; `main`: what is to be said otherwise of the main part. */
export function docx(blocks: readonly Block[], more: readonly Part[] = [], main: Partial<Part> = {}): Buffer {
  const body = blocks.map((it) => (typeof it === 'string' ? paragraph(it) : 'table' in it ? table(it.table) : paragraph(it.numbered, true))).join('');
  return zip([
    { name: '[Content_Types].xml', data: types }, { name: '_rels/.rels', data: relations },
    { name: 'word/document.xml', data: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ${names}><w:body>${body}</w:body></w:document>`, ...main }, ...more,
  ]);
}
