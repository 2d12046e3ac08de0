import { Button, Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import { Field, Line, Tick } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, cx, Hero, Note } from '../../parts/plain.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { back, go, goToFakePhone } from '../../platform/go.ts';
import { bindByInvitation, bindByPhone, guestWords, useSession } from '../../platform/session.ts';
import { NoWechat, phoneCode } from '../../platform/wechat.ts';
import { reasonOf } from '../../platform/wire.ts';

type PhoneAnswer = { code?: string; errMsg?: string } | undefined;

/** Connects this WeChat with a person of the roster, once: by the phone number that WeChat knows, or by an invitation code. */
export default function Bind() {
  const asked = useAnswer(true, '', guestWords);
  const [ticked, setTicked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const [byCode, setByCode] = useState(false);
  const browser = useSession().phase === 'browser';
  const attempt = async (bind: () => Promise<void>) => {
    if (busy) return;
    setBusy(true); setFault('');
    try { await bind(); back(); } catch (error) { if (error instanceof NoWechat && error.demo) goToFakePhone(); setFault(reasonOf(error)); } finally { setBusy(false); }
  };
  const phone = (version: string, detail: PhoneAnswer) => attempt(async () => {
    const said = await phoneCode(detail);
    if (said === 'refused') throw new Error('您没有同意使用手机号。可以再点一次，也可以用邀请码绑定。');
    await bindByPhone(said.code, version);
  });
  return <Page open>
    <Loaded of={asked}>{({ privacy }) => <>
      <Hero title="核对身份，一次就好"><Text>用名册上登记的手机号绑定这个微信</Text></Hero>
      {fault !== '' && <Note tone="x" alert>{fault}</Note>}
      {browser && <Note tone="b">网页演示：请先选一个演示用的微信账号。</Note>}
      <Card>
        <Tick on={ticked} onTap={() => { setTicked(!ticked); }}>我已看过并同意《{privacy.title}》（{privacy.version} 版）</Tick>
        <Btn plain onTap={() => { go('privacy'); }}>看《{privacy.title}》</Btn>
        {ticked ? <PhoneButton busy={busy} onAnswer={(detail) => { void phone(privacy.version, detail); }} /> : <Btn off onTap={() => undefined}>手机号一键核验</Btn>}
        {!ticked && <View className="cap">先勾选上面一行，按钮就能用了。手机号只用来和名册核对。</View>}
      </Card>
      {byCode ? <Invitation ticked={ticked} busy={busy} onSend={(name, code) => { void attempt(() => bindByInvitation(name, code, privacy.version)); }} />
        : <Btn plain onTap={() => { setByCode(true); }}>手机号换了？用邀请码绑定</Btn>}
    </>}</Loaded>
  </Page>;
}

/** In WeChat only its own button brings the number; elsewhere a plain one asks the demonstration account. */
const PhoneButton = ({ busy, onAnswer }: { busy: boolean; onAnswer: (detail: PhoneAnswer) => void }) => (process.env.TARO_ENV === 'weapp'
  ? <Button className={cx('btn', 'pri', busy && 'off')} openType="getPhoneNumber" onGetPhoneNumber={(event) => { onAnswer(event.detail); }}>{busy ? '正在核对…' : '手机号一键核验'}</Button>
  : <Btn main busy={busy} onTap={() => { onAnswer(undefined); }}>{busy ? '正在核对…' : '手机号一键核验'}</Btn>);

function Invitation({ ticked, busy, onSend }: { ticked: boolean; busy: boolean; onSend: (name: string, code: string) => void }) {
  const name = useRef('');
  const code = useRef('');
  return <Card>
    <View className="strong">用邀请码绑定</View>
    <View className="sub">邀请码由市政协委员工作委员会发给您，8 位，只能用一次。</View>
    <Field label="姓名"><Line label="姓名" initial="" placeholder="和名册上一样" onType={(text) => { name.current = text; }} /></Field>
    <Field label="邀请码"><Line label="邀请码" initial="" placeholder="8 位字母或数字" onType={(text) => { code.current = text; }} /></Field>
    <Btn off={!ticked} busy={busy} onTap={() => { onSend(name.current.trim(), code.current.replace(/[\s-]/g, '').toUpperCase()); }}>{ticked ? '用邀请码绑定' : '请先勾选同意'}</Btn>
  </Card>;
}
