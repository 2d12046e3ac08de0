import { Input, Select } from 'antd';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { matches } from './initials.ts';

interface Choice { readonly value: string; readonly label: string }
const bySound = (typed: string, option?: Choice): boolean => matches(typed, option?.label ?? '');

/** A labelled field with what is wrong with it below. */
export function Labelled({ label, hint, wrong, children }: { label: string; hint?: string | undefined; wrong?: string | undefined; children: (id: string) => ReactNode }): ReactNode {
  const id = useId();
  return <div className="field"><label htmlFor={id}>{label}{hint && <span className="hint"> {hint}</span>}</label>{children(id)}{wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}

interface TextProps { label: string; hint?: string; value: string; change: (value: string) => void; wrong?: string | undefined; first?: boolean; max?: number; placeholder?: string }
export function TextField({ label, hint, value, change, wrong, first = false, max = 60, placeholder }: TextProps): ReactNode {
  return <Labelled label={label} hint={hint} wrong={wrong}>{(id) => <Input id={id} value={value} maxLength={max} placeholder={placeholder ?? ''} autoFocus={first} autoComplete="off" status={wrong ? 'error' : ''} onChange={(event) => change(event.target.value)} />}</Labelled>;
}

/** Several lines of text; it grows with what is typed. */
export function TextBox({ label, hint, value, change, wrong }: Pick<TextProps, 'label' | 'hint' | 'value' | 'change' | 'wrong'>): ReactNode {
  return <Labelled label={label} hint={hint} wrong={wrong}>{(id) => <Input.TextArea id={id} value={value} status={wrong ? 'error' : ''} autoSize={{ minRows: 3, maxRows: 12 }} onChange={(event) => change(event.target.value)} />}</Labelled>;
}

interface SecretProps { label: string; hint?: string; value: string; change: (value: string) => void; wrong?: string | undefined; first?: boolean; fresh?: boolean }
/** A password. `fresh`: one that is being chosen. */
export function SecretField({ label, hint, value, change, wrong, first = false, fresh = false }: SecretProps): ReactNode {
  return <Labelled label={label} hint={hint} wrong={wrong}>{(id) => <Input.Password id={id} value={value} maxLength={200} autoFocus={first} autoComplete={fresh ? 'new-password' : 'current-password'} status={wrong ? 'error' : ''} onChange={(event) => change(event.target.value)} />}</Labelled>;
}

interface PickProps { label: string; hint?: string; value: string; options: readonly Choice[]; change: (value: string) => void; wrong?: string | undefined; clear?: boolean; first?: boolean; placeholder?: string }
/** One of a list, found by name or by its initials. */
export function PickField({ label, hint, value, options, change, wrong, clear = false, first = false, placeholder = '请选择' }: PickProps): ReactNode {
  return <Labelled label={label} hint={hint} wrong={wrong}>
    {(id) => <Select id={id} showSearch={{ filterOption: bySound }} allowClear={clear} autoFocus={first} placeholder={placeholder} status={wrong ? 'error' : ''} options={[...options]} value={value || null} onChange={(picked: string | null | undefined) => change(picked ?? '')} />}
  </Labelled>;
}

/** A civil date; the browser's own picker. '' : none. */
export function DayField({ label, hint, value, change, wrong }: { label: string; hint?: string; value: string; change: (value: string) => void; wrong?: string | undefined }): ReactNode {
  return <Labelled label={label} hint={hint} wrong={wrong}>{(id) => <Input id={id} type="date" value={value} min="1990-01-01" max="2099-12-31" status={wrong ? 'error' : ''} onChange={(event) => change(event.target.value)} />}</Labelled>;
}

/** A filter above a list: nothing chosen means all. */
export function Filter({ label, value, options, change, width = 140 }: { label: string; value: string; options: readonly Choice[]; change: (value: string | null) => void; width?: number }): ReactNode {
  return <Select aria-label={label} style={{ width }} allowClear showSearch={{ filterOption: bySound }} placeholder={label} value={value || null} options={[...options]} onChange={(picked: string | null | undefined) => change(picked ?? null)} />;
}
export const choicesOf = (list: readonly { readonly id: string; readonly name: string }[]): Choice[] => list.map(({ id, name }) => ({ value: id, label: name }));
