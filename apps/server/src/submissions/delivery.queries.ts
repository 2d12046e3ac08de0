import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, DeliveryView, Given, routes } from '@lvzhi/contracts';
import { isOneOfTheirs, abilitiesOf, actionsFor, adoptModeWords, reportedToWords, deliveryFlow, ledgerStateWords, maySee, scopeOf } from '@lvzhi/domain';
import { Audit } from '../platform/audit.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { keyset, pageOf } from '../platform/pages.ts';
import { notFound } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';
import { Settings } from '../platform/settings.ts';
import { ChannelLine, ChannelEntry } from './delivery.entity.ts';
import { Issue } from './edition.entity.ts';
import { EditionQueries } from './edition.queries.ts';
import { reporterNames } from './reporters.queries.ts';
import { openly } from './scope.queries.ts';
import { Submission } from './submission.entity.ts';

/** All reading of the ledger; what is the house's own is left out for everybody else here, in one place. */
@Injectable()
export class DeliveryQueries {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings,
    @Inject(EditionQueries) private readonly editions: EditionQueries, @Inject(Seals) private readonly seals: Seals, @Inject(Audit) private readonly audit: Audit,
  ) {}

  list(caller: Caller, id: string): Promise<Answer<typeof routes.listDeliveries>> {
    return this.database.read(async (manager) => {
      const row = await rowWhere(manager, Submission, { id, kind: 'opinion' });
      if (!row || !maySee(scopeOf('opinion', caller), row)) notFound();
      // What was merged is reported, and answered, with the one that goes on.
      const submissionId = row.state === 'merged' && row.mainId !== null ? row.mainId : id;
      if (submissionId !== id && (await rowWhere(manager, Submission, { id: submissionId }))?.closure === 'marked') return { deliveries: [] };
      const found = await rowsWhere(manager, ChannelLine, { submissionId, isVoid: '' }, { by: 'changedAt' });
      const entries = await rowsWhere(manager, ChannelEntry, { submissionId, isVoid: 0 }, { by: 'madeAt' });
      // Of an instruction the reporter, and the committee too, see that there is one, by whom and when; not what it says.
      const inside = !isOneOfTheirs(row, caller) && abilitiesOf(caller).includes('read_instructions');
      return { deliveries: found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((it) => this.view(caller, row, it, entries.filter(({ deliveryId }) => deliveryId === it.id), inside)) };
    });
  }

  listLedger(_caller: Caller, { channel, state, after, limit }: Given<typeof routes.listLedger>): Promise<Answer<typeof routes.listLedger>> {
    return this.database.read(async (manager) => {
      const query = manager.createQueryBuilder(ChannelLine, 'd').where("d.isVoid = ''").andWhere(openly('d'));
      if (channel !== undefined) query.andWhere('d.channel = :channel', { channel });
      if (state !== undefined) query.andWhere('d.state = :state', { state });
      const { rows, next } = pageOf(await keyset(query, 'd.changedAt', 'DESC', after, limit).getMany(), limit, (it) => it.changedAt);
      const [issues, reports, entries] = [await rowsWhere(manager, Issue, { id: rows.map(({ issueId }) => issueId) }), await rowsWhere(manager, Submission, { id: rows.map(({ submissionId }) => submissionId) }), await rowsWhere(manager, ChannelEntry, { deliveryId: rows.map(({ id }) => id), isVoid: 0 }, { by: 'madeAt' })];
      return { rows: rows.flatMap((it) => {
        const [issue, report, last] = [issues.find(({ id }) => id === it.issueId), reports.find(({ id }) => id === it.submissionId), entries.findLast(({ deliveryId }) => deliveryId === it.id)];
        if (!issue || !report) return [];
        const { numberWords, title } = this.editions.issueView(issue);
        return [{ ...this.lineOf(it), docId: it.submissionId, title, numberWords, reporter: reporterNames(this.directory.page, report).join('、'), sentOn: it.sentOn, last: last ? `${last.happenedOn} ${this.words(it, last)}` : '', changedAt: it.changedAt.toISOString() }];
      }), next };
    });
  }

  /** The whole text of an instruction. Every look is logged, with who, which and when. */
  async showInstruction(caller: Caller, id: string): Promise<{ text: string }> {
    const sealed = await this.database.read(async (manager) => {
      const entry = await rowWhere(manager, ChannelEntry, { id, isVoid: 0 });
      const row = entry && await rowWhere(manager, Submission, { id: entry.submissionId });
      return row && !isOneOfTheirs(row, caller) && maySee(scopeOf('opinion', caller), row) ? entry.sealed : null;
    });
    if (sealed === null) notFound();
    await this.audit.record(caller, 'instruction.read', { kind: 'delivery_entry', id });
    return { text: this.seals.unseal(sealed) };
  }

  private view(caller: Caller, row: Submission, it: ChannelLine, entries: readonly ChannelEntry[], inside: boolean): DeliveryView {
    const facts = { state: it.state, authorId: row.authorId, coAuthorIds: row.coAuthorIds ?? [], committeeId: row.committeeId, coCommitteeIds: row.coCommitteeIds };
    return {
      ...this.lineOf(it), can: row.state === 'sent' ? actionsFor(deliveryFlow, facts, caller) : [],
      entries: entries.map((entry) => ({ id: entry.id, action: entry.action, words: this.words(it, entry), on: entry.happenedOn, note: entry.note, gist: inside && entry.gist !== '' ? entry.gist : null, hasText: inside && entry.sealed !== null, by: this.name(entry.byId), at: entry.madeAt.toISOString() })),
    };
  }

  private lineOf(it: ChannelLine) {
    return { id: it.id, channel: { code: it.channel, name: reportedToWords[it.channel] }, unit: this.directory.page.body(it.unitId === '' ? null : it.unitId), state: it.state, stateWords: ledgerStateWords[it.state] };
  }
  /** 全国政协采用（单篇采用）, 市领导批示, 转市教育局办理. */
  private words({ channel, unitId }: ChannelLine, { action, mode, level, unitId: other }: ChannelEntry): string {
    const { page } = this.directory;
    const to = page.body(unitId === '' ? null : unitId)?.short ?? reportedToWords[channel];
    const unit = page.body(other)?.name ?? '有关单位';
    switch (action) {
      case 'send': return `报送${to}`;
      case 'adopt': return `${to}采用${mode === null ? '' : `（${adoptModeWords[mode]}）`}`;
      case 'decline': return `${to}未采用`;
      case 'instruct': return `${this.settings.get('opinion.instructionLevels').find(({ code }) => code === level)?.name ?? '领导'}批示`;
      case 'transfer': return `转${unit}办理`;
      case 'answer': return `${other === null ? '承办单位' : unit}反馈办理情况`;
      case 'follow_up': return '跟踪落实';
    }
  }
  private name(personId: string): string { return this.directory.page.person(personId)?.name ?? ''; }
}
