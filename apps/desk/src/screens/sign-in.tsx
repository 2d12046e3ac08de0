import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { Mark } from '../parts/icons.tsx';
import { Loading, ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import type { Problem } from '../platform/problem.ts';
import { useRun } from '../platform/run.ts';
import { enterCode, lastLogin, signIn } from '../platform/session.ts';
import { ByPhone } from './sign-in-qr.tsx';

const inWords = (problem: Problem | null): Problem | null => (problem?.kind === 'offline' ? { kind: 'offline', reason: '没有连上服务器，请检查网络后再点一次。' } : problem);
const Go = ({ busy, words }: { busy: boolean; words: string }): ReactNode => <button type="submit" className="btn pri" style={{ height: 40 }} disabled={busy} aria-busy={busy}>{words}</button>;

function ByPassword({ second }: { second: (ticket: string) => void }): ReactNode {
  const [login, setLogin] = useState(lastLogin);
  const [password, setPassword] = useState('');
  const [known] = useState(login !== '');
  const { busy, problem, run } = useRun();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => { const ticket = await signIn(login.trim(), password); if (ticket !== undefined) second(ticket); });
  };
  return <form className="col" style={{ gap: 16 }} onSubmit={submit} aria-label="登录">
    <div className="field"><label htmlFor="login">账号</label><Input id="login" autoComplete="username" autoFocus={!known} value={login} onChange={(event) => setLogin(event.target.value)} size="large" /></div>
    <div className="field"><label htmlFor="password">密码</label><Input.Password id="password" autoComplete="current-password" autoFocus={known} value={password} onChange={(event) => setPassword(event.target.value)} size="large" /></div>
    <ProblemNote problem={inWords(problem)} />
    <Go busy={busy} words="登录" />
  </form>;
}

/** After the password, or the phone's yes: the code of the authenticator. */
function Second({ ticket, back }: { ticket: string; back: () => void }): ReactNode {
  const [code, setCode] = useState('');
  const { busy, problem, run } = useRun();
  const submit = (event: FormEvent) => { event.preventDefault(); void run(() => enterCode(ticket, code)); };
  return <form className="col" style={{ gap: 16 }} onSubmit={submit} aria-label="动态验证码">
    <div className="field"><label htmlFor="second">动态验证码</label><Input id="second" inputMode="numeric" autoComplete="one-time-code" autoFocus maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} size="large" /></div>
    <p className="sub">手机上身份验证器里现在显示的 6 位数字。手机不在身边的，填一个恢复码。</p>
    <ProblemNote problem={inWords(problem)} />
    <Go busy={busy} words="登录" />
    <button type="button" className="btn txt" onClick={back}>返回上一步</button>
  </form>;
}

const ways = [['password', '账号密码'], ['phone', '手机扫码']] as const;
/** All ways in. Whatever is begun here ends in a session of this browser. */
function Ways({ children }: { children?: ReactNode }): ReactNode {
  const [way, setWay] = useState<(typeof ways)[number][0]>('password');
  const [ticket, setTicket] = useState<string | null>(null);
  const { data } = useLoad('guest', () => api.guest({}));
  return <div className="col" style={{ gap: 16 }}>
    <div className="rowx"><Mark size={36} /><div><h1 style={{ fontSize: 20, lineHeight: '26px' }}>{data ? `${data.city}政协` : '政协'}</h1><p className="sub">履职工作台</p></div></div>
    {children}
    {ticket === null && <div className="tabs" role="tablist" aria-label="怎么登录">{ways.map(([it, words]) => <button type="button" role="tab" key={it} aria-selected={way === it} onClick={() => setWay(it)}>{words}</button>)}</div>}
    {ticket !== null ? <Second ticket={ticket} back={() => setTicket(null)} /> : way === 'password' ? <ByPassword second={setTicket} /> : <ByPhone second={setTicket} demo={data?.clock.demo === true} />}
    {data && <p className="cap">{data.secretNotice}</p>}
  </div>;
}

export const SignIn = (): ReactNode => <div className="door"><div className="panel"><Ways /></div></div>;

/** Over the page when a session ended in the middle of work. A dialog of the library, since one that is open beneath would keep the focus from anything else. */
export function SignInAgain({ name }: { name: string }): ReactNode {
  useCover(true);
  return <Modal open centered closable={false} keyboard={false} mask={{ closable: false }} footer={null} width={420} zIndex={1500} title="请重新登录">
    <Ways><div className="note w">登录已超时。您写的内容都还在，{name}重新登录后接着办。</div></Ways>
  </Modal>;
}

export const Starting = (): ReactNode => <div className="door"><div className="panel"><div className="rowx"><Mark /><b>正在打开履职工作台</b></div><Loading /></div></div>;
