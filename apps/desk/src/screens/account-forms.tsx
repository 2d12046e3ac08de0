import type { AccountView, Answer, routes } from '@lvzhi/contracts';
import { Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { DayField, Labelled, TextField } from '../parts/fields.tsx';
import { OneTime } from '../parts/one-time.tsx';
import { givingOf, noPost, PostFields } from '../parts/posts.tsx';
import type { PostDraft } from '../parts/posts.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { once } from '../platform/run.ts';

export type AccountChoices = Answer<typeof routes.listAccountChoices>;
type Created = Answer<typeof routes.createAccount>;
interface Draft extends PostDraft { readonly name: string; readonly unitTitle: string; readonly phone: string; readonly login: string }
export const passwordHint = '密码只显示这一次。请当面或打电话告诉本人，不要写在群里；第一次登录要改成自己的密码。';

/** Somebody who works here: with a login for the desk, or without one (an informant). `post` is chosen beforehand where a step asks for it. */
export function CreateAccount({ choices, post, close, done }: { choices: AccountChoices; post?: AccountChoices['posts'][number]; close: () => void; done: (doc: AccountView) => void }): ReactNode {
  const [made, setMade] = useState<Created | null>(null);
  const bodies = post?.bodies ?? [];
  const first: Draft = { name: '', unitTitle: '', phone: '', login: '', ...noPost, post: post?.post ?? '', bodyId: (bodies.find(({ short }) => short === '委工委') ?? bodies[0])?.id ?? '' };
  const send = ({ name, unitTitle, phone, login, ...giving }: Draft) => once('createAccount', { name, unitTitle, phone, login: login.trim() === '' ? null : login, posts: giving.post === '' ? [] : [givingOf(giving)] }, api.createAccount);
  if (made?.password) return <OneTime title={`已开通：${made.doc.name}`} rows={[['账号', made.login ?? ''], ['一次性密码', made.password]]} hint={passwordHint} close={() => done(made.doc)} />;
  return <ActModal<Draft, Created> title={post ? `登记${post.words}` : '登记工作人员'} words={post ? '登记并开通' : '登记工作人员'} keep="先不登记" draft={first} act={send} done={(answer) => { if (answer.password) setMade(answer); else done(answer.doc); }} close={close}
    hint="委员要在电脑端办事的（如专委会主任），不用在这里登记：在列表里找到本人，点“开通电脑端账号”。">
    {(draft, change, wrong) => <>
      <div className="two"><TextField label="姓名" first max={20} value={draft.name} change={(name) => change({ name })} wrong={wrong['name']} /><TextField label="手机号" hint="可不填" max={20} value={draft.phone} change={(phone) => change({ phone })} wrong={wrong['phone']} /></div>
      <div className="two"><TextField label="单位职务" value={draft.unitTitle} change={(unitTitle) => change({ unitTitle })} wrong={wrong['unitTitle']} /><TextField label="电脑端账号" hint={post ? '' : '不登录电脑端的可不填'} max={32} value={draft.login} change={(login) => change({ login })} wrong={wrong['login']} placeholder="小写字母开头" /></div>
      <PostFields posts={post ? [post] : choices.posts} draft={draft} change={change} wrong={{ ...wrong, ...inPosts(wrong) }} dated={false} />
    </>}
  </ActModal>;
}
/** A complaint about the first post of the list, by its own name. */
const inPosts = (wrong: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(wrong).flatMap(([field, words]) => { const name = /^posts\.0\.(\w+)$/.exec(field)?.[1]; return name ? [[name, words]] : []; }));

interface Standing { readonly standInId: string; readonly fromOn: string; readonly untilOn: string }
/** Who holds a post meanwhile. People are found by name. */
export function StandInFields({ draft, change, wrong, but }: { draft: Standing; change: (part: Partial<Standing>) => void; wrong: Readonly<Record<string, string>>; but: string }): ReactNode {
  const [sought, seek] = useState('');
  const { data, loading } = useLoad(`people ${sought}`, () => (sought === '' ? Promise.resolve({ rows: [] }) : api.findPeople({ query: sought })));
  const options = (data?.rows ?? []).filter(({ id }) => id !== but).map(({ id, name, note }) => ({ value: id, label: `${name}　${note}` }));
  return <>
    <Labelled label="代理人" hint="按姓名找" wrong={wrong['standInId']}>{(id) => <Select id={id} showSearch={{ filterOption: false, onSearch: (typed) => seek(typed.trim()) }} placeholder="输入姓名" value={draft.standInId || null} options={options} onChange={(standInId: string) => change({ standInId })} notFoundContent={sought === '' ? '输入姓名来找' : loading ? '正在找' : '没有找到'} />}</Labelled>
    <div className="two"><DayField label="从" value={draft.fromOn} change={(fromOn) => change({ fromOn })} wrong={wrong['fromOn']} /><DayField label="到（含当天）" value={draft.untilOn} change={(untilOn) => change({ untilOn })} wrong={wrong['untilOn']} /></div>
  </>;
}
