import type { MemberRow } from '@lvzhi/contracts';
import { Dropdown, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { choicesOf, Filter } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { HelpSheet } from '../parts/help.tsx';
import { Icon } from '../parts/icons.tsx';
import { useLine } from '../parts/line.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { Views } from '../parts/views.tsx';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { problemOf } from '../platform/problem.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import type { Place } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';
import { saveFile } from '../platform/transfer.ts';
import { InvitationSheet, InviteDialog } from './invitations.tsx';
import type { Invited } from './invitations.tsx';
import { MemberDrawer } from './member-drawer.tsx';
import { MemberForm } from './member-form.tsx';
import type { RosterFacts } from './member-form.tsx';

type Asked = Pick<Parameters<typeof api.listRoster>[0], 'query' | 'sectorId' | 'townId' | 'committeeId' | 'state' | 'bound'>;
function askedOf({ query }: Place): Asked {
  const [q, sectorId, townId, committeeId, state, bound] = ['q', 'sector', 'town', 'committee', 'state', 'bound'].map((name) => query.get(name) ?? '');
  return { query: q ?? '', ...(sectorId && { sectorId }), ...(townId && { townId }), ...(committeeId && { committeeId }), state: state === 'ended' || state === 'all' ? state : 'active', ...((bound === 'yes' || bound === 'no') && { bound }) };
}
const addressOf = (asked: Asked, whole: boolean): string => hrefOf('/roster/export', { ...asked, ...(whole && { phones: 'whole' }) });
async function save(asked: Asked, whole: boolean): Promise<void> {
  try { await saveFile(addressOf(asked, whole), '委员名册.xlsx'); announce({ words: whole ? '已导出，含完整手机号，已记入审计' : '已导出，手机号隐去中间四位' }); } catch (error) { announce({ words: `没有导出：${problemOf(error).reason}` }); }
}

function Filters({ facts }: { facts: RosterFacts | undefined }): ReactNode {
  const { catalogue } = useDesk();
  const place = usePlace();
  const asked = askedOf(place);
  const [typed, setTyped] = useState(asked.query ?? '');
  const set = (name: string) => (value: string | null) => go(withQuery(place, { [name]: value, at: null }), 'replace');
  useEffect(() => {
    if (typed.trim() === (asked.query ?? '')) return undefined;
    const timer = setTimeout(() => go(withQuery(place, { q: typed.trim() }), 'replace'), 300);
    return () => clearTimeout(timer);
  }, [typed, asked.query, place]);
  const state = asked.state ?? 'active';
  return <div className="rowx sp wrap">
    <nav className="tabs" aria-label="按资格">{([['active', '在任'], ['ended', '已结束'], ['all', '全部']] as const).map(([value, words]) => <Link key={value} to={withQuery(place, { state: value === 'active' ? null : value, at: null })} current={state === value}>{words}</Link>)}</nav>
    <div className="rowx wrap">
      <Input allowClear style={{ width: 180 }} aria-label="找姓名或单位" placeholder="姓名或单位" value={typed} onChange={(event) => setTyped(event.target.value)} />
      <Filter label="全部界别" value={asked.sectorId ?? ''} options={choicesOf(facts?.sectors ?? [])} change={set('sector')} />
      <Filter label="全部镇街" value={asked.townId ?? ''} options={choicesOf(catalogue.towns)} change={set('town')} />
      <Filter label="全部专委会" value={asked.committeeId ?? ''} options={catalogue.committees.map(({ id, short }) => ({ value: id, label: short }))} change={set('committee')} />
      <Filter label="微信绑定" width={120} value={asked.bound ?? ''} options={[{ value: 'yes', label: '已绑定' }, { value: 'no', label: '未绑定' }]} change={set('bound')} />
    </div>
  </div>;
}

function Line({ row, on, open }: { row: MemberRow; on: boolean; open: () => void }): ReactNode {
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={open}>
    <td><button type="button" className="name" onClick={(event) => { event.stopPropagation(); open(); }}>{row.name}</button></td>
    <td className="ell">{row.sector?.name}</td><td className="ell">{row.town?.name}</td>
    <td><span className="two-lines" title={row.unitTitle}>{row.unitTitle}</span></td>
    <td><span className="two-lines" title={row.posts.join('、')}>{row.posts.join('、')}</span></td>
    <td className="num">{row.phone || <span className="pending">没有</span>}</td>
    <td>{row.state === 'ended' ? <span className="tag">{row.endedWords}</span> : row.bound ? <span className="tag o">已绑定</span> : <span className="tag">未绑定</span>}</td>
  </tr>;
}
function Rows({ rows, at, open }: { rows: readonly MemberRow[]; at: number; open: (id: string) => void }): ReactNode {
  return <table aria-label="委员名册"><colgroup><col style={{ width: 120 }} /><col style={{ width: 120 }} /><col style={{ width: 120 }} /><col /><col style={{ width: '20%' }} /><col style={{ width: 130 }} /><col style={{ width: 150 }} /></colgroup>
    <thead><tr><th>姓名</th><th>界别</th><th>镇街</th><th>单位职务</th><th>政协职务</th><th>手机号</th><th>微信</th></tr></thead>
    <tbody>{rows.map((row, index) => <Line key={row.id} row={row} on={index === at} open={() => open(row.id)} />)}</tbody></table>;
}

const keys = [['J / K', '下一位、上一位'], ['↵', '打开这一位'], ['N', '登记委员'], ['?', '看这张表']] as const;

function Tools({ asked, add, invite }: { asked: Asked; add: () => void; invite: () => void }): ReactNode {
  const items = [{ key: 'masked', label: '导出表格，手机号隐去中间四位' }, { key: 'whole', label: '导出表格，含完整手机号（记入审计）' }];
  return <><Views page="roster" /><Btn onClick={() => go('/roster/import')}>导入</Btn>
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void save(asked, key === 'whole') }}><button type="button" className="btn">导出</button></Dropdown>
    <Btn onClick={invite}>发邀请码</Btn><Btn look="pri" hotkey="N" onClick={add}><Icon name="plus" />登记委员</Btn></>;
}

/** 委员名册: who is a member, found by sector, town, committee and name. */
export function Roster(): ReactNode {
  const place = usePlace();
  const turn = moved.use();
  const asked = askedOf(place);
  const facts = useLoad('roster facts', () => api.countRoster({}), turn);
  const pages = usePages(`roster ${JSON.stringify(asked)}`, (after, limit) => api.listRoster({ ...asked, limit: Math.max(limit, 50), ...(after !== undefined && { after }) }), turn);
  const [shown, show] = useState<'add' | 'invite' | 'help' | null>(null);
  const [codes, setCodes] = useState<Invited | null>(null);
  const open = (id: string | null) => go(withQuery(place, { at: id }), 'replace');
  const { rows, next } = pages;
  const { at, keys: line } = useLine(rows.length, (index) => { const row = rows[index]; if (row) open(row.id); });
  useKeys(codes ? {} : { ...line, n: () => show('add'), '?': () => show('help') });
  if (codes) return <InvitationSheet invited={codes} close={() => setCodes(null)} />;
  const opened = place.query.get('at');
  const filtered = hrefOf('', { ...asked, state: null }) !== '';
  return <Frame crumb={<><h1>委员名册</h1>{facts.data && <span className="num">{facts.data.members} 位委员，{facts.data.bound} 位已绑定微信{facts.data.withoutPhone > 0 && `，${facts.data.withoutPhone} 位没有手机号`}</span>}</>} tools={<Tools asked={asked} add={() => show('add')} invite={() => show('invite')} />}>
    <Filters facts={facts.data} />
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title={filtered || asked.state !== 'active' ? '没有符合条件的委员' : '名册还是空的'}>{filtered || asked.state !== 'active' ? <Link to="/roster" className="btn">看全部</Link> : <Link to="/roster/import" className="btn">导入名册</Link>}</Empty>
          : <Rows rows={rows} at={at} open={open} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {opened && facts.data && <MemberDrawer key={opened} id={opened} facts={facts.data} close={() => open(null)} print={setCodes} />}
    {shown === 'add' && facts.data && <MemberForm facts={facts.data} close={() => show(null)} done={(doc) => { show(null); announce({ words: `已登记 ${doc.name}` }); open(doc.id); }} />}
    {shown === 'invite' && facts.data && <InviteDialog days={facts.data.invitationDays} close={() => show(null)} done={(answer) => { show(null); setCodes(answer); }} />}
    <HelpSheet open={shown === 'help'} close={() => show(null)} keys={keys} />
  </Frame>;
}
