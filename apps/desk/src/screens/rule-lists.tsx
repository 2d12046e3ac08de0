import { Checkbox, Input } from 'antd';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import type { EditorProps } from './rule-editor.tsx';

/** The same list with one entry a place further up or down. */
export function swapped<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const [next, here, there] = [[...list], list[at], list[at + by]];
  if (here === undefined || there === undefined) return next;
  [next[at], next[at + by]] = [there, here];
  return next;
}
interface OrderProps { name: string; first: boolean; last: boolean; move: (by: -1 | 1) => void; remove: (() => void) | null }
function Order({ name, first, last, move, remove }: OrderProps): ReactNode {
  return <span className="rowx tight"><Btn small look="txt" label={`${name} 上移`} disabled={first} onClick={() => move(-1)}>上移</Btn><Btn small look="txt" label={`${name} 下移`} disabled={last} onClick={() => move(1)}>下移</Btn>{remove && <Btn small look="txt" label={`去掉 ${name}`} onClick={remove}>去掉</Btn>}</span>;
}
const Fault = ({ words }: { words: string | undefined }): ReactNode => (words ? <span className="wrong" role="alert">{words}</span> : null);

interface Item { readonly code: string; readonly name: string; readonly keepsReading?: boolean }
/** Choices with codes. The house gives the codes, except where people know an entry by its letter. */
export function CodedEditor({ value, wrong, change, codes, reading }: EditorProps<Item[]> & { codes: 'free' | 'fixed' | 'lettered'; reading: boolean }): ReactNode {
  const put = (at: number, part: Partial<Item>) => change(value.map((it, index) => (index === at ? { ...it, ...part } : it)));
  return <div className="col" style={{ gap: 8 }}>
    {value.map((it, index) => <div className="field" key={index}><div className="rowx">
      {codes === 'lettered' && <Input aria-label={`第 ${index + 1} 项的代号`} style={{ width: 64 }} maxLength={2} value={it.code} status={wrong[`${index}.code`] ? 'error' : ''} onChange={(event) => put(index, { code: event.target.value.toUpperCase() })} />}
      <Input aria-label={`第 ${index + 1} 项的名称`} style={{ flex: 1 }} maxLength={60} value={it.name} status={wrong[`${index}.name`] ? 'error' : ''} onChange={(event) => put(index, { name: event.target.value })} />
      {reading && <Checkbox checked={it.keepsReading === true} onChange={(event) => put(index, { keepsReading: event.target.checked })}>还能登录</Checkbox>}
      <Order name={it.name || `第 ${index + 1} 项`} first={index === 0} last={index === value.length - 1} move={(by) => change(swapped(value, index, by))} remove={codes === 'fixed' ? null : () => change(value.filter((_, at) => at !== index))} />
    </div><Fault words={wrong[`${index}.name`] ?? wrong[`${index}.code`]} /></div>)}
    <div className="field"><Fault words={wrong['']} /></div>
    {codes === 'fixed' ? <p className="sub">这几项是系统办理时要用的，只能改名和排次序。</p> : <div><Btn small onClick={() => change([...value, { code: '', name: '' }])}>增加一项</Btn></div>}
    {codes !== 'fixed' && <p className="sub">去掉的以后不能再选，以前的件还显示原来的名称。</p>}
  </div>;
}

/** Plain sentences, one a line. */
export function LinesEditor({ value, wrong, change, max }: EditorProps<string[]> & { max: number }): ReactNode {
  return <div className="col" style={{ gap: 8 }}>
    {value.map((it, index) => <div className="field" key={index}><div className="rowx">
      <Input aria-label={`第 ${index + 1} 条`} style={{ flex: 1 }} maxLength={2 * max} value={it} status={wrong[String(index)] ? 'error' : ''} onChange={(event) => change(value.map((old, at) => (at === index ? event.target.value : old)))} />
      <Order name={it || `第 ${index + 1} 条`} first={index === 0} last={index === value.length - 1} move={(by) => change(swapped(value, index, by))} remove={() => change(value.filter((_, at) => at !== index))} />
    </div><Fault words={wrong[String(index)]} /></div>)}
    <div className="field"><Fault words={wrong['']} /></div>
    <div><Btn small onClick={() => change([...value, ''])}>增加一条</Btn></div>
  </div>;
}
