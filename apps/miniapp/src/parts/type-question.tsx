import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { say } from '../platform/device.ts';
import { chooseType, useMe } from '../platform/session.ts';
import { reasonOf } from '../platform/wire.ts';
import { Opt } from './form.tsx';
import { Btn, Btns, Card, Kind } from './plain.tsx';

/** Asked once, at the first sign-in: the choice is seen before it is made. Kept with the person, not with the phone. */
export function TypeQuestion() {
  const me = useMe();
  const [large, setLarge] = useState<boolean | null>(null);
  if (!me || me.largeType !== null) return null;
  const choose = async () => { try { if (large !== null) await chooseType(large); } catch (error) { say(reasonOf(error)); } };
  return <Card>
    <Kind icon="type">字多大看着舒服？</Kind>
    <View className={large ? 'preview-l' : 'preview-s'}><Text>您看这一行字，不费劲就好。</Text></View>
    <View className="pair two">
      <Opt on={large === false} title="标准字" onTap={() => { setLarge(false); }} />
      <Opt on={large === true} title="大字" onTap={() => { setLarge(true); }} />
    </View>
    {large !== null && <Btns><Btn onTap={() => { void choose(); }}>{large ? '就用大字' : '就用标准字'}</Btn></Btns>}
    <View className="cap">以后可以在“我的”里改。</View>
  </Card>;
}
