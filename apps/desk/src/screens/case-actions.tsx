import type { SubmissionView } from '@lvzhi/contracts';
import { Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActDialog, draftFor, dropDraft, keepDraft } from '../parts/act-dialog.tsx';
import { actWords, changesBetween, deskActsOf, emptyDraft, perform } from '../parts/acts.ts';
import type { DeskAct } from '../parts/acts.ts';
import { Btn } from '../parts/button.tsx';
import { Icon } from '../parts/icons.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { useKeys } from '../platform/keys.ts';
import { useRun } from '../platform/run.ts';

export type Acted = (act: DeskAct, answer: Awaited<ReturnType<typeof perform>>) => void;
interface Props { doc: SubmissionView; acted: Acted; fresh: (doc: SubmissionView | null) => void; chosen: DeskAct | null; choose: (act: DeskAct | null) => void }

const hotkeys: Readonly<Partial<Record<DeskAct, string>>> = { pass: 'P', review: 'P', file: 'P', return: 'R', not_adopt: 'X', reject: 'X', reroute: 'M', start_review: 'S' };
/** The one main act: a head decides, 提案委 files, staff prepare, triage sends, a commenting committee comments. What takes a decision back is never it. */
const mainOrder: readonly DeskAct[] = ['pass', 'review', 'file', 'send_check', 'check', 'sign', 'ask_agree', 'take', 'reopen', 'send', 'refuse_drop', 'hold_meeting', 'hand_over', 'plan', 'decide_anew', 'prepare', 'assign', 'comment', 'start_review', 'return'];

/** Acts that need no dialog: they are done at once and can be undone. */
const atOnce = ['pass', 'start_review', 'take', 'reopen'] as const;
type AtOnce = (typeof atOnce)[number];
const isAtOnce = (act: DeskAct): act is AtOnce => atOnce.some((it) => it === act);
function useAtOnce({ doc, acted, fresh }: Props) {
  const { busy, problem, run, clear } = useRun();
  const send = (act: AtOnce) => void run(() => perform(act, doc, act === 'pass' ? draftFor(doc, act) : emptyDraft)).then((answer) => {
    if (!answer) return;
    dropDraft(doc, act);
    acted(act, answer);
  });
  const stale = problem?.kind === 'stale' ? (problem.current as SubmissionView) : null;
  const look = () => { fresh(stale); clear(); };
  const note = problem && <div style={{ padding: '0 24px 10px' }}><ProblemNote problem={problem}>{stale && <> {changesBetween(doc, stale)}</>}
    {(stale || problem.kind === 'refused') && <div><Btn small look="txt" onClick={look}>看最新的情况，已写的保留</Btn></div>}</ProblemNote></div>;
  return { busy, send, note };
}

/** The opinion that goes with 初审通过; it may stay empty. */
function PassNote({ doc }: { doc: SubmissionView }): ReactNode {
  const [note, setNote] = useState(() => draftFor(doc, 'pass').note);
  const write = (words: string) => { setNote(words); keepDraft(doc, 'pass', { ...emptyDraft, note: words }); };
  return <Input aria-label="初审意见，可不填" placeholder="初审意见（可不填）" value={note} onChange={(event) => write(event.target.value)} style={{ flex: '1 1 120px', maxWidth: 280 }} maxLength={1000} />;
}

/** The buttons that the server says are allowed; those with a form open a dialog. */
export function CaseActions(props: Props): ReactNode {
  const { doc, acted, fresh, chosen, choose } = props;
  const { busy, send, note } = useAtOnce(props);
  const can = deskActsOf(doc.can);
  const main = mainOrder.find((act) => can.includes(act) && !(act === 'send' && doc.state === 'sent'));
  const start = (act: DeskAct) => { if (isAtOnce(act)) send(act); else choose(act); };
  const key = (act: DeskAct) => (can.includes(act) ? () => start(act) : undefined);
  useKeys({ p: key('pass') ?? key('review') ?? key('file'), r: key('return'), x: key('not_adopt') ?? key('reject'), m: key('reroute'), s: key('start_review') });
  const rest = can.filter((act) => act !== main && act !== 'reroute');
  return <>{note}<div className="foot wrap" role="group" aria-label="可以做的">
    {main && <Btn look="pri" hotkey={hotkeys[main]} busy={busy} onClick={() => start(main)}>{actWords(doc.kind, main)}</Btn>}
    {main === 'pass' && <PassNote doc={doc} />}
    {!main && <span className="sub rowx tight"><Icon name="info" />{doc.closed ? '内容已经清除，没有要办的' : doc.holder ? `现在由${doc.holder.words}办理，您没有要办的` : doc.state === 'filed' ? '已立案，没有要您办的' : '这一件已经办结'}</span>}
    <span className="rowx push wrap">{[...rest, ...(can.includes('reroute') && main !== 'reroute' ? ['reroute' as const] : [])].map((act) =>
      <Btn key={act} hotkey={hotkeys[act]} disabled={busy} onClick={() => start(act)}>{actWords(doc.kind, act)}{act === 'reroute' && '…'}</Btn>)}</span>
  </div>
    {chosen && <ActDialog key={chosen} doc={doc} act={chosen} close={() => choose(null)} fresh={fresh} done={(act, answer) => { choose(null); acted(act, answer); }} />}</>;
}
