import { readWorkbook, Unreadable } from './workbook-reader.ts';
import type { Sheet } from './workbook-reader.ts';

/** UTF-8 with or without its mark, UTF-16 with one; anything else is what Chinese spreadsheet programs write: GBK. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    } catch {
      throw new Unreadable('认不出文件的编码。请用表格软件另存为 .xlsx，或另存为 UTF-8 的 .csv');
    }
  }
}

/** The sign between the fields: the one that the first line has most of, outside quotes. */
function separatorOf(text: string): string {
  const line = (/^(?:[^"\r\n]|"(?:[^"]|"")*")*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const [best = ','] = [',', '\t', ';'].sort((a, b) => line.split(b).length - line.split(a).length);
  return best;
}

/** RFC 4180, forgiving: quotes doubled in quotes, line ends of any kind, a quote in the middle of a field is a sign like another. */
function readCsv(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let [row, field, quoted, fresh]: [string[], string, boolean, boolean] = [[], '', false, true];
  const endField = () => { row.push(field); [field, fresh] = ['', true]; };
  const endRow = () => { endField(); rows.push(row); row = []; };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text[at + 1] === '"') { field += sign; at += 1; } else quoted = false;
    } else if (sign === '"' && fresh) [quoted, fresh] = [true, false];
    else if (sign === separator) endField();
    else if (sign === '\n' || sign === '\r') { if (sign === '\r' && text[at + 1] === '\n') at += 1; endRow(); } else { field += sign; fresh = false; }
  }
  if (quoted) throw new Unreadable('有一个引号没有配对，读到文件末尾也没有结束。请检查后再上传');
  if (field !== '' || row.length > 0 || !fresh) endRow();
  return rows;
}

const mostRows = 50_000;

/** A table that somebody uploads, xlsx or csv, by its bytes and not by its name. @throws Unreadable with what to do */
export function readTable(bytes: Buffer): Sheet[] {
  if (bytes.length === 0) throw new Unreadable('文件是空的，请重新选择');
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return readWorkbook(bytes);
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') throw new Unreadable('这是旧格式（.xls），或者加了密码。请去掉密码，另存为 .xlsx 后再上传');
  const text = textOf(bytes);
  if (text.includes('\0')) throw new Unreadable('这不是表格文件。请上传 .xlsx 或 .csv');
  const rows = readCsv(text);
  if (rows.length > mostRows) throw new Unreadable(`表里超过 ${mostRows} 行，请拆成几个文件`);
  return [{ name: '', rows, merged: [] }];
}
