import { ratingActions, ratingStates, satisfactions } from '@lvzhi/domain';
import * as v from 'valibot';
import { fileView } from './files.ts';
import { at, coded, due, named } from './pieces.ts';

/** 答复 of one round. Until `releasedAt` only its own house sees it; `lacks`: what is still missing before it can be submitted. */
export const replyView = v.object({
  handlingId: v.string(), unit: named, round: v.number(), version: v.number(), classCode: v.nullable(coded), body: v.string(), docNo: v.string(), signer: v.string(), publicity: v.nullable(coded), publicityReason: v.string(), promisedOn: v.nullable(v.string()), contact: v.string(),
  savedBy: v.string(), savedAt: at, releasedAt: v.nullable(at), onTime: v.nullable(v.boolean()), lacks: v.array(v.string()),
});
export type ReplyView = v.InferOutput<typeof replyView>;

/** The draft of this round beside what stands between it and being submitted. */
export const replyDraft = v.object({ reply: v.nullable(replyView), mayEdit: v.boolean(), checks: v.array(v.object({ words: v.string(), done: v.boolean() })) });

/** 评价 by one proposer; others' as far as this reader may know them. */
export const ratingView = v.object({
  id: v.string(), version: v.number(), name: v.string(), round: v.number(), state: v.picklist(ratingStates), stateWords: v.string(), mine: v.boolean(), due: v.nullable(due),
  attitude: v.nullable(v.object({ code: v.picklist(satisfactions), name: v.string() })), result: v.nullable(v.object({ code: v.picklist(satisfactions), name: v.string() })), talked: v.nullable(v.boolean()), note: v.string(),
  papers: v.array(fileView), keyedBy: v.nullable(v.string()), at: v.nullable(at), can: v.array(v.picklist(ratingActions)),
});
export type RatingView = v.InferOutput<typeof ratingView>;
