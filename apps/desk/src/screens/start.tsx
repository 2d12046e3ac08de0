import type { SetupView } from '@lvzhi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { go, Link, usePlace, withQuery } from '../platform/route.ts';
import { useRun } from '../platform/run.ts';
import { renew } from '../platform/session.ts';
import { moved } from '../platform/signal.ts';
import { StartStep } from './start-steps.tsx';

export type Step = SetupView['steps'][number]['step'];

function Steps({ view, at }: { view: SetupView; at: Step }): ReactNode {
  const place = usePlace();
  return <ol className="steps" aria-label="步骤">{view.steps.map((it, index) => <li key={it.step}><Link to={withQuery(place, { step: it.step })} current={it.step === at}>
    <span className={`num-dot ${it.done ? 'done' : ''}`}>{it.done ? <Icon name="check" /> : index + 1}</span><span className="col" style={{ gap: 0 }}><b>{it.words}</b><span className="cap">{it.done ? '已办好' : it.needed ? '要办' : '可以以后办'}</span></span></Link></li>)}</ol>;
}

function Finish({ view, done }: { view: SetupView; done: () => void }): ReactNode {
  const { busy, problem, run } = useRun();
  const left = view.steps.filter((it) => it.needed && !it.done);
  const finish = async () => { if (await run(() => api.finishSetup({}))) done(); };
  if (view.done || !view.can.includes('set_up')) return null;
  return <section className="panel"><div className="rowx sp wrap"><div>{left.length > 0 ? <><b>还差 {left.length} 步</b><p className="sub">{left.map(({ words, missing }) => `${words}：${missing}`).join('；')}</p></> : <><b>该办的都办好了</b><p className="sub">完成以后，名册由委员工作人员管理，您管单位、账号和设置。这一页不再出现。</p></>}</div>
    <Btn look={view.mayFinish ? 'pri' : 'line'} busy={busy} disabled={!view.mayFinish} onClick={() => void finish()}>完成，开始使用</Btn></div><ProblemNote problem={problem} /></section>;
}

/** 开始使用: what a city says of itself before its members come; each step is kept, and one may come back to any. */
export function Start(): ReactNode {
  const place = usePlace();
  const { data: view, problem, reload, set } = useLoad('setup', () => api.showSetup({}), moved.use());
  const [wanted, setWanted] = useState<Step | null>(null);
  if (!view) return <Frame crumb={<h1>开始使用</h1>}>{problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}</Frame>;
  const asked = view.steps.find(({ step }) => step === place.query.get('step'))?.step ?? wanted;
  const at = asked ?? view.steps.find(({ done }) => !done)?.step ?? 'roster';
  const index = view.steps.findIndex(({ step }) => step === at);
  // The city's name stands on every page.
  const saved = (next: SetupView) => { set(next); void renew(); const after = next.steps[index + 1]?.step ?? null; setWanted(after); go(withQuery(place, { step: after })); };
  return <Frame crumb={<><h1>开始使用</h1><span>{view.steps.filter(({ done }) => done).length} / {view.steps.length} 步已办好，随时可以离开，办好的都存着</span></>}>
    <div className="start"><Steps view={view} at={at} /><div className="col" style={{ gap: 12 }}>
      {view.can.includes('set_up') || at === 'roster' ? <StartStep key={at} step={at} view={view} saved={saved} set={set} reload={reload} /> : <section className="panel"><h2>{view.steps[index]?.words}</h2><p className="sub">这一步由系统管理员办。您可以先看“导入委员名册”。</p></section>}
      <Finish view={view} done={() => { void renew().then(() => go('/')); }} />
    </div></div>
  </Frame>;
}
