import type { HealthView } from '@lvzhi/contracts';
import { dateOf, dateWords, instantWords, timeOf } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Frame } from '../parts/frame.tsx';
import { Failure, Loading } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';

type State = HealthView['state'];
const looks = { good: 'o', warn: 'w', bad: 'x' } as const;
const stateWords = { good: '正常', warn: '请留意', bad: '不正常' } as const;
const whole = { good: '一切正常', warn: '有几处要留意', bad: '有几处不正常' } as const;
const Sign = ({ state }: { state: State }): ReactNode => <span className={`tag ${looks[state]}`}>{stateWords[state]}</span>;

function Probes({ probes }: Pick<HealthView, 'probes'>): ReactNode {
  return <section className="panel flush whole"><table aria-label="各项状况"><colgroup><col style={{ width: 160 }} /><col style={{ width: 110 }} /><col /></colgroup>
    <thead><tr><th>项目</th><th>状况</th><th>说明</th></tr></thead>
    <tbody>{probes.map(({ name, words, state, says }) => <tr className="plain" key={name}><td><b>{words}</b></td><td><Sign state={state} /></td><td className="wraps">{says}</td></tr>)}</tbody></table></section>;
}

function Runs({ runs, words }: Pick<HealthView, 'runs'> & { words: (at: string) => string }): ReactNode {
  if (runs.length === 0) return <p className="note w">还没有做过备份。怎样备份、怎样试恢复，见运维手册“备份”一节。</p>;
  return <section className="panel flush whole"><div className="scroll"><table aria-label="备份和恢复"><colgroup><col style={{ width: 90 }} /><col style={{ width: 150 }} /><col style={{ width: 150 }} /><col style={{ width: 300 }} /><col style={{ width: 90 }} /><col /></colgroup>
    <thead><tr><th>做什么</th><th>什么时候</th><th>结果</th><th>文件</th><th>大小</th><th>说明</th></tr></thead>
    <tbody>{runs.map((it) => <tr className="plain" key={it.id}><td>{it.words}</td><td className="num">{words(it.endedAt)}</td><td><span className={`tag ${looks[it.state]}`}>{it.outcome}</span></td><td className="ell num" title={it.fileName}>{it.fileName}</td><td className="num">{it.size}</td><td className="wraps">{it.says}</td></tr>)}</tbody></table></div></section>;
}

function Jobs({ jobs, words }: Pick<HealthView, 'jobs'> & { words: (at: string) => string }): ReactNode {
  return <section className="panel flush whole"><div className="scroll"><table aria-label="定时任务"><colgroup><col style={{ width: 240 }} /><col style={{ width: 110 }} /><col style={{ width: 110 }} /><col style={{ width: 150 }} /><col /></colgroup>
    <thead><tr><th>任务</th><th>多久一次</th><th>状况</th><th>上一次</th><th>做了什么</th></tr></thead>
    <tbody>{jobs.map((it) => <tr className="plain" key={it.name}><td>{it.words}</td><td>{it.every}</td><td><Sign state={it.state} /></td><td className="num">{it.endedAt === null ? '还没有' : words(it.endedAt)}</td><td className="wraps">{it.outcome}</td></tr>)}</tbody></table></div></section>;
}

/** 运行状况: how the house itself is, for whoever runs it. */
export function Health(): ReactNode {
  const { data: view, problem, reload } = useLoad('health', () => api.showHealth({}));
  const now = useNow();
  const words = (at: string): string => instantWords(new Date(at), now);
  const asOf = view && new Date(view.at);
  return <Frame crumb={<><h1>运行状况</h1>{view && asOf && <span className="num">{whole[view.state]} · {dateWords(dateOf(asOf))} {timeOf(asOf)}</span>}</>} tools={<Btn onClick={reload}>再看一次</Btn>}>
    {view ? <><h3>各项状况</h3><Probes probes={view.probes} /><h3>备份和恢复</h3><Runs runs={view.runs} words={words} /><h3>定时任务</h3><Jobs jobs={view.jobs} words={words} />
      <h3>版本</h3><section className="panel whole"><div className="rowx wrap">{view.facts.map((it) => <span key={it.words}><span className="cap">{it.words}</span> <b className="num">{it.value}</b></span>)}</div></section></> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
  </Frame>;
}
