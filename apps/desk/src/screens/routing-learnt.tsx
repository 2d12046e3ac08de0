import type { RoutingQuality } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { percent } from '../parts/route-card.tsx';
import { serverNow } from '../platform/clock.ts';

const momentOf = (at: string): string => instantWords(new Date(at), serverNow());

type Act = (word: string, words: string, what: 'strikeWord' | 'restoreWord') => void;

/** 学到的词 by committee; a tap strikes one, and below a tap takes that back. */
export function LearntWords({ view: { committees, words, struck }, busy, act }: { view: RoutingQuality; busy: boolean; act: Act }): ReactNode {
  const learnt = committees.filter(({ id }) => words.some(({ committeeId }) => committeeId === id));
  return <section className="panel" aria-label="学到的词">
    {learnt.length === 0 && <p className="sub">还没有学到本会自己的词。现在只用出厂的词表和权重。</p>}
    {learnt.map(({ id, short }) => <div className="rowx wrap" key={id}><b className="learnt">{short}</b>{words.filter(({ committeeId }) => committeeId === id).map(({ word, words: said }) =>
      <button type="button" className="tag b strike" key={word} disabled={busy} aria-label={`划掉 ${said}`} title="划掉：不再往这里推荐" onClick={() => act(word, said, 'strikeWord')}>{said} ×</button>)}</div>)}
    {struck.length > 0 && <div className="rowx wrap"><b className="learnt">已划掉</b>{struck.map(({ word, words: said, who, at }) => <span className="rowx tight" key={word}><s className="sub" title={`${who} ${momentOf(at)}`}>{said}</s><Btn look="txt" small disabled={busy} label={`恢复 ${said}`} onClick={() => act(word, said, 'restoreWord')}>恢复</Btn></span>)}</div>}
  </section>;
}

/** Every attempt to learn, and why one was not taken. */
export function Models({ view: { models, shipped } }: { view: RoutingQuality }): ReactNode {
  return <section className="panel flush whole"><div className="scroll"><table aria-label="学习记录"><colgroup><col style={{ width: 110 }} /><col style={{ width: 170 }} /><col style={{ width: 90 }} /><col style={{ width: 150 }} /><col style={{ width: 150 }} /><col /></colgroup>
    <thead><tr><th>版本</th><th>时间</th><th>决定</th><th>准确率（出厂）</th><th>自动送办 · 正确</th><th>结果</th></tr></thead>
    <tbody>{models.map((it) => <tr className="plain" key={it.version}><td>{it.version}{it.inForce && ' 现用'}</td><td>{momentOf(it.madeAt)}</td><td className="num">{it.examples} 件</td>
      <td className="num">{percent(it.accuracy)}（{percent(it.before)}）</td><td className="num">{percent(it.coverage)}{it.precision !== null && ` · ${percent(it.precision)}`}</td><td className="wraps">{it.taken ? `已启用，用时 ${it.seconds.toFixed(1)} 秒` : `没有启用：${it.reason}`}</td></tr>)}
    <tr className="plain"><td>出厂 {shipped}</td><td>随产品</td><td className="num">—</td><td className="num">—</td><td className="num">—</td><td>{models.some(({ inForce }) => inForce) ? '作为底子' : '现用'}</td></tr></tbody></table></div></section>;
}
