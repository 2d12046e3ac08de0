import { View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { SubmissionView } from '@lvzhi/contracts';
import { Field, TextArea } from '../../parts/form.tsx';
import { Btn, Btns, Card, Kind } from '../../parts/plain.tsx';
import { api } from '../../platform/api.ts';
import { ask, say } from '../../platform/device.ts';
import { newKey } from '../../platform/keys.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';

const answers = ['consent', 'decline', 'drop', 'ask_drop'] as const;
type Answer = (typeof answers)[number];
export const canAnswer = ({ can }: SubmissionView): boolean => answers.some((it) => can.includes(it));

interface Props { doc: SubmissionView; onDoc: (doc: SubmissionView) => void; again: () => Promise<void> }
const questions = {
  consent: { title: '同意转社情民意', text: '同意后由专委会按社情民意办理，本件不再作提案。提案的积分保留，不重复计。', yes: '同意', no: '先不答复' },
  decline: { title: '不同意转', text: '提案委会另作审定，再告诉您结果。', yes: '不同意转', no: '先不答复' },
  drop: { title: '撤案', text: '撤案后不再办理，也不能恢复。原文保留在“履职”里。', yes: '撤案', no: '先不撤' },
} as const;
const done = { consent: '已转为社情民意', decline: '已答复，提案委另作审定', drop: '已撤案', ask_drop: '已申请，请等提案委答复' } as const;

/** What the proposer answers or asks for: conversion, and dropping the case. */
export function Answering({ doc, onDoc, again }: Props) {
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const [fault, setFault] = useState('');
  const key = useRef(newKey());
  const send = async (answer: Answer, note: string) => {
    setBusy(true); setFault('');
    const on = { id: doc.id, version: doc.version, key: key.current };
    try {
      const { doc: fresh } = await { consent: () => api.agreeConversion(on), decline: () => api.declineConversion(on), drop: () => api.drop(on), ask_drop: () => api.askDrop({ ...on, note }) }[answer]();
      key.current = newKey();
      setReason(null);
      say(done[answer]);
      onDoc(fresh);
    } catch (error) {
      if (answer === 'ask_drop') setFault(reasonOf(error)); else say(reasonOf(error));
      if (error instanceof Failure && error.status === 409) await again();
    } finally { setBusy(false); }
  };
  const tap = async (answer: Exclude<Answer, 'ask_drop'>) => { if (await ask(questions[answer])) await send(answer, ''); };
  const { can } = doc;
  return <Card>
    {can.includes('consent') && <><Kind icon="msg">提案委建议转为社情民意，请您答复</Kind>
      <Btns><Btn main size="two" busy={busy} onTap={() => { void tap('consent'); }}>同意转</Btn><Btn busy={busy} onTap={() => { void tap('decline'); }}>不同意转</Btn></Btns></>}
    {can.includes('drop') && <Btn plain busy={busy} onTap={() => { void tap('drop'); }}>撤案</Btn>}
    {can.includes('ask_drop') && (reason === null
      ? <Btn plain onTap={() => { setReason(''); }}>申请撤案</Btn>
      : <><Field label="撤案理由" hint="提案委会看到" fault={fault === '' ? undefined : fault}><TextArea label="撤案理由" initial={reason} onType={setReason} /></Field>
        <Btns><Btn main size="two" busy={busy} onTap={() => { if (reason.trim().length < 2) setFault('请写明撤案理由，至少 2 个字'); else void send('ask_drop', reason); }}>申请撤案</Btn><Btn busy={busy} onTap={() => { setReason(null); setFault(''); }}>先不撤</Btn></Btns></>)}
    {can.includes('ask_drop') && reason === null && <View className="cap centre">已立案的提案，撤案由提案委同意。</View>}
  </Card>;
}
