import type { DisposalRow } from '@lvzhi/contracts';
import { disposalStates, disposalStateWords, instantWords, kindWords } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { SecretMark } from '../parts/secret-mark.tsx';
import { secretLooks } from '../parts/secret-looks.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { usePages } from '../platform/load.ts';
import { go, Link, usePlace, withQuery } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';
import { SecretDrawer } from './secret-drawer.tsx';

function left({ state, backupsLeft, filesLeft }: DisposalRow): string {
  if (state !== 'carried_out') return '';
  return [filesLeft > 0 && `${filesLeft} 个附件正在清除`, backupsLeft > 0 && `${backupsLeft} 份备份待处理`].filter(Boolean).join('，') || '都处理了';
}

function Rows({ rows, open }: { rows: readonly DisposalRow[]; open: (id: string) => void }): ReactNode {
  const place = usePlace();
  const now = useNow(60_000);
  return <table aria-label="涉密处置"><colgroup><col style={{ width: 190 }} /><col style={{ width: 100 }} /><col style={{ width: 200 }} /><col style={{ width: 110 }} /><col style={{ width: 190 }} /><col style={{ width: 190 }} /><col /></colgroup>
    <thead><tr><th>收件号或编号</th><th>状态</th><th>理由</th><th>提交人</th><th>送核查</th><th>决定</th><th>还要做的</th></tr></thead>
    <tbody>{rows.map((it) => <tr key={it.id} onClick={() => open(it.id)}>
      <td><Link to={withQuery(place, { id: it.id })} className="num">{kindWords[it.kind]}{it.draft ? '草稿' : ''} {it.receiptNo}</Link>{it.title && <div className="cap ell">{it.title}</div>}</td>
      <td><span className={`tag ${secretLooks[it.state]}`}>{it.stateWords}</span></td><td className="ell">{it.reason?.name}</td><td className="ell">{it.author}</td>
      <td><div className="ell">{it.markedBy}</div><div className="cap num">{instantWords(new Date(it.markedAt), now)}</div></td>
      <td>{it.decidedAt !== null && <><div className="ell">{it.decidedBy}</div><div className="cap num">{instantWords(new Date(it.decidedAt), now)}</div></>}</td>
      <td className="wraps">{it.can.includes('carry_out') ? <b>请核查处置</b> : left(it)}</td></tr>)}</tbody></table>;
}

/** 涉密处置: what the office sent to be looked into, what was disposed of, and what is left to do by hand. */
export function Secrets(): ReactNode {
  const { me } = useDesk();
  const place = usePlace();
  const state = disposalStates.find((it) => it === place.query.get('state'));
  const [marking, setMarking] = useState(false);
  const pages = usePages(`disposals ${state ?? ''}`, (after, limit) => api.listDisposals({ limit, ...(state && { state }), ...(after !== undefined && { after }) }), moved.use());
  const { rows, next } = pages;
  const id = place.query.get('id');
  const open = (one: string | null) => go(withQuery(place, { id: one }), 'replace');
  return <Frame crumb={<><h1>涉密处置</h1><span>办公室送核查，安全管理员处置；处置以后不能恢复</span></>} tools={me.can.includes('mark_secrets') && <Btn onClick={() => setMarking(true)}>送涉密核查…</Btn>}>
    <nav className="tabs" aria-label="按状态"><Link to={withQuery(place, { state: null })} current={state === undefined}>全部</Link>{disposalStates.map((it) => <Link key={it} to={withQuery(place, { state: it })} current={it === state}>{disposalStateWords[it]}</Link>)}</nav>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} /> : rows.length === 0 ? <Empty title="没有涉密处置">发现提交的内容涉密的，由办公室在那一件里、按收件号或者按草稿是谁的送核查，安全管理员核查以后处置。</Empty> : <Rows rows={rows} open={open} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {id !== null && <SecretDrawer key={id} id={id} close={() => open(null)} />}
    {marking && <SecretMark close={() => setMarking(false)} done={(it) => { setMarking(false); announce({ words: `已送涉密核查，已封存：${it.receiptNo}` }); open(it.id); }} />}
  </Frame>;
}
