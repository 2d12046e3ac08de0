import type { Answer, routes, RuleRow } from '@lvzhi/contracts';
import { dateWords, ruleGroups, ruleGroupWords } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { useLine } from '../parts/line.ts';
import { Failure, Loading } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { go, Link, usePlace, withQuery } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';
import { Calendar } from './calendar.tsx';
import { RuleChanges } from './rule-changes.tsx';
import { RuleDrawer } from './rule-drawer.tsx';

/** All rules with the lists that they speak of. */
export type RulesView = Answer<typeof routes.listRules>;
const tabs = [...ruleGroups.map((group) => ({ tab: group, words: ruleGroupWords[group] })), { tab: 'calendar', words: '日历' }, { tab: 'changes', words: '改动记录' }] as const;

const summary = ({ lines }: RuleRow): string => (lines.length === 0 ? '没有改过' : lines.slice(0, 12).map(({ label, text }) => (/^第 \d+ [项条段]$/.test(label) || lines.length === 1 ? text : `${label} ${text}`)).join('；'));
function Line({ row, today, on, open }: { row: RuleRow; today: string; on: boolean; open: () => void }): ReactNode {
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={open}>
    <td><button type="button" className="name" onClick={(event) => { event.stopPropagation(); open(); }}>{row.words}</button><div className="cap ell" title={row.hint}>{row.hint}</div></td>
    <td><span className="two-lines" title={summary(row)}>{summary(row)}</span></td>
    <td className="num">{row.since ? `${dateWords(row.since, today)}起` : <span className="pending">原来的</span>}</td>
    <td>{row.later > 0 && <span className="tag w">{row.later} 项还没到日子</span>}</td>
  </tr>;
}

function Rows({ view, group }: { view: RulesView; group: string }): ReactNode {
  const place = usePlace();
  const rows = view.rows.filter((row) => row.group === group);
  const open = (name: string | null) => go(withQuery(place, { at: name }), 'replace');
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) open(row.name); });
  useKeys(keys);
  const opened = view.rows.find(({ name }) => name === place.query.get('at'));
  return <><div className="panel flush"><div className="scroll"><table aria-label="规则"><colgroup><col style={{ width: 260 }} /><col /><col style={{ width: 120 }} /><col style={{ width: 130 }} /></colgroup>
    <thead><tr><th>规则</th><th>现在</th><th>什么时候起</th><th>以后</th></tr></thead>
    <tbody>{rows.map((row, index) => <Line key={row.name} row={row} today={view.today} on={index === at} open={() => open(row.name)} />)}</tbody></table></div></div>
    {opened && <RuleDrawer key={opened.name} name={opened.name} view={view} close={() => open(null)} />}</>;
}

/** 规则与日历: what the office decides about a term, from which day on, and what it was before. */
export function Rules(): ReactNode {
  const place = usePlace();
  const { data: view, problem, reload } = useLoad('rules', () => api.listRules({}), moved.use());
  const tab = tabs.find((it) => it.tab === place.query.get('tab'))?.tab ?? 'limits';
  return <Frame crumb={<><h1>规则与日历</h1><span>改了的从选定的一天起算，改前改后都记着</span></>}>
    <nav className="tabs" aria-label="规则的种类">{tabs.map((it) => <Link key={it.tab} to={withQuery(place, { tab: it.tab === 'limits' ? null : it.tab, at: null, year: null })} current={it.tab === tab}>{it.words}</Link>)}</nav>
    {view?.warning && <div className="note w" role="note"><Icon name="alert" /><div className="grow">{view.warning}{tab !== 'calendar' && <> <Link className="more-link" to={withQuery(place, { tab: 'calendar', at: null })}>去日历</Link></>}</div></div>}
    {!view ? problem ? <Failure problem={problem} onRetry={reload} /> : <Loading /> : tab === 'calendar' ? <Calendar view={view} /> : tab === 'changes' ? <RuleChanges today={view.today} /> : <Rows view={view} group={tab} />}
  </Frame>;
}
