import { Text, View } from '@tarojs/components';
import { Toggle } from '../../parts/form.tsx';
import { Gate } from '../../parts/gate.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, Row, Section } from '../../parts/plain.tsx';
import { ask, say } from '../../platform/device.ts';
import { useLarge } from '../../platform/display.ts';
import { go, goToFakePhone } from '../../platform/go.ts';
import { chooseType, signOut, useMe, useSession } from '../../platform/session.ts';
import { useDemo } from '../../platform/clock.ts';
import { reasonOf } from '../../platform/wire.ts';

const postLine = ({ words, body }: { words: string; body: { name: string } | null }): string => (body ? `${body.name} · ${words}` : words);

export default function Mine() {
  const [me, session] = [useMe(), useSession()];
  return <Page tab>
    {!me && <Gate session={session} />}
    {me && <>
      <Card><View className="person"><View className="face" >{me.person.name.slice(0, 1)}</View>
        <View className="grow"><View className="hero-s">{me.person.name}</View><View className="sub">{me.person.note || me.city}</View></View></View></Card>
      {me.posts.length > 0 && <><Section title="担任" /><Card flush>{me.posts.map((post) => <Row key={postLine(post)} title={postLine(post)} />)}</Card></>}
      <Display />
      <Card flush><Row icon="bell" title="提醒" note="什么时候、怎样提醒我，微信还剩几次" onTap={() => { go('reminders'); }} /></Card>
      <Card flush>
        {me.mayUseDesk && <Row title="登录电脑" note="扫工作台登录页上的二维码" onTap={() => { go('desk'); }} />}
        <Row title="登录的设备" note="手机和电脑" onTap={() => { go('devices'); }} />
        <Row title="这是什么，谁可以用" onTap={() => { go('about'); }} />
        <Row title="公开的提案" onTap={() => { go('public'); }} />
        <Row title="隐私说明" onTap={() => { go('privacy'); }} />
      </Card>
      <Leaving />
    </>}
    <View className="cap centre">履职在线 {APP_VERSION}</View>
  </Page>;
}

function Display() {
  const large = useLarge();
  const change = async (on: boolean) => { try { await chooseType(on); } catch (error) { say(reasonOf(error)); } };
  return <>
    <Section title="显示" />
    <Card flush>
      <Row icon="type" title="大字版" note="字大一号，按钮加高" end={<Toggle on={large} label="大字版" onChange={(on) => { void change(on); }} />} />
      <Row icon="moon" title="深色" note="跟随微信设置" />
    </Card>
  </>;
}

function Leaving() {
  const demo = useDemo();
  const leave = async () => {
    const yes = await ask({ title: '退出登录', text: '草稿留在这部手机上，您再登录后接着写，别人看不到。', yes: '退出登录', no: '先不退' });
    if (!yes) return;
    try { await signOut(); } catch (error) { say(reasonOf(error)); }
  };
  return <>
    <Btn danger onTap={() => { void leave(); }}>退出登录</Btn>
    {demo && process.env.TARO_ENV === 'h5' && <Btn plain onTap={goToFakePhone}><Icon name="swap" /><Text>换一个演示用的微信账号</Text></Btn>}
  </>;
}
