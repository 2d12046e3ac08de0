import type { RoutingQuality } from '@lvzhi/contracts';
import { dateOf, dateWords } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Frame } from '../parts/frame.tsx';
import { percent } from '../parts/route-card.tsx';
import { Failure, Loading } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { useRun } from '../platform/run.ts';
import { LearntWords, Models } from './routing-learnt.tsx';

const part = (right: number, of: number): string => (of === 0 ? '—' : percent(right / of));
const thresholdWords: Readonly<Record<RoutingQuality['threshold']['by'], string>> = { shipped: '出厂时检验定的', office: '本市设定的下限', learnt: '按本会的决定定的' };

/** The three numbers that say whether routing earns trust. */
function Total({ view: { total, threshold } }: { view: RoutingQuality }): ReactNode {
  const few = Math.max(0, threshold.needed - threshold.examples);
  return <section className="panel figures" aria-label="总体">
    <div><b className="big num">{part(total.right, total.n)}</b><div className="cap">第一推荐与人的决定一致 · {total.n} 件</div></div>
    <div><b className="big num">{part(total.sentRight, total.sent)}</b><div className="cap">自动送办后没有改的 · {total.sent} 件，目标 {percent(threshold.wanted)}</div></div>
    <div><b className="big num">{part(total.sent, total.n)}</b><div className="cap">没有经人就送办的</div></div>
    <p className="sub">把握在 {percent(threshold.value)} 以上的自动送办，这条线是{thresholdWords[threshold.by]}。{few > 0 ? `再有 ${few} 件决定，就按本会自己的决定来定。` : ''}</p>
  </section>;
}

function Weeks({ weeks, today }: { weeks: RoutingQuality['weeks']; today: string }): ReactNode {
  return <section className="panel flush whole"><div className="scroll"><table aria-label="每周的准确率"><colgroup><col style={{ width: 150 }} /><col style={{ width: 90 }} /><col /><col style={{ width: 110 }} /><col style={{ width: 130 }} /></colgroup>
    <thead><tr><th>这一周起</th><th>件数</th><th>第一推荐一致</th><th>自动送办</th><th>其中没有改的</th></tr></thead>
    <tbody>{weeks.map((it) => <tr className="plain" key={it.fromOn}><td>{dateWords(it.fromOn, today)}</td><td className="num">{it.n}</td>
      <td><span className="conf"><span className="meter" aria-hidden="true"><i style={{ width: part(it.right, it.n) }} /></span><span className="num">{part(it.right, it.n)}</span></span></td>
      <td className="num">{it.sent}</td><td className="num">{part(it.sentRight, it.sent)}</td></tr>)}</tbody></table></div></section>;
}

function Confusion({ view: { committees, confusion } }: { view: RoutingQuality }): ReactNode {
  const count = (said: string, decided: string) => confusion.find((it) => it.said === said && it.decided === decided)?.count ?? 0;
  return <section className="panel flush whole"><div className="scroll"><table aria-label="推荐和决定的对照" className="matrix"><colgroup><col style={{ width: 170 }} />{committees.map(({ id }) => <col key={id} />)}</colgroup>
    <thead><tr><th>人的决定 ＼ 推荐</th>{committees.map(({ id, short }) => <th key={id} className="tall">{short}</th>)}</tr></thead>
    <tbody>{committees.map((row) => <tr className="plain" key={row.id}><td><b>{row.short}</b></td>{committees.map(({ id, short }) => {
      const times = count(id, row.id);
      return <td key={id} className={id === row.id ? 'num tick' : 'num center'} title={`推荐${short}，决定${row.short}`}>{times === 0 ? '' : times}</td>;
    })}</tr>)}</tbody></table></div></section>;
}

/** 分办质量: what routing said beside what people decided, and what it learnt from them. */
export function RoutingQualityScreen(): ReactNode {
  const { data: view, problem, reload, set } = useLoad('routing', () => api.showRoutingQuality({}));
  const { busy, problem: wrong, run } = useRun();
  const today = dateOf(useNow(60_000));
  const act = (word: string, words: string, what: 'strikeWord' | 'restoreWord') => void run(() => api[what]({ word })).then((answer) => {
    if (!answer) return;
    set(answer);
    announce({ words: what === 'strikeWord' ? `已划掉“${words}”，马上生效` : `已恢复“${words}”，几秒后重新学到` });
  });
  return <Frame crumb={<><h1>分办质量</h1><span>近半年</span></>} tools={<Btn onClick={reload}>刷新</Btn>}>
    {view ? <>
      {wrong && <Failure problem={wrong} onRetry={reload} />}
      <Total view={view} />
      {view.weeks.length === 0 ? <p className="sub">还没有人的决定可以对照。分办、改送和初审之后，这里就有数字。</p> : <><h3>每周</h3><Weeks weeks={view.weeks} today={today} /><h3>推荐和决定的对照</h3><Confusion view={view} /></>}
      <h3>学到的词</h3><LearntWords view={view} busy={busy} act={act} />
      <h3>学习记录</h3><Models view={view} />
    </> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
  </Frame>;
}
