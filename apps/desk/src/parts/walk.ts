import { submissionKinds } from '@lvzhi/domain';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { storeOf } from '../platform/signal.ts';
import { casesInput, figuresIn, handlingInput, listInput, ownInput, publicationGroupIn, soughtIn, supervisionGroupIn } from './sources.ts';

/** The ids of the list that one came from, in its order; `whole`: none follow. */
interface Walk { readonly ids: readonly string[]; readonly whole: boolean }
const walks = storeOf<Readonly<Record<string, Walk>>>({});
/** A list screen says what it shows under its address, so that 上一件 and 下一件 go the same way. */
export function remember(href: string, ids: readonly string[], whole: boolean): void {
  const known = walks.get()[href];
  if (known?.whole === whole && known.ids.join() === ids.join()) return;
  walks.set({ ...walks.get(), [href]: { ids, whole } });
}

/** The same list asked for again, for an address that was opened directly. */
async function idsAt(href: string): Promise<Walk> {
  const { pathname, searchParams } = new URL(href, 'http://desk');
  if (pathname === '/opinions' || pathname === '/proposals') {
    const page = await api.list({ ...listInput(pathname === '/opinions' ? submissionKinds[0] : submissionKinds[1], searchParams), limit: 100 });
    return { ids: page.rows.map(({ id }) => id), whole: page.next === null };
  }
  if (pathname === '/find') {
    const page = await api.findDocuments({ ...soughtIn(searchParams), limit: 100 });
    return { ids: page.rows.map(({ id }) => id), whole: page.next === null };
  }
  if (pathname === '/own') { const page = await api.listMine({ ...ownInput(searchParams), limit: 100 }); return { ids: page.rows.map(({ id }) => id), whole: page.next === null }; }
  if (pathname === '/handling' && searchParams.has('tab')) { const page = await api.listCases({ ...casesInput(searchParams), limit: 100 }); return { ids: page.rows.map(({ id }) => id), whole: page.next === null }; }
  if (pathname === '/handling') { const page = await api.listHandlings({ ...handlingInput(searchParams), limit: 100 }); return { ids: page.rows.map(({ id }) => id), whole: page.next === null }; }
  if (pathname === '/issues') { const page = await api.listIssues({ limit: 100 }); return { ids: page.rows.map(({ docId }) => docId), whole: page.next === null }; }
  if (pathname === '/ledger') { const page = await api.listLedger({ limit: 100 }); return { ids: [...new Set(page.rows.map(({ docId }) => docId))], whole: page.next === null }; }
  if (pathname === '/supervision') { const page = await api.listSupervisions({ group: supervisionGroupIn(searchParams), limit: 100 }); return { ids: page.rows.map(({ id }) => id), whole: page.next === null }; }
  if (pathname === '/publication') { const page = await api.listPublications({ group: publicationGroupIn(searchParams), limit: 100 }); return { ids: page.rows.map(({ proposalId }) => proposalId), whole: page.next === null }; }
  if (pathname === '/figures') {
    const { asked: by, chosen } = figuresIn(searchParams);
    const page = chosen ? await api.listFigure({ ...by, figure: chosen.figure, ...(chosen.line !== '' && { id: chosen.line }), limit: 100 }) : { rows: [], next: null };
    return { ids: page.rows.map(({ id }) => id), whole: page.next === null };
  }
  // What was not remembered has no order of its own to go back to.
  if (pathname === '/awards' || pathname === '/topics') return { ids: [], whole: true };
  const asked = searchParams.get('box');
  const box = pathname === '/triage' ? 'triage' : asked === 'edit' || asked === 'handling' ? asked : 'review';
  const page = await api.listTasks({ box, limit: 100 });
  return { ids: page.rows.map(({ docId }) => docId), whole: page.next === null };
}

export interface Neighbours { readonly previous: string | undefined; readonly next: string | undefined; readonly at: number; readonly total: string }
/** Where this one stands in the list at `href`; undefined when it came from none or is no longer in it. */
export function useWalk(href: string | null, id: string): Neighbours | undefined {
  const known = walks.use()[href ?? ''];
  const { data } = useLoad(`walk ${href} ${known !== undefined}`, async () => known ?? (href === null ? { ids: [], whole: true } : idsAt(href)));
  const walk = known ?? data;
  const at = walk?.ids.indexOf(id) ?? -1;
  if (!walk || at === -1) return undefined;
  return { previous: walk.ids[at - 1], next: walk.ids[at + 1], at: at + 1, total: walk.whole ? String(walk.ids.length) : `${walk.ids.length}+` };
}
