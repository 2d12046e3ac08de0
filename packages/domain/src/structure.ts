import { sketchOf } from './similarity/terms.ts';
import type { Written } from './writing.ts';
import { lengthOf } from './writing.ts';

/** What of a proposal may want another look: `field`, where. Said while it is written, and it keeps nobody from handing in (rules: duty-rules §1.2: one matter, what is so, why, what to do). */
export interface StructureHint { readonly code: 'title_form' | 'two_matters' | 'stray_items' | 'title_body' | 'no_facts' | 'vague' | 'misplaced'; readonly field: keyof Written; readonly words: string }

/** Less than this is not yet a text that could be judged. */
const enough = { title: 4, situation: 20, suggestion: 10 } as const;
const begun = (text: Written, part: keyof typeof enough): boolean => lengthOf(text[part]) >= enough[part];

const usualTitle = /^关于.+的(?:建议|提案|意见)$/;
/** Two matters in one title: joined sentences, or “and” between two things to do. */
const joinedTitle = /[；;]|以及|并且|同时|另外|关于.+关于|(?:建设|修建|加强|增加|完善|解决|规范|改造|治理|推进|设立|提高|扩大|减少|取消)[^和及与、]{2,}(?:和|及|与|、)(?:建设|修建|加强|增加|完善|解决|规范|改造|治理|推进|设立|提高|扩大|减少|取消)/;
const anotherMatter = /(?:另外|此外|顺便|同时)[，,]?(?:还|再|也)?(?:想|要)?(?:反映|说|提)(?:一下)?(?:另|一个|一件|几个)?|还有一件事|另一件事|第二件事|一并(?:解决|反映)/;
const inSituation = /(?:^|[。\n])\s*(?:为此|因此|综上(?:所述)?)?[，,]?(?:特|现|我)?建议[：:，,]?/;
/** Something to go by: a number, a day, a share. */
const facts = /\d|[一二三四五六七八九十百千万两]+(?:[个年月日天次起户人家名处座所条件公里米吨亩元台辆成]|分之)/;
/** Asking for weight and effort alone. */
const effort = /(?:高度)?重视|加大(?:工作)?力度|加强(?:领导|管理|监管|宣传|引导)|提高(?:认识|意识)|统筹(?:规划|协调)|齐抓共管|形成合力|予以关注|尽快解决/g;
const numbered = /^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．])\s*/;

const termsOf = (text: string): readonly string[] => sketchOf('', text).terms.filter((it) => it.length === 2);
/** Which share of these words the other text has. */
const sharedBy = (terms: readonly string[], other: ReadonlySet<string>): number => (terms.length === 0 ? 1 : terms.filter((it) => other.has(it)).length / terms.length);

/** The suggestions one by one; one without numbers is one. */
function itemsOf(suggestion: string): string[] {
  const items: string[] = [];
  for (const line of suggestion.split('\n')) {
    if (numbered.test(line) || items.length === 0) items.push(line.replace(numbered, '')); else items[items.length - 1] += line;
  }
  return items;
}

/** Measured on the demonstration's proposals: each title shares a third or more with its own text and next to nothing with another's; one suggestion out of line is common, two are not. */
const [leastTerms, strayShare, titleShare, mostStray] = [8, 0.04, 0.25, 1];

/** Suggestions that share next to nothing with what was told: another matter, perhaps. */
function strayItems({ title, situation, analysis, suggestion }: Written): number[] {
  const told = new Set(termsOf([title, situation, analysis].join('\n')));
  const items = itemsOf(suggestion);
  return items.flatMap((item, index) => { const terms = termsOf(item); return items.length > 2 && terms.length >= leastTerms && sharedBy(terms, told) < strayShare ? [index + 1] : []; });
}

/** Quiet advice, at most one a kind, in the order of the form. */
export function structureHints(text: Written): StructureHint[] {
  const { title, situation, analysis, suggestion } = text;
  const hints: StructureHint[] = [];
  const say = (code: StructureHint['code'], field: StructureHint['field'], words: string): void => { hints.push({ code, field, words }); };
  const whole = title.trim();
  if (begun(text, 'title') && !usualTitle.test(whole)) say('title_form', 'title', '案由一般写成“关于……的建议”');
  if (begun(text, 'title') && joinedTitle.test(whole)) say('two_matters', 'title', '标题里像有两件事。一事一案，另一件请另写一件提案');
  else if (anotherMatter.test([situation, analysis, suggestion].join('\n'))) say('two_matters', 'situation', '正文里像还说了另一件事。一事一案，另一件请另写一件提案');
  if (begun(text, 'situation') && begun(text, 'suggestion') && begun(text, 'title')) {
    const told = new Set(termsOf([situation, analysis, suggestion].join('\n')));
    const terms = termsOf(whole);
    if (terms.length >= 2 && sharedBy(terms, told) < titleShare) say('title_body', 'title', '正文里很少说到标题里的事，请看看标题和正文是不是同一件事');
    const stray = strayItems(text);
    if (stray.length > mostStray) say('stray_items', 'suggestion', `建议第 ${stray.join('、')} 条和前面写的情况连不上，是另一件事的请另写一件提案`);
  }
  if (begun(text, 'situation') && inSituation.test(situation)) say('misplaced', 'situation', '情况里像写了建议，请移到“建议”里');
  if (begun(text, 'situation') && !facts.test(situation)) say('no_facts', 'situation', '情况里没有数字、时间，有的话请写上，审查时看得更清楚');
  if (begun(text, 'suggestion') && isVague(suggestion)) say('vague', 'suggestion', '建议还不具体，请写明由谁做、做什么、做到什么程度');
  return hints;
}

/** What is left when the calls for effort are taken out is too little to act on. */
const isVague = (suggestion: string): boolean => { const calls = suggestion.match(effort)?.length ?? 0; return calls > 0 && lengthOf(suggestion.replace(effort, '')) < 12 + calls * 8; };
