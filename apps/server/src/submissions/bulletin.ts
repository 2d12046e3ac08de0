import { officialDocx } from '../platform/official-docx.ts';
import type { Block } from '../platform/official-docx.ts';
import { xmlText } from '../platform/xml-text.ts';

/** An issue as it is printed; nothing in it but what stands here goes out (traps, 35). */
export interface Bulletin {
  readonly series: string; readonly number: string; readonly organ: string; readonly date: string; readonly title: string; readonly paragraphs: readonly string[];
  readonly reporters: string; /** Upwards, and to equals. */ readonly reportedTo: readonly string[]; readonly sentTo: readonly string[];
  readonly signer: string; readonly checker: string; readonly editor: string; readonly phone: string; readonly internal: boolean; /** Those that may be published stand at the end of the public text; null: only its place is marked. */ readonly pictures: readonly (string | null)[];
}

/** 一、 in black, （一） in 楷体, everything else in 仿宋 (rules: documents); a whole paragraph that begins so is text. */
function bodyBlock(text: string): Block {
  const face = text.length > 40 ? 'text' : /^[一二三四五六七八九十]+、/.test(text) ? 'head' : /^（[一二三四五六七八九十]+）/.test(text) ? 'kai' : 'text';
  return { text, look: { face, indent: true } };
}

/** The issue as docx: red head, number and date over the red rule, title, text, and at the foot where it goes and who answers for it. */
export function bulletinDocument(it: Bulletin): Buffer {
  const small = { points: 14 } as const;
  const to = [...it.reportedTo.length > 0 ? [`报：${it.reportedTo.join('，')}`] : [], ...it.sentTo.length > 0 ? [`送：${it.sentTo.join('，')}`] : []];
  return officialDocx([
    ...it.internal ? [{ text: '内部资料　注意保存', look: { face: 'head', points: 14 } } as const] : [],
    { text: it.series, look: { face: 'title', points: 48, align: 'center', red: true, after: 240 } },
    { text: `${it.number}\t${it.date}`, look: { spread: true } },
    { text: `主办：${it.organ}办公室`, look: { rule: 'red', after: 480 } },
    { text: it.title, look: { face: 'title', points: 22, align: 'center', after: 320 } },
    ...it.paragraphs.map(bodyBlock),
    { text: `（反映人：${it.reporters}）`, look: { face: 'kai', indent: true, after: 480 } },
    ...to.map((text, at): Block => ({ text, look: { ...small, ...at === 0 ? { rule: 'black', over: true } : {} } })),
    { text: `签发：${it.signer}　审核：${it.checker}　编辑：${it.editor}\t电话：${it.phone}`, look: { ...small, spread: true, rule: 'black', over: true } },
    { text: '\t（共印　　份）', look: { ...small, spread: true, rule: 'black' } },
  ]);
}

/** The editor of the public account takes over a picture that lies in the text itself. */
const figure = (source: string | null, index: number): string => (source === null ? `<p style="font-size:14px;color:#666;text-align:center;margin:8px 0">［图 ${index + 1}］</p>`
  : `<p style="text-align:center;margin:8px 0"><img src="${source}" alt="图 ${index + 1}" style="max-width:100%" /></p>`);

/** For the public account: plain elements with their looks inside, since its editor drops everything else; neither names nor where it was reported to. */
export function bulletinHtml({ title, paragraphs, series, number, pictures }: Bulletin): string {
  const element = (tag: string, text: string, style: string) => `<${tag} style="${style}">${xmlText(text)}</${tag}>`;
  const body = paragraphs.map((text) => (bodyBlock(text).look?.face === 'text'
    ? element('p', text, 'font-size:16px;line-height:1.75;text-indent:2em;margin:0 0 8px') : element('h2', text, 'font-size:17px;line-height:1.75;font-weight:bold;margin:16px 0 8px')));
  return [element('h1', title, 'font-size:22px;line-height:1.4;text-align:center;margin:0 0 16px'), ...body, ...pictures.map(figure), element('p', `来源：《${series}》${number}`, 'font-size:14px;color:#666;text-align:right;margin:16px 0 0')].join('\n');
}
