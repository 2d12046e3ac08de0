import type { LedgerRow } from '@lvzhi/contracts';
import { channels, reportedToWords, ledgerStates, ledgerStateWords } from '@lvzhi/domain';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { StateTag } from '../parts/chip.tsx';
import { Filter } from '../parts/fields.tsx';
import { Frame } from '../parts/frame.tsx';
import { useLine } from '../parts/line.ts';
import { saveList } from '../parts/list-tools.tsx';
import { caseHref } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';

function Rows({ rows, at, from }: { rows: readonly LedgerRow[]; at: number; from: string }): ReactNode {
  return <table aria-label="报送采用"><colgroup><col style={{ width: 130 }} /><col style={{ width: 96 }} /><col /><col style={{ width: 110 }} /><col style={{ width: 110 }} /><col style={{ width: 250 }} /></colgroup>
    <thead><tr><th>报送</th><th>状态</th><th>标题</th><th>反映人</th><th>报送日期</th><th>最近一步</th></tr></thead>
    <tbody>{rows.map((row, index) => <tr key={row.id} className={index === at ? 'on' : ''} aria-current={index === at || undefined} onClick={() => go(caseHref(row.docId, from))}>
      <td className="ell">{row.unit?.short ?? row.channel.name}</td><td><StateTag state={row.state} words={row.stateWords} /></td>
      <td><Link to={caseHref(row.docId, from)} className="ell title">{row.title}</Link><div className="cap num ell">{row.numberWords}</div></td>
      <td className="ell">{row.reporter}</td><td className="num">{row.sentOn}</td><td className="cap ell num">{row.last}</td></tr>)}</tbody></table>;
}

/** 报送采用台账: every issue on every channel, what changed last first. */
export function Ledger(): ReactNode {
  const place = usePlace();
  const from = place.href;
  const [channel, state] = [channels.find((it) => it === place.query.get('channel')), ledgerStates.find((it) => it === place.query.get('state'))];
  const pages = usePages(`ledger ${channel ?? ''} ${state ?? ''}`, (after, limit) => api.listLedger({ limit, ...(channel && { channel }), ...(state && { state }), ...(after !== undefined && { after }) }));
  const { rows, next } = pages;
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(caseHref(row.docId, from)); });
  useKeys(keys);
  useEffect(() => { remember(from, [...new Set(rows.map(({ docId }) => docId))], next === null); }, [from, rows, next]);
  return <Frame crumb={<><h1>报送采用</h1>{!pages.loading && <span>{rows.length}{next === null ? '' : '+'} 条，最近有变动的在前</span>}</>} tools={rows.length > 0 && <Btn onClick={() => void saveList(hrefOf('/deliveries/export', { channel: channel ?? null, state: state ?? null }), '报送采用', '条')}>导出表格</Btn>}>
    <div className="rowx sp wrap"><nav className="tabs" aria-label="按渠道"><Link to={withQuery(place, { channel: null })} current={!channel}>全部</Link>
      {channels.map((code) => <Link key={code} to={withQuery(place, { channel: code })} current={code === channel}>{reportedToWords[code]}</Link>)}</nav>
      <Filter label="全部状态" value={state ?? ''} options={ledgerStates.map((code) => ({ value: code, label: ledgerStateWords[code] }))} change={(value) => go(withQuery(place, { state: value }))} /></div>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title="还没有报送">编发以后点“报送”，报到哪里、有什么结果都在这里。</Empty> : <Rows rows={rows} at={at} from={from} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
  </Frame>;
}
