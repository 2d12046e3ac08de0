import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { SubmissionView, TalkView } from '@lvzhi/contracts';
import { dateOf, dateWords } from '@lvzhi/domain';
import { DueChip } from '../../parts/chip.tsx';
import { Btn, Btns, Card, Kind, Section, Tag } from '../../parts/plain.tsx';
import { api } from '../../platform/api.ts';
import { now, whenWords } from '../../platform/clock.ts';
import { ask, say } from '../../platform/device.ts';
import { newKey } from '../../platform/keys.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';
import { ReasonSheet } from './answer-sheet.tsx';

interface Props { doc: SubmissionView; onDoc: (doc: SubmissionView) => void; again: () => Promise<void> }
const onDay = (day: string): string => dateWords(day, dateOf(now()));

/** 面商 as the unit recorded it: the proposer says on this phone whether it was so. */
function Talk({ talk, onDoc, again }: Omit<Props, 'doc'> & { talk: TalkView }) {
  const [busy, setBusy] = useState(false);
  const [denying, setDenying] = useState(false);
  const [fault, setFault] = useState('');
  const key = useRef(newKey());
  const send = async (words: string, act: () => Promise<{ doc: SubmissionView }>) => {
    setBusy(true); setFault('');
    try {
      const { doc } = await act();
      key.current = newKey();
      setDenying(false);
      say(words);
      onDoc(doc);
    } catch (error) {
      if (denying) setFault(reasonOf(error)); else say(reasonOf(error));
      if (error instanceof Failure && error.status === 409) await again();
    } finally { setBusy(false); }
  };
  const on = () => ({ id: talk.id, version: talk.version, key: key.current });
  const confirm = async () => { if (await ask({ title: '确认面商属实', text: `${talk.unit.name}在${onDay(talk.on)}用${talk.form.name}的方式和您面商。`, yes: '属实', no: '再看看' })) await send('已确认', () => api.confirmTalk(on())); };
  const mine = talk.answers.filter(({ answer }) => answer !== 'asked');
  return <Card>
    {talk.mine === 'asked' && <Kind icon="users">承办单位登记了面商，请您确认</Kind>}
    <View className="strong">{onDay(talk.on)}，{talk.form.name}，{talk.unit.name}</View>
    <View className="cap">参加：{talk.people}</View>
    <View className="said"><Text selectable userSelect>{talk.gist}</Text></View>
    {mine.map(({ name, words, note }) => <View key={name} className="cap">{name}：{words}{note === '' ? '' : `（${note}）`}</View>)}
    {talk.mine === 'asked' && <Btns><Btn main size="two" busy={busy} onTap={() => { void confirm(); }}>属实</Btn><Btn busy={busy} onTap={() => { setDenying(true); }}>没有这回事</Btn></Btns>}
    {denying && <ReasonSheet title="没有这次面商" hint="承办单位和交办单位会看到您写的。" label="实际情况" words="否认这次面商" busy={busy} fault={fault} onSend={(note) => { void send('已否认，已告诉承办单位', () => api.denyTalk({ ...on(), note })); }} onClose={() => { setDenying(false); }} />}
  </Card>;
}

/** Who works on the proposal until when, and the talks that this proposer is asked about. */
export function HandlingPart({ doc, onDoc, again }: Props) {
  const { handling } = doc;
  if (!handling) return null;
  return <>
    {handling.talks.filter(({ mine }) => mine === 'asked').map((talk) => <Talk key={talk.id} talk={talk} onDoc={onDoc} again={again} />)}
    <Section title={`承办单位 ${handling.parts.length} 个`} />
    <Card>
      {handling.parts.map((part) => <View key={part.id} className="part-row"><View className="card-top"><Text className="strong">{part.unit.name}</Text><View className="row-chip"><Tag>{part.roleWords}</Tag><Tag tone={part.state === 'assigned' ? 'w' : 'b'}>{part.stateWords}</Tag></View></View>
        <View className="cap num">{part.signedAt ? `${whenWords(part.signedAt)} 签收` : `${whenWords(part.assignedAt)} 交办，还没有签收`}</View>
        {part.reply && <View className="row-chip"><Text className="sub num">{onDay(dateOf(new Date(part.reply.at)))} 前书面答复您</Text><DueChip due={part.reply} /></View>}
        {part.reply && <View className="cap">{part.reply.explanation}</View>}</View>)}
      {handling.cap && <View className="part-row"><View className="row-chip"><Text className="sub num">最长到 {onDay(dateOf(new Date(handling.cap.at)))}，改办、延期都不能超过</Text><DueChip due={handling.cap} /></View></View>}
    </Card>
    {handling.talks.some(({ mine }) => mine !== 'asked') && <><Section title="面商记录" />{handling.talks.filter(({ mine }) => mine !== 'asked').map((talk) => <Talk key={talk.id} talk={talk} onDoc={onDoc} again={again} />)}</>}
  </>;
}
