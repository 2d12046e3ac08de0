import { describe, expect, test } from '@jest/globals';
import { kindOf, Unwelcome } from '../src/files/kinds.ts';
import { fileName, shownName } from '../src/files/names.ts';
import { compound, contentTypes, office, pdf, relation, zip } from './files-corpus.ts';

function refusal(bytes: Buffer, name: string): string {
  try {
    return `taken as ${kindOf(bytes, name).extension}`;
  } catch (error) {
    if (error instanceof Unwelcome) return error.message;
    throw error;
  }
}
const docx = (...more: Parameters<typeof office>[1] & object) => office('docx', more);

describe('what a file is, is told by its bytes', () => {
  test.each([
    ['docx', office('docx'), '材料.docx'], ['xlsx', office('xlsx'), '统计表.xlsx'], ['pptx', office('pptx'), '汇报.pptx'], ['pdf', pdf(), '扫描件.pdf'],
    ['doc', compound(['WordDocument', '1Table']), '旧材料.doc'], ['wps', compound(['WordDocument', '1Table']), '旧材料.WPS'],
    ['xls', compound(['Workbook']), '表.xls'], ['xls', compound(['Book']), '表.xls'], ['ppt', compound(['PowerPoint Document', 'Current User']), '汇报.ppt'],
    ['doc', compound(['WordDocument', 'ObjectPool', 'Workbook']), '带表格的材料.doc'], ['xls', compound(['WordDocument', 'Workbook']), '带说明的表.xls'],
    ['jpg', Buffer.from('ffd8ffe0', 'hex'), '照片.jpg'], ['png', Buffer.from('89504e470d0a1a0a', 'hex'), '截图.png'],
    ['heic', Buffer.from('0000001c66747970686569630000000068656963', 'hex'), 'IMG_1.HEIC'],
  ])('a member attaches a %s', (extension, bytes, name) => {
    expect(kindOf(bytes, name).extension).toBe(extension);
  });

  test('a member attaches a Word document that is named .pdf, and it is kept as what it is', () => {
    expect(kindOf(office('docx'), '建议.pdf')).toEqual({ extension: 'docx', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' });
    expect(fileName('建议.pdf', 'docx')).toBe('建议.docx');
  });

  test('a Word document of 15 MB is read to its end, where its directory lies', () => {
    const bytes = compound(['WordDocument', ...Array.from({ length: 9 }, (_, at) => `Data${at}`)], 30_000);
    expect(bytes.length).toBeGreaterThan(15_000_000);
    expect(kindOf(bytes, '带图的材料.doc').extension).toBe('doc');
    expect(refusal(compound(['WordDocument', ...Array.from({ length: 9 }, (_, at) => `Data${at}`), 'Macros'], 30_000), '带图的材料.doc')).toContain('带有宏');
  });

  test('a chart may bring its numbers, and a document may link to pages and to its own template', () => {
    const bytes = docx(
      { name: 'word/embeddings/Microsoft_Excel_Sheet.xlsx', data: office('xlsx'), stored: true },
      { name: 'word/_rels/document.xml.rels', data: relation('hyperlink', 'https://example.org/') },
      { name: 'word/_rels/settings.xml.rels', data: relation('attachedTemplate', 'file:///C:\\Users\\li\\Normal.dotm') },
    );
    expect(refusal(bytes, '材料.docx')).toBe('taken as docx');
  });
});

describe('what is not taken is refused with the reason', () => {
  test.each([
    ['空的', Buffer.alloc(0), '空.docx'],
    ['GIF', Buffer.from('GIF89a/*\x01\x00*/=1;alert(1)'), '动图.gif'], ['GIF', Buffer.from('GIF89a/*\x01\x00*/=1;alert(1)'), '动图.jpg'],
    ['网页', Buffer.concat([Buffer.from('<html><script>alert(1)</script>'), pdf()]), '扫描件.pdf'], ['网页', Buffer.from('\uFEFF \n<svg onload="alert(1)"/>'), '图标.png'],
    ['不是认得的', Buffer.from('alert(document.cookie)//'), '脚本.js'], ['不是认得的', Buffer.from('纯文本'), '说明.txt'],
    ['是程序', Buffer.from('MZ\x90\x00'), '材料.docx'], ['是程序', Buffer.from('\x7fELF'), '材料.pdf'], ['是程序', Buffer.from('#!/bin/sh'), '材料.doc'],
    ['压缩包', Buffer.from('Rar!\x1a\x07'), '材料.rar'], ['压缩包', zip([{ name: '材料.txt', data: '材料' }]), '材料.zip'], ['视频', Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), '视频.mp4'],
    ['AVIF', Buffer.from('\0\0\0\x18ftypavif\0\0\0\0', 'latin1'), '照片.jpg'],
    ['不完整', pdf().subarray(0, 60), '扫描件.pdf'], ['脚本', pdf('/OpenAction<</S/JavaScript/JS(app.alert(1))>>'), '表单.pdf'],
    ['损坏', office('docx').subarray(0, -30), '材料.docx'], ['改动过', Buffer.concat([office('docx'), Buffer.from('<script>alert(1)</script>')]), '材料.docx'],
    ['带有宏', docx({ name: 'word/vbaProject.bin', data: 'x' }), '材料.docx'],
    ['带有宏', office('docx', [{ name: 'word/other.bin', data: 'x' }], contentTypes('docx', '<Override PartName="/word/other.bin" ContentType="application/vnd.ms-office.vbaProject"/>')), '材料.docx'],
    ['带有宏', office('xlsx', [], contentTypes('xlsx').replace('vnd.openxmlformats-officedocument.spreadsheetml.sheet.main', 'vnd.ms-excel.sheet.macroEnabled.main')), '表.xlsx'],
    ['不认识', office('docx', [], contentTypes('docx', '<Override PartName="/word/other.bin" ContentType="application/vnd.ms-office.vba&#80;roject"/>')), '材料.docx'],
    ['藏着程序', docx({ name: 'word/embeddings/看我.exe', data: 'MZ' }), '材料.docx'],
    ['从别处取', docx({ name: 'word/_rels/settings.xml.rels', data: relation('attachedTemplate', 'https://evil.example/t.dotm') }), '材料.docx'],
    ['从别处取', docx({ name: 'word/_rels/document.xml.rels', data: relation('oleObject', '\\\\evil.example\\x') }), '材料.docx'],
    ['从别处取', docx({ name: 'word/_rels/document.xml.rels', data: relation('frame', 'mhtml:https://evil.example/x!y') }), '材料.docx'],
    ['带有宏', compound(['WordDocument', 'Macros', 'VBA']), '材料.doc'], ['带有宏', compound(['Workbook', '_VBA_PROJECT_CUR']), '表.xls'],
    ['带有宏', Buffer.concat([compound(['PowerPoint Document']), Buffer.from('1f00ff0314000000020000040c000000010000000100000002000000', 'hex')]), '汇报.ppt'],
    ['密码', compound(['EncryptionInfo', 'EncryptedPackage']), '材料.docx'], ['嵌着', compound(['WordDocument', '\u0001Ole10Native']), '材料.doc'],
    ['不是 Office', compound(['SummaryInformation', 'Binary.setup']), '材料.doc'], ['损坏', compound(['WordDocument']).subarray(0, 900), '材料.doc'],
  ])('%s: it is said so, with the name and what is taken', (reason, bytes, name) => {
    const words = refusal(bytes, name);
    expect(words).toContain(reason);
    expect(words).toContain(`“${name}”`);
    expect(words).toMatch(/不能上传；可以上传 .*docx.*文件。$/);
    expect(words.split('。')).toHaveLength(2);
  });

  test.each([
    ['a directory that declares 4 GB', docx({ name: 'word/a.xml', data: '0', declared: 4_000_000_000 })],
    ['16 entries that share their bytes', zip([{ name: '[Content_Types].xml', data: contentTypes('docx') }, ...Array.from({ length: 16 }, (_, at) => ({ name: `word/${at}.xml`, data: '0'.repeat(4000), offset: 0 }))])],
    ['40 MB of zeros in 40 KB', docx({ name: 'word/a.xml', data: Buffer.alloc(40_000_000) })],
    ['5000 entries', docx(...Array.from({ length: 5000 }, (_, at) => ({ name: `word/${at}.xml`, data: '' })))],
  ])('a bomb is refused: %s', (_, bytes) => {
    expect(refusal(bytes, '材料.docx')).toContain('大得不正常');
  });

  test('an archive in the archive is refused, by its name and, unpacked, by its bytes', () => {
    const inner = zip([{ name: 'lib.bin', data: Buffer.alloc(1000) }]);
    expect(refusal(docx({ name: 'word/media/inner.zip', data: inner }), '材料.docx')).toContain('套着压缩包');
    expect(refusal(docx({ name: 'word/media/image1.png', data: inner, stored: true }), '材料.docx')).toContain('套着压缩包');
  });

  test.each(['../../etc/passwd', '/etc/passwd', 'C:\\x.xml', 'word\\..\\..\\x.xml', 'word/a\0.xml'])('an entry that would land elsewhere is refused: %j', (name) => {
    expect(refusal(docx({ name, data: 'x' }), '材料.docx')).toContain('打不开');
  });

  test('a locked archive is refused', () => {
    expect(refusal(docx({ name: 'word/a.xml', data: 'x', locked: true }), '材料.docx')).toContain('加了密码');
  });

  test('a directory chain that runs in a circle ends', () => {
    const bytes = compound(['WordDocument', 'a', 'b', 'c', 'd', 'e']);
    const first = bytes.readUInt32LE(0x30);
    bytes.writeUInt32LE(first, 512 + bytes.readUInt32LE(0x4c) * 512 + (first + 1) * 4);
    expect(refusal(bytes, '材料.doc')).toContain('损坏');
  });

  test('no cut or bent file makes the reader fall over', () => {
    for (const whole of [office('docx'), compound(['WordDocument', 'Data']), pdf()]) {
      for (let at = 0; at < whole.length; at += 7) {
        const bent = Buffer.from(whole);
        bent.fill(0xff, at, at + 4);
        for (const bytes of [whole.subarray(0, at), bent]) expect(refusal(bytes, '材料.docx')).toMatch(/^taken as |不能上传；/);
      }
    }
  });
});

describe('names', () => {
  test.each([
    ['关于加强社区养老服务的建议（终稿）.docx', 'docx', '关于加强社区养老服务的建议（终稿）.docx'],
    ['..\\..\\windows\\材料.doc', 'doc', '材料.doc'], ['../../etc/材料', 'pdf', '材料.pdf'], ['材料\u202Excod.exe', 'docx', '材料xcod.docx'],
    ['a\0b\r\nc.pdf', 'pdf', 'abc.pdf'], ['IMG_1.HEIC', 'jpg', 'IMG_1.jpg'], ['照片.JPEG', 'jpg', '照片.JPEG'], ['报告v1.2', 'pdf', '报告v1.2.pdf'], ['.htaccess', 'pdf', 'htaccess.pdf'], ['', 'pdf', '附件.pdf'], ['.pdf', 'pdf', 'pdf.pdf'],
    ['材料.pdf.exe', 'pdf', '材料.pdf.pdf'], ['<img src=x>.png', 'png', '_img src=x_.png'],
  ])('%j as %s becomes %j', (sent, extension, kept) => {
    expect(fileName(sent, extension)).toBe(kept);
  });

  test('a Chinese name of 300 characters is cut to 120 and keeps its ending', () => {
    const kept = fileName(`${'关于'.repeat(150)}.docx`, 'docx');
    expect(Array.from(kept)).toHaveLength(120);
    expect(kept.endsWith('关于.docx') || kept.endsWith('关.docx')).toBe(true);
    expect(Array.from(shownName(`${'𠮷'.repeat(300)}.docx`))).toHaveLength(120);
    expect(encodeURIComponent(fileName(`${'𠮷'.repeat(300)}.docx`, 'docx'))).toContain('.docx');
  });
});
