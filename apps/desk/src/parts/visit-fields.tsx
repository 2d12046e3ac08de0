import { complaints, InvalidInput } from '@lvzhi/contracts';
import type { Route } from '@lvzhi/contracts';
import { Input, InputNumber, Radio } from 'antd';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { CivilInput, instantIn } from './civil-input.tsx';
import type { When } from './civil-input.tsx';
import { useDesk } from './frame.tsx';

/** When and how a visit is, as typed. Nothing is chosen beforehand but the usual length. */
export interface Arranged { readonly when: When; readonly minutes: number | null; readonly form: string; readonly place: string; readonly videoLink: string; readonly replyBy: When }
/** The one form that has no place but a link. */
export const byVideo = 'video';

/** The contract's names of what was changed in a form. */
const sent: Readonly<Record<string, string>> = { when: 'startsAt', members: 'memberIds', leaders: 'leaderIds' };
export const fieldsOf = (part: object): string[] => Object.keys(part).map((name) => sent[name] ?? name);

/** Says every missing thing at once, half a time as well. @throws InvalidInput */
export function mustBeWhole(route: Route, input: object, { when, replyBy }: Arranged): void {
  const fields = { ...complaints(route.input, input), ...(instantIn(when) === '' && { startsAt: '请选择日期和钟点' }), ...(instantIn(replyBy) === '' && { replyBy: '请选择日期和钟点' }) };
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields);
}

interface Props { value: Arranged; change: (part: Partial<Arranged>) => void; wrong: Readonly<Record<string, string>> }
export function VisitFields({ value, change, wrong }: Props): ReactNode {
  const { catalogue } = useDesk();
  const [minutesId, whereId] = [useId(), useId()];
  const video = value.form === byVideo;
  return <>
    <div className="two"><CivilInput label="时间" value={value.when} change={(when) => change({ when })} wrong={wrong['startsAt']} />
      <div className="field"><label htmlFor={minutesId}>时长（分钟）</label><InputNumber id={minutesId} min={10} max={480} step={10} value={value.minutes} onChange={(minutes) => change({ minutes })} style={{ width: 140 }} />{wrong['minutes'] && <span className="wrong" role="alert">{wrong['minutes']}</span>}</div></div>
    <div className="field"><span className="lab">形式</span><Radio.Group aria-label="形式" options={catalogue.visit.forms.map(({ code, name }) => ({ value: code, label: name }))} value={value.form || null} onChange={(event) => change({ form: String(event.target.value) })} />
      {wrong['form'] && <span className="wrong" role="alert">{wrong['form']}</span>}</div>
    <div className="field"><label htmlFor={whereId}>{video ? '视频链接' : '地点'}</label>
      {video ? <Input id={whereId} value={value.videoLink} maxLength={200} onChange={(event) => change({ videoLink: event.target.value })} /> : <Input id={whereId} value={value.place} maxLength={60} onChange={(event) => change({ place: event.target.value })} />}
      {(wrong['place'] ?? wrong['videoLink']) && <span className="wrong" role="alert">{wrong['place'] ?? wrong['videoLink']}</span>}</div>
    <div className="two"><CivilInput label="请委员在这之前回复" value={value.replyBy} change={(replyBy) => change({ replyBy })} wrong={wrong['replyBy']} /></div>
  </>;
}
