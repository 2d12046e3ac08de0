import { Picker, Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { MyReminders } from '@lvzhi/contracts';
import { tellings, tellingWords } from '@lvzhi/domain';
import type { Telling } from '@lvzhi/domain';
import { ConsentCard, leftWords } from '../../parts/consent.tsx';
import { Opt, Seg } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { Card, Note, Section } from '../../parts/plain.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { say } from '../../platform/device.ts';
import { loadReminders, putReminders } from '../../platform/reminding.ts';
import { useMe } from '../../platform/session.ts';
import { reasonOf } from '../../platform/wire.ts';

type Quiet = MyReminders['quiet'];
interface Choices { readonly progress: Telling; readonly task: Telling; readonly digest: 'daily' | 'weekly'; readonly quiet: Quiet }
const choicesOf = ({ sorts, digest, quiet }: MyReminders): Choices => {
  const of = (sort: 'progress' | 'task') => sorts.find((it) => it.sort === sort)?.telling ?? 'now';
  return { progress: of('progress'), task: of('task'), digest, quiet };
};
const tellingOptions = tellings.map((code) => ({ code, name: tellingWords[code] }));
const plainTime = (time: string): string => time.replace(/^0/, '');

/** 提醒: how each sort of notice comes, when not, and what WeChat still lets us send. What is tapped is kept at once. */
export default function Reminders() {
  const me = useMe();
  const asked = useAnswer(me !== undefined, me?.person.id ?? '', loadReminders);
  const [busy, setBusy] = useState(false);
  const save = async (mine: MyReminders, part: Partial<Choices>) => {
    if (busy) return;
    setBusy(true);
    try {
      const next = await api.saveMyReminders({ ...choicesOf(mine), ...part });
      putReminders(next);
      asked.put(next);
    } catch (error) { say(reasonOf(error)); } finally { setBusy(false); }
  };
  return <Page>
    <Loaded of={asked}>{(mine) => <>
      {!mine.bound && <Note tone="w" icon="bell" title="还没有绑定微信">绑定以后才能在微信里提醒您。通知都在“通知”里。</Note>}
      {mine.sorts.map((it) => <Card key={it.sort}>
        <View className="lab"><Text>{it.words}</Text>{it.templateId !== null && <Text className="hint">{leftWords(it).split('：')[1] ?? ''}</Text>}</View>
        {it.always ? <View className="sub">要您回复，所以随时提醒，不能关。{mine.sms ? '微信收不到的会发短信。' : '微信收不到的，办公室会打电话。'}</View>
          : <Seg label={it.words} options={tellingOptions} value={it.telling} onChoose={(telling) => { void save(mine, it.sort === 'progress' ? { progress: telling } : { task: telling }); }} />}
      </Card>)}
      <View className="cap">选“{tellingWords.never}”的，通知还在小程序的“通知”里。</View>
      {mine.sorts.some(({ telling }) => telling === 'digest') && <><Section title="汇总多久一次" /><Card>
        <Seg label="汇总多久一次" options={[{ code: 'daily', name: `每天 ${plainTime(mine.digestTime)}` }, { code: 'weekly', name: `星期一 ${plainTime(mine.digestTime)}` }]} value={mine.digest} onChoose={(digest) => { void save(mine, { digest }); }} />
        <View className="cap">没有新通知就不发。</View></Card></>}
      <Section title="免打扰" />
      <Card><Opt on={mine.quiet === null} onTap={() => { void save(mine, { quiet: null }); }} title={`晚上 ${plainTime(mine.cityQuiet.from)} 到早上 ${plainTime(mine.cityQuiet.until)} 不提醒`} note="本市的安排" />
        <Opt on={mine.quiet !== null} onTap={() => { if (mine.quiet === null) void save(mine, { quiet: mine.cityQuiet }); }} title="自己定时间" />
        {mine.quiet && <Hours quiet={mine.quiet} change={(quiet) => { void save(mine, { quiet }); }} />}
        <View className="cap">第二天一早的走访，晚上也会告诉您。</View></Card>
      <ConsentCard main sorts={['visit', 'progress', 'task']} title="在微信里提醒我" without="不同意也不误事：通知都在这里的“通知”里，走访通知会另发短信或打电话。" />
    </>}</Loaded>
  </Page>;
}

function Hours({ quiet, change }: { quiet: NonNullable<Quiet>; change: (quiet: NonNullable<Quiet>) => void }) {
  const row = (label: string, value: string, put: (time: string) => void) => <Picker mode="time" value={value} onChange={(event) => { put(event.detail.value); }}>
    <View className="pick"><Text>{label}</Text><Text className="value strong">{plainTime(value)}</Text><Icon name="r" /></View></Picker>;
  return <>{row('从', quiet.from, (from) => { change({ ...quiet, from }); })}{row('到', quiet.until, (until) => { change({ ...quiet, until }); })}</>;
}
