import { useDidShow } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { SubmissionRow } from '@lvzhi/contracts';
import { a11y } from '../../parts/a11y.ts';
import { DueChip } from '../../parts/chip.tsx';
import type { DueView } from '../../parts/chip.tsx';
import { DraftElsewhere, DraftHere } from '../../parts/draft-row.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Btns, Card, Hero, Kind, Row, Section } from '../../parts/plain.tsx';
import { inHands, todayWords } from '../../parts/progress.tsx';
import { Loaded, StateCard } from '../../parts/states.tsx';
import { TypeQuestion } from '../../parts/type-question.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { whenWords } from '../../platform/clock.ts';
import { badge } from '../../platform/device.ts';
import { stepDrafts, useElsewhere } from '../../platform/draft-copies.ts';
import { draftsOf } from '../../platform/drafts.ts';
import { go } from '../../platform/go.ts';
import { useMe } from '../../platform/session.ts';
import { useRefresh } from '../../platform/use-refresh.ts';
import { Appointments, appointmentsOf } from './appointments.tsx';
import { TaskCard } from './task-card.tsx';

type HomeView = Awaited<ReturnType<typeof api.home>>;
const firstDue = async () => (await api.listTasks({ box: 'review', limit: 1 })).rows[0]?.due ?? null;

const ownTasks = (home: HomeView) => home.tasks.filter(({ action }) => action !== 'review' && action !== 'triage');
const countOf = (home: HomeView): number => ownTasks(home).length + home.review;
const headline = (home: HomeView): string => (countOf(home) === 0 ? '现在没有要您办的事' : `有 ${countOf(home)} 件事等您办${home.more ? '，先列最急的' : ''}`);

export default function Home() {
  const me = useMe();
  const asked = useAnswer(me !== undefined, me?.person.id ?? '', async () => {
    const home = await api.home({});
    badge(countOf(home));
    const [visits, firstReview] = await Promise.all([me ? appointmentsOf(me) : [], home.review > 0 ? firstDue() : null]);
    return { ...home, visits, firstReview };
  });
  useRefresh(asked.again);
  return <Page tab>
    <TypeQuestion />
    <Loaded of={asked}>{(home) => <>
      <Hero title={headline(home)}><Text>{home.dueToday > 0 ? `${home.dueToday} 件今天到期 · ` : ''}{todayWords()}</Text></Hero>
      {countOf(home) === 0 && <StateCard icon="checkc" title="都办完了">有新的事，会在这里和“通知”里告诉您。</StateCard>}
      {ownTasks(home).map((task) => <TaskCard key={task.id} task={task} again={asked.again} />)}
      {home.review > 0 && <ReviewGroup count={home.review} due={home.firstReview} />}
      {home.visits.length > 0 && <Appointments visits={home.visits} />}
    </>}</Loaded>
    <Writing />
    {asked.answer && asked.answer.held.length > 0 && <Held rows={asked.answer.held} />}
  </Page>;
}

const ReviewGroup = ({ count, due }: { count: number; due: DueView | null }) => <Card>
  <View className="card-top"><Kind icon="inbox">专委会初审</Kind>{due && <DueChip due={due} prefix={count > 1 ? '最早 ' : ''} />}</View>
  <View className="card-title">初审 {count} 件</View>
  <Btns><Btn onTap={() => { go('queue'); }}>去初审</Btn></Btns>
</Card>;

/** The ways to begin, and the drafts on this phone. */
function Writing() {
  const me = useMe();
  const [, setShown] = useState(0);
  useDidShow(() => { setShown((times) => times + 1); void stepDrafts(); });
  const elsewhere = useElsewhere(me?.person.id ?? '');
  if (!me) return null;
  const drafts = draftsOf(me.person.id);
  const [opinion, proposal] = [me.can.includes('write_opinion'), me.can.includes('write_proposal') || me.can.includes('write_collective')];
  if (!opinion && !proposal) return null;
  return <>
    <Section title="我要反映" />
    <View className="pair">
      {opinion && <View className="act" hoverClass="pressed" {...a11y({ role: 'button' })} onClick={() => { go('form', { kind: 'opinion' }); }}><View className="ico"><Icon name="msg" /></View><View className="grow"><View className="act-name">写社情民意</View><View className="cap">一事一报</View></View></View>}
      {proposal && <View className="act" hoverClass="pressed" {...a11y({ role: 'button' })} onClick={() => { go('form', { kind: 'proposal' }); }}><View className="ico"><Icon name="doc" /></View><View className="grow"><View className="act-name">写提案</View><View className="cap">一事一案</View></View></View>}
    </View>
    {drafts.length + elsewhere.length > 0 && <Card flush>{drafts.slice(0, 3).map((draft) => <DraftHere key={draft.id} draft={draft} />)}{elsewhere.slice(0, 2).map((draft) => <DraftElsewhere key={draft.id} draft={draft} />)}</Card>}
  </>;
}

const heldNote = ({ holder, stateWords }: SubmissionRow): string => (holder ? `现在：${inHands(holder)}${holder.due ? `，${whenWords(holder.due.at)} 前` : ''}` : `现在：${stateWords}`);
const Held = ({ rows }: { rows: readonly SubmissionRow[] }) => <>
  <Section title="正在别人手里（不用您办）"><View className="more" {...a11y({ role: 'button' })} onClick={() => { go('duties'); }}><Text>全部</Text><Icon name="r" /></View></Section>
  <Card flush>{rows.map((row) => <Row key={row.id} lines={1} title={row.title} note={heldNote(row)} onTap={() => { go('detail', { id: row.id }); }} />)}</Card>
</>;
