/** What a whole text splits into. Parts that were not found are ''. */
export interface WholeText { readonly title: string; readonly situation: string; readonly analysis: string; readonly suggestion: string }
/** A text as it comes on paper or from Word. `author`: whom it names as its author; `left`: lines that belong to no part (head of the form, telephone, date). */
export interface RecognisedText extends WholeText { readonly author: string; readonly left: readonly string[] }
type Part = 'situation' | 'analysis' | 'suggestion';

/** 一、 stands above （一） stands above 1. or (1): what lies deeper than the first numbered heading belongs to the text. */
const numbers = ['[一二三四五六七八九十]{1,3}\\s*[、.．]', '[（(][一二三四五六七八九十]{1,3}[）)]、?', '[（(]?\\d{1,2}(?:[、.．)）])(?!\\d)'] as const;
const number = `(${numbers.join('|')})`;
const levelOf = (numbered: string | undefined): number => (numbered === undefined ? 0 : 1 + numbers.findIndex((it) => new RegExp(`^${it}$`).test(numbered.trim())));
const names: readonly (readonly [Part, string])[] = [['suggestion', '建议|对策|措施|办法'], ['analysis', '原因|分析|成因'], ['situation', '情况|现状|背景|问题|现象|理由|正文']];
/** 一、基本情况 / 【建议】 / 建 议: a line of its own that ends with the part's name. */
const alone = (words: string) => new RegExp(`^\\s*${number}?\\s*[【[]?[^。；，,;]{0,10}(?:${words})[】\\]]?\\s*[:：]?\\s*$`);
/** 情况：…: the text goes on in the same line. */
const leading = (words: string) => new RegExp(`^\\s*${number}?\\s*[【[]?([^。；，,;:：]{0,6}(?:${words}))[】\\]]?\\s*[:：]\\s*(.+)$`);
const patterns = names.map(([part, words]) => ({ part, alone: alone(words), leading: leading(words) }));
/** “为此，建议：” opens the suggestion and is part of what was written. */
const turning = /^\s*(?:为此|对此|因此|鉴于此|基于此|据此|综上(?:所述)?)[，,、]?\s*(?:特|现|谨|我们|本人|我)?\s*(?:提出)?(?:以下|如下)?(?:几点|几条)?\s*建议/;

interface Heading { readonly part: Part; readonly level: number; readonly rest: string }
function headingIn(line: string): Heading | undefined {
  // Forms are set with spaces inside short words: 建 议.
  const narrow = line.length <= 24 ? line.replace(/\s+/g, '') : line;
  for (const { part, alone: own, leading: before } of patterns) {
    const itself = own.exec(narrow);
    if (itself) return { part, level: levelOf(itself[1]), rest: '' };
    const match = before.exec(line);
    if (match) return { part, level: levelOf(match[1]), rest: match[3] ?? '' };
  }
  return undefined;
}

const sentenceEnd = /[。；，,;:：]$/;
/** A title is a short first line that does not end like a sentence, with more text below. */
const looksLikeTitle = (line: string, max: number): boolean => line.length > 0 && line.length <= max && !sentenceEnd.test(line) && !headingIn(line);

/** Puts lines into the parts by their headings; what stands before the first heading is the situation. Not a character is dropped but the headings themselves. */
class Sorting {
  private readonly parts: Record<Part, string[]> = { situation: [], analysis: [], suggestion: [] };
  private part: Part = 'situation';
  private readonly opened = new Set<Part>();
  private shallowest = Number.POSITIVE_INFINITY;

  /** Whether this line opens a part: a deeper number than the first one's, or a second heading of the part one is in, is text. */
  private opens({ part, level }: Heading): boolean { return !(level > 0 && level > this.shallowest) && !this.opened.has(part); }

  add(line: string): void {
    const heading = headingIn(line);
    const open = heading && this.opens(heading) ? heading : undefined;
    if (open) {
      this.part = open.part;
      this.opened.add(open.part);
      if (open.level > 0) this.shallowest = Math.min(this.shallowest, open.level);
    } else if (turning.test(line) && !this.opened.has('suggestion')) {
      this.part = 'suggestion';
      this.opened.add('suggestion');
    }
    this.parts[this.part].push(open ? open.rest : line);
  }

  of(part: Part): string { return this.parts[part].join('\n').trim(); }
  get all() { return { situation: this.of('situation'), analysis: this.of('analysis'), suggestion: this.of('suggestion') }; }
  /** Whether any part was named. */
  get headed(): boolean { return this.opened.size > 0; }
}

const linesOf = (text: string): string[] => text.replace(/\r\n?/g, '\n').split('\n');

/** Splits a whole text by its headings. */
export function splitWhole(text: string, titleMax: number): WholeText {
  const lines = linesOf(text);
  const start = lines.findIndex((line) => line.trim() !== '');
  const first = lines[start]?.trim() ?? '';
  const titled = start >= 0 && start < lines.length - 1 && looksLikeTitle(first, titleMax);
  const sorting = new Sorting();
  for (const line of lines.slice(titled ? start + 1 : Math.max(start, 0))) sorting.add(line);
  return { title: titled ? first : '', ...sorting.all };
}

/** Fewer characters at one stroke than this are typed, dictated or a paragraph. */
const wholeFrom = 80;
/** A whole text that landed in one empty box at one stroke, split; undefined when it has no heading for the suggestion, so it belongs where it is. */
export function pastedWhole(before: string, typed: string, titleMax: number): WholeText | undefined {
  if (before.trim() !== '' || typed.length < wholeFrom) return undefined;
  const pasted = splitWhole(typed, titleMax);
  return pasted.situation !== '' && pasted.suggestion !== '' ? pasted : undefined;
}

/** What the head and the foot of a form name beside the text; in a table the value is the next line. */
const labels: Readonly<Record<'title' | 'author' | 'other', readonly string[]>> = {
  title: ['案由', '提案案由', '题目', '标题', '提案题目', '提案名称', '信息标题', '主题'],
  author: ['提案人', '提案者', '第一提案人', '反映人', '作者', '撰稿人', '委员姓名', '姓名', '供稿人', '报送人'],
  other: ['提案号', '编号', '案号', '会次', '届次', '类别', '分类', '界别', '委员证号', '党派', '单位', '职务', '单位职务', '单位及职务', '工作单位', '提案单位', '报送单位', '供稿单位', '联名人', '附议人', '联名提案人', '承办单位', '建议承办单位', '希望承办单位',
    '联系人', '联系电话', '联系方式', '电话', '手机', '手机号', '手机号码', '通讯地址', '通信地址', '地址', '邮编', '邮政编码', '电子邮箱', '邮箱', '提交日期', '提交时间', '日期', '时间', '签名', '附件'],
};
const kinds = new Map((Object.entries(labels) as [keyof typeof labels, readonly string[]][]).flatMap(([kind, all]) => all.map((label) => [label, kind] as const)));

interface Labelled { readonly kind: keyof typeof labels; /** '': the value is the next line. */ readonly value: string }
function labelIn(line: string): Labelled | undefined {
  const [, head = '', value] = /^\s*[（(]?([^:：]{1,14})[:：]\s*(.*?)\s*$/.exec(line) ?? [undefined, line];
  const kind = kinds.get(head.replace(/[\s（(][^)）]*[)）]|\s+/g, ''));
  return kind && { kind, value: (value ?? '').trim() };
}

/** 社情民意信息 / 政协安澜市第七届委员会第二次会议提案 / 第 12 号. */
const formHead = /^(?:[（(【]?(?:政协|中国人民政治协商会议|.{2,12}政协).{0,30}(?:提案表?|社情民意(?:信息)?|信息|委员会|会议)|(?:反映)?社情民意(?:信息)?(?:登记表|报送表|表|专报)?|.{0,6}提案(?:表|登记表|用纸)?|[（(【]?第?\s*[\dA-Za-z〔〕[\]-]*\s*[号期][）)】]?)[）)】]?$/;
const civilDate = /^[（(]?[二〇○零一二三四五六七八九十\d]{2,4}\s*年\s*[一二三四五六七八九十\d]{1,3}\s*月\s*[一二三四五六七八九十\d]{1,3}\s*日[）)]?$/;
/** 关于…的建议, broken over two lines in Word. */
const unended = (line: string): boolean => /^关于/.test(line) && !/(?:建议|提案|报告|问题|思考|对策|情况|调研|意见|呼吁)$/.test(line);

/** Takes a title from the first lines of what is left, also one that was broken over two. */
function titleFrom(lines: string[], max: number): string {
  const start = lines.findIndex((line) => line.trim() !== '');
  const [first = '', second = ''] = [lines[start]?.trim(), lines[start + 1]?.trim()];
  if (start < 0 || start >= lines.length - 1) return '';
  if (unended(first) && second !== '' && !labelIn(second) && looksLikeTitle(first + second, max)) { lines.splice(start, 2); return first + second; }
  if (!looksLikeTitle(first, max)) return '';
  lines.splice(start, 1);
  return first;
}

const isBlank = (line: string | undefined): boolean => (line ?? '').trim() === '';
/** Where the foot begins: from here on there is nothing but labels, their values and a date. */
function footOf(lines: readonly string[]): number {
  let from = lines.length;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const bare = lines[at]?.trim() ?? '';
    if (bare === '') continue;
    const above = labelIn(lines.slice(0, at).findLast((it) => !isBlank(it)) ?? '');
    if (!civilDate.test(bare) && !labelIn(bare) && !(above?.value === '' && above.kind !== 'title' && bare.length <= 40 && !sentenceEnd.test(bare))) break;
    from = at;
  }
  return from;
}

/** What a label and, in a table, the cell beside it say; `end`: the last line of it. */
function valueAt(lines: readonly string[], at: number, label: Labelled): { value: string; own: string; end: number } {
  const bare = lines[at]?.trim() ?? '';
  const next = lines.findIndex((it, index) => index > at && !isBlank(it));
  const beside = lines[next]?.trim() ?? '';
  const fits = label.value === '' && next > at && !labelIn(beside) && !headingIn(beside) && (label.kind === 'title' || beside.length <= 40);
  return fits ? { value: beside, own: `${bare} ${beside}`, end: next } : { value: label.value, own: bare, end: at };
}

/** Head and foot of a form, taken out of the lines: labels with their values, the form's own name, the date. */
function takeLabels(lines: readonly string[], max: number) {
  const [text, left, foot]: [string[], string[], number] = [[], [], footOf(lines)];
  let [title, author, begun] = ['', '', false];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const bare = line.trim();
    const outside = !begun || at >= foot;
    const label = outside ? labelIn(line) : undefined;
    if (label) {
      const { value, own, end } = valueAt(lines, at, label);
      at = end;
      if (label.kind === 'title' && value !== '' && (title === '' || value.length > max)) {
        if (value.length <= max) title = value; else { text.push(value); begun = true; }
        continue;
      }
      if (label.kind === 'author' && author === '') [author = ''] = value.split(/[\s、，,（(]/);
      left.push(own);
    } else if (outside && (civilDate.test(bare) || (!begun && formHead.test(bare.replace(/\s+/g, ''))))) left.push(bare);
    else {
      text.push(line);
      begun ||= headingIn(line) !== undefined || bare.length > max;
    }
  }
  return { text, left, title, author };
}

/**
 * A whole document, as handed in on paper or in Word, as the form's parts: 案由/情况/分析/建议, 情况/原因/建议, 案由/理由/办法, with numbers, in tables or without
 * headings. A proposal; a person looks at it. Not a character is lost: what has no part is in `left`. `titleMax`: characters.
 */
export function recogniseText(whole: string, titleMax: number): RecognisedText {
  const { text, left, title, author } = takeLabels(linesOf(whole), titleMax);
  const own = title === '' ? titleFrom(text, titleMax) : title;
  const sorting = new Sorting();
  for (const line of text) sorting.add(line);
  return { title: own, ...sorting.all, author, left };
}
