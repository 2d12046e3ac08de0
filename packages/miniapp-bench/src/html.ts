/** What a page draws, as an HTML page for a picture: near to what WeChat shows, not the same. */
import { posix } from 'node:path';
import type { MiniProgram } from './mini-program.ts';
import { wordsOf } from './wxml.ts';
import type { Element } from './wxml.ts';

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const plain = (text: string): string => text.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
/** 750 rpx are the width of every phone. */
const inPixels = (style: string): string => style.replace(/(-?[\d.]+)rpx/g, (_, count: string) => `calc(${count} * 100vw / 750)`);
/** WeChat's own looks of its elements, as far as ours lean on them. */
const native = 'html,body{margin:0}page,view,scroll-view,picker{display:block}page{min-height:100vh}button{display:block;width:100%;box-sizing:border-box;font-size:18px;line-height:2.55;border:0;border-radius:5px}input,textarea{display:block;width:100%;box-sizing:border-box;border:0;font:inherit;background:transparent;resize:none;field-sizing:content}';

function sheets(program: MiniProgram): string {
  const { files, route } = program;
  const read = (path: string): string => (files.has(path)
    ? files.read(path).replace(/@import\s+["']([^"']+)["'];?/g, (_, other: string) => read(posix.join(posix.dirname(path), other))) : '');
  return inPixels([read('app.wxss'), read(`${route}.wxss`)].join('\n'));
}

export function htmlOf(program: MiniProgram): string {
  const one = (it: Element | string): string => {
    if (typeof it === 'string') return plain(it).replace(/\n/g, '<br>');
    const of = (name: string) => plain(wordsOf(it.attributes[name]));
    const looks = `class="${of('class')}" style="${plain(inPixels(wordsOf(it.attributes['style'])))}" id="${of('id')}"`;
    switch (it.tag) {
      case 'image': return `<img ${looks} src="${of('src')}" alt="">`;
      case 'input': return `<input ${looks} value="${plain(program.shownIn(it))}" placeholder="${of('placeholder')}">`;
      case 'textarea': return `<textarea ${looks} placeholder="${of('placeholder')}">${plain(program.shownIn(it))}</textarea>`;
      case 'switch': return `<input type="checkbox" ${looks}${it.attributes['checked'] === true ? ' checked' : ''}>`;
      default: return `<${it.tag} ${looks}>${it.inside.map(one).join('')}</${it.tag}>`;
    }
  };
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><style>${native}\n${sheets(program)}</style><page>${program.draw().map(one).join('')}</page>`;
}
