import type { EntryRow } from '@lvzhi/contracts';
import { entryStates, entryStateWords, instantWords, kindWords } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { useLine } from '../parts/line.ts';
import { saveList } from '../parts/list-tools.tsx';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';
import { EntryDrawer } from './entry-drawer.tsx';

/** What is kept: 正在录入 never is. */
const states = entryStates.filter((state) => state !== 'entering');

function Line({ row, on, open }: { row: EntryRow; on: boolean; open: () => void }): ReactNode {
  const now = useNow(60_000);
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={open}>
    <td><span className="tag b">{kindWords[row.kind]}</span></td>
    <td><button type="button" className="name ell" onClick={(event) => { event.stopPropagation(); open(); }}>{row.title}</button><div className="cap num ell">{[row.receiptNo && `收件号 ${row.receiptNo}`, `${row.clerk.name} ${instantWords(new Date(row.enteredAt), now)} 录入`].filter(Boolean).join(' · ')}</div></td>
    <td><div className="ell">{row.author.name}</div><div className="cap ell">{row.author.note}</div></td>
    <td><span className={`tag ${row.means === 'paper' ? 'w' : ''}`}>{row.meansWords}</span></td>
    <td><StateTag state={row.state} words={row.stateWords} /></td>
    <td>{row.due && <DeadlineChip due={row.due} />}</td>
  </tr>;
}

function Rows({ rows, at, open }: { rows: readonly EntryRow[]; at: number; open: (row: EntryRow) => void }): ReactNode {
  return <table aria-label="代录"><colgroup><col style={{ width: 104 }} /><col /><col style={{ width: 180 }} /><col style={{ width: 100 }} /><col style={{ width: 120 }} /><col style={{ width: 176 }} /></colgroup>
    <thead><tr><th>类别</th><th>标题</th><th>替谁录入</th><th>凭据</th><th>状态</th><th>时限</th></tr></thead>
    <tbody>{rows.map((row, index) => <Line key={row.id} row={row} on={index === at} open={() => open(row)} />)}</tbody></table>;
}

/** 代录: what this office entered for others, and what became of it. */
export function Entries(): ReactNode {
  const place = usePlace();
  const state = states.find((it) => it === place.query.get('state'));
  const shown = place.query.get('at');
  const pages = usePages(`entries ${state ?? ''}`, (after, limit) => api.listEntries({ limit, ...(state && { state }), ...(after !== undefined && { after }) }), moved.use());
  const { rows, next } = pages;
  const open = (id: string | null) => go(withQuery(place, { at: id }), id === null ? 'replace' : 'push');
  const begin = () => go(hrefOf('/entries/form'));
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) open(row.id); });
  useKeys({ ...keys, n: begin });
  return <Frame crumb={<><h1>代录</h1>{!pages.loading && <span>{rows.length}{next === null ? '' : '+'} 件，本处室录入的，最近变动的在前</span>}</>} tools={<>{rows.length > 0 && <Btn onClick={() => void saveList(hrefOf('/entries/export', { state: state ?? null }), '代录', '件')}>导出表格</Btn>}<Btn look="pri" hotkey="N" onClick={begin}><Icon name="plus" />新建代录</Btn></>}>
    <nav className="tabs" aria-label="按状态"><Link to={hrefOf('/entries')} current={!state}>全部</Link>{states.map((it) => <Link key={it} to={hrefOf('/entries', { state: it })} current={it === state}>{entryStateWords[it]}</Link>)}</nav>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title={state ? `没有“${entryStateWords[state]}”的代录` : '还没有代录'}>{state ? <Link to={hrefOf('/entries')} className="btn">看全部</Link> : '委员交来 Word 文件、打印稿或手写稿的，按“新建代录”录入：请本人在小程序里确认，或凭签名的纸质件提交。'}</Empty>
          : <Rows rows={rows} at={at} open={(row) => open(row.id)} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {shown !== null && <EntryDrawer key={shown} id={shown} close={() => open(null)} />}
  </Frame>;
}
