import type { Answer, CalendarView, routes } from '@lvzhi/contracts';
import { addDays, dateWords, weekdayOf, weekdayWords } from '@lvzhi/domain';
import type { SpecialDay } from '@lvzhi/domain';
import { Checkbox } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { TextField } from '../parts/fields.tsx';
import { Icon } from '../parts/icons.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { Link, usePlace, withQuery } from '../platform/route.ts';
import { once, useRun } from '../platform/run.ts';
import { moved } from '../platform/signal.ts';
import { DayForm } from './calendar-day.tsx';
import { HolidayImport } from './calendar-import.tsx';
import { RedatedTable } from './redated.tsx';
import { Change } from './rule-changes.tsx';
import type { RulesView } from './rules.tsx';

type Saved = Answer<typeof routes.saveCalendar>;
const months = Array.from({ length: 12 }, (_, index) => index + 1);
const two = (n: number): string => String(n).padStart(2, '0');

interface MonthProps { year: number; month: number; days: ReadonlyMap<string, SpecialDay>; today: string; pick: ((on: string) => void) | null }
function Month({ year, month, days, today, pick }: MonthProps): ReactNode {
  const first = `${year}-${two(month)}-01`;
  const all = Array.from({ length: 31 }, (_, ahead) => addDays(first, ahead)).filter((on) => on.slice(0, 7) === first.slice(0, 7));
  return <div className="month"><b>{month} 月</b><div className="days">
    {['一', '二', '三', '四', '五', '六', '日'].map((it) => <span className="cap" key={it} aria-hidden="true">{it}</span>)}
    {Array.from({ length: (weekdayOf(first) + 6) % 7 }, (_, index) => <span key={`blank ${index}`} />)}
    {all.map((on) => {
      const [special, weekend] = [days.get(on), [0, 6].includes(weekdayOf(on))];
      const words = `${dateWords(on)} ${weekdayWords(weekdayOf(on))}，${special ? `${special.name}${special.kind === 'rest' ? '，放假' : '，上班'}` : weekend ? '周末' : '上班'}`;
      const look = [special?.kind ?? (weekend ? 'weekend' : ''), on === today ? 'today' : ''].join(' ');
      return pick ? <button type="button" key={on} className={`day num ${look}`} title={words} aria-label={words} onClick={() => pick(on)}>{Number(on.slice(8))}{special && <i aria-hidden="true">{special.kind === 'rest' ? '休' : '班'}</i>}</button>
        : <span key={on} className={`day num ${look}`} title={words}>{Number(on.slice(8))}{special && <i>{special.kind === 'rest' ? '休' : '班'}</i>}</span>;
    })}</div></div>;
}

/** What was saved, and which running deadlines it moved. */
function Outcome({ saved, close }: { saved: Saved; close: () => void }): ReactNode {
  const { change, rows } = saved;
  return <section className="panel" aria-label="保存的结果"><div className="rowx sp wrap"><div className="rowx"><Icon name="checkc" /><b>{change.redated === 0 ? '已保存，在办的期限都没有变' : `已保存，${change.redated} 件在办的期限跟着改了`}</b></div><Btn small onClick={close}>看好了</Btn></div>
    {rows.length > 0 && <div className="scroll" style={{ maxHeight: 280 }}><RedatedTable rows={rows} /></div>}{change.redated > rows.length && <p className="sub">先列 {rows.length} 件，其余的在“改动记录”里看。</p>}</section>;
}

interface EditProps { doc: CalendarView; days: readonly SpecialDay[]; why: string; setDays: (days: SpecialDay[]) => void; close: () => void; done: (saved: Saved) => void }
function SaveBar({ doc, days, why: first, setDays, close, done }: EditProps): ReactNode {
  const [draft, setDraft] = useState({ why: first, published: !doc.provisional || first !== '' });
  const { busy, problem, run, forget } = useRun();
  const current = problem?.kind === 'stale' ? problem.current as CalendarView : undefined;
  const save = async () => { const answer = await run(() => once('saveCalendar', { year: doc.year, seen: current?.seen ?? doc.seen, provisional: !draft.published, days: days.map(({ on, kind, name }) => ({ on, kind, name })), why: draft.why }, api.saveCalendar)); if (answer) done(answer); };
  return <section className="panel" style={{ gap: 12 }}>
    <div><b>还没有保存</b><p className="sub">保存以后立刻生效，在办的期限马上重算，并列出是哪几件。</p></div>
    <ProblemNote problem={problem}>{current && <div className="col"><p className="sub">别人刚保存过，现在有 {current.days.length} 天。您可以再点一次保存，用您改的；也可以看了最新的再改。</p><div><Btn small look="txt" onClick={() => setDays([...current.days])}>换成最新的再改</Btn></div></div>}</ProblemNote>
    <TextField label="改动的理由" hint="记在改动记录里，如“国办发明电〔2022〕16 号”" max={200} value={draft.why} wrong={problem?.kind === 'fields' ? problem.fields['why'] : undefined} change={(why) => { setDraft({ ...draft, why }); forget(['why']); }} />
    <Checkbox checked={draft.published} onChange={(event) => setDraft({ ...draft, published: event.target.checked })}>{doc.year} 年的放假安排已经公布（没有公布的，期限旁边注明“暂按周末计算”）</Checkbox>
    <div className="rowx"><Btn look="pri" busy={busy} onClick={() => void save()}>保存 {doc.year} 年的日历</Btn><Btn onClick={close}>先不改</Btn></div>
  </section>;
}

function Year({ doc, set }: { doc: CalendarView; set: (doc: CalendarView) => void }): ReactNode {
  const [draft, setDraft] = useState<{ days: readonly SpecialDay[]; why: string } | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const [importing, setImporting] = useState(false);
  const [saved, setSaved] = useState<Saved | null>(null);
  const may = doc.can.includes('change');
  const days = draft?.days ?? doc.days;
  const byDay = new Map(days.map((it) => [it.on, it]));
  const put = (day: SpecialDay | null, on: string) => setDraft({ why: '', ...draft, days: [...days.filter((it) => it.on !== on), ...(day ? [day] : [])].sort((a, b) => (a.on < b.on ? -1 : 1)) });
  const done = (answer: Saved) => { setSaved(answer); set(answer.doc); setDraft(null); setImporting(false); announce({ words: `已保存 ${answer.doc.year} 年的日历` }); };
  return <>
    {saved && <Outcome saved={saved} close={() => setSaved(null)} />}
    {draft && <SaveBar key={draft.why} doc={doc} days={days} why={draft.why} setDays={(next) => setDraft({ ...draft, days: next })} close={() => setDraft(null)} done={done} />}
    {importing && <HolidayImport year={doc.year} close={() => setImporting(false)} take={(read) => { setDraft({ days: read, why: `${doc.year} 年的放假通知` }); setImporting(false); }} />}
    <section className="panel">
      <div className="rowx sp wrap"><div className="rowx wrap"><h2>{doc.year} 年</h2><span className={`tag ${doc.provisional ? 'w' : 'o'}`}>{doc.provisional ? '还没有公布，暂按周末' : '已公布'}</span><span className="sub">放假 {days.filter(({ kind }) => kind === 'rest').length} 天，补班 {days.filter(({ kind }) => kind === 'work').length} 天</span></div>
        {may && <div className="rowx"><span className="cap">点一天可以改</span><Btn look={doc.provisional ? 'pri' : 'line'} onClick={() => { setImporting(true); setSaved(null); }}>导入放假通知</Btn></div>}</div>
      <div className="year">{months.map((month) => <Month key={month} year={doc.year} month={month} days={byDay} today={doc.today} pick={may ? setAt : null} />)}</div>
      {doc.last && <ul className="posts"><Change change={doc.last} today={doc.today} /></ul>}
    </section>
    {at && <DayForm on={at} day={byDay.get(at) ?? null} close={() => setAt(null)} keep={(day) => { put(day, at); setAt(null); setSaved(null); }} />}
  </>;
}

/** 日历: days off and make-up days, year by year; a change moves what is running, at once. */
export function Calendar({ view }: { view: RulesView }): ReactNode {
  const place = usePlace();
  const year = Number(place.query.get('year') ?? view.today.slice(0, 4));
  const { data: doc, problem, reload, set } = useLoad(`calendar ${year}`, () => api.showCalendar({ year }), moved.use());
  if (!doc) return problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />;
  const years = [...new Set([...doc.years.map((it) => it.year), Number(view.today.slice(0, 4)) + 1, year])].sort((a, b) => a - b);
  return <>
    <nav className="tabs" aria-label="哪一年">{years.map((it) => <Link key={it} to={withQuery(place, { year: String(it) })} current={it === year}>{it} 年</Link>)}</nav>
    <Year key={year} doc={doc} set={set} />
  </>;
}
