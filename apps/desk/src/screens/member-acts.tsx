import type { HeldPostView, MemberView } from '@lvzhi/contracts';
import { dateOf } from '@lvzhi/domain';
import { Radio } from 'antd';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { DayField, TextField } from '../parts/fields.tsx';
import { givingOf, noPost, PostFields } from '../parts/posts.tsx';
import type { PostDraft } from '../parts/posts.tsx';
import { api } from '../platform/api.ts';
import { serverNow } from '../platform/clock.ts';
import type { RosterFacts } from './member-form.tsx';

export type MemberWork = 'change_phone' | 'release' | 'end' | 'restore' | 'give_post' | 'end_post';
type Shown = { doc: MemberView };
interface Props { work: MemberWork; doc: MemberView; post: HeldPostView | null; facts: RosterFacts; close: () => void; done: (words: string) => (doc: MemberView) => void; fresh: (doc: MemberView) => void }

/** The dialogs of one member. */
export function MemberAct({ work, doc, post, facts, close, done, fresh }: Props): ReactNode {
  const on = { id: doc.id, version: doc.version };
  const common = { close, fresh: (current: unknown) => fresh(current as MemberView) };
  const say = (words: string) => ({ doc: now }: Shown) => done(words)(now);
  switch (work) {
    case 'change_phone': return <ActModal<{ phone: string }, Shown> {...common} title={`更换手机号：${doc.name}`} words="更换手机号" keep="先不换" draft={{ phone: '' }} hint="以后用新号码绑定微信。已经绑定的微信不变；换了微信的，再点“解除微信绑定”。" act={({ phone }) => api.changePhone({ ...on, phone })} done={say('已更换手机号')}>
      {(draft, change, wrong) => <TextField label="新手机号" first max={20} value={draft.phone} change={(phone) => change({ phone })} wrong={wrong['phone']} />}</ActModal>;
    case 'release': return <ActModal<object, Shown> {...common} title={`解除微信绑定：${doc.name}`} words="解除绑定" keep="先不解除" draft={{}} hint="手机上的登录立即退出。之后可以用名册上的手机号，或者新的邀请码，在另一个微信上绑定。" act={() => api.releaseBinding(on)} done={say('已解除微信绑定')} />;
    case 'restore': return <ActModal<object, Shown> {...common} title={`恢复资格：${doc.name}`} words="恢复资格" keep="先不恢复" draft={{}} hint="用于办错的时候。恢复为委员；其他职务和电脑端账号要另外登记。" act={() => api.restoreMembership(on)} done={say('已恢复资格')} />;
    case 'end': return <EndMembership doc={doc} facts={facts} common={common} done={say('已结束委员资格')} />;
    case 'give_post': return <ActModal<PostDraft, Shown> {...common} title={`登记政协职务：${doc.name}`} words="登记职务" keep="先不登记" draft={noPost} act={(draft) => api.giveSeat({ ...on, ...givingOf(draft) })} done={say('已登记职务')}>
      {(draft, change, wrong) => <PostFields posts={facts.posts} draft={draft} change={change} wrong={wrong} />}</ActModal>;
    case 'end_post': return <ActModal<object, Shown> {...common} title={`结束职务：${doc.name}`} words="结束职务" keep="先不结束" draft={{}} hint={`${[post?.body?.name, post?.words].filter(Boolean).join(' ')}，立即结束。正在使用的，下一次操作就按新的职务。`} act={() => api.endSeat({ ...on, held: post?.id ?? '' })} done={say('已结束职务')} />;
  }
}

interface Ending { readonly reason: string; readonly on: string }
function EndMembership({ doc, facts, common, done }: { doc: MemberView; facts: RosterFacts; common: { close: () => void; fresh: (current: unknown) => void }; done: (answer: Shown) => void }): ReactNode {
  return <ActModal<Ending, Shown> {...common} title={`结束委员资格：${doc.name}`} words="结束委员资格" keep="先不结束" draft={{ reason: '', on: dateOf(serverNow()) }} hint="职务立即终止，登录立即退出。写过的社情民意、提案和履职档案都保留。" act={(draft) => api.endMembership({ id: doc.id, version: doc.version, ...draft })} done={done}>
    {(draft, change, wrong) => <>
      <div className="field"><span className="lab">原因</span><Radio.Group aria-label="原因" value={draft.reason || null} onChange={(event) => change({ reason: String(event.target.value) })}>
        <div className="col">{facts.endReasons.map(({ code, name, keepsReading }) => <Radio key={code} value={code}>{name} <span className="cap">{keepsReading ? '仍可登录查看本人写过的' : '不能再登录'}</span></Radio>)}</div></Radio.Group>{wrong['reason'] && <span className="wrong" role="alert">{wrong['reason']}</span>}</div>
      <DayField label="日期" value={draft.on} change={(on) => change({ on })} wrong={wrong['on']} />
    </>}
  </ActModal>;
}
