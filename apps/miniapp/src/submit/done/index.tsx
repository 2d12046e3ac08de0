import { useRouter } from '@tarojs/taro';
import { View } from '@tarojs/components';
import { ConsentCard } from '../../parts/consent.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, Hero } from '../../parts/plain.tsx';
import { Holder, stepsOf, Timeline } from '../../parts/progress.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { replaceBy } from '../../platform/go.ts';
import { useMe } from '../../platform/session.ts';

/** How long a first review mostly takes; nothing where too few were reviewed to tell. */
function Pace() {
  const { answer } = useAnswer(true, 'pace', () => api.showPace({}));
  return answer?.words ? <View className="sub">{answer.words}</View> : null;
}

/** The receipt: the number, who has it until when, what comes next. */
export default function Done() {
  const { id = '' } = useRouter().params;
  const asked = useAnswer(useMe() !== undefined, id, () => api.show({ id }));
  const again = () => { replaceBy('form', { kind: asked.answer?.kind ?? 'opinion' }); };
  return <Page bar={<><Btn onTap={again}>再写一篇</Btn><Btn main onTap={() => { replaceBy('detail', { id }); }}>看进展</Btn></>}>
    <Loaded of={asked}>{(doc) => <>
      <View><View className="done-mark"><Icon name="check" /></View><Hero title={`已提交，收件号\n${doc.receiptNo ?? ''}`}>不用截图，在“履职”里随时能看到</Hero></View>
      {doc.holder && <Card><Holder holder={doc.holder} />{doc.kind === 'opinion' && <Pace />}</Card>}
      <Card><Timeline steps={stepsOf(doc)} /></Card>
      <ConsentCard sorts={['progress']} title="办得怎样，要在微信里告诉您吗？" without="不同意也能看：打开小程序，“通知”里都有。" />
      {doc.can.includes('withdraw') && <View className="cap centre">初审开始前，可以在“看进展”里撤回修改</View>}
    </>}</Loaded>
  </Page>;
}
