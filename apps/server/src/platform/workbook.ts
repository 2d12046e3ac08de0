import { xmlText } from './xml-text.ts';
import { zipped } from './zip-writer.ts';

/** What a cell may hold. A text is written as text, whatever it begins with; only a number is a number; null is an empty cell. */
export type WorkbookCell = string | number | null;
/** `width` in characters of the default font, a Chinese one counting two. */
export interface WorkbookColumn<R> { readonly head: string; readonly width?: number; readonly of: (row: R) => WorkbookCell }

const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const [main, relations] = ['http://schemas.openxmlformats.org/spreadsheetml/2006/main', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'];
const packages = 'http://schemas.openxmlformats.org/package/2006';
/** The media type of what `workbook` makes. */
export const workbookType = `${spreadsheet}.sheet`;

/** Excel holds no longer text in a cell. */
const mostText = 32_767;
/** Excel reads `_x000D_` in a text as one sign, so that the underscore before it is written as one. */
const mistaken = /_(?=x[\dA-Fa-f]{4}_)/g;

/** 0 → A, 26 → AA. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** Styles: 1 a text that stays one when it is edited (format @, quotePrefix), 2 the head, 0 numbers. */
const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts>`
  + '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE4EEF2"/></patternFill></fill></fills>'
  + '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
  + '<xf numFmtId="49" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
  + '<xf numFmtId="49" fontId="1" fillId="2" quotePrefix="1" applyNumberFormat="1" applyFont="1" applyFill="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

function cell(value: WorkbookCell, at: string, style: 1 | 2): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number') return Number.isFinite(value) ? `<c r="${at}"><v>${value}</v></c>` : '';
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value.slice(0, mostText)).replace(mistaken, '_x005F_')}</t></is></c>`;
}
const line = (cells: readonly WorkbookCell[], row: number, style: 1 | 2): string => `<row r="${row}">${cells.map((value, index) => cell(value, columnName(index) + row, style)).join('')}</row>`;

function sheet<R>(columns: readonly WorkbookColumn<R>[], rows: readonly R[]): string {
  const widths = columns.map(({ head, width = Math.max(8, head.length * 2 + 2) }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('');
  const body = [line(columns.map(({ head }) => head), 1, 2), ...rows.map((row, index) => line(columns.map(({ of }) => of(row)), index + 2, 1))].join('');
  return `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
    + `${widths === '' ? '' : `<cols>${widths}</cols>`}<sheetData>${body}</sheetData></worksheet>`;
}

/**
 * An xlsx file with one sheet: a frozen head and the rows. Whoever adds a column says of it what it shows, so that nothing goes out by
 * surprise (traps, 35); no text can become a formula, not even when the cell is edited.
 * @param name of the sheet; Excel takes 31 characters, none of []:*?/\
 */
export function workbook<R>(name: string, columns: readonly WorkbookColumn<R>[], rows: readonly R[]): Buffer {
  const title = xmlText(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31));
  const part = (path: string, kind: string) => `<Override PartName="${path}" ContentType="${spreadsheet}.${kind}+xml"/>`;
  const relation = (id: number, kind: string, target: string) => `<Relationship Id="rId${id}" Type="${relations}/${kind}" Target="${target}"/>`;
  const related = (rows: string) => `<Relationships xmlns="${packages}/relationships">${rows}</Relationships>`;
  return zipped([
    ['[Content_Types].xml', `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/worksheets/sheet1.xml', 'worksheet')}${part('/xl/styles.xml', 'styles')}</Types>`],
    ['_rels/.rels', related(relation(1, 'officeDocument', 'xl/workbook.xml'))],
    ['xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${title}" sheetId="1" r:id="rId1"/></sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', related(relation(1, 'worksheet', 'worksheets/sheet1.xml') + relation(2, 'styles', 'styles.xml'))],
    ['xl/styles.xml', styles],
    ['xl/worksheets/sheet1.xml', sheet(columns, rows)],
  ]);
}
