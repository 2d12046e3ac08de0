import { proposerKinds, submissionKinds, urgencies } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, limit, oneOf, optionalDay, optionalText } from './pieces.ts';
import { route } from './route.ts';
import { states, submissionRow } from './submissions.ts';

/** A part of a text and whether it is what was sought: shown as text, never as markup. */
const pieces = v.array(v.object({ text: v.string(), hit: v.boolean() }));
/** A document that was found. `excerpt`: the surroundings of the first hit in its body; empty where the body has none. */
const foundRow = v.object({ ...submissionRow.entries, hits: v.object({ number: pieces, caseNo: pieces, title: pieces, author: pieces, excerpt: pieces }) });
export type FoundRow = v.InferOutput<typeof foundRow>;

const filters = {
  query: optionalText('要找的内容', 60), kind: v.optional(oneOf('社情民意或提案', submissionKinds)), state: v.optional(oneOf('状态', states)), urgency: v.optional(oneOf('紧急程度', urgencies)),
  committeeId: v.optional(v.string('请从列表里选择专委会')), townId: v.optional(v.string('请从列表里选择镇街')), proposer: v.optional(oneOf('提案者类型', proposerKinds)), from: optionalDay('起始日期'), until: optionalDay('截止日期'),
};
/** What a list of documents can be narrowed to; its export and its print take the same. */
export const foundFilters = v.object(filters);
export type Sought = v.InferOutput<typeof foundFilters>;

export const finding = {
  /** `terms`: what was looked for, every word of which a document must have; none: nothing that can be looked for was typed. `indexing`: older ones are still being entered. */
  findDocuments: route({ method: 'GET', path: '/search', summary: '在本人能看到的范围里找：编号、标题、提交人、正文；可再按种类、状态、专委会、镇街、收到日期筛选，新收的在前', who: 'signed_in',
    input: v.object({ ...filters, after, limit }), output: v.object({ rows: v.array(foundRow), next: v.nullable(v.string()), terms: v.array(v.string()), indexing: v.boolean() }) }),
} as const;
