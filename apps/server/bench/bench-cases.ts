import type { SubmissionView } from '@lvzhi/contracts';
import type { CaseName } from './bench-options.ts';
import type { Api, Cast, Roster, RosterPerson } from './cast.ts';
import { invented } from './invented.ts';
import { fit } from './messages.ts';
import type { Catalogue } from '@lvzhi/contracts';
import type { Source } from './load.ts';
import { inParallel } from './patience.ts';

type Headers = Readonly<Record<string, string>>;
interface Ready { readonly id: string; readonly version: number; readonly committee: string }
/** What both sides start with: who calls, and the documents that wait for a first review. */
export interface Furnished { readonly members: readonly Headers[]; readonly heads: ReadonlyMap<string, Headers>; readonly ready: readonly Ready[]; readonly catalogue: Catalogue }

/** Fills the database through the API: so many reports by forty members; every tenth comes back to its author. */
export async function furnish(cast: Cast, roster: Roster, rows: number, width: number, say: (line: string) => void): Promise<Furnished> {
  const writers = roster.writers.slice(0, 40);
  const office = cast.desk(roster.triage);
  const catalogue = await office.showCatalogue({});
  const ready: Ready[] = [];
  let done = 0;
  await inParallel(invented(rows).map((it, index) => ({ ...it, no: index + 1 })), width, new AbortController().signal, async (message) => {
    const { title, situation, suggestion } = fit(message, catalogue.opinion.limits);
    const writer = writers[message.no % writers.length];
    const { doc } = await cast.phone(writer ?? missing()).submit({ key: `bench-fill-${message.no}`, kind: 'opinion', title, situation, suggestion, noSecret: true, original: true });
    await placeOne(office, doc, message.no, ready);
    if ((done += 1) % 500 === 0) say(`已放入 ${done}/${rows} 件`);
  });
  const heads = new Map<string, Headers>();
  for (const { id } of catalogue.committees) heads.set(id, await cast.tokenOf(roster.head(id)));
  const members = await Promise.all(writers.map((it: RosterPerson) => cast.tokenOf(it)));
  return { members, heads, ready, catalogue };
}

function missing(): never { throw new Error('演示名册里没有可以提交的委员'); }

async function placeOne(office: Api, doc: SubmissionView, no: number, ready: Ready[]): Promise<void> {
  if (doc.committee) ready.push({ id: doc.id, version: doc.version, committee: doc.committee.id });
  else if (no % 10 === 0) await office.sendBack({ id: doc.id, version: doc.version, note: '请补充数据和来源' });
}

const at = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('没有可用的数据：--rows 太小');
  return item;
};

/** One, two and four characters; some in every text, some in few, one in none. */
const soughtWords = ['水', '电梯', '污水直排', '老', '公交', '课后服务', '贷', '地铁', '早高峰等'];

/** The requests of each case for one side. What a side submits, it can pass later. */
export function sourcesOf({ members, heads, ready, catalogue }: Furnished, side: string): Record<CaseName, Source> {
  const waiting = [...ready];
  const texts = invented(500).map((it, index) => fit({ ...it, no: index }, catalogue.opinion.limits));
  // Only committees that have a page of work: an empty inbox answers in no time.
  const busy = [...heads].filter(([id]) => ready.filter(({ committee }) => committee === id).length >= 20).map(([, headers]) => headers);
  let [homes, inboxes, searches, submits, passes] = [0, 0, 0, 0, 0];
  return {
    home: { next: () => ({ method: 'GET', path: '/api/home', headers: at(members, homes += 1) }) },
    inbox: { next: () => ({ method: 'GET', path: '/api/tasks?box=review&limit=20', headers: at(busy, inboxes += 1) }) },
    search: { next: () => ({ method: 'GET', path: `/api/search?query=${encodeURIComponent(at(soughtWords, searches += 1))}&limit=20`, headers: at(busy, searches) }) },
    submit: {
      next: () => {
        const { title, situation, suggestion } = at(texts, submits += 1);
        return { method: 'POST', path: '/api/submissions', headers: at(members, submits), body: { key: `bench-${side}-${submits}`, kind: 'opinion', title, situation, suggestion, noSecret: true, original: true } };
      },
      seen: (text) => {
        const { doc } = JSON.parse(text) as { doc: SubmissionView };
        if (doc.committee) waiting.push({ id: doc.id, version: doc.version, committee: doc.committee.id });
      },
    },
    pass: { left: () => waiting.length, next: () => {
      const next = waiting.shift();
      return next && { method: 'POST', path: `/api/submissions/${next.id}/pass`, headers: heads.get(next.committee) ?? {}, body: { version: next.version, key: `bench-${side}-pass-${passes += 1}` } };
    } },
  };
}
