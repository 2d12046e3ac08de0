import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { RoutingCard } from '@lvzhi/contracts';
import { Card, Kind, Tag } from './plain.tsx';
import { hitsOf, othersOf, percent } from './route-card.tsx';

const decidedWords = { auto: '系统按规则送到', person: '由办公室分送', waiting: '正在等办公室分送' } as const satisfies Record<RoutingCard['decided'], string>;

/** 为什么到这里: what the router went by, and who decided. */
export function WhyHere({ card, at, children }: { card: RoutingCard; at: { id: string; short: string } | null; children?: ReactNode }) {
  const others = card.decided === 'person' ? '' : othersOf(card);
  const hits = hitsOf(card, at?.id);
  const sure = card.personal ?? (card.decided === 'person' ? `当时建议${card.candidates[0]?.committee.short ?? '请人定'} ${percent(card.confidence)}` : `${card.confidenceWords}（${percent(card.confidence)}）`);
  return <Card>
    <Kind icon="route">为什么到{at?.short ?? '这里'}</Kind>
    {hits.length > 0 && <View className="hit">{hits.map((text) => <Tag key={text} tone="b">{text}</Tag>)}</View>}
    <View className="card-top"><View className="cap grow">{decidedWords[card.decided]}，{sure}{others && `，其次 ${others}`}{card.co.length > 0 && `；同时送 ${card.co.map(({ short }) => short).join('、')}`}</View>{children}</View>
  </Card>;
}
