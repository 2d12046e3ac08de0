import { QRCode } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Icon } from '../parts/icons.tsx';
import { Loading, ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { problemOf } from '../platform/problem.ts';
import type { Problem } from '../platform/problem.ts';
import { claim } from '../platform/session.ts';

/** `idle`: nobody has come for several codes, so the page stops asking. */
type Stand = 'waiting' | 'seen' | 'refused' | 'idle';
/** A page that was left open asks for so many codes by itself, about twenty minutes. */
const mostCodes = 10;
/** What the picture holds: a link to the phone's page, which WeChat's own scanner can open as well. */
const linkOf = (code: string): string => `${location.origin}/m/account/desk/index?code=${code}`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

interface Asking { readonly code: string | null; readonly stand: Stand; readonly problem: Problem | null }
/** Gets a code, asks every few seconds while the page is looked at, and gets the next when it has run out. */
function useDeskAsk(second: (ticket: string) => void): Asking & { readonly again: () => void } {
  const [asking, setAsking] = useState<Asking>({ code: null, stand: 'waiting', problem: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    /** Until it is answered or has run out. */
    const wait = async (pollSeconds: number): Promise<'expired' | 'over'> => {
      for (;;) {
        await pause(pollSeconds * 1000);
        if (!wanted) return 'over';
        if (document.hidden) continue;
        const now = await claim();
        if (!wanted || now.state === 'in') return 'over';
        if (now.state === 'second') { second(now.ticket); return 'over'; }
        if (now.state === 'expired') return 'expired';
        const { state } = now;
        setAsking((was) => ({ ...was, stand: state }));
        if (state === 'refused') return 'over';
      }
    };
    const run = async () => {
      for (let codes = 0; codes < mostCodes; codes += 1) {
        const { code, pollSeconds } = await api.beginDeskAsk({});
        if (!wanted) return;
        setAsking({ code, stand: 'waiting', problem: null });
        if (await wait(pollSeconds) === 'over') return;
      }
      setAsking((was) => ({ ...was, stand: 'idle' }));
    };
    run().catch((error: unknown) => { if (wanted) setAsking({ code: null, stand: 'waiting', problem: problemOf(error) }); });
    return () => { wanted = false; };
  }, [turn, second]);
  return { ...asking, again: () => { setAsking({ code: null, stand: 'waiting', problem: null }); setTurn(turn + 1); } };
}

const said: Readonly<Record<Stand, string>> = { waiting: '', seen: '已扫码，请在手机上确认', refused: '手机上没有确认', idle: '二维码已停止更新' };

/** The QR code that a phone with the mini-program confirms. */
export function ByPhone({ second, demo }: { second: (ticket: string) => void; demo: boolean }): ReactNode {
  const { code, stand, problem, again } = useDeskAsk(second);
  if (problem) return <div className="col"><ProblemNote problem={problem.kind === 'offline' ? { kind: 'offline', reason: '没有连上服务器，请检查网络。' } : problem} /><Btn look="line" onClick={again}>再取一个二维码</Btn></div>;
  if (code === null) return <Loading />;
  return <div className="col qr">
    <div className="qr-box" role="img" aria-label="登录二维码"><QRCode type="svg" value={linkOf(code)} size={208} bordered={false} errorLevel="M" />
      {stand !== 'waiting' && <div className="qr-over" role="status"><Icon name={stand === 'seen' ? 'checkc' : 'info'} /><b>{said[stand]}</b>{stand !== 'seen' && <Btn small look="line" onClick={again}>换一个二维码</Btn>}</div>}</div>
    <p className="sub">用微信打开履职小程序，在“我的”里点“登录电脑”，扫这个二维码。</p>
    {demo && <div className="note b"><Icon name="info" /><div className="grow">演示：在<a href="/__fake/phone" target="_blank" rel="noreferrer">手机替身</a>里点“登录电脑”，把这一行粘贴进去。<input className="qr-text" readOnly aria-label="二维码里的文字" value={linkOf(code)} onFocus={(event) => event.target.select()} /></div></div>}
  </div>;
}
