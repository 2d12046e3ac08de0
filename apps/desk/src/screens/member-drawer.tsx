import type { HeldPostView, MemberView } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { PostList } from '../parts/posts.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { useRun } from '../platform/run.ts';
import type { Invited } from './invitations.tsx';
import { MemberAct } from './member-acts.tsx';
import type { MemberWork } from './member-acts.tsx';
import { MemberForm } from './member-form.tsx';
import type { RosterFacts } from './member-form.tsx';

/** The number with its middle hidden; shown whole when it is asked for, which is written down. */
function Phone({ doc }: { doc: MemberView }): ReactNode {
  const [whole, setWhole] = useState('');
  const { busy, problem, run } = useRun();
  if (doc.phone === '') return <span className="pending">没有登记</span>;
  const show = async () => { const answer = await run(() => api.revealPhone({ id: doc.id })); if (answer) setWhole(answer.phone); };
  return <span className="rowx tight wrap num">{whole || doc.phone}{whole === '' && doc.can.includes('show_phone') && <Btn small look="txt" busy={busy} onClick={() => void show()}>看完整号码</Btn>}{whole !== '' && <span className="cap">已记入审计</span>}<ProblemNote problem={problem} /></span>;
}

function Facts({ doc }: { doc: MemberView }): ReactNode {
  const now = useNow(60_000);
  const wechat = doc.boundAt ? `${instantWords(new Date(doc.boundAt), now)} 绑定` : doc.invitedUntil ? `没有绑定，邀请码 ${instantWords(new Date(doc.invitedUntil), now)} 前有效` : '没有绑定';
  const rows: (readonly [string, ReactNode])[] = [['手机号', <Phone key={`${doc.id} ${doc.version}`} doc={doc} />], ['界别', doc.sector?.name], ['镇街', doc.town?.name], ['单位职务', doc.unitTitle], ['中共党员', doc.isPartyMember === null ? '不清楚' : doc.isPartyMember ? '是' : '否'], ['微信', wechat], ['电脑端账号', doc.login]];
  return <div className="keys">{rows.flatMap(([name, words]) => (words ? [<span className="cap" key={name}>{name}</span>, <span key={`${name} words`} style={{ overflowWrap: 'anywhere' }}>{words}</span>] : []))}</div>;
}

const buttons = [['edit', '修改资料'], ['change_phone', '更换手机号'], ['invite', '发邀请码'], ['release', '解除微信绑定'], ['restore', '恢复资格'], ['end', '结束委员资格']] as const;

interface Props { id: string; facts: RosterFacts; close: () => void; print: (invited: Invited) => void }
/** One member: facts, posts, WeChat, and what may be done. */
export function MemberDrawer({ id, facts, close, print }: Props): ReactNode {
  const { data: doc, problem, reload, set } = useLoad(`member ${id}`, () => api.showMember({ id }));
  const [work, setWork] = useState<MemberWork | 'edit' | null>(null);
  const [post, setPost] = useState<HeldPostView | null>(null);
  const invite = useRun();
  useCover(true);
  const done = (words: string) => (fresh: MemberView) => { setWork(null); set(fresh); announce({ words: `${words}：${fresh.name}` }); };
  const press = (it: (typeof buttons)[number][0]) => {
    if (it !== 'invite') { setWork(it); return; }
    void invite.run(() => api.inviteMembers({ memberIds: [id], days: facts.invitationDays })).then((answer) => { if (answer) print(answer); });
  };
  const can = buttons.filter(([it]) => doc?.can.includes(it));
  return <Drawer open onClose={close} size={480} title={doc ? `${doc.name}${doc.state === 'ended' ? '（已结束资格）' : ''}` : '委员'} footer={can.length > 0 && <div className="rowx wrap">{can.map(([it, words]) => <Btn key={it} busy={it === 'invite' && invite.busy} onClick={() => press(it)}>{words}</Btn>)}</div>}>
    {doc ? <div className="col" style={{ gap: 18 }}>
      {doc.endedWords && <div className="note w">{doc.endedWords}。履职档案保留。</div>}
      <ProblemNote problem={invite.problem} />
      <Facts doc={doc} />
      <section className="col"><div className="rowx sp"><h3>职务</h3>{doc.can.includes('give_post') && <Btn small look="line" onClick={() => setWork('give_post')}>登记政协职务</Btn>}</div>
        <PostList held={doc.held} end={(it) => { setPost(it); setWork('end_post'); }} /></section>
    </div> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
    {doc && work === 'edit' && <MemberForm facts={facts} doc={doc} close={() => setWork(null)} done={done('已修改资料')} fresh={set} />}
    {doc && work && work !== 'edit' && <MemberAct key={work} work={work} doc={doc} post={post} facts={facts} close={() => setWork(null)} done={done} fresh={set} />}
  </Drawer>;
}
