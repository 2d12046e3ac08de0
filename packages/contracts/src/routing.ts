import * as v from 'valibot';
import { at, chosen, named, nothing, optionalText, text } from './pieces.ts';
import { route } from './route.ts';

const reason = v.object({ kind: v.picklist(['term', 'learned', 'plan', 'sector', 'town', 'category', 'precedent', 'rule']), text: v.string() });
const candidate = v.object({ committee: named, share: v.number(), reasons: v.array(reason) });

/** 为什么到这里: what the router proposed when the text came in, and who decided. Shares are 0…1. */
export const routingCard = v.object({
  /** `auto`: sent at once; `person`: a person decided; `waiting`: it waits at triage for a person. */
  decided: v.picklist(['auto', 'person', 'waiting']),
  confidence: v.number(),
  /** 把握较大 / 有把握 / 请人定, and the threshold that the words follow. */
  confidenceWords: v.string(), threshold: v.number(),
  candidates: v.array(candidate), co: v.array(named),
  /** The committee that the author asked for, where that is not the router's. */
  wish: v.nullable(named),
  /** Why no committee was proposed, e.g. 个人事项. */
  personal: v.nullable(v.string()),
  /** Names the lexicon, the shipped weights and what this office had taught when it was decided, e.g. lex-3/af794302. */
  version: v.string(),
});
export type RoutingCard = v.InferOutput<typeof routingCard>;

const share = v.nullable(v.number());
/** Of `n` matters that people decided `right` went where the router had said; `sent` went without a person, `sentRight` of them rightly. */
const tally = v.object({ n: v.number(), right: v.number(), sent: v.number(), sentRight: v.number() });
/** 分办质量, over the last 26 weeks: shares are 0…1. */
const quality = v.object({
  total: tally,
  /** Weeks from Monday on, newest first; those without a decision are left out. */
  weeks: v.array(v.object({ fromOn: v.string(), ...tally.entries })),
  /** What the router said, and where people put it; the diagonal is what was right. */
  committees: v.array(named), confusion: v.array(v.object({ said: v.nullable(v.string()), decided: v.string(), count: v.number() })),
  /** Confidence from which nobody needs to look, who sets it, and what it promises. */
  threshold: v.object({ value: v.number(), by: v.picklist(['shipped', 'office', 'learnt']), wanted: v.number(), examples: v.number(), needed: v.number() }),
  shipped: v.string(),
  models: v.array(v.object({ version: v.string(), inForce: v.boolean(), taken: v.boolean(), madeAt: at, examples: v.number(), accuracy: v.number(), before: v.number(), coverage: v.number(), precision: share, seconds: v.number(), reason: v.string() })),
  /** Learnt from this office, strongest first for each committee. `words` is how it is shown; `word` is what is struck. */
  words: v.array(v.object({ word: v.string(), words: v.string(), committeeId: v.string(), weight: v.number() })),
  struck: v.array(v.object({ word: v.string(), words: v.string(), who: v.string(), at })),
});
export type RoutingQuality = v.InferOutput<typeof quality>;
const triage = ['triage_opinion', 'triage_proposal'] as const;
const word = text('词', 40);

export const routing = {
  showRoutingQuality: route({ method: 'GET', path: '/routing/quality', summary: '分办质量：准确率、混淆、学到的词、各版学习结果', who: triage, input: nothing, output: quality }),
  strikeWord: route({ method: 'POST', path: '/routing/words/strike', summary: '划掉一个学到的词，含有它的都不再起作用', who: triage, input: v.object({ word }), output: quality }),
  restoreWord: route({ method: 'POST', path: '/routing/words/restore', summary: '恢复划掉的词，重新学习', who: triage, input: v.object({ word }), output: quality }),
  suggestRoute: route({ method: 'POST', path: '/routing/suggest', summary: '写的时候看建议送哪个专委会（不保存内容）', who: ['write_opinion', 'write_proposal', 'write_collective'],
    input: v.object({ title: text('标题', 200), body: optionalText('正文', 6000), category: v.optional(v.string('请从列表里选择类别')), townId: chosen('镇街') }), output: routingCard }),
} as const;
