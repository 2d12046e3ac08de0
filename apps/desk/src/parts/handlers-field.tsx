import type { Catalogue } from '@lvzhi/contracts';
import type { PlannedUnit } from '@lvzhi/domain';
import { Radio, Select } from 'antd';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useDesk } from './frame.tsx';
import { matches } from './initials.ts';

/** Who handles it, as it is chosen: one alone; one that leads and those who assist; or several that each answer, with or without assisting ones. */
export interface HandlersDraft { readonly mode: 'sole' | 'lead' | 'separate'; readonly answering: readonly string[]; readonly assisting: readonly string[] }
export const noHandlers: HandlersDraft = { mode: 'sole', answering: [], assisting: [] };
export const unitsOf = ({ mode, answering, assisting }: HandlersDraft): PlannedUnit[] =>
  [...answering.map((unitId) => ({ unitId, role: mode })), ...(mode === 'sole' ? [] : assisting.map((unitId) => ({ unitId, role: 'assist' as const })))];

const modes = [{ value: 'sole', label: '独办' }, { value: 'lead', label: '主办和会办' }, { value: 'separate', label: '分办' }] as const;
interface Choice { readonly value: string; readonly label: string; readonly disabled: boolean }
/** A unit in which nobody could sign for it cannot be chosen, and says why (traps, 9). */
export const unitChoices = ({ units }: Catalogue, taken: readonly string[] = []): Choice[] =>
  units.filter(({ id }) => !taken.includes(id)).map(({ id, name, unassignable }) => ({ value: id, label: unassignable ? `${name}（${unassignable}）` : name, disabled: unassignable !== null }));
const found = (typed: string, option?: Choice): boolean => matches(typed, option?.label ?? '');

export function HandlersField({ value, change, wrong }: { value: HandlersDraft; change: (value: HandlersDraft) => void; wrong: string | undefined }): ReactNode {
  const { catalogue } = useDesk();
  const [first, second] = [useId(), useId()];
  const { mode, answering, assisting } = value;
  return <>
    <div className="field"><span className="lab">怎么办</span><Radio.Group aria-label="怎么办" value={mode} onChange={(event) => change({ ...value, mode: event.target.value as HandlersDraft['mode'], answering: event.target.value === 'separate' ? answering : answering.slice(0, 1) })}>
      {modes.map((it, index) => <Radio key={it.value} value={it.value} autoFocus={index === 0}>{it.label}</Radio>)}</Radio.Group></div>
    <div className="field"><label htmlFor={first}>{mode === 'sole' ? '独办单位' : mode === 'lead' ? '主办单位' : '分办单位'} <span className="hint">{mode === 'separate' ? '至少两个，各自答复' : '可按首字母找'}</span></label>
      {mode === 'separate' ? <Select id={first} mode="multiple" showSearch={{ filterOption: found }} placeholder="请选择单位" options={unitChoices(catalogue, assisting)} value={[...answering]} onChange={(ids) => change({ ...value, answering: ids })} />
        : <Select id={first} showSearch={{ filterOption: found }} placeholder="请选择单位" options={unitChoices(catalogue, assisting)} value={answering[0] ?? null} onChange={(id) => change({ ...value, answering: [id] })} />}</div>
    {mode !== 'sole' && <div className="field"><label htmlFor={second}>会办单位 <span className="hint">{mode === 'separate' ? '可不选' : '至少一个'}</span></label>
      <Select id={second} mode="multiple" showSearch={{ filterOption: found }} placeholder="可选几个" options={unitChoices(catalogue, answering)} value={[...assisting]} onChange={(ids) => change({ ...value, assisting: ids })} /></div>}
    {wrong && <span className="wrong" role="alert">{wrong}</span>}
  </>;
}
