import type { DocumentKind } from '@lvzhi/domain';
import { chain } from './journal.ts';
import type { Move } from './journal.ts';

/** What a document says of itself: its last link, and how many moves made it. */
export interface Standing { readonly version: number; readonly hash: string; readonly state: string }
/** Where a verification reads from; all of it must be one moment's view of the tables. */
export interface JournalSource {
  /** The whole journal by (docId, seq), in pieces; a piece may end in the middle of a document. */
  moves(): AsyncIterable<readonly Move[]>;
  documents(kind: DocumentKind, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /** Documents of which the journal knows nothing. */
  silent(): AsyncIterable<{ readonly kind: DocumentKind; readonly id: string }>;
}

/** `document`: the rows are sound and the document itself says something else than its journal. */
type FaultKind = 'changed' | 'missing' | 'inserted' | 'reordered' | 'cut_off' | 'document';
/** The first bad row of a document. `seq` is the place in its chain. */
export interface Fault { readonly docKind: DocumentKind; readonly docId: string; readonly seq: number; readonly what: FaultKind; readonly words: string }
export interface Verified { readonly documents: number; readonly moves: number; readonly faults: readonly Fault[] }

const words: Record<FaultKind, string> = {
  changed: '这一步的内容被改过', missing: '这一步不见了', inserted: '这一步是后来插进来的', reordered: '这一步被换了位置',
  cut_off: '从这一步起，末尾被截掉了', document: '经过完好，但文件本身的状态、版本或校验值被直接改过',
};

/** Recomputes every link of every document's chain. Not thrown: a broken journal is the answer, not an error. */
export async function verifyJournal(source: JournalSource, onProgress: (moves: number) => void = () => undefined): Promise<Verified> {
  const faults: Fault[] = [];
  let [documents, moves] = [0, 0];
  let open: Move[] = [];
  const judgeAll = async (rows: readonly Move[]): Promise<void> => {
    const histories = [...grouped(rows, ({ docId }) => docId).values()];
    const standings = await standingsOf(source, rows);
    documents += histories.length;
    for (const history of histories) faults.push(...faultIn(history, standings.get(history[0]?.docId ?? '')));
  };
  for await (const rows of source.moves()) {
    moves += rows.length;
    const all = [...open, ...rows];
    const last = all.at(-1)?.docId;
    // The last document of a piece may go on in the next one.
    open = all.filter(({ docId }) => docId === last);
    await judgeAll(all.filter(({ docId }) => docId !== last));
    onProgress(moves);
  }
  await judgeAll(open);
  for await (const { kind, id } of source.silent()) {
    documents += 1;
    faults.push({ docKind: kind, docId: id, seq: 1, what: 'cut_off', words: words.cut_off });
  }
  return { documents, moves, faults };
}

function grouped<K>(rows: readonly Move[], by: (row: Move) => K): Map<K, Move[]> {
  const groups = new Map<K, Move[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group) group.push(row); else groups.set(by(row), [row]);
  }
  return groups;
}

async function standingsOf(source: JournalSource, rows: readonly Move[]): Promise<Map<string, Standing>> {
  const all = new Map<string, Standing>();
  for (const [kind, some] of grouped(rows, ({ docKind }) => docKind)) {
    for (const [id, standing] of await source.documents(kind, [...new Set(some.map(({ docId }) => docId))])) all.set(id, standing);
  }
  return all;
}

/** The first thing that is wrong with one document's journal (rows in the order of their seq), or nothing. */
export function faultIn(rows: readonly Move[], standing: Standing | undefined): Fault[] {
  const [first] = rows;
  if (!first) return [];
  const fault = (seq: number, what: FaultKind): Fault[] => [{ docKind: first.docKind, docId: first.docId, seq, what, words: words[what] }];
  const links = [''];
  for (const [index, row] of rows.entries()) {
    if (row.seq > index + 1) return fault(index + 1, 'missing');
    if (row.seq <= index || chain(links[index] ?? '', row) !== row.hash) {
      const [seq, what] = classify(rows, index, links, standing);
      return fault(seq, what);
    }
    links.push(row.hash);
  }
  if (!standing) return fault(1, 'document');
  return atTheEnd(rows, standing, fault);
}

/** Every link holds: does the document end where its journal ends? */
function atTheEnd(rows: readonly Move[], { version, hash, state }: Standing, fault: (seq: number, what: FaultKind) => Fault[]): Fault[] {
  const last = rows.at(-1);
  if (!last || (last.seq === version && last.hash === hash && last.toState === state)) return [];
  if (rows.some((row) => row.hash === hash)) return last.seq > version ? fault(version + 1, 'inserted') : fault(last.seq, 'document');
  if (last.seq < version) return fault(last.seq + 1, 'cut_off');
  return fault(last.seq, 'changed');
}

/** Row `index` does not follow from the one before. Which tampering fits: tried from the one that leaves the clearest trace. */
function classify(rows: readonly Move[], index: number, links: readonly string[], standing: Standing | undefined): [number, FaultKind] {
  const [row, next] = [rows[index], rows[index + 1]];
  if (!row) return [index + 1, 'missing'];
  const excess = rows.length - (standing?.version ?? rows.length);
  const follows = (link: string, it: Move | undefined, seq: number): boolean => it !== undefined && chain(link, { ...it, seq }) === it.hash;
  const here = links[index] ?? '';
  // What belongs here stands further down: others were put before it, or two changed places.
  if (rows.slice(index + 1).some((it) => follows(here, it, index + 1))) return [index + 1, excess > 0 ? 'inserted' : 'reordered'];
  // The row before was put in with a link of its own, and this is the row that stood in its place.
  if (index > 0 && follows(links[index - 1] ?? '', row, index)) return [index, 'inserted'];
  if (row.seq <= index) return [index + 1, 'inserted'];
  // The rest was moved up by one to close a gap: this row still knows its old place.
  const closed = next ? follows(row.hash, next, next.seq + 1) : standing !== undefined && standing.version === row.seq + 1 && standing.hash === row.hash;
  if (closed && excess < 0) return [index + 1, 'missing'];
  // The row itself is as it was linked by those after it, or nobody can tell: its content is not what was written.
  return [index + 1, 'changed'];
}
