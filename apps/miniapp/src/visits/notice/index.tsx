import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useEffect, useRef, useState } from 'react';
import type { VisitView } from '@lvzhi/contracts';
import { DueChip } from '../../parts/chip.tsx';
import { leftWords, useConsentReady } from '../../parts/consent.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, Hero, Meta, Note, Tag } from '../../parts/plain.tsx';
import { Timeline } from '../../parts/progress.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { newKey } from '../../platform/keys.ts';
import { whenWords } from '../../platform/clock.ts';
import { call, say } from '../../platform/device.ts';
import { go } from '../../platform/go.ts';
import { didVisit } from '../../platform/moves.ts';
import { askConsent } from '../../platform/reminding.ts';
import { useMe } from '../../platform/session.ts';
import { useRefresh } from '../../platform/use-refresh.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';
import { OtherTime, proposalOf, proposalWords } from './other-time.tsx';
import type { Proposal } from './other-time.tsx';

const nothingChosen: Proposal = { on: '', time: '', video: false, note: '' };

/** One appointment: when, where, who, about what; and the answer. */
export default function VisitNotice() {
  const { id = '', change } = useRouter().params;
  const me = useMe();
  const asked = useAnswer(me !== undefined, id, () => api.showVisit({ id }));
  const [changing, setChanging] = useState(change === '1');
  const [proposal, setProposal] = useState<Proposal>(nothingChosen);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  useRefresh(asked.again);
  const reminders = useConsentReady();
  const visit = asked.answer;
  const shown = visit?.id;
  // That it was read is for the desk to know; where it could not be said, the person has it before them all the same.
  useEffect(() => { if (shown !== undefined) api.readAbout({ id: shown }).catch(() => undefined); }, [shown]);
  const left = reminders?.sorts.find(({ sort }) => sort === 'visit');

  const act = async (words: string, run: () => ReturnType<typeof api.confirmVisit>) => {
    setBusy(true);
    try {
      const answer = await run();
      key.current = newKey();
      setChanging(false); setProposal(nothingChosen); asked.put(answer.doc);
      didVisit(words, answer, asked.put);
    } catch (error) { say(reasonOf(error)); if (error instanceof Failure && error.status === 409) await asked.again(); } finally { setBusy(false); }
  };
  const confirm = (it: VisitView) => {
    // WeChat's question comes first in the tap, or it is not shown; the answer to the visit does not wait for it.
    void askConsent('visit', 'progress', 'task');
    return act('已确认参加', () => api.confirmVisit({ id, version: it.version, key: key.current }));
  };
  const propose = (it: VisitView) => {
    const sent = proposalOf(proposal, it);
    if (!sent) { say('请先选好日期和时间'); return; }
    void act('已提出改期', () => api.proposeVisit({ id, version: it.version, key: key.current, ...sent }));
  };

  const may = (action: VisitView['can'][number]) => visit?.can.includes(action) === true;
  const bar = !visit || (!may('confirm') && !may('propose')) ? undefined : changing && may('propose')
    ? <><Btn size="fit" onTap={() => { setChanging(false); }}>不改了</Btn><Btn main size="two" off={!proposalOf(proposal, visit)} busy={busy} onTap={() => { propose(visit); }}>{proposalWords(proposal, visit)}</Btn></>
    : <>{may('propose') && <Btn onTap={() => { setChanging(true); }}>换个时间</Btn>}{may('confirm') && <Btn main size="two" busy={busy} onTap={() => { void confirm(visit); }}>确认参加</Btn>}</>;
  return <Page {...(bar && { bar })}>
    <Loaded of={asked}>{(it) => <>
      <Facts visit={it} />
      {may('confirm') && !changing && reminders?.bound === true && left?.templateId != null && <Note tone="b" icon="bell" title={leftWords(left)}>点“确认参加”时微信会问要不要提醒，同意一次发一条。不同意的，改时间只能短信或打电话告诉您。</Note>}
      {changing && may('propose') && <OtherTime visit={it} value={proposal} onChange={setProposal} />}
      <Note tone="b" icon="phone" title={`要商量，打给${it.contact.name}`} onTap={() => { void call(it.contact.phone); }}>{it.contact.phone}，{it.contact.hours}</Note>
      {it.timeline.length > 0 && <Card><Timeline steps={it.timeline.map(({ id: step, words, who, at, note }) => ({ key: step, look: 'done', title: who ? `${words} · ${who}` : words, note: whenWords(at), said: note }))} /></Card>}
    </>}</Loaded>
  </Page>;
}

/** What came of it: the reports that were written, and the way to write one. */
function FromHere({ visit: { id, reports, mayReport } }: { visit: VisitView }) {
  if (!mayReport && reports.length === 0) return null;
  return <Card>
    <View className="lab">走访中谈到的情况</View>
    {reports.map((it) => <Note key={it.id} tone="b" icon="doc" title={it.title} onTap={() => { go('detail', { id: it.id }); }}>收件号 {it.receiptNo}，{it.stateWords}</Note>)}
    {mayReport && <><View className="cap">值得报上去的，写成一条社情民意，来源会记下这次走访。</View><Btn onTap={() => { go('form', { kind: 'opinion', visit: id }); }}>写成社情民意</Btn></>}
  </Card>;
}

const tones: Partial<Record<VisitView['state'], 'o' | 'w' | 'b'>> = { confirmed: 'o', agreed: 'o', visited: 'o', proposed: 'b', notified: 'w' };
function Facts({ visit }: { visit: VisitView }) {
  const tone = tones[visit.state];
  return <>
    <Hero title={visit.whenWords}>
      <Text>{visit.leaders.map(({ name }) => name).join('、')} 走访您，约 {visit.minutes} 分钟</Text>
      <View className="row-chip"><Tag {...(tone && { tone })}>{visit.stateWords}</Tag>{visit.due && <DueChip due={visit.due} />}</View>
    </Hero>
    {visit.proposed && <Note tone="b" icon="swap" title={`您提出改到 ${visit.proposed.whenWords}`}>{visit.proposed.form.name}。{visit.proposed.note}{visit.state === 'proposed' ? '委工委安排好后会通知您，原来的时间先保留。' : ''}</Note>}
    <Card><View className="meta roomy">
      {visit.place !== '' && <Meta icon="pin">{visit.place}</Meta>}
      <Meta icon="users">{visit.leaders.map(({ name, note }) => (note ? `${note} ${name}` : name)).join('，')}</Meta>
      <Meta icon="msg">{visit.form.name}</Meta>
      {visit.videoLink && <Meta icon="video"><Text selectable userSelect>视频链接：{visit.videoLink}</Text></Meta>}
      {visit.can.includes('propose') && <Meta icon="video">来不了现场，可改为视频走访</Meta>}
      {visit.state === 'notified' && <Meta icon="clock">请在{whenWords(visit.replyBy)} 前回复</Meta>}
    </View></Card>
    {visit.topics.length > 0 && <Card><View className="lab">想听您谈什么</View>{visit.topics.map((topic, index) => <View key={topic}>{index + 1}. {topic}</View>)}</Card>}
    <FromHere visit={visit} />
  </>;
}
