import { View } from '@tarojs/components';
import type { DeviceRow } from '@lvzhi/contracts';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, Row, Tag } from '../../parts/plain.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { whenWords } from '../../platform/clock.ts';
import { ask, say } from '../../platform/device.ts';
import { useMe } from '../../platform/session.ts';
import { useRefresh } from '../../platform/use-refresh.ts';
import { reasonOf } from '../../platform/wire.ts';

/** Where this person is signed in, and out with what is not theirs. */
export default function Devices() {
  const me = useMe();
  const asked = useAnswer(me !== undefined, me?.person.id ?? '', () => api.listDevices({}));
  useRefresh(asked.again);
  const act = async (words: { title: string; text: string; yes: string; no: string }, work: () => Promise<{ rows: DeviceRow[] }>) => {
    if (!(await ask(words))) return;
    try { asked.put(await work()); say('已退出登录'); } catch (error) { say(reasonOf(error)); }
  };
  const one = (row: DeviceRow) => act({ title: '让它退出登录', text: `${row.device}，${row.by}登录。退出后要重新登录才能用。`, yes: '让它退出', no: '先不退' }, () => api.endDevice({ id: row.id }));
  const others = () => act({ title: '其他的全部退出', text: '除了这部手机，都要重新登录才能用。', yes: '全部退出', no: '先不退' }, () => api.endOtherDevices({}));
  return <Page>
    <Loaded of={asked}>{({ rows }) => <>
      <Card flush>{rows.map((row) => <Row key={row.id} icon="user" title={row.device} note={`${row.by}登录 · 最近使用 ${whenWords(row.seenAt)}`} chip={row.current ? <Tag tone="o">这部手机</Tag> : undefined} {...(!row.current && { onTap: () => { void one(row); } })} />)}</Card>
      <View className="cap">有不认识的，点一下让它退出；电脑端的密码也请改一下。</View>
      {rows.length > 1 && <Btn onTap={() => { void others(); }}>其他的全部退出</Btn>}
    </>}</Loaded>
  </Page>;
}
