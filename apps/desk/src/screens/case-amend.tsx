import type { Amendment, SubmissionView } from '@lvzhi/contracts';
import { instantWords, paragraphsOf, partWords } from '@lvzhi/domain';
import { Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { Labelled } from '../parts/fields.tsx';
import { Empty, Failure, Loading } from '../parts/states.tsx';
import { TextDifferences } from '../parts/text-differences.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { once, useRun } from '../platform/run.ts';
import { AnswerEdits } from './own-edits.tsx';

type Part = keyof typeof partWords;
interface Line { readonly key: string; readonly part: Part; readonly at: number; readonly before: string }
interface Draft { readonly texts: Readonly<Record<string, string>>; readonly whys: Readonly<Record<string, string>>; readonly note: string }

/** Every paragraph that may be changed; blank lines only part them. */
const linesOf = ({ title, text }: SubmissionView): Line[] => (Object.keys(partWords) as Part[]).flatMap((part) =>
  paragraphsOf(part === 'title' ? title : text[part]).flatMap((before, at) => (before.trim() === '' ? [] : [{ key: `${part} ${at}`, part, at, before }])));
const nameOf = ({ part, at }: Pick<Line, 'part' | 'at'>): string => (part === 'title' ? partWords.title : `${partWords[part]}第 ${at + 1} 段`);

/** One paragraph to be mended, with what that changes below it. */
function LineField({ line, draft, change }: { line: Line; draft: Draft; change: (patch: Partial<Draft>) => void }): ReactNode {
  const value = draft.texts[line.key] ?? line.before;
  const changed = value.trim() !== line.before.trim();
  return <><Labelled label={nameOf(line)}>{(id) => <Input.TextArea id={id} value={value} autoSize={{ minRows: 1, maxRows: 8 }} onChange={(event) => change({ texts: { ...draft.texts, [line.key]: event.target.value } })} />}</Labelled>
    {changed && <div className="part"><TextDifferences before={line.before} after={value} />
      <Input aria-label={`${nameOf(line)}为什么改`} placeholder="为什么改（可不填，提案人会看到）" maxLength={300} value={draft.whys[line.key] ?? ''} onChange={(event) => change({ whys: { ...draft.whys, [line.key]: event.target.value } })} /></div>}</>;
}

function ProposeEdits({ doc, close, done }: { doc: SubmissionView; close: () => void; done: () => void }): ReactNode {
  const lines = linesOf(doc);
  const act = ({ texts, whys, note }: Draft) => once(`propose_edits ${doc.id}`, {
    id: doc.id, version: doc.version, note,
    changes: lines.flatMap(({ key, part, at, before }) => { const after = texts[key] ?? before; return after.trim() === before.trim() ? [] : [{ part, at, after, why: whys[key] ?? '' }]; }),
  }, api.proposeEdits);
  return <ActModal title="提修改建议" words="请提案人逐段答复" keep="先不提" width={760} draft={{ texts: {}, whys: {}, note: '' } as Draft} act={act} close={close} hint="改哪段写哪段，清空就是删去这段。提案人在手机上逐段同意或保留原文；答复以前不往下办，到期没有答复的按原文。"
    done={() => { announce({ words: '修改建议已送提案人' }); done(); }}>
    {(it, change, wrong) => <>
      {wrong['changes'] && <span className="wrong" role="alert">{wrong['changes']}</span>}
      {lines.map((line) => <LineField key={line.key} line={line} draft={it} change={change} />)}
      <Labelled label="说明" hint="可不填，提案人会看到" wrong={wrong['note']}>{(id) => <Input.TextArea id={id} value={it.note} autoSize={{ minRows: 2, maxRows: 4 }} onChange={(event) => change({ note: event.target.value })} />}</Labelled>
    </>}
  </ActModal>;
}

function Proposed({ it }: { it: Amendment }): ReactNode {
  const now = useNow(60_000);
  const when = (at: string): string => instantWords(new Date(at), now);
  return <section className="part" aria-label={`第 ${it.no} 次修改建议`}>
    <div className="rowx wrap"><b>第 {it.no} 次</b><span className={`tag ${it.outcome === 'asked' ? 'w' : ''}`}>{it.outcomeWords}</span><span className="cap">{it.by} {when(it.proposedAt)} 提出{it.endedAt === null ? '' : ` · ${when(it.endedAt)}`}</span></div>
    {it.note !== '' && <p className="sub">{it.note}</p>}
    {it.changes.map((change) => <div className="col" style={{ gap: 4 }} key={`${change.part} ${change.at}`}><span className="rowx tight"><span className="lab">{nameOf(change)}</span>{change.accepted !== null && <span className={`tag ${change.accepted ? 'o' : ''}`}>{change.accepted ? '同意' : '保留原文'}</span>}{change.why !== '' && <span className="cap">{change.why}</span>}</span>
      <TextDifferences before={change.before} after={change.after} /></div>)}
  </section>;
}

export const hasAmendments = ({ kind, can, timeline }: SubmissionView): boolean => kind === 'proposal' && (can.includes('propose_edits') || timeline.some(({ action }) => action === 'propose_edits'));

/** 修改建议: what was proposed and answered; who may propose does it here. */
export function AmendTab({ doc, again }: { doc: SubmissionView; again: () => void }): ReactNode {
  const { data, problem, reload } = useLoad(`edits ${doc.id} ${doc.version}`, () => api.listAmendments({ id: doc.id }));
  const [proposing, propose] = useState(false);
  const { busy, problem: wrong, run } = useRun();
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />;
  const recall = () => void run(() => api.recallEdits({ id: doc.id, version: doc.version })).then((answer) => { if (answer) { announce({ words: '已收回，按原文继续审查' }); again(); } });
  return <>
    {doc.can.includes('propose_edits') && <div className="rowx"><Btn small onClick={() => propose(true)}>提修改建议…</Btn><span className="cap">逐段提，提案人逐段答复</span></div>}
    {doc.can.includes('recall_edits') && <div className="rowx"><Btn small disabled={busy} onClick={recall}>收回修改建议</Btn><span className="cap">按原文继续审查</span></div>}
    {wrong && <Failure problem={wrong} onRetry={again} />}
    {data.rows.length === 0 ? <Empty title="没有修改建议">要请提案人修改个别段落，又不必整件退回的，在这里提。</Empty> : data.rows.map((it) => (it.outcome === 'asked' && doc.can.includes('answer_edits') ? <AnswerEdits key={it.no} doc={doc} it={it} again={again} /> : <Proposed key={it.no} it={it} />))}
    {proposing && <ProposeEdits doc={doc} close={() => propose(false)} done={() => { propose(false); again(); }} />}
  </>;
}
