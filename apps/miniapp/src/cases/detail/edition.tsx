import { Text, View } from '@tarojs/components';
import type { EditionView, SubmissionView } from '@lvzhi/contracts';
import { differences } from '@lvzhi/domain';
import { Card, Note, Section, Tag } from '../../parts/plain.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { whenWords } from '../../platform/clock.ts';
import { ReasonSheet } from './answer-sheet.tsx';

/** From when on there is something to show to whoever may see it. */
const shownIn: readonly SubmissionView['state'][] = ['consenting', 'pending_signoff', 'issued', 'sent', 'recalled', 'merged'];

/** What was taken out and put in, in reading order. */
function Changes({ before, after }: { before: string; after: string }) {
  return <Text selectable userSelect>{differences(before, after).map(({ kind, text }, index) => <Text key={`${index} ${kind}`} className={kind === 'out' ? 'put-out' : kind === 'in' ? 'put-in' : ''}>{text}</Text>)}</Text>;
}

const Compared = ({ edition }: { edition: EditionView }) => <Card>
  <View className="cap"><Text className="put-out">删去的</Text> <Text className="put-in">加上的</Text>，您的原文不变</View>
  <View className="strong"><Changes before={edition.original.title} after={edition.title} /></View>
  <View className="dif"><Changes before={edition.original.body} after={edition.body} /></View>
</Card>;

/** Where it was reported to and what became of it there, in the words that its reporter may see. */
export function DeliveriesPart({ doc }: { doc: SubmissionView }) {
  const wanted = doc.kind === 'opinion' && (doc.state === 'sent' || doc.state === 'merged');
  const asked = useAnswer(wanted, `${doc.id} ${doc.version}`, () => api.listDeliveries({ id: doc.id }));
  if (!wanted || !asked.answer || asked.answer.deliveries.length === 0) return null;
  return <><Section title="报送和采用" />
    {asked.answer.deliveries.map((it) => <Card key={it.id}><View className="card-top"><Text className="strong">{it.unit?.name ?? it.channel.name}</Text><Tag tone={it.state === 'sent' || it.state === 'declined' ? 'b' : 'o'}>{it.stateWords}</Tag></View>
      {it.entries.map((entry) => <View key={entry.id}><Text>{entry.words}</Text><Text className="cap num"> {entry.on}</Text>{entry.note !== '' && <View className="said">{entry.note}</View>}</View>)}</Card>)}</>;
}

/** 编辑稿 and the issue in which it appeared: compared with the original while the reporter is asked, as it stands for whoever signs, and once it is out. */
export function EditionPart({ doc }: { doc: SubmissionView }) {
  const wanted = doc.kind === 'opinion' && shownIn.includes(doc.state);
  const asked = useAnswer(wanted, `${doc.id} ${doc.version}`, () => api.showEdition({ id: doc.id }));
  if (!wanted || !asked.answer) return null;
  const { edition, issues } = asked.answer;
  return <>
    {issues.map((it) => <Note key={it.id} tone={it.recalled ? 'w' : 'o'} icon={it.recalled ? 'info' : 'check'} title={`《${it.series.name}》${it.numberWords}`}>{it.recalled ? `已收回${it.reason === null ? '' : `：${it.reason}`}` : `${whenWords(it.issuedAt)} 签发`}</Note>)}
    {edition && <><Section title={doc.state === 'issued' || doc.state === 'sent' ? '编发稿' : '编辑稿'}><Tag>《{edition.series.name}》</Tag></Section>
      {doc.state === 'consenting' ? <Compared edition={edition} /> : <Card><View className="strong">{edition.title}</View><View className="dif"><Text selectable userSelect>{edition.body}</Text></View></Card>}</>}
  </>;
}

const sheets = {
  object: { title: '不同意编辑稿', hint: '编辑会看到您写的，修改后再请您过目。', label: '哪里不妥', words: '不同意，请再改' },
  rework: { title: '退回编辑', hint: '编辑会看到您写的，反映人看不到。', label: '退回意见', words: '退回编辑' },
} as const;
/** Why the edited text goes back: the reporter's reason, or the signer's. */
export function EditionSheet({ of, ...rest }: { of: keyof typeof sheets; busy: boolean; fault: string; onSend: (note: string) => void; onClose: () => void }) { return <ReasonSheet {...sheets[of]} {...rest} />; }
