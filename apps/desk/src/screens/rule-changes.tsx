import type { RuleChangeView } from '@lvzhi/contracts';
import { dateWords, instantWords } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { go, Link, usePlace, withQuery } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';
import { Redated } from './redated.tsx';

const looks = { later: ['w', '还没到日子'], now: ['o', '正在用'], over: ['', '已经改掉'], taken_back: ['x', '已收回'] } as const;

/** Before and after, part by part; long lists fold. */
export function Difference({ lines }: { lines: RuleChangeView['lines'] }): ReactNode {
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, 6);
  return <div className="col" style={{ gap: 4 }}>{shown.map(({ label, before, after }) => <div key={label} className="changed"><span className="cap">{label}</span><span>{before !== null && <del>{before}</del>}{before !== null && after !== null && ' → '}{after !== null ? <ins>{after}</ins> : <span className="pending">（去掉）</span>}</span></div>)}
    {lines.length > shown.length && <div><Btn small look="txt" onClick={() => setAll(true)}>还有 {lines.length - shown.length} 处</Btn></div>}</div>;
}

/** One change with whoever made it and why; what has not begun can be taken back. */
export function Change({ change, today, titled = true }: { change: RuleChangeView; today: string; titled?: boolean }): ReactNode {
  const now = useNow(60_000);
  const [work, setWork] = useState<'take_back' | 'redated' | null>(null);
  const [look, words] = looks[change.state];
  const made = `${instantWords(new Date(change.madeAt), now)} ${[change.by.name, change.post].filter(Boolean).join('，')}`;
  return <li className={change.state === 'taken_back' ? 'over' : ''}><div className="col" style={{ gap: 4 }}>
    <div className="rowx sp wrap"><div className="rowx wrap">{titled && <b>{change.words}</b>}<span className={`tag ${look}`}>{words}</span><span className="sub num">{dateWords(change.effectiveOn, today)}起</span></div>
      <span className="rowx tight">{change.redated > 0 && <Btn small look="txt" onClick={() => setWork('redated')}>重算了 {change.redated} 个期限</Btn>}{change.can.includes('take_back') && <Btn small look="txt" label={`收回 ${change.words}`} onClick={() => setWork('take_back')}>收回</Btn>}</span></div>
    <Difference lines={change.lines} />
    <p className="cap num">{made} 改的。理由：{change.why}{change.takenBack && `。${instantWords(new Date(change.takenBack.at), now)} ${change.takenBack.by.name} 收回`}</p></div>
    {work === 'redated' && <Redated change={change} close={() => setWork(null)} />}
    {work === 'take_back' && <ActModal<object, { change: RuleChangeView }> title={`收回：${change.words}`} words="收回这次改动" keep="先不收回" draft={{}} hint={`原定 ${dateWords(change.effectiveOn, today)} 起生效，收回以后那一天不变。记录还在。`} act={() => api.takeBackRule({ id: change.id })} close={() => setWork(null)} done={() => { setWork(null); announce({ words: `已收回：${change.words}` }); }} />}
  </li>;
}

/** The history of one rule. */
export function RuleHistory({ name, today }: { name: string; today: string }): ReactNode {
  const { data, problem, reload } = useLoad(`rule history ${name}`, () => api.listRuleChanges({ name, limit: 50 }), moved.use());
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />;
  return data.rows.length === 0 ? <p className="sub">没有改过。</p> : <ul className="posts" aria-label="改动记录">{data.rows.map((it) => <Change key={it.id} change={it} today={today} titled={false} />)}</ul>;
}

/** 改动记录: every change of every rule and of the calendar, the newest first. */
export function RuleChanges({ today }: { today: string }): ReactNode {
  const place = usePlace();
  const state = place.query.get('state') === 'later' ? 'later' : 'all';
  const pages = usePages(`rule changes ${state}`, (after, limit) => api.listRuleChanges({ state, limit, ...(after !== undefined && { after }) }), moved.use());
  return <>
    <nav className="tabs" aria-label="要看哪些改动"><Link to={withQuery(place, { state: null })} current={state === 'all'}>全部</Link><Link to={withQuery(place, { state: 'later' })} current={state === 'later'}>还没到日子的</Link></nav>
    <section className="panel">
      {pages.loading ? <Loading /> : pages.problem && pages.rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : pages.rows.length === 0 ? <Empty title={state === 'later' ? '没有等着生效的改动' : '还没有改过'}><Btn onClick={() => go('/rules')}>去看规则</Btn></Empty>
          : <ul className="posts" aria-label="改动记录">{pages.rows.map((it) => <Change key={it.id} change={it} today={today} />)}</ul>}
      {pages.rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {pages.next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </section>
  </>;
}
