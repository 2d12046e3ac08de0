import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, Given, routes, SavedView } from '@lvzhi/contracts';
import { QueryFailedError } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { badField, notFound, refuse } from '../platform/refusals.ts';
import { addRows, changeRows, countWhere, rowsWhere, rowWhere } from '../platform/rows.ts';
import { ViewRow } from './view.entity.ts';

/** Enough for one person; a menu of more is no menu. */
const most = 30;
const shown = ({ id, page, name, query }: ViewRow): SavedView => ({ id, page, name, query });
/** White space is not counted among a name's characters; one blank between two words is enough. */
const oneLine = (name: string): string => name.replace(/\s+/g, ' ');
const taken = (name: string): never => badField({ name: `已经有叫“${name}”的视图，请换一个名字` });

/** Everybody's own views; somebody else's are as if they were not there. */
@Injectable()
export class ViewsService {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock) {}

  list({ personId }: Caller): Promise<Answer<typeof routes.listViews>> {
    return this.database.read(async (manager) => ({ rows: (await rowsWhere(manager, ViewRow, { personId }, { by: 'keptAt' })).map(shown) }));
  }

  /** The same view once more (the answer was lost) is the same view. @throws 400 when another one is called so, 409 when there are too many */
  async keep({ personId }: Caller, { page, name: typed, query }: Given<typeof routes.keepView>): Promise<Answer<typeof routes.keepView>> {
    const name = oneLine(typed);
    const row = { id: newId(), personId, page, name, query, keptAt: this.clock.now() };
    const known = () => this.database.read((manager) => rowWhere(manager, ViewRow, { personId, page, name }));
    const same = (it: ViewRow) => (it.query === query ? { view: shown(it) } : taken(name));
    const before = await known();
    if (before) return same(before);
    try {
      await this.database.write(async (manager) => {
        if (await countWhere(manager, ViewRow, { personId }, most) >= most) refuse('keep_view', `视图最多存 ${most} 个，请先删去不用的`);
        await addRows(manager, ViewRow, [row]);
      });
    } catch (error) {
      const twin = error instanceof QueryFailedError ? await known() : undefined;
      if (twin) return same(twin);
      throw error;
    }
    return { view: shown(row) };
  }

  async rename({ personId }: Caller, { id, name: typed }: Given<typeof routes.renameView>): Promise<Answer<typeof routes.renameView>> {
    const name = oneLine(typed);
    return this.database.write(async (manager) => {
      const row = await rowWhere(manager, ViewRow, { id, personId }) ?? notFound();
      const other = await rowWhere(manager, ViewRow, { personId, page: row.page, name });
      if (other && other.id !== id) taken(name);
      await changeRows(manager, ViewRow, { id, personId }, { name });
      return { view: shown({ ...row, name }) };
    });
  }

  remove({ personId }: Caller, id: string): Promise<Record<never, never>> {
    return this.database.write(async (manager) => {
      if ((await manager.delete(ViewRow, { id, personId })).affected !== 1) notFound();
      return {};
    });
  }
}
