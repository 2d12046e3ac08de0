import { Inject, Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { FileRow } from '../platform/file.entity.ts';
import { Jobs } from '../platform/jobs.ts';
import { FILE_STORE } from '../platform/file-store.ts';
import type { FileStore } from '../platform/file-store.ts';
import { rowsWhere } from '../platform/rows.ts';
import { Joint, JointText } from '../submissions/joint.entity.ts';
import { DraftText } from '../submissions/draft.entity.ts';

const hour = 3_600_000;
const waits = { row: 48 * hour, bytes: hour };
const batch = 200;

/** Attachments that nobody submitted and no draft names go after two days; bytes that no row names, an hour after they were first met. */
@Injectable()
export class FileSweep {
  /** When bytes were first met without a row: an upload under way has them for a moment. */
  private readonly met = new Map<string, number>();

  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(FILE_STORE) private readonly store: FileStore, @Inject(Jobs) jobs: Jobs) {
    jobs.plan({ name: 'files.sweep', words: '清理没有提交的附件', everySeconds: hour / 1000, run: async () => { const { rows, strays } = await this.run(); return `清理附件 ${rows} 个，无主文件 ${strays} 个`; } });
  }

  /** How many rows (with their bytes), and how many bytes without a row, are gone. */
  async run(): Promise<{ rows: number; strays: number }> { return { rows: await this.sweepRows(), strays: await this.sweepStrays() }; }

  private async sweepRows(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - waits.row);
    let [swept, last] = [0, ''];
    for (;;) {
      const { seen, gone } = await this.database.write(async (manager) => {
        const old = await manager.find(FileRow, { select: { id: true, ownerId: true }, where: { docId: IsNull(), uploadedAt: LessThan(before), id: MoreThan(last) }, order: { id: 'ASC' }, take: batch });
        const drafts = old.length === 0 ? [] : await manager.find(DraftText, { select: { personId: true, id: true, fileIds: true }, where: { personId: In([...new Set(old.map(({ ownerId }) => ownerId))]) } });
        const joints = await rowsWhere(manager, Joint, { firstId: [...new Set(old.map(({ ownerId }) => ownerId))], proposalId: null });
        const texts = await rowsWhere(manager, JointText, { jointId: joints.map(({ id }) => id) });
        const named = new Set([...drafts, ...texts].flatMap(({ fileIds }) => fileIds));
        const ids: string[] = [];
        // One by one and on condition: what is being submitted at this moment stays.
        for (const { id } of old) if (!named.has(id) && (await manager.delete(FileRow, { id, docId: IsNull() })).affected === 1) ids.push(id);
        return { seen: old, gone: ids };
      });
      for (const id of gone) await this.store.remove(id);
      swept += gone.length;
      last = seen.at(-1)?.id ?? last;
      if (seen.length < batch) return swept;
    }
  }

  private async sweepStrays(): Promise<number> {
    const now = this.clock.now().getTime();
    const strays = new Set<string>();
    let ids: string[] = [];
    const sort = async () => {
      const known = new Set((await this.database.read((manager) => manager.find(FileRow, { select: { id: true }, where: { id: In(ids) } }))).map(({ id }) => id));
      for (const id of ids) if (!known.has(id)) strays.add(id);
      ids = [];
    };
    for await (const id of this.store.list()) if (ids.push(id) === batch) await sort();
    if (ids.length > 0) await sort();
    for (const id of this.met.keys()) if (!strays.has(id)) this.met.delete(id);
    let swept = 0;
    for (const id of strays) {
      const since = this.met.get(id) ?? now;
      this.met.set(id, since);
      if (now - since < waits.bytes) continue;
      await this.store.remove(id);
      this.met.delete(id);
      swept += 1;
    }
    return swept;
  }
}
