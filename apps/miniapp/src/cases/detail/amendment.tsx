import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { Amendment, SubmissionView } from '@lvzhi/contracts';
import { differences } from '@lvzhi/domain';
import { Btn, Btns, Card, Note, Section, Tag } from '../../parts/plain.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { whenWords } from '../../platform/clock.ts';
import { say } from '../../platform/device.ts';
import { newKey } from '../../platform/keys.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';

interface Props { doc: SubmissionView; onDoc: (doc: SubmissionView) => void; again: () => Promise<void> }
type Change = Amendment['changes'][number];
const answerWords = (accepted: boolean | null): string => (accepted === null ? '' : accepted ? '同意了' : '保留原文');

/** One paragraph: what it was, what it would be, why; `choose`: while it waits for an answer. */
function Paragraph({ change, nth, chosen, choose }: { change: Change; nth: number; chosen: boolean | undefined; choose?: (accepted: boolean) => void }) {
  const answer = chosen === undefined ? answerWords(change.accepted) : answerWords(chosen);
  return <Card>
    <View className="card-top"><Text className="strong">{nth}. {change.part === 'title' ? change.partWords : `${change.partWords}第 ${change.at + 1} 段`}</Text>{answer !== '' && <Tag tone={answer === '同意了' ? 'o' : 'b'}>{answer}</Tag>}</View>
    <View className="dif"><Text selectable userSelect>{differences(change.before, change.after).map(({ kind, text }, index) => <Text key={`${index} ${kind}`} className={kind === 'out' ? 'put-out' : kind === 'in' ? 'put-in' : ''}>{text}</Text>)}</Text></View>
    {change.why !== '' && <View className="cap">为什么改：{change.why}</View>}
    {choose && <Btns><Btn size="two" main={chosen === true} onTap={() => { choose(true); }}>同意这段</Btn><Btn size="two" main={chosen === false} onTap={() => { choose(false); }}>保留原文</Btn></Btns>}
  </Card>;
}

/** 修改建议: the proposer answers each paragraph; the original stays whatever they say. Earlier ones are shown with their answers. */
export function AmendmentPart({ doc, onDoc, again }: Props) {
  const wanted = doc.kind === 'proposal' && doc.timeline.some(({ action }) => action === 'propose_edits');
  const asked = useAnswer(wanted, `${doc.id} ${doc.version}`, () => api.listAmendments({ id: doc.id }));
  const [choices, setChoices] = useState<Readonly<Record<number, boolean>>>({});
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const [last] = asked.answer?.rows ?? [];
  if (!wanted || !last) return null;
  const answering = doc.can.includes('answer_edits') && last.outcome === 'asked';
  const left = last.changes.filter((_, at) => choices[at] === undefined).length;
  const send = async () => {
    setBusy(true);
    try {
      const { doc: fresh } = await api.answerEdits({ id: doc.id, version: doc.version, key: key.current, accepted: last.changes.map((_, at) => choices[at] === true) });
      key.current = newKey();
      say('已答复');
      onDoc(fresh);
    } catch (error) {
      say(reasonOf(error));
      if (error instanceof Failure && error.status === 409) await again();
    } finally { setBusy(false); }
  };
  return <>
    <Section title={`修改建议 ${last.changes.length} 段`}><Tag {...(answering && { tone: 'w' as const })}>{last.outcomeWords}</Tag></Section>
    {answering && <Note tone="b" icon="pen" title="请逐段答复"><Text><Text className="put-out">删去的</Text> <Text className="put-in">加上的</Text>。同意的照改，保留的一字不动，您的原文都留着。到期没有答复的按原文。</Text></Note>}
    {last.note !== '' && <View className="said">{last.note}</View>}
    {last.changes.map((change, at) => <Paragraph key={`${change.part} ${change.at}`} change={change} nth={at + 1} chosen={answering ? choices[at] : undefined} {...(answering && { choose: (accepted: boolean) => { setChoices({ ...choices, [at]: accepted }); } })} />)}
    {answering && left > 0 && <Btn busy={busy} onTap={() => { setChoices(Object.fromEntries(last.changes.map((_, at) => [at, choices[at] ?? true]))); }}>{left === last.changes.length ? '都同意' : `其余 ${left} 段都同意`}</Btn>}
    {answering && <Btns><Btn main busy={busy} off={left > 0} onTap={() => { void send(); }}>{left > 0 ? `还有 ${left} 段没有选` : '答复'}</Btn></Btns>}
    <View className="cap">{last.by} {whenWords(last.proposedAt)} 提出{last.endedAt === null ? '' : `，${whenWords(last.endedAt)} ${last.outcomeWords}`}</View>
  </>;
}
