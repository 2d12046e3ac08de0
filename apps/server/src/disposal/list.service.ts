import { Inject, Injectable } from '@nestjs/common';
import { disposedTitle, systemActor } from '@lvzhi/domain';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { FileRow } from '../platform/file.entity.ts';
import { Jobs } from '../platform/jobs.ts';
import { addRows, rowWhere } from '../platform/rows.ts';
import { learningJob } from '../routing/lessons.queries.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { removingJob } from './bytes.service.ts';
import { holdTasks, step } from './closing.ts';
import { Disposal, DisposalFile } from './disposal.entity.ts';
import { readList } from '../platform/disposal-list.ts';
import type { Listed } from '../platform/disposal-list.ts';
import { removeTexts } from './removal.ts';

/** Before the house opens its doors: what the list says was disposed of and this database still holds (an older backup came back) is removed again. */
@Injectable()
export class DisposalList {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Jobs) private readonly jobs: Jobs, @Inject(Audit) private readonly audit: Audit) {}

  /** How many were done again. */
  async apply(): Promise<number> {
    let again = 0;
    for (const listed of await readList(this.config.dataFolder)) if (await this.applyOne(listed)) again += 1;
    return again;
  }

  private applyOne(listed: Listed): Promise<boolean> {
    return this.database.write(async (manager) => {
      const [known, row] = [await rowWhere(manager, Disposal, { id: listed.id }), await rowWhere(manager, Submission, { id: listed.docId })];
      if (known?.state === 'carried_out' && (!row || row.closure === 'disposed')) return false;
      await manager.delete(Disposal, { id: listed.id });
      await addRows(manager, Disposal, [this.rowOf(listed)]);
      if (row && row.closure !== 'disposed') await this.dispose(manager, row, listed);
      const { unlearn } = await removeTexts(manager, listed, this.clock.now());
      await this.noteFiles(manager, listed);
      await this.jobs.hasten(manager, removingJob);
      if (unlearn) await this.jobs.hasten(manager, learningJob);
      await this.audit.record({ personId: null, surface: 'house' }, 'secret.again', { kind: listed.docKind, id: listed.docId }, { reason: listed.reason });
      return true;
    });
  }

  private async dispose(manager: EntityManager, row: Submission, { id, reason, decidedBy, markedBy }: Listed): Promise<void> {
    const { personId, posts: [post] } = systemActor(this.config.termId);
    const moveId = await step(manager, row, 'dispose', { personId, post: post ?? { post: 'system', bodyId: '' }, at: this.clock.now() }, { closure: 'disposed', title: disposedTitle }, { disposal: id, reason, by: decidedBy, markedBy, again: true });
    await holdTasks(manager, row.id, moveId);
  }

  /** The bytes may have come back with the backup, with a row that no document names yet, or without any. */
  private async noteFiles(manager: EntityManager, { id, files }: Listed): Promise<void> {
    for (const file of files) {
      await manager.delete(DisposalFile, { fileId: file.id });
      await manager.delete(FileRow, { id: file.id });
      await addRows(manager, DisposalFile, [{ fileId: file.id, disposalId: id, sha256: file.sha256, removedAt: null }]);
    }
  }

  private rowOf({ files: _files, ...it }: Listed): Disposal {
    return { ...it, draftId: it.draftId ?? null, state: 'carried_out', title: null, markedAt: new Date(it.markedAt), decidedAt: new Date(it.decidedAt), firstAt: new Date(it.firstAt) };
  }
}
