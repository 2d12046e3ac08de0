import type { RoutingCard, SubmissionView, TaskRow } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import { Checkbox } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActDialog } from '../parts/act-dialog.tsx';
import { actWords, changesBetween, deskActsOf, emptyDraft, perform } from '../parts/acts.ts';
import type { DeskAct } from '../parts/acts.ts';
import { Btn } from '../parts/button.tsx';
import { useDesk } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { Rail } from '../parts/rail.tsx';
import { isLow, percent, Reasons, wishWords } from '../parts/route-card.tsx';
import { caseHref } from '../parts/sources.ts';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { Link, usePlace, withQuery } from '../platform/route.ts';
import { useRun } from '../platform/run.ts';
import type { Choice, TriageState } from './triage-state.ts';

function Text({ doc }: { doc: SubmissionView }): ReactNode {
  const now = useNow(60_000);
  const { title, receiptNo, author, submittedAt, text } = doc;
  const place = usePlace();
  const last = doc.timeline.at(-1);
  const back = last?.action === 'reroute' || last?.action === 'recall' ? last : undefined;
  return <div className="col reading" tabIndex={0} role="region" aria-label="原文"><div><h2>{title}</h2><p className="sub num">{[receiptNo, author.note ? `${author.name}（${author.note}）` : author.name, submittedAt && instantWords(new Date(submittedAt), now)].filter(Boolean).join(' · ')} · <Link to={caseHref(doc.id, withQuery(place, { at: null }))} className="more-link">看全文</Link></p></div>
    {back && <div className="note w"><Icon name="info" /><span>{back.who} {back.words}{back.note && `：“${back.note}”`}</span></div>}
    <div className="text small">{text.situation}</div>
    {text.analysis !== '' && <div className="text small"><b>原因：</b>{text.analysis}</div>}
    {text.suggestion !== '' && <div className="text small"><b>建议：</b>{text.suggestion}</div>}
    {doc.files.length > 0 && <span className="cap rowx tight"><Icon name="clip" />附件 {doc.files.length} 个</span>}</div>;
}

/** The candidates on keys 1–3 with their reasons; with Shift, or the tick, one comes along to comment. */
function Candidates({ card, choice, choose }: { card: RoutingCard; choice: Choice | undefined; choose: (choice: Choice) => void }): ReactNode {
  const low = isLow(card);
  return <section className="route" aria-label={low ? '为什么拿不准' : '为什么到这里'}>
    <div className="rowx sp"><b className="rowx tight"><Icon name="route" />{low ? '为什么拿不准' : '为什么到这里'}</b>
      {card.personal ? <span className="tag w">{card.personal}</span> : low ? <span className="tag w">把握低于 {percent(card.threshold)}，不自动送</span> : <span className="tag">{card.confidenceWords}</span>}</div>
    <div>{card.candidates.slice(0, 3).map(({ committee, share, reasons }, index) => <div className="cand" key={committee.id}>
      <button type="button" className="pick" aria-pressed={choice?.lead === committee.id} onClick={() => choose(lead(choice, committee.id))}><kbd>{index + 1}</kbd><b>{committee.short}</b></button>
      <span className="num sub" style={{ textAlign: 'right' }}>{percent(share)}</span>
      <Checkbox checked={choice?.co.includes(committee.id) ?? false} disabled={!choice || choice.lead === committee.id} onChange={() => { if (choice) choose(along(choice, committee.id)); }}><span className="cap">协送</span></Checkbox>
      {reasons.length > 0 && <Reasons reasons={reasons} />}
    </div>)}</div>
    <span className="cap">{wishWords(card)}两个专委会都相关时：主送一家，协送其余，协送可写意见。</span>
  </section>;
}
const lead = (choice: Choice | undefined, id: string): Choice => ({ lead: id, co: (choice?.co ?? []).filter((it) => it !== id) });
const along = (choice: Choice, id: string): Choice => ({ ...choice, co: choice.co.includes(id) ? choice.co.filter((it) => it !== id) : [...choice.co, id] });

function useSend(state: TriageState, row: TaskRow, doc: SubmissionView | undefined, fresh: (doc: SubmissionView | null) => void) {
  const attempt = useRun();
  const choice = state.choiceFor(row);
  const send = async () => {
    if (!doc || !choice) return;
    const answer = await attempt.run(() => perform('assign', doc, { ...emptyDraft, committeeId: choice.lead, coIds: choice.co }));
    if (answer) state.gone('assign', answer);
  };
  const { problem } = attempt;
  const note = <ProblemNote problem={problem}>{problem?.kind === 'stale' && doc && <> {changesBetween(doc, problem.current as SubmissionView)}</>}
    {(problem?.kind === 'stale' || problem?.kind === 'refused') && <div><Btn small look="txt" onClick={() => { fresh(problem.kind === 'stale' ? problem.current as SubmissionView : null); attempt.clear(); }}>看最新的情况</Btn></div>}</ProblemNote>;
  return { busy: attempt.busy, send: () => void send(), note };
}

interface PanelProps { state: TriageState; row: TaskRow; openHelp: () => void }
/** The row in focus: its text, why it waits, and what can be done. */
export function TriagePanel({ state, row, openHelp }: PanelProps): ReactNode {
  const { data: doc, problem, reload, set } = useLoad(`case ${row.docId} ${row.submission?.version}`, () => api.show({ id: row.docId }));
  const total = `${state.pages.rows.length}${state.pages.next === null ? '' : '+'}`;
  return <Rail width={396} label="这一件" fixed>
    <div className="rowx sp"><span className="sub num">第 {state.focus + 1} / {total} 件</span>
      <span className="rowx tight"><kbd>J</kbd><kbd>K</kbd><span className="cap">上下</span><kbd>空格</kbd><span className="cap">选中</span><Btn small look="txt" onClick={openHelp} label="看快捷键"><kbd>?</kbd></Btn></span></div>
    {doc ? <Decide key={doc.id} state={state} row={row} doc={doc} fresh={(it) => { if (it) set(it); else reload(); }} /> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
  </Rail>;
}

interface DecideProps { state: TriageState; row: TaskRow; doc: SubmissionView; fresh: (doc: SubmissionView | null) => void }
function Decide({ state, row, doc, fresh }: DecideProps): ReactNode {
  const { catalogue } = useDesk();
  const [act, setAct] = useState<'assign' | 'return' | 'not_adopt' | null>(null);
  const { busy, send, note } = useSend(state, row, doc, fresh);
  const can = deskActsOf(doc.can);
  const may = (it: DeskAct) => can.includes(it);
  const card = doc.routing ?? row.routing;
  const choice = state.choiceFor(row);
  const many = state.picked.size > 0;
  const choose = (it: Choice) => state.choose(row.docId, it);
  const nth = (index: number) => card?.candidates[index]?.committee.id;
  const pick = (index: number) => () => { const id = nth(index); if (id) choose(lead(choice, id)); };
  const join = (index: number) => () => { const id = nth(index); if (id && choice && id !== choice.lead) choose(along(choice, id)); };
  useKeys({ 1: pick(0), 2: pick(1), 3: pick(2), 'shift+1': join(0), 'shift+2': join(1), 'shift+3': join(2), enter: may('assign') && choice && !many ? send : undefined,
    r: may('return') ? () => setAct('return') : undefined, x: may('not_adopt') ? () => setAct('not_adopt') : undefined, m: may('assign') && !many ? () => setAct('assign') : undefined });
  const short = (id: string) => catalogue.committees.find((it) => it.id === id)?.short ?? '';
  const words = choice ? `主送${short(choice.lead)}${choice.co.length > 0 ? `，协送${choice.co.map(short).join('、')}` : ''}` : '先按 1–3 选主送的专委会';
  return <>
    <Text doc={doc} />
    {card && <Candidates card={card} choice={choice} choose={choose} />}
    <div className="col bottom">{note}
      {may('assign') && <div className="rowx"><Btn grow look={many || !choice ? 'line' : 'pri'} hotkey={choice && !many ? '↵' : undefined} busy={busy} disabled={!choice} onClick={send}>{words}</Btn></div>}
      <div className="rowx">
        {may('assign') && <Btn grow hotkey={many ? undefined : 'M'} onClick={() => setAct('assign')}>改送…</Btn>}
        {may('return') && <Btn grow hotkey="R" onClick={() => setAct('return')}>{actWords(doc.kind, 'return')}</Btn>}
        {may('not_adopt') && <Btn grow hotkey="X" onClick={() => setAct('not_adopt')}>不予采用</Btn>}
      </div>
      {can.length === 0 && <div className="note w">这一件现在是“{doc.stateWords}”，您没有要办的了。</div>}
    </div>
    {act && <ActDialog key={act} doc={doc} act={act} close={() => setAct(null)} fresh={fresh} done={(_, answer) => { setAct(null); state.gone(act, answer); }} />}
  </>;
}
