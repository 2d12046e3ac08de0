import { useState } from 'react';
import { InvalidInput } from '@lvzhi/contracts';
import type { Catalogue, SubmissionView } from '@lvzhi/contracts';
import { api } from '../../platform/api.ts';
import type { Pledges } from '../../parts/pledges.tsx';
import { isDisposed } from '../../platform/draft-copies.ts';
import { sentOf } from '../../platform/draft.ts';
import type { Draft } from '../../platform/draft.ts';
import { me } from '../../platform/session.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';
import { faultsFrom, faultsOf } from './faults.ts';
import type { Faults, Whose } from './faults.ts';
import type { Editor } from './use-editor.ts';
import type { Files } from './use-files.ts';

/** `ready`; `files`: the last attachments are on their way; `sending`. */
export type Stage = 'ready' | 'files' | 'sending';
export interface Sending { readonly stage: Stage; /** Of what was refused, what still is wrong. */ readonly faultsOf: (draft: Draft, pledges: Pledges) => Faults;
  /** How often it was refused: to lead the eye to the top. */ readonly refusals: number; readonly trouble: string; readonly theirs: SubmissionView | undefined; readonly submit: (pledges: Pledges) => Promise<void>; readonly resolved: () => void }

const formOf = (draft: Draft, { signed = false, ...pledges }: Pledges) => ({
  key: draft.key, title: draft.title, situation: draft.situation, analysis: draft.analysis, suggestion: draft.suggestion,
  category: draft.category, nature: draft.nature, townId: draft.townId, urgency: draft.urgency, unitIds: [...draft.unitIds], coAuthorIds: draft.together.map(({ id }) => id),
  fileIds: sentOf(draft.files, false), collective: draft.kind === 'proposal' ? draft.collective && { ...draft.collective, sealIds: sentOf(draft.files, true), signed } : null, wish: draft.wish, publicity: draft.publicity, conversion: draft.conversion, ...pledges,
});
const hand = (draft: Draft, pledges: Pledges) => (draft.of ? api.resubmit({ ...formOf(draft, pledges), ...draft.of }) : api.submit({ ...formOf(draft, pledges), kind: draft.kind, source: draft.source && { kind: draft.source.kind, id: draft.source.id } }));
const isView = (value: unknown): value is SubmissionView => typeof value === 'object' && value !== null && 'text' in value && 'version' in value;

/** Hands the draft in: first what is wrong, then the attachments still on their way, then once and only once (the draft's key). */
export function useSending(personId: string, { rules, whose }: { rules: Catalogue; whose: Whose }, editor: Editor, files: Files, onDone: (doc: SubmissionView) => void): Sending {
  const [stage, setStage] = useState<Stage>('ready');
  const [refused, setRefused] = useState<{ faults: Faults; here: boolean; times: number }>({ faults: {}, here: true, times: 0 });
  const [trouble, setTrouble] = useState('');
  const [theirs, setTheirs] = useState<SubmissionView>();
  const refuse = (faults: Faults, here: boolean) => { setRefused(({ times }) => ({ faults, here, times: times + 1 })); };
  const went = (error: unknown) => {
    if (error instanceof InvalidInput) refuse(faultsFrom(error.fields), false);
    else if (error instanceof Failure && error.refusal.stale && isView(error.refusal.current)) setTheirs(error.refusal.current);
    else if (error instanceof Failure && error.refusal.fields) refuse(faultsFrom(error.refusal.fields), false);
    else { if (isDisposed(error)) editor.lose(reasonOf(error)); setTrouble(reasonOf(error)); refuse({}, true); }
  };
  const attempt = async (pledges: Pledges) => {
    setStage('files');
    await files.settle();
    const left = editor.latest().files.filter(({ id }) => id === null).length;
    if (left > 0) { setTrouble(`有 ${left} 个附件还没有传上。请等有网络后再点提交，或者点开附件删去。`); return; }
    setStage('sending');
    onDone((await hand(editor.latest(), pledges)).doc);
  };
  const submit = async (pledges: Pledges) => {
    if (stage !== 'ready') return;
    editor.save(); setTrouble('');
    const found = faultsOf(editor.latest(), pledges, rules, whose);
    if (Object.keys(found).length > 0) { refuse(found, true); return; }
    setRefused((before) => ({ ...before, faults: {} }));
    if (me()?.person.id !== personId) { setTrouble('现在登录的不是写这份草稿的人，请重新登录后再提交。'); return; }
    try { await attempt(pledges); } catch (error) { went(error); } finally { setStage('ready'); }
  };
  const stillWrong = (draft: Draft, pledges: Pledges): Faults => {
    if (!refused.here) return refused.faults;
    const now = faultsOf(draft, pledges, rules, whose);
    return Object.fromEntries(Object.entries(now).filter(([field]) => field in refused.faults));
  };
  return { stage, faultsOf: stillWrong, refusals: refused.times, trouble, theirs, submit, resolved: () => { setTheirs(undefined); } };
}
