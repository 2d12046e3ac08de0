import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { a11y } from './a11y.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import { Btn, cx } from './plain.tsx';

export interface DueView { readonly words: string; readonly tone: 'ok' | 'soon' | 'overdue'; readonly explanation: string }
const looks = { ok: ['ok', 'clock'], soon: ['warn', 'clock'], overdue: ['bad', 'alert'] } as const satisfies Record<DueView['tone'], readonly [string, IconName]>;

/** A deadline. Tapping it explains how it was reckoned, where that is told; `still` in a row, which is touched as a whole. */
export function DueChip({ due, prefix = '', still = false }: { due: DueView; prefix?: string; still?: boolean }) {
  const [open, setOpen] = useState(false);
  const [tone, icon] = looks[due.tone];
  const words = `${prefix}${due.words}`;
  if (still || due.explanation === '') return <View className={`chip dl-${tone}`}><Icon name={icon} /><Text>{words}</Text></View>;
  return <>
    <View className={cx('chip', 'tap', `dl-${tone}`)} {...a11y({ role: 'button', label: `期限：${words}，点开看怎么算的` })} onClick={(event) => { event.stopPropagation(); setOpen(true); }}><Icon name={icon} /><Text>{words}</Text></View>
    {open && <Sheet title="这个期限怎么算的" onClose={() => { setOpen(false); }}><Text className="sheet-text">{due.explanation}</Text></Sheet>}
  </>;
}

/** A state in words with its glyph. */
export const Chip = ({ tone, icon, words }: { tone: 'ok' | 'warn' | 'bad' | 'info'; icon: IconName; words: string }) =>
  <View className={`chip dl-${tone}`}><Icon name={icon} /><Text>{words}</Text></View>;

/** A sheet from the bottom over the page; a tap beside it closes it. */
export function Sheet({ title, closeWords = '看好了', onClose, children }: { title: string; closeWords?: string; onClose: () => void; children: ReactNode }) {
  return <View className="sheet-back" onClick={(event) => { event.stopPropagation(); onClose(); }}>
    <View className="sheet" {...a11y({ role: 'dialog', label: title })} onClick={(event) => { event.stopPropagation(); }}>
      <View className="sheet-title">{title}</View>
      <View className="sheet-body">{children}</View>
      <Btn onTap={onClose}>{closeWords}</Btn>
    </View>
  </View>;
}
