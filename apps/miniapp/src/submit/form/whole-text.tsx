import { useRef, useState } from 'react';
import { Text } from '@tarojs/components';
import { splitWhole } from '@lvzhi/domain';
import type { WholeText as Pasted } from '@lvzhi/domain';
import { Sheet } from '../../parts/chip.tsx';
import { TextArea } from '../../parts/form.tsx';
import { Btn } from '../../parts/plain.tsx';

/** A text written elsewhere, pasted whole and split into the form's parts. What was in the form is added to, never replaced. */
export function WholeText({ titleMax, onSplit }: { titleMax: number; onSplit: (pasted: Pasted) => void }) {
  const [open, setOpen] = useState(false);
  const text = useRef('');
  const split = () => { if (text.current.trim() !== '') onSplit(splitWhole(text.current, titleMax)); setOpen(false); };
  return <>
    <Btn plain onTap={() => { text.current = ''; setOpen(true); }}>已经写好了？整篇粘贴</Btn>
    {open && <Sheet title="整篇粘贴" closeWords="先不粘贴" onClose={() => { setOpen(false); }}>
      <Text className="sub">按“一、情况”“二、原因”“三、建议”这样的小标题分到各栏，分好后您再看一遍。</Text>
      <TextArea tall label="整篇文字" initial="" placeholder="长按这里粘贴" onType={(typed) => { text.current = typed; }} />
      <Btn onTap={split}>分到各栏</Btn>
    </Sheet>}
  </>;
}
