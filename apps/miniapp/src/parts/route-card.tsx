import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { RoutingCard } from '@lvzhi/contracts';
import { a11y } from './a11y.ts';
import { Icon } from './icon.tsx';
import { Kind, Tag } from './plain.tsx';

export const percent = (share: number): string => `${Math.round(share * 100)}%`;
/** The words that speak for a committee, each once; without one, for the router's first choice. */
export function hitsOf({ candidates }: RoutingCard, committeeId = candidates[0]?.committee.id): string[] {
  const reasons = candidates.find(({ committee }) => committee.id === committeeId)?.reasons ?? [];
  return [...new Set(reasons.map(({ text }) => text))].slice(0, 6);
}
/** The runners-up, in short. */
export const othersOf = (card: RoutingCard): string => card.candidates.slice(1, 3).map(({ committee, share }) => `${committee.short} ${percent(share)}`).join('，');

/** What the router proposes, how sure it is, and why. `heading` differs: before it is sent, and after. */
export function RouteCard({ card, heading, chosen, children }: { card: RoutingCard; heading: string; chosen?: string | undefined; children?: ReactNode }) {
  const [first] = card.candidates;
  const unsure = chosen === undefined && (card.decided === 'waiting' || !first);
  const others = othersOf(card);
  return <View className="route">
    <Kind icon="route">{unsure ? '为什么拿不准' : heading}</Kind>
    <View className="to"><View className="ico"><Icon name="users" /></View>
      <View className="grow"><View className="route-name">{chosen ?? (unsure ? '由办公室来定' : first?.committee.name)}</View>
        <View className="sub">{chosen !== undefined ? '您指定的，办公室会照办或与您商量' : card.personal ?? (first ? `${card.confidenceWords}（${percent(card.confidence)}）` : '写得再具体些，会更准')}</View></View></View>
    {first && chosen === undefined && <View className="meter" {...a11y({ role: 'img', label: `把握 ${percent(card.confidence)}` })}><View className="meter-done" style={{ width: percent(card.confidence) }} /></View>}
    {chosen === undefined && <View className="hit">{hitsOf(card).map((text) => <Tag key={text} tone="b">{text}</Tag>)}</View>}
    {children}
    {others !== '' && chosen === undefined && <View className="cap">{unsure && first ? `可能是：${first.committee.short} ${percent(first.share)}，${others}` : `其次：${others}`}</View>}
    {card.co.length > 0 && <View className="cap">同时送：{card.co.map(({ short }) => short).join('、')}</View>}
  </View>;
}
