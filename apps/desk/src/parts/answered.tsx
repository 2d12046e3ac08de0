import { answersOf, unanswered } from '@lvzhi/domain';
import type { Answered } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

const how = ({ by, words }: Answered): string => (by === 'said' ? '答复里写明了是这一条' : by === 'words' ? `都说到：${words.join('、')}` : '按次序');
/** One line of a text, shortened. */
const start = (text: string): string => { const line = text.replaceAll('\n', ''); return line.length > 24 ? `${line.slice(0, 24)}…` : line; };

/** 逐条对照建议: each suggestion beside the paragraph that answers it; one without stands out. */
export function AnsweredTable({ suggestion, body }: { suggestion: string; body: string }): ReactNode {
  const all = answersOf(suggestion, body);
  const missing = unanswered(all);
  if (all.length === 0) return null;
  return <section className="col answered" style={{ gap: 6 }} aria-label="逐条对照建议"><div className="rowx sp wrap"><span className="lab">逐条对照建议</span><span className="cap num">{all.length - missing.length} / {all.length} 条有回应</span></div>
    {all.map((it) => <div key={it.no} className={it.paragraph === null ? 'pair missing' : 'pair'} role="group" aria-label={`第 ${it.no} 条建议`}>
      <div><span className="cap num">建议 {it.no}</span><div className="text small">{it.suggestion}</div></div>
      <div>{it.paragraph === null ? <p className="rowx tight"><Icon name="alert" /><span>没有找到回应</span></p> : <><span className="cap">{how(it)}</span><div className="text small">{it.paragraph}</div></>}</div></div>)}
    <p className="cap">按编号和用词对的，帮您核对，不一定准；没有找到回应的也能提交。</p></section>;
}

/** Which suggestions nothing answers, in words; undefined: none, or there is nothing to compare. */
export function unansweredWords(suggestion: string, body: string): string | undefined {
  const missing = unanswered(answersOf(suggestion, body));
  return missing.length === 0 ? undefined : missing.map(({ no, suggestion: text }) => `第 ${no} 条“${start(text)}”`).join('、');
}
