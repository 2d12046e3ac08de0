import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Sheet } from '../../parts/chip.tsx';
import { Field, Line, Words } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Tag } from '../../parts/plain.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import type { Draft, Someone } from '../../platform/draft.ts';
import { useMe } from '../../platform/session.ts';

const most = 9;
const named = ({ name, note }: Someone): string => (note === '' ? name : `${name}（${note}）`);

/** 共同反映人: the members who report it with the writer, who comes first and acts for all. Only a member has any. */
export function Together({ draft: { together }, fault, edit }: { draft: Draft; fault: string | undefined; edit: (change: Partial<Draft>) => void }) {
  const [open, setOpen] = useState(false);
  const me = useMe();
  if (!me?.posts.some(({ post }) => post === 'member')) return null;
  return <Field id="f-coAuthorIds" label="共同反映人" hint={`选填，${together.length} / ${most}`} fault={fault}>
    {together.length > 0 && <View className="hit">{together.map((it) => <Tag key={it.id} tone="b">{named(it)}</Tag>)}</View>}
    <View className="pick" onClick={() => { setOpen(true); }}><Text className="faint">{together.length > 0 ? '改一改' : '和别的委员一起反映'}</Text><Icon name="r" /></View>
    {open && <Members together={together} change={(next) => { edit({ together: next }); }} close={() => { setOpen(false); }} />}
  </Field>;
}

function Members({ together, change, close }: { together: readonly Someone[]; change: (next: readonly Someone[]) => void; close: () => void }) {
  const [wanted, setWanted] = useState('');
  const asked = useAnswer(wanted !== '', wanted, () => api.findReporters({ query: wanted }));
  const found = wanted === '' ? [] : asked.answer?.rows ?? [];
  const shown = [...together, ...found.filter(({ id }) => !together.some((it) => it.id === id))];
  const tap = (id: string) => {
    if (together.some((it) => it.id === id)) { change(together.filter((it) => it.id !== id)); return; }
    const added = found.find((it) => it.id === id);
    if (added && together.length < most) change([...together, added]);
  };
  return <Sheet title={`共同反映人，最多 ${most} 位`} closeWords="选好了" onClose={close}>
    <Line label="找委员" initial="" placeholder="输姓名找委员" onType={(text) => { setWanted(text.trim()); }} />
    <Words label="委员" options={shown.map((it) => ({ code: it.id, name: named(it) }))} chosen={together.map(({ id }) => id)} onTap={tap} />
    <Text className="sub">{asked.problem ? asked.problem.reason : wanted !== '' && asked.answer && found.length === 0 ? '没有这位委员，换个名字试试。' : '选了的委员看得到这一件和进展，也记入履职；撤回、修改、答复意见由您办理。'}</Text>
  </Sheet>;
}
