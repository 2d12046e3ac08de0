import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useEffect, useRef, useState } from 'react';
import type { BallotView } from '@lvzhi/contracts';
import { InvalidInput } from '@lvzhi/contracts';
import { CaseText } from '../../parts/case-text.tsx';
import { DueChip } from '../../parts/chip.tsx';
import { Field, Line, TextArea, Words } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, Facts, Hero, Kind, Tag } from '../../parts/plain.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { ask, say } from '../../platform/device.ts';
import { newKey } from '../../platform/keys.ts';
import { useMe } from '../../platform/session.ts';
import { useRefresh } from '../../platform/use-refresh.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';

type Scores = Readonly<Record<string, number>>;
/** A scale of more steps than fit side by side is typed. */
const tappable = 10;

/** 评议: one member's own questionnaire. Given once; nobody sees it by itself. */
export default function Ballot() {
  const { id = '' } = useRouter().params;
  const me = useMe();
  const asked = useAnswer(me !== undefined, id, () => api.showBallot({ id }));
  useRefresh(asked.again);
  const [scores, setScores] = useState<Scores>({});
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const key = useRef(newKey());
  const shown = asked.answer?.id;
  useEffect(() => { if (shown !== undefined) api.readAbout({ id: shown }).catch(() => undefined); }, [shown]);
  const send = async (it: BallotView) => {
    const lacking = it.items.filter(({ code }) => scores[code] === undefined);
    if (lacking.length > 0) { setFault(`还没有打分：${lacking.map(({ name }) => name).join('、')}`); return; }
    if (!await ask({ title: '提交评议', text: '提交以后不能改，只公布合计的结果。', yes: '提交', no: '再看看' })) return;
    setBusy(true); setFault('');
    try {
      const { ballot } = await api.scoreBallot({ id, version: it.version, key: key.current, scores: Object.entries(scores).map(([code, score]) => ({ code, score })), note });
      say('已评议，谢谢您');
      asked.put(ballot);
    } catch (error) {
      setFault(error instanceof InvalidInput ? error.message : reasonOf(error));
      if (error instanceof Failure && error.status === 409) await asked.again();
    } finally { setBusy(false); }
  };
  const bar = asked.answer?.can ? [<Btn key="send" main busy={busy} onTap={() => { if (asked.answer) void send(asked.answer); }}>提交评议</Btn>] : [];
  return <Page {...(bar.length > 0 && { bar })}><Loaded of={asked}>{(it) => <>
    <Hero small title={it.proposal.title}><Facts of={[it.proposal.caseNo, it.units.map(({ name }) => name).join('、')]} />
      <View className="row-chip"><Tag tone="b">{it.stateWords}</Tag>{it.due && <DueChip due={it.due} />}</View></Hero>
    {it.judged && <Card><Kind icon="doc">提案</Kind><CaseText text={it.judged.text} /></Card>}
    {it.judged?.replies.map(({ unit, round, body }) => <Card key={`${unit.id} ${round}`}><Kind icon="doc">{round > 1 ? `${unit.name}第 ${round} 次答复` : `${unit.name}的答复`}</Kind><View className="said"><Text selectable userSelect>{body}</Text></View></Card>)}
    <Card>
      <Kind icon="pen">{it.can ? `请逐项打分，满分 ${it.most} 分` : '您的评议'}</Kind>
      {it.items.map(({ code, name, score }) => <Field key={code} label={name}>{it.can ? <Score name={name} most={it.most} value={scores[code]} onScore={(value) => { setScores((before) => ({ ...before, [code]: value })); setFault(''); }} /> : <View className="num strong">{score === null ? '没有评' : `${score} 分`}</View>}</Field>)}
      {it.can ? <Field label="意见" hint="可不填"><TextArea label="意见" initial="" placeholder="想说的写在这里" onType={setNote} /></Field> : it.note !== '' && <View className="said">{it.note}</View>}
      {fault !== '' && <View className="fault">{fault}</View>}
    </Card>
    <View className="cap centre">由您本人填写，每人一次。督办的专委会和承办单位只看得到平均分和人数。</View>
  </>}</Loaded></Page>;
}

function Score({ name, most, value, onScore }: { name: string; most: number; value: number | undefined; onScore: (value: number) => void }) {
  if (most > tappable) return <Line label={name} initial="" placeholder={`1 到 ${most} 的整数`} onType={(text) => { const score = Number(text); if (Number.isInteger(score) && score >= 1 && score <= most) onScore(score); }} />;
  return <Words scale label={name} options={Array.from({ length: most }, (_, at) => ({ code: String(at + 1), name: String(at + 1) }))} chosen={value === undefined ? [] : [String(value)]} onTap={(code) => { onScore(Number(code)); }} />;
}
