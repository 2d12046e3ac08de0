import { routes } from '@lvzhi/contracts';
import type { VisitView } from '@lvzhi/contracts';
import { dateOf, timeOf, visitActionWords } from '@lvzhi/domain';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { instantIn, noWhen } from '../parts/civil-input.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { byVideo, fieldsOf, mustBeWhole, VisitFields } from '../parts/visit-fields.tsx';
import type { Arranged } from '../parts/visit-fields.tsx';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';
import { once, useRun } from '../platform/run.ts';

export type VisitWork = 'agree' | 'reschedule' | 'record' | 'cancel';
export type VisitMoved = Awaited<ReturnType<typeof api.agreeVisit>>;
const keepWords: Readonly<Record<VisitWork, string>> = { agree: '先不同意', reschedule: '先不改时间', record: '先不登记', cancel: '先不取消' };

interface Draft extends Arranged { readonly reason: string }
const drafts = new Map<string, Draft>();
/** The present arrangement to start from; the deadline for the answer is chosen anew. */
function draftOf(doc: VisitView, work: VisitWork): Draft {
  const starts = new Date(doc.startsAt);
  const when = work === 'reschedule' ? { on: dateOf(starts), time: timeOf(starts) } : noWhen;
  return { when, minutes: doc.minutes, form: doc.proposed && work === 'agree' ? doc.proposed.form.code : doc.form.code, place: doc.place, videoLink: doc.videoLink ?? '', replyBy: noWhen, reason: '' };
}

async function perform(work: VisitWork, doc: VisitView, draft: Draft): Promise<VisitMoved> {
  const on = { id: doc.id, version: doc.version };
  const where = draft.form === byVideo ? { place: '', videoLink: draft.videoLink } : { place: draft.place, videoLink: '' };
  switch (work) {
    case 'agree': return once('agreeVisit', { ...on, ...where }, api.agreeVisit);
    case 'record': return once('recordVisit', on, api.recordVisit);
    case 'cancel': return once('cancelVisit', { ...on, reason: draft.reason }, api.cancelVisit);
    case 'reschedule': {
      const input = { ...on, ...where, form: draft.form, startsAt: instantIn(draft.when), ...(draft.minutes !== null && { minutes: draft.minutes }), replyBy: instantIn(draft.replyBy) };
      mustBeWhole(routes.rescheduleVisit, input, draft);
      return once('rescheduleVisit', input, api.rescheduleVisit);
    }
  }
}

function AgreeFields({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }): ReactNode {
  return draft.form === byVideo
    ? <div className="field"><label htmlFor="agree-where">视频链接</label><Input id="agree-where" value={draft.videoLink} maxLength={200} onChange={(event) => change({ videoLink: event.target.value })} /></div>
    : <div className="field"><label htmlFor="agree-where">地点</label><Input id="agree-where" value={draft.place} maxLength={60} onChange={(event) => change({ place: event.target.value })} /></div>;
}

const explain = (work: VisitWork, doc: VisitView): string => ({
  agree: doc.proposed ? `改到 ${doc.proposed.whenWords}，${doc.proposed.form.name}。同意后通知委员。` : '同意后通知委员。',
  reschedule: '委员会收到新的通知，需要重新确认。', record: `${doc.whenWords} 的走访已经进行。登记后计入覆盖数。`, cancel: '委员会收到取消的通知和理由。',
})[work];

interface Props { work: VisitWork; doc: VisitView; close: () => void; done: (work: VisitWork, answer: VisitMoved) => void; fresh: (doc: VisitView | null) => void }
export function VisitAct({ work, doc, close, done, fresh }: Props): ReactNode {
  const slot = `${doc.id} ${work}`;
  const [draft, setDraft] = useState(() => drafts.get(slot) ?? draftOf(doc, work));
  const { busy, problem, run, clear, forget } = useRun();
  useCover(true);
  const change = (part: Partial<Draft>) => { const next = { ...draft, ...part }; drafts.set(slot, next); setDraft(next); forget(fieldsOf(part)); };
  const words = visitActionWords[work];
  const send = async () => {
    const answer = await run(() => perform(work, doc, draft));
    if (answer) { drafts.delete(slot); done(work, answer); }
  };
  const stale = problem?.kind === 'stale' ? (problem.current as VisitView) : null;
  const wrong = problem?.kind === 'fields' ? problem.fields : {};
  return <Modal open onCancel={close} width={600} title={`${words}：${doc.member.name}`} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}><Btn onClick={close}>{keepWords[work]}</Btn><Btn look="pri" busy={busy} disabled={!doc.can.includes(work)} onClick={() => void send()}>{words}</Btn></div>}>
    <div className="col" style={{ gap: 14 }}>
      <p className="sub">{explain(work, doc)}</p>
      <ProblemNote problem={problem}>{stale && <> 现在是“{stale.stateWords}”，{stale.whenWords}。</>}{(stale || problem?.kind === 'refused') && <div><Btn look="txt" small onClick={() => { fresh(stale); clear(); }}>按最新的情况继续，已写的保留</Btn></div>}</ProblemNote>
      {!doc.can.includes(work) && <div className="note w" role="alert">按现在的情况，不能再做“{words}”。</div>}
      {work === 'agree' && <AgreeFields draft={draft} change={change} />}
      {work === 'reschedule' && <VisitFields value={draft} change={change} wrong={wrong} />}
      {work === 'cancel' && <div className="field"><label htmlFor="cancel-reason">取消理由</label><Input.TextArea id="cancel-reason" value={draft.reason} maxLength={200} autoSize={{ minRows: 3 }} onChange={(event) => change({ reason: event.target.value })} />{wrong['reason'] && <span className="wrong" role="alert">{wrong['reason']}</span>}</div>}
    </div>
  </Modal>;
}
