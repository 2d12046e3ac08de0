import { View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { RatingView, SubmissionView } from '@lvzhi/contracts';
import { InvalidInput } from '@lvzhi/contracts';
import { satisfactions, satisfactionWords } from '@lvzhi/domain';
import type { Satisfaction } from '@lvzhi/domain';
import { DueChip } from '../../parts/chip.tsx';
import { Field, Seg, TextArea } from '../../parts/form.tsx';
import { Btn, Btns, Card, Kind } from '../../parts/plain.tsx';
import { api } from '../../platform/api.ts';
import { ask, say } from '../../platform/device.ts';
import { newKey } from '../../platform/keys.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';

const scale = satisfactions.map((code) => ({ code, name: satisfactionWords[code] }));
const talks = [{ code: 'yes', name: '面商过' }, { code: 'no', name: '没有' }] as const;
/** What this person still has to say of the answer to their proposal. */
export const ratingOf = ({ handling }: SubmissionView): RatingView | undefined => handling?.ratings.find(({ mine, can }) => mine && can.includes('rate'));

/** Whether the proposer has said already, when the unit recorded it, that they were talked to. */
export const saidTalked = ({ handling }: SubmissionView): boolean => handling?.talks.some(({ mine }) => mine === 'confirmed') === true;
/** The button says what is given, so that it can be read once more before it is. */
const givenWords = (attitude: Satisfaction | null, result: Satisfaction | null): string => (attitude && result ? `提交评价：态度${satisfactionWords[attitude]}，结果${satisfactionWords[result]}` : '提交评价');

interface Props { rating: RatingView; talkedBefore: boolean; onDoc: (doc: SubmissionView) => void; again: () => Promise<void> }
/** 评价 of one answer: how one was dealt with, what came of it, whether one was talked to. Given once, by oneself. */
export function RateForm({ rating, talkedBefore, onDoc, again }: Props) {
  const [attitude, setAttitude] = useState<Satisfaction | null>(null);
  const [result, setResult] = useState<Satisfaction | null>(null);
  const [chosen, setTalked] = useState<'yes' | 'no' | null>(null);
  const talked = chosen ?? (talkedBefore ? 'yes' : null);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const key = useRef(newKey());
  const bad = attitude === 'dissatisfied' || result === 'dissatisfied';
  const send = async () => {
    if (!attitude || !result || !talked) { setFaults({ all: '请先选好上面三项' }); return; }
    if (bad && note.trim().length < 2) { setFaults({ note: '不满意的，请写明理由' }); return; }
    // Asked once more only where others must work anew; else the button itself says what is given.
    if (result === 'dissatisfied' && !await ask({ title: '提交评价', text: '对结果不满意的，由承办单位重新办理、再次答复您。评价以后不能改。', yes: '提交', no: '再看看' })) return;
    setBusy(true); setFaults({});
    try {
      const { doc } = await api.rate({ id: rating.id, version: rating.version, key: key.current, attitude, result, talked: talked === 'yes', note });
      key.current = newKey();
      say('已评价，谢谢您');
      onDoc(doc);
    } catch (error) {
      const fields = error instanceof InvalidInput ? error.fields : error instanceof Failure ? error.refusal.fields : undefined;
      setFaults(fields ?? { all: reasonOf(error) });
      if (error instanceof Failure && error.status === 409) await again();
    } finally { setBusy(false); }
  };
  return <Card id="rate">
    <View className="card-top"><Kind icon="pen">{rating.round > 1 ? `请您评价第 ${rating.round} 次答复` : '请您评价答复'}</Kind>{rating.due && <DueChip due={rating.due} />}</View>
    <Field label="对办理态度" fault={faults.attitude}><Seg label="对办理态度" options={scale} value={attitude} onChoose={setAttitude} /></Field>
    <Field label="对办理结果" fault={faults.result}><Seg label="对办理结果" options={scale} value={result} onChoose={setResult} /></Field>
    <Field label="承办单位有没有和您面商" {...(talkedBefore && { hint: '您确认过面商记录' })} fault={faults.talked}><Seg label="有没有面商" options={talks} value={talked} onChoose={setTalked} /></Field>
    <Field label="意见" hint={bad ? '必填' : '可不填'} fault={faults.note}><TextArea label="意见" initial="" placeholder={bad ? '哪里不满意，希望怎么办' : '想说的写在这里'} onType={setNote} /></Field>
    {faults.all !== undefined && <View className="fault">{faults.all}</View>}
    <View className="cap">评价以后不能改。</View>
    <Btns><Btn main busy={busy} onTap={() => { void send(); }}>{givenWords(attitude, result)}</Btn></Btns>
  </Card>;
}
