import type { Answer, Me, routes } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import { Modal, QRCode } from 'antd';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { TextField } from '../parts/fields.tsx';
import { Mark } from '../parts/icons.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { useRun } from '../platform/run.ts';
import { renew, signOut } from '../platform/session.ts';

type Begun = Answer<typeof routes.beginSecondFactor>;
type SecondFactor = Answer<typeof routes.showSignIn>['secondFactor'];
const grouped = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

/** Shown this once. Closing is an act of its own. */
function RecoveryCodes({ codes, close }: { codes: readonly string[]; close: () => void }): ReactNode {
  useCover(true);
  return <Modal open title="恢复码" width={480} zIndex={1300} closable={false} keyboard={false} mask={{ closable: false }} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}><Btn onClick={() => print()}>打印</Btn><Btn look="pri" onClick={close}>我已经记下</Btn></div>}>
    <div className="col" style={{ gap: 14 }}><ul className="codes" aria-label="恢复码">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <div className="note w">恢复码只显示这一次。手机丢了或不在身边时，用一个代替动态验证码，每个只能用一次。请抄下或打印，锁好，不要存在这台电脑上。</div></div>
  </Modal>;
}

/** The secret goes into an authenticator, and a code of it comes back: only then does it count. */
function Enrol({ begun, done, back, backWords }: { begun: Begun; done: (codes: string[]) => void; back: () => void; backWords: string }): ReactNode {
  const [code, setCode] = useState('');
  const { busy, problem, run, forget } = useRun();
  const submit = (event: FormEvent) => { event.preventDefault(); void run(async () => { done((await api.setSecondFactor({ ticket: begun.ticket, code })).codes); }); };
  return <form className="col" style={{ gap: 14 }} onSubmit={submit} aria-label="设置动态验证码">
    <div className="enrol"><div className="qr-box" role="img" aria-label="身份验证器二维码"><QRCode type="svg" value={begun.uri} size={208} bordered={false} errorLevel="L" /></div>
      <div className="col"><p>1. 打开手机上的身份验证器（应用商店或微信小程序里都有），添加账号，扫左边的二维码。</p><p className="sub">扫不了的，手工输入这个密钥：</p><code>{grouped(begun.secret)}</code></div></div>
    <p>2. 填写身份验证器上显示的 6 位数字。</p>
    <ProblemNote problem={problem?.kind === 'fields' && problem.fields['code'] ? null : problem} />
    <TextField label="动态验证码" first max={10} value={code} change={(typed) => { setCode(typed); forget(['code']); }} wrong={problem?.kind === 'fields' ? problem.fields['code'] : undefined} />
    <div className="rowx"><button type="submit" className="btn pri" disabled={busy} aria-busy={busy}>确认，开始使用</button><Btn disabled={busy} onClick={back}>{backWords}</Btn></div>
  </form>;
}

/** Before anything else, where the post asks for it. */
export function FirstFactor({ me }: { me: Me }): ReactNode {
  const { data, problem, reload } = useLoad('enrolment', () => api.beginSecondFactor({}));
  const [codes, setCodes] = useState<string[] | null>(null);
  const leaving = useRun();
  if (!data) return <div className="door">{problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}</div>;
  return <div className="door"><section className="panel wide" style={{ gap: 14 }}>
    <div className="rowx"><Mark size={36} /><div><h1 style={{ fontSize: 20, lineHeight: '26px' }}>{me.person.name}，请先设置动态验证码</h1><p className="sub">您的职务管理着系统，登录时除了密码，还要手机上的验证码。</p></div></div>
    <ProblemNote problem={leaving.problem} />
    <Enrol begun={data} done={setCodes} back={() => void leaving.run(signOut)} backWords="退出登录" />
    {codes && <RecoveryCodes codes={codes} close={() => void leaving.run(renew)} />}
  </section></div>;
}

type Work = 'renew' | 'end' | 'move';
const works: Readonly<Record<Work, { title: string; words: string; keep: string; hint: string }>> = {
  renew: { title: '重新生成恢复码', words: '重新生成', keep: '先不生成', hint: '原来没用过的恢复码全部作废。' },
  end: { title: '停用动态验证码', words: '停用', keep: '先不停用', hint: '以后登录只用密码或手机扫码。' },
  move: { title: '换手机', words: '下一步', keep: '先不换', hint: '先证明是您本人：填原来手机上的动态验证码，或者一个恢复码。接着在新手机上设置。' },
};

/** The card on 账号与安全. */
export function SecondFactorCard({ factor, changed }: { factor: SecondFactor; changed: () => void }): ReactNode {
  const [work, setWork] = useState<Work | null>(null);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { busy, problem, run } = useRun();
  const begin = async () => { const answer = await run(() => api.beginSecondFactor({})); if (answer) setBegun(answer); };
  const act = async (code: string): Promise<object> => {
    if (work === 'end') { await api.endSecondFactor({ code }); announce({ words: '已停用动态验证码' }); }
    if (work === 'move') setBegun(await api.beginSecondFactor({ code }));
    if (work === 'renew') setCodes((await api.renewRecoveryCodes({ code })).codes);
    return {};
  };
  return <section className="panel"><div className="rowx sp"><h2>动态验证码</h2>{factor.on
    ? <div className="rowx wrap"><Btn onClick={() => setWork('move')}>换手机</Btn><Btn onClick={() => setWork('renew')}>重新生成恢复码</Btn>{!factor.required && <Btn onClick={() => setWork('end')}>停用</Btn>}</div>
    : <Btn look="line" busy={busy} onClick={() => void begin()}>设置</Btn>}</div>
    <ProblemNote problem={problem} />
    <Standing factor={factor} />
    {begun && <Modal open title="设置动态验证码" width={600} footer={null} onCancel={() => setBegun(null)}><Enrol begun={begun} done={(made) => { setBegun(null); setCodes(made); }} back={() => setBegun(null)} backWords="先不设置" /></Modal>}
    {codes && <RecoveryCodes codes={codes} close={() => { setCodes(null); changed(); }} />}
    {work && <ActModal<{ code: string }, object> {...works[work]} draft={{ code: '' }} act={({ code }) => act(code)} done={() => { setWork(null); if (work === 'end') changed(); }} close={() => setWork(null)}>
      {(draft, change, wrong) => <TextField label="动态验证码或恢复码" first max={40} value={draft.code} change={(code) => change({ code })} wrong={wrong['code']} />}</ActModal>}
  </section>;
}
function Standing({ factor: { on, setAt, codesLeft } }: { factor: SecondFactor }): ReactNode {
  const now = useNow(60_000);
  if (!on) return <p className="sub">没有设置。设置后，在电脑上登录除了密码，还要手机上身份验证器的验证码，别人知道密码也进不来。</p>;
  return <p className={codesLeft > 2 ? 'sub' : 'note w'}>已设置{setAt && `（${instantWords(new Date(setAt), now)}）`}，还有 {codesLeft} 个恢复码没用过。{codesLeft <= 2 && '快用完了，请重新生成。'}</p>;
}
