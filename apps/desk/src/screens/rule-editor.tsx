import type { Allowance, OfficeHours, Rule, RuleShape } from '@lvzhi/domain';
import { formOf, partWords } from '@lvzhi/domain';
import type { AllowanceForm, WritingLimits } from '@lvzhi/domain';
import { Input, InputNumber, Radio } from 'antd';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Labelled } from '../parts/fields.tsx';
import { CodedEditor, LinesEditor } from './rule-lists.tsx';
import { NoticesEditor, QuietEditor, RemindersEditor, TimeEditor } from './rule-notices.tsx';
import { RoutingEditor } from './rule-routing.tsx';
import { SessionsEditor } from './rule-sessions.tsx';
import { SmsEditor, WechatEditor } from './rule-templates.tsx';
import { CityEditor, PrivacyEditor, TextsEditor } from './rule-texts.tsx';
import type { RulesView } from './rules.tsx';

export type Wrong = Readonly<Record<string, string>>;
/** `value` and `change`: of the whole setting; `wrong`: by the path inside it. */
export interface EditorProps<T> { readonly value: T; readonly wrong: Wrong; change: (value: T) => void }

interface CountProps { label: string; unit: string; value: number | undefined; wrong: string | undefined; change: (value: number) => void; max?: number }
/** What is typed is kept as it is, also where it is too much: the server says what the limit is. */
function Count({ label, unit, value, wrong, change, max = 100_000 }: CountProps): ReactNode {
  return <Labelled label={label} wrong={wrong}>{(id) => <InputNumber id={id} value={value ?? null} min={0} max={max} suffix={unit} status={wrong ? 'error' : ''} style={{ width: '100%' }} onChange={(typed) => change(typed ?? 0)} />}</Labelled>;
}

const parts = Object.keys(partWords) as (keyof typeof partWords)[];
type Limits = WritingLimits & { readonly units?: number };
function LimitsEditor({ value, wrong, change, units }: EditorProps<Limits> & { units: boolean }): ReactNode {
  return <div className="col" style={{ gap: 12 }}>
    {parts.map((part) => <div className="two" key={part}>
      <Count label={`${partWords[part]}最少`} unit="字" value={value[part].min ?? 0} wrong={wrong[`${part}.min`]} change={(min) => change({ ...value, [part]: { ...value[part], min } })} />
      <Count label={`${partWords[part]}最多`} unit="字" value={value[part].max} wrong={wrong[`${part}.max`]} change={(max) => change({ ...value, [part]: { ...value[part], max } })} />
    </div>)}
    <div className="three"><Count label="正文合计最多" unit="字" value={value.total} wrong={wrong['total']} change={(total) => change({ ...value, total })} /><Count label="附件最多" unit="个" value={value.files} wrong={wrong['files']} change={(files) => change({ ...value, files })} />
      {units && <Count label="建议承办单位最多" unit="个" value={value.units} wrong={wrong['units']} change={(most) => change({ ...value, units: most })} />}</div>
  </div>;
}

function Clock({ label, value, wrong, change }: { label: string; value: string; wrong: string | undefined; change: (value: string) => void }): ReactNode {
  return <Labelled label={label} wrong={wrong}>{(id) => <Input id={id} type="time" value={value} status={wrong ? 'error' : ''} onChange={(event) => change(event.target.value)} />}</Labelled>;
}
const formWords = { workdays: '工作日', days: '天（连周末）', months: '个月（按日历）', officeMinutes: '上班时间里的分钟', sameDay: '当天办结' } as const satisfies Record<AllowanceForm, string>;
const blank: Record<AllowanceForm, Allowance> = { workdays: { workdays: 3 }, days: { days: 7 }, months: { months: 3 }, officeMinutes: { officeMinutes: 60 }, sameDay: { sameDayUntil: '15:00', nextDayAt: '12:00' } };
function AllowanceEditor({ value, wrong, change, forms }: EditorProps<Allowance> & { forms: readonly AllowanceForm[] }): ReactNode {
  const form = formOf(value);
  return <div className="col" style={{ gap: 12 }}>
    <div className="field"><span className="lab">怎么算</span><Radio.Group aria-label="怎么算" value={form} onChange={(event) => change(blank[event.target.value as AllowanceForm])}>{forms.map((it) => <Radio key={it} value={it}>{formWords[it]}</Radio>)}</Radio.Group></div>
    {'workdays' in value && <Count label="几个工作日" unit="个工作日" value={value.workdays} wrong={wrong['workdays']} change={(workdays) => change({ workdays })} />}
    {'days' in value && <Count label="几天" unit="天" value={value.days} wrong={wrong['days']} change={(days) => change({ days })} />}
    {'months' in value && <Count label="几个月" unit="个月" value={value.months} wrong={wrong['months']} change={(months) => change({ months })} />}
    {'officeMinutes' in value && <Count label="几分钟" unit="分钟" value={value.officeMinutes} wrong={wrong['officeMinutes']} change={(officeMinutes) => change({ officeMinutes })} />}
    {'sameDayUntil' in value && <div className="two"><Clock label="几点以前收到的当天办" value={value.sameDayUntil} wrong={wrong['sameDayUntil']} change={(sameDayUntil) => change({ ...value, sameDayUntil })} /><Clock label="以后收到的，下一工作日几点" value={value.nextDayAt} wrong={wrong['nextDayAt']} change={(nextDayAt) => change({ ...value, nextDayAt })} /></div>}
    <p className="sub">只管以后开始的。已经在办的照开始时的规则，期限不变。</p>
  </div>;
}

function HoursEditor({ value, wrong, change }: EditorProps<OfficeHours>): ReactNode {
  const put = (at: number, part: { from?: string; until?: string }) => change(value.map(([from, until], index) => (index === at ? [part.from ?? from, part.until ?? until] as const : [from, until] as const)));
  return <div className="col" style={{ gap: 12 }}>
    {value.map(([from, until], index) => <div className="rowx" style={{ alignItems: 'flex-start' }} key={index}>
      <div className="two grow"><Clock label={`第 ${index + 1} 段上班`} value={from} wrong={wrong[`${index}.from`]} change={(typed) => put(index, { from: typed })} /><Clock label={`第 ${index + 1} 段下班`} value={until} wrong={wrong[`${index}.until`]} change={(typed) => put(index, { until: typed })} /></div>
      <div style={{ paddingTop: 26 }}><Btn small look="txt" label={`去掉第 ${index + 1} 段`} disabled={value.length === 1} onClick={() => change(value.filter((_, at) => at !== index))}>去掉</Btn></div>
    </div>)}
    {value.length < 4 && <div><Btn small onClick={() => change([...value, ['18:00', '20:00']])}>增加一段</Btn></div>}
  </div>;
}

const megabyte = 1024 * 1024;
function BytesEditor({ value, wrong, change }: EditorProps<{ readonly phone: number; readonly desk: number }>): ReactNode {
  return <div className="two"><Count label="手机上传，一个最大" unit="MB" value={value.phone / megabyte} wrong={wrong['phone']} change={(size) => change({ ...value, phone: size * megabyte })} /><Count label="电脑上传，一个最大" unit="MB" value={value.desk / megabyte} wrong={wrong['desk']} change={(size) => change({ ...value, desk: size * megabyte })} /></div>;
}
function FiguresEditor({ value, wrong, change, fields }: EditorProps<Readonly<Record<string, number>>> & Pick<Extract<RuleShape, { kind: 'figures' }>, 'fields'>): ReactNode {
  return <div className="col" style={{ gap: 12 }}>{fields.map(({ name, words, unit }) => <Count key={name} label={words} unit={unit} value={value[name]} wrong={wrong[name]} change={(typed) => change({ ...value, [name]: typed })} />)}</div>;
}
function ChoiceEditor({ value, wrong, change, shape }: EditorProps<string> & { shape: Extract<RuleShape, { kind: 'choice' }> }): ReactNode {
  return <div className="field"><span className="lab">做法</span><Radio.Group aria-label="做法" value={value} onChange={(event) => change(event.target.value as string)}>{shape.options.map(({ code, name }) => <Radio key={code} value={code}>{name}</Radio>)}</Radio.Group>{wrong[''] && <span className="wrong" role="alert">{wrong['']}</span>}</div>;
}

interface Props { rule: Rule; value: unknown; view: RulesView; wrong: Wrong; change: (value: unknown) => void }
/** The form of a rule, by what its value looks like (the domain's rule book). */
export function RuleEditor({ rule: { shape, words }, value, view, wrong, change }: Props): ReactNode {
  const of = <T,>(): EditorProps<T> => ({ value: value as T, wrong, change });
  switch (shape.kind) {
    case 'limits': return <LimitsEditor {...of<Limits>()} units={shape.units} />;
    case 'allowance': return <AllowanceEditor {...of<Allowance>()} forms={shape.forms} />;
    case 'hours': return <HoursEditor {...of<OfficeHours>()} />;
    case 'bytes': return <BytesEditor {...of<{ phone: number; desk: number }>()} />;
    case 'number': { const share = shape.share === true; return <Count label={words} unit={shape.unit} value={share ? Math.round(Number(value) * 100) : Number(value)} wrong={wrong['']} change={(typed) => change(share ? typed / 100 : typed)} />; }
    case 'figures': return <FiguresEditor {...of<Readonly<Record<string, number>>>()} fields={shape.fields} />;
    case 'choice': return <ChoiceEditor {...of<string>()} shape={shape} />;
    case 'coded': return <CodedEditor {...of<{ code: string; name: string; keepsReading?: boolean }[]>()} codes={shape.codes} reading={shape.reading === true} />;
    case 'lines': return <LinesEditor {...of<string[]>()} max={shape.max} />;
    case 'routing': return <RoutingEditor {...of()} view={view} />;
    case 'texts': return <TextsEditor {...of()} />;
    case 'privacy': return <PrivacyEditor {...of()} />;
    case 'notices': return <NoticesEditor {...of()} />;
    case 'quiet': return <QuietEditor {...of()} />;
    case 'time': return <TimeEditor {...of()} label={words} />;
    case 'reminders': return <RemindersEditor {...of()} />;
    case 'wechat_templates': return <WechatEditor {...of()} />;
    case 'sms_templates': return <SmsEditor {...of()} />;
    case 'city': return <CityEditor {...of()} />;
    case 'sessions': return <SessionsEditor {...of()} />;
  }
}
