import { RefusedByServer } from './patience.ts';
import type { House } from './report-steps.ts';

/** Looks at what is hot and makes one report of the hottest that several open ones tell of. @returns how many were merged */
export async function mergeHottest({ cast, roster }: House): Promise<number> {
  const editor = cast.desk(roster.triage);
  const { topics } = await editor.listTopics({ days: '90' });
  for (const { rows } of topics) {
    const lead = rows.find(({ can }) => can.includes('lead'));
    const others = rows.filter(({ id, can }) => id !== lead?.id && can.includes('combine'));
    if (!lead || others.length === 0) continue;
    try {
      await editor.absorb({ id: lead.id, version: lead.version, key: `year-merge-${lead.id}-${lead.version}`, others: others.map(({ id, version }) => ({ id, version })), note: '几件反映的是同一件事，合并编发。', takeIt: true });
      return others.length;
    } catch (error) {
      // Somebody has it in hand, or it was just moved on: at the next look.
      if (!(error instanceof RefusedByServer)) throw error;
    }
  }
  return 0;
}
