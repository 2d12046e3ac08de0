import type { VisitView } from '@lvzhi/contracts';
import { visitActionWords } from '@lvzhi/domain';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { StateTag } from '../parts/chip.tsx';
import { Failure, Loading } from '../parts/states.tsx';
import { HolderCard, Timeline } from '../parts/timeline.tsx';
import { announce } from '../parts/toast.tsx';
import { caseHref } from '../parts/sources.ts';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { Link } from '../platform/route.ts';
import { VisitAct } from './visit-act.tsx';
import type { VisitMoved, VisitWork } from './visit-act.tsx';

const works: readonly VisitWork[] = ['agree', 'record', 'reschedule', 'cancel'];
const doneWords: Readonly<Record<VisitWork, string>> = { agree: '已同意改期', record: '已登记走访', reschedule: '已另定时间，委员会重新确认', cancel: '走访已取消，委员会收到通知' };

function sayDone(work: VisitWork, { doc, undo }: VisitMoved, fresh: (doc: VisitView) => void): void {
  const words = `${doneWords[work]}：${doc.member.name}`;
  if (!undo) { announce({ words }); return; }
  announce({ words, until: undo.until, undo: async () => {
    const answer = await api.undoVisit({ id: doc.id, moveId: undo.moveId });
    fresh(answer.doc);
    return `已撤销，恢复为“${answer.doc.stateWords}”：${doc.member.name}`;
  } });
}

function Facts({ doc }: { doc: VisitView }): ReactNode {
  const rows = [['时间', `${doc.whenWords}，${doc.minutes} 分钟`], ['形式', doc.form.name], [doc.videoLink ? '视频链接' : '地点', doc.videoLink ?? doc.place], ['走访人', doc.leaders.map(({ name, note }) => (note ? `${name}（${note}）` : name)).join('、')],
    ['话题', doc.topics.join('；')], ['联系人', [doc.contact.name, doc.contact.phone, doc.contact.hours].filter(Boolean).join('，')]] as const;
  return <div className="keys">{rows.flatMap(([name, words]) => (words ? [<span className="cap" key={name}>{name}</span>, <span key={`${name} words`} style={{ overflowWrap: 'anywhere' }}>{words}</span>] : []))}</div>;
}

/** One member's appointment, and what the arranging side may do with it. */
export function VisitDrawer({ id, close }: { id: string; close: () => void }): ReactNode {
  const { data: doc, problem, reload, set } = useLoad(`visit ${id}`, () => api.showVisit({ id }));
  const [work, setWork] = useState<VisitWork | null>(null);
  useCover(true);
  const can = works.filter((it) => doc?.can.includes(it));
  const done = (it: VisitWork, answer: VisitMoved) => { setWork(null); set(answer.doc); sayDone(it, answer, set); };
  const footer = doc && can.length > 0 && <div className="rowx wrap">{can.map((it, index) => <Btn key={it} {...(index === 0 && it !== 'cancel' && { look: 'pri' as const })} onClick={() => setWork(it)}>{visitActionWords[it]}</Btn>)}</div>;
  return <Drawer open onClose={close} size={460} title={doc ? `走访 ${doc.member.name}` : '走访'} footer={footer}>
    {doc ? <div className="col" style={{ gap: 16 }}>
      <div className="rowx"><StateTag state={doc.state} words={doc.stateWords} /><span className="sub">{doc.member.note}</span></div>
      {doc.proposed && <div className="note w"><div>委员提出改到 <b>{doc.proposed.whenWords}</b>，{doc.proposed.form.name}。{doc.proposed.note && <>说明：{doc.proposed.note}</>}</div></div>}
      <HolderCard holder={doc.holder} ended={doc.stateWords} />
      <Facts doc={doc} />
      {doc.reports.length > 0 && <div className="col" style={{ gap: 4 }}><span className="lab">走访中谈到、写成社情民意的</span>{doc.reports.map((it) => <p key={it.id}><Link to={caseHref(it.id, null)}>{it.title}</Link> <span className="cap num">{it.receiptNo} · {it.author} · {it.stateWords}</span></p>)}</div>}
      <Timeline timeline={doc.timeline} holder={null} next={[]} />
    </div> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
    {doc && work && <VisitAct key={work} work={work} doc={doc} close={() => setWork(null)} done={done} fresh={(it) => { if (it) set(it); else reload(); }} />}
  </Drawer>;
}
