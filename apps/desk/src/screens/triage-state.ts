import type { SubmissionView, TaskRow } from '@lvzhi/contracts';
import type { SubmissionKind } from '@lvzhi/domain';
import { useEffect, useState } from 'react';
import { useDesk } from '../parts/frame.tsx';
import { isLow } from '../parts/route-card.tsx';
import { sayDone } from '../parts/done.ts';
import { announce } from '../parts/toast.tsx';
import { undoEach } from '../parts/undo-each.ts';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { problemOf } from '../platform/problem.ts';
import { go, usePlace, withQuery } from '../platform/route.ts';
import { once } from '../platform/run.ts';
import { moved, undone } from '../platform/signal.ts';

export const filters = { all: '全部', low: '低把握', critical: '特急', rerouted: '专委会退回', due_today: '今天到期' } as const;
export type Filter = keyof typeof filters;
/** Where one is to go: a lead, and those who may comment. */
export interface Choice { readonly lead: string; readonly co: readonly string[] }

/** The router's own proposal, where it is sure enough; below its threshold nothing is chosen beforehand. */
function proposedFor({ routing }: TaskRow): Choice | undefined {
  const first = routing?.candidates[0];
  if (!routing || !first || routing.personal !== null || isLow(routing)) return undefined;
  return { lead: first.committee.id, co: routing.co.map(({ id }) => id).filter((id) => id !== first.committee.id) };
}

export interface TriageState {
  readonly kinds: readonly SubmissionKind[]; readonly kind: SubmissionKind; readonly filter: Filter; readonly counts: Readonly<Record<Filter, number>> | undefined;
  readonly pages: ReturnType<typeof usePages<TaskRow>>; readonly focus: number; readonly row: TaskRow | undefined;
  readonly picked: ReadonlySet<string>; readonly results: Readonly<Record<string, string>>; readonly sending: boolean;
  choiceFor: (row: TaskRow) => Choice | undefined; choose: (docId: string, choice: Choice) => void;
  focusOn: (index: number) => void; toggle: (docId: string) => void; pickAll: (on: boolean) => void; clear: () => void;
  gone: (act: 'assign' | 'return' | 'not_adopt', answer: { doc: SubmissionView; undo: { moveId: string; until: string } | null }) => void;
  assignPicked: (choice?: Choice) => Promise<void>;
}

function useChoices() {
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  return { choiceFor: (row: TaskRow) => choices[row.docId] ?? proposedFor(row), choose: (docId: string, choice: Choice) => setChoices((was) => ({ ...was, [docId]: choice })) };
}

/** Takes rows out of the list and puts the focus on what follows. */
function useFocus(pages: ReturnType<typeof usePages<TaskRow>>) {
  const place = usePlace();
  const { rows } = pages;
  const at = place.query.get('at');
  const focus = Math.max(0, rows.findIndex(({ docId }) => docId === at));
  const show = (row: TaskRow | undefined) => go(withQuery(place, { at: row?.docId ?? null }), 'replace');
  return { focus, row: rows[focus], focusOn: (index: number) => { if (rows[index]) show(rows[index]); },
    drop: (ids: ReadonlySet<string>) => { show(rows.slice(focus).find(({ docId }) => !ids.has(docId)) ?? rows.findLast(({ docId }) => !ids.has(docId))); pages.keep(({ docId }) => !ids.has(docId)); } };
}

interface Sent { readonly done: ReadonlyMap<string, string>; readonly failed: Record<string, string>; readonly until: string | undefined }
/** One after another, each on its own version and with its own key; what fails says why and stays. */
async function assignEach(rows: readonly TaskRow[], choiceFor: (row: TaskRow) => Choice | undefined): Promise<Sent> {
  const [done, failed]: [Map<string, string>, Record<string, string>] = [new Map(), {}];
  let until: string | undefined;
  for (const row of rows) {
    const choice = choiceFor(row);
    const version = row.submission?.version;
    if (!choice || version === undefined) { failed[row.docId] = '没分送：把握低，请先按 1–3 选主送的专委会'; continue; }
    try {
      const answer = await once('assign', { id: row.docId, version, committeeId: choice.lead, coCommitteeIds: [...choice.co] }, api.assign);
      done.set(row.docId, answer.undo?.moveId ?? '');
      until ??= answer.undo?.until;
    } catch (error) { failed[row.docId] = `没分送：${problemOf(error).reason}`; }
  }
  return { done, failed, until };
}

function sayAssigned({ done, failed, until }: Sent): void {
  const lost = Object.keys(failed).length;
  const words = `已分送 ${done.size} 件${lost > 0 ? `，${lost} 件没成，原因见各行` : ''}`;
  const undoable = [...done].filter(([, moveId]) => moveId !== '');
  if (undoable.length === 0 || until === undefined) { announce({ words }); return; }
  announce({ words, until, undo: () => undoEach(undoable, (count) => `已撤销，${count} 件回到分办台`) });
}

/** Everything the 分办台 knows: what the address asks for, the rows, the focus, the selection and what came of it. */
export function useTriage(): TriageState {
  const { me } = useDesk();
  const place = usePlace();
  const kinds = (['opinion', 'proposal'] as const).filter((kind) => me.can.includes(`triage_${kind}`));
  const kind = kinds.find((it) => it === place.query.get('kind')) ?? kinds[0] ?? 'opinion';
  const filter = (Object.keys(filters) as Filter[]).find((it) => it === place.query.get('filter')) ?? 'all';
  const pages = usePages<TaskRow>(`triage ${kind} ${filter}`, (after, limit) => api.listTasks({ box: 'triage', kind, filter, limit, ...(after !== undefined && { after }) }), undone.use());
  const counts = useLoad(`triage counts ${kind}`, () => api.countTriage({ kind }), moved.use()).data;
  const { focus, row, focusOn, drop } = useFocus(pages);
  const { choiceFor, choose } = useChoices();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [results, setResults] = useState<Readonly<Record<string, string>>>({});
  const [sending, setSending] = useState(false);
  const { rows, next } = pages;
  useEffect(() => { remember(withQuery(place, { at: null }), rows.map(({ docId }) => docId), next === null); }, [place, rows, next]);
  const toggle = (docId: string) => setPicked((was) => { const now = new Set(was); if (!now.delete(docId)) now.add(docId); return now; });
  const assignPicked = async (choice?: Choice) => {
    if (sending) return;
    setSending(true);
    const sent = await assignEach(rows.filter(({ docId }) => picked.has(docId)), (it) => choice ?? choiceFor(it));
    setSending(false);
    drop(new Set(sent.done.keys()));
    setPicked(new Set(Object.keys(sent.failed)));
    setResults(sent.failed);
    if (sent.done.size > 0) sayAssigned(sent);
  };
  return { kinds, kind, filter, counts, pages, focus, row, focusOn, picked, results, sending, choiceFor, choose, toggle, assignPicked,
    pickAll: (on) => setPicked(new Set(on ? rows.map(({ docId }) => docId) : [])),
    clear: () => { setPicked(new Set()); setResults({}); },
    gone: (act, answer) => { drop(new Set([answer.doc.id])); sayDone(act, answer, (doc) => { go(withQuery(place, { at: doc.id }), 'replace'); }); } };
}
