import { InvalidInput } from '@lvzhi/contracts';
import type { Me } from '@lvzhi/contracts';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { SecretField } from '../parts/fields.tsx';
import { Mark } from '../parts/icons.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { useRun } from '../platform/run.ts';
import { renew, signOut } from '../platform/session.ts';

interface Draft { readonly current: string; readonly fresh: string; readonly again: string }
const nothing: Draft = { current: '', fresh: '', again: '' };
/** Typed twice, since it cannot be seen. @throws InvalidInput, and what the server said */
function send({ current, fresh, again }: Draft): Promise<object> {
  if (fresh !== again) throw new InvalidInput({ again: fresh === '' ? '请先填写新密码' : '两次输入的新密码不一样，请重新输入' });
  return api.changePassword({ current, fresh });
}

const PasswordRules = ({ rules }: { rules: readonly string[] }): ReactNode => <ul className="rules">{rules.map((rule) => <li key={rule}>{rule}</li>)}</ul>;

interface FieldsProps { draft: Draft; change: (part: Partial<Draft>) => void; wrong: Readonly<Record<string, string>>; first?: boolean }
const FreshFields = ({ draft, change, wrong, first = false }: FieldsProps): ReactNode => <>
  <SecretField label="新密码" fresh first={first} value={draft.fresh} change={(fresh) => change({ fresh })} wrong={wrong['fresh']} />
  <SecretField label="再输一次新密码" fresh value={draft.again} change={(again) => change({ again })} wrong={wrong['again']} />
</>;

/** Change of one's own password by choice. */
export function ChangePassword({ rules, close, done }: { rules: readonly string[]; close: () => void; done: () => void }): ReactNode {
  return <ActModal<Draft, object> title="修改密码" words="修改密码" keep="先不改" draft={nothing} hint="改好后，您在别的电脑上的登录全部退出；手机上的不受影响。" act={send} done={done} close={close}>
    {(draft, change, wrong) => <><SecretField label="现在的密码" first value={draft.current} change={(current) => change({ current })} wrong={wrong['current']} /><FreshFields draft={draft} change={change} wrong={wrong} /><PasswordRules rules={rules} /></>}
  </ActModal>;
}

/** Before anything else: the password that somebody else knows becomes one's own. */
export function FirstPassword({ me }: { me: Me }): ReactNode {
  const { data, problem: missing, reload } = useLoad('sign in', () => api.showSignIn({}));
  const [draft, setDraft] = useState(nothing);
  const { busy, problem, run, forget } = useRun();
  if (missing) return <div className="door"><Failure problem={missing} onRetry={reload} /></div>;
  if (!data) return <div className="door"><Loading /></div>;
  const change = (part: Partial<Draft>) => { setDraft({ ...draft, ...part }); forget(Object.keys(part)); };
  const submit = (event: FormEvent) => { event.preventDefault(); void run(async () => { await send(draft); await renew(); }); };
  return <div className="door"><form className="panel" style={{ gap: 14 }} onSubmit={submit} aria-label="设置自己的密码">
    <div className="rowx"><Mark size={36} /><div><h1 style={{ fontSize: 20, lineHeight: '26px' }}>{me.person.name}，请设置自己的密码</h1><p className="sub">账号 {data.login}。刚才的密码是别人给的，只能用来登录这一次。</p></div></div>
    <ProblemNote problem={problem?.kind === 'fields' ? null : problem} />
    <FreshFields first draft={draft} change={change} wrong={problem?.kind === 'fields' ? problem.fields : {}} />
    <PasswordRules rules={data.passwordRules} />
    <div className="rowx"><button type="submit" className="btn pri" disabled={busy} aria-busy={busy}>设置密码，继续</button><Btn disabled={busy} onClick={() => void run(signOut)}>退出登录</Btn></div>
  </form></div>;
}
