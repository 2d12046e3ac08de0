import { Picker, Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { Catalogue, VisitView } from '@lvzhi/contracts';
import { addDays, dateOf, dateWords, instantOf, timeOf, weekdayOf, weekdayWords } from '@lvzhi/domain';
import { Line, Opt, Tick } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Btn, Card } from '../../parts/plain.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { catalogue } from '../../platform/catalogue.ts';
import { now, today } from '../../platform/clock.ts';
import { say, scrollTo } from '../../platform/device.ts';
import { reasonOf } from '../../platform/wire.ts';

/** `on` YYYY-MM-DD and `time` HH:MM in Shanghai, '' until chosen. */
export interface Proposal { readonly on: string; readonly time: string; readonly video: boolean; readonly note: string }
const videoForm = 'video';

type Offered = Pick<VisitView, 'startsAt' | 'form'>;
/** Nothing would change: the same instant in the same form. */
const isSame = (at: Date, video: boolean, visit: Offered): boolean => at.getTime() === Date.parse(visit.startsAt) && video === (visit.form.code === videoForm);

/** What is sent; undefined while date or time are not chosen, lie in the past or change nothing. */
export function proposalOf({ on, time, video, note }: Proposal, visit: Offered): { startsAt: string; form: string | null; note: string } | undefined {
  if (on === '' || time === '') return undefined;
  const at = instantOf(on, time);
  return at.getTime() > now().getTime() && !isSame(at, video, visit) ? { startsAt: at.toISOString(), form: video ? videoForm : null, note } : undefined;
}
/** The main button says what it will do. */
export function proposalWords(proposal: Proposal, visit: Offered): string {
  const { on, time, video } = proposal;
  if (on === '' || time === '') return '请选日期和时间';
  if (isSame(instantOf(on, time), video, visit)) return '和原来一样，请另选';
  if (!proposalOf(proposal, visit)) return '这个时间已经过了';
  return `提出改到 ${dateWords(on, today())} ${time.replace(/^0/, '')}${video ? '（视频）' : ''}`;
}

/** Times at which all who visit are free, to choose with one touch; wheels for any other; where the city offers it, video instead. Nothing is chosen beforehand. */
export function OtherTime({ visit, value, onChange }: { visit: VisitView; value: Proposal; onChange: (value: Proposal) => void }) {
  const [forms, setForms] = useState<Catalogue['visit']['forms']>([]);
  const [any, setAny] = useState(false);
  // Without them any time may be proposed all the same.
  const times = useAnswer(true, visit.id, () => api.listFreeTimes({ id: visit.id }));
  useEffect(() => { catalogue().then((it) => { setForms(it.visit.forms); }, (error: unknown) => { say(reasonOf(error)); }); }, []);
  const video = forms.some(({ code }) => code === videoForm) && visit.form.code !== videoForm;
  const offered = times.answer?.rows ?? [];
  // Once more when they have come: the page is longer then.
  useEffect(() => { const timer = setTimeout(() => { scrollTo('other-time'); }, 100); return () => { clearTimeout(timer); }; }, [offered.length]);
  const wheels = any || times.problem !== undefined || (times.answer !== undefined && offered.length === 0);
  return <Card id="other-time">
    <View className="lab"><Text>不方便？选一个时间</Text><Text className="hint">不用打电话</Text></View>
    {!wheels && offered.map(({ startsAt, whenWords }) => {
      const [on, time] = [dateOf(new Date(startsAt)), timeOf(new Date(startsAt))];
      return <Opt key={startsAt} title={whenWords} note="走访的人都有空" on={value.on === on && value.time === time} onTap={() => { onChange({ ...value, on, time }); }} />;
    })}
    {!wheels && offered.length > 0 && <Btn plain onTap={() => { setAny(true); }}>都不合适，自己选时间</Btn>}
    {wheels && <Wheels visit={visit} value={value} onChange={onChange} />}
    {video && <Tick on={value.video} onTap={() => { onChange({ ...value, video: !value.video }); }}>改为视频走访，链接会提前发给您</Tick>}
    <Line label="说明" initial="" placeholder="要说明的话，可以不填" onType={(note) => { onChange({ ...value, note }); }} />
  </Card>;
}

const Wheels = ({ visit, value, onChange }: { visit: VisitView; value: Proposal; onChange: (value: Proposal) => void }) => <>
  <Picker mode="date" value={value.on || dateOf(new Date(visit.startsAt))} start={today()} end={addDays(today(), 120)} onChange={(event) => { onChange({ ...value, on: event.detail.value }); }}>
    <View className="pick"><Text>日期</Text><Text className={value.on === '' ? 'value faint' : 'value strong'}>{value.on === '' ? '请选日期' : `${dateWords(value.on, today())} ${weekdayWords(weekdayOf(value.on))}`}</Text><Icon name="r" /></View>
  </Picker>
  <Picker mode="time" value={value.time || timeOf(new Date(visit.startsAt))} start="08:00" end="20:00" onChange={(event) => { onChange({ ...value, time: event.detail.value }); }}>
    <View className="pick"><Text>时间</Text><Text className={value.time === '' ? 'value faint' : 'value strong'}>{value.time === '' ? '请选时间' : value.time.replace(/^0/, '')}</Text><Icon name="r" /></View>
  </Picker>
</>;
