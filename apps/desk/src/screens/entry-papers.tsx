import type { FileView } from '@lvzhi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { FileLink } from '../parts/file-link.tsx';
import { Failure, Loading } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';

function Picture({ file, wide, turn }: { file: FileView; wide: boolean; turn: number }): ReactNode {
  const { data, problem, reload } = useLoad(`picture ${file.id}`, () => api.openFile({ id: file.id }));
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />;
  // The address is good for some minutes; by then the picture is here.
  return <img src={data.url} alt={file.name} className={wide ? 'sheet wide' : 'sheet'} style={{ transform: `rotate(${turn * 90}deg)` }} />;
}

/** The pages of a paper beside the form: one at a time, larger, turned, in order. */
export function EntryPapers({ papers, change }: { papers: readonly FileView[]; change: (papers: readonly FileView[]) => void }): ReactNode {
  const [at, setAt] = useState(0);
  const [wide, setWide] = useState(false);
  const [turn, setTurn] = useState(0);
  const index = Math.min(at, papers.length - 1);
  const file = papers[index];
  if (!file) return null;
  const swap = (other: number) => { const next = [...papers]; next[index] = papers[other] ?? file; next[other] = file; change(next); setAt(other); };
  return <aside className="rail papers" aria-label="纸质件">
    <div className="rowx sp wrap"><b>纸质件</b><div className="rowx tight"><Btn small onClick={() => setWide(!wide)}>{wide ? '缩小' : '放大'}</Btn><Btn small onClick={() => setTurn((turn + 1) % 4)}>转一下</Btn></div></div>
    <nav className="tabs" aria-label="第几页">{papers.map((it, page) => <button type="button" key={it.id} aria-current={page === index || undefined} onClick={() => { setAt(page); setTurn(0); }}>第 {page + 1} 页</button>)}</nav>
    <div className="scroll grow">{file.picture ? <Picture key={file.id} file={file} wide={wide} turn={turn} /> : <FileLink file={file} />}</div>
    <div className="rowx tight wrap"><Btn small disabled={index === 0} onClick={() => swap(index - 1)}>往前移</Btn><Btn small disabled={index === papers.length - 1} onClick={() => swap(index + 1)}>往后移</Btn><Btn small look="txt" onClick={() => change(papers.filter(({ id }) => id !== file.id))}>删去这一页</Btn></div>
  </aside>;
}
