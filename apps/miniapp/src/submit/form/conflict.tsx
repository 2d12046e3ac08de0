import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { partWords } from '@lvzhi/domain';
import { Seg } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, Note } from '../../parts/plain.tsx';

const parts = ['title', 'situation', 'analysis', 'suggestion'] as const;
type Texts = Readonly<Record<(typeof parts)[number], string>>;
const sides = [{ code: 'mine', name: '我刚写的' }, { code: 'theirs', name: '服务器上的' }] as const;
type Side = (typeof sides)[number]['code'];

/** Somebody (or the same person on another phone) changed it meanwhile: both texts, and the person chooses. */
export function Conflict({ mine, theirs, onMine, onTheirs }: { mine: Texts; theirs: Texts; onMine: () => void; onTheirs: () => void }) {
  const [side, setSide] = useState<Side>('mine');
  const bar = side === 'mine' ? <Btn main onTap={onMine}>用我刚写的</Btn> : <Btn main onTap={onTheirs}>用服务器上的</Btn>;
  return <Page bar={bar}>
    <Note tone="w" icon="swap" title="这件在别处改动过" alert>两份都在，请看过后选一份。没选的一份另存为草稿，不会丢。</Note>
    <Seg label="两份文字" options={sides} value={side} onChoose={setSide} />
    <Card>{parts.map((part) => {
      const text = (side === 'mine' ? mine : theirs)[part];
      return <View key={part} className="dif"><View className="strong">{partWords[part]}{mine[part] !== theirs[part] ? '（两份不同）' : ''}</View><Text selectable userSelect>{text || '（空）'}</Text></View>;
    })}</Card>
  </Page>;
}
