import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, EntryRow, EntryView, Given, routes, SubmissionView } from '@lvzhi/contracts';
import { actionsFor, bodiesWhere, dueLook, entryActions, entryActionWords, entryFlow, entryMeansWords, entryPosts, entryStateWords, explainDue, lengthOf, maySee, scopeOf } from '@lvzhi/domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow, fileViewOf } from '../platform/file.entity.ts';
import { Move } from '../platform/journal.ts';
import { pageWhere } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { entryDoc } from './entry-docket.ts';
import { Entry, EntryNote } from './entry.entity.ts';
import { Submission } from './submission.entity.ts';

/** All reading of entries made for others: their office and their author see them, nobody else. */
@Injectable()
export class EntryQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock) {}

  /** The row, if this person may see it. */
  find(caller: Caller, id: string): Promise<Entry> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Entry, { id });
      return row && this.sees(caller, row) ? row : notFound();
    });
  }
  async show(caller: Caller, id: string): Promise<EntryView> {
    const row = await this.find(caller, id);
    return this.database.read((manager) => this.view(manager, caller, row));
  }
  sees(caller: Pick<Caller, 'personId' | 'posts'>, row: Entry): boolean { return maySee(scopeOf('entry', caller), entryDoc(row)); }

  list(caller: Caller, { state, after, limit }: Given<typeof routes.listEntries>): Promise<Answer<typeof routes.listEntries>> {
    return this.database.read(async (manager) => {
      const { rows, next } = await pageWhere(manager, Entry, { bodyId: bodiesWhere(caller, ...entryPosts), closure: ['open', 'disposed'], ...(state && { state }) }, 'changedAt', 'DESC', after, limit);
      return { rows: await this.rows(manager, caller, rows), next };
    });
  }

  /** By id, for lists that name entries: tasks and notices. Only those that this person may see. */
  async byIds(manager: EntityManager, caller: Caller, ids: readonly string[]): Promise<Map<string, EntryRow>> {
    const found = ids.length === 0 ? [] : await rowsWhere(manager, Entry, { id: ids });
    return new Map((await this.rows(manager, caller, found.filter((it) => this.sees(caller, it)))).map((it) => [it.id, it]));
  }

  async view(manager: EntityManager, caller: Caller, it: Entry): Promise<EntryView> {
    const [row] = await this.rows(manager, caller, [it]);
    if (!row) throw new Error(`Entry ${it.id} is missing.`);
    const moves = await rowsWhere(manager, Move, { docId: it.id }, { by: 'seq' });
    const notes = new Map((await rowsWhere(manager, EntryNote, { entryId: it.id })).map(({ moveId, note }) => [moveId, note]));
    const { page } = this.directory;
    const { situation, analysis, suggestion, category, nature, townId, unitIds } = it.form;
    return {
      ...row, form: { situation, analysis, suggestion, category, nature, townId, unitIds, urgency: it.form.urgency, publicity: it.form.publicity ?? null, conversion: it.form.conversion ?? null }, coSigners: (it.form.coSignerIds ?? []).map((id) => this.person(id)), length: lengthOf(situation) + lengthOf(analysis) + lengthOf(suggestion), ...await this.filesOf(manager, it),
      category: this.coded(it.kind === 'opinion' ? 'opinion.categories' : 'categories', category), nature: this.coded('opinion.natures', nature), town: page.body(townId), units: unitIds.flatMap((id) => page.body(id) ?? []),
      timeline: moves.map(({ id, action, personId, bodyId, madeAt }) => {
        const known = entryActions.find((one) => one === action);
        const office = personId === it.authorId ? undefined : page.body(bodyId)?.short;
        return { id, action, words: known ? entryActionWords[known] : action, who: [office, page.person(personId)?.name].filter(Boolean).join(' '), at: madeAt.toISOString(), note: notes.get(id) ?? null };
      }),
      said: notes.get(moves.findLast(({ action }) => action === 'ask_correction' || action === 'refuse_entry')?.id ?? '') ?? null,
    };
  }

  /** How a submission came in, where an office entered it. */
  async enteredFor(manager: EntityManager, submissionId: string): Promise<SubmissionView['entered']> {
    const it = await rowWhere(manager, Entry, { submissionId });
    if (!it) return null;
    const { page } = this.directory;
    const { papers, source } = await this.filesOf(manager, it);
    return { how: it.means, words: it.means === 'paper' ? '纸质代录' : '代录，本人已确认', by: [page.body(it.bodyId)?.short, page.person(it.clerkId)?.name].filter(Boolean).join(' '), at: it.enteredAt.toISOString(), papers, source };
  }

  private async filesOf(manager: EntityManager, { fileIds, paperIds, sourceId }: Entry): Promise<Pick<EntryView, 'files' | 'papers' | 'source'>> {
    const ids = [...fileIds, ...paperIds, ...(sourceId === null ? [] : [sourceId])];
    const found = new Map((ids.length === 0 ? [] : await manager.findBy(FileRow, { id: In(ids) })).map((file) => [file.id, fileViewOf(file)]));
    const views = (of: readonly string[]) => of.flatMap((id) => found.get(id) ?? []);
    return { files: views(fileIds), papers: views(paperIds), source: found.get(sourceId ?? '') ?? null };
  }

  private async rows(manager: EntityManager, caller: Caller, found: readonly Entry[]): Promise<EntryRow[]> {
    const open = new Map((await rowsWhere(manager, Assignment, { docId: found.map(({ id }) => id), isOpen: 1 })).map((it) => [it.docId, it]));
    const submitted = found.flatMap(({ submissionId }) => submissionId ?? []);
    const numbers = new Map((submitted.length === 0 ? [] : await rowsWhere(manager, Submission, { id: submitted })).map(({ id, receiptNo }) => [id, receiptNo]));
    return found.map((it) => {
      const task = open.get(it.id);
      return {
        id: it.id, kind: it.kind, title: it.title, state: it.state, stateWords: entryStateWords[it.state], means: it.means, meansWords: entryMeansWords[it.means], author: this.person(it.authorId), clerk: this.person(it.clerkId), office: this.directory.page.body(it.bodyId),
        enteredAt: it.enteredAt.toISOString(), changedAt: it.changedAt.toISOString(), due: task ? this.due(caller, task) : null,
        submissionId: it.submissionId, receiptNo: numbers.get(it.submissionId ?? '') ?? null, version: it.version, can: actionsFor(entryFlow, entryDoc(it), caller),
      };
    });
  }

  private person(id: string): EntryRow['author'] { return { id, name: this.directory.page.person(id)?.name ?? '', note: this.directory.page.person(id)?.note ?? '' }; }
  private due(caller: Caller, { dueAt, openedAt, explanation }: Assignment): EntryRow['due'] {
    return { at: dueAt.toISOString(), ...dueLook(dueAt, openedAt, this.clock.now(), caller.surface === 'desk' ? 'desk' : 'member', this.settings.reckoning), explanation: explainDue(dueAt, explanation) };
  }
  private coded(setting: 'categories' | 'opinion.categories' | 'opinion.natures', code: string | null): EntryView['category'] {
    const found = this.settings.get(setting).find((it) => it.code === code);
    return found ? { code: found.code, name: found.name } : null;
  }
}
