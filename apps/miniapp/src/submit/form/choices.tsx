import { Picker, Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Catalogue } from '@lvzhi/contracts';
import { Sheet } from '../../parts/chip.tsx';
import { Field, Line, Seg, Words } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Tag } from '../../parts/plain.tsx';
import { ProposalSaid } from '../../parts/said.tsx';
import type { Draft } from '../../platform/draft.ts';
import type { Faults } from './faults.ts';
import { Together } from './together.tsx';

interface Choosing { draft: Draft; rules: Catalogue; faults: Faults; edit: (change: Partial<Draft>) => void; signers?: ReactNode }
const toggled = (now: string | null, code: string): string | null => (now === code ? null : code);

/** Category, nature, town, urgency; for a proposal the units that should handle it. Nothing is chosen beforehand but 普通. */
export function Choices({ draft, rules, faults, edit, signers }: Choosing) {
  const opinion = draft.kind === 'opinion';
  const towns = [{ id: '', name: '不限镇街' }, ...rules.towns];
  const town = rules.towns.find(({ id }) => id === draft.townId);
  return <>
    <Field id="f-category" label="类别" hint="选填" fault={faults.category}>
      <Words label="类别" options={rules[draft.kind].categories} chosen={draft.category === null ? [] : [draft.category]} onTap={(code) => { edit({ category: toggled(draft.category, code) }); }} />
    </Field>
    {opinion && <Field id="f-nature" label="性质" hint="选填" fault={faults.nature}>
      <Words label="性质" options={rules.opinion.natures} chosen={draft.nature === null ? [] : [draft.nature]} onTap={(code) => { edit({ nature: toggled(draft.nature, code) }); }} />
    </Field>}
    <Field id="f-townId" label="所在镇街" hint="选填" fault={faults.townId}>
      <Picker mode="selector" range={towns.map(({ name }) => name)} value={Math.max(0, towns.findIndex(({ id }) => id === draft.townId))} onChange={(event) => { edit({ townId: towns[Number(event.detail.value)]?.id || null }); }}>
        <View className="pick"><Text className={town ? '' : 'faint'}>{town?.name ?? '请选镇街'}</Text><Icon name="r" /></View>
      </Picker>
    </Field>
    {opinion && <Field id="f-urgency" label="紧急程度" fault={faults.urgency}>
      <Seg label="紧急程度" options={rules.urgencies} value={draft.urgency} onChoose={(code) => { if (code === 'normal' || code === 'urgent' || code === 'critical') edit({ urgency: code }); }} />
      {draft.urgency === 'critical' && <View className="cap">特急件不等专委会初审，直送办公室编辑，值班领导马上收到提醒。请只用于要马上处置的险情、突发情况。</View>}
    </Field>}
    {opinion && <Together draft={draft} fault={faults.coAuthorIds} edit={edit} />}
    {!opinion && signers}
    {!opinion && <Units draft={draft} rules={rules} faults={faults} edit={edit} />}
    {!opinion && <ProposalSaid said={draft} onChange={edit} />}
  </>;
}

/** Up to as many units as the settings say, found by name. */
function Units({ draft, rules, faults, edit }: Choosing) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState('');
  const max = rules.proposal.limits.units;
  const names = draft.unitIds.flatMap((id) => rules.units.find((unit) => unit.id === id)?.name ?? []);
  const found = rules.units.filter(({ id, name, short }) => draft.unitIds.includes(id) || name.includes(wanted) || short.includes(wanted)).slice(0, 40);
  const tap = (id: string) => {
    if (draft.unitIds.includes(id)) edit({ unitIds: draft.unitIds.filter((it) => it !== id) });
    else if (draft.unitIds.length < max) edit({ unitIds: [...draft.unitIds, id] });
  };
  return <Field id="f-unitIds" label="建议承办单位" hint={`选填，${draft.unitIds.length} / ${max}`} fault={faults.unitIds}>
    {names.length > 0 && <View className="hit">{names.map((name) => <Tag key={name} tone="b">{name}</Tag>)}</View>}
    <View className="pick" onClick={() => { setOpen(true); }}><Text className="faint">{names.length > 0 ? '改一改' : '请选单位'}</Text><Icon name="r" /></View>
    {open && <Sheet title={`建议承办单位，最多 ${max} 个`} onClose={() => { setOpen(false); }}>
      <Line label="找单位" initial="" placeholder="输几个字找单位" onType={(text) => { setWanted(text.trim()); }} />
      <Words label="单位" options={found.map(({ id, name }) => ({ code: id, name }))} chosen={draft.unitIds} onTap={tap} />
      {found.length === 0 && <Text className="sub">没有这个单位，换几个字试试。</Text>}
    </Sheet>}
  </Field>;
}
