import type { AccountRow } from '@lvzhi/contracts';
import { bodyKinds, bodyKindWords, instantWords } from '@lvzhi/domain';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Filter } from '../parts/fields.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { useLine } from '../parts/line.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { problemOf } from '../platform/problem.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';
import { saveFile } from '../platform/transfer.ts';
import { AccountDrawer } from './account-drawer.tsx';
import { CreateAccount } from './account-forms.tsx';
import { Bodies } from './bodies.tsx';

const states = { all: '全部', active: '正常', disabled: '已停用', none: '没有账号' } as const;
type State = keyof typeof states;

function Line({ row, on, open }: { row: AccountRow; on: boolean; open: () => void }): ReactNode {
  const now = useNow(60_000);
  const look = { active: 'o', disabled: 'x', none: '' }[row.state];
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={open}>
    <td><button type="button" className="name" onClick={(event) => { event.stopPropagation(); open(); }}>{row.name}</button>{row.isMember && <div className="cap">委员</div>}</td>
    <td><span className="two-lines" title={row.unitTitle}>{row.unitTitle}</span></td>
    <td><span className="two-lines" title={row.posts.join('、')}>{row.posts.join('、') || <span className="pending">没有职务</span>}</span></td>
    <td className="num ell">{row.login ?? ''}</td>
    <td><span className={`tag ${look}`}>{states[row.state]}</span></td>
    <td className="num">{row.signedInAt ? instantWords(new Date(row.signedInAt), now) : row.login ? <span className="pending">从未登录</span> : ''}</td>
  </tr>;
}

function People(): ReactNode {
  const place = usePlace();
  const turn = moved.use();
  const [state, post, q] = [(Object.keys(states) as State[]).find((it) => it === place.query.get('state')) ?? 'all', place.query.get('post') ?? '', place.query.get('q') ?? ''];
  const { data: choices } = useLoad('account choices', () => api.listAccountChoices({}), turn);
  const known = choices?.posts.find((it) => it.post === post);
  const pages = usePages(`accounts ${state} ${post} ${q}`, (after, limit) => api.listAccounts({ state, query: q, limit: Math.max(limit, 50), ...(known && { post: known.post }), ...(after !== undefined && { after }) }), turn);
  const [typed, setTyped] = useState(q);
  useEffect(() => {
    if (typed.trim() === q) return undefined;
    const timer = setTimeout(() => go(withQuery(place, { q: typed.trim() }), 'replace'), 300);
    return () => clearTimeout(timer);
  }, [typed, q, place]);
  const { rows, next } = pages;
  const open = (id: string | null) => go(withQuery(place, { at: id }), 'replace');
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) open(row.id); });
  useKeys(keys);
  const opened = place.query.get('at');
  return <>
    <div className="rowx sp wrap">
      <nav className="tabs" aria-label="按状态">{(Object.keys(states) as State[]).map((it) => <Link key={it} to={withQuery(place, { state: it === 'all' ? null : it, at: null })} current={it === state}>{states[it]}</Link>)}</nav>
      <div className="rowx wrap"><Input allowClear style={{ width: 200 }} aria-label="找姓名、账号或单位" placeholder="姓名、账号或单位" value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Filter label="全部职务" width={180} value={post} options={(choices?.posts ?? []).map((it) => ({ value: it.post, label: it.words }))} change={(value) => go(withQuery(place, { post: value, at: null }), 'replace')} /></div>
    </div>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} /> : rows.length === 0 ? <Empty title="没有符合条件的人"><Link to="/accounts" className="btn">看全部</Link></Empty>
        : <table aria-label="工作人员和账号"><colgroup><col style={{ width: 120 }} /><col /><col style={{ width: '28%' }} /><col style={{ width: 140 }} /><col style={{ width: 100 }} /><col style={{ width: 130 }} /></colgroup>
          <thead><tr><th>姓名</th><th>单位职务</th><th>职务</th><th>账号</th><th>状态</th><th>最近登录</th></tr></thead>
          <tbody>{rows.map((row, index) => <Line key={row.id} row={row} on={index === at} open={() => open(row.id)} />)}</tbody></table>}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {opened && choices && <AccountDrawer key={opened} id={opened} choices={choices} close={() => open(null)} />}
  </>;
}

const kinds = bodyKinds.filter((kind) => kind !== 'cppcc');
async function save(): Promise<void> {
  try { await saveFile('/accounts/export', '账号和职务.xlsx'); } catch (error) { announce({ words: `没有导出：${problemOf(error).reason}` }); }
}

/** 单位与账号: who works at the desk, and the bodies that hold posts and documents. */
export function Accounts(): ReactNode {
  const place = usePlace();
  const kind = kinds.find((it) => it === place.query.get('kind'));
  const [creating, setCreating] = useState(false);
  const [adding, setAdding] = useState(false);
  const { data: choices } = useLoad('account choices', () => api.listAccountChoices({}), moved.use());
  useKeys({ n: kind ? () => setAdding(true) : () => setCreating(true) });
  return <Frame crumb={<h1>单位与账号</h1>} tools={kind ? <Btn look="pri" hotkey="N" onClick={() => setAdding(true)}><Icon name="plus" />增加{bodyKindWords[kind]}</Btn>
    : <><Btn onClick={() => void save()}>导出</Btn><Btn look="pri" hotkey="N" onClick={() => setCreating(true)}><Icon name="plus" />登记工作人员</Btn></>}>
    <nav className="tabs" aria-label="看什么"><Link to="/accounts" current={!kind}>人员和账号</Link><span className="rule-left" aria-hidden="true" />{kinds.map((it) => <Link key={it} to={hrefOf('/accounts', { kind: it })} current={it === kind}>{bodyKindWords[it]}</Link>)}</nav>
    {kind ? <Bodies key={kind} kind={kind} adding={adding} setAdding={setAdding} /> : <People />}
    {creating && choices && <CreateAccount choices={choices} close={() => setCreating(false)} done={(doc) => { setCreating(false); announce({ words: `已登记 ${doc.name}` }); go(hrefOf('/accounts', { at: doc.id })); }} />}
  </Frame>;
}
