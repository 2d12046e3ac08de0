import { personNameOf, plainLabel } from './roster.ts';

/** What a roster file may say of a member, by the names that its head may use. */
export const rosterFields = ['id', 'name', 'phone', 'sector', 'town', 'unit', 'title', 'party', 'standing', 'posts'] as const;
export type RosterField = (typeof rosterFields)[number];
export const rosterHeads: Readonly<Record<RosterField, readonly string[]>> = {
  id: ['编号', '人员编号'], name: ['姓名', '委员姓名', '名字'], phone: ['手机号', '手机', '手机号码', '移动电话', '联系电话', '电话', '电话号码', '联系方式'],
  sector: ['界别', '所属界别', '所在界别', '委员界别'], town: ['镇街', '乡镇街道', '乡镇', '街道', '所在镇街', '所属镇街', '所属乡镇', '乡镇(街道)', '联络委'],
  unit: ['单位职务', '单位及职务', '单位和职务', '工作单位及职务', '工作单位和职务', '工作单位职务', '单位', '工作单位', '所在单位'], title: ['职务', '职务职称', '单位内职务', '行政职务'],
  party: ['中共党员', '是否中共党员', '是否党员', '政治面貌', '党派'], standing: ['常委', '是否常委', '政协常委'], posts: ['政协职务', '届内职务', '委员职务', '政协内职务'],
};
const labels = new Map(rosterFields.flatMap((field) => rosterHeads[field].map((head) => [plainLabel(head), field] as const)));
const fieldOf = (cell: string | undefined): RosterField | undefined => labels.get(plainLabel(cell ?? '').replace(/[（(]必填[)）]|\*/g, ''));

/** One line of the file, as written; `line` as the spreadsheet counts it. */
export type FileRow = { readonly line: number; readonly fault: string | null } & Readonly<Record<RosterField, string>>;
export interface RosterFile {
  readonly rows: readonly FileRow[];
  /** What was read from which column, e.g. 手机号 ← “联系电话”（D 列）. */
  readonly used: readonly { readonly field: RosterField; readonly head: string; readonly column: string }[];
  /** Columns that nothing was read from, with what stood there. */
  readonly unused: readonly string[];
  /** Why nothing can be read at all; null: it can. */
  readonly fault: string | null;
}
interface Block { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }
interface Sheet { readonly rows: readonly (readonly string[])[]; readonly merged: readonly Block[] }

const columnName = (index: number): string => (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));
const searched = 15;
/** A block says its text for each of the cells that it covers. */
function spread({ rows, merged }: Sheet): string[][] {
  const cells = rows.map((row) => [...row]);
  for (const { top, left, bottom, right } of merged) {
    const text = rows[top]?.[left] ?? '';
    if (text === '' || bottom - top > 5000 || right - left > 200) continue;
    for (let row = top; row <= Math.min(bottom, cells.length - 1); row += 1) {
      const line = cells[row] ?? [];
      for (let column = left; column <= right; column += 1) { while (line.length <= column) line.push(''); line[column] = text; }
    }
  }
  return cells;
}

interface Head { readonly first: number; readonly last: number; readonly names: readonly string[] }
/** The head is the first line that has 姓名 and one more known name; where 姓名 is merged downwards, or the line below completes it, it has two lines. */
function headOf(cells: readonly (readonly string[])[], merged: readonly Block[]): Head | undefined {
  for (let row = 0; row < Math.min(searched, cells.length); row += 1) {
    const line = cells[row] ?? [];
    const name = line.findIndex((cell) => fieldOf(cell) === 'name');
    if (name === -1) continue;
    const below = cells[row + 1] ?? [];
    const tall = merged.some(({ top, bottom, left, right }) => top === row && bottom === row + 1 && left <= name && name <= right);
    const completed = (below[name] ?? '') === '' && below.some((cell) => fieldOf(cell) !== undefined);
    const last = tall || completed ? row + 1 : row;
    const width = Math.max(line.length, last > row ? below.length : 0);
    const names = Array.from({ length: width }, (_, column) => { const [upper = '', lower = ''] = [line[column], last > row ? below[column] : '']; return lower === '' ? upper : fieldOf(lower) ? lower : fieldOf(upper) ? upper : lower; });
    if (names.filter((it) => fieldOf(it)).length >= 2) return { first: row, last, names };
  }
  return undefined;
}

/** 中共界（23人） alone on a line names the sector of those below it, where no column does. */
const sectionOf = (cells: readonly string[]): string => {
  const said = [...new Set(cells.filter((cell) => cell.trim() !== ''))];
  const [text = ''] = said;
  return said.length === 1 ? plainLabel(text).replace(/^[一二三四五六七八九十0-9]+[、.．]/, '').replace(/[（(].*$/, '').replace(/[:：].*$/, '') : '';
};

/** A sheet as a roster: finds its head, leaves out titles, repeated heads, empty lines and sums. Pure; it judges nothing. */
export function readRosterFile(sheet: Sheet): RosterFile {
  const cells = spread(sheet);
  const head = headOf(cells, sheet.merged);
  if (!head) return { rows: [], used: [], unused: [], fault: `前 ${searched} 行里没有找到表头。表头要有“姓名”，还要有“手机号”“界别”等列；合并的表头请拆开，或者用模板填写` };
  const places = new Map<RosterField, number>();
  const unused: string[] = [];
  head.names.forEach((name, column) => {
    const field = fieldOf(name);
    if (field !== undefined && !places.has(field)) places.set(field, column);
    else if (name.trim() !== '') unused.push(`${columnName(column)} 列“${name.trim()}”${field === undefined ? '' : '（前面已有同样的列）'}`);
    else if (cells.slice(head.last + 1).some((row) => (row[column] ?? '').trim() !== '')) unused.push(`${columnName(column)} 列没有表头`);
  });
  const used = [...places].map(([field, column]) => ({ field, head: (head.names[column] ?? '').trim(), column: columnName(column) }));
  return { rows: rowsOf(cells, sheet.merged, head, places), used, unused, fault: null };
}

function rowsOf(cells: readonly (readonly string[])[], merged: readonly Block[], head: Head, places: ReadonlyMap<RosterField, number>): FileRow[] {
  const rows: FileRow[] = [];
  let section = '';
  for (let row = head.last + 1; row < cells.length; row += 1) {
    const line = cells[row] ?? [];
    const at = (field: RosterField): string => { const column = places.get(field); return column === undefined ? '' : (line[column] ?? '').trim(); };
    const name = at('name');
    if (line.every((cell) => cell.trim() === '') || fieldOf(name) === 'name' || /^(合计|总计|小计|共计|共\d+)/.test(plainLabel(line.find((cell) => cell.trim() !== '') ?? ''))) continue;
    const heading = sectionOf(line);
    if (heading !== '' && (name === '' || line.filter((cell) => cell.trim() !== '').length > 2 || /[（(]\d+[人名位]?[)）]|界$/.test(name))) { section = heading; continue; }
    const block = merged.find(({ top, bottom, left, right }) => bottom > top && top <= row && row <= bottom && [places.get('name'), places.get('phone')].some((column) => column !== undefined && left <= column && column <= right));
    const fields = Object.fromEntries(rosterFields.map((field) => [field, at(field)])) as Record<RosterField, string>;
    rows.push({ ...fields, sector: places.has('sector') ? fields.sector : section, line: row + 1, fault: block ? '姓名或手机号在合并单元格里，请拆开，一人一行' : personNameOf(name) === '' ? (name === '' ? '没有姓名' : `“${name}”不像姓名`) : null });
  }
  return rows;
}
