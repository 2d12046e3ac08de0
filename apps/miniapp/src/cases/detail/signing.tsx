import { useState } from 'react';
import type { JointView, SubmissionView } from '@lvzhi/contracts';
import { DueChip } from '../../parts/chip.tsx';
import { Card, Note, Row, Section, Tag } from '../../parts/plain.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { ask, say } from '../../platform/device.ts';
import { reasonOf } from '../../platform/wire.ts';

type Signer = JointView['rows'][number];
const tones = { asked: 'w', signed: 'o', unsigned: 'b' } as const;
const waited = { title: '不再等他', yes: '不等了', no: '再等等' };

/** 等重新联名: to its first proposer, who was asked about the changed text and how each stands; the one who does not answer need not be waited for. */
export function SigningPart({ doc, again }: { doc: SubmissionView; again: () => Promise<void> }) {
  const asked = useAnswer(true, `${doc.id} ${doc.version} ${doc.stillAsked.length}`, () => api.showJoint({ draftKey: doc.id, ofId: doc.id }));
  const [busy, setBusy] = useState(false);
  const rows = (asked.answer?.joint?.rows ?? []).filter(({ state }) => state !== 'unsigned');
  const stop = async (it: Signer) => {
    if (busy || !(await ask({ ...waited, text: `${it.person.name}会收到通知，这一稿上不再列为联名提案人。` }))) return;
    setBusy(true);
    try { await api.callOff({ id: it.id, version: it.version }); say('不再等了'); } catch (error) { say(reasonOf(error)); } finally { setBusy(false); }
    await again();
  };
  return <>
    <Section title="重新联名" />
    <Note tone="b" icon="users" title="文字改了，等联名的委员重新看过">都答复了，或者到期了，接着审查。谢绝的、到期没有答复的，不再列为联名提案人。</Note>
    {asked.problem && <Note tone="x" title="名单没有打开">{asked.problem.reason}</Note>}
    {rows.length > 0 && <Card flush>{rows.map((it) => <Row key={it.id} title={it.person.name + (it.person.note && `（${it.person.note}）`)} {...(it.can.includes('call_off') && { note: '点一下，可以不再等他', onTap: () => { void stop(it); } })}
      chip={<><Tag tone={tones[it.state]}>{it.stateWords}</Tag>{it.due && <DueChip due={it.due} />}</>} />)}</Card>}
  </>;
}
