import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Sheet } from '../../parts/chip.tsx';
import { Field, TextArea } from '../../parts/form.tsx';
import { Btn } from '../../parts/plain.tsx';

interface Props { title: string; hint: string; label: string; words: string; busy: boolean; fault: string; onSend: (note: string) => void; onClose: () => void }
/** A reason that must be written before something is sent back. */
export function ReasonSheet({ title, hint, label, words, busy, fault, onSend, onClose }: Props) {
  const [note, setNote] = useState('');
  return <Sheet title={title} closeWords="先不做" onClose={onClose}>
    <Text className="sub">{hint}</Text>
    <Field label={label} hint="必填"><TextArea label={label} initial="" placeholder="写在这里" onType={setNote} /></Field>
    {fault !== '' && <View className="fault">{fault}</View>}
    <Btn off={note.trim().length < 2} busy={busy} onTap={() => { onSend(note); }}>{words}</Btn>
  </Sheet>;
}
