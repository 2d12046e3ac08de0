import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { PropsWithChildren, ReactNode } from 'react';
import { go } from '../platform/go.ts';
import { signInAgain } from '../platform/session.ts';
import { a11y } from './a11y.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import { Btn, Btns } from './plain.tsx';
import type { Problem } from './use-answer.ts';

/** One of the five states: what is so, what is safe, what next. */
export const StateCard = ({ icon, title, children, button, onTap, main }: PropsWithChildren<{ icon: IconName; title: string; button?: string; onTap?: () => void; main?: boolean }>) => (
  <View className="card state" {...a11y({ role: 'status' })}>
    <View className="kind"><Icon name={icon} /><View className="state-title">{title}</View></View>
    <View className="sub">{children}</View>
    {button !== undefined && onTap && <Btns><Btn onTap={onTap} {...(main && { main })}>{button}</Btn></Btns>}
  </View>
);

/** Grey bars after 0.3 s, and after 3 s why it takes long. */
function Waiting({ again }: { again: () => void }) {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timers = [setTimeout(() => { setStage(1); }, 300), setTimeout(() => { setStage(2); }, 3000)];
    return () => { timers.forEach(clearTimeout); };
  }, []);
  if (stage === 0) return null;
  return <View className="card state" {...a11y({ label: '正在打开' })}>
    <View className="kind"><Icon name="clock" />正在打开…</View>
    <View className="bone bone-a" /><View className="bone" /><View className="bone bone-b" />
    {stage === 2 && <><View className="cap">网络有些慢，还在等服务器回应。</View><Btns><Btn onTap={again}>再试一次</Btn></Btns></>}
  </View>;
}

/** Not allowed and not there are told alike: whether it exists is nobody else's business. */
function ProblemCard({ problem, again }: { problem: Problem; again: () => void }) {
  if (problem.status === 403 || problem.status === 404)
    return <StateCard icon="lock" title="这里您看不了" button="回到待办" onTap={() => { go('home'); }}>这件事不在您的办理范围，或编号不存在。要找人？打给办公室。</StateCard>;
  if (problem.status === 401)
    return <StateCard icon="user" title="登录过期了" button="微信登录，接着办" onTap={() => { void signInAgain().then(again); }}>写好的内容存在这部手机上。重新登录后回到这一页。</StateCard>;
  return <StateCard icon={problem.status === 0 ? 'off' : 'alert'} title="没能打开" button="再试一次" onTap={again}>{problem.reason}写了一半的内容都还在。</StateCard>;
}

/** The page's content once it is there; until then the wait, or what went wrong. */
export function Loaded<T>({ of, children }: { of: { answer: T | undefined; problem: Problem | undefined; again: () => Promise<void> }; children: (answer: T) => ReactNode }) {
  const again = () => { void of.again(); };
  if (of.answer !== undefined) return <>{of.problem && <StateCard icon="alert" title="没能刷新" button="再试一次" onTap={again}>{of.problem.reason}下面是刚才的内容。</StateCard>}{children(of.answer)}</>;
  if (of.problem) return <ProblemCard problem={of.problem} again={again} />;
  return <Waiting again={again} />;
}
