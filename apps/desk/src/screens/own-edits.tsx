import type { Amendment, SubmissionView } from '@lvzhi/contracts';
import { Radio } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { TextDifferences } from '../parts/text-differences.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { once, useRun } from '../platform/run.ts';
import { Signed } from './own-whose.tsx';
import type { Signature } from './own-whose.tsx';

/** 修改建议: the proposer answers each paragraph; what they wrote stays whatever they say. */
export function AnswerEdits({ doc, it, again }: { doc: SubmissionView; it: Amendment; again: () => void }): ReactNode {
  const [chosen, choose] = useState<Readonly<Record<number, boolean>>>({});
  const { busy, problem, run, forget } = useRun();
  const [signature, setSignature] = useState<Signature>({ signer: doc.collective?.signer ?? '', seals: [] });
  const [signed, tick] = useState(false);
  // What is accepted is another text, which is signed for the body again.
  const body = Object.values(chosen).some(Boolean) ? doc.collective : null;
  const wrong = problem?.kind === 'fields' ? problem.fields : {};
  const left = it.changes.filter((_, at) => chosen[at] === undefined).length;
  const send = () => void run(() => once('answer_edits', { id: doc.id, version: doc.version, accepted: it.changes.map((_, at) => chosen[at] === true), ...(body && { signature: { signer: signature.signer, sealIds: signature.seals.map(({ id }) => id), signed: signed as true } }) }, api.answerEdits)).then((answer) => { if (answer) { announce({ words: '已答复修改建议' }); again(); } });
  return <section className="col" aria-label="请逐段答复" style={{ gap: 12 }}>
    <div className="note" role="note"><div>请逐段答复。同意的照改，保留的一字不动，原文都留着；到期没有答复的按原文。{it.note !== '' && <p>说明：{it.note}</p>}</div></div>
    {it.changes.map((change, at) => <div className="part" key={`${change.part} ${change.at}`}><div className="rowx wrap"><span className="lab">{at + 1}. {change.part === 'title' ? change.partWords : `${change.partWords}第 ${change.at + 1} 段`}</span>{change.why !== '' && <span className="cap">为什么改：{change.why}</span>}
      <span className="push"><Radio.Group aria-label={`第 ${at + 1} 处`} value={chosen[at] ?? null} options={[{ value: true, label: '同意这段' }, { value: false, label: '保留原文' }]} onChange={(event) => choose({ ...chosen, [at]: event.target.value === true })} /></span></div>
      <TextDifferences before={change.before} after={change.after} /></div>)}
    {body && <><p className="sub">有一处同意，文字就是新的一稿，请重新签名盖章。</p><Signed value={signature} change={(part) => { setSignature({ ...signature, ...part }); forget(['signature.signer', 'signature.sealIds']); }} wrong={{ signer: wrong['signature.signer'], seals: wrong['signature.sealIds'], signed: wrong['signature.signed'] }} of={{ ...body, sealed: doc.proposer?.code !== 'sector' && doc.proposer?.code !== 'group' }} signed={signed} tick={(it) => { tick(it); forget(['signature.signed']); }} /></>}
    <ProblemNote problem={problem}>{problem?.kind === 'stale' && <div><Btn small look="txt" onClick={again}>看最新的情况</Btn></div>}</ProblemNote>
    <div className="rowx"><Btn look="pri" busy={busy} disabled={left > 0} onClick={send}>{left > 0 ? `还有 ${left} 处没有选` : '答复修改建议'}</Btn>{left > 0 && <Btn onClick={() => choose(Object.fromEntries(it.changes.map((_, at) => [at, chosen[at] ?? true])))}>{left === it.changes.length ? '都同意' : `其余 ${left} 处都同意`}</Btn>}</div>
  </section>;
}
