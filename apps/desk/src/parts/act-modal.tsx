import { Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useCover } from '../platform/keys.ts';
import { useRun } from '../platform/run.ts';
import { Btn } from './button.tsx';
import { ProblemNote } from './states.tsx';

interface Props<D, A> {
  title: string; words: string; keep: string; hint?: ReactNode; draft: D; width?: number;
  /** Sends it; what it throws is shown above the fields, and everything typed stays. */
  act: (draft: D) => Promise<A>; done: (answer: A) => void; close: () => void;
  /** Somebody was faster: with what is there now. The dialog stays open. */
  fresh?: (current: unknown) => void;
  children?: (draft: D, change: (part: Partial<D>) => void, wrong: Readonly<Record<string, string>>) => ReactNode;
}

/** A dialog of one act on a person or a body: its button repeats the act, a failure loses nothing. */
export function ActModal<D extends object, A>({ title, words, keep, hint, draft: first, width = 520, act, done, close, fresh, children }: Props<D, A>): ReactNode {
  const [draft, setDraft] = useState(first);
  const { busy, problem, run, forget } = useRun();
  useCover(true);
  const change = (part: Partial<D>) => { setDraft({ ...draft, ...part }); forget(Object.keys(part)); };
  const send = async () => { const answer = await run(() => act(draft)); if (answer !== undefined) done(answer); };
  const current = problem?.kind === 'stale' ? problem.current : undefined;
  return <Modal open onCancel={close} title={title} width={width} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}><Btn onClick={close}>{keep}</Btn><Btn look="pri" busy={busy} onClick={() => void send()}>{words}</Btn></div>}>
    <div className="col" style={{ gap: 14 }}>
      {hint && <p className="sub">{hint}</p>}
      <ProblemNote problem={problem}>{current !== undefined && fresh && <div><Btn small look="txt" onClick={() => fresh(current)}>按最新的情况继续，已填的保留</Btn></div>}</ProblemNote>
      {children?.(draft, change, problem?.kind === 'fields' ? problem.fields : {})}
    </div>
  </Modal>;
}
