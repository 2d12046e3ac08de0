import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { RatingView, ReplyView, SubmissionView } from '@lvzhi/contracts';
import { dateOf, dateWords } from '@lvzhi/domain';
import { Papers } from '../../parts/papers.tsx';
import { Btn, Btns, Card, Kind, Section, Tag } from '../../parts/plain.tsx';
import { now, whenWords } from '../../platform/clock.ts';
import { say } from '../../platform/device.ts';
import { openLetter } from '../../platform/letter.ts';
import { reasonOf } from '../../platform/wire.ts';
import { RateForm, ratingOf, saidTalked } from './rate-form.tsx';

function Reply({ reply }: { reply: ReplyView }) {
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    try { await openLetter(reply.handlingId, reply.round); } catch (error) { say(reasonOf(error)); } finally { setBusy(false); }
  };
  const { classCode } = reply;
  return <Card>
    <View className="card-top"><Kind icon="doc">{reply.round > 1 ? `第 ${reply.round} 次答复` : '书面答复'}</Kind>{reply.onTime === false && <Tag tone="x">超过期限</Tag>}</View>
    <View className="strong">{reply.unit.name}</View>
    {classCode && <View className="row-chip"><Tag tone="b">{`${classCode.code} 类：${classCode.name}`}</Tag></View>}
    <View className="said"><Text selectable userSelect>{reply.body}</Text></View>
    {reply.promisedOn !== null && <View className="sub">预计 {dateWords(reply.promisedOn, dateOf(now()))} 前解决，以后有进展会告诉您</View>}
    <View className="cap">{[reply.docNo, reply.signer && `签发人 ${reply.signer}`, reply.releasedAt && `${whenWords(reply.releasedAt)} 送达`].filter(Boolean).join(' · ')}</View>
    {reply.contact !== '' && <View className="cap">联系人：{reply.contact}</View>}
    <Btns><Btn busy={busy} onTap={() => { void open(); }}>打开答复函</Btn></Btns>
  </Card>;
}

function Rating({ rating }: { rating: RatingView }) {
  const { attitude, result, talked, keyedBy, note } = rating;
  return <Card>
    <View className="card-top"><Text className="strong">{rating.mine ? '您的评价' : `${rating.name}的评价`}{rating.round > 1 ? `（第 ${rating.round} 次答复）` : ''}</Text><Tag tone={rating.state === 'given' ? 'o' : 'w'}>{rating.stateWords}</Tag></View>
    {attitude && result && <View>态度：{attitude.name}，结果：{result.name}，{talked ? '面商过' : '没有面商'}</View>}
    {note !== '' && <View className="said"><Text selectable userSelect>{note}</Text></View>}
    {keyedBy !== null && <View className="cap">照纸质评价表由{keyedBy}代录，不是您填的请联系市政协</View>}
    {rating.papers.length > 0 && <Papers files={rating.papers} />}
    {rating.at !== null && <View className="cap num">{whenWords(rating.at)}</View>}
  </Card>;
}

/** What the proposer was answered, what was said of it, how an answer of class B goes on. */
export function RepliesPart({ doc, onDoc, again }: { doc: SubmissionView; onDoc: (doc: SubmissionView) => void; again: () => Promise<void> }) {
  const { handling } = doc;
  if (!handling || (handling.replies.length === 0 && handling.ratings.length === 0)) return null;
  const own = ratingOf(doc);
  return <>
    <Section title="答复" />
    {[...handling.replies].reverse().map((it) => <Reply key={`${it.handlingId} ${it.round}`} reply={it} />)}
    {own && <RateForm key={own.id} rating={own} talkedBefore={saidTalked(doc)} onDoc={onDoc} again={again} />}
    {handling.progress.map((it) => <Card key={`${it.handlingId} ${it.at}`}><Kind icon="info">{it.action === 'resolve' ? '已经解决' : '新的进展'}</Kind><View className="said"><Text selectable userSelect>{it.note}</Text></View><View className="cap num">{it.by} · {whenWords(it.at)}</View></Card>)}
    {handling.ratings.filter(({ state }) => state !== 'asked').map((it) => <Rating key={it.id} rating={it} />)}
  </>;
}
