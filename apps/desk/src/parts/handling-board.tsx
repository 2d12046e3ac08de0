import type { Answer, HandlingRow, routes } from '@lvzhi/contracts';
import type { ReactNode } from 'react';
import { hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';

type Board = Answer<typeof routes.showBoard>;
type Stage = Board['stages'][number]['code'];
const looks: Readonly<Record<Stage, string>> = { signing: '#B7C4CA', running: '#4E8BA6', reviewing: '#2F6E8C', replied: '#15506B', rehandling: '#8F1D14', meeting: '#B8542B', closed: '#7FB096' };
/** The very cases of a stage. */
const hrefFor = (stage: Stage): string => hrefOf('/handling', { tab: 'all', stage });

/** How far all cases are that were handed over, and how many of them are answered. */
export function BoardBar({ board: { stages, replying } }: { board: Board }): ReactNode {
  const some = stages.filter(({ count }) => count > 0);
  return <section className="panel" aria-label="办到哪一步"><div className="bar-chart" role="img" aria-label={some.map(({ words, count }) => `${words} ${count} 件`).join('，')}>{some.map(({ code, count }) => <i key={code} style={{ flex: count, background: looks[code] }} />)}</div>
    <div className="rowx sp wrap"><div className="legend" style={{ marginTop: 0 }}>{some.map(({ code, words, count }) => <Link key={code} to={hrefFor(code)} className="rowx tight"><i style={{ background: looks[code] }} />{words} <b className="num">{count}</b></Link>)}</div>
      <span className="num">办复率 <b>{replying.words}</b> <span className="cap">{replying.part} / {replying.of}</span></span></div></section>;
}

/** 第005号, 平时第005号 over the session that it is of. */
export function CaseNo({ words }: { words: string }): ReactNode {
  const [, session, number] = /^(.*?)((?:平时)?第[^第]*)$/.exec(words) ?? [];
  return session ? <>{number}<div className="cap ell" title={words}>{session}</div></> : words;
}

/** Of the line under the keys: which case, in whose hands, and what may be done about it. */
interface About { readonly caseNo: string; readonly holder: HandlingRow['holder']; readonly act?: ReactNode }
/** Why the line under the keys stands where it stands; which unit has how many; the five kinds of 督办. */
export function BoardSide({ board: { units, forms }, about }: { board: Board; about: About | undefined }): ReactNode {
  const place = usePlace();
  const due = about?.holder?.due;
  return <>{about && due && <section className="col" style={{ gap: 6 }} aria-label="这个期限"><h3>{due.tone === 'overdue' ? `${about.caseNo}为什么逾期` : `${about.caseNo}到什么时候`}</h3><p className="sub">{about.holder?.words} {about.holder?.action}。{due.explanation}</p>{about.act && <div className="rowx">{about.act}</div>}</section>}
    <section className="col" style={{ gap: 0 }} aria-label="承办单位"><div className="rowx sp"><h3>承办单位</h3><span className="cap">应办 · 已复 · 逾期</span></div>
      {units.map(({ unit, due: all, replied, overdue }) => <Link key={unit.id} to={withQuery(place, { unit: unit.id, stage: null, tab: place.query.get('group') === null ? 'all' : null })} current={place.query.get('unit') === unit.id} className="rowx sp line"><span className="ell">{unit.short}</span><span className="num">{all} · {replied} · {overdue > 0 ? <b className="late">{overdue}</b> : 0}</span></Link>)}</section>
    {forms.length > 0 && <section className="col" style={{ gap: 0 }} aria-label="五种督办"><div className="rowx sp"><h3>五种督办</h3><span className="cap">办结 / 全部</span></div>{forms.map(({ code, name, done, all }) => <Link key={code} to="/supervision" className="rowx sp line"><span className="ell">{name}</span><span className="num">{done} / {all}</span></Link>)}</section>}</>;
}
