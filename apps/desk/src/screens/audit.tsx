import type { AuditRow } from '@lvzhi/contracts';
import { auditGroupOf, auditGroups, auditGroupWords, auditKinds, auditWords, dateOf, timeOf } from '@lvzhi/domain';
import type { AuditGroup, AuditKind } from '@lvzhi/domain';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Filter } from '../parts/fields.tsx';
import { Frame } from '../parts/frame.tsx';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { problemOf } from '../platform/problem.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import type { Place } from '../platform/route.ts';
import { saveFile } from '../platform/transfer.ts';

interface Asked { readonly group?: AuditGroup; readonly kind?: AuditKind; readonly name: string; readonly from?: string; readonly until?: string }
function askedOf({ query }: Place): Asked {
  const [group, kind] = [auditGroups.find((it) => it === query.get('group')), auditKinds.find((it) => it === query.get('kind'))];
  const [from, until] = [query.get('from'), query.get('until')];
  return { ...(group && { group }), ...(kind && { kind }), name: query.get('name') ?? '', ...(from && { from }), ...(until && { until }) };
}

async function save(asked: Asked): Promise<void> {
  try { await saveFile(hrefOf('/audit/export', { ...asked }), '审计记录.xlsx'); announce({ words: '已导出，这次导出也记入审计' }); } catch (error) { announce({ words: `没有导出：${problemOf(error).reason}` }); }
}

function Filters({ asked }: { asked: Asked }): ReactNode {
  const place = usePlace();
  const [typed, setTyped] = useState(asked.name);
  const set = (change: Record<string, string | null>) => go(withQuery(place, change), 'replace');
  useEffect(() => {
    if (typed.trim() === asked.name) return undefined;
    const timer = setTimeout(() => go(withQuery(place, { name: typed.trim() }), 'replace'), 300);
    return () => clearTimeout(timer);
  }, [typed, asked.name, place]);
  const kinds = auditKinds.filter((it) => asked.group === undefined || auditGroupOf(it) === asked.group).map((it) => ({ value: it, label: auditWords[it] }));
  return <div className="rowx sp wrap">
    <nav className="tabs" aria-label="按类别"><Link to={withQuery(place, { group: null, kind: null })} current={asked.group === undefined}>全部</Link>{auditGroups.map((it) => <Link key={it} to={withQuery(place, { group: it, kind: null })} current={asked.group === it}>{auditGroupWords[it]}</Link>)}</nav>
    <div className="rowx wrap">
      <Filter label="全部事项" width={170} value={asked.kind ?? ''} options={kinds} change={(kind) => set({ kind })} />
      <Input allowClear style={{ width: 130 }} aria-label="谁" placeholder="谁（姓名）" value={typed} onChange={(event) => setTyped(event.target.value)} />
      <Input type="date" style={{ width: 150 }} aria-label="从哪天起" value={asked.from ?? ''} onChange={(event) => set({ from: event.target.value })} />
      <Input type="date" style={{ width: 150 }} aria-label="到哪天止" value={asked.until ?? ''} onChange={(event) => set({ until: event.target.value })} />
    </div>
  </div>;
}

function Rows({ rows }: { rows: readonly AuditRow[] }): ReactNode {
  return <table aria-label="审计记录"><colgroup><col style={{ width: 160 }} /><col style={{ width: 180 }} /><col style={{ width: 110 }} /><col style={{ width: 90 }} /><col style={{ width: '22%' }} /><col /></colgroup>
    <thead><tr><th>时间</th><th>事项</th><th>谁</th><th>从哪里</th><th>对象</th><th>说明</th></tr></thead>
    <tbody>{rows.map((it) => <tr className="plain" key={it.id}><td className="num">{dateOf(new Date(it.at))} {timeOf(new Date(it.at))}</td><td><b>{it.words}</b><div className="cap">{it.groupWords}</div></td><td>{it.who}</td><td>{it.surface}</td><td className="wraps">{it.subject}</td><td className="wraps">{it.detail}</td></tr>)}</tbody></table>;
}

/** 审计记录: sign-ins, exports, readings and changes, for the auditor alone. There is nothing here to change or remove. */
export function AuditLog(): ReactNode {
  const asked = askedOf(usePlace());
  const key = `audit ${JSON.stringify(asked)}`;
  const kept = useLoad('audit kept', () => api.listAudit({ limit: 1 }));
  const pages = usePages(key, (after, limit) => api.listAudit({ ...asked, limit: Math.max(limit, 50), ...(after !== undefined && { after }) }));
  const { rows, next } = pages;
  return <Frame crumb={<><h1>审计记录</h1>{kept.data && <span className="num">保存 {kept.data.keepDays} 天，只能看和导出</span>}</>} tools={<Btn onClick={() => void save(asked)}>导出</Btn>}>
    <Filters asked={asked} />
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} /> : rows.length === 0 ? <Empty title="没有符合条件的记录"><Link to="/audit" className="btn">看全部</Link></Empty> : <Rows rows={rows} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
  </Frame>;
}
