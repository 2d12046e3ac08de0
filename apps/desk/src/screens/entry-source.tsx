import type { EntryReading, FileView } from '@lvzhi/contracts';
import { recogniseText } from '@lvzhi/domain';
import { Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { newKey } from '../parts/entry-draft.ts';
import type { EntryDraft } from '../parts/entry-draft.ts';
import { FileLink } from '../parts/file-link.tsx';
import { useDesk } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';
import { useRun } from '../platform/run.ts';
import { sendFile } from '../platform/transfer.ts';
import { withAuthor } from './entry-author.tsx';
import type { EntryPart } from './entry-author.tsx';

const isWritten = ({ title, situation, analysis, suggestion }: EntryDraft): boolean => [title, situation, analysis, suggestion].some((text) => text.trim() !== '');
type Read = Pick<EntryReading, 'title' | 'situation' | 'analysis' | 'suggestion' | 'author' | 'left'> & { readonly hints?: readonly string[] };

/** Who is named as the author, where exactly one person bears that name. */
async function authorNamed({ kind, author }: EntryDraft, name: string): Promise<Partial<EntryDraft>> {
  if (author || name === '') return {};
  const { rows } = await api.findEntryAuthors({ kind, query: name });
  const [only, ...others] = rows.filter((it) => it.name === name);
  return only && others.length === 0 ? withAuthor({ id: only.id, name: only.name, note: only.note, proposerKind: only.proposerKind, paperOnly: only.paperOnly }) : {};
}

function Paste({ take, close }: { take: (text: string) => void; close: () => void }): ReactNode {
  const [text, setText] = useState('');
  useCover(true);
  return <Modal open onCancel={close} title="整篇粘贴" width={720} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}><Btn onClick={close}>先不粘贴</Btn><Btn look="pri" disabled={text.trim() === ''} onClick={() => take(text)}>分到各栏</Btn></div>}>
    <div className="col"><p className="sub">按“案由”“一、情况”“二、原因”“三、建议”这样的小标题分到各栏，分好后请再看一遍。</p>
      <Input.TextArea aria-label="整篇文字" autoFocus value={text} onChange={(event) => setText(event.target.value)} autoSize={{ minRows: 12, maxRows: 20 }} /></div></Modal>;
}

interface Sending { readonly what: string; readonly share: number }
/** Three ways in: a Word file, a pasted text, a paper with its picture beside the form. */
export function EntrySource({ draft, change, refill }: EntryPart & { refill: (part: Partial<EntryDraft>) => void }): ReactNode {
  const { catalogue } = useDesk();
  const [sending, setSending] = useState<Sending | null>(null);
  const [pasting, setPasting] = useState(false);
  const [read, setRead] = useState<Read | null>(null);
  const { problem, run, clear } = useRun();
  const [word, paper] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const fill = (it: Read, more: Partial<EntryDraft>) => { refill({ title: it.title, situation: it.situation, analysis: it.analysis, suggestion: it.suggestion, left: it.left, hints: it.hints ?? [], ...more }); setRead(null); };
  // What was typed is not replaced without being asked.
  const offer = (it: Read, more: Partial<EntryDraft>) => { if (isWritten(draft)) { change(more); setRead(it); } else fill(it, more); };
  const send = <T,>(url: string, file: File, what: string) => sendFile<T>(url, file, newKey(), (share) => setSending({ what, share }));
  const takeWord = async (file: File | undefined) => {
    if (!file || sending) return;
    clear();
    const done = await run(async () => {
      const reading = await send<EntryReading>('/entries/read', file, `正在读《${file.name}》`);
      return { reading, source: await send<FileView>('/files', file, '正在保存原件'), author: await authorNamed(draft, reading.author) };
    });
    setSending(null);
    if (word.current) word.current.value = '';
    if (done) offer(done.reading, { source: done.source, ...done.author });
  };
  const takePapers = async (files: readonly File[]) => {
    if (files.length === 0 || sending) return;
    clear();
    const kept: FileView[] = [];
    await run(async () => { for (const [index, file] of files.entries()) kept.push(await send<FileView>('/files', file, `正在上传第 ${index + 1} 张，共 ${files.length} 张`)); });
    setSending(null);
    if (paper.current) paper.current.value = '';
    if (kept.length > 0) change({ papers: [...draft.papers, ...kept] });
  };
  const takeText = (text: string) => { setPasting(false); const it = recogniseText(text, catalogue[draft.kind].limits.title.max); void run(async () => offer(it, await authorNamed(draft, it.author))); };
  return <section className="panel" aria-label="文字从哪里来">
    <div className="rowx wrap"><Btn onClick={() => word.current?.click()} busy={sending !== null}><Icon name="doc" />上传 Word 文件（.docx）</Btn><Btn onClick={() => setPasting(true)}>整篇粘贴</Btn><Btn onClick={() => paper.current?.click()} busy={sending !== null}><Icon name="clip" />上传纸质件照片</Btn>
      <span className="cap">标题和各部分会自动认出来，请核对；照片放在右边，照着录入</span></div>
    <input ref={word} type="file" aria-label="Word 文件" className="unseen" accept=".docx,.doc,.wps" onChange={(event) => void takeWord(event.target.files?.[0])} />
    <input ref={paper} type="file" aria-label="纸质件照片" className="unseen" multiple accept="image/*,.heic,.pdf" onChange={(event) => void takePapers([...event.target.files ?? []])} />
    {sending && <p className="sub num" role="status">{sending.what}，{Math.round(sending.share * 100)}%</p>}
    <ProblemNote problem={problem} />
    {read && <div className="note w" role="alert"><div className="grow">表单里已经有文字。要用刚读出来的替换吗？原来的会被盖掉。<div className="rowx"><Btn small look="line" onClick={() => fill(read, {})}>替换</Btn><Btn small onClick={() => setRead(null)}>留着原来的</Btn></div></div></div>}
    {draft.hints.map((words) => <div className="note w" key={words}><Icon name="info" /><div>{words}</div></div>)}
    {draft.left.length > 0 && <details><summary className="sub">没有放进各栏的 {draft.left.length} 行（表头、联系方式、日期等），不会提交</summary><div className="text small">{draft.left.join('\n')}</div></details>}
    {draft.source && <FileLink file={draft.source} note="原件"><Btn small look="txt" onClick={() => change({ source: null })}>不附原件</Btn></FileLink>}
    {pasting && <Paste take={takeText} close={() => setPasting(false)} />}
  </section>;
}
