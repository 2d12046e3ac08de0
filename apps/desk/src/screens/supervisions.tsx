import type { SupervisionRow } from '@lvzhi/contracts';
import { Select } from 'antd';
import { useDeferredValue, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { Labelled, TextBox } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { useLine } from '../parts/line.ts';
import { saveList } from '../parts/list-tools.tsx';
import { supervisionGroupIn, supervisionGroups, supervisionHref } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { once } from '../platform/run.ts';

/** A filed proposal is sought by its number or words of its title. */
function NominateForm({ close }: { close: () => void }): ReactNode {
  const [words, setWords] = useState('');
  const sought = useDeferredValue(words.trim());
  const { data, loading } = useLoad(`key candidates ${sought}`, () => api.findKeyCandidates({ words: sought }));
  return <ActModal title="提名重点提案" words="提名" keep="先不提名" hint="提名以后由主席会议审议确定。提案人在确定以前看不到。" draft={{ proposalId: '', reason: '' }} act={(draft) => once('nominate', draft, api.nominate)} close={close}
    done={({ doc }) => { announce({ words: `已提名：${doc.proposal.title}` }); go(supervisionHref(doc.id)); }}>
    {(draft, change, wrong) => <>
      <Labelled label="提案" hint="已经立案、没有办结的" wrong={wrong['proposalId']}>{(id) => <Select id={id} showSearch={{ filterOption: false, onSearch: setWords }} placeholder="输案号或题目里的字找" status={wrong['proposalId'] ? 'error' : ''} value={draft.proposalId || null}
        options={(data?.rows ?? []).map((it) => ({ value: it.id, label: `${it.caseNo} ${it.title}` }))} notFoundContent={loading ? '正在找…' : '没有找到'} onChange={(proposalId: string) => change({ proposalId })} />}</Labelled>
      <TextBox label="提名理由" value={draft.reason} change={(reason) => change({ reason })} wrong={wrong['reason']} />
    </>}
  </ActModal>;
}

function Line({ row, on, from }: { row: SupervisionRow; on: boolean; from: string }): ReactNode {
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={() => go(supervisionHref(row.id, from))}>
    <td className="num">{row.proposal.caseNo}</td>
    <td><Link to={supervisionHref(row.id, from)} className="ell title">{row.proposal.title}</Link><div className="cap ell">{row.proposal.authors}</div></td>
    <td><span className="ell">{row.form?.name ?? '—'}</span></td><td><span className="ell">{row.leader ?? '—'}</span><div className="cap ell">{row.committee?.short ?? ''}</div></td>
    <td><StateTag state={row.state} words={row.stateWords} /></td><td className="num">{row.openDemands > 0 ? `${row.openDemands} 条没办结` : '—'}</td>
    <td className="ell">{row.holder ? `${row.holder.words} ${row.holder.action}` : ''}</td><td>{row.holder?.due ? <DeadlineChip due={row.holder.due} /> : ''}</td>
  </tr>;
}

/** 重点提案 and their 督办: what one may see of them, the newest nomination first. */
export function Supervisions(): ReactNode {
  const place = usePlace();
  const { me } = useDesk();
  const [group, from] = [supervisionGroupIn(place.query), place.href];
  const [asking, ask] = useState(false);
  const pages = usePages(`supervisions ${group}`, (after, limit) => api.listSupervisions({ group, limit, ...(after !== undefined && { after }) }));
  const { data } = useLoad('supervision counts', () => api.listSupervisions({ limit: 1 }));
  const { rows, next } = pages;
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(supervisionHref(row.id, from)); });
  useKeys(keys);
  useEffect(() => { remember(from, rows.map(({ id }) => id), next === null); }, [from, rows, next]);
  const counts = data?.counts;
  return <Frame crumb={<><h1>重点提案</h1>{counts && <span className="num">重点提案 {counts.key} 件，办结 {counts.closed} 件；提出要求 {counts.demands} 条，已答复 {counts.answered} 条</span>}</>} tools={rows.length > 0 && <Btn onClick={() => void saveList(hrefOf('/supervisions/export', { group }), '重点提案督办', '件')}>导出表格</Btn>}>
    <div className="rowx sp wrap"><nav className="tabs" aria-label="按督办情况">{supervisionGroups.map(({ code, words }) => <Link key={code} to={withQuery(place, { group: code === 'all' ? null : code })} current={code === group}>{words}</Link>)}</nav>
      {(me.can.includes('triage_proposal') || me.can.includes('review')) && <Btn look="pri" onClick={() => ask(true)}>提名重点提案</Btn>}</div>
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} /> : rows.length === 0 ? <Empty title="没有重点提案">提名、确定和正在督办的重点提案会到这里。</Empty>
        : <table aria-label="重点提案"><colgroup><col style={{ width: 150 }} /><col /><col style={{ width: 130 }} /><col style={{ width: 100 }} /><col style={{ width: 100 }} /><col style={{ width: 100 }} /><col style={{ width: 150 }} /><col style={{ width: 140 }} /></colgroup>
          <thead><tr><th>案号</th><th>提案</th><th>督办方式</th><th>牵头领导</th><th>现在</th><th>要求</th><th>在谁手里</th><th>时限</th></tr></thead><tbody>{rows.map((row, index) => <Line key={row.id} row={row} on={index === at} from={from} />)}</tbody></table>}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {asking && <NominateForm close={() => ask(false)} />}
  </Frame>;
}
