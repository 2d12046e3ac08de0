import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { CaseText } from '../../parts/case-text.tsx';
import { Page } from '../../parts/page.tsx';
import { Card, Hero, Section, Tag } from '../../parts/plain.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';

/** One public proposal and the answers to it, as anybody may read them. */
export default function PublicText() {
  const { id = '' } = useRouter().params;
  const asked = useAnswer(true, id, () => api.showPublic({ id }));
  return <Page open><Loaded of={asked}>{(it) => <>
    <Hero small title={it.title}><Text>{`${it.caseNo} · 提案人 ${it.authors}`}</Text></Hero>
    <Card><CaseText text={it} /></Card>
    {it.replies.map((reply) => <View key={`${reply.unit} ${reply.on}`}>
      <Section title={`${reply.unit}的答复`} />
      <Card><View className="card-top"><Text className="cap">{[reply.docNo, reply.on].filter(Boolean).join(' · ')}</Text><Tag tone="b">{reply.classWords}</Tag></View><View className="said"><Text selectable userSelect>{reply.body}</Text></View></Card>
    </View>)}
    <View className="cap centre">{it.publishedOn} 公开 · 联系方式已略去</View>
  </>}</Loaded></Page>;
}
