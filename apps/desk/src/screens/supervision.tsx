import type { SupervisionView } from '@lvzhi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag } from '../parts/chip.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { Rail } from '../parts/rail.tsx';
import { caseHref, listFrom, supervisionHref } from '../parts/sources.ts';
import { Failure, Loading } from '../parts/states.tsx';
import { HolderCard, Timeline } from '../parts/timeline.tsx';
import { useWalk } from '../parts/walk.ts';
import { Walker } from '../parts/walker.tsx';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { go, Link, usePlace } from '../platform/route.ts';
import { DemandForm, SupervisionActs } from './supervision-acts.tsx';
import type { DemandAct } from './supervision-acts.tsx';

type Demand = SupervisionView['demands'][number];
const Part = ({ title, children }: { title: string; children: ReactNode }): ReactNode => <section className="panel" aria-label={title}><h3>{title}</h3>{children}</section>;
const Said = ({ children }: { children: string }): ReactNode => <p style={{ whiteSpace: 'pre-wrap' }}>{children}</p>;

function DemandLine({ demand, set }: { demand: Demand; set: (it: SupervisionView) => void }): ReactNode {
  const [act, choose] = useState<DemandAct | null>(null);
  const acts = ([['answer_demand', '答复'], ['settle_demand', '办结'], ['insist_demand', '请再答复']] as const).filter(([code]) => demand.can.includes(code));
  return <div className="col" style={{ gap: 6, padding: '10px 0', borderTop: '1px solid var(--line)' }}>
    <div className="rowx wrap"><b>{demand.unit.name}</b><StateTag state={demand.state} words={demand.stateWords} /><span className="cap num">{demand.dueOn} 前答复</span>{demand.due && <DeadlineChip due={demand.due} />}
      <span className="rowx push">{acts.map(([code, words]) => <Btn key={code} small look={code === 'insist_demand' ? 'line' : 'pri'} onClick={() => choose(code)}>{words}</Btn>)}</span></div>
    <Said>{demand.demand}</Said>
    {demand.note !== '' && <div className="note w"><Icon name="info" /><div><b>请再答复</b><p>{demand.note}</p></div></div>}
    {demand.answer !== '' && <div className="note b"><Icon name="msg" /><div><b>单位答复</b><Said>{demand.answer}</Said></div></div>}
    {act && <DemandForm demand={demand} act={act} close={() => choose(null)} done={(it) => { choose(null); set(it); }} />}
  </div>;
}

function Appraisal({ appraisal }: { appraisal: NonNullable<SupervisionView['appraisal']> }): ReactNode {
  const { open, dueOn, most, invited, given, results } = appraisal;
  return <Part title="委员评议"><p className="sub num">请了 {invited} 位委员，已评 {given} 位{open ? `，${dueOn} 截止；结束以后才看得到结果` : ''}。谁评了多少分不公布。</p>
    {results && <table aria-label="评议结果"><thead><tr><th>项目</th><th>平均分（满分 {most}）</th><th>人数</th></tr></thead><tbody>{results.map(({ code, name, mean, n }) => <tr key={code}><td>{name}</td><td className="num">{mean ?? '—'}</td><td className="num">{n}</td></tr>)}</tbody></table>}</Part>;
}

function Whole({ it, set }: { it: SupervisionView; set: (it: SupervisionView) => void }): ReactNode {
  return <div className="col grow scroll" style={{ padding: '16px 24px', gap: 14 }}>
    <div><h2>{it.proposal.title}</h2><p className="sub num">{[it.proposal.caseNo, `提案人 ${it.proposal.authors}`].filter(Boolean).join(' · ')} {it.mayOpen && <Link to={caseHref(it.proposal.id, '/supervision')}>看提案</Link>}</p></div>
    {it.reason !== '' && <Part title="提名理由"><p className="cap">{it.nominatedBy} 提名</p><Said>{it.reason}</Said></Part>}
    {it.plan !== '' && <Part title="督办方案"><p className="cap num">{it.dueOn} 前完成</p><Said>{it.plan}</Said></Part>}
    {it.events.length > 0 && <Part title={`督办活动 ${it.events.length} 次`}>{it.events.map((event) => <div key={event.id} className="col" style={{ gap: 4, padding: '10px 0', borderTop: '1px solid var(--line)' }}>
      <p className="num"><b>{event.on}</b> {event.place}</p><p className="cap">参加：{event.people}</p><Said>{event.what}</Said>{event.findings !== '' && <div className="note w"><Icon name="info" /><div><b>发现的问题</b><Said>{event.findings}</Said></div></div>}<p className="cap">{event.by} 登记</p></div>)}</Part>}
    {it.demands.length > 0 && <Part title={`向单位提出的要求 ${it.demands.length} 条`}>{it.demands.map((demand) => <DemandLine key={demand.id} demand={demand} set={set} />)}</Part>}
    {it.appraisal && <Appraisal appraisal={it.appraisal} />}
    {it.report !== '' && <Part title="督办情况报告"><Said>{it.report}</Said></Part>}
    {it.text.situation !== '' && <Part title="提案原文">{([['情况', it.text.situation], ['原因分析', it.text.analysis], ['建议', it.text.suggestion]] as const).map(([name, words]) => words !== '' && <div className="part" key={name}><span className="lab">{name}</span><Said>{words}</Said></div>)}</Part>}
  </div>;
}

/** One key proposal: what was decided, planned, done, demanded, answered, scored and reported. */
export function Supervision({ id }: { id: string }): ReactNode {
  const from = listFrom(usePlace().query);
  const { data: it, problem, reload, set } = useLoad(`supervision ${id}`, () => api.showSupervision({ id }));
  const walk = useWalk(from, id);
  const to = (other: string | undefined) => { if (other) go(supervisionHref(other, from)); };
  useKeys({ j: () => to(walk?.next), k: () => to(walk?.previous), escape: from ? () => go(from) : undefined });
  if (!it) return <Frame crumb={<h1>重点提案</h1>}>{problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}</Frame>;
  const holder = it.holder && { ...it.holder, note: '' };
  return <Frame split crumb={<><Link to={from ?? '/supervision'}>{from?.startsWith('/todo') ? '待我办' : '重点提案'}</Link><Icon name="right" /><b className="num">{it.proposal.caseNo}</b></>} tools={walk && <Walker walk={walk} to={to} />}>
    <div className="pane"><Whole it={it} set={set} /><SupervisionActs key={it.id} it={it} set={set} /></div>
    <Rail width={348} label="督办情况">
      <div className="rowx wrap">{it.form && <span className="tag b">{it.form.name}</span>}<StateTag state={it.state} words={it.stateWords} /></div>
      {it.leader && <p>牵头督办领导 <b>{it.leader}</b></p>}{it.committee && <p>承办督办 <b>{it.committee.name}</b></p>}{it.meeting !== '' && <p className="sub">{it.meeting}</p>}
      <HolderCard holder={holder} ended={it.stateWords} />
      {it.timeline.length > 0 && <Timeline timeline={it.timeline} holder={holder} next={[]} />}
    </Rail>
  </Frame>;
}
