import type { FigureLine, SubmissionRow } from '@lvzhi/contracts';
import { figureGroupings, figureGroupingWords, figureWords, instantWords, rateParts, rateWords } from '@lvzhi/domain';
import type { FigureCode, FigureGrouping, RateCode } from '@lvzhi/domain';
import { Drawer } from 'antd';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { StateTag } from '../parts/chip.tsx';
import { Filter } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { Figure, Outcomes, RateCards } from '../parts/figures-head.tsx';
import { caseHref, figuresIn } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { problemOf } from '../platform/problem.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { saveFile } from '../platform/transfer.ts';

/** What was tapped: one number of one line. */
interface Chosen { readonly line: FigureLine; readonly figure: FigureCode }
interface Asked { readonly by: FigureGrouping; readonly sessionId?: string; readonly year?: string }
/** 届次 or 年份, in one list. */
const [ofSession, ofYear] = ['session ', 'year '];
const allCounts = ['received', 'filed', 'due'] as const satisfies readonly FigureCode[];
/** 满意率 never stands without 反馈率 before it. */
const allRates = ['filing', 'collective', 'replying', 'in_time', 'talking', 'closing', 'answering', 'satisfaction', 'attitude', 'solving', 'keeping'] as const satisfies readonly RateCode[];

/** A unit is measured by what it was handed. */
const shown = (by: FigureGrouping): { counts: readonly FigureCode[]; rates: readonly RateCode[] } => (by === 'unit' ? { counts: ['due'], rates: allRates.slice(allRates.indexOf('replying')) } : { counts: allCounts, rates: allRates });

function Line({ line, by, choose }: { line: FigureLine; by: FigureGrouping; choose: ((it: Chosen) => void) | undefined }): ReactNode {
  const { counts, rates } = shown(by);
  const open = (figure: FigureCode) => (choose ? () => choose({ line, figure }) : undefined);
  return <tr><th scope="row"><span className="ell">{line.name}</span></th>
    {counts.map((code) => <td key={code}><Figure words={`${line.name}${figureWords[code]}`} count={line.counts[code] ?? 0} open={open(code)} /></td>)}
    {rates.map((code) => { const it = line.rates.find((rate) => rate.code === code); return it && <td key={code} className="num"><b>{it.words}</b>{it.of > 0 && <div className="cap"><Figure words={`${line.name}${figureWords[rateParts[code][0]]}`} count={it.part} open={open(rateParts[code][0])} /> / {it.of}</div>}</td>; })}<td className="num">{line.days === null ? '—' : `${line.days} 天`}</td></tr>;
}

function Behind({ asked, chosen: { line, figure }, close }: { asked: Asked; chosen: Chosen; close: () => void }): ReactNode {
  const now = useNow(60_000);
  const from = usePlace().href;
  const pages = usePages<SubmissionRow>(`figure ${JSON.stringify([asked, line.id, figure])}`, (after, limit) => api.listFigure({ ...asked, figure, ...(line.id !== '' && { id: line.id }), limit, ...(after !== undefined && { after }) }));
  useEffect(() => { remember(from, pages.rows.map(({ id }) => id), pages.next === null); }, [from, pages.rows, pages.next]);
  return <Drawer open onClose={close} size={560} title={`${line.name}：${figureWords[figure]} ${line.counts[figure] ?? 0} 件`}>
    {pages.loading ? <Loading /> : pages.problem && pages.rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} /> : pages.rows.map((row) => <div className="part" key={row.id}>
      <div className="rowx wrap"><Link to={caseHref(row.id, from)} className="title">{row.title}</Link><StateTag state={row.state} words={row.stateWords} /></div>
      <p className="cap num">{[row.caseNo ?? row.receiptNo, row.author.name, row.submittedAt && instantWords(new Date(row.submittedAt), now)].filter(Boolean).join(' · ')}</p></div>)}
    {pages.rows.length > 0 && <ProblemNote problem={pages.problem} />}
    {pages.next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}</Drawer>;
}

async function save(asked: Asked): Promise<void> {
  try { await saveFile(hrefOf('/proposals/figures/export', { ...asked }), '提案统计.xlsx'); announce({ words: '统计表已导出，已记入审计' }); }
  catch (error) { announce({ words: `没有导出：${problemOf(error).reason}` }); }
}

const explained = '立案含并案；应办复是已经交办的主案，并入的随主案计一次；几家分办的，都做到才算。满意率只算已反馈的，没有反馈的不算满意；几位提案人里有一位不满意就算不满意。落实率的分母是 A 类和 B 类，分子是 A 类办结且满意或基本满意的、B 类登记已解决的。办理用时是从交办到第一次答复的中位数：一半的件在这以内。';

/** 提案统计: each number with the cases behind it; what is a share of nothing is a dash. */
export function FiguresScreen(): ReactNode {
  const place = usePlace();
  const { me } = useDesk();
  const now = useNow(60_000);
  const { asked, chosen: wanted } = figuresIn(place.query);
  const { by } = asked;
  const { data, problem, reload } = useLoad(`figures ${JSON.stringify(asked)}`, () => api.showFigures(asked));
  // Which number is open stands in the address, so that whoever looked at a case comes back to it.
  const open = ({ line, figure }: Chosen) => go(withQuery(place, { line: line.id, figure }));
  const opens = me.can.includes('triage_proposal') ? open : undefined;
  const line = wanted && data && [data.total, ...data.groups].find(({ id }) => id === wanted.line);
  const chosen = opens && wanted && line ? { line, figure: wanted.figure } : null;
  return <Frame crumb={<><h1>提案统计</h1>{data && <span className="num">{instantWords(new Date(data.asOf), now)} 的数</span>}</>} tools={<Btn small onClick={() => void save(asked)}>导出表格</Btn>}>
    <div className="rowx sp wrap"><nav className="tabs" aria-label="按什么分">{figureGroupings.map((it) => <Link key={it} to={withQuery(place, { by: it === 'unit' ? null : it, line: null, figure: null })} current={it === by}>{figureGroupingWords[it]}</Link>)}</nav>
      {data && <Filter label="年份或届次" width={180} value={asked.year === undefined ? asked.sessionId === undefined ? '' : ofSession + asked.sessionId : ofYear + asked.year} options={[...data.years.map((year) => ({ value: ofYear + year, label: `${year} 年` })), ...data.sessions.map(({ id, name }) => ({ value: ofSession + id, label: name }))]}
        change={(picked) => go(withQuery(place, { session: picked?.startsWith(ofSession) ? picked.slice(ofSession.length) : null, year: picked?.startsWith(ofYear) ? picked.slice(ofYear.length) : null, line: null, figure: null }))} />}</div>
    {data && data.total.counts.received !== 0 && <><RateCards total={data.total} before={data.before} years={data.years} choose={opens && ((figure) => opens({ line: data.total, figure }))} /><Outcomes figures={data} opens={opens !== undefined} /></>}
    <div className="panel flush whole"><div className="scroll">
      {!data ? problem ? <Failure problem={problem} onRetry={reload} /> : <Loading /> : data.total.counts.received === 0 ? <Empty title="还没有提案">收到提案以后，这里有收到、立案、办复、满意的数和比率。</Empty>
        : <table className="rates" aria-label="提案统计"><thead><tr><th>{figureGroupingWords[by]}</th>{shown(by).counts.map((code) => <th key={code}>{figureWords[code]}</th>)}{shown(by).rates.map((code) => <th key={code}>{rateWords[code]}</th>)}<th>办理用时</th></tr></thead>
          <tbody><Line line={data.total} by={by} choose={opens} />{data.groups.map((line) => <Line key={line.id} line={line} by={by} choose={opens} />)}</tbody></table>}
    </div></div>
    <p className="cap">{explained}</p>
    {chosen && <Behind asked={asked} chosen={chosen} close={() => go(withQuery(place, { line: null, figure: null }))} />}
  </Frame>;
}
