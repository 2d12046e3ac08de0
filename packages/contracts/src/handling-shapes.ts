import { handlingActions, handlingStates, unitRoles } from '@lvzhi/domain';
import * as v from 'valibot';
import { at, coded, due, holder, named } from './pieces.ts';
import { ratingView, replyView } from './reply-shapes.ts';

const talkAnswers = ['asked', 'confirmed', 'denied'] as const;
/** 面商 as the unit recorded it, and what each proposer says of it; `mine`: this reader's own answer, where they are asked. */
const talkView = v.object({
  id: v.string(), handlingId: v.string(), version: v.number(), unit: named, on: v.string(), form: coded, people: v.string(), gist: v.string(), by: v.string(), at,
  answers: v.array(v.object({ name: v.string(), answer: v.picklist(talkAnswers), words: v.string(), note: v.string() })), mine: v.nullable(v.picklist(talkAnswers)),
});
export type TalkView = v.InferOutput<typeof talkView>;

/** One unit's part. `reply`: until when it answers the proposer (an assisting unit does not); `talkBy`, `objectBy`: while these are still to be done, or may be. */
export const handlingPart = v.object({
  id: v.string(), unit: named, role: v.picklist(unitRoles), roleWords: v.string(), state: v.picklist(handlingStates), stateWords: v.string(), version: v.number(), assignedAt: at, signedAt: v.nullable(at),
  holder: v.nullable(holder), reply: v.nullable(due), talkBy: v.nullable(due), objectBy: v.nullable(due), talks: v.number(), extended: v.boolean(), round: v.number(), repliedAt: v.nullable(at),
  /** 会办意见, for those inside. */
  opinion: v.nullable(v.object({ note: v.string(), by: v.string(), at })), can: v.array(v.picklist(handlingActions)),
});
export type HandlingPart = v.InferOutput<typeof handlingPart>;

/** Of an answer of class B, how it goes on: what the unit reports until it is solved. */
const progressView = v.object({ handlingId: v.string(), unit: named, action: v.picklist(['report_progress', 'resolve']), words: v.string(), note: v.string(), by: v.string(), at });

/** What became of a proposal since it was handed over, as far as this reader may know: replies once they are released. */
export const caseHandling = v.object({ handedAt: at, capAt: at, /** 最长期限, while it still limits something. */ cap: v.nullable(due), parts: v.array(handlingPart), talks: v.array(talkView), replies: v.array(replyView), ratings: v.array(ratingView), progress: v.array(progressView) });
