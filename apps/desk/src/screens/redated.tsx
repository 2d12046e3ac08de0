import type { RedatedRow, RuleChangeView } from '@lvzhi/contracts';
import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Failure, Loading } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';
import { usePages } from '../platform/load.ts';

export function RedatedTable({ rows }: { rows: readonly RedatedRow[] }): ReactNode {
  return <table aria-label="重算的期限"><colgroup><col style={{ width: 170 }} /><col style={{ width: 90 }} /><col style={{ width: 130 }} /><col style={{ width: 130 }} /><col /></colgroup>
    <thead><tr><th>哪一件</th><th>办什么</th><th>原来到</th><th>改到</th><th>怎么算的</th></tr></thead>
    <tbody>{rows.map((row) => <tr className="plain" key={`${row.number} ${row.action} ${row.before}`}><td className="num"><b>{row.number}</b>{!row.number.startsWith(row.kindWords) && <div className="cap">{row.kindWords}</div>}</td><td>{row.action}</td><td className="num"><del>{row.before}</del></td><td className="num"><b>{row.after}</b></td><td className="wraps cap">{row.explanation}</td></tr>)}</tbody></table>;
}

/** Which running deadlines a change of the calendar moved: by number, never by title. */
export function Redated({ change, close }: { change: RuleChangeView; close: () => void }): ReactNode {
  useCover(true);
  const pages = usePages(`redated ${change.id}`, (after, limit) => api.listRedated({ id: change.id, limit: Math.max(50, limit), ...(after !== undefined && { after }) }));
  return <Modal open onCancel={close} width={920} title={`重算了 ${change.redated} 个期限：${change.words}`} footer={<Btn onClick={close}>看好了</Btn>}>
    <div className="scroll" style={{ maxHeight: '60vh' }}>{pages.loading ? <Loading /> : pages.problem && pages.rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} /> : <RedatedTable rows={pages.rows} />}
      {pages.next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}</div>
  </Modal>;
}
