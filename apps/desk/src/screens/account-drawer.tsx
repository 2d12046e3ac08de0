import type { AccountView, Answer, HeldPostView, routes } from '@lvzhi/contracts';
import { dateOf, instantWords } from '@lvzhi/domain';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { TextField } from '../parts/fields.tsx';
import { OneTime } from '../parts/one-time.tsx';
import { givingOf, noPost, PostFields, PostList, useDayWords } from '../parts/posts.tsx';
import type { PostDraft } from '../parts/posts.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { serverNow, useNow } from '../platform/clock.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { useRun } from '../platform/run.ts';
import { passwordHint, StandInFields } from './account-forms.tsx';
import type { AccountChoices } from './account-forms.tsx';

type Work = 'edit' | 'open' | 'reset' | 'reset_second' | 'disable' | 'enable' | 'release' | 'give_post' | 'end_post' | 'stand_in';
type Shown = { doc: AccountView };
type WithPassword = Answer<typeof routes.openAccount>;
const buttons = [['edit', '修改资料'], ['open', '开通电脑端账号'], ['reset', '重置密码'], ['reset_second', '重置动态验证码'], ['invite', '发邀请码'], ['release', '解除微信绑定'], ['enable', '恢复账号'], ['disable', '停用账号']] as const;

function Facts({ doc }: { doc: AccountView }): ReactNode {
  const now = useNow(60_000);
  const wechat = doc.bound ? '已绑定' : doc.invitedUntil ? `没有绑定，邀请码 ${instantWords(new Date(doc.invitedUntil), now)} 前有效` : '没有绑定';
  const account = doc.login === null ? '没有' : `${doc.login}${doc.state === 'disabled' ? '（已停用）' : doc.mustChange ? '（还没有改初始密码）' : ''}`;
  const rows: (readonly [string, string])[] = [['单位职务', doc.unitTitle], ['手机号', doc.phone || '没有登记'], ['电脑端账号', account], ['动态验证码', doc.secondFactor ? '已设置' : ''], ['最近登录', doc.signedInAt ? instantWords(new Date(doc.signedInAt), now) : doc.login ? '从未登录' : ''], ['微信', wechat]];
  return <div className="keys">{rows.flatMap(([name, words]) => (words ? [<span className="cap" key={name}>{name}</span>, <span key={`${name} words`}>{words}</span>] : []))}</div>;
}

interface ActProps { work: Work; doc: AccountView; post: HeldPostView | null; choices: AccountChoices; close: () => void; done: (words: string) => (doc: AccountView) => void; secret: (answer: WithPassword) => void; fresh: (doc: AccountView) => void }
function AccountAct({ work, doc, post, choices, close, done, secret, fresh }: ActProps): ReactNode {
  const on = { id: doc.id, version: doc.version };
  const common = { close, fresh: (current: unknown) => fresh(current as AccountView) };
  const say = (words: string) => ({ doc: now }: Shown) => done(words)(now);
  const where = [post?.body?.name, post?.words].filter(Boolean).join(' ');
  switch (work) {
    case 'edit': return <ActModal<{ name: string; unitTitle: string; phone: string }, Shown> {...common} title={`修改资料：${doc.name}`} words="保存资料" keep="先不改" draft={{ name: doc.name, unitTitle: doc.unitTitle, phone: '' }} act={(draft) => api.editAccount({ ...on, ...draft })} done={say('已修改资料')}>
      {(draft, change, wrong) => <><TextField label="姓名" first max={20} value={draft.name} change={(name) => change({ name })} wrong={wrong['name']} /><TextField label="单位职务" value={draft.unitTitle} change={(unitTitle) => change({ unitTitle })} wrong={wrong['unitTitle']} /><TextField label="手机号" hint="不填：不变" max={20} value={draft.phone} change={(phone) => change({ phone })} wrong={wrong['phone']} /></>}</ActModal>;
    case 'open': return <ActModal<{ login: string }, WithPassword> {...common} title={`开通电脑端账号：${doc.name}`} words="开通账号" keep="先不开通" draft={{ login: '' }} act={({ login }) => api.openAccount({ ...on, login })} done={secret}>
      {(draft, change, wrong) => <TextField label="账号" first max={32} placeholder="小写字母开头" value={draft.login} change={(login) => change({ login })} wrong={wrong['login']} />}</ActModal>;
    case 'reset': return <ActModal<object, WithPassword> {...common} title={`重置密码：${doc.name}`} words="重置密码" keep="先不重置" draft={{}} hint="会给一个只显示一次的新密码，本人在电脑端的登录全部退出。请先确认是本人要求的。" act={() => api.resetPassword(on)} done={secret} />;
    case 'reset_second': return <ActModal<object, Shown> {...common} title={`重置动态验证码：${doc.name}`} words="重置动态验证码" keep="先不重置" draft={{}} hint="本人手机丢了、恢复码也没有时用。原来的动态验证码和恢复码作废，电脑端的登录全部退出；职务要求的，下次登录重新设置。请先当面确认是本人。" act={() => api.resetSecondFactor(on)} done={say('已重置动态验证码')} />;
    case 'disable': return <ActModal<object, Shown> {...common} title={`停用账号：${doc.name}`} words="停用账号" keep="先不停用" draft={{}} hint={doc.isMember ? '电脑端的登录立即退出，不能再登录电脑端。手机上的委员身份不受影响。' : '电脑端和手机上的登录立即退出，不能再登录。办过的事和职务记录都保留。'} act={() => api.disableAccount(on)} done={say('已停用账号')} />;
    case 'enable': return <ActModal<object, Shown> {...common} title={`恢复账号：${doc.name}`} words="恢复账号" keep="先不恢复" draft={{}} hint="用原来的账号和密码登录，职务不变。" act={() => api.enableAccount(on)} done={say('已恢复账号')} />;
    case 'release': return <ActModal<object, Shown> {...common} title={`解除微信绑定：${doc.name}`} words="解除绑定" keep="先不解除" draft={{}} hint="手机上的登录立即退出，之后可以在另一个微信上重新绑定。" act={() => api.releaseAccount(on)} done={say('已解除微信绑定')} />;
    case 'give_post': return <ActModal<PostDraft, Shown> {...common} title={`授予职务：${doc.name}`} words="授予职务" keep="先不授予" draft={noPost} hint="立即生效，本人下一次操作就是新的权限。三员由三个人分别担任，不兼别的职务。" act={(draft) => api.givePost({ ...on, ...givingOf(draft) })} done={say('已授予职务')}>
      {(draft, change, wrong) => <PostFields posts={choices.posts} draft={draft} change={change} wrong={wrong} />}</ActModal>;
    case 'end_post': return <ActModal<object, Shown> {...common} title={`结束职务：${doc.name}`} words="结束职务" keep="先不结束" draft={{}} hint={`${where}，立即结束；正在安排的代理一并结束。`} act={() => api.endPost({ ...on, held: post?.id ?? '' })} done={say('已结束职务')} />;
    case 'stand_in': return <ActModal<{ standInId: string; fromOn: string; untilOn: string }, Shown> {...common} title={`安排代理：${where}`} words="安排代理" keep="先不安排" draft={{ standInId: '', fromOn: dateOf(serverNow()), untilOn: '' }} hint={`这几天由代理人担任${doc.name}的这项职务，办理经过里写明是代谁办的。到期自动结束。`} act={(draft) => api.beginStandIn({ ...on, held: post?.id ?? '', ...draft })} done={say('已安排代理')}>
      {(draft, change, wrong) => <StandInFields draft={draft} change={change} wrong={wrong} but={doc.id} />}</ActModal>;
  }
}

function StandsIn({ doc, end }: { doc: AccountView; end: (id: string) => void }): ReactNode {
  const words = useDayWords();
  if (doc.standsIn.length === 0) return null;
  return <section className="col"><h3>正在代理和将要代理</h3>{doc.standsIn.map((it) => <div className="rowx tight wrap" key={it.id}><span className="tag b">代理</span>{it.words}<span className="sub">代{it.person.name}，{words(it.fromOn)} 至 {words(it.untilOn)}</span><Btn small look="txt" onClick={() => end(it.id)}>结束代理</Btn></div>)}</section>;
}

/** One person: account, posts, who stands in for whom. */
export function AccountDrawer({ id, choices, close }: { id: string; choices: AccountChoices; close: () => void }): ReactNode {
  const { data: doc, problem, reload, set } = useLoad(`account ${id}`, () => api.showAccount({ id }));
  const [work, setWork] = useState<Work | null>(null);
  const [post, setPost] = useState<HeldPostView | null>(null);
  const [secret, setSecret] = useState<{ title: string; rows: readonly (readonly [string, string])[]; hint: string } | null>(null);
  const direct = useRun();
  useCover(true);
  const done = (words: string) => (fresh: AccountView) => { setWork(null); set(fresh); announce({ words: `${words}：${fresh.name}` }); };
  const withPassword = (answer: WithPassword) => { done(work === 'open' ? '已开通账号' : '已重置密码')(answer.doc); setSecret({ title: answer.doc.name, rows: [['账号', answer.login], ['一次性密码', answer.password]], hint: passwordHint }); };
  const invite = async () => {
    const answer = await direct.run(() => api.inviteAccount({ id }));
    if (answer) { reload(); setSecret({ title: `邀请码：${answer.row.name}`, rows: [['姓名', answer.row.name], ['邀请码', answer.row.code]], hint: '邀请码只显示这一次，只用一次。请交给本人：打开微信里的履职小程序，用邀请码绑定。' }); }
  };
  const endStandIn = async (standing: string) => { const answer = doc && await direct.run(() => api.endStandIn({ id, version: doc.version, standing })); if (answer) done('已结束代理')(answer.doc); };
  const can = buttons.filter(([it]) => doc?.can.includes(it));
  return <Drawer open onClose={close} size={500} title={doc?.name ?? '人员'} footer={can.length > 0 && <div className="rowx wrap">{can.map(([it, words]) => <Btn key={it} onClick={() => { if (it === 'invite') void invite(); else setWork(it); }}>{words}</Btn>)}</div>}>
    {doc ? <div className="col" style={{ gap: 18 }}>
      <ProblemNote problem={direct.problem} />
      <Facts doc={doc} />
      <section className="col"><div className="rowx sp"><h3>职务</h3>{doc.can.includes('give_post') && <Btn small look="line" onClick={() => setWork('give_post')}>授予职务</Btn>}</div>
        <PostList held={doc.held} end={(it) => { setPost(it); setWork('end_post'); }} standIn={(it) => { setPost(it); setWork('stand_in'); }} endStandIn={(it) => void endStandIn(it)} /></section>
      <StandsIn doc={doc} end={(it) => void endStandIn(it)} />
    </div> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
    {doc && work && <AccountAct key={work} work={work} doc={doc} post={post} choices={choices} close={() => setWork(null)} done={done} secret={withPassword} fresh={set} />}
    {secret && <OneTime {...secret} close={() => setSecret(null)} />}
  </Drawer>;
}
