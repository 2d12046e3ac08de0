import type { SubmissionRow, TaskRow } from '@lvzhi/contracts';
import { Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { actWords, emptyDraft, forms, perform } from '../parts/acts.ts';
import { Btn } from '../parts/button.tsx';
import { announce } from '../parts/toast.tsx';
import { undoEach } from '../parts/undo-each.ts';
import type { Pages } from '../platform/load.ts';
import { useCover, useKeys } from '../platform/keys.ts';
import { problemOf } from '../platform/problem.ts';

/** What several can be given at once: nothing has to be written for it. */
const bulkActs = ['pass', 'start_review', 'file', 'hand_over'] as const;
type BulkAct = (typeof bulkActs)[number];
/** These give a number or leave the house: they ask, and there is no taking back. */
const asks: readonly BulkAct[] = ['file', 'hand_over'];
const bulkActsOf = (row: TaskRow): BulkAct[] => bulkActs.filter((act) => row.submission?.can.includes(act));
export const isBulk = (row: TaskRow): boolean => bulkActsOf(row).length > 0;

/** Why one of several was not done; `no` names it where its row is gone from the list. */
interface Failed { readonly no: string; readonly reason: string }
export interface Bulk {
  readonly picked: ReadonlySet<string>; readonly results: Readonly<Record<string, Failed>>; readonly sending: boolean;
  toggle: (docId: string) => void; pickAll: (on: boolean) => void; clear: () => void; send: (act: BulkAct, words: string) => Promise<void>;
}

interface Sent { readonly done: ReadonlyMap<string, string>; readonly failed: Readonly<Record<string, Failed>>; readonly until: string | undefined }
/** One after another, each on the version that was looked at; what fails says why and stays chosen. */
async function sendEach(act: BulkAct, words: string, rows: readonly SubmissionRow[]): Promise<Sent> {
  const [done, failed]: [Map<string, string>, Record<string, Failed>] = [new Map(), {}];
  let until: string | undefined;
  for (const row of rows) {
    const fail = (why: string) => { failed[row.id] = { no: row.receiptNo ?? '', reason: `没有${words}：${why}` }; };
    if (!row.can.includes(act)) { fail(`这一件现在不能${words}`); continue; }
    try {
      const { undo } = await perform(act, row, emptyDraft);
      done.set(row.id, undo?.moveId ?? '');
      until ??= undo?.until;
    } catch (error) { fail(problemOf(error).reason); }
  }
  return { done, failed, until };
}

function saySent(words: string, { done, failed, until }: Sent): void {
  const lost = Object.keys(failed).length;
  const said = `已${words} ${done.size} 件${lost > 0 ? `，${lost} 件没成，原因见各行` : ''}`;
  const undoable = [...done].filter(([, moveId]) => moveId !== '');
  if (undoable.length === 0 || until === undefined) { announce({ words: said }); return; }
  announce({ words: said, until, undo: () => undoEach(undoable, (count) => `已撤销 ${count} 件`) });
}

/** The selection of a list of 待办 and what came of it. */
export function useBulk({ rows, reload }: Pages<TaskRow>): Bulk {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [results, setResults] = useState<Readonly<Record<string, Failed>>>({});
  const [sending, setSending] = useState(false);
  const choosable = rows.filter(isBulk);
  const toggle = (docId: string) => {
    if (!choosable.some((row) => row.docId === docId)) return;
    setPicked((was) => { const now = new Set(was); if (!now.delete(docId)) now.add(docId); return now; });
  };
  const send = async (act: BulkAct, words: string) => {
    if (sending) return;
    setSending(true);
    const chosen = rows.flatMap(({ docId, submission }) => (submission && picked.has(docId) ? [submission] : []));
    const sent = await sendEach(act, words, chosen);
    setSending(false);
    setPicked(new Set(Object.keys(sent.failed)));
    setResults(sent.failed);
    saySent(words, sent);
    reload();
  };
  return { picked, results, sending, toggle, send, pickAll: (on) => setPicked(new Set(on ? choosable.map(({ docId }) => docId) : [])), clear: () => { setPicked(new Set()); setResults({}); } };
}

function Sure({ act, words, rows, send, close }: { act: BulkAct; words: string; rows: readonly SubmissionRow[]; send: () => void; close: () => void }): ReactNode {
  useCover(true);
  return <Modal open onCancel={close} title={`把选中的 ${rows.length} 件${words}`} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}><Btn onClick={close}>{forms[act].keep}</Btn><Btn look="pri" onClick={send}>{words} {rows.length} 件</Btn></div>}>
    <div className="col"><p className="sub">{forms[act].hint}</p>{rows.map(({ id, receiptNo, title }) => <div key={id} className="ell"><span className="num">{receiptNo}</span> {title}</div>)}</div></Modal>;
}

/** What can be done with the selection: the acts that one or more of the chosen may be given, with how many. */
export function TodoBulkBar({ rows, bulk }: { rows: readonly TaskRow[]; bulk: Bulk }): ReactNode {
  const [asked, ask] = useState<BulkAct | null>(null);
  const chosen = rows.filter(({ docId }) => bulk.picked.has(docId));
  const able = (act: BulkAct) => chosen.flatMap((row) => (row.submission && bulkActsOf(row).includes(act) ? [row.submission] : []));
  const gone = Object.entries(bulk.results).filter(([id]) => !rows.some(({ docId }) => docId === id));
  const acts = bulkActs.filter((act) => able(act).length > 0);
  const wordsOf = (act: BulkAct) => actWords(able(act)[0]?.kind ?? 'proposal', act);
  const start = (act: BulkAct) => { if (asks.includes(act)) ask(act); else void bulk.send(act, wordsOf(act)); };
  const [first] = acts;
  useKeys({ e: first && !bulk.sending ? () => start(first) : undefined, escape: bulk.clear });
  return <div className="foot bulk wrap" role="region" aria-label="选中的几件">
    <b style={{ whiteSpace: 'nowrap' }}>{chosen.length > 0 ? `已选 ${chosen.length} 件` : '没有做成的'}</b>
    {acts.map((act) => <Btn key={act} {...(act === first && { look: 'pri' as const, hotkey: 'E' })} busy={bulk.sending} onClick={() => start(act)}>{wordsOf(act)} {able(act).length} 件</Btn>)}
    <Btn look="txt" hotkey="Esc" onClick={bulk.clear}>{chosen.length > 0 ? '取消选择' : '知道了'}</Btn>
    {gone.map(([id, { no, reason }]) => <span key={id} className="row-error" role="alert">{no} {reason}</span>)}
    {first && <span className="cap push">{asks.includes(first) ? '先问一句，逐件显示结果' : '逐件显示结果'}</span>}
    {asked && <Sure act={asked} words={wordsOf(asked)} rows={able(asked)} close={() => ask(null)} send={() => { ask(null); void bulk.send(asked, wordsOf(asked)); }} />}
  </div>;
}
