import { useShareAppMessage } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, Hero, Note, Row } from '../../parts/plain.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { go, replaceBy } from '../../platform/go.ts';
import { guestWords, useSession } from '../../platform/session.ts';

/** What this is, who may use it and how their data is kept: for anybody, before any sign-in. The one page that may be passed on: it is about nobody. */
export default function About() {
  useShareAppMessage(() => ({ title: '履职在线：这是什么，谁可以用', path: '/guest/about/index' }));
  const asked = useAnswer(true, '', guestWords);
  const unknown = useSession().phase === 'unknown';
  return <Page open {...(unknown && { bar: <Btn main onTap={() => { replaceBy('bind'); }}>我是委员，去绑定</Btn> })}>
    <Loaded of={asked}>{(guest) => <>
      <Hero title={guest.title}><Text>{guest.organ}</Text></Hero>
      <Card>{guest.paragraphs.map((text) => <View key={text}>{text}</View>)}</Card>
      <Card flush><Row icon="doc" title="公开的提案" note="不用登录，可以看提案和答复" onTap={() => { go('public'); }} /></Card>
      <Note tone="w">{guest.secretNotice}</Note>
      <Card>
        <View className="strong">{guest.privacy.title}</View>
        <View className="cap">{guest.privacy.version} 版</View>
        {guest.privacy.paragraphs.map((text) => <View key={text} className="sub">{text}</View>)}
      </Card>
    </>}</Loaded>
  </Page>;
}
