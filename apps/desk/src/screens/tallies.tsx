import type { Answer, TallyRow, routes } from '@lvzhi/contracts';
import { addDays, dateOf, dateWords, lapseWords, yearOf } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Frame } from '../parts/frame.tsx';
import { Empty, Failure, Loading } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import type { Place } from '../platform/route.ts';
import { useRun } from '../platform/run.ts';
import { saveFile } from '../platform/transfer.ts';

type Figures = Answer<typeof routes.showOpinionFigures>;
const spans = [['year', '今年'], ['quarter', '本季度'], ['month', '本月'], ['last_month', '上月'], ['last_year', '去年']] as const;
const tables = [['people', '反映人'], ['bodies', '参加单位和界别'], ['committees', '专委会'], ['channels', '报送渠道']] as const;
type Table = (typeof tables)[number][0];

const two = (month: number): string => String(month).padStart(2, '0');
/** The first and the last day of a time, by the server's clock; a time that runs ends today. */
function daysOf(span: (typeof spans)[number][0], today: string): { from: string; to: string } {
  const [year, month] = [yearOf(today), Number(today.slice(5, 7))];
  const firstOf = (on: number, of: number) => `${on}-${two(of)}-01`;
  switch (span) {
    case 'year': return { from: firstOf(year, 1), to: today };
    case 'quarter': return { from: firstOf(year, month - ((month - 1) % 3)), to: today };
    case 'month': return { from: firstOf(year, month), to: today };
    case 'last_month': return { from: month === 1 ? firstOf(year - 1, 12) : firstOf(year, month - 1), to: addDays(firstOf(year, month), -1) };
    case 'last_year': return { from: firstOf(year - 1, 1), to: `${year - 1}-12-31` };
  }
}

const funnel = [['received', '收到', '件'], ['edited', '编辑', '件'], ['issued', '编发', '期'], ['reported', '报送', '处'], ['national', '全国政协采用', '件'], ['provincial', '省政协采用', '件'], ['city', '市委、市政府采用', '件'], ['department', '部门采用', '件'], ['instructed', '领导批示', '次']] as const;

/** From received to adopted, and how long it took. */
function Funnel({ figures: { total, medians } }: { figures: Figures }): ReactNode {
  const most = Math.max(1, ...funnel.map(([key]) => total[key]));
  return <section className="panel grow" aria-label="从收到到采用"><b>从收到到采用</b>
    <dl className="funnel">{funnel.map(([key, words, unit]) => <div key={key}><dt>{words}</dt><dd className="num">{total[key]} {unit}</dd><dd aria-hidden="true">{total[key] > 0 && <i style={{ width: `${(total[key] / most) * 100}%` }} />}</dd></div>)}</dl>
    <p className="cap">{medians.review === null ? '这段时间没有初审。' : `初审一半在 ${lapseWords(medians.review)}以内。`}{medians.issue !== null && `从收到到编发，一半在 ${lapseWords(medians.issue)}以内。`}按发生的日子算：早先收到、这段时间采用的，算在这段时间。下表的用时也是中位数：一半的件在这以内。</p></section>;
}

/** What was meant to be reached this year; where nothing was set, nothing is said. */
function Goals({ figures: { goals, to } }: { figures: Figures }): ReactNode {
  const set = goals.filter(({ goal }) => goal > 0);
  return <section className="panel" style={{ width: 380, flex: 'none' }} aria-label="全年目标"><b>{to.slice(0, 4)} 年目标</b>
    {set.length === 0 ? <p className="cap">还没有定。在“规则与日历 · 本市和其他”里填写。</p> : set.map(({ code, words, done, goal }) => <div key={code} style={{ marginTop: 12 }}>
      <div className="rowx sp"><span>{words}</span><span className="num"><b>{done}</b> / {goal} · {Math.round((done / goal) * 100)}%</span></div>
      <div className="bar-chart" role="img" aria-label={`${words}完成 ${done}，目标 ${goal}`}><i style={{ flex: Math.min(done, goal), background: '#15506B' }} /><i style={{ flex: Math.max(0, goal - done), background: '#DCE3E6' }} /></div></div>)}</section>;
}

const lapses = [['review', '初审用时'], ['issue', '编发用时']] as const;
const counts = [['received', '提交'], ['edited', '编辑'], ['issued', '编发'], ['reported', '报送'], ['national', '全国政协'], ['provincial', '省政协'], ['city', '市委市政府'], ['department', '部门'], ['instructed', '批示'], ['points', '积分']] as const;
function Rows({ rows, table }: { rows: readonly TallyRow[]; table: Table }): ReactNode {
  return <table aria-label={tables.find(([it]) => it === table)?.[1]}><colgroup><col style={{ width: 50 }} /><col />{counts.map(([key]) => <col key={key} style={{ width: 72 }} />)}{lapses.map(([key]) => <col key={key} style={{ width: 84 }} />)}</colgroup>
    <thead><tr><th>名次</th><th>{table === 'people' ? '反映人' : '名称'}</th>{counts.map(([key, words]) => <th key={key}>{words}</th>)}{lapses.map(([key, words]) => <th key={key}>{words}</th>)}</tr></thead>
    <tbody>{rows.map((row, index) => <tr key={row.id}><td className="num">{index + 1}</td><td className="ell">{row.name}{row.note !== '' && <span className="cap"> {row.note}</span>}</td>{counts.map(([key]) => <td key={key} className="num">{row[key] === 0 ? '' : row[key]}</td>)}{lapses.map(([key]) => <td key={key} className="num">{row[key] === null ? '' : lapseWords(row[key])}</td>)}</tr>)}</tbody></table>;
}
function Channels({ rows }: { rows: Figures['channels'] }): ReactNode {
  return <table aria-label="报送渠道"><thead><tr><th>渠道</th><th>报送</th><th>采用</th><th>单篇</th><th>综合</th><th>转送</th><th>批示</th><th>采用率</th></tr></thead>
    <tbody>{rows.map((it) => <tr key={it.code}><td>{it.name}</td>{[it.reported, it.adopted, it.single, it.composite, it.forwarded, it.instructed].map((count, index) => <td key={`${index}`} className="num">{count}</td>)}<td className="num">{it.reported === 0 ? '' : `${Math.round((it.adopted / it.reported) * 100)}%`}</td></tr>)}</tbody></table>;
}

/** Tables by whom, each to be taken along as xlsx. */
function Tables({ figures, place }: { figures: Figures; place: Place }): ReactNode {
  const table = tables.find(([it]) => it === place.query.get('table'))?.[0] ?? 'people';
  const rows = table === 'channels' ? [] : figures[table];
  return <div className="panel flush whole"><nav className="tabs" aria-label="按谁统计" style={{ padding: '8px 12px' }}>{tables.map(([it, words]) => <Link key={it} to={withQuery(place, { table: it === 'people' ? null : it })} current={it === table}>{words}</Link>)}</nav>
    <div>{table === 'channels' ? <Channels rows={figures.channels} /> : rows.length === 0 ? <Empty title="没有">这段时间没有可以统计的社情民意。</Empty> : <Rows rows={rows} table={table} />}</div></div>;
}

/** 统计: what came in, what became of it, by whom; the 通报 to be sent round. */
export function TalliesScreen(): ReactNode {
  const place = usePlace();
  const today = dateOf(useNow(60_000));
  const span = spans.find(([it]) => it === place.query.get('span'))?.[0] ?? 'year';
  const table = tables.find(([it]) => it === place.query.get('table'))?.[0] ?? 'people';
  const time = daysOf(span, today);
  const { data, problem, reload } = useLoad(`figures ${time.from} ${time.to}`, () => api.showOpinionFigures(time));
  const { busy, problem: refused, run } = useRun();
  const take = (path: string, name: string) => void run(() => saveFile(hrefOf(`/figures/opinions/${path}`, time), name)).then((done) => { if (done) announce({ words: '已下载，这次下载也记入审计' }); });
  return <Frame crumb={<><h1>社情民意统计</h1><span className="num">{dateWords(time.from, today)} 到 {dateWords(time.to, today)}</span></>}>
    <div className="rowx sp wrap"><nav className="tabs" aria-label="时间">{spans.map(([it, words]) => <Link key={it} to={withQuery(place, { span: it === 'year' ? null : it })} current={it === span}>{words}</Link>)}</nav>
      <span className="rowx tight">{refused && <span className="cap" role="alert">{refused.reason}</span>}<Btn small busy={busy} onClick={() => take('circular', '社情民意信息工作通报.docx')}>下载通报</Btn><Btn small busy={busy} onClick={() => take(`${table}/xlsx`, '社情民意统计.xlsx')}>导出下面的表</Btn></span></div>
    {!data ? problem ? <Failure problem={problem} onRetry={reload} /> : <Loading /> : <div className="col scroll" style={{ gap: 12 }}>
      <div className="rowx" style={{ alignItems: 'stretch', gap: 12, flex: 'none' }}><Funnel figures={data} /><Goals figures={data} /></div><Tables figures={data} place={place} /></div>}
  </Frame>;
}
