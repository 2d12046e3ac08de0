import type { DraftRow, SubmissionRow, TaskRow } from '@lvzhi/contracts';
import { instantWords, isVoice } from '@lvzhi/domain';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { choicesOf, Filter } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { useLine } from '../parts/line.ts';
import { caseHref, ownGroups, ownInput } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';

const begin = () => go(hrefOf('/own/form'));

/** What waits for the bodies that this person speaks for. */
function Waiting({ tasks, from }: { tasks: readonly TaskRow[]; from: string }): ReactNode {
  if (tasks.length === 0) return null;
  return <section className="panel" aria-label="要办的"><span className="lab">要办的 {tasks.length} 件</span>
    {tasks.map((it) => <div className="rowx" key={it.id}><span className="tag w">{it.actionWords}</span><Link to={caseHref(it.submission?.id ?? it.docId, from)} className="grow ell title">{it.submission?.title ?? ''}</Link>{it.due && <DeadlineChip due={it.due} />}</div>)}</section>;
}

/** Begun and not handed in: one click back to it. */
function Begun({ drafts }: { drafts: readonly DraftRow[] }): ReactNode {
  const now = useNow(60_000);
  if (drafts.length === 0) return null;
  return <section className="panel" aria-label="没写完的"><span className="lab">没写完的 {drafts.length} 件</span>
    {drafts.map((it) => <div className="rowx" key={it.id}><span className="tag">{it.of ? '修改稿' : '草稿'}</span><Link to={hrefOf('/own/form', it.of ? { of: it.of.id } : { draft: it.id })} className="grow ell title">{it.title || '还没有标题'}</Link><span className="cap num">{it.length} 字，{instantWords(new Date(it.savedAt), now)} 保存</span></div>)}</section>;
}

function Line({ row, on, from }: { row: SubmissionRow; on: boolean; from: string }): ReactNode {
  const now = useNow(60_000);
  const { holder } = row;
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={() => go(caseHref(row.id, from))}>
    <td className="num">{row.receiptNo}</td>
    <td><Link to={caseHref(row.id, from)} className="ell title">{row.title}</Link><div className="cap num ell">{[row.caseNo, row.author.name, row.submittedAt && `${instantWords(new Date(row.submittedAt), now)} 提交`].filter(Boolean).join(' · ')}</div></td>
    <td>{row.proposer && <span className="tag">{row.proposer.name}</span>}</td>
    <td><StateTag state={row.state} words={row.stateWords} /></td>
    <td className="ell">{holder ? holder.words : <span className="pending">{row.state === 'draft' ? '在本单位' : ''}</span>}</td>
    <td>{holder?.due && <DeadlineChip due={holder.due} />}</td>
  </tr>;
}

/** 集体提案: what the bodies wrote that this person speaks for, what waits for them, and where it is begun. */
export function Own(): ReactNode {
  const { me } = useDesk();
  const place = usePlace();
  const input = ownInput(place.query);
  const from = place.href;
  const bodies = [...new Map(me.posts.flatMap(({ post, body }) => (isVoice(post) && body ? [[body.id, body] as const] : []))).values()];
  const turn = moved.use();
  const pages = usePages<SubmissionRow>(`own ${JSON.stringify(input)}`, (after, limit) => api.listMine({ ...input, limit, ...(after !== undefined && { after }) }), turn);
  const { data: tasks } = useLoad('own tasks', () => api.listTasks({ box: 'mine', limit: 100 }), turn);
  const { data: drafts } = useLoad('own drafts', () => api.listDrafts({}), turn);
  const { rows, next } = pages;
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(caseHref(row.id, from)); });
  useKeys({ ...keys, n: begin });
  useEffect(() => { remember(from, rows.map(({ id }) => id), next === null); }, [from, rows, next]);
  const ours = (tasks?.rows ?? []).filter(({ submission }) => submission && bodies.some(({ id }) => id === submission.author.id));
  const begun = (drafts?.rows ?? []).filter(({ kind, bodyId }) => kind === 'proposal' && (bodyId !== null || !me.can.includes('write_proposal')));
  const group = input.group;
  return <Frame crumb={<><h1>集体提案</h1>{!pages.loading && <span>{rows.length}{next === null ? '' : '+'} 件，最近变动的在前</span>}</>} tools={<Btn look="pri" hotkey="N" onClick={begin}><Icon name="plus" />写集体提案</Btn>}>
    <Waiting tasks={ours} from={from} />
    <Begun drafts={begun} />
    <div className="rowx sp wrap"><nav className="tabs" aria-label="按办理情况">{ownGroups.map(({ code, words }) => <Link key={code} to={withQuery(place, { group: code === 'all' ? null : code })} current={code === group}>{words}</Link>)}</nav>
      {bodies.length > 1 && <Filter label="全部单位" width={200} value={input.of === 'bodies' ? '' : input.of} options={choicesOf(bodies)} change={(body) => go(withQuery(place, { body }))} />}</div>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title={group === 'all' ? '还没有集体提案' : '没有这样的提案'}>{group === 'all' ? '以单位、界别、小组或专委会的名义提的提案都在这里。按“写集体提案”开始，写的时候自动保存。' : <Link to={hrefOf('/own')} className="btn">看全部</Link>}</Empty>
          : <table aria-label="集体提案"><colgroup><col style={{ width: 112 }} /><col /><col style={{ width: 96 }} /><col style={{ width: 130 }} /><col style={{ width: 130 }} /><col style={{ width: 176 }} /></colgroup>
            <thead><tr><th>收件号</th><th>标题</th><th>类型</th><th>状态</th><th>在谁手里</th><th>到什么时候</th></tr></thead>
            <tbody>{rows.map((row, index) => <Line key={row.id} row={row} on={index === at} from={from} />)}</tbody></table>}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
  </Frame>;
}
