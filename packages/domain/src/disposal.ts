import { holds, triagePosts } from './actor.ts';
import type { Actor } from './actor.ts';
import { whyClosed } from './closure.ts';
import type { Closure } from './closure.ts';
import type { SubmissionKind } from './words.ts';
import { isOneOfTheirs } from './workflow.ts';
import type { Document } from './workflow.ts';

/** 涉密处置 (rules: duty-rules §6; posts, 涉密): the office marks, the security administrator decides; nobody alone, and nobody about what is their own. */
export const disposalStates = ['marked', 'carried_out', 'lifted'] as const;
export type DisposalState = (typeof disposalStates)[number];
export const disposalStateWords = { marked: '待处置', carried_out: '已处置', lifted: '已解除' } as const satisfies Record<DisposalState, string>;
/** In a document's journal, beside the moves of its flow. */
export const disposalActionWords = { mark_secret: '送涉密核查', lift_secret: '核查后解除', dispose: '涉密处置' } as const;
export type DisposalAction = keyof typeof disposalActionWords;
/** Told beside the flows: who decides hears of it without seeing what it is about. */
export const isDisposal = (action: string): action is DisposalAction => Object.hasOwn(disposalActionWords, action);

/** Of a draft that nobody but its author has read, its author needs nobody else: it is cleared at their word, and the security administrator sees to the backups. */
export const ownDraftReason = { code: 'own_draft', name: '本人发现没提交的草稿涉密' } as const;

export const disposedTitle = '已作涉密处置';
export const closedTitle = '正在作涉密核查';
type Marked = Pick<Document<string>, 'authorId' | 'coAuthorIds' | 'clerkId'>;
const isOwn = (doc: Marked, actor: Actor): boolean => isOneOfTheirs(doc, actor) || doc.clerkId === actor.personId;

/** Why this person may not mark it; undefined: they may. */
export function whyNotMark(doc: Marked & { readonly kind: SubmissionKind; readonly closure: Closure }, actor: Actor): string | undefined {
  if (!holds(actor, ...triagePosts[doc.kind])) return doc.kind === 'opinion' ? '社情民意由信息编辑或者办公室主任送核查' : '提案由提案委办公室送核查';
  if (isOwn(doc, actor)) return '不能送核查自己提交或者代录的件，请由同事办理';
  return whyClosed(doc.closure);
}

/** Why this person may not decide on what was marked; undefined: they may. */
export function whyNotDecide(doc: Marked & { readonly state: DisposalState; readonly markedBy: string }, actor: Actor): string | undefined {
  if (!holds(actor, 'security_admin')) return '由安全管理员核查处置';
  if (doc.state !== 'marked') return `这件${disposalStateWords[doc.state]}，不能再处置`;
  if (doc.markedBy === actor.personId) return '是您自己送核查的，要由另一位安全管理员处置';
  return isOwn(doc, actor) ? '不能处置自己提交或者代录的件，请由另一位安全管理员处置' : undefined;
}
