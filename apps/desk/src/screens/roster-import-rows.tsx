import type { RosterImportRowView, RosterImportView } from '@lvzhi/contracts';
import type { RowDecision } from '@lvzhi/domain';
import { rowVerdicts } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { usePages } from '../platform/load.ts';
import { Link, usePlace, withQuery } from '../platform/route.ts';
import { useRun } from '../platform/run.ts';

const verdictWords = { new: '新增', changed: '变更', unchanged: '不变', left_out: '不导入' } as const;
const looks = { new: 'o', changed: 'b', unchanged: '', left_out: 'w' } as const;
const decisionWords: Readonly<Record<RowDecision, string>> = { new: '是另一个人', same: '就是他', skip: '不导入' };

function Line({ row, decide, open }: { row: RosterImportRowView; decide: (as: RowDecision | null) => void; open: boolean }): ReactNode {
  return <tr className="plain"><td className="num">{row.line}</td><td><b>{row.name}</b></td><td className="num">{row.phone}</td><td className="ell">{row.sector}</td>
    <td><span className={`tag ${looks[row.verdict]}`}>{verdictWords[row.verdict]}</span></td>
    <td><div className="wraps">{row.words}</div>{open && row.may.length > 0 && <div className="rowx tight wrap" role="group" aria-label={`第 ${row.line} 行怎么办`}>{row.may.map((it) => <Btn key={it} small look={row.decision === it ? 'pri' : 'line'} onClick={() => decide(row.decision === it ? null : it)}>{decisionWords[it]}</Btn>)}</div>}</td></tr>;
}

/** Every line of the file with what would be done with it, the ones that are left out first to be looked at. */
export function ImportRows({ doc, set }: { doc: RosterImportView; set: (doc: RosterImportView) => void }): ReactNode {
  const place = usePlace();
  const verdict = rowVerdicts.find((it) => it === place.query.get('verdict'));
  const [turn, setTurn] = useState(0);
  const pages = usePages(`import rows ${doc.id} ${verdict ?? ''}`, (after, limit) => api.listImportRows({ id: doc.id, limit: Math.max(limit, 50), ...(verdict && { verdict }), ...(after !== undefined && { after }) }), turn + doc.version);
  const { problem, run } = useRun();
  const decide = (line: number) => async (as: RowDecision | null) => {
    const answer = await run(() => api.decideImportRow({ id: doc.id, line, as }));
    if (answer) { set(answer.doc); setTurn((it) => it + 1); }
  };
  return <>
    <nav className="tabs" aria-label="按结果"><Link to={withQuery(place, { verdict: null })} current={!verdict}>全部 {doc.total}</Link>{rowVerdicts.map((it) => <Link key={it} to={withQuery(place, { verdict: it })} current={it === verdict}>{verdictWords[it]} {doc.counts[it]}</Link>)}</nav>
    <ProblemNote problem={problem} />
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && pages.rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} /> : pages.rows.length === 0 ? <Empty title="没有这样的行">{doc.state === 'applied' ? '明细保留 30 天。' : '可以看别的结果。'}</Empty>
        : <table aria-label="导入预览"><colgroup><col style={{ width: 72 }} /><col style={{ width: 120 }} /><col style={{ width: 130 }} /><col style={{ width: 130 }} /><col style={{ width: 90 }} /><col /></colgroup>
          <thead><tr><th>行号</th><th>姓名</th><th>手机号</th><th>界别</th><th>结果</th><th>说明</th></tr></thead>
          <tbody>{pages.rows.map((row) => <Line key={row.line} row={row} open={doc.state === 'previewed'} decide={(as) => void decide(row.line)(as)} />)}</tbody></table>}
      {pages.rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {pages.next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
  </>;
}
