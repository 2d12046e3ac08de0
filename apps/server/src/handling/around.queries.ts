import type { EntityManager } from 'typeorm';
import { rowsWhere } from '../platform/rows.ts';
import { reportersOf, Submission } from '../submissions/submission.entity.ts';
import { Handling, Talk, TalkAnswer } from './handling.entity.ts';
import { Reply } from './reply.entity.ts';

/** What a unit's part knows of the rest: the proposers of the cases merged into its own, the unit that leads, whom a talk waits for. */
export interface Around {
  readonly coAuthorIds: readonly string[]; readonly leadId: string | undefined; readonly askedTalks: readonly string[];
  /** Talks that were not denied by all; the reply of this round as far as it is written; the units that assist this one, and whether each has countersigned the text as it now stands. */
  readonly talks: number; readonly reply: Reply | undefined; readonly assists: number; readonly signedAll: boolean;
}
export const alone: Around = { coAuthorIds: [], leadId: undefined, askedTalks: [], talks: 0, reply: undefined, assists: 0, signedAll: false };

/** What of a reply is still missing before it can be submitted, in words. */
export function lacksOf(reply: Reply | undefined): string[] {
  if (!reply) return ['还没有写答复'];
  return [
    ...(reply.classCode === null ? ['办理结果的类别'] : []), ...(reply.body.trim() === '' ? ['答复正文'] : []), ...(reply.docNo.trim() === '' ? ['发文字号'] : []), ...(reply.signer.trim() === '' ? ['签发人'] : []),
    ...(reply.publicity === null ? ['公开方式'] : []), ...(reply.publicity === 'closed' && reply.publicityReason.trim() === '' ? ['不予公开的理由'] : []), ...(reply.classCode === 'B' && reply.promisedOn === null ? ['预计解决的日期'] : []), ...(reply.contact.trim() === '' ? ['联系人和电话'] : []),
  ];
}

/** The proposers of a case beside the first: those who signed it (联名), and those whose cases were merged into it (并案; rules: duty-rules §1.7, §9.1). */
export async function otherProposers(manager: EntityManager, cases: readonly { readonly id: string; readonly authorId: string }[]): Promise<Map<string, string[]>> {
  const ids = cases.map(({ id }) => id);
  const [own, merged] = [await rowsWhere(manager, Submission, { id: ids }), await rowsWhere(manager, Submission, { mainId: ids, state: 'merged' })];
  return new Map(cases.map(({ id, authorId }) => [id, [...new Set([...own.filter((it) => it.id === id), ...merged.filter(({ mainId }) => mainId === id)].flatMap(reportersOf))].filter((it) => it !== authorId)]));
}

/** For a page of parts at once. */
export async function aroundOf(manager: EntityManager, rows: readonly Handling[]): Promise<Map<string, Around>> {
  if (rows.length === 0) return new Map();
  const cases = [...new Map(rows.map(({ proposalId, authorId }) => [proposalId, { id: proposalId, authorId }])).values()];
  const ids = rows.map(({ id }) => id);
  const [others, parts, said, talks, replies] = [
    await otherProposers(manager, cases), (await rowsWhere(manager, Handling, { proposalId: cases.map(({ id }) => id) })).filter(({ state }) => state !== 'reassigned' && state !== 'stopped'),
    await rowsWhere(manager, TalkAnswer, { handlingId: ids }), await rowsWhere(manager, Talk, { handlingId: ids }), await rowsWhere(manager, Reply, { handlingId: ids }),
  ];
  return new Map(rows.map(({ id, proposalId, round, role: ownRole }) => {
    const [own, reply] = [parts.filter((it) => it.proposalId === proposalId), replies.find((it) => it.handlingId === id && it.round === round)];
    // Who answers for itself (分办) has nobody who countersigns: those who assist do it for the one who leads.
    const assists = ownRole === 'lead' ? own.filter(({ role }) => role === 'assist') : [];
    const denied = (talkId: string): boolean => { const all = said.filter((it) => it.talkId === talkId); return all.length > 0 && all.every(({ answer }) => answer === 'denied'); };
    return [id, {
      coAuthorIds: others.get(proposalId) ?? [], leadId: own.find(({ role }) => role === 'lead')?.unitId, askedTalks: said.filter(({ handlingId, answer }) => handlingId === id && answer === 'asked').map(({ personId }) => personId),
      talks: talks.filter((it) => it.handlingId === id && !denied(it.id)).length, reply, assists: assists.length, signedAll: reply !== undefined && assists.every((it) => it.state === 'countersigned' && it.countersignedNo === reply.textNo),
    }];
  }));
}

/** The parts of a case that units still work on. */
export async function openParts(manager: EntityManager, proposalId: string): Promise<string[]> {
  return (await rowsWhere(manager, Handling, { proposalId, state: ['assigned', 'handling', 'opined', 'countersigning', 'countersigned', 'reply_review', 'ready'] })).map(({ id }) => id);
}
