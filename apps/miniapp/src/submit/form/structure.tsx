import { Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { structureHints } from '@lvzhi/domain';
import type { StructureHint } from '@lvzhi/domain';
import { a11y } from '../../parts/a11y.ts';
import { Note } from '../../parts/plain.tsx';
import { scrollTo } from '../../platform/device.ts';
import type { Draft } from '../../platform/draft.ts';

const pause = 1500;

/** Advice on a proposal at each pause, reckoned on the phone itself. It keeps nobody from handing in. */
export function Structure({ draft: { kind, title, situation, analysis, suggestion } }: { draft: Draft }) {
  const [hints, setHints] = useState<readonly StructureHint[]>([]);
  useEffect(() => {
    if (kind !== 'proposal') return;
    const timer = setTimeout(() => { setHints(structureHints({ title, situation, analysis, suggestion })); }, pause);
    return () => { clearTimeout(timer); };
  }, [kind, title, situation, analysis, suggestion]);
  return hints.length === 0 ? null : <Note tone="b" title="提交以前可以再看看">
    {hints.map(({ code, field, words }) => <View key={code} className="note-link" {...a11y({ role: 'button' })} onClick={() => { scrollTo(`f-${field}`); }}><Text>{words}</Text></View>)}
    <View><Text>只是提醒，不改也能提交。</Text></View>
  </Note>;
}
