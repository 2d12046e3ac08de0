import { kindWords } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Frame } from '../parts/frame.tsx';
import { HelpSheet } from '../parts/help.tsx';
import { Empty, Failure, Loading } from '../parts/states.tsx';
import { useKeys } from '../platform/keys.ts';
import { hrefOf, Link, usePlace } from '../platform/route.ts';
import { BulkBar } from './triage-bulk.tsx';
import { TriagePanel } from './triage-panel.tsx';
import { TriageTable } from './triage-table.tsx';
import { filters, useTriage } from './triage-state.ts';
import type { Filter, TriageState } from './triage-state.ts';

function Filters({ state }: { state: TriageState }): ReactNode {
  const { kinds, kind, filter, counts } = state;
  const countOf = (it: Filter) => (counts && counts[it] > 0 ? <em className="num">{counts[it] < 99 ? counts[it] : '99+'}</em> : null);
  return <div className="rowx sp bar">
    <nav className="tabs" aria-label="筛选">
      {kinds.length > 1 && kinds.map((it) => <Link key={it} to={hrefOf('/triage', { kind: it })} current={it === kind}>{kindWords[it]}</Link>)}
      {kinds.length > 1 && <span className="rule-left" aria-hidden="true" />}
      {(Object.keys(filters) as Filter[]).map((it) => <Link key={it} to={hrefOf('/triage', { kind: kinds.length > 1 ? kind : null, filter: it === 'all' ? null : it })} current={it === filter}>
        {filters[it]}{countOf(it)}</Link>)}
    </nav>
  </div>;
}

/** 分办台: what waits for somebody to say which committee it goes to. Another filter is another list: its selection begins empty. */
export function Triage(): ReactNode {
  const { query } = usePlace();
  return <TriageList key={`${query.get('kind')} ${query.get('filter')}`} />;
}

function TriageList(): ReactNode {
  const state = useTriage();
  const [help, setHelp] = useState(false);
  const { pages, focus, row, picked } = state;
  useKeys({
    j: () => state.focusOn(focus + 1), k: () => state.focusOn(focus - 1), arrowdown: () => state.focusOn(focus + 1), arrowup: () => state.focusOn(focus - 1),
    space: row && (() => state.toggle(row.docId)), escape: state.clear, '?': () => setHelp(true),
  });
  const words = `${kindWords[state.kind]} · 待分办 ${state.counts?.all ?? pages.rows.length} 件`;
  return <Frame split crumb={<><h1>分办台</h1>{!pages.loading && <span>{words}</span>}</>}>
    <div className="pane">
      <Filters state={state} />
      <div className="panel flush grow" style={{ margin: '0 16px 0 24px', borderRadius: '10px 10px 0 0' }}>
        {pages.loading ? <Loading /> : pages.problem && pages.rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} />
          : pages.rows.length === 0 ? <Empty title={state.filter === 'all' ? '都分办完了' : `没有“${filters[state.filter]}”的`}>{state.filter === 'all' ? '拿不准、由专委会退回的会到这里，等您定主送哪一家。' : <Link to={hrefOf('/triage', { kind: state.kinds.length > 1 ? state.kind : null })} className="btn">看全部待分办</Link>}</Empty>
            : <TriageTable state={state} />}
      </div>
      {picked.size > 0 && <BulkBar state={state} />}
    </div>
    {row && <TriagePanel state={state} row={row} openHelp={() => setHelp(true)} />}
    <HelpSheet open={help} close={() => setHelp(false)} keys={triageKeys} />
  </Frame>;
}

const triageKeys = [['J / K', '下一件、上一件'], ['空格', '选中这一件'], ['1 – 3', '定主送的专委会；再按 Shift 加数字，加上或去掉协送'], ['↵', '分送'], ['E', '分送选中的几件'],
  ['M', '改送别的专委会'], ['R', '退回补充'], ['X', '不予采用'], ['Z', '撤销刚才的操作'], ['Esc', '取消选择'], ['?', '看这张表']] as const;
