import type { IssueRow } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { useLine } from '../parts/line.ts';
import { saveList } from '../parts/list-tools.tsx';
import { caseHref } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';

function Rows({ rows, at, from }: { rows: readonly IssueRow[]; at: number; from: string }): ReactNode {
  const now = useNow(60_000);
  return <table aria-label="编发"><colgroup><col style={{ width: 220 }} /><col /><col style={{ width: 110 }} /><col style={{ width: 130 }} /><col style={{ width: 220 }} /></colgroup>
    <thead><tr><th>期号</th><th>标题</th><th>反映人</th><th>日期</th><th>经手</th></tr></thead>
    <tbody>{rows.map((row, index) => <tr key={row.id} className={index === at ? 'on' : ''} aria-current={index === at || undefined} onClick={() => go(caseHref(row.docId, from))}>
      <td><div className="ell">《{row.series.name}》</div><div className="cap num ell">{row.numberWords}</div></td>
      <td><Link to={caseHref(row.docId, from)} className="ell title">{row.title}</Link><div className="cap num ell">收件号 {row.receiptNo}{row.recalled && <> · <span className="tag x">已收回</span>{row.reason}</>}</div></td>
      <td className="ell">{row.reporter}</td><td className="num">{instantWords(new Date(row.issuedAt), now)}</td>
      <td><div className="ell">{row.signer} 签发</div><div className="cap ell">审核 {row.checker} · 编辑 {row.editor}</div></td></tr>)}</tbody></table>;
}

/** 编发: every issue with its number, recalled ones too. */
export function Issues(): ReactNode {
  const { catalogue } = useDesk();
  const place = usePlace();
  const from = place.href;
  const series = place.query.get('series');
  const pages = usePages(`issues ${series ?? ''}`, (after, limit) => api.listIssues({ limit, ...(series !== null && { series }), ...(after !== undefined && { after }) }));
  const { rows, next } = pages;
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(caseHref(row.docId, from)); });
  useKeys(keys);
  useEffect(() => { remember(from, [...new Set(rows.map(({ docId }) => docId))], next === null); }, [from, rows, next]);
  return <Frame crumb={<><h1>编发</h1>{!pages.loading && <span>{rows.length}{next === null ? '' : '+'} 期，新签发的在前</span>}</>} tools={rows.length > 0 && <Btn onClick={() => void saveList(hrefOf('/issues/export', { series }), '编发', '期')}>导出表格</Btn>}>
    <nav className="tabs" aria-label="按刊物"><Link to={withQuery(place, { series: null })} current={series === null}>全部</Link>
      {catalogue.opinion.series.map(({ code, name }) => <Link key={code} to={withQuery(place, { series: code })} current={code === series}>《{name}》</Link>)}</nav>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title="还没有编发">社情民意签发以后，期号和标题会在这里。</Empty> : <Rows rows={rows} at={at} from={from} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
  </Frame>;
}
