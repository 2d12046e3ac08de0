import type { PublicationRow, PublicationView } from '@lvzhi/contracts';
import { choiceWords, publicationActionWords } from '@lvzhi/domain';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { TextBox } from '../parts/fields.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { useLine } from '../parts/line.ts';
import { Rail } from '../parts/rail.tsx';
import { caseHref, publicationGroupIn, publicationGroups } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { go, Link, usePlace, withQuery } from '../platform/route.ts';
import { once } from '../platform/run.ts';

const acts = ['publish', 'ask_publication', 'refresh_publication', 'withdraw_publication'] as const;
type Act = (typeof acts)[number];
const forms: Readonly<Record<Act, { readonly keep: string; readonly hint: string; readonly done: string }>> = {
  ask_publication: { keep: '先不征求', hint: '没有答复过的提案人在自己手机上答复，都同意了才能审核公开。', done: '已征求提案人' }, publish: { keep: '先不公开', hint: '公开的就是左边这些，没有账号的人也看得到。提案人会收到通知。', done: '已公开' },
  refresh_publication: { keep: '先不更新', hint: '公开的换成左边这些，例如有了新的答复。', done: '已更新' }, withdraw_publication: { keep: '先不撤回', hint: '马上看不到，提案人会收到通知，看到理由。', done: '已撤回公开' },
};
function perform(act: Act, { proposalId: id, version }: PublicationView, note: string): Promise<{ doc: PublicationView }> {
  switch (act) {
    case 'ask_publication': return once(act, { id, version }, api.askPublication);
    case 'publish': return once(act, { id, version }, api.publish);
    case 'refresh_publication': return once(act, { id, version }, api.refreshPublication);
    case 'withdraw_publication': return once(act, { id, version, note }, api.withdrawPublication);
  }
}

function Acts({ it, set }: { it: PublicationView; set: (it: PublicationView) => void }): ReactNode {
  const [act, choose] = useState<Act | null>(null);
  const can = acts.filter((one) => it.can.includes(one));
  return <><div className="foot wrap" role="group" aria-label="可以做的">{can.length === 0 && <span className="sub rowx tight"><Icon name="info" />{it.waiting.length > 0 ? `等${it.waiting.join('、')}答复` : it.stateWords}</span>}{it.due && <DeadlineChip due={it.due} />}
    {can.map((one, index) => <Btn key={one} look={index === 0 ? 'pri' : 'line'} onClick={() => choose(one)}>{publicationActionWords[one]}</Btn>)}</div>
    {act && <ActModal key={act} title={`${publicationActionWords[act]}：${it.title}`} words={publicationActionWords[act]} keep={forms[act].keep} hint={forms[act].hint} draft={{ note: '' }} act={({ note }) => perform(act, it, note)} close={() => choose(null)}
      done={({ doc }) => { announce({ words: `${forms[act].done}：${doc.title}` }); choose(null); set(doc); }}>{(draft, change, wrong) => act === 'withdraw_publication' && <TextBox label="理由" value={draft.note} change={(note) => change({ note })} wrong={wrong['note']} />}</ActModal>}</>;
}

const parts = [['情况', 'situation'], ['分析', 'analysis'], ['建议', 'suggestion']] as const;
/** What goes out, before it does. */
function Preview({ id, from, changed }: { id: string; from: string; changed: () => void }): ReactNode {
  const { data: it, problem, reload, set } = useLoad(`publication ${id}`, () => api.showPublication({ id }));
  if (!it) return problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />;
  const { goesOut } = it;
  return <div className="col grow" style={{ minHeight: 0 }}><div className="col grow scroll" style={{ gap: 12, padding: 16 }}>
    <div className="rowx wrap"><StateTag state={it.state ?? ''} words={it.stateWords} />{goesOut.struck > 0 && <span className="tag b num">略去联系方式 {goesOut.struck} 处</span>}<Link to={caseHref(it.proposalId, from)}>看提案</Link></div>
    {it.version === 0 && it.said.some(({ choice }) => choice !== null) && <p className="sub">提案人提交时：{it.said.map(({ name, choice }) => `${name}${choice ? `${choiceWords[choice]}公开` : '没有填'}`).join('，')}</p>}
    {it.note !== '' && <div className="note w"><Icon name="info" /><div><b>撤回的理由</b><p>{it.note}</p></div></div>}
    <h2>{goesOut.title}</h2><p className="sub">{goesOut.caseNo} · 提案人 {goesOut.authors}</p>
    {parts.map(([name, part]) => goesOut[part] !== '' && <section key={part}><span className="lab">{name}</span><p style={{ whiteSpace: 'pre-wrap' }}>{goesOut[part]}</p></section>)}
    {goesOut.replies.map((reply) => <section key={reply.unit} className="panel"><h3>{reply.unit}的答复</h3><p className="cap">{[reply.docNo, reply.on, reply.classWords].filter(Boolean).join(' · ')}</p><p style={{ whiteSpace: 'pre-wrap' }}>{reply.body}</p></section>)}
    {it.held.map(({ unit, why }) => <p key={unit} className="sub rowx tight"><Icon name="lock" />{unit}的答复不公开：{why}</p>)}
  </div><Acts it={it} set={(fresh) => { set(fresh); changed(); }} /></div>;
}

function Line({ row, on, choose }: { row: PublicationRow; on: boolean; choose: () => void }): ReactNode {
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={choose}><td className="num">{row.caseNo}</td><td><button type="button" className="btn txt ell title" onClick={choose}>{row.title}</button><div className="cap ell">{row.authors}</div></td><td><StateTag state={row.state ?? ''} words={row.stateWords} /></td></tr>;
}

/** 提案公开: which are asked about, which are out; beside the list, what goes out. */
export function Publications(): ReactNode {
  const place = usePlace();
  const group = publicationGroupIn(place.query);
  const chosen = place.query.get('at');
  const pages = usePages(`publications ${group}`, (after, limit) => api.listPublications({ group, limit, ...(after !== undefined && { after }) }));
  const { rows, next } = pages;
  const choose = (id: string | undefined) => { if (id !== undefined) go(withQuery(place, { at: id }), 'replace'); };
  const { at, keys } = useLine(rows.length, (index) => choose(rows[index]?.proposalId));
  useKeys(keys);
  useEffect(() => { remember(place.href, rows.map(({ proposalId }) => proposalId), next === null); }, [place.href, rows, next]);
  return <Frame split crumb={<><h1>提案公开</h1><span>提案人同意、提案委审核以后公开</span></>}>
    <div className="pane"><div className="col grow scroll" style={{ padding: 16, gap: 12 }}>
      <nav className="tabs" aria-label="按公开情况">{publicationGroups.map(({ code, words }) => <Link key={code} to={withQuery(place, { group: code === 'candidates' ? null : code, at: null })} current={code === group}>{words}</Link>)}</nav>
      <div className="panel flush"><div className="scroll">{pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} /> : rows.length === 0 ? <Empty title="没有">立案的提案可以征求提案人同意公开。</Empty>
        : <table aria-label="提案公开"><colgroup><col style={{ width: 150 }} /><col /><col style={{ width: 120 }} /></colgroup><thead><tr><th>案号</th><th>提案</th><th>现在</th></tr></thead><tbody>{rows.map((row, index) => <Line key={row.proposalId} row={row} on={row.proposalId === chosen || chosen === null && index === at} choose={() => choose(row.proposalId)} />)}</tbody></table>}
        {rows.length > 0 && <ProblemNote problem={pages.problem} />}{next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}</div></div>
    </div></div>
    <Rail width={560} label="公开出去的样子">{chosen === null ? <Empty title="选一件看公开出去的样子">联系方式会自动略去，单位没有主动公开的答复不在里面。</Empty> : <Preview key={chosen} id={chosen} from={place.href} changed={pages.reload} />}</Rail>
  </Frame>;
}
