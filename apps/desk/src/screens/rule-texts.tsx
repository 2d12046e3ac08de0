import { cityPlaceholders } from '@lvzhi/domain';
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Labelled, TextField } from '../parts/fields.tsx';
import type { EditorProps } from './rule-editor.tsx';
import { swapped } from './rule-lists.tsx';

interface LongProps { label: string; value: string; wrong: string | undefined; change: (value: string) => void; max?: number; rows?: number }
export function Long({ label, value, wrong, change, max = 1200, rows = 2 }: LongProps): ReactNode {
  return <Labelled label={label} wrong={wrong}>{(id) => <Input.TextArea id={id} value={value} maxLength={max} autoSize={{ minRows: rows, maxRows: 8 }} status={wrong ? 'error' : ''} onChange={(event) => change(event.target.value)} />}</Labelled>;
}
/** What may stand in braces, and what it becomes. */
export function Placeholders({ known }: { known: Readonly<Record<string, string>> }): ReactNode {
  return <p className="sub">可以写：{Object.entries(known).map(([name, words], index) => <span key={name}>{index > 0 && '、'}<code>{`{${name}}`}</code> {words}</span>)}。显示的时候自动换成真的。</p>;
}
function Paragraphs({ path, value, wrong, change }: EditorProps<readonly string[]> & { path: string }): ReactNode {
  return <div className="col" style={{ gap: 8 }}>
    {value.map((it, index) => <div key={index}><Long label={`第 ${index + 1} 段`} value={it} wrong={wrong[`${path}.${index}`]} change={(typed) => change(value.map((old, at) => (at === index ? typed : old)))} />
      <span className="rowx tight"><Btn small look="txt" label={`第 ${index + 1} 段上移`} disabled={index === 0} onClick={() => change(swapped(value, index, -1))}>上移</Btn><Btn small look="txt" label={`第 ${index + 1} 段下移`} disabled={index === value.length - 1} onClick={() => change(swapped(value, index, 1))}>下移</Btn><Btn small look="txt" label={`去掉第 ${index + 1} 段`} onClick={() => change(value.filter((_, at) => at !== index))}>去掉</Btn></span></div>)}
    {wrong[path] && <span className="wrong" role="alert">{wrong[path]}</span>}
    <div><Btn small onClick={() => change([...value, ''])}>增加一段</Btn></div>
  </div>;
}

interface Texts { readonly secretNotice: string; readonly pledge: string; readonly guest: { readonly title: string; readonly paragraphs: readonly string[] } }
export function TextsEditor({ value, wrong, change }: EditorProps<Texts>): ReactNode {
  const guest = (part: Partial<Texts['guest']>) => change({ ...value, guest: { ...value.guest, ...part } });
  return <div className="col" style={{ gap: 14 }}>
    <Placeholders known={cityPlaceholders} />
    <Long label="保密提示" value={value.secretNotice} wrong={wrong['secretNotice']} change={(secretNotice) => change({ ...value, secretNotice })} />
    <Long label="提交承诺" value={value.pledge} wrong={wrong['pledge']} change={(pledge) => change({ ...value, pledge })} />
    <TextField label="访客页标题" max={80} value={value.guest.title} wrong={wrong['guest.title']} change={(title) => guest({ title })} />
    <Paragraphs path="guest.paragraphs" value={value.guest.paragraphs} wrong={wrong} change={(paragraphs) => guest({ paragraphs })} />
  </div>;
}

interface Privacy { readonly title: string; readonly paragraphs: readonly string[] }
export function PrivacyEditor({ value, wrong, change }: EditorProps<Privacy>): ReactNode {
  return <div className="col" style={{ gap: 14 }}>
    <Placeholders known={cityPlaceholders} />
    <TextField label="标题" max={80} value={value.title} wrong={wrong['title']} change={(title) => change({ ...value, title })} />
    <Paragraphs path="paragraphs" value={value.paragraphs} wrong={wrong} change={(paragraphs) => change({ ...value, paragraphs })} />
  </div>;
}

interface City { readonly city: string; readonly organ: string; readonly shortOrgan: string; readonly contact: { readonly name: string; readonly phone: string; readonly address: string; readonly hours: string; readonly memberAffairs?: { readonly name: string; readonly phone: string } } }
export function CityEditor({ value, wrong, change }: EditorProps<City>): ReactNode {
  const contact = (part: Partial<City['contact']>) => change({ ...value, contact: { ...value.contact, ...part } });
  const roster = value.contact.memberAffairs ?? { name: '', phone: '' };
  return <div className="col" style={{ gap: 14 }}>
    <div className="two"><TextField label="市名" max={40} value={value.city} wrong={wrong['city']} change={(city) => change({ ...value, city })} /><TextField label="机关简称" max={60} value={value.shortOrgan} wrong={wrong['shortOrgan']} change={(shortOrgan) => change({ ...value, shortOrgan })} /></div>
    <TextField label="机关全称" max={80} value={value.organ} wrong={wrong['organ']} change={(organ) => change({ ...value, organ })} />
    <div className="two"><TextField label="联系部门" max={60} value={value.contact.name} wrong={wrong['contact.name']} change={(name) => contact({ name })} /><TextField label="联系电话" max={60} value={value.contact.phone} wrong={wrong['contact.phone']} change={(phone) => contact({ phone })} /></div>
    <div className="two"><TextField label="地址" max={120} value={value.contact.address} wrong={wrong['contact.address']} change={(address) => contact({ address })} /><TextField label="办公时间" max={120} value={value.contact.hours} wrong={wrong['contact.hours']} change={(hours) => contact({ hours })} /></div>
    <div className="two"><TextField label="管名册的部门" hint="和联系部门一样的不填" max={60} value={roster.name} wrong={wrong['contact.memberAffairs.name']} change={(name) => contact({ memberAffairs: { ...roster, name } })} /><TextField label="管名册的部门的电话" max={60} value={roster.phone} wrong={wrong['contact.memberAffairs.phone']} change={(phone) => contact({ memberAffairs: { ...roster, phone } })} /></div>
  </div>;
}
