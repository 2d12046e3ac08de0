import type { Me } from '@lvzhi/contracts';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Mark } from '../parts/icons.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { useRun } from '../platform/run.ts';
import { agreeTo, signOut } from '../platform/session.ts';

/** Somebody whose posts have nothing to do at the desk. */
export function NoPost({ me }: { me: Me }): ReactNode {
  const { busy, problem, run } = useRun();
  const posts = me.posts.map(({ words, body }) => [body?.short, words].filter(Boolean).join(' ')).join('、');
  return <div className="door"><section className="panel">
    <div className="rowx"><Mark size={36} /><div><h1 style={{ fontSize: 20, lineHeight: '26px' }}>{me.person.name}，您好</h1><p className="sub">{posts || '还没有登记职务'}</p></div></div>
    <p>您的职务在电脑端没有要办的事项。</p>
    <p>委员写社情民意和提案、回复走访通知，请在微信里打开小程序。应当在这里办事的，请联系市政协办公室核对您的职务。</p>
    <ProblemNote problem={problem} />
    <Btn look="pri" busy={busy} onClick={() => void run(signOut)}>退出登录</Btn>
  </section></div>;
}

/** The privacy notice in its present version, agreed to by hand before work begins. */
export function Consent(): ReactNode {
  const { data, problem: missing, reload } = useLoad('privacy', () => api.guest({}));
  const { busy, problem, run } = useRun();
  if (missing) return <div className="door"><Failure problem={missing} onRetry={reload} /></div>;
  if (!data) return <div className="door"><Loading /></div>;
  const { privacy } = data;
  return <div className="door"><section className="panel wide">
    <h1 style={{ fontSize: 20, lineHeight: '26px' }}>{privacy.title}</h1>
    <div className="scroll col">{privacy.paragraphs.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}</div>
    <ProblemNote problem={problem} />
    <div className="rowx"><Btn look="pri" busy={busy} onClick={() => void run(() => agreeTo(privacy.version))}>同意并继续</Btn><Btn disabled={busy} onClick={() => void run(signOut)}>不同意，退出登录</Btn></div>
  </section></div>;
}
