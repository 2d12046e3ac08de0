import type { EditionView, IssueView, SubmissionView } from '@lvzhi/contracts';
import { instantWords, lengthOf } from '@lvzhi/domain';
import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { BulletinTools } from '../parts/bulletin.tsx';
import { Btn } from '../parts/button.tsx';
import { useDesk } from '../parts/frame.tsx';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { TextDifferences } from '../parts/text-differences.tsx';
import { useAutosave } from '../parts/use-autosave.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';

/** There is an edited text, or there will be. */
export const hasEdition = ({ kind, state }: SubmissionView): boolean => kind === 'opinion' && !['draft', 'submitted', 'first_review', 'returned', 'not_adopted'].includes(state);
const consentWords: Readonly<Partial<Record<EditionView['consent'], string>>> = { needed: '送审前要征求反映人意见', given: '反映人已同意', refused: '反映人不同意', lapsed: '征求过意见，反映人到期没有回复' };

interface EditedText { readonly series: string; readonly title: string; readonly body: string }
const textOf = ({ series, title, body }: EditionView): EditedText => ({ series: series.code, title, body });

function Issues({ issues }: { issues: readonly IssueView[] }): ReactNode {
  const now = useNow(60_000);
  return issues.map((it) => <div className={`note ${it.recalled ? 'w' : ''}`} key={it.id} style={{ marginBottom: 10 }}><div className="grow">
    <b>《{it.series.name}》{it.numberWords}</b>{it.recalled && ' 已收回'}<div className="cap num">{instantWords(new Date(it.issuedAt), now)} 签发 {it.signer} · 审核 {it.checker} · 编辑 {it.editor}{it.reason && ` · 收回原因：${it.reason}`}</div></div><BulletinTools issue={it} /></div>);
}

/** 修改 and 与原文对照; the original is never changed. */
function Compare({ edition, title, body }: { edition: EditionView; title: string; body: string }): ReactNode {
  return <div className="col" style={{ gap: 8 }}><p className="cap"><del className="out">删去的</del> <ins className="in">加上的</ins>　原文不变，反映人看得到的仍是自己写的。</p>
    <h3><TextDifferences before={edition.original.title} after={title} /></h3><TextDifferences before={edition.original.body} after={body} /></div>;
}

function Editor({ edition, changed }: { edition: EditionView; changed: (edition: EditionView) => void }): ReactNode {
  const { catalogue } = useDesk();
  const now = useNow(60_000);
  const send = async (text: EditedText, version: number) => { const { edition: now } = await api.saveEdition({ id: edition.docId, version, ...text }); return { version: now.version, savedAt: now.savedAt, answer: now }; };
  const { text, phase, savedAt, problem, change, save, settle } = useAutosave({ text: textOf(edition), version: edition.version, savedAt: edition.savedAt }, send, changed);
  const [view, setView] = useState<'write' | 'compare'>('write');
  const theirs = problem?.kind === 'stale' ? (problem.current as EditionView) : null;
  const words = { saved: savedAt === null ? '' : `已保存 ${instantWords(new Date(savedAt), now)}`, typing: '正在输入…', sending: '正在保存…', failed: '没有保存，您写的还在' }[phase];
  return <div className="col" style={{ gap: 10 }}>
    <div className="rowx wrap"><Segmented aria-label="怎么看" options={[{ value: 'write', label: '修改' }, { value: 'compare', label: '与原文对照' }]} value={view} onChange={setView} />
      <Select aria-label="编发的刊物" style={{ width: 170 }} options={catalogue.opinion.series.map(({ code, name }) => ({ value: code, label: `《${name}》` }))} value={text.series} onChange={(series) => change({ series })} />
      <span className="cap push num" role="status">{words} · 正文 {lengthOf(text.body)} 字</span></div>
    <ProblemNote problem={problem}>{theirs ? <div className="rowx wrap"><Btn small onClick={() => settle(text, theirs.version)}>以我写的为准</Btn><Btn small onClick={() => settle(textOf(theirs), theirs.version)}>改用{theirs.savedBy}保存的</Btn></div> : problem && <div><Btn small look="txt" onClick={save}>再保存一次</Btn></div>}</ProblemNote>
    {theirs && <div className="part"><span className="lab">{theirs.savedBy}保存的和您写的，不同在这里</span><TextDifferences before={theirs.body} after={text.body} /></div>}
    {view === 'compare' ? <Compare edition={edition} title={text.title} body={text.body} /> : <>
      <Input aria-label="编发标题" value={text.title} maxLength={120} onChange={(event) => change({ title: event.target.value })} onBlur={save} style={{ fontSize: 16, fontWeight: 600 }} />
      <Input.TextArea aria-label="编发正文" value={text.body} onChange={(event) => change({ body: event.target.value })} onBlur={save} autoSize={{ minRows: 12 }} style={{ fontSize: 15, lineHeight: 1.75 }} /></>}
  </div>;
}

function Reader({ edition }: { edition: EditionView }): ReactNode {
  const [view, setView] = useState<'read' | 'compare'>('read');
  return <div className="col" style={{ gap: 10 }}><div className="rowx wrap"><Segmented aria-label="怎么看" options={[{ value: 'read', label: '编辑稿' }, { value: 'compare', label: '与原文对照' }]} value={view} onChange={setView} /><span className="tag">《{edition.series.name}》</span><span className="cap push num">{lengthOf(edition.body)} 字</span></div>
    {view === 'compare' ? <Compare edition={edition} title={edition.title} body={edition.body} /> : <><h3>{edition.title}</h3><div className="text">{edition.body}</div></>}</div>;
}

/** 编辑稿: written by whoever took the report, read and compared by everybody else who may see it. `again`: what the reporter had answered to was changed, so the case itself did. */
export function EditionTab({ doc, again }: { doc: SubmissionView; again: () => void }): ReactNode {
  const { data, problem, reload } = useLoad(`edition ${doc.id} ${doc.version}`, () => api.showEdition({ id: doc.id }));
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />;
  const { edition, issues } = data;
  return <><Issues issues={issues} />
    {!edition ? <Empty title="还没有编辑稿">{doc.can.includes('take') ? '点“领办”，从原文开始编辑。' : '编辑领办以后，编辑稿会在这里。'}</Empty> : <>
      {consentWords[edition.consent] && <p className="sub" style={{ marginBottom: 8 }}>{consentWords[edition.consent]}{edition.objection && `：“${edition.objection}”`}</p>}
      {edition.mayEdit ? <Editor key={`${doc.id} write`} edition={edition} changed={(it) => { if (it.consent !== edition.consent) again(); }} /> : <Reader edition={edition} />}</>}</>;
}
