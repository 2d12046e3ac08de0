import { useRouter } from '@tarojs/taro';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { Tick } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, Hero } from '../../parts/plain.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { say } from '../../platform/device.ts';
import { back } from '../../platform/go.ts';
import { agree, guestWords } from '../../platform/session.ts';
import { reasonOf } from '../../platform/wire.ts';

/** The privacy notice; with ?agree=1 it asks for consent to the version shown. */
export default function Privacy() {
  const asking = useRouter().params.agree === '1';
  const asked = useAnswer(true, '', guestWords);
  const [ticked, setTicked] = useState(false);
  const [busy, setBusy] = useState(false);
  const consent = async () => {
    if (!asked.answer) return;
    setBusy(true);
    try { await agree(asked.answer.privacy.version); back(); } catch (error) { say(reasonOf(error)); } finally { setBusy(false); }
  };
  const bar = asking && asked.answer ? <Btn main off={!ticked} busy={busy} onTap={() => { void consent(); }}>{ticked ? '同意，接着使用' : '请先看过并勾选'}</Btn> : undefined;
  return <Page open {...(bar && { bar })}>
    <Loaded of={asked}>{({ privacy }) => <>
      <Hero small title={privacy.title}>{privacy.version} 版</Hero>
      <Card>{privacy.paragraphs.map((text) => <View key={text}>{text}</View>)}</Card>
      {asking && <Card tight><Tick on={ticked} onTap={() => { setTicked(!ticked); }}>我已看过并同意这份隐私说明</Tick></Card>}
    </>}</Loaded>
  </Page>;
}
