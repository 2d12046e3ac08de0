import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { FILE_STORE } from '../platform/file-store.ts';
import type { FileStore } from '../platform/file-store.ts';
import { Jobs } from '../platform/jobs.ts';
import { Mark } from '../platform/marks.ts';
import { changeRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { isEmbedded } from '../platform/search-index.ts';
import { Disposal, DisposalFile } from './disposal.entity.ts';
import { addToList } from '../platform/disposal-list.ts';
import type { Listed } from '../platform/disposal-list.ts';

export const removingJob = 'secrets.remove';
/** The mark that names the last disposal after which the file was written anew. */
const settled = 'secrets.settled';

/** What a transaction cannot do of 涉密处置: the bytes of attachments, the list beside the database, the remains of freed pages. Done right after it, and by a job for as long as anything is left. */
@Injectable()
export class DisposalBytes {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(FILE_STORE) private readonly store: FileStore, @Inject(Jobs) jobs: Jobs) {
    jobs.plan({ name: removingJob, words: '涉密处置：清除附件的文件，写处置清单', everySeconds: 300, run: () => this.run() });
  }

  async run(): Promise<string> {
    const left = await this.database.read((manager) => rowsWhere(manager, DisposalFile, { removedAt: null }));
    for (const { fileId } of left) {
      await this.store.remove(fileId);
      await this.database.write((manager) => changeRows(manager, DisposalFile, { fileId, removedAt: null }, { removedAt: this.clock.now() }));
    }
    const listed = await this.listed();
    const added = await addToList(this.config.dataFolder, listed);
    await this.settle(listed);
    return `清除附件 ${left.length} 个，清单新增 ${added} 件`;
  }

  private listed(): Promise<Listed[]> {
    return this.database.read(async (manager) => {
      const done = await rowsWhere(manager, Disposal, { state: 'carried_out' }, { by: 'decidedAt' });
      const files = await rowsWhere(manager, DisposalFile, { disposalId: done.map(({ id }) => id) });
      return done.map((it): Listed => ({
        id: it.id, groupId: it.groupId, docKind: it.docKind, docId: it.docId, receiptNo: it.receiptNo, authorId: it.authorId, draftKey: it.draftKey, draftId: it.draftId, reason: it.reason, moveId: it.moveId, markedBy: it.markedBy, markedAt: it.markedAt.toISOString(),
        decidedBy: it.decidedBy ?? '', decidedAt: (it.decidedAt ?? it.markedAt).toISOString(), firstAt: it.firstAt.toISOString(), files: files.filter(({ disposalId }) => disposalId === it.id).map(({ fileId, sha256 }) => ({ id: fileId, sha256 })),
      }));
    });
  }

  /** An embedded file keeps in freed pages, in its log and in old pieces of the index what stood there, until it is written anew: rare enough to be worth the seconds. */
  private async settle(listed: readonly Listed[]): Promise<void> {
    const until = listed.at(-1)?.id;
    if (until === undefined) return;
    await this.database.read(async (manager) => {
      if (!isEmbedded(manager) || (await rowWhere(manager, Mark, { name: settled }))?.value === until) return;
      await manager.query("INSERT INTO search_tokens(search_tokens) VALUES('optimize')");
      await manager.query('VACUUM');
      await manager.query('PRAGMA wal_checkpoint(TRUNCATE)');
      await manager.query('INSERT OR REPLACE INTO marks(name, value) VALUES (?, ?)', [settled, until]);
    });
  }
}
