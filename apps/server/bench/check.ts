import type { Api } from './cast.ts';
import type { Ledger } from './ledger.ts';

/** `missing`: acknowledged and not there; `twice`: a receipt number or a text that is there more often than it was acknowledged. */
export interface Checked { readonly acknowledged: number; readonly found: number; readonly missing: readonly string[]; readonly twice: readonly string[] }

/** Holds everything that was acknowledged against the server's own list, page by page: each is there exactly once, and nothing more. */
export async function checkAll(office: Api, ledger: Ledger): Promise<Checked> {
  const acknowledged = [...ledger.taken.values()];
  const writers = new Set(acknowledged.map(({ author }) => author));
  const [byId, receipts, texts] = [new Map<string, string>(), new Map<string, number>(), new Map<string, number>()];
  const grow = (counts: Map<string, number>, of: string) => counts.set(of, (counts.get(of) ?? 0) + 1);
  for (let after: string | undefined; ;) {
    const { rows, next } = await office.list({ kind: 'opinion', limit: 100, ...(after !== undefined && { after }) });
    for (const { id, receiptNo, author, title } of rows) {
      byId.set(id, receiptNo ?? '');
      grow(receipts, receiptNo ?? '');
      if (writers.has(author.id)) grow(texts, `${author.id} ${title}`);
    }
    if (next === null) break;
    after = next;
  }
  const wanted = new Map<string, number>();
  for (const { author, title } of acknowledged) grow(wanted, `${author} ${title}`);
  const missing = acknowledged.filter(({ id, receiptNo }) => byId.get(id) !== receiptNo).map(({ no, receiptNo }) => `第 ${no} 行 ${receiptNo}`);
  const twice = [
    ...acknowledged.filter(({ receiptNo }) => (receipts.get(receiptNo) ?? 0) > 1).map(({ receiptNo }) => receiptNo),
    ...[...wanted].filter(([text, count]) => (texts.get(text) ?? 0) > count).map(([text]) => text),
  ];
  return { acknowledged: acknowledged.length, found: acknowledged.length - missing.length, missing, twice };
}
