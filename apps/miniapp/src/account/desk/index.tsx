import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { Answer, routes } from '@lvzhi/contracts';
import { Field, Line } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Btns, Card, Hero, Meta, Note } from '../../parts/plain.tsx';
import { Loaded, StateCard } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { whenWords } from '../../platform/clock.ts';
import { back } from '../../platform/go.ts';
import { useMe } from '../../platform/session.ts';
import { scanned } from '../../platform/wechat.ts';
import { reasonOf } from '../../platform/wire.ts';

type Asking = Answer<typeof routes.lookAtDeskAsk>;
/** The code in what a QR code holds: the desk's address with ?code=…, or the code alone. '' : another code. */
const codeIn = (text: string): string => /[?&]code=([\w-]{20,80})/.exec(text)?.[1] ?? /^\s*([\w-]{20,80})\s*$/.exec(text)?.[1] ?? '';
/** WeChat's own scanner hands over the whole address as `q`; a link in the web version has `code`. */
const codeGiven = ({ code, q }: Readonly<Record<string, string | undefined>>): string => codeIn(code ?? (q === undefined ? '' : decodeURIComponent(q)));

/** A computer wants to be signed in as this person: which one, and yes or no. */
export default function DeskSignIn() {
  const me = useMe();
  const { params } = useRouter();
  const [code, setCode] = useState(() => codeGiven(params));
  const [fault, setFault] = useState('');
  const take = (text: string) => { const found = codeIn(text); setFault(found === '' ? '这不是工作台的登录二维码。请扫工作台登录页上的。' : ''); if (found !== '') setCode(found); };
  const scan = async () => { try { const text = await scanned(); if (text !== undefined) take(text); } catch (error) { setFault(reasonOf(error)); } };
  return <Page>
    {code !== '' && me ? <Confirm key={code} code={code} again={() => { setCode(''); }} /> : <>
      <Hero title="登录电脑" small><Text>在电脑上打开工作台，点“手机扫码”，再用手机扫屏幕上的二维码。</Text></Hero>
      {fault !== '' && <Note tone="x" alert>{fault}</Note>}
      {process.env.TARO_ENV === 'weapp' ? <Btn main onTap={() => { void scan(); }}>扫电脑上的二维码</Btn> : <Pasted onTake={take} />}
    </>}
  </Page>;
}

/** A browser has no scanner: what the QR code holds is pasted. */
function Pasted({ onTake }: { onTake: (text: string) => void }) {
  const text = useRef('');
  return <Card>
    <Field label="二维码里的文字" hint="从电脑上复制过来"><Line label="二维码里的文字" initial="" onType={(typed) => { text.current = typed; }} /></Field>
    <Btn main onTap={() => { onTake(text.current); }}>下一步</Btn>
  </Card>;
}

function Confirm({ code, again }: { code: string; again: () => void }) {
  const asked = useAnswer(true, code, () => api.lookAtDeskAsk({ code }));
  const [answered, setAnswered] = useState<'yes' | 'no' | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const answer = async (yes: boolean) => {
    if (busy) return;
    setBusy(true); setFault('');
    try { await api.answerDeskAsk({ code, yes }); setAnswered(yes ? 'yes' : 'no'); } catch (error) { setFault(reasonOf(error)); } finally { setBusy(false); }
  };
  if (answered === 'yes') return <StateCard icon="checkc" title="已确认" button="好" onTap={back}>电脑上正在打开工作台。办完事记得在电脑上退出登录。</StateCard>;
  if (answered === 'no') return <StateCard icon="lock" title="已拒绝，电脑没有登录" button="好" onTap={back}>不是您自己在登录的，请告诉市政协办公室。</StateCard>;
  if (asked.problem && !asked.answer) return <StateCard icon="alert" title="没能打开" button="重新扫码" onTap={again}>{asked.problem.reason}</StateCard>;
  return <Loaded of={asked}>{(asking) => <>
    <Hero title="在电脑上登录工作台？" small />
    {fault !== '' && <Note tone="x" alert>{fault}</Note>}
    <Facts asking={asking} />
    <Note tone="w">只在您自己正要登录这台电脑时确认。别人发来的二维码，不要确认。</Note>
    <Btns><Btn size="two" busy={busy} onTap={() => { void answer(false); }}>不是我，拒绝</Btn><Btn size="two" main busy={busy} onTap={() => { void answer(true); }}>确认登录</Btn></Btns>
  </>}</Loaded>;
}

const Facts = ({ asking }: { asking: Asking }) => <Card>
  <Meta icon="doc">{asking.device}</Meta>
  <Meta icon="info">{asking.place}</Meta>
  <Meta icon="clock">{whenWords(asking.askedAt)}</Meta>
  <View className="cap">请核对是不是您面前的这台电脑。</View>
</Card>;
