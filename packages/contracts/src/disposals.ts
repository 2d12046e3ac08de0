import { disposalStates, submissionKinds } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, coded, id, key, limit, nothing, oneOf, page, several, text } from './pieces.ts';
import { route } from './route.ts';

/** `title`: only until it is decided, and only for the two who deal with it. `backupsLeft`: backups that still hold the text and are not treated; `filesLeft`: attachments whose bytes are still to be removed. */
const disposalRow = v.object({
  id: v.string(), kind: v.picklist(submissionKinds), /** Of a draft that was never handed in: a number of its own. */ receiptNo: v.string(), draft: v.boolean(), state: v.picklist(disposalStates), stateWords: v.string(), reason: v.nullable(coded), title: v.nullable(v.string()), author: v.string(),
  markedBy: v.string(), markedAt: at, decidedBy: v.nullable(v.string()), decidedAt: v.nullable(at), backupsLeft: v.number(), filesLeft: v.number(), can: v.array(v.picklist(['lift', 'carry_out', 'treat'])),
});
export type DisposalRow = v.InferOutput<typeof disposalRow>;
/** Another submission with a part of the same text: what it was merged into, what was merged into it, what it became or came from. */
const relative = v.object({ id: v.string(), kind: v.picklist(submissionKinds), receiptNo: v.string(), how: v.string(), stateWords: v.string() });
const disposalView = v.object({
  ...disposalRow.entries,
  /** Until it is decided, for the two; not of a draft, which nobody but its author ever reads. */
  text: v.nullable(v.object({ situation: v.string(), analysis: v.string(), suggestion: v.string(), files: v.array(v.string()) })),
  /** Marked in the same step: decided together. */
  together: v.array(v.object({ receiptNo: v.string(), kind: v.picklist(submissionKinds), title: v.nullable(v.string()) })), related: v.array(relative),
  backups: v.array(v.object({ id: v.string(), fileName: v.string(), madeAt: at, treated: v.nullable(v.object({ by: v.string(), at })) })),
  /** What the house cannot reach and a person must see to, in words. */
  elsewhere: v.array(v.string()),
});
export type DisposalView = v.InferOutput<typeof disposalView>;
const who = ['mark_secrets', 'dispose_secrets'] as const;
const receiptNo = text('收件号', 20);
const kind = v.picklist(submissionKinds, '请选择社情民意或提案');

/** 涉密处置: the office marks, the security administrator decides; nobody alone. */
export const disposals = {
  listDisposals: route({ method: 'GET', path: '/disposals', summary: '涉密处置：送核查的和处置过的，新的在前', who, input: v.object({ state: v.optional(oneOf('状态', disposalStates)), after, limit }), output: page(disposalRow) }),
  findDisposable: route({ method: 'GET', path: '/disposals/foresee', summary: '送核查以前：这一件是谁的，还有哪些件里有同样的内容', who: ['mark_secrets'], input: v.object({ kind, receiptNo }),
    output: v.object({ receiptNo: v.string(), author: v.string(), stateWords: v.string(), related: v.array(relative) }) }),
  findDrafts: route({ method: 'GET', path: '/disposals/drafts', summary: '某人没有提交过的草稿，只有什么时候保存的，没有一个字；每找一次都记审计', who: ['mark_secrets'], input: v.object({ kind, name: text('姓名', 20, 2) }),
    output: v.object({ rows: v.array(v.object({ personId: v.string(), name: v.string(), note: v.string(), draft: v.string(), savedAt: at })) }) }),
  markDraft: route({ method: 'POST', path: '/disposals/drafts', summary: '送涉密核查：没有提交过的一份草稿，马上封存，本人也打不开', who: ['mark_secrets'], input: v.object({ kind, personId: id, draft: text('草稿', 40), reason: text('理由', 24) }), output: v.object({ disposal: disposalView }) }),
  /** `key`: the draft's; `fileIds`: what the phone has already sent for it. The same again changes nothing. */
  purgeDraft: route({ method: 'POST', path: '/disposals/own_draft', summary: '本人发现没提交的草稿涉密：从服务器清除，不能恢复，也不能再存', who: ['write_opinion', 'write_proposal', 'write_collective'], input: v.object({ kind, draft: text('草稿', 40), key, fileIds: several('附件', 40) }), output: nothing }),
  showDisposal: route({ method: 'GET', path: '/disposals/:id', summary: '一件涉密处置：内容（处置前，只给经手的两人）、还有哪些备份要人工处理', who, input: v.object({ id }), output: disposalView }),
  markSecret: route({ method: 'POST', path: '/disposals', summary: '送涉密核查：这件和选中的关联件马上封存，谁也看不到', who: ['mark_secrets'], input: v.object({ kind, receiptNo, reason: text('理由', 24), related: several('关联的件', 100) }), output: v.object({ disposal: disposalView }) }),
  liftDisposal: route({ method: 'POST', path: '/disposals/:id/lift', summary: '核查后不涉密：解除封存，一切照旧', who: ['dispose_secrets'], input: v.object({ id }), output: v.object({ disposal: disposalView }) }),
  carryOutDisposal: route({ method: 'POST', path: '/disposals/:id/carry_out', summary: '涉密处置：把内容从所有地方清除，不能恢复；要照输收件号', who: ['dispose_secrets'], input: v.object({ id, receiptNo }), output: v.object({ disposal: disposalView }) }),
  treatBackup: route({ method: 'POST', path: '/disposals/:id/backups', summary: '登记：这份备份已经人工处理', who: ['dispose_secrets'], input: v.object({ id, keepingId: id }), output: v.object({ disposal: disposalView }) }),
} as const;
