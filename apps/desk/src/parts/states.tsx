import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Problem } from '../platform/problem.ts';
import { Btn } from './button.tsx';
import { Icon } from './icons.tsx';

/** Nothing for the first 300 ms, then the shape of what comes, after 3 s why it takes long. */
export function Loading(): ReactNode {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timers = [setTimeout(() => setStage(1), 300), setTimeout(() => setStage(2), 3000)];
    return () => { for (const timer of timers) clearTimeout(timer); };
  }, []);
  return <div style={{ padding: 24 }} aria-busy="true">
    {stage > 0 && <Skeleton active={false} paragraph={{ rows: 6 }} />}
    <p className="sub" aria-live="polite" style={{ marginTop: 16 }}>{stage > 1 ? '服务器还没有回答，可能是网络慢，请再等一下。' : ''}</p>
  </div>;
}

/** What this place is for, and what to do next. */
export const Empty = ({ title, children }: { title: string; children: ReactNode }): ReactNode =>
  <div className="state"><Icon name="checkc" /><h2>{title}</h2><div>{children}</div></div>;

/** Not there and not yours read the same: existence is not told. */
export function Failure({ problem, onRetry, back }: { problem: Problem; onRetry: () => void; back?: ReactNode }): ReactNode {
  if (problem.kind === 'gone') {
    return <div className="state" role="alert"><Icon name="info" /><h2>看不到这一页</h2><p>它不存在，或者不在您的职责范围内。需要查看的，请联系办公室。</p>{back}</div>;
  }
  return <div className="state" role="alert"><Icon name={problem.kind === 'offline' ? 'off' : 'alert'} /><h2>没有取到内容</h2>
    <p>{problem.kind === 'offline' ? '没有连上服务器，请检查网络。' : problem.reason}</p>
    <Btn onClick={onRetry} look="line">再试一次</Btn>{back}</div>;
}

/** What went wrong with an act, above the words that were typed: they are still there. */
export function ProblemNote({ problem, children }: { problem: Problem | null; children?: ReactNode }): ReactNode {
  if (!problem) return null;
  const words = problem.kind === 'fields' ? (Object.values(problem.fields).join('；') || problem.reason) : problem.reason;
  return <div className={`note ${problem.kind === 'stale' || problem.kind === 'refused' ? 'w' : 'x'}`} role="alert"><Icon name="alert" /><div className="grow">{words}{children}</div></div>;
}
