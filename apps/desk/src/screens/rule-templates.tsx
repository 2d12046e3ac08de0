import { fillingExample, filledPattern, messageFields, noticeSorts, noticeSortWords, templatePlaces } from '@lvzhi/domain';
import type { NoticeSort } from '@lvzhi/domain';
import { Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { PickField, TextField } from '../parts/fields.tsx';
import { useDesk } from '../parts/frame.tsx';
import { useNow } from '../platform/clock.ts';
import type { EditorProps, Wrong } from './rule-editor.tsx';
import { Placeholders } from './rule-texts.tsx';

const sorts = noticeSorts.map((sort) => ({ value: sort, label: noticeSortWords[sort] }));
const freeSort = (taken: readonly { sort: NoticeSort }[]): NoticeSort | undefined => noticeSorts.find((sort) => !taken.some((it) => it.sort === sort));

/** As it would look on the phone: every value cut and cleaned to what its field takes. */
function Preview({ title, lines }: { title: string; lines: readonly (readonly [string, string])[] }): ReactNode {
  return <div className="note" role="note" aria-label="预览"><div className="grow"><span className="cap">手机上这样显示（举例）</span><br /><b>{title}</b>{lines.map(([key, text]) => <div key={key} className="rowx tight"><span className="cap" style={{ width: 120 }}>{key}</span><span>{text}</span></div>)}</div></div>;
}

interface Message { readonly sort: NoticeSort; readonly id: string; readonly title: string; readonly kind: 'once' | 'long'; readonly fields: Readonly<Record<string, string>> }
/** The fields in the order in which they stand; a key that is typed anew keeps its place. */
function Fields({ value, at, wrong, change }: { value: Message['fields']; at: number; wrong: Wrong; change: (fields: Message['fields']) => void }): ReactNode {
  const rows = Object.entries(value);
  const put = (index: number, row: [string, string]) => change(Object.fromEntries(rows.map((it, place) => (place === index ? row : it))));
  return <div className="field"><span className="lab">各栏填什么</span>
    {rows.map(([key, pattern], index) => <div key={index}><div className="rowx"><Input aria-label={`第 ${index + 1} 栏的名称`} style={{ width: 180 }} maxLength={40} value={key} placeholder="thing1" onChange={(event) => put(index, [event.target.value.trim(), pattern])} />
      <Input aria-label={`第 ${index + 1} 栏填什么`} style={{ flex: 1 }} maxLength={120} value={pattern} placeholder="{head}" status={wrong[`${at}.fields.${key}`] ? 'error' : ''} onChange={(event) => put(index, [key, event.target.value])} />
      <Btn small look="txt" label={`去掉第 ${index + 1} 栏`} onClick={() => change(Object.fromEntries(rows.filter((_, place) => place !== index)))}>去掉</Btn></div>{wrong[`${at}.fields.${key}`] && <span className="wrong" role="alert">{wrong[`${at}.fields.${key}`]}</span>}</div>)}
    {wrong[`${at}.fields`] && <span className="wrong" role="alert">{wrong[`${at}.fields`]}</span>}
    {rows.length < 5 && !Object.hasOwn(value, '') && <div><Btn small onClick={() => change({ ...value, '': '' })}>增加一栏</Btn></div>}</div>;
}

/** Which of WeChat's templates each sort of notice takes, as the city got them from WeChat's console. */
export function WechatEditor({ value, wrong, change }: EditorProps<readonly Message[]>): ReactNode {
  const { me } = useDesk();
  const now = useNow(60_000);
  const put = (at: number, part: Partial<Message>) => change(value.map((it, index) => (index === at ? { ...it, ...part } : it)));
  const next = freeSort(value);
  return <div className="col" style={{ gap: 14 }}>
    <Placeholders known={templatePlaces} />
    {value.map((it, at) => <section className="panel" key={at} aria-label={`第 ${at + 1} 个模板`}>
      <div className="two"><PickField label="用在" value={it.sort} options={sorts} wrong={wrong[`${at}.sort`]} change={(sort) => put(at, { sort: noticeSorts.find((one) => one === sort) ?? it.sort })} /><TextField label="标题" hint="和微信后台的一样" max={40} value={it.title} wrong={wrong[`${at}.title`]} change={(title) => put(at, { title })} /></div>
      <TextField label="模板编号" max={120} value={it.id} wrong={wrong[`${at}.id`]} change={(id) => put(at, { id: id.trim() })} />
      <Radio.Group aria-label="哪一种" value={it.kind} onChange={(event) => put(at, { kind: event.target.value as Message['kind'] })}><Radio value="once">一次性：同意一次发一条</Radio><Radio value="long">长期：同意一次一直发</Radio></Radio.Group>
      <Fields value={it.fields} at={at} wrong={wrong} change={(fields) => put(at, { fields })} />
      <Preview title={it.title} lines={Object.entries(messageFields(it.fields, fillingExample(it.sort, me.city, now), now))} />
      <div><Btn small look="txt" onClick={() => change(value.filter((_, index) => index !== at))}>不用这个模板</Btn></div></section>)}
    {wrong[''] && <span className="wrong" role="alert">{wrong['']}</span>}
    {next && <div><Btn small onClick={() => change([...value, { sort: next, id: '', title: '', kind: 'once', fields: { thing1: '{head}' } }])}>增加一个模板</Btn></div>}
    <p className="sub">没有模板的那一类不发微信，通知还在小程序里，走访通知改发短信或打电话。换了模板，以前的同意作废，要请委员再同意一次。</p>
  </div>;
}

interface TextTemplate { readonly sort: NoticeSort; readonly id: string; readonly parameters: readonly string[] }
export function SmsEditor({ value, wrong, change }: EditorProps<readonly TextTemplate[]>): ReactNode {
  const { me } = useDesk();
  const now = useNow(60_000);
  const put = (at: number, part: Partial<TextTemplate>) => change(value.map((it, index) => (index === at ? { ...it, ...part } : it)));
  const next = freeSort(value);
  return <div className="col" style={{ gap: 14 }}>
    <Placeholders known={templatePlaces} />
    {value.map((it, at) => <section className="panel" key={at} aria-label={`第 ${at + 1} 个模板`}>
      <div className="two"><PickField label="用在" value={it.sort} options={sorts} wrong={wrong[`${at}.sort`]} change={(sort) => put(at, { sort: noticeSorts.find((one) => one === sort) ?? it.sort })} /><TextField label="模板编号" max={40} value={it.id} wrong={wrong[`${at}.id`]} change={(id) => put(at, { id: id.trim() })} /></div>
      {it.parameters.map((text, place) => <TextField key={place} label={`变量 {${place + 1}}`} max={120} value={text} wrong={wrong[`${at}.parameters.${place}`]} change={(typed) => put(at, { parameters: it.parameters.map((old, index) => (index === place ? typed : old)) })} />)}
      <div className="rowx"><Btn small onClick={() => put(at, { parameters: [...it.parameters, ''] })}>增加一个变量</Btn>{it.parameters.length > 0 && <Btn small look="txt" onClick={() => put(at, { parameters: it.parameters.slice(0, -1) })}>去掉最后一个</Btn>}</div>
      <Preview title="短信里的变量" lines={it.parameters.map((text, place) => [`{${place + 1}}`, filledPattern(text, fillingExample(it.sort, me.city, now)) || '见小程序'] as const)} />
      <div><Btn small look="txt" onClick={() => change(value.filter((_, index) => index !== at))}>不用这个模板</Btn></div></section>)}
    {wrong[''] && <span className="wrong" role="alert">{wrong['']}</span>}
    {next && <div><Btn small onClick={() => change([...value, { sort: next, id: '', parameters: ['{head}'] }])}>增加一个模板</Btn></div>}
  </div>;
}
