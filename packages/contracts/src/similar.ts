import { submissionKinds } from '@lvzhi/domain';
import * as v from 'valibot';
import { at, id, named, oneOf, optionalText, text } from './pieces.ts';
import { route } from './route.ts';
import { states } from './submissions.ts';

/** `can`: what this reader may do with it when reports are put together: lead the others, or be merged into another. */
const line = { id: v.string(), version: v.number(), receiptNo: v.string(), title: v.string(), author: v.string(), state: v.picklist(states), stateWords: v.string(), can: v.array(v.picklist(['lead', 'combine'])) };

/**
 * A report or proposal that may be about the same matter. `doc`: where this reader may see it; `published`: the issue in which it appeared, or the
 * number of the proposal that was answered, for everybody; neither: there is one, and it is being handled. `score` in percent; `shared`: the telling words that both have.
 */
const similarRow = v.object({
  score: v.number(), words: v.string(),
  doc: v.nullable(v.object(line)),
  published: v.nullable(v.object({ title: v.string(), numberWords: v.string() })),
  town: v.nullable(named), submittedAt: v.nullable(at), shared: v.array(v.string()),
});
export type SimilarRow = v.InferOutput<typeof similarRow>;
const similarRows = v.object({ rows: v.array(similarRow) });

/** A matter that several reports tell of: how hot and why, since when, from where, week by week (the last one last), and the reports themselves. */
const topic = v.object({
  title: v.string(), shared: v.array(v.string()), heat: v.number(), why: v.string(), reports: v.number(), reporters: v.number(), lately: v.number(), from: at, to: at,
  towns: v.array(v.object({ name: v.string(), reports: v.number() })), weeks: v.array(v.number()),
  rows: v.array(v.object({ ...line, town: v.nullable(named), submittedAt: at })),
});
export type Topic = v.InferOutput<typeof topic>;

export const similar = {
  findSimilar: route({ method: 'POST', path: '/similar', summary: '写的时候看有没有相近的社情民意或提案（不保存内容）；别人的、没有编发或答复的，只说有', who: ['write_opinion', 'write_proposal', 'write_collective'],
    input: v.object({ kind: v.optional(v.picklist(submissionKinds, '请选择社情民意或提案'), 'opinion'), title: text('标题', 200), body: optionalText('正文', 6000), id: v.optional(id) }), output: similarRows }),
  showSimilar: route({ method: 'GET', path: '/submissions/:id/similar', summary: '和这一件同类的、相近的件', who: 'signed_in', input: v.object({ id }), output: similarRows }),
  listTopics: route({ method: 'GET', path: '/topics', summary: '一段时间里的热点：说同一件事的社情民意聚在一起，按热度排', who: ['triage_opinion'],
    input: v.object({ days: v.optional(oneOf('时间', ['30', '90', '365']), '90') }), output: v.object({ topics: v.array(topic), reports: v.number(), from: at }) }),
} as const;
