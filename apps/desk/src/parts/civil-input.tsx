import { addDays, dateOf, dateWords, instantOf, weekdayOf, weekdayWords } from '@lvzhi/domain';
import { Select } from 'antd';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useNow } from '../platform/clock.ts';

/** A Shanghai date and time as two texts, 'YYYY-MM-DD' and 'HH:MM'; either may be empty. */
export interface When { readonly on: string; readonly time: string }
export const noWhen: When = { on: '', time: '' };
/** The instant, or '' while one of the two is missing: the contract then says which. */
export const instantIn = ({ on, time }: When): string => (on !== '' && time !== '' ? instantOf(on, time).toISOString() : '');
/** 09:30 → 9:30, as the house writes it. */
export const clockWords = (time: string): string => time.replace(/^0/, '');

const two = (n: number): string => String(n).padStart(2, '0');
/** Every ten minutes from 7:00 to 21:50: nobody visits by night. */
const times = Array.from({ length: 90 }, (_, turn) => `${two(7 + Math.floor(turn / 6))}:${two((turn % 6) * 10)}`);
const daysAhead = 150;

interface Choice { readonly value: string; readonly label: string }
/** What is already set stays among the choices, also where it is none of them. */
const including = (choices: readonly Choice[], value: string, label: string): Choice[] => (value === '' || choices.some((it) => it.value === value) ? [...choices] : [{ value, label }, ...choices]);
/** 7月26, 726, 0726 and 9:30, 930 all find it. */
const byDigits = (typed: string, choice?: Choice): boolean => {
  const [sought, digits] = [typed.trim(), typed.replace(/\D/g, '')];
  return (choice?.label.includes(sought) ?? false) || (digits !== '' && ((choice?.value.replace(/\D/g, '').includes(digits) ?? false) || (choice?.label.replace(/\D/g, '').startsWith(digits) ?? false)));
};

interface Props { label: string; value: When; change: (value: When) => void; wrong?: string | undefined }
/** A day by its name and weekday, and a time of day: civil, by the server's clock, whatever the device's zone and language. */
export function CivilInput({ label, value, change, wrong }: Props): ReactNode {
  const id = useId();
  const today = dateOf(useNow(60_000));
  const words = (on: string): string => `${dateWords(on, today)} ${weekdayWords(weekdayOf(on))}${on === today ? ' 今天' : ''}`;
  const days = Array.from({ length: daysAhead }, (_, ahead) => addDays(today, ahead)).map((on) => ({ value: on, label: words(on) }));
  const clock = times.map((time) => ({ value: time, label: clockWords(time) }));
  const status = wrong ? 'error' as const : '' as const;
  return <div className="field"><label htmlFor={id}>{label}</label>
    <div className="rowx tight">
      <Select id={id} style={{ flex: 1 }} showSearch={{ filterOption: byDigits }} placeholder="哪一天" status={status} value={value.on || null} onChange={(on) => change({ ...value, on })} options={including(days, value.on, value.on === '' ? '' : words(value.on))} />
      <Select style={{ width: 96 }} aria-label={`${label}的钟点`} showSearch={{ filterOption: byDigits }} placeholder="几点" status={status} value={value.time || null} onChange={(time) => change({ ...value, time })} options={including(clock, value.time, clockWords(value.time))} />
    </div>
    {wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}
