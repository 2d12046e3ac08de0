import { Text, View } from '@tarojs/components';
import { go, goToFakePhone } from '../platform/go.ts';
import { signInAgain, start } from '../platform/session.ts';
import type { Session } from '../platform/session.ts';
import { Btn, Btns, Card, Hero, Note } from './plain.tsx';
import { Loaded, StateCard } from './states.tsx';

const restart = () => { void start(); };

/** What stands in place of a page while nobody is signed in: who this is for, and the way in. Looking around needs no phone number. */
export function Gate({ session }: { session: Session }) {
  switch (session.phase) {
    case 'starting': return <Loaded of={{ answer: undefined, problem: undefined, again: start }}>{() => null}</Loaded>;
    case 'failed': return <StateCard icon={session.offline ? 'off' : 'alert'} title="没能登录" button="再试一次" onTap={restart}>{session.reason}写了一半的内容都还在这部手机上。</StateCard>;
    case 'browser': return <Browser demo={session.demo} />;
    case 'left': return <StateCard icon="user" title="您已退出登录" button="微信登录" onTap={() => { void signInAgain(); }} main>草稿还在这部手机上，只有您登录后才看得到。</StateCard>;
    case 'member': return <StateCard icon="lock" title="隐私说明有更新" button="去看一看" onTap={() => { go('privacy', { agree: '1' }); }} main>请先看过新的隐私说明，同意后接着使用。</StateCard>;
    case 'unknown': return <Welcome />;
  }
}

function Browser({ demo }: { demo: boolean }) {
  if (!demo) return <StateCard icon="phone" title="请在微信里打开小程序">网页上不能登录。请在微信里搜索“履职在线”小程序。</StateCard>;
  return <>
    <StateCard icon="info" title="这个网页是演示" button="选一个演示用的微信账号" onTap={goToFakePhone} main>正式使用时在微信小程序里打开，不用选账号。这里的人和事都是编的。</StateCard>
    <Btn plain onTap={() => { go('about'); }}>先看看这是什么</Btn>
  </>;
}

const Welcome = () => <>
  <Hero title="委员履职，从这里开始"><Text className="sub">反映社情民意，提交提案，答复走访通知，看办到哪一步</Text></Hero>
  <Card>
    <View className="strong">第一次用，要核对一次身份</View>
    <View className="sub">用名册上登记的手机号绑定微信，一次就好，以后自动登录。</View>
    <Btns><Btn main onTap={() => { go('bind'); }}>我是委员，去绑定</Btn></Btns>
  </Card>
  <Note tone="b">不绑定也可以先看看这是什么、谁可以用、怎么保护您的信息。</Note>
  <Btn plain onTap={() => { go('about'); }}>先看看，不绑定</Btn>
</>;
