import type { JournalSource } from '../platform/journal-verify.ts';
import type { Move } from '../platform/journal.ts';
import type { Cell, TableShape, TableSum } from './tables.ts';

/** How a backup begins: of which house it is, and what a reader must know before the first row. */
export interface Head { readonly is: 'head'; readonly format: 1; readonly madeAt: string; readonly migrations: readonly string[]; /** Tells whether a server has the secret that sealed the phone numbers, and not what it is; null: no secret was given. */ readonly secretPrint: string | null }
/** The last step of a document in the journal, and its link. */
export type JournalHead = readonly [docId: string, seq: number, hash: string];
/** How it ends: what all of it must add up to. */
export interface Manifest {
  readonly is: 'end'; readonly tables: readonly TableSum[];
  readonly files: { readonly count: number; readonly bytes: number; readonly sha256: string };
  readonly journal: { readonly documents: number; readonly moves: number; readonly sha256: string };
  /** What was wrong with the house itself when it was copied, in words. */
  readonly troubles: readonly string[];
}
/** Everything between them, in this order: tables with their rows, heads, files with their bytes. `secret`: the demonstration's own key. */
export type Part = Head | Manifest | ({ readonly is: 'table' } & TableShape) | { readonly is: 'rows'; readonly rows: Cell[][] } | { readonly is: 'heads'; readonly heads: readonly JournalHead[] }
  | { readonly is: 'file'; readonly id: string } | { readonly is: 'file_end'; readonly id: string; readonly size: number; readonly sha256: string } | { readonly is: 'secret'; readonly secret: string };

/** A journal that gives its heads away while it is read for something else. */
export function givingHeads(source: JournalSource, give: (heads: JournalHead[]) => Promise<void>): JournalSource {
  return {
    ...source,
    async * moves() {
      let open: Move | undefined;
      for await (const rows of source.moves()) {
        const heads: JournalHead[] = [];
        for (const row of rows) {
          if (open && open.docId !== row.docId) heads.push([open.docId, open.seq, open.hash]);
          open = row;
        }
        await give(heads);
        yield rows;
      }
      if (open) await give([[open.docId, open.seq, open.hash]]);
    },
  };
}
