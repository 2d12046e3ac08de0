import { Text, View } from '@tarojs/components';
import type { SubmissionView } from '@lvzhi/contracts';
import { dateOf, dateWords, weekdayOf, weekdayWords } from '@lvzhi/domain';
import { now, whenWords } from '../platform/clock.ts';
import { DueChip } from './chip.tsx';
import { Icon } from './icon.tsx';
import { cx } from './plain.tsx';

type HolderView = NonNullable<SubmissionView['holder']>;
/** 7月21日 星期四 */
export const todayWords = (): string => { const on = dateOf(now()); return `${dateWords(on)} ${weekdayWords(weekdayOf(on))}`; };

/** 农业和农村委初审; a post that is named after its work is not named twice (办公室信息编辑). */
export const inHands = ({ words, action }: HolderView): string => (words.endsWith(action) ? words : `${words}${action}`);

/** 现在在谁手里 | 到什么时候: the first answer of every case. */
export function Holder({ holder, mine }: { holder: HolderView; mine?: boolean }) {
  const { due } = holder;
  return <View className="holder">
    <View className="holder-half"><Text className="small">现在在谁手里</Text><Text className="big">{mine ? '您本人' : holder.words}</Text></View>
    <View className="holder-half"><Text className="small">到什么时候</Text><Text className="big num">{due ? whenWords(due.at) : '没有规定期限'}</Text></View>
    <View className="holder-full"><Text className="grow">{holder.note || holder.action}</Text>{due && <DueChip due={due} />}</View>
  </View>;
}

interface Step { readonly key: string; readonly look: 'done' | 'now' | 'next'; readonly title: string; readonly note: string; readonly said?: string | null }
/** What was done, what is going on, what comes. */
export const Timeline = ({ steps }: { steps: readonly Step[] }) => <View className="tl">
  {steps.map(({ key, look, title, note, said }, index) => <View key={key} className={cx('tl-step', look, index === steps.length - 1 && 'last')}>
    <View className="dot">{look === 'done' && <Icon name="check" />}</View>
    <Text className="t">{title}</Text>{note !== '' && <Text className="cap">{note}</Text>}{said && <View className="said">{said}</View>}
  </View>)}
</View>;

/** The case's steps, the one in hand, and the usual ones to come. */
export function stepsOf(doc: Pick<SubmissionView, 'timeline' | 'next' | 'holder'>): Step[] {
  const done = doc.timeline.map(({ id, words, who, at, note }): Step => ({ key: id, look: 'done', title: who ? `${words} · ${who}` : words, note: whenWords(at), said: note }));
  const inHand: Step[] = doc.holder ? [{ key: 'now', look: 'now', title: inHands(doc.holder), note: doc.holder.due ? `${whenWords(doc.holder.due.at)} 前` : doc.holder.note }] : [];
  return [...done, ...inHand, ...doc.next.map(({ words, usual }, index): Step => ({ key: `next-${index}`, look: 'next', title: words, note: usual }))];
}
