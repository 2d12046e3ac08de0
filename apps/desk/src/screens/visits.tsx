import type { VisitRow } from '@lvzhi/contracts';
import type { VisitState } from '@lvzhi/domain';
import { dateOf, dateWords, timeOf, visitStates, visitStateWords, weekdayOf, weekdayWords } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { clockWords } from '../parts/civil-input.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { HelpSheet } from '../parts/help.tsx';
import { Icon } from '../parts/icons.tsx';
import { useLine } from '../parts/line.ts';
import { saveList } from '../parts/list-tools.tsx';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { Views } from '../parts/views.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import type { Page } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';
import { Coverage } from './coverage.tsx';
import { VisitDrawer } from './visit-drawer.tsx';
import { VisitForm } from './visit-form.tsx';

function Day({ on }: { on: string }): ReactNode {
  const today = dateOf(useNow(60_000));
  return <tr className="day"><td colSpan={6}>{dateWords(on, today)} {weekdayWords(weekdayOf(on))}{on === today && ' · 今天'}</td></tr>;
}

function Line({ row, on, open }: { row: VisitRow; on: boolean; open: () => void }): ReactNode {
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={open}>
    <td className="num">{clockWords(timeOf(new Date(row.startsAt)))}</td>
    <td><button type="button" className="name" onClick={(event) => { event.stopPropagation(); open(); }}>{row.member.name}</button><div className="cap ell">{row.member.note}</div></td>
    <td><div className="ell">{row.form.name} · {row.minutes} 分钟</div><div className="cap ell">{row.place}</div></td>
    <td className="ell">{row.leaders.map(({ name }) => name).join('、')}</td>
    <td><StateTag state={row.state} words={row.stateWords} />{row.proposed && <div className="cap num ell">改到 {row.proposed.whenWords}</div>}</td>
    <td>{row.due && (row.state === 'notified' || row.state === 'proposed' || row.due.tone === 'overdue') && <DeadlineChip due={row.due} />}</td>
  </tr>;
}

function Rows({ rows, at, open }: { rows: readonly VisitRow[]; at: number; open: (row: VisitRow) => void }): ReactNode {
  return <table aria-label="走访安排"><colgroup><col style={{ width: 84 }} /><col style={{ width: '22%' }} /><col /><col style={{ width: '16%' }} /><col style={{ width: 190 }} /><col style={{ width: 176 }} /></colgroup>
    <thead><tr><th>时间</th><th>委员</th><th>形式和地点</th><th>走访人</th><th>状态</th><th>时限</th></tr></thead>
    <tbody>{rows.flatMap((row, index) => {
      const on = dateOf(new Date(row.startsAt));
      const before = rows[index - 1];
      const first = !before || dateOf(new Date(before.startsAt)) !== on;
      return [first && <Day key={`day ${on}`} on={on} />, <Line key={row.id} row={row} on={index === at} open={() => open(row)} />];
    })}</tbody></table>;
}

/** Nothing more is to be done with it: folded away once its day is over. */
const isOver = ({ state }: VisitRow): boolean => state === 'visited' || state === 'cancelled';

/** Without a state the list is read as far as today, since what comes next matters and not what is long past. */
async function pageOf(state: VisitState | undefined, today: string, after: string | undefined, limit: number): Promise<Page<VisitRow>> {
  const rows: VisitRow[] = [];
  let next: string | null = after ?? null;
  for (let turn = 0; turn < 10; turn += 1) {
    const page: Page<VisitRow> = await api.listVisits({ limit: state ? limit : 100, ...(state && { state }), ...(next !== null && { after: next }) });
    rows.push(...page.rows);
    next = page.next;
    if (state || next === null || rows.filter((row) => dateOf(new Date(row.startsAt)) >= today).length >= limit) break;
  }
  return { rows, next };
}

const keys = [['J / K', '下一场、上一场'], ['↵', '打开这一场'], ['N', '新建走访'], ['Z', '撤销刚才的操作'], ['?', '看这张表']] as const;

/** 走访委员: how far it is, what is arranged, who has not answered. */
export function Visits(): ReactNode {
  const { me } = useDesk();
  const place = usePlace();
  const turn = moved.use();
  const state = visitStates.find((it) => it === place.query.get('state'));
  const figures = useLoad('coverage', () => api.coverage({}), turn);
  const today = dateOf(useNow(60_000));
  const pages = usePages(`visits ${state ?? ''}`, (after, limit) => pageOf(state, today, after, limit), turn);
  const [form, setForm] = useState(false);
  const [help, setHelp] = useState(false);
  const { next } = pages;
  const past = state || place.query.get('past') ? [] : pages.rows.filter((row) => isOver(row) && dateOf(new Date(row.startsAt)) < today);
  const rows = pages.rows.filter((row) => !past.includes(row));
  const open = (id: string | null) => go(withQuery(place, { at: id }));
  const { at, keys: line } = useLine(rows.length, (index) => { const row = rows[index]; if (row) open(row.id); });
  const arranges = me.can.includes('arrange_visits');
  const mayExport = arranges || me.can.includes('visit');
  useKeys({ ...line, n: arranges ? () => setForm(true) : undefined, '?': () => setHelp(true) });
  const shown = place.query.get('at');
  return <Frame crumb={<><h1>走访委员</h1>{figures.data && <span>{figures.data.campaign.title}</span>}</>} tools={<><Views page="visits" />{mayExport && <Btn onClick={() => void saveList(hrefOf('/visits/export', { ...(state && { state }) }), '走访安排', '场')}>导出</Btn>}{arranges && <Btn look="pri" hotkey="N" onClick={() => setForm(true)}><Icon name="plus" />新建走访</Btn>}</>}>
    {figures.data ? <Coverage figures={figures.data} /> : <ProblemNote problem={figures.problem} />}
    <nav className="tabs" aria-label="按状态"><Link to={hrefOf('/visits')} current={!state}>全部</Link>{visitStates.map((it) => <Link key={it} to={hrefOf('/visits', { state: it })} current={it === state}>{visitStateWords[it]}</Link>)}</nav>
    <div className="panel flush"><div className="scroll">
      {past.length > 0 && <div className="more" style={{ borderBottom: '1px solid var(--line)' }}><Link to={withQuery(place, { past: 'yes' })} className="more-link">今天以前已办完的 {past.length} 场</Link></div>}
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 && past.length === 0 ? <Empty title={state ? `没有“${visitStateWords[state]}”的走访` : '还没有安排走访'}>{state ? <Link to={hrefOf('/visits')} className="btn">看全部</Link> : arranges ? '按“新建走访”选委员、走访人和时间，委员会收到通知。' : '委工委安排以后，您参加的走访会在这里。'}</Empty>
          : <Rows rows={rows} at={at} open={(row) => open(row.id)} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {shown && <VisitDrawer key={shown} id={shown} close={() => open(null)} />}
    {form && <VisitForm close={() => setForm(false)} />}
    <HelpSheet open={help} close={() => setHelp(false)} keys={keys} />
  </Frame>;
}
