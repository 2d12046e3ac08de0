import { Inject, Injectable } from '@nestjs/common';
import type { Caller, rosterFilters } from '@lvzhi/contracts';
import { abilitiesOf, dateOf, timeOf } from '@lvzhi/domain';
import type * as v from 'valibot';
import { Audit } from '../platform/audit.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { notFound } from '../platform/refusals.ts';
import { AccountsQueries } from './accounts.queries.ts';
import { ImportService } from './import.service.ts';
import { PeopleQueries } from './people.queries.ts';
import { RosterImportRow } from './roster-import.entity.ts';
import { RosterQueries } from './roster.queries.ts';
import { accountsSheet, leftOutSheet, rosterSheet, templateSheet } from './sheets.ts';

const stateWords = { active: '正常', disabled: '已停用', none: '没有账号' } as const;

/** What goes out of the house about people: each time written down, with how much and by whom. */
@Injectable()
export class ExportsService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(RosterQueries) private readonly rosterQueries: RosterQueries, @Inject(AccountsQueries) private readonly accountsQueries: AccountsQueries, @Inject(PeopleQueries) private readonly people: PeopleQueries,
    @Inject(ImportService) private readonly imports: ImportService, @Inject(Directory) private readonly directory: Directory, @Inject(Audit) private readonly audit: Audit,
  ) {}

  phone(caller: Caller, id: string): Promise<{ phone: string }> {
    return this.database.write(async (manager) => {
      const person = await this.rosterQueries.member(manager, id);
      await this.audit.record(caller, 'phone.shown', { kind: 'person', id });
      return { phone: this.people.phoneOf(person) };
    });
  }

  /** `whole`: with whole phone numbers, if this person may see them; otherwise their middle is hidden. */
  roster(caller: Caller, filters: v.InferOutput<typeof rosterFilters>, whole: boolean): Promise<Buffer> {
    const phones = whole && abilitiesOf(caller).includes('manage_roster');
    return this.database.write(async (manager) => {
      const { people, bound } = await this.rosterQueries.all(manager, filters);
      await this.audit.record(caller, 'roster.exported', null, { rows: people.length, phones });
      return rosterSheet(people.map((person) => ({ person, phone: this.people.phoneOf(person), bound: bound.has(person.id), endedWords: this.rosterQueries.endedWords(person) })), this.directory.page, phones);
    });
  }
  template(): Buffer { return templateSheet(this.directory.page); }

  leftOut(caller: Caller, id: string): Promise<Buffer> {
    return this.database.write(async (manager) => {
      this.imports.mustMay(caller);
      const rows = await manager.find(RosterImportRow, { where: { importId: id, verdict: 'left_out' }, order: { lineNo: 'ASC' } });
      if (rows.length === 0) notFound();
      await this.audit.record(caller, 'roster.exported', { kind: 'import', id }, { rows: rows.length, leftOut: true });
      return leftOutSheet(rows.map((it) => ({ row: this.imports.fileRow(it), words: it.words })));
    });
  }

  accounts(caller: Caller): Promise<Buffer> {
    return this.database.write(async (manager) => {
      const rows = await this.accountsQueries.all(manager, { query: '', state: 'all' });
      await this.audit.record(caller, 'accounts.exported', null, { rows: rows.length });
      const at = (instant: string | null) => (instant === null ? '' : `${dateOf(new Date(instant))} ${timeOf(new Date(instant))}`);
      return accountsSheet(rows.map((it) => ({ name: it.name, unitTitle: it.unitTitle, login: it.login ?? '', state: stateWords[it.state], posts: it.posts.join('、'), phone: it.phone, signedIn: at(it.signedInAt) })));
    });
  }
}
