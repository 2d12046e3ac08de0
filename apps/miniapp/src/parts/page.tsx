import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { PropsWithChildren, ReactNode } from 'react';
import { timeOf } from '@lvzhi/domain';
import { now, today, useDemo } from '../platform/clock.ts';
import { say } from '../platform/device.ts';
import { useLarge } from '../platform/display.ts';
import { online } from '../platform/network.ts';
import { useSession } from '../platform/session.ts';
import { dismissUndo, useUndo } from '../platform/undo.ts';
import { reasonOf } from '../platform/wire.ts';
import { a11y } from './a11y.ts';
import { Gate } from './gate.tsx';
import { Icon } from './icon.tsx';
import { cx, Note } from './plain.tsx';

/** Said on every page of a demonstration: the clock is not today's. */
function DemoLine() {
  if (!useDemo()) return null;
  const [, month, day] = today().split('-').map(Number);
  return <View className="demo">演示 · 现在是 {month}月{day}日 {timeOf(now()).replace(/^0/, '')}</View>;
}

function UndoToast() {
  const undo = useUndo();
  const [busy, setBusy] = useState(false);
  if (!undo) return null;
  const takeBack = async () => {
    if (!undo.run || busy) return;
    setBusy(true);
    try { dismissUndo(); await undo.run(); } catch (error) { say(reasonOf(error)); } finally { setBusy(false); }
  };
  return <View className="toast" {...a11y({ role: 'alert' })}><Text className="grow">{undo.words}</Text>
    {undo.run && <View className="toast-act" {...a11y({ role: 'button' })} onClick={() => { void takeBack(); }}><Icon name="undo" /><Text>撤销</Text></View>}</View>;
}

interface PageProps { bar?: ReactNode; open?: boolean; tab?: boolean; overlay?: ReactNode }
/** The frame of every page: display modes, the demonstration line, the network, who may see it (`open`: anybody), the bar of acts, the undo. */
export function Page({ bar, open, tab, overlay, children }: PropsWithChildren<PageProps>) {
  const large = useLarge();
  const connected = online.use();
  const session = useSession();
  const [entered, setEntered] = useState(false);
  if (session.phase === 'member' && !session.me.mustConsent && !entered) setEntered(true);
  const through = open === true || entered;
  return <View className={cx('page', large && 'large', bar !== undefined && through && 'with-bar', process.env.TARO_ENV === 'h5' && 'in-browser', tab && 'with-tabs')}>
    <View className="main">
      <DemoLine />
      {!connected && <Note tone="x" icon="off" title="现在没有网络，写好的内容没有丢。" alert>有网络后再办，您可以先看或接着写。</Note>}
      {through ? children : <Gate session={session} />}
    </View>
    {bar !== undefined && through && <View className="bar">{bar}</View>}
    {overlay}
    <UndoToast />
  </View>;
}
