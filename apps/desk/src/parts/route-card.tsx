import type { RoutingCard } from '@lvzhi/contracts';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

export const percent = (share: number): string => `${Math.round(share * 100)}%`;
/** Whether a person must choose: below the threshold, or no matter for a committee at all. */
export const isLow = (card: RoutingCard): boolean => card.confidence < card.threshold || card.personal !== null;

type Reason = RoutingCard['candidates'][number]['reasons'][number];
const kinds: Readonly<Record<Reason['kind'], string>> = { plan: '协商议题', term: '词语', learned: '常见说法', sector: '界别', town: '乡镇街道', category: '类别', precedent: '办过的', rule: '规则' };
/** 词语：固废、堆点；界别：农业界. */
const reasonWords = (reasons: readonly Reason[]): string[] => (Object.keys(kinds) as Reason['kind'][]).flatMap((kind) => {
  const said = reasons.filter((it) => it.kind === kind).map(({ text }) => text);
  return said.length > 0 ? [`${kinds[kind]}：${said.slice(0, 4).join('、')}${said.length > 4 ? '等' : ''}`] : [];
});
export function Reasons({ reasons }: { reasons: readonly Reason[] }): ReactNode {
  return <span className="cap">{reasonWords(reasons).join('；')}</span>;
}
/** 委员希望送经科委: said wherever a person decides. */
export const wishWords = ({ wish }: RoutingCard): string => (wish ? `提交人希望送${wish.short}。` : '');

/** 把握: a bar with its number in words. */
export function Confidence({ card }: { card: RoutingCard }): ReactNode {
  const low = isLow(card);
  return <span className={low ? 'conf low' : 'conf'}><span className="meter" aria-hidden="true"><i style={{ width: percent(card.confidence) }} /></span>
    <span className="num">{percent(card.confidence)}{low && ' 请人定'}</span></span>;
}

const decidedWords = { auto: '自动分送', person: '由人分送', waiting: '等人分办' } as const;

/** 为什么到这里, as it stands on a case: the chosen committee's reasons, the runner-up, who decided. */
export function RouteCard({ card, at, children }: { card: RoutingCard; at: { id: string; short: string } | null; children?: ReactNode }): ReactNode {
  const mine = card.candidates.find(({ committee }) => committee.id === at?.id);
  const other = card.candidates.find(({ committee }) => committee.id !== at?.id);
  return <section className="route" aria-label="分送情况">
    <div className="rowx sp"><b className="rowx tight"><Icon name="route" />{at ? `为什么到${at.short}` : '还没有分送'}</b>{mine && <span className="sub num">{percent(mine.share)}</span>}</div>
    {mine && mine.reasons.length > 0 && <div className="hit">{reasonWords(mine.reasons).map((text) => <span className="tag b" key={text}>{text}</span>)}</div>}
    {card.personal && <div className="cap">{card.personal}</div>}
    <span className="cap">{other && `${(mine?.share ?? 0) >= other.share ? '其次' : '按内容更像'} ${other.committee.short} ${percent(other.share)}。`}{decidedWords[card.decided]}。{wishWords(card)}{card.co.length > 0 && `协送 ${card.co.map(({ short }) => short).join('、')}。`}按 {card.version} 判断。</span>
    {children}
  </section>;
}
