import type { Answer, routes } from '@lvzhi/contracts';
import { figureWords, rateParts, rateWords } from '@lvzhi/domain';
import type { FigureCode, RateCode } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';

type Figures = Answer<typeof routes.showFigures>;
/** The six that a leader asks for; 满意率 beside 反馈率. */
const shown = ['replying', 'in_time', 'satisfaction', 'answering', 'collective', 'talking'] as const satisfies readonly RateCode[];
const missing: Readonly<Partial<Record<RateCode, (left: number) => string>>> = { replying: (left) => `${left} 件还没有答复`, in_time: (left) => `${left} 件没有按期或没有答复`, answering: (left) => `${left} 件没有反馈，不算满意`, talking: (left) => `${left} 件没有面商`, satisfaction: (left) => `${left} 件不满意` };

/** A number; whoever may see the cases opens them. */
export function Figure({ words, count, open }: { words: string; count: number; open: (() => void) | undefined }): ReactNode {
  return open && count > 0 ? <button type="button" className="number num" aria-label={`${words} ${count} 件`} onClick={open}>{count}</button> : <span className="num">{count}</span>;
}

/** The same rate of the year or session before; its number leads there, with the cases behind it where this reader may see them. */
function Before({ before, code, opens }: { before: Figures['before']; code: RateCode; opens: boolean }): ReactNode {
  const place = usePlace();
  const it = before.line?.rates.find((rate) => rate.code === code);
  if (!it) return null;
  const to = withQuery(place, { session: before.sessionId, year: before.year, line: opens && it.part > 0 ? '' : null, figure: opens && it.part > 0 ? rateParts[code][0] : null });
  return <span className="cap num">{before.name} <Link className="number" to={to}>{it.words}</Link>{it.of > 0 && `（${it.part} / ${it.of}）`}</span>;
}

/** 办复率 and the others in large, each with what it is a share of and what it was before. */
export function RateCards({ total, before, years, choose }: Pick<Figures, 'total' | 'before' | 'years'> & { choose: ((figure: FigureCode) => void) | undefined }): ReactNode {
  const place = usePlace();
  const [latest] = years;
  return <><section className="panel flush whole rate-cards" aria-label="主要比率">{shown.map((code) => {
    const it = total.rates.find((rate) => rate.code === code);
    const [part, of] = rateParts[code];
    const open = (figure: FigureCode) => (choose ? () => choose(figure) : undefined);
    return it && <div key={code}><span className="cap">{rateWords[code]}</span><b className="num">{it.words}</b><span className="sub num"><Figure words={figureWords[part]} count={it.part} open={open(part)} /> / <Figure words={figureWords[of]} count={it.of} open={open(of)} /></span><span className="cap">{figureWords[part]} ÷ {figureWords[of]}</span>{it.of > it.part && missing[code] && <span className="cap">{missing[code](it.of - it.part)}</span>}<Before before={before} code={code} opens={choose !== undefined} /></div>;
  })}</section>
    {before.why !== null && <p className="cap">和以前比：{before.why}。{before.name === '' && latest !== undefined && !place.query.get('year') && !place.query.get('session') && <Link className="number" to={withQuery(place, { year: latest })}>看 {latest} 年的</Link>}</p>}</>;
}

const states = { merged: 'merged', to_opinion: 'to_opinion', to_suggestion: 'to_suggestion', rejected: 'rejected', dropped: 'dropped' } as const;
const classLooks = ['#17613A', '#15506B', '#6B4300', '#55656E'] as const;
/** What became of those that came in, and the classes of the answers. `opens`: this reader may see the cases. */
export function Outcomes({ figures: { total, outcomes, classes }, opens }: { figures: Figures; opens: boolean }): ReactNode {
  const some = outcomes.filter(({ count }) => count > 0);
  const most = Math.max(1, ...some.map(({ count }) => count));
  const [filing, solving] = ['filing', 'solving'].map((code) => total.rates.find((it) => it.code === code));
  const answered = total.counts.replied ?? 0;
  return <div className="rowx" style={{ alignItems: 'stretch', gap: 12 }}>
    <section className="panel grow" aria-label="提案去向"><div className="rowx sp"><h3>提案去向</h3><span className="cap num">收到 {total.counts.received ?? 0} 件</span></div>
      <div className="shares">{some.flatMap(({ code, words, count }) => { const state = code in states ? states[code as keyof typeof states] : undefined; return [<span key={code}>{opens && state ? <Link to={hrefOf('/proposals', { state })}>{words}</Link> : words}</span>, <b key={`${code} n`} className="num">{count}</b>, <span key={`${code} bar`} aria-hidden="true"><i style={{ width: `${(count / most) * 100}%` }} /></span>]; })}</div>
      {filing && <p className="cap num">立案率 {filing.words} = {filing.part} ÷ {filing.of}</p>}</section>
    <section className="panel grow" aria-label="答复类别"><div className="rowx sp"><h3>答复类别</h3><span className="cap num">已办复 {answered} 件</span></div>
      <div className="class-bar num" role="img" aria-label={classes.map(({ code, count }) => `${code} 类 ${count} 件`).join('，')}>{classes.map(({ code, count }, index) => count > 0 && <span key={code} style={{ flex: count, background: classLooks[index] ?? '#55656E' }}>{code} {count}</span>)}</div>
      {classes.map(({ code, name, count }) => <p key={code} className="sub num"><b>{code}</b> {name} {count}</p>)}
      {solving && <p className="cap num">A 类率 {solving.words}。类别不等于满意：满意不满意由提案人评价。</p>}</section></div>;
}
