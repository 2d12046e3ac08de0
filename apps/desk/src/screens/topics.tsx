import type { Topic } from '@lvzhi/contracts';
import { dateOf, dateWords, instantWords } from '@lvzhi/domain';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { StateTag } from '../parts/chip.tsx';
import { Compose } from '../parts/compose.tsx';
import { Frame } from '../parts/frame.tsx';
import { caseHref } from '../parts/sources.ts';
import { Empty, Failure, Loading } from '../parts/states.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { go, Link, usePlace, withQuery } from '../platform/route.ts';

const spans = [['30', '近 30 天'], ['90', '近 90 天'], ['365', '近一年']] as const;

/** How many came in each week, the last one on the right. */
function Weeks({ weeks }: { weeks: readonly number[] }): ReactNode {
  const most = Math.max(1, ...weeks);
  return <div className="weeks" role="img" aria-label={`每周件数，最近一周在后：${weeks.join('、')}`}>{weeks.map((count, index) => <i key={`${index}`} className={count > 0 ? 'any' : ''} style={{ height: `${Math.max(7, (count / most) * 100)}%` }} />)}</div>;
}

function Reports({ topic, from }: { topic: Topic; from: string }): ReactNode {
  const now = useNow(60_000);
  return <table aria-label={`说这件事的社情民意：${topic.title}`}><colgroup><col style={{ width: 130 }} /><col style={{ width: 110 }} /><col /><col style={{ width: 100 }} /><col style={{ width: 110 }} /></colgroup>
    <thead><tr><th>时间</th><th>地点</th><th>事项</th><th>反映人</th><th>状态</th></tr></thead>
    <tbody>{topic.rows.map((row) => <tr key={row.id} onClick={() => go(caseHref(row.id, from))}><td className="num">{instantWords(new Date(row.submittedAt), now)}</td><td className="ell">{row.town?.short ?? '未填'}</td>
      <td><Link to={caseHref(row.id, from)} className="ell title">{row.title}</Link></td><td className="ell">{row.author}</td><td><StateTag state={row.state} words={row.stateWords} /></td></tr>)}</tbody></table>;
}

function OneTopic({ topic, place, from }: { topic: Topic; place: number; from: string }): ReactNode {
  const today = dateOf(useNow(60_000));
  const [composing, compose] = useState(false);
  const able = topic.rows.some(({ can }) => can.includes('lead')) && topic.rows.filter(({ can }) => can.includes('combine')).length > 1;
  const day = (at: string) => dateWords(dateOf(new Date(at)), today);
  return <section className="panel whole" aria-label={topic.title}>
    <div className="rowx"><b className="big num">{place}</b><div className="grow"><b className="ell">{topic.title}</b>
      <div className="cap num ell">{topic.reports} 件 · {topic.reporters} 位反映人 · {day(topic.from)}{day(topic.from) === day(topic.to) ? '' : ` 到 ${day(topic.to)}`}{topic.towns.length > 0 && ` · ${topic.towns.map(({ name, reports }) => `${name} ${reports} 件`).join('、')}`}</div></div>
      <Weeks weeks={topic.weeks} /><span className={`tag ${topic.lately > 1 ? 'w' : 'b'}`}>热度 <b className="num">{topic.heat}</b></span>{able && <Btn small onClick={() => compose(true)}>合成一件…</Btn>}</div>
    <p className="cap">热度的算法：{topic.why}。{topic.shared.length > 0 && `都说到：${topic.shared.join('、')}。`}</p>
    <details><summary>看这 {topic.reports} 件</summary><Reports topic={topic} from={from} />{topic.reports > topic.rows.length && <p className="cap">还有 {topic.reports - topic.rows.length} 件没有列出。</p>}</details>
    {composing && <Compose lines={topic.rows} close={() => compose(false)} done={(id) => { compose(false); go(caseHref(id, from)); }} />}
  </section>;
}

/** 热点: what several reports tell of in a time, the hottest first, with why. */
export function Topics(): ReactNode {
  const place = usePlace();
  const days = spans.find(([it]) => it === place.query.get('days'))?.[0] ?? '90';
  const { data, problem, reload } = useLoad(`topics ${days}`, () => api.listTopics({ days }));
  const from = place.href;
  useEffect(() => { if (data) remember(from, [...new Set(data.topics.flatMap(({ rows }) => rows.map(({ id }) => id)))], true); }, [from, data]);
  return <Frame crumb={<><h1>热点</h1>{data && <span>{data.reports} 件社情民意，{data.topics.length} 个热点，最热的在前</span>}</>}>
    <nav className="tabs" aria-label="时间">{spans.map(([it, words]) => <Link key={it} to={withQuery(place, { days: it })} current={it === days}>{words}</Link>)}</nav>
    {!data ? problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />
      : data.topics.length === 0 ? <Empty title="没有热点">这段时间里没有两件以上说同一件事的社情民意。</Empty>
        : <div className="col scroll">{data.topics.map((topic, index) => <OneTopic key={topic.rows[0]?.id ?? topic.title} topic={topic} place={index + 1} from={from} />)}</div>}
  </Frame>;
}
