import { topicCodes, topicWords } from '@lvzhi/domain';
import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { choicesOf } from '../parts/fields.tsx';
import { matches } from '../parts/initials.ts';
import type { EditorProps, Wrong } from './rule-editor.tsx';
import type { RulesView } from './rules.tsx';

interface Table {
  readonly topics: Readonly<Record<string, string | null>>; readonly sectors: Readonly<Record<string, string>>; readonly towns: Readonly<Record<string, string>>; readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly planTopics: readonly { readonly title: string; readonly committeeId: string }[];
}
type Choices = ReturnType<typeof choicesOf>;
const nobody = '';
const bySound = (typed: string, option?: { label: string }): boolean => matches(typed, option?.label ?? '');

interface OwnerProps { label: string; value: string | null; choices: Choices; none: string | null; wrong: string | undefined; change: (id: string | null) => void }
function Owner({ label, value, choices, none, wrong, change }: OwnerProps): ReactNode {
  const options = none === null ? choices : [{ value: nobody, label: none }, ...choices];
  return <div className="field"><div className="rowx"><span style={{ width: 150 }} className="ell" title={label}>{label}</span>
    <Select aria-label={`${label}归谁`} style={{ flex: 1 }} showSearch={{ filterOption: bySound }} placeholder="请选择" options={options} status={wrong ? 'error' : ''} value={value ?? (none === null ? null : nobody)} onChange={(picked: string) => change(picked === nobody ? null : picked)} /></div>
    {wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}

interface NamedProps { title: string; names: readonly string[]; part: 'sectors' | 'towns'; table: Table; choices: Choices; wrong: Wrong; change: (part: Partial<Table>) => void }
/** Those of the city, and those that the table names beside them. */
function Named({ title, names, part, table, choices, wrong, change }: NamedProps): ReactNode {
  const { [part]: owners } = table;
  const put = (name: string, id: string | null) => { const { [name]: _, ...rest } = owners; change({ [part]: id === null ? rest : { ...rest, [name]: id } }); };
  return <details><summary><b>{title}</b> <span className="cap">只作参考，题目和内容说得清的照主题</span></summary><div className="owners">
    {[...new Set([...names, ...Object.keys(owners)])].map((name) => <Owner key={name} label={name} value={owners[name] ?? null} choices={choices} none="不参考" wrong={wrong[`${part}.${name}`]} change={(id) => put(name, id)} />)}
  </div></details>;
}

function PlanTopics({ table, choices, wrong, change }: Omit<NamedProps, 'title' | 'names' | 'part'>): ReactNode {
  const { planTopics } = table;
  const put = (at: number, it: Partial<Table['planTopics'][number]>) => change({ planTopics: planTopics.map((old, index) => (index === at ? { ...old, ...it } : old)) });
  return <details><summary><b>年度议题</b> <span className="cap">题目和议题相近的，送办这个议题的专委会</span></summary><div className="col" style={{ gap: 8, paddingTop: 8 }}>
    {planTopics.map((it, index) => <div className="field" key={index}><div className="rowx">
      <Input aria-label={`第 ${index + 1} 个议题`} style={{ flex: 1 }} maxLength={120} value={it.title} status={wrong[`planTopics.${index}.title`] ? 'error' : ''} onChange={(event) => put(index, { title: event.target.value })} />
      <Select aria-label={`第 ${index + 1} 个议题归谁`} style={{ width: 150 }} showSearch={{ filterOption: bySound }} placeholder="请选择" options={choices} value={it.committeeId || null} onChange={(committeeId: string) => put(index, { committeeId })} />
      <Btn small look="txt" label={`去掉 ${it.title}`} onClick={() => change({ planTopics: planTopics.filter((_, at) => at !== index) })}>去掉</Btn>
    </div>{(wrong[`planTopics.${index}.title`] ?? wrong[`planTopics.${index}.committeeId`]) && <span className="wrong" role="alert">{wrong[`planTopics.${index}.title`] ?? wrong[`planTopics.${index}.committeeId`]}</span>}</div>)}
    <div><Btn small onClick={() => change({ planTopics: [...planTopics, { title: '', committeeId: '' }] })}>增加一个议题</Btn></div>
  </div></details>;
}

/** Which committee takes which topic; sectors, towns and categories only lean. */
export function RoutingEditor({ value, wrong, change, view }: EditorProps<Table> & { view: RulesView }): ReactNode {
  const choices = choicesOf(view.committees.map(({ id, short }) => ({ id, name: short })));
  const put = (part: Partial<Table>) => change({ ...value, ...part });
  const categories = [...new Set([...view.categories.map(({ code }) => code), ...Object.keys(value.categories)])];
  return <div className="col" style={{ gap: 14 }}>
    <div><b>主题</b><div className="owners">{topicCodes.map((code) => <Owner key={code} label={topicWords[code]} value={value.topics[code] ?? null} choices={choices} none="由人定" wrong={wrong[`topics.${code}`]} change={(id) => put({ topics: { ...value.topics, [code]: id } })} />)}</div></div>
    <details><summary><b>类别</b> <span className="cap">只作参考</span></summary><div className="owners">
      {categories.map((code) => { const label = view.categories.find((it) => it.code === code)?.name ?? `${code}（已经去掉）`; return <div className="rowx" key={code}><span style={{ width: 150 }} className="ell" title={label}>{label}</span>
        <Select aria-label={`${label}参考谁`} style={{ flex: 1 }} mode="multiple" placeholder="不参考" options={choices} value={[...value.categories[code] ?? []]} onChange={(ids: string[]) => put({ categories: { ...value.categories, [code]: ids } })} /></div>; })}
    </div></details>
    <Named title="界别" part="sectors" names={view.sectors.map(({ name }) => name)} table={value} choices={choices} wrong={wrong} change={put} />
    <Named title="镇街" part="towns" names={view.towns.map(({ name }) => name)} table={value} choices={choices} wrong={wrong} change={put} />
    <PlanTopics table={value} choices={choices} wrong={wrong} change={put} />
  </div>;
}
