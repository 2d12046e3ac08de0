import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, OwnPublication, PublicationView, PublicView, routes, SubmissionRow } from '@lvzhi/contracts';
import { actionsFor, choiceWords, dateOf, isOneOfTheirs, maySee, publicationFlow, publicationStateWords, scopeOf, selvesOf } from '@lvzhi/domain';
import { Brackets } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { SubmissionPresenter } from '../submissions/presenter.queries.ts';
import { openly } from '../submissions/scope.queries.ts';
import { reportersOf, Submission } from '../submissions/submission.entity.ts';
import { publicationDoc } from './docket.ts';
import type { PublicationDoc } from './docket.ts';
import { OutgoingText, publicStates } from './outgoing.queries.ts';
import type { Text } from './outgoing.queries.ts';
import { Publication } from './publication.entity.ts';
import { saidOf, saying } from './said.ts';
import type { Said } from './said.ts';

type Group = Given<typeof routes.listPublications>['group'];
const groups: Record<Exclude<Group, 'candidates'>, string> = { asked: "p.state = 'asked'", agreed: "p.state = 'agreed'", published: "p.state = 'published'", ended: "p.state IN ('refused', 'withdrawn')" };
const publicText = ({ title, authors, caseWords, situation, analysis, suggestion, replies }: Omit<Text, 'struck'>) => ({ title, authors, caseNo: caseWords, situation, analysis, suggestion, replies: replies.map(({ unit, docNo, classWords, body, on }) => ({ unit, docNo, classWords, body, on })) });

/** All reading of what is public, and of how far it is. A guest's answer is made of the published copy alone. */
@Injectable()
export class PublicationQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(OutgoingText) private readonly outgoing: OutgoingText, @Inject(SubmissionPresenter) private readonly submissions: SubmissionPresenter) {}

  publicList({ words, after, limit }: Given<typeof routes.listPublic>): Promise<Answer<typeof routes.listPublic>> {
    return this.database.read(async (manager) => {
      const query = this.published(manager);
      if (words !== '') query.andWhere(new Brackets((it) => { for (const column of ['title', 'situation', 'suggestion', 'authors']) it.orWhere(`p.${column} LIKE :like ESCAPE '!'`); })).setParameter('like', `%${words.replace(/[!%_]/g, '!$&')}%`);
      const { rows, next } = pageOf(await keyset(query, 'p.publishedAt', 'DESC', after, limit).getMany(), limit, (it) => it.publishedAt ?? new Date(0));
      return { rows: rows.map((it) => ({ id: it.id, title: it.title, authors: it.authors, caseNo: it.caseWords, publishedOn: dateOf(it.publishedAt ?? new Date(0)) })), next };
    });
  }
  publicOne(id: string): Promise<PublicView> {
    return this.database.read(async (manager) => {
      const row = await this.published(manager).andWhere('p.id = :id', { id }).getOne();
      return row ? { id: row.id, ...publicText(row), publishedOn: dateOf(row.publishedAt ?? new Date(0)) } : notFound();
    });
  }
  /** Published, and still a case: one that was dropped, merged or closed for 涉密处置 since is out of sight, whatever anybody forgot. */
  private published(manager: EntityManager): SelectQueryBuilder<Publication> {
    const query = manager.createQueryBuilder(Publication, 'p');
    const cases = query.subQuery().select('s.id').from(Submission, 's').where("s.id = p.proposalId AND s.closure = 'open' AND s.state IN (:...publicStates)").getQuery();
    return query.where(`p.state = 'published' AND EXISTS ${cases}`).setParameter('publicStates', publicStates);
  }

  list({ group, after, limit }: Given<typeof routes.listPublications>): Promise<Answer<typeof routes.listPublications>> {
    return this.database.read(async (manager) => {
      if (group === 'candidates') {
        const query = manager.createQueryBuilder(Submission, 's').where("s.kind = 'proposal' AND s.closure = 'open' AND s.state IN (:...publicStates)", { publicStates });
        query.andWhere(`NOT EXISTS ${query.subQuery().select('p.id').from(Publication, 'p').where('p.proposalId = s.id').getQuery()}`);
        const { rows, next } = pageOf(await keyset(query, 's.submittedAt', 'DESC', after, limit).getMany(), limit, (it) => it.submittedAt);
        const said = await saidOf(manager, rows);
        return { rows: rows.map((it) => this.row(it, undefined, said.get(it.id))), next };
      }
      const { rows, next } = pageOf(await keyset(manager.createQueryBuilder(Publication, 'p').where(groups[group]).andWhere(openly('p', 'proposal_id')), 'p.askedAt', 'DESC', after, limit).getMany(), limit, (it) => it.askedAt);
      const cases = new Map((await rowsWhere(manager, Submission, { id: rows.map(({ proposalId }) => proposalId) })).map((it) => [it.id, it]));
      return { rows: rows.flatMap((it) => { const row = cases.get(it.proposalId); return row ? [this.row(row, it)] : []; }), next };
    });
  }

  show(caller: Caller, proposalId: string): Promise<PublicationView> { return this.database.read((manager) => this.view(manager, caller, proposalId)); }
  async view(manager: EntityManager, caller: Caller, proposalId: string): Promise<PublicationView> {
    const [row, publication] = [await rowWhere(manager, Submission, { id: proposalId, kind: 'proposal' }), await rowWhere(manager, Publication, { proposalId })];
    if (!row || row.closure === 'marked' || !publicStates.includes(row.state) && !publication) notFound();
    const { text, held } = await this.outgoing.of(manager, row);
    const said = (await saidOf(manager, [row])).get(row.id) ?? [];
    const doc = publication ? publicationDoc(publication, row.closure) : blankDoc(row, text, said);
    const task = publication && await rowWhere(manager, Assignment, { docId: publication.id, isOpen: 1 });
    const nameOf = (id: string) => this.directory.page.person(id)?.name ?? '';
    return {
      ...this.row(row, publication, said), version: doc.version, waiting: publication?.state === 'asked' ? doc.waiting.map(nameOf) : [], due: task ? this.submissions.due(caller, task) : null, said: said.map(({ personId, choice }) => ({ name: nameOf(personId), choice })), note: publication?.note ?? '', goesOut: { ...publicText(text), struck: text.struck },
      out: publication?.state === 'published' ? publicText(publication) : null, held: [...held], can: actionsFor(publicationFlow, doc, caller),
    };
  }

  own(caller: Caller, proposalId: string): Promise<{ publication: OwnPublication | null }> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Submission, { id: proposalId, kind: 'proposal' });
      if (!row || row.closure === 'marked' || !isOneOfTheirs(row, caller)) notFound();
      const publication = await rowWhere(manager, Publication, { proposalId });
      if (!publication) return { publication: await this.unasked(manager, caller, row) };
      const [doc, selves] = [publicationDoc(publication, row.closure), selvesOf(caller)];
      const mine = publication.state === 'asked' && selves.some((id) => doc.waiting.includes(id)) ? 'asked' as const : selves.some((id) => doc.agreedIds.includes(id)) ? 'agreed' as const : 'none' as const;
      return { publication: { id: publication.id, stateWords: publicationStateWords[publication.state], mine, note: publication.state === 'withdrawn' ? publication.note : '', version: publication.version, can: actionsFor(publicationFlow, doc, caller) } };
    });
  }

  /** Nobody asked yet: what this proposer said with the paper, which they may still change. */
  private async unasked(manager: EntityManager, caller: Caller, row: Submission): Promise<OwnPublication | null> {
    const said = (await saidOf(manager, [row])).get(row.id) ?? [];
    const own = said.find(({ personId }) => selvesOf(caller).includes(personId))?.choice ?? null;
    if (own === null || !publicStates.includes(row.state)) return null;
    const doc = blankDoc(row, (await this.outgoing.of(manager, row)).text, said);
    return { id: '', stateWords: `提交时${choiceWords[own]}公开`, mine: own === 'agree' ? 'agreed' : 'none', note: '', version: 0, can: actionsFor(publicationFlow, doc, caller) };
  }

  /** What a task is about: the proposal, for a proposer or the office. */
  async proposalsOf(manager: EntityManager, caller: Caller, tasks: readonly Assignment[]): Promise<Map<string, SubmissionRow>> {
    const found = await rowsWhere(manager, Publication, { id: tasks.map(({ docId }) => docId) });
    const cases = await rowsWhere(manager, Submission, { id: found.map(({ proposalId }) => proposalId) });
    return new Map(found.flatMap(({ id, proposalId }) => { const row = cases.find((it) => it.id === proposalId); return row && row.closure !== 'marked' ? [[id, this.submissions.row(caller, row, tasks.find(({ docId }) => docId === id))] as const] : []; }));
  }
  /** What notices name, and the proposal that they lead to. */
  async noticesOf(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<Map<string, { readonly title: string; readonly leadsTo: string }>> {
    const found = (await rowsWhere(manager, Publication, { id: ids })).filter((it) => maySee(scopeOf('publication', caller), { ...it, committeeId: null, coCommitteeIds: [] }));
    const titles = new Map((await rowsWhere(manager, Submission, { id: found.map(({ proposalId }) => proposalId) })).flatMap((it) => (it.closure === 'marked' ? [] : [[it.id, it.title] as const])));
    return new Map(found.flatMap(({ id, proposalId }) => { const title = titles.get(proposalId); return title === undefined ? [] : [[id, { title, leadsTo: proposalId }] as const]; }));
  }

  private row(row: Submission, publication: Publication | undefined, said: Said = []) {
    return {
      proposalId: row.id, title: row.title, caseNo: this.submissions.caseNo(row) ?? '', authors: reportersOf(row).map((id) => this.directory.page.person(id)?.name ?? '').join('、'), state: publication?.state ?? null, stateWords: publication ? publicationStateWords[publication.state] : beforeWords(said),
      publishedAt: publication?.publishedAt?.toISOString() ?? null,
    };
  }
}

const beforeWords = (said: Said): string => (saying(said, 'refuse').length > 0 ? '提交时不同意' : said.length > 0 && said.every(({ choice }) => choice === 'agree') ? '提交时已同意' : '还没有征求');
/** Nobody was asked yet; whoever said yes with the paper need not be. */
export const blankDoc = (row: Submission, text: Text, said: Said): PublicationDoc => publicationDoc({ ...blank(row, text), agreedIds: saying(said, 'agree') }, row.closure, saying(said, 'refuse'));
const blank = (row: Submission, text: Text): Publication => ({ id: '', proposalId: row.id, authorId: row.authorId, coAuthorIds: row.coAuthorIds ?? [], agreedIds: [], state: 'asked', version: 0, hash: '', ...text, note: '', askedAt: new Date(0), publishedAt: null });
