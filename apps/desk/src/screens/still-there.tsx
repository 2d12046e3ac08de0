import type { Answer, routes } from '@lvzhi/contracts';
import { Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';

type Left = Answer<typeof routes.showSession> & { readonly at: number };
/** The device's own seconds since the server was asked: also those that a laptop slept. */
const since = (at: number): number => (Date.now() - at) / 1000;
const end = ({ idle, rest }: Left): number => Math.min(idle, rest);
/** When to look again: at the latest in a minute, just when the warning begins, and often while it stands, since another page may be in use. */
const pause = (left: Left): number => (end(left) > left.warn ? Math.min(60, end(left) - left.warn) : Math.max(1, Math.min(10, end(left))));

const spell = (seconds: number): string => (seconds >= 60 ? `${Math.floor(seconds / 60)} 分 ${Math.round(seconds % 60)} 秒` : `${Math.max(0, Math.round(seconds))} 秒`);

function Warning({ left, look }: { left: Left; look: () => void }): ReactNode {
  const [known, know] = useState(false);
  const [, tick] = useState(0);
  useEffect(() => { const timer = setInterval(() => tick((n) => n + 1), 1000); return () => clearInterval(timer); }, []);
  const idle = left.idle <= left.rest;
  useCover(idle || !known);
  if (!idle && known) return null;
  const seconds = end(left) - since(left.at);
  return <Modal open centered closable={false} keyboard={false} mask={{ closable: false }} width={420} zIndex={1400} title={idle ? '还在吗' : '快到登录时限了'}
    footer={<Btn look="pri" onClick={() => { know(true); look(); }}>{idle ? '继续办理' : '知道了'}</Btn>}>
    <p>{idle ? `有一会儿没有操作了，${spell(seconds)}后退出登录。` : `这次登录还能用 ${spell(seconds)}，到时要重新登录。`}</p><p className="sub">写了一半的内容会留在页面上，重新登录后接着写。</p>
  </Modal>;
}

/** Says early that the session is about to end, and looks at its end so that the page asks for a new sign-in over what is typed. */
export function StillThere(): ReactNode {
  const [left, setLeft] = useState<Left | null>(null);
  const again = useRef(() => undefined as void);
  useEffect(() => {
    let [timer, stopped] = [0, false];
    const look = (): void => {
      clearTimeout(timer);
      api.showSession({}).then((answer) => {
        if (stopped) return;
        const now = { ...answer, at: Date.now() };
        setLeft(now);
        timer = window.setTimeout(look, pause(now) * 1000);
      }, () => { if (!stopped) timer = window.setTimeout(look, 60_000); /* no network: the page says so itself */ });
    };
    const back = (): void => { if (document.visibilityState === 'visible') look(); };
    again.current = look;
    look();
    addEventListener('focus', back);
    document.addEventListener('visibilitychange', back);
    return () => { stopped = true; clearTimeout(timer); removeEventListener('focus', back); document.removeEventListener('visibilitychange', back); };
  }, []);
  return left && end(left) <= left.warn ? <Warning left={left} look={() => again.current()} /> : null;
}
