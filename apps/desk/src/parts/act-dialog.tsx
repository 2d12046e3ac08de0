import type { SubmissionView } from '@lvzhi/contracts';
import { Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useCover } from '../platform/keys.ts';
import { useRun } from '../platform/run.ts';
import { ActFields } from './act-fields.tsx';
import { actWords, changesBetween, deskActsOf, emptyDraft, forms, missing, perform } from './acts.ts';
import type { DeskAct, Draft } from './acts.ts';
import { Btn } from './button.tsx';
import { ProblemNote } from './states.tsx';

type Moved = Awaited<ReturnType<typeof perform>>;
/** What was typed for an act on a document stays until it is done, whatever is closed meanwhile. */
const drafts = new Map<string, Draft>();
export const draftFor = (doc: SubmissionView, act: DeskAct): Draft => drafts.get(`${doc.id} ${act}`) ?? emptyDraft;
export const keepDraft = (doc: SubmissionView, act: DeskAct, draft: Draft): void => { drafts.set(`${doc.id} ${act}`, draft); };
export const dropDraft = (doc: SubmissionView, act: DeskAct): void => { drafts.delete(`${doc.id} ${act}`); };

/** The contract's names of what was changed in the dialog. */
const sentAs = (part: Partial<Draft>): string[] => Object.keys(part).flatMap((name) => (name === 'note' ? ['note', 'reason'] : name === 'coIds' ? ['coCommitteeIds'] : name === 'handlers' ? ['units'] : [name]));

/** `fresh`: the document as it now stands, after a refusal; the dialog stays open with everything typed. */
interface Props { doc: SubmissionView; act: DeskAct; close: () => void; done: (act: DeskAct, answer: Moved) => void; fresh: (doc: SubmissionView | null) => void }

/** The dialog of an act: its buttons repeat the act, and what was typed survives every failure. */
export function ActDialog({ doc, act, close, done, fresh }: Props): ReactNode {
  const [draft, setDraft] = useState(() => draftFor(doc, act));
  const { busy, problem, run, forget } = useRun();
  const [said, setSaid] = useState('');
  useCover(true);
  const change = (part: Partial<Draft>) => { const next = { ...draft, ...part }; setDraft(next); keepDraft(doc, act, next); setSaid(''); forget(sentAs(part)); };
  const words = actWords(doc.kind, act);
  const possible = deskActsOf(doc.can).includes(act);
  const send = async () => {
    const lack = missing(act, draft);
    setSaid(lack ?? '');
    if (lack) return;
    const answer = await run(() => perform(act, doc, draft));
    if (answer) { dropDraft(doc, act); done(act, answer); }
  };
  const stale = problem?.kind === 'stale' ? (problem.current as SubmissionView) : null;
  const look = () => { fresh(stale); if (problem?.kind === 'refused') close(); };
  return <Modal open onCancel={close} title={`${words}：${doc.title}`} width={560} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}>
    <span className="cap push" role="alert">{said}</span><Btn onClick={close}>{forms[act].keep}</Btn><Btn look="pri" busy={busy} disabled={!possible} onClick={() => void send()}>{words}</Btn></div>}>
    <div className="col" style={{ gap: 14 }}>
      <p className="sub">{forms[act].hint}</p>
      <ProblemNote problem={problem}>{stale && <> {changesBetween(doc, stale)}</>}
        {(stale || problem?.kind === 'refused') && <div><Btn look="txt" small onClick={look}>{stale ? '按最新的情况继续，已写的保留' : '看最新的情况，已写的保留'}</Btn></div>}</ProblemNote>
      {!possible && <div className="note w" role="alert">按现在的情况，您不能再做“{words}”。已写的内容保留，可以复制。</div>}
      <ActFields of={doc.id} act={act} kind={doc.kind} at={doc.committee?.id ?? null} draft={draft} change={change} wrong={problem?.kind === 'fields' ? problem.fields : {}} />
    </div>
  </Modal>;
}
