import type { SendingRow } from '@lvzhi/contracts';
import { dateOf, dateWords, timeOf } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { clockWords } from '../parts/civil-input.tsx';
import { Frame } from '../parts/frame.tsx';
import { useLine } from '../parts/line.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { usePages } from '../platform/load.ts';
import { go, Link, usePlace, withQuery } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';
import { SendingBoardScreen } from './sending-board.tsx';

function Line({ row, on, open }: { row: SendingRow; on: boolean; open: () => void }): ReactNode {
  const sent = new Date(row.at);
  const today = dateOf(useNow(60_000));
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={open}>
    <td><button type="button" className="name" onClick={(event) => { event.stopPropagation(); open(); }}>{row.title}</button></td>
    <td className="num">{dateWords(dateOf(sent), today)} {clockWords(timeOf(sent))}</td>
    <td className="num">{row.total} 人</td><td className="num">{row.read} 人</td><td className="num">{row.answered} 人</td>
    <td>{row.failed > 0 ? <span className="tag x">没送到 {row.failed} 人</span> : row.waiting > 0 ? <span className="tag b">正在发 {row.waiting} 人</span> : <span className="tag o">都发到了</span>}{row.called > 0 && <span className="tag"> 已打电话 {row.called} 人</span>}</td>
  </tr>;
}

/** 送达情况: what was sent, whom it reached. */
export function Sendings(): ReactNode {
  const place = usePlace();
  const turn = moved.use();
  const at = place.query.get('at');
  const pages = usePages('sendings', (after, limit) => api.listSendings({ limit, ...(after !== undefined && { after }) }), turn);
  const open = (id: string | null) => go(withQuery(place, { at: id }));
  const { rows, next } = pages;
  const line = useLine(rows.length, (index) => { const row = rows[index]; if (row) open(row.id); });
  useKeys(at ? {} : line.keys);
  if (at) return <SendingBoardScreen key={at} id={at} back={() => open(null)} />;
  return <Frame crumb={<><h1>送达情况</h1><span>要回复的通知，送到了谁、没送到谁</span></>}>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title="还没有发出通知"><Link to="/visits" className="btn">去安排走访</Link></Empty>
          : <table aria-label="发出的通知"><colgroup><col /><col style={{ width: 150 }} /><col style={{ width: 90 }} /><col style={{ width: 90 }} /><col style={{ width: 90 }} /><col style={{ width: 250 }} /></colgroup>
            <thead><tr><th>通知</th><th>发出</th><th>应通知</th><th>已读</th><th>已回复</th><th>送达</th></tr></thead>
            <tbody>{rows.map((row, index) => <Line key={row.id} row={row} on={index === line.at} open={() => open(row.id)} />)}</tbody></table>}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
  </Frame>;
}
