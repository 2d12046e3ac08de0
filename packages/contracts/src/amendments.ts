import * as v from 'valibot';
import { at, id, key, optionalText, several, text, version } from './pieces.ts';
import { route } from './route.ts';
import { moved } from './submissions.ts';

const parts = ['title', 'situation', 'analysis', 'suggestion'] as const;
/** One paragraph: `at` counts the paragraphs of its part from 0; `after` '' takes it out. `accepted`: what the proposer said; null: nothing. */
const change = v.object({ part: v.picklist(parts), partWords: v.string(), at: v.number(), before: v.string(), after: v.string(), why: v.string(), accepted: v.nullable(v.boolean()) });
/** 修改建议: what staff proposed at once, of which text, and what became of it. */
const amendment = v.object({
  no: v.number(), revision: v.number(), note: v.string(), by: v.string(), proposedAt: at, outcome: v.picklist(['asked', 'answered', 'recalled', 'lapsed']), outcomeWords: v.string(), endedAt: v.nullable(at), changes: v.array(change),
});
export type Amendment = v.InferOutput<typeof amendment>;
const on = { id, version, key: v.optional(key) };
/** Under the text that a body's answer makes (集体提案): who signed it, and the pages with signature or seal. */
const signature = v.object({ signer: text('签名的负责人', 20), sealIds: several('签名盖章页', 10), signed: v.pipe(v.optional(v.boolean('请确认新的一稿已经签名盖章'), false), v.literal(true, '请确认新的一稿已经签名盖章')) });
const staff = ['review', 'decide_proposal'] as const;
const changes = v.pipe(v.array(v.object({ part: v.picklist(parts, '请选择改哪一部分'), at: v.pipe(v.number('段落应是数字'), v.integer('段落应是整数'), v.minValue(0, '段落从 0 数起'), v.maxValue(500, '段落太多')), after: optionalText('改成', 20_000), why: optionalText('修改理由', 300) }), '请至少改一段'), v.minLength(1, '请至少改一段'), v.maxLength(60, '一次最多改 60 段'));

/** 逐段修改建议 on a proposal under review: staff propose, the proposer accepts or refuses each paragraph; both texts are kept (rules: posts). */
export const amendments = {
  listAmendments: route({ method: 'GET', path: '/proposals/:id/edits', summary: '修改建议：哪几段改成什么、提案人怎样答复，最近的在前', who: 'signed_in', input: v.object({ id }), output: v.object({ rows: v.array(amendment) }) }),
  proposeEdits: route({ method: 'POST', path: '/proposals/:id/edits', summary: '逐段提出修改建议，请提案人答复；答复以前不往下办', who: staff, input: v.object({ ...on, changes, note: optionalText('说明', 500) }), output: moved }),
  answerEdits: route({ method: 'POST', path: '/proposals/:id/edits/answer', summary: '提案人逐段答复：同意的照改，别的保留原文', who: ['write_proposal', 'write_collective'],
    input: v.object({ ...on, accepted: v.pipe(v.array(v.boolean('请逐段选择同意还是保留原文'), '请逐段选择同意还是保留原文'), v.maxLength(60, '一次最多 60 段')), signature: v.optional(v.nullable(signature), null) }), output: moved }),
  recallEdits: route({ method: 'POST', path: '/proposals/:id/edits/recall', summary: '收回修改建议，按原文继续审查', who: staff, input: v.object(on), output: moved }),
} as const;
