import { Zip } from './zips.ts';

/** One sheet as text. `rows` from the first line of the sheet on, empty ones too; a cell that is covered by a merged one is empty. */
export interface Sheet { readonly name: string; readonly rows: readonly (readonly string[])[]; readonly merged: readonly Merged[] }
/** A merged block, counted from 0, both ends within. */
interface Merged { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }
/** Why it could not be read, in words for the person. */
export class Unreadable extends Error {}

const megabyte = 1024 * 1024;
const most = { text: 48 * megabyte, rows: 50_000, columns: 200, sheets: 20 };

type Attributes = Readonly<Record<string, string>>;
interface Handlers { readonly open?: (name: string, attributes: Attributes) => void; readonly text?: (text: string) => void; readonly close?: (name: string) => void }
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text: string): string => (text.includes('&') ? text.replace(/&(?:#(\d{1,7})|#x([\dA-Fa-f]{1,6})|(\w{2,4}));/g, (all, decimal?: string, hex?: string, name = '') => {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return Number.isNaN(code) ? entities[name] ?? all : code <= 0x10ffff ? String.fromCodePoint(code) : '';
}) : text);
/** `_x000D_` is how Excel writes a sign that XML has no place for. */
const unmistaken = (text: string): string => (text.includes('_x') ? text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text);

const tag = /<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|<!\[CDATA\[([^]*?)\]\]>|<[!?][^>]*>/g;
const attribute = /(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Walks through XML as it is in a workbook: names without prefix, the five entities and numbers, no document type of its own. */
function walk(xml: string, { open, text, close }: Handlers): void {
  let behind = 0;
  for (const found of xml.matchAll(tag)) {
    if (found.index > behind) text?.(unescaped(xml.slice(behind, found.index)));
    behind = found.index + found[0].length;
    const [, slash, name, given = '', alone, plain] = found;
    if (plain !== undefined) text?.(plain);
    if (name === undefined) continue;
    if (slash === '/') { close?.(name); continue; }
    open?.(name, Object.fromEntries([...given.matchAll(attribute)].map(([, key = '', double, single = '']) => [key, unescaped(double ?? single)])));
    if (alone === '/') close?.(name);
  }
}

/** The shared texts: pieces of one text in several looks are one text; how it is read aloud (rPh) is none of it. */
function sharedTexts(xml: string | undefined): string[] {
  const texts: string[] = [];
  let [piece, reading, aloud] = ['', false, false];
  walk(xml ?? '', {
    open: (name) => { if (name === 'si') piece = ''; if (name === 't') reading = true; if (name === 'rPh') aloud = true; },
    text: (text) => { if (reading && !aloud) piece += text; },
    close: (name) => { if (name === 't') reading = false; if (name === 'rPh') aloud = false; if (name === 'si') texts.push(unmistaken(piece)); },
  });
  return texts;
}

/** Which cell styles show a date: by the built-in numbers, Chinese ones too, or by a format that names year, month or day. */
function dateStyles(xml: string | undefined): boolean[] {
  const own = new Map<string, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  const builtIn = (id: number) => (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  walk(xml ?? '', {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') own.set(numFmtId, /[ymd年月日]/i.test(formatCode.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '').replace(/general/gi, '')));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) styles.push(own.get(numFmtId) ?? builtIn(Number(numFmtId)));
    },
    close: (name) => { if (name === 'cellXfs') inCells = false; },
  });
  return styles;
}

const dayMs = 86_400_000;
/** 44763 → 2022-07-21. Excel believes that 1900 was a leap year, so its days count from 1899-12-30. */
const dateOfSerial = (serial: number, from1904: boolean): string => new Date(Date.UTC(1899, 11, 30) + Math.floor(serial + (from1904 ? 1462 : 0)) * dayMs).toISOString().slice(0, 10);
/** 1.38E10 → 13800000000: what the cell means, not how a file writes it. */
const plainNumber = (text: string): string => { const value = Number(text); return text === '' || Number.isNaN(value) ? text : Math.abs(value) < 1e21 ? String(value) : text; };

/** B12 → column 1, row 11. */
function placeOf(reference: string): { column: number; row: number } | undefined {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference.toUpperCase()) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  return { column: Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1, row: Number(digits) - 1 };
}
function blockOf(reference: string): Merged[] {
  const [from, to] = reference.split(':').map(placeOf);
  return from && to ? [{ top: from.row, left: from.column, bottom: to.row, right: to.column }] : [];
}

interface Book { readonly texts: readonly string[]; readonly dates: readonly boolean[]; readonly from1904: boolean }
function valueOf({ t = '', s = '0' }: Attributes, value: string, { texts, dates, from1904 }: Book): string {
  switch (t) {
    case 's': return texts[Number(value)] ?? '';
    case 'inlineStr': case 'str': return unmistaken(value);
    case 'b': return value === '1' ? '是' : '否';
    case 'e': return '';
    case 'd': return value.slice(0, 10);
    default: return dates[Number(s)] === true && /^\d+(\.\d+)?$/.test(value) ? dateOfSerial(Number(value), from1904) : plainNumber(value);
  }
}

function sheetOf(name: string, xml: string, book: Book): Sheet {
  const [rows, merged]: [string[][], Merged[]] = [[], []];
  let cell: Attributes | undefined;
  let [value, reading, aloud, row, column] = ['', false, false, -1, -1];
  const put = () => {
    if (row >= most.rows) throw new Unreadable(`表里超过 ${most.rows} 行，请拆成几个文件`);
    if (row < 0 || column < 0 || column >= most.columns || !cell) return;
    const text = valueOf(cell, value, book);
    if (text === '') return;
    while (rows.length <= row) rows.push([]);
    const cells = rows[row] ?? [];
    while (cells.length < column) cells.push('');
    cells[column] = text;
  };
  walk(xml, {
    open: (tagName, attributes) => {
      if (tagName === 'row') { row = attributes['r'] === undefined ? row + 1 : Number(attributes['r']) - 1; column = -1; }
      if (tagName === 'c') { column = placeOf(attributes['r'] ?? '')?.column ?? column + 1; [cell, value] = [attributes, '']; }
      if (tagName === 'v' || tagName === 't') reading = true;
      if (tagName === 'rPh') aloud = true;
      if (tagName === 'mergeCell') merged.push(...blockOf(attributes['ref'] ?? ''));
    },
    text: (text) => { if (reading && !aloud) value += text; },
    close: (tagName) => {
      if (tagName === 'v' || tagName === 't') reading = false;
      if (tagName === 'rPh') aloud = false;
      if (tagName === 'c') { put(); cell = undefined; }
    },
  });
  return { name, rows, merged };
}

/** xl/worksheets/sheet1.xml by the relation's target, which may begin with a slash. */
const pathOf = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

/** The visible sheets of an xlsx file, in order, everything as text. @throws Unreadable */
export function readWorkbook(bytes: Buffer): Sheet[] {
  const zip = Zip.read(bytes);
  if (typeof zip === 'string') throw new Unreadable(zip === 'locked' ? '文件加了密码，请去掉密码后再上传' : '文件已损坏，或者不是表格文件。请用表格软件另存为 .xlsx 后再上传');
  const read = (path: string) => zip.text(path, most.text);
  const [listed, related] = [read('xl/workbook.xml'), read('xl/_rels/workbook.xml.rels')];
  if (listed === undefined || related === undefined) throw new Unreadable('这不是 .xlsx 表格。请用表格软件另存为 .xlsx 后再上传');
  const targets = new Map<string, string>();
  walk(related, { open: (name, { Id = '', Target = '' }) => { if (name === 'Relationship') targets.set(Id, pathOf(Target)); } });
  const sheets: { name: string; path: string }[] = [];
  let from1904 = false;
  walk(listed, { open: (tagName, { name = '', id = '', state, date1904 }) => {
    if (tagName === 'workbookPr') from1904 = date1904 === '1' || date1904 === 'true';
    if (tagName === 'sheet' && (state === undefined || state === 'visible')) sheets.push({ name, path: targets.get(id) ?? '' });
  } });
  const book = { texts: sharedTexts(read('xl/sharedStrings.xml')), dates: dateStyles(read('xl/styles.xml')), from1904 };
  return sheets.slice(0, most.sheets).flatMap(({ name, path }) => { const xml = read(path); return xml === undefined ? [] : [sheetOf(name, xml, book)]; });
}
