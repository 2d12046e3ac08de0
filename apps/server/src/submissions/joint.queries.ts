import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, InvitationRow, InvitationView, JointView, routes, SubmissionView } from '@lvzhi/contracts';
import { actionsFor, closedTitle, cosignFlow, cosignStateWords, disposedTitle, dueLook, explainDue, lengthOf, maySee, scopeOf, signersOf } from '@lvzhi/domain';
import { Not } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow, fileViewOf } from '../platform/file.entity.ts';
import { pageWhere } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { closuresOfDrafts } from '../disposal/disposed.queries.ts';
import { cosignDoc, lyingOf } from './cosign-docket.ts';
import type { Lying } from './cosign-docket.ts';
import { Cosign, Joint, JointText } from './joint.entity.ts';
import { Submission } from './submission.entity.ts';

/** While a case is looked into (涉密核查), and after its words are gone, nobody reads them here either. */
const hidden = (text: JointText, { closure }: Lying): JointText => (closure === 'open' ? text : { ...text, title: closure === 'marked' ? closedTitle : disposedTitle, situation: '', analysis: '', suggestion: '', fileIds: [] });

interface Around { readonly joint: Joint; readonly text: JointText; readonly proposal: Submission | undefined; readonly lying: Lying; readonly task: Assignment | undefined }

/** Whether this person was asked to sign a text that this file belongs to. */
export async function opensFile(manager: EntityManager, personId: string, file: FileRow): Promise<boolean> {
  const closed = file.docId !== null && await manager.existsBy(Submission, { id: file.docId, closure: Not('open') });
  if (closed) return false;
  const asked = await rowsWhere(manager, Cosign, { personId, state: ['asked', 'signed'] });
  const theirs = await rowsWhere(manager, Joint, { id: asked.map(({ jointId }) => jointId), firstId: file.ownerId });
  const own: Joint[] = [];
  for (const it of theirs) if ((await lyingOf(manager, it)).closure === 'open') own.push(it);
  const texts = await rowsWhere(manager, JointText, { jointId: own.map(({ id }) => id) });
  return texts.some((it) => it.fileIds.includes(file.id) && asked.some(({ jointId, textNo }) => jointId === it.jointId && textNo === it.textNo));
}

/** All reading of 联名: the first proposer knows who is asked and who has signed, each invited member their own invitation; nobody else knows anything. */
@Injectable()
export class JointQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock) {}

  show(caller: Caller, { draftKey, ofId }: { readonly draftKey: string; readonly ofId: string | null }): Promise<{ joint: JointView | null }> {
    return this.database.read(async (manager) => {
      const joint = await rowWhere(manager, Joint, { firstId: caller.personId, ...(ofId === null ? { draftKey } : { proposalId: ofId }) });
      return { joint: joint ? await this.joint(manager, caller, joint) : null };
    });
  }

  async joint(manager: EntityManager, caller: Caller, joint: Joint): Promise<JointView> {
    const [asked, proposal] = [await rowsWhere(manager, Cosign, { jointId: joint.id }), await this.proposal(manager, joint)];
    const lying = await lyingOf(manager, joint);
    const text = hidden(await this.text(manager, joint.id, joint.textNo), lying);
    const tasks = new Map((await rowsWhere(manager, Assignment, { docId: asked.map(({ id }) => id), isOpen: 1 })).map((it) => [it.docId, it]));
    return {
      textNo: joint.textNo, text: this.written(text), fileIds: text.fileIds, most: this.settings.get('proposal.cosigners'), of: proposal ? { id: proposal.id, version: proposal.version } : null,
      rows: asked.toSorted((a, b) => a.orderNo - b.orderNo).map((it) => ({
        id: it.id, person: this.person(it.personId), state: it.state, stateWords: cosignStateWords[it.state], signedAt: it.signedAt?.toISOString() ?? null, due: this.due(caller, tasks.get(it.id)),
        version: it.version, can: actionsFor(cosignFlow, cosignDoc(it, joint, lying), caller),
      })),
    };
  }

  listInvitations(caller: Caller, after: string | undefined, limit: number): Promise<Answer<typeof routes.listInvitations>> {
    return this.database.read(async (manager) => {
      const { rows, next } = await pageWhere(manager, Cosign, { personId: caller.personId }, 'askedAt', 'DESC', after, limit);
      const found = await this.rows(manager, caller, rows);
      return { rows: rows.flatMap(({ id }) => found.get(id) ?? []), next };
    });
  }

  showInvitation(caller: Caller, id: string): Promise<InvitationView> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Cosign, { id, personId: caller.personId });
      return row ? this.view(manager, caller, row) : notFound();
    });
  }

  async view(manager: EntityManager, caller: Caller, it: Cosign): Promise<InvitationView> {
    const [row] = [...(await this.rows(manager, caller, [it])).values()];
    if (!row) throw new Error(`The text of ${it.id} is missing.`);
    const joint = await rowWhere(manager, Joint, { id: it.jointId });
    if (!joint) throw new Error(`The invitation ${it.id} is to nothing.`);
    // The text is lent to whoever is asked and to whoever signed it, and to nobody any longer.
    const lent = it.state !== 'unsigned';
    const whole = await this.text(manager, it.jointId, it.textNo);
    const lying = await lyingOf(manager, joint);
    const text = hidden(lent ? whole : { ...whole, situation: '', analysis: '', suggestion: '', fileIds: [] }, lying);
    const before = lent && it.signedNo !== null && it.signedNo !== it.textNo && lying.closure === 'open' ? this.written(await this.text(manager, it.jointId, it.signedNo)) : null;
    const files = new Map((await rowsWhere(manager, FileRow, { id: text.fileIds })).map((file) => [file.id, fileViewOf(file)]));
    const signers = lent ? signersOf(await rowsWhere(manager, Cosign, { jointId: it.jointId }), it.textNo) : [];
    return {
      ...row, text: this.written(text), before, length: lengthOf(text.situation) + lengthOf(text.analysis) + lengthOf(text.suggestion),
      files: text.fileIds.flatMap((id) => files.get(id) ?? []), signers: signers.map((id) => this.person(id)),
    };
  }

  /** For lists that name invitations: a person's own tasks and notices; and for the first proposer the title alone. */
  async byIds(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<Map<string, InvitationRow>> {
    return this.rows(manager, caller, await rowsWhere(manager, Cosign, { id: ids, personId: caller.personId }));
  }
  async noticesOf(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<Map<string, { readonly title: string; readonly leadsTo: string; readonly as?: 'proposal' }>> {
    const found = await rowsWhere(manager, Cosign, { id: ids });
    const around = await this.around(manager, found);
    return new Map(found.flatMap((it) => {
      const near = around.get(it.id);
      return near && maySee(scopeOf('cosign', caller), cosignDoc(it, near.joint, near.lying)) ? [[it.id, { title: near.text.title, ...(it.personId === caller.personId ? { leadsTo: it.id } : near.joint.proposalId === null ? { leadsTo: near.joint.draftKey } : { leadsTo: near.joint.proposalId, as: 'proposal' as const }) }] as const] : [];
    }));
  }

  /** Of a proposal, those who are its proposers by their signature. */
  async signersOf(manager: EntityManager, caller: Caller, { id, kind, coAuthorIds }: Submission): Promise<SubmissionView['signers']> {
    const joint = kind === 'proposal' && coAuthorIds?.length ? await rowWhere(manager, Joint, { proposalId: id }) : undefined;
    const signed = joint ? await rowsWhere(manager, Cosign, { jointId: joint.id, state: 'signed' }) : [];
    return (coAuthorIds ?? []).flatMap((personId) => {
      const it = signed.find((one) => one.personId === personId);
      return it?.signedAt ? [{ ...this.person(personId), words: joint?.draftKey.startsWith('entry-') && it.textNo === 1 ? '联名，纸质件上签名' : `联名，第 ${it.textNo} 稿`, at: it.signedAt.toISOString(), invitationId: personId === caller.personId ? it.id : null }] : [];
    });
  }

  /** Who is asked to sign the text that accepted edits made, and has not answered. */
  async stillAsked(manager: EntityManager, { id, state }: Submission): Promise<InvitationRow['first'][]> {
    const joint = state === 'signing_anew' ? await rowWhere(manager, Joint, { proposalId: id }) : undefined;
    return joint ? (await rowsWhere(manager, Cosign, { jointId: joint.id, state: 'asked' }, { by: 'orderNo' })).map(({ personId }) => this.person(personId)) : [];
  }

  /** Of proposals that wait for their signers: until when the last of them has time. */
  async holding(manager: EntityManager, rows: readonly Submission[]): Promise<Map<string, Assignment>> {
    const joints = await rowsWhere(manager, Joint, { proposalId: rows.filter(({ state }) => state === 'signing_anew').map(({ id }) => id) });
    const asked = await rowsWhere(manager, Cosign, { jointId: joints.map(({ id }) => id), state: 'asked' });
    const open = await rowsWhere(manager, Assignment, { docId: asked.map(({ id }) => id), isOpen: 1 }, { by: 'dueAt' });
    const proposalOf = new Map(asked.map(({ id, jointId }) => [id, joints.find((it) => it.id === jointId)?.proposalId ?? '']));
    return new Map(open.map((it) => [proposalOf.get(it.docId) ?? '', it]));
  }

  private async rows(manager: EntityManager, caller: Caller, found: readonly Cosign[]): Promise<Map<string, InvitationRow>> {
    const around = await this.around(manager, found);
    return new Map(found.flatMap((it) => {
      const near = around.get(it.id);
      if (!near) return [];
      const { joint, text, proposal, lying, task } = near;
      return [[it.id, {
        id: it.id, state: it.state, stateWords: cosignStateWords[it.state], title: text.title, first: this.person(joint.firstId), askedAt: it.askedAt.toISOString(), signedAt: it.signedAt?.toISOString() ?? null, due: this.due(caller, task), textNo: it.textNo,
        proposalId: proposal?.coAuthorIds?.includes(it.personId) ? proposal.id : null, version: it.version, can: actionsFor(cosignFlow, cosignDoc(it, joint, lying), caller),
      }] as const];
    }));
  }

  /** A constant number of queries, however many rows. */
  private async around(manager: EntityManager, found: readonly Cosign[]): Promise<Map<string, Around>> {
    const joints = new Map((await rowsWhere(manager, Joint, { id: found.map(({ jointId }) => jointId) })).map((it) => [it.id, it]));
    const texts = new Map((await rowsWhere(manager, JointText, { jointId: [...joints.keys()] })).map((it) => [`${it.jointId} ${it.textNo}`, it]));
    const proposals = new Map((await rowsWhere(manager, Submission, { id: [...joints.values()].flatMap(({ proposalId }) => proposalId ?? []) })).map((it) => [it.id, it]));
    const tasks = new Map((await rowsWhere(manager, Assignment, { docId: found.map(({ id }) => id), isOpen: 1 })).map((it) => [it.docId, it]));
    const closures = await closuresOfDrafts(manager, [...joints.values()].filter(({ proposalId }) => proposalId === null));
    return new Map(found.flatMap((it) => {
      const [joint, text] = [joints.get(it.jointId), texts.get(`${it.jointId} ${it.textNo}`)];
      if (!joint || !text) return [];
      const proposal = proposals.get(joint.proposalId ?? '');
      const lying = proposal ?? { state: 'draft' as const, closure: closures.get(joint.id) ?? 'open' as const };
      return [[it.id, { joint, text: hidden(text, lying), proposal, lying, task: tasks.get(it.id) }] as const];
    }));
  }

  private async text(manager: EntityManager, jointId: string, textNo: number): Promise<JointText> {
    const text = await rowWhere(manager, JointText, { jointId, textNo });
    if (!text) throw new Error(`Text ${textNo} of ${jointId} is missing.`);
    return text;
  }
  private async proposal(manager: EntityManager, { proposalId }: Joint): Promise<Submission | undefined> { return proposalId === null ? undefined : rowWhere(manager, Submission, { id: proposalId }); }
  private written({ title, situation, analysis, suggestion }: JointText): JointView['text'] { return { title, situation, analysis, suggestion }; }
  private person(id: string): InvitationRow['first'] { const it = this.directory.page.person(id); return { id, name: it?.name ?? '', note: it?.note ?? '' }; }
  private due(caller: Caller, task: Assignment | undefined): InvitationRow['due'] {
    return task ? { at: task.dueAt.toISOString(), ...dueLook(task.dueAt, task.openedAt, this.clock.now(), caller.surface === 'desk' ? 'desk' : 'member', this.settings.reckoning), explanation: explainDue(task.dueAt, task.explanation) } : null;
  }
}
