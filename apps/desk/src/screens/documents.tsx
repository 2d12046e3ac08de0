import { instantWords, kindWords, urgencyWords } from '@lvzhi/domain';
import type { SubmissionKind } from '@lvzhi/domain';
import type { SubmissionRow } from '@lvzhi/contracts';
import { Select } from 'antd';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag, UrgencyTag } from '../parts/chip.tsx';
import { Filter } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { useLine } from '../parts/line.ts';
import { ListTools } from '../parts/list-tools.tsx';
import { SheetButton } from '../parts/reply-text.tsx';
import { caseHref, listInput, proposerChoices, statesOf, stateWordsOf } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { restWords } from '../parts/timeline.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { undone } from '../platform/signal.ts';

/** So many sheets go into one file. */
const mostSheets = 50;

function Filters({ kind }: { kind: SubmissionKind }): ReactNode {
  const { catalogue } = useDesk();
  const place = usePlace();
  const { state, committeeId, proposer } = listInput(kind, place.query);
  return <div className="rowx sp wrap">
    <nav className="tabs" aria-label="按状态">
      <Link to={withQuery(place, { state: null })} current={!state}>全部</Link>
      {statesOf(kind).map((it) => <Link key={it} to={withQuery(place, { state: it })} current={it === state}>{stateWordsOf(kind, it)}</Link>)}
    </nav>
    <span className="rowx tight">{kind === 'proposal' && <Filter label="全部提案者" value={proposer ?? ''} options={proposerChoices} change={(value) => go(withQuery(place, { proposer: value }))} />}
    <Select aria-label="按专委会" style={{ width: 200 }} allowClear placeholder="全部专委会" value={committeeId ?? null} options={catalogue.committees.map(({ id, short }) => ({ value: id, label: short }))}
      onChange={(value: string | null | undefined) => go(withQuery(place, { committee: value ?? null }))} /></span>
  </div>;
}

function Line({ row, on, from }: { row: SubmissionRow; on: boolean; from: string }): ReactNode {
  const now = useNow(60_000);
  const { holder } = row;
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={() => go(caseHref(row.id, from))}>
    <td className="num">{row.receiptNo}</td>
    <td><Link to={caseHref(row.id, from)} className="ell title">{row.title}</Link><div className="cap num ell">{[row.caseNo, row.proposer && row.proposer.code !== 'individual' && row.proposer.name, row.coAuthors.length > 0 ? `${row.author.name}等 ${row.coAuthors.length + 1} 人` : row.author.name, row.author.note, row.submittedAt && instantWords(new Date(row.submittedAt), now)].filter(Boolean).join(' · ')}</div></td>
    <td>{row.committee?.short ?? <span className="pending">待分送</span>}</td>
    <td><span className="rowx tight wrap"><StateTag state={row.state} words={row.stateWords} />{row.urgency !== 'normal' && <UrgencyTag urgency={row.urgency} words={urgencyWords[row.urgency]} />}</span></td>
    <td className="ell">{holder ? holder.words : <span className="pending">{restWords(row)}</span>}</td>
    <td>{holder?.due && <DeadlineChip due={holder.due} critical={row.urgency === 'critical'} />}</td>
  </tr>;
}

function Rows({ rows, at, from, kind }: { rows: readonly SubmissionRow[]; at: number; from: string; kind: SubmissionKind }): ReactNode {
  return <table aria-label={kindWords[kind]}><colgroup><col style={{ width: 112 }} /><col /><col style={{ width: 118 }} /><col style={{ width: 150 }} /><col style={{ width: 130 }} /><col style={{ width: 176 }} /></colgroup>
    <thead><tr><th>收件号</th><th>标题</th><th>专委会</th><th>状态</th><th>在谁手里</th><th>到什么时候</th></tr></thead>
    <tbody>{rows.map((row, index) => <Line key={row.id} row={row} on={index === at} from={from} />)}</tbody></table>;
}

/** 社情民意 and 提案: all that this person may see, the newest first. */
export function Documents({ kind }: { kind: SubmissionKind }): ReactNode {
  const place = usePlace();
  const input = listInput(kind, place.query);
  const from = place.href;
  const pages = usePages(`list ${JSON.stringify(input)}`, (after, limit) => api.list({ ...input, limit, ...(after !== undefined && { after }) }), undone.use());
  const { rows, next } = pages;
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(caseHref(row.id, from)); });
  useKeys(keys);
  useEffect(() => { remember(from, rows.map(({ id }) => id), next === null); }, [from, rows, next]);
  const filtered = input.state !== undefined || input.committeeId !== undefined || input.proposer !== undefined;
  return <Frame tools={<>{kind === 'proposal' && rows.length > 0 && <SheetButton ids={rows.slice(0, mostSheets).map(({ id }) => id)} name={rows.length > mostSheets || next !== null ? `提案表（前 ${Math.min(rows.length, mostSheets)} 件）` : '提案表（Word）'} />}<ListTools page={kind === 'opinion' ? 'opinions' : 'proposals'} sought={input} name={kindWords[kind]} /></>} crumb={<><h1>{kindWords[kind]}</h1>{!pages.loading && <span>{rows.length}{next === null ? '' : '+'} 件，新收的在前</span>}</>}>
    <Filters kind={kind} />
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title={filtered ? '没有符合条件的' : `还没有${kindWords[kind]}`}>{filtered ? <Link to={hrefOf(place.path)} className="btn">看全部</Link> : '委员提交以后，您能看到的会在这里。'}</Empty>
          : <Rows rows={rows} at={at} from={from} kind={kind} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
  </Frame>;
}
