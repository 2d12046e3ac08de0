import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTable } from '../src/platform/tables.ts';
import { workbook } from '../src/platform/workbook.ts';
import type { WorkbookCell } from '../src/platform/workbook.ts';
import { Unreadable } from '../src/platform/workbook-reader.ts';
import { Zip } from '../src/platform/zips.ts';
import { contentTypes, zip } from './files-corpus.ts';

const columns = [0, 1, 2].map((at) => ({ head: `列${at}`, of: (row: readonly WorkbookCell[]) => row[at] ?? null }));
const sheetXml = (bytes: Buffer): string => { const it = Zip.read(bytes); return typeof it === 'string' ? it : it.text('xl/worksheets/sheet1.xml') ?? ''; };
/** What a file cannot hold: controls, halves of pairs; line ends become one sign. */
const asKept = (text: string): string => text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, '').replace(/\r\n?/g, '\n');
const trimmed = (rows: readonly (readonly string[])[]) => rows.map((row) => { const cells = [...row]; while (cells.length > 0 && cells.at(-1) === '') cells.pop(); return cells; });

const hostile = ['=1+1', '=HYPERLINK("http://x","点我")', '+86 139', '-1', '@SUM(A1)', '\t=1', '\r=1', '|cmd', '_x003D_1', '_x000D_', '<script>', '&lt;', ']]>', '"', '001', '1e5', '１３８', ' 前后空格 ', 'a\nb', '𠮷'];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...hostile));

test('陷阱 35：写出去的表读回来一字不差，什么字开头都还是文字，没有一格是公式', () => {
  fc.assert(fc.property(fc.array(fc.tuple(text, text, fc.option(fc.integer(), { nil: null })), { maxLength: 8 }), (rows) => {
    const bytes = workbook('名册', columns, rows);
    const [sheet] = readTable(bytes);
    const kept = rows.map(([a, b, n]) => [asKept(a), asKept(b), n === null ? '' : String(n)]);
    const read = trimmed(sheet?.rows ?? []).slice(1);
    const wanted = trimmed(kept);
    while (wanted.at(-1)?.length === 0) wanted.pop();
    expect(read).toEqual(wanted);
    const xml = sheetXml(bytes);
    expect(xml).not.toMatch(/<f[ >]/);
    for (const [, attributes = ''] of xml.matchAll(/<c ([^>]*)>/g)) expect(attributes).toMatch(/t="inlineStr"|^r="C\d+"$/);
  }), { numRuns: 100 });
});

test('同样的内容写出来是同样的字节，表名里不许有的字换成空格', () => {
  expect(workbook('名册', columns, [['a', 'b', 1]]).equals(workbook('名册', columns, [['a', 'b', 1]]))).toBe(true);
  expect(readTable(workbook('名[册]:*?/\\', columns, []))[0]?.name).toBe('名 册      ');
});

/** A workbook as office programs write it: shared texts in pieces, prefixes, dates by format, merged cells, a hidden sheet. */
const byOffice = (prefix: string) => {
  const x = prefix === '' ? '' : `${prefix}:`;
  const space = `xmlns${prefix === '' ? '' : `:${prefix}`}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`;
  return zip([
    { name: '[Content_Types].xml', data: contentTypes('xlsx') },
    { name: 'xl/workbook.xml', data: `<${x}workbook ${space} xmlns:r="r"><${x}workbookPr date1904="0"/><${x}sheets><${x}sheet name="隐藏的" sheetId="1" state="hidden" r:id="rId1"/><${x}sheet name="委员 &amp; 名单" sheetId="2" r:id="rId2"/></${x}sheets></${x}workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', data: '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Target="/xl/worksheets/sheet2.xml" Id="rId2"/></Relationships>' },
    { name: 'xl/sharedStrings.xml', data: `<${x}sst ${space}><${x}si><${x}t>姓名</${x}t></${x}si><${x}si><${x}r><${x}rPr><${x}b/></${x}rPr><${x}t>张</${x}t></${x}r><${x}r><${x}t xml:space="preserve"> 伟</${x}t></${x}r><${x}rPh sb="0" eb="1"><${x}t>ZHANG</${x}t></${x}rPh></${x}si><${x}si><${x}t/></${x}si></${x}sst>` },
    { name: 'xl/styles.xml', data: `<${x}styleSheet ${space}><${x}numFmts><${x}numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><${x}numFmt numFmtId="177" formatCode="0.00&quot;年&quot;"/></${x}numFmts><${x}cellStyleXfs><${x}xf numFmtId="14"/></${x}cellStyleXfs><${x}cellXfs><${x}xf numFmtId="0"/><${x}xf numFmtId="14"/><${x}xf numFmtId="176"/><${x}xf numFmtId="177"/></${x}cellXfs></${x}styleSheet>` },
    { name: 'xl/worksheets/sheet1.xml', data: `<${x}worksheet ${space}/>` },
    { name: 'xl/worksheets/sheet2.xml', data: `<${x}worksheet ${space}><${x}sheetData><${x}row r="2"><${x}c r="B2" t="s"><${x}v>0</${x}v></${x}c></${x}row>
      <${x}row r="3"><${x}c r="A3"><${x}v>1</${x}v></${x}c><${x}c r="B3" t="s"><${x}v>1</${x}v></${x}c><${x}c r="C3"><${x}v>1.3800000001E10</${x}v></${x}c><${x}c r="D3" s="1"><${x}v>44763</${x}v></${x}c><${x}c r="E3" s="2"><${x}v>44763.5</${x}v></${x}c><${x}c r="F3" s="3"><${x}v>2</${x}v></${x}c></${x}row>
      <${x}row><${x}c t="str"><${x}f>A1&amp;B1</${x}f><${x}v>算出来的</${x}v></${x}c><${x}c t="b"><${x}v>1</${x}v></${x}c><${x}c t="e"><${x}v>#REF!</${x}v></${x}c><${x}c t="s"><${x}v>2</${x}v></${x}c></${x}row></${x}sheetData><${x}mergeCells><${x}mergeCell ref="B2:C2"/></${x}mergeCells></${x}worksheet>` },
  ]);
};

test.each([['不带前缀', ''], ['带前缀', 'x']])('办公软件写的表：碎成几段的文字、日期、数字存的手机号、公式的结果、合并格、隐藏的表（%s）', (_, prefix) => {
  const sheets = readTable(byOffice(prefix));
  expect(sheets).toEqual([{ name: '委员 & 名单', merged: [{ top: 1, left: 1, bottom: 1, right: 2 }], rows: [[], ['', '姓名'], ['1', '张 伟', '13800000001', '2022-07-21', '2022-07-21', '2'], ['算出来的', '是']] }]);
});

/** 'gbk' by turning its decoder around. */
const inGbk = (() => {
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder('gbk');
  for (let high = 0x81; high <= 0xfe; high += 1) for (let low = 0x40; low <= 0xfe; low += 1) if (low !== 0x7f) table.set(decoder.decode(new Uint8Array([high, low])), [high, low]);
  return (it: string) => Buffer.from(Array.from(it).flatMap((sign) => table.get(sign) ?? [sign.charCodeAt(0)]));
})();

test('CSV 用 UTF-8（有没有标记都行）、GBK、UTF-16 存，读出来一样', () => {
  const [csv, wanted] = ['姓名,界别,备注\r\n张伟,教育界,"市一中, 教师"\n', [['姓名', '界别', '备注'], ['张伟', '教育界', '市一中, 教师']]];
  for (const bytes of [Buffer.from(csv), Buffer.from(`\ufeff${csv}`), inGbk(csv), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le')])]) {
    expect(readTable(bytes)[0]?.rows).toEqual(wanted);
  }
  expect(readTable(Buffer.from('姓名\t界别\n李"明\t"多\n行"'))[0]?.rows).toEqual([['姓名', '界别'], ['李"明', '多\n行']]);
});

test('CSV 写出什么读回什么，引号、逗号、换行都在内', () => {
  const quoted = (it: string) => `"${it.replace(/"/g, '""')}"`;
  fc.assert(fc.property(fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }).filter((it) => !it.includes('\0')), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
    expect(readTable(Buffer.from(`\ufeff${rows.map((row) => row.map(quoted).join(',')).join(end)}${end}`))[0]?.rows).toEqual(rows);
  }));
});

test('不是表格的、坏的、加密的、炸弹，都说清楚怎么办，不会卡死', () => {
  const said = (bytes: Buffer): string => { try { readTable(bytes); return '读了'; } catch (error) { return error instanceof Unreadable ? error.message : String(error); } };
  expect(said(Buffer.alloc(0))).toMatch(/空的/);
  expect(said(Buffer.from('d0cf11e0a1b11ae10000', 'hex'))).toMatch(/另存为 \.xlsx/);
  expect(said(zip([{ name: 'a.txt', data: 'x' }]))).toMatch(/不是 \.xlsx/);
  expect(said(workbook('a', columns, []).subarray(0, 200))).toMatch(/已损坏/);
  expect(said(Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 0, 1]))).toMatch(/不是表格/);
  expect(said(Buffer.from('姓名\n"没有配对'))).toMatch(/引号/);
  const bomb = zip([{ name: 'xl/workbook.xml', data: '<workbook><sheets><sheet name="a" id="r"/></sheets></workbook>' }, { name: 'xl/_rels/workbook.xml.rels', data: '<Relationships><Relationship Id="r" Target="worksheets/sheet1.xml"/></Relationships>' }, { name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(49 * 1024 * 1024, 'a'), declared: 10 }]);
  expect(said(bomb)).toBe('读了');
  expect(readTable(bomb)).toEqual([]);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => { said(Buffer.from(noise)); }));
  const whole = byOffice('');
  fc.assert(fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => { const broken = Buffer.from(whole); broken[at] = byte; expect(said(broken)).not.toMatch(/Error/); }));
});
