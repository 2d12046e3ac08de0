import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { Amendment, SubmissionView } from '@lvzhi/contracts';
import { Differing, DifferingWords } from '../../parts/differing.tsx';
import { Btn, Btns, Card, Note, Section, Tag } from '../../parts/plain.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { whenWords } from '../../platform/clock.ts';
import { say } from '../../platform/device.ts';
import { newKey } from '../../platform/keys.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';
import { SignatureFields, whySigned } from './signature.tsx';
import type { Signature } from './signature.tsx';

interface Props { doc: SubmissionView; onDoc: (doc: SubmissionView) => void; again: () => Promise<void> }
type Change = Amendment['changes'][number];
const answerWords = (accepted: boolean | null): string => (accepted === null ? '' : accepted ? '同意了' : '保留原文');

/** One paragraph: what it was, what it would be, why; `choose`: while it waits for an answer. */
function Paragraph({ change, nth, chosen, choose }: { change: Change; nth: number; chosen: boolean | undefined; choose?: (accepted: boolean) => void }) {
  const answer = chosen === undefined ? answerWords(change.accepted) : answerWords(chosen);
  return <Card>
    <View className="card-top"><Text className="strong">{nth}. {change.part === 'title' ? change.partWords : `${change.partWords}第 ${change.at + 1} 段`}</Text>{answer !== '' && <Tag tone={answer === '同意了' ? 'o' : 'b'}>{answer}</Tag>}</View>
    <Differing before={change.before} after={change.after} />
    {change.why !== '' && <View className="cap">为什么改：{change.why}</View>}
    {choose && <Btns><Btn size="two" main={chosen === true} onTap={() => { choose(true); }}>同意这段</Btn><Btn size="two" main={chosen === false} onTap={() => { choose(false); }}>保留原文</Btn></Btns>}
  </Card>;
}

/** 修改建议: the proposer answers each paragraph; the original stays whatever they say. Earlier ones are shown with their answers. */
export function AmendmentPart({ doc, onDoc, again }: Props) {
  const wanted = doc.kind === 'proposal' && doc.timeline.some(({ action }) => action === 'propose_edits');
  const asked = useAnswer(wanted, `${doc.id} ${doc.version}`, () => api.listAmendments({ id: doc.id }));
  const [choices, setChoices] = useState<Readonly<Record<number, boolean>>>({});
  const [signature, setSignature] = useState<Signature>({ signer: doc.collective?.signer ?? '', pages: [], signed: false });
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const [last] = asked.answer?.rows ?? [];
  if (!wanted || !last) return null;
  const answering = doc.can.includes('answer_edits') && last.outcome === 'asked';
  const left = last.changes.filter((_, at) => choices[at] === undefined).length;
  const changes = Object.values(choices).some(Boolean);
  const body = changes ? doc.collective : null;
  const send = async () => {
    const why = body && whySigned(body, signature);
    if (why) { setFault(why); return; }
    setBusy(true); setFault('');
    try {
      const { doc: fresh } = await api.answerEdits({ id: doc.id, version: doc.version, key: key.current, accepted: last.changes.map((_, at) => choices[at] === true), ...(body && { signature: { signer: signature.signer, sealIds: signature.pages.map(({ id }) => id), signed: true as const } }) });
      key.current = newKey();
      say(fresh.state === 'signing_anew' ? '已答复，请联名的委员重新看' : '已答复');
      onDoc(fresh);
    } catch (error) {
      say(reasonOf(error));
      if (error instanceof Failure && error.status === 409) await again();
    } finally { setBusy(false); }
  };
  return <>
    <Section title={`修改建议 ${last.changes.length} 段`}><Tag {...(answering && { tone: 'w' as const })}>{last.outcomeWords}</Tag></Section>
    {answering && <Note tone="b" icon="pen" title="请逐段答复"><Text><DifferingWords />。同意的照改，保留的一字不动，您的原文都留着。到期没有答复的按原文。</Text></Note>}
    {last.note !== '' && <View className="said">{last.note}</View>}
    {last.changes.map((change, at) => <Paragraph key={`${change.part} ${change.at}`} change={change} nth={at + 1} chosen={answering ? choices[at] : undefined} {...(answering && { choose: (accepted: boolean) => { setChoices({ ...choices, [at]: accepted }); } })} />)}
    {answering && left > 0 && <Btn busy={busy} onTap={() => { setChoices(Object.fromEntries(last.changes.map((_, at) => [at, choices[at] ?? true]))); }}>{left === last.changes.length ? '都同意' : `其余 ${left} 段都同意`}</Btn>}
    {answering && doc.coAuthors.length > 0 && <Note tone="w" icon="users" title={`同意了，要请 ${doc.coAuthors.length} 位联名的委员重新看`}>联名只算签过的那一稿。有一段同意，文字就是新的一稿，他们再同意才算，到齐或者到期以后接着审查。一段也不同意的，马上接着审查。</Note>}
    {answering && body && <SignatureFields of={body} value={signature} onChange={setSignature} fault={fault} />}
    {answering && <Btns><Btn main busy={busy} off={left > 0} onTap={() => { void send(); }}>{left > 0 ? `还有 ${left} 段没有选` : '答复'}</Btn></Btns>}
    <View className="cap">{last.by} {whenWords(last.proposedAt)} 提出{last.endedAt === null ? '' : `，${whenWords(last.endedAt)} ${last.outcomeWords}`}</View>
  </>;
}
