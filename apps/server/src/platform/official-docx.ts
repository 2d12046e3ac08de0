import { xmlText } from './xml-text.ts';
import { zipped } from './zip-writer.ts';

/** The media type of what `officialDocx` makes. */
export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** Faces of official documents (GB/T 9704; rules: documents): never embedded, each reader's own or its nearest. */
const faces = { text: '仿宋_GB2312', title: '方正小标宋简体', head: '黑体', kai: '楷体_GB2312' } as const;
type Face = keyof typeof faces;

interface Look { readonly face?: Face; readonly points?: number; readonly align?: 'left' | 'center' | 'right'; readonly indent?: boolean; readonly red?: true; readonly after?: number; readonly rightChars?: number; readonly rule?: 'red' | 'black'; /** The rule stands above the text. */ readonly over?: true; /** Begins a page. */ readonly breaks?: true; /** What stands after a tab goes to the right edge. */ readonly spread?: true }
/** A text in one look. */
export interface Block { readonly text: string; readonly look?: Look }
/** A table; a cell may be wide. */
export interface Grid { readonly rows: readonly (readonly (string | { readonly text: string; readonly span: number })[])[] }

const run = (text: string, { face = 'text', points = 16, red }: Look): string =>
  `<w:r><w:rPr><w:rFonts w:eastAsia="${faces[face]}" w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>${red ? '<w:color w:val="C00000"/>' : ''}<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/></w:rPr>${text.split('\t').map((part) => `<w:t xml:space="preserve">${xmlText(part)}</w:t>`).join('<w:tab/>')}</w:r>`;
/** Exact line pitch 29 pt: 22 lines on a page; what is larger than it gets room of its own. */
function paragraph(text: string, look: Look = {}): string {
  const { align = 'left', indent = false, points = 16, after = 0, rightChars = 0, rule, over, spread, breaks } = look;
  const border = rule ? `<w:pBdr><w:${over ? 'top' : 'bottom'} w:val="single" w:sz="${rule === 'red' ? 18 : 6}" w:space="4" w:color="${rule === 'red' ? 'C00000' : '000000'}"/></w:pBdr>` : '';
  const tabs = spread ? '<w:tabs><w:tab w:val="right" w:pos="8844"/></w:tabs>' : '';
  const spacing = points > 24 ? `<w:spacing w:after="${after}"/>` : `<w:spacing w:line="580" w:lineRule="exact" w:after="${after}"/>`;
  const indents = indent || rightChars > 0 ? `<w:ind${indent ? ' w:firstLineChars="200" w:firstLine="640"' : ''}${rightChars > 0 ? ` w:rightChars="${rightChars * 100}" w:right="${rightChars * 320}"` : ''}/>` : '';
  return `<w:p><w:pPr>${breaks ? '<w:pageBreakBefore/>' : ''}${border}${tabs}${spacing}${indents}<w:jc w:val="${align}"/></w:pPr>${text === '' ? '' : run(text, look)}</w:p>`;
}
/** Each line of a text is a paragraph of its own. */
const paragraphs = (text: string, { breaks, ...look }: Look = {}): string => text.split('\n').map((line, at) => paragraph(line.trim(), { ...look, ...(breaks && at === 0 && { breaks }) })).join('');

const inCell = { points: 12 } as const;
function table({ rows }: Grid): string {
  const widest = Math.max(...rows.map((cells) => cells.reduce((sum, it) => sum + (typeof it === 'string' ? 1 : it.span), 0)));
  const width = Math.floor(8844 / widest);
  const cell = (it: string | { readonly text: string; readonly span: number }): string => {
    const [text, span] = typeof it === 'string' ? [it, 1] : [it.text, it.span];
    return `<w:tc><w:tcPr><w:tcW w:w="${width * span}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ''}</w:tcPr>${text.split('\n').map((line) => `<w:p><w:pPr><w:spacing w:line="400" w:lineRule="exact"/></w:pPr>${run(line, inCell)}</w:p>`).join('')}</w:tc>`;
  };
  const edge = (name: string): string => `<w:${name} w:val="single" w:sz="4" w:color="000000"/>`;
  return `<w:tbl><w:tblPr><w:tblW w:w="${width * widest}" w:type="dxa"/><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge).join('')}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>`
    + `<w:tblGrid>${`<w:gridCol w:w="${width}"/>`.repeat(widest)}</w:tblGrid>${rows.map((cells) => `<w:tr>${cells.map(cell).join('')}</w:tr>`).join('')}</w:tbl>${paragraph('')}`;
}

const [words, relations, packages] = ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'http://schemas.openxmlformats.org/package/2006'];
/** — 1 —, outside edge: right on odd pages, left on even ones. */
const foot = (align: 'left' | 'right'): string => `<w:ftr xmlns:w="${words}"><w:p><w:pPr><w:jc w:val="${align}"/></w:pPr>${run('— ', { points: 14 })}<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>${run(' —', { points: 14 })}</w:p></w:ftr>`;

/** An official document of A4: 37 mm above, 35 below, 28 left, 26 right. */
export function officialDocx(blocks: readonly (Block | Grid)[]): Buffer {
  const body = blocks.map((it) => ('rows' in it ? table(it) : paragraphs(it.text, it.look))).join('');
  const page = `<w:sectPr><w:footerReference w:type="default" r:id="rId1"/><w:footerReference w:type="even" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>`;
  const override = (name: string, kind: string): string => `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`;
  const relation = (id: number, kind: string, target: string): string => `<Relationship Id="rId${id}" Type="${relations}/${kind}" Target="${target}"/>`;
  const related = (rows: string): string => `<Relationships xmlns="${packages}/relationships">${rows}</Relationships>`;
  return zipped([
    ['[Content_Types].xml', `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('document', 'document.main')}${override('footer1', 'footer')}${override('footer2', 'footer')}${override('settings', 'settings')}</Types>`],
    ['_rels/.rels', related(relation(1, 'officeDocument', 'word/document.xml'))],
    ['word/document.xml', `<w:document xmlns:w="${words}" xmlns:r="${relations}"><w:body>${body}${page}</w:body></w:document>`],
    ['word/_rels/document.xml.rels', related(relation(1, 'footer', 'footer1.xml') + relation(2, 'footer', 'footer2.xml') + relation(3, 'settings', 'settings.xml'))],
    ['word/footer1.xml', foot('right')], ['word/footer2.xml', foot('left')],
    ['word/settings.xml', `<w:settings xmlns:w="${words}"><w:evenAndOddHeaders/></w:settings>`],
  ]);
}
