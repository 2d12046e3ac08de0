import { routes } from '@lvzhi/contracts';
import { cityNotice } from '@lvzhi/domain';
import { Checkbox, Drawer, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { instantIn, noWhen } from '../parts/civil-input.tsx';
import { useDesk } from '../parts/frame.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { byVideo, fieldsOf, mustBeWhole, VisitFields } from '../parts/visit-fields.tsx';
import type { Arranged } from '../parts/visit-fields.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { once, useRun } from '../platform/run.ts';
import { LeaderPicker, MemberPicker } from './visit-people.tsx';
import type { Person } from './visit-people.tsx';

interface Filled extends Arranged { readonly members: readonly Person[]; readonly leaders: readonly Person[]; readonly topics: readonly string[] }
const blank: Filled = { members: [], leaders: [], topics: [], when: noWhen, minutes: 40, form: '', place: '', videoLink: '', replyBy: noWhen };
/** What was filled in stays when the form is closed by accident, until the visit is arranged. */
let kept: Filled = blank;

async function arrange(it: Filled): Promise<{ count: number }> {
  const video = it.form === byVideo;
  const input = { memberIds: it.members.map(({ id }) => id), leaderIds: it.leaders.map(({ id }) => id), startsAt: instantIn(it.when), ...(it.minutes !== null && { minutes: it.minutes }),
    form: it.form, place: video ? '' : it.place, videoLink: video ? it.videoLink : '', topics: [...it.topics], replyBy: instantIn(it.replyBy) };
  mustBeWhole(routes.createVisit, { ...input, key: 'not yet made' }, it);
  return once('createVisit', input, api.createVisit);
}

function Topics({ picked, change, wrong }: { picked: readonly string[]; change: (topics: readonly string[]) => void; wrong: string | undefined }): ReactNode {
  const { catalogue } = useDesk();
  const [own, setOwn] = useState('');
  const flip = (topic: string) => change(picked.includes(topic) ? picked.filter((it) => it !== topic) : [...picked, topic]);
  const add = () => { const topic = own.trim(); if (topic !== '' && !picked.includes(topic)) change([...picked, topic]); setOwn(''); };
  const all = [...catalogue.visit.topics, ...picked.filter((it) => !catalogue.visit.topics.includes(it))];
  return <div className="field"><span className="lab">想听的话题</span>
    <div className="col tight" role="group" aria-label="想听的话题">{all.map((topic) => <Checkbox key={topic} checked={picked.includes(topic)} onChange={() => flip(topic)}>{topic}</Checkbox>)}</div>
    <div className="rowx"><Input aria-label="另加话题" placeholder="另加一条" maxLength={60} value={own} onChange={(event) => setOwn(event.target.value)} onPressEnter={add} /><Btn small onClick={add} disabled={own.trim() === ''}>加上</Btn></div>
    {wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}

/** Before it is sent: what it says, whom WeChat can tell, and whom somebody will have to ring. */
function Foreseen({ filled }: { filled: Filled }): ReactNode {
  const ids = filled.members.map(({ id }) => id);
  const { data } = useLoad(`foresee ${ids.join()}`, () => api.foreseeReach({ memberIds: [...ids] }));
  if (!data || ids.length === 0) return null;
  const { wechat, spent, unbound, sms } = data;
  const rest = spent + unbound;
  return <><p className="cap" role="status">微信提醒能到 {wechat} 人{spent > 0 && `，提醒次数用完 ${spent} 人`}{unbound > 0 && `，没有绑定微信 ${unbound} 人`}。{rest > 0 && (sms ? '这些人会改发短信，发不到的在“送达情况”里打电话。' : '这些人要打电话，名单在“送达情况”里。')}</p><Notice filled={filled} own={data.own} /></>;
}

function Notice({ filled: { when, replyBy, form, place, leaders }, own }: { filled: Filled; own: { head: string; body: string } | null }): ReactNode {
  const { catalogue } = useDesk();
  const now = useNow(60_000);
  const startsAt = instantIn(when);
  const where = form === byVideo ? catalogue.visit.forms.find(({ code }) => code === form)?.name ?? '' : place.trim();
  if (startsAt === '' || where === '' || leaders.length === 0) return <p className="cap">填好时间、地点和走访人，这里先看通知怎么写。</p>;
  const due = instantIn(replyBy);
  const { head, body } = cityNotice({ kind: 'visit', action: 'notify', to: 'author', title: '', receiptNo: null, holder: null, due: due === '' ? null : new Date(due), visit: { startsAt: new Date(startsAt), place: where, leaders: leaders.map(({ name, note }) => `${note} ${name}`).join('、') } }, now, own ? { 'visit.notify.author': own } : {});
  return <div className="note" role="note" aria-label="通知预览"><div><span className="cap">委员收到的通知</span><br /><b>{head}</b><br />{body}</div></div>;
}

/** 新建走访: each member gets a notice of their own. */
export function VisitForm({ close }: { close: () => void }): ReactNode {
  const [filled, setFilled] = useState(kept);
  const { busy, problem, run, forget } = useRun();
  useCover(true);
  const change = (part: Partial<Filled>) => { kept = { ...filled, ...part }; setFilled(kept); forget(fieldsOf(part)); };
  const send = async () => {
    const answer = await run(() => arrange(filled));
    if (!answer) return;
    kept = blank;
    close();
    announce({ words: `已安排 ${answer.count} 位委员的走访，通知已发出` });
  };
  const wrong = problem?.kind === 'fields' ? problem.fields : {};
  return <Drawer open onClose={close} size={640} title="新建走访" footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}><span className="cap push">填好的内容关掉也还在</span><Btn onClick={close}>先不安排</Btn>
    <Btn look="pri" busy={busy} onClick={() => void send()}>安排走访并发通知</Btn></div>}>
    <div className="col" style={{ gap: 16 }}>
      <ProblemNote problem={problem} />
      <MemberPicker picked={filled.members} change={(members) => change({ members })} wrong={wrong['memberIds']} />
            <LeaderPicker picked={filled.leaders} change={(leaders) => change({ leaders })} wrong={wrong['leaderIds']} />
      <VisitFields value={filled} change={change} wrong={wrong} />
      <Foreseen filled={filled} />
      <Topics picked={filled.topics} change={(topics) => change({ topics })} wrong={wrong['topics']} />
    </div>
  </Drawer>;
}
