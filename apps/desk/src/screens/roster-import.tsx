import type { RosterImportView } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import type { RosterField } from '@lvzhi/domain';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { problemOf } from '../platform/problem.ts';
import { go, Link, usePlace, withQuery } from '../platform/route.ts';
import { useRun } from '../platform/run.ts';
import { moved } from '../platform/signal.ts';
import { saveFile, sendFile } from '../platform/transfer.ts';
import { ImportRows } from './roster-import-rows.tsx';

const fieldWords: Readonly<Record<RosterField, string>> = { id: '编号', name: '姓名', phone: '手机号', sector: '界别', town: '镇街', unit: '单位职务', title: '职务', party: '中共党员', standing: '常委', posts: '政协职务' };
const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const save = async (url: string, name: string) => { try { await saveFile(url, name); } catch (error) { announce({ words: `没有下载：${problemOf(error).reason}` }); } };

/** What is going on with the file: how much has been sent, then that it is being read. */
function Progress({ share }: { share: number }): ReactNode {
  const words = share < 1 ? `正在上传 ${Math.round(share * 100)}%` : '已上传，正在逐行核对。五千行大约几秒';
  return <div role="status" aria-live="polite" className="col" style={{ gap: 6 }}><div className={`meter ${share < 1 ? '' : 'working'}`} role="progressbar" aria-valuenow={Math.round(share * 100)} aria-valuemin={0} aria-valuemax={100} aria-label="上传"><i style={{ width: `${Math.round(share * 100)}%` }} /></div><p className="sub num">{words}</p></div>;
}

function Choose({ done }: { done: (id: string) => void }): ReactNode {
  const [share, setShare] = useState<number | null>(null);
  const [over, setOver] = useState(false);
  const { problem, run, clear } = useRun();
  const input = useRef<HTMLInputElement>(null);
  const send = async (file: File | undefined) => {
    if (!file || share !== null) return;
    clear();
    setShare(0);
    const answer = await run(() => sendFile<{ id: string }>('/roster/imports', file, newKey(), setShare));
    setShare(null);
    if (input.current) input.current.value = '';
    if (answer) done(answer.id);
  };
  return <section className={`panel drop ${over ? 'over' : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={(event) => { event.preventDefault(); setOver(false); void send(event.dataTransfer.files[0]); }}>
    <div className="rowx" style={{ alignItems: 'flex-start', gap: 24 }}>
      <div className="col grow">
        <h2>选一个名册文件</h2>
        <p className="sub">可以是 .xlsx 或 .csv（UTF-8、GBK 都可以）。列名不用改成一样的，“手机”“联系电话”都认得；要有姓名和界别。</p>
        <p className="sub">先逐行核对给您看，您确认以前一行也不写入名册。导入只增加和更新，不删除人，也不取消职务。</p>
        {share === null ? <div className="rowx"><Btn look="pri" onClick={() => input.current?.click()}>选择文件</Btn><Btn onClick={() => void save('/roster/template', '委员名册模板.xlsx')}>下载模板</Btn><span className="cap">也可以把文件拖到这里</span></div> : <Progress share={share} />}
        <input ref={input} type="file" aria-label="名册文件" className="unseen" accept=".xlsx,.csv,.txt" onChange={(event) => void send(event.target.files?.[0])} />
        <ProblemNote problem={problem} />
      </div>
    </div>
  </section>;
}

const stateWords = { previewed: '待导入', applied: '已导入', dropped: '没有导入' } as const;
function Earlier({ open }: { open: (id: string) => void }): ReactNode {
  const now = useNow(60_000);
  const { data } = useLoad('imports', () => api.listImports({ limit: 10 }), moved.use());
  if (!data || data.rows.length === 0) return null;
  return <section className="panel flush"><table aria-label="导入过的文件"><colgroup><col /><col style={{ width: 150 }} /><col style={{ width: 110 }} /><col style={{ width: 320 }} /><col style={{ width: 100 }} /></colgroup>
    <thead><tr><th>文件</th><th>上传时间</th><th>上传人</th><th>结果</th><th>状态</th></tr></thead>
    <tbody>{data.rows.map((it) => <tr key={it.id} onClick={() => open(it.id)}><td><button type="button" className="name ell" onClick={(event) => { event.stopPropagation(); open(it.id); }}>{it.fileName}</button></td><td className="num">{instantWords(new Date(it.madeAt), now)}</td><td>{it.by.name}</td><td className="num">新增 {it.counts.new}，变更 {it.counts.changed}，不变 {it.counts.unchanged}，不导入 {it.counts.left_out}</td><td><span className={`tag ${it.state === 'applied' ? 'o' : it.state === 'previewed' ? 'b' : ''}`}>{stateWords[it.state]}</span></td></tr>)}</tbody></table></section>;
}

function Columns({ doc }: { doc: RosterImportView }): ReactNode {
  return <p className="sub">读到的列：{doc.used.map(({ field, head, column }) => `${fieldWords[field]}（${column} 列“${head}”）`).join('、')}。{doc.unused.length > 0 && <>没有用到：{doc.unused.join('、')}。</>}</p>;
}

function Preview({ id, back }: { id: string; back: () => void }): ReactNode {
  const turn = moved.use();
  const { data: doc, problem: missing, reload, set } = useLoad(`import ${id}`, () => api.showImport({ id }), turn);
  const { busy, problem, run } = useRun();
  if (!doc) return missing ? <Failure problem={missing} onRetry={reload} back={<Btn onClick={back}>另选文件</Btn>} /> : <Loading />;
  const { counts, state } = doc;
  const doing = counts.new + counts.changed;
  const apply = async () => {
    const answer = await run(() => api.applyImport({ id, version: doc.version }));
    if (answer) { set(answer.doc); announce({ words: `已导入：新增 ${counts.new} 位，更新 ${counts.changed} 位` }); } else reload();
  };
  const drop = async () => { const answer = await run(() => api.dropImport({ id })); if (answer) { announce({ words: '没有导入，名册没有变' }); back(); } };
  return <>
    <section className="panel" style={{ gap: 8 }}>
      <div className="rowx sp wrap"><div className="rowx wrap"><h2>{doc.fileName}</h2><span className={`tag ${state === 'applied' ? 'o' : 'b'}`}>{stateWords[state]}</span></div>
        <div className="rowx">{counts.left_out > 0 && state !== 'dropped' && <Btn onClick={() => void save(`/roster/imports/${id}/left-out`, '没有导入的行.xlsx')}>下载不导入的 {counts.left_out} 行</Btn>}
          {state === 'previewed' ? <><Btn disabled={busy} onClick={() => void drop()}>放弃这个文件</Btn><Btn look="pri" busy={busy} disabled={doing === 0} onClick={() => void apply()}>{busy ? `正在写入 ${doing} 行` : doing === 0 ? '没有要导入的行' : `导入 ${doing} 行`}</Btn></> : <Btn onClick={back}>另选文件</Btn>}</div></div>
      {busy && <div className="meter working" role="progressbar" aria-label="正在写入"><i style={{ width: '100%' }} /></div>}
      <Columns doc={doc} />
      {state === 'applied' && <div className="note"><Icon name="checkc" />新增 {counts.new} 位，更新 {counts.changed} 位，{counts.unchanged} 位没有变化{counts.left_out > 0 && `；${counts.left_out} 行没有导入，改好以后可以再导`}。</div>}
      <ProblemNote problem={problem} />
    </section>
    {state !== 'dropped' && <ImportRows doc={doc} set={set} />}
  </>;
}

/** The import of a roster: a file, its preview line by line, then all of it or nothing. `home`: where one came from. */
export function RosterImport({ home }: { home: '/roster' | '/start' }): ReactNode {
  const place = usePlace();
  const id = place.query.get('file');
  const open = (file: string | null) => go(withQuery(place, { file, verdict: null }));
  return <Frame crumb={<><Link to={home}>{home === '/roster' ? '委员名册' : '开始使用'}</Link><Icon name="right" /><h1>导入名册</h1></>}>
    {id ? <Preview key={id} id={id} back={() => open(null)} /> : <><Choose done={open} /><Earlier open={open} /></>}
  </Frame>;
}
