import type { HandlingRow } from '@lvzhi/contracts';
import { Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { choicesOf, Filter } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { useLine } from '../parts/line.ts';
import { saveList } from '../parts/list-tools.tsx';
import { handlingGroups, handlingHref, handlingInput } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { ReleaseBar } from './release-bar.tsx';

/** `pick`: where answers wait to be released, whether this one is chosen. */
interface Pick { readonly on: boolean; set: (on: boolean) => void }
function Line({ row, on, from, pick }: { row: HandlingRow; on: boolean; from: string; pick: Pick | undefined }): ReactNode {
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={() => go(handlingHref(row.id, from))}>
    {pick && <td onClick={(event) => event.stopPropagation()}>{row.can.includes('release') && <Checkbox aria-label={`选中 ${row.proposal.title}`} checked={pick.on} onChange={(event) => pick.set(event.target.checked)} />}</td>}
    <td className="num">{row.proposal.caseNo}</td>
    <td><Link to={handlingHref(row.id, from)} className="ell title">{row.proposal.title}</Link><div className="cap ell">{row.proposal.author}</div></td>
    <td><span className="ell">{row.unit.short}</span><div className="cap">{row.roleWords}</div></td>
    <td><StateTag state={row.state} words={row.stateWords} /></td>
    <td className="num">{row.role === 'assist' ? '—' : row.talks === 0 ? <span className="pending">未面商</span> : `${row.talks} 次`}</td>
    <td className="ell">{row.holder ? `${row.holder.words} ${row.holder.action}` : ''}</td>
    <td>{row.holder?.due ? <DeadlineChip due={row.holder.due} /> : ''}</td>
  </tr>;
}

/** 提案办理: units' parts, a unit's own, a side's, or all; the earliest answer first. */
export function Handlings(): ReactNode {
  const place = usePlace();
  const { me, catalogue } = useDesk();
  const input = handlingInput(place.query);
  const from = place.href;
  const pages = usePages(`handlings ${JSON.stringify(input)}`, (after, limit) => api.listHandlings({ ...input, limit, ...(after !== undefined && { after }) }));
  const { rows, next } = pages;
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(handlingHref(row.id, from)); });
  useKeys(keys);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const ready = rows.some(({ can }) => can.includes('release'));
  const pickOf = (id: string): Pick | undefined => (ready ? { on: picked.has(id), set: (chosen) => setPicked(new Set(chosen ? [...picked, id] : [...picked].filter((it) => it !== id))) } : undefined);
  useEffect(() => { remember(from, rows.map(({ id }) => id), next === null); }, [from, rows, next]);
  return <Frame crumb={<><h1>提案办理</h1>{!pages.loading && <span>{rows.length}{next === null ? '' : '+'} 件，最先到期的在前</span>}</>} tools={rows.length > 0 && <Btn onClick={() => void saveList(hrefOf('/handlings/export', { group: input.group ?? null, unitId: input.unitId ?? null }), '提案办理', '件')}>导出表格</Btn>}>
    <div className="rowx sp wrap"><nav className="tabs" aria-label="按办理情况">{handlingGroups.map(({ code, words }) => <Link key={code} to={withQuery(place, { group: code === 'all' ? null : code })} current={code === input.group}>{words}</Link>)}</nav>
      {(me.can.includes('dispatch_proposals') || me.can.includes('triage_proposal')) && <Filter label="承办单位" width={200} value={input.unitId ?? ''} options={choicesOf(catalogue.units)} change={(unit) => go(withQuery(place, { unit }))} />}</div>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
        : rows.length === 0 ? <Empty title="没有符合条件的">交办以后，您能看到的承办件会在这里。</Empty>
          : <table aria-label="提案办理"><colgroup>{ready && <col style={{ width: 40 }} />}<col style={{ width: 176 }} /><col /><col style={{ width: 120 }} /><col style={{ width: 110 }} /><col style={{ width: 76 }} /><col style={{ width: 170 }} /><col style={{ width: 150 }} /></colgroup>
            <thead><tr>{ready && <th aria-label="选择" />}<th>案号</th><th>案由</th><th>承办单位</th><th>状态</th><th>面商</th><th>现在</th><th>期限</th></tr></thead>
            <tbody>{rows.map((row, index) => <Line key={row.id} row={row} on={index === at} from={from} pick={pickOf(row.id)} />)}</tbody></table>}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {picked.size > 0 && <ReleaseBar rows={rows} picked={picked} keep={setPicked} again={pages.reload} />}
  </Frame>;
}
