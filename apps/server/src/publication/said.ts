import type { Choice } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { rowsWhere } from '../platform/rows.ts';
import { Cosign, Joint } from '../submissions/joint.entity.ts';
import { reportersOf } from '../submissions/submission.entity.ts';
import type { Submission } from '../submissions/submission.entity.ts';

/** What each proposer said to 公开 with the paper: the first one when handing in, each other one with the signature. Null: nothing, so they are asked. */
export type Said = readonly { readonly personId: string; readonly choice: Choice | null }[];
export const saying = (said: Said, choice: Choice): string[] => said.filter((it) => it.choice === choice).map(({ personId }) => personId);

/** By proposal; two queries, however many. */
export async function saidOf(manager: EntityManager, rows: readonly Submission[]): Promise<Map<string, Said>> {
  const together = rows.filter(({ coAuthorIds }) => coAuthorIds?.length);
  const joints = new Map((await rowsWhere(manager, Joint, { proposalId: together.map(({ id }) => id) })).map((it) => [it.id, it.proposalId]));
  const signed = await rowsWhere(manager, Cosign, { jointId: [...joints.keys()], state: 'signed' });
  return new Map(rows.map((row) => [row.id, reportersOf(row).map((personId) => ({
    personId, choice: personId === row.authorId ? row.publicity : signed.find((it) => it.personId === personId && joints.get(it.jointId) === row.id)?.publicity ?? null,
  }))]));
}
