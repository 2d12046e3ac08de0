import { Marks, moveMark } from '../src/platform/marks.ts';
import { Setting } from '../src/platform/settings.ts';
import type { Serving } from './serving.ts';

/** Changes a setting of the term as its screen does, and has it obeyed here at once. */
export async function changeSetting({ database, app }: Serving, name: string, value: unknown): Promise<void> {
  await database.write(async (manager) => {
    await manager.update(Setting, { termId: 't7', name }, { value: value as object });
    await moveMark(manager, 'settings');
  });
  await app.get(Marks).look(false);
}
