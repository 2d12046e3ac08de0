import type { Catalogue, ReplyView } from '@lvzhi/contracts';
import { instantWords, lengthOf } from '@lvzhi/domain';
import { Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { AnsweredTable } from '../parts/answered.tsx';
import { Btn } from '../parts/button.tsx';
import { DayField, Labelled, PickField, TextField } from '../parts/fields.tsx';
import { useDesk } from '../parts/frame.tsx';
import { LetterButton } from '../parts/reply-text.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { useAutosave } from '../parts/use-autosave.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';

interface Text { readonly classCode: string; readonly body: string; readonly docNo: string; readonly signer: string; readonly publicity: string; readonly publicityReason: string; readonly promisedOn: string; readonly contact: string }
const textOf = (reply: ReplyView | null): Text => ({
  classCode: reply?.classCode?.code ?? '', body: reply?.body ?? '', docNo: reply?.docNo ?? '', signer: reply?.signer ?? '', publicity: reply?.publicity?.code ?? '', publicityReason: reply?.publicityReason ?? '', promisedOn: reply?.promisedOn ?? '', contact: reply?.contact ?? '',
});
interface Part { text: Text; change: (part: Partial<Text>) => void; wrong: Readonly<Record<string, string>>; catalogue: Catalogue }

/** What goes with the text: its number, who signs, whether it may be published. */
function Particulars({ text, change, wrong, catalogue }: Part): ReactNode {
  const choices = catalogue.replyPublicity.map(({ code, name }) => ({ value: code, label: name }));
  return <>
    <div className="two"><TextField label="发文字号" hint="如 安园提函〔2022〕5号" value={text.docNo} max={60} change={(docNo) => change({ docNo })} wrong={wrong['docNo']} /><TextField label="签发人" value={text.signer} max={40} change={(signer) => change({ signer })} wrong={wrong['signer']} /></div>
    <div className="two"><PickField label="公开方式" value={text.publicity} options={choices} change={(publicity) => change({ publicity })} wrong={wrong['publicity']} /><TextField label="联系人和电话" hint="提案人看得到" value={text.contact} max={80} change={(contact) => change({ contact })} wrong={wrong['contact']} /></div>
    {text.publicity === 'closed' && <TextField label="不予公开的理由" value={text.publicityReason} max={200} change={(publicityReason) => change({ publicityReason })} wrong={wrong['publicityReason']} />}
  </>;
}

/** 会办意见, to be worked into the answer. */
interface Opinion { readonly unit: string; readonly note: string }
/** A class as a card: its letter large, what it stands for below. */
function ClassCards({ text, change, wrong, catalogue }: Part): ReactNode {
  return <div className="field"><span className="lab">办理结果 <span className="hint">审核时可能调整</span></span>
    <Radio.Group aria-label="办理结果" className="class-cards" value={text.classCode} onChange={(event) => change({ classCode: String(event.target.value) })}>{catalogue.replyClasses.map(({ code, name }) => <Radio key={code} value={code} className={code === text.classCode ? 'on' : ''}><b>{code}</b> <span>{name}</span></Radio>)}</Radio.Group>
    {wrong['classCode'] && <span className="wrong" role="alert">{wrong['classCode']}</span>}</div>;
}

/** 答复稿, saved as it is typed; the checks beside it say what is missing. `saved`: what may be done has perhaps changed. */
export function ReplyEditor({ id, reply, suggestion, opinions, saved }: { id: string; reply: ReplyView | null; suggestion: string; opinions: readonly Opinion[]; saved: () => void }): ReactNode {
  const { catalogue } = useDesk();
  const now = useNow(60_000);
  const send = async (text: Text, version: number) => {
    const { reply: it } = await api.saveReply({ id, version, ...text, classCode: text.classCode || null, publicity: text.publicity || null, promisedOn: text.promisedOn || null });
    return { version: it.version, savedAt: it.savedAt, answer: it };
  };
  const { text, phase, savedAt, problem, change, save, settle } = useAutosave({ text: textOf(reply), version: reply?.version ?? 0, savedAt: reply?.savedAt ?? null }, send, saved);
  const theirs = problem?.kind === 'stale' ? (problem.current as ReplyView) : null;
  const wrong = problem?.kind === 'fields' ? problem.fields : {};
  const words = { saved: savedAt === null ? '边写边保存' : `已保存 ${instantWords(new Date(savedAt), now)}`, typing: '正在输入…', sending: '正在保存…', failed: '没有保存，您写的还在' }[phase];
  const part = { text, change, wrong, catalogue };
  return <div className="col" style={{ gap: 12 }} onBlur={save}>
    <div className="rowx wrap"><span className="cap num" role="status">{words} · 正文 {lengthOf(text.body)} 字</span><span className="push">{reply && <LetterButton reply={reply} />}</span></div>
    <ProblemNote problem={problem}>{theirs ? <div className="rowx wrap"><Btn small onClick={() => settle(text, theirs.version)}>以我写的为准</Btn><Btn small onClick={() => settle(textOf(theirs), theirs.version)}>改用{theirs.savedBy}保存的</Btn></div> : problem && <div><Btn small look="txt" onClick={save}>再保存一次</Btn></div>}</ProblemNote>
    <ClassCards {...part} />
    {text.classCode === 'B' && <DayField label="预计解决的日期" hint="答复以后按这个日期跟踪" value={text.promisedOn} change={(promisedOn) => change({ promisedOn })} wrong={wrong['promisedOn']} />}
    {opinions.length > 0 && <div className="rowx tight wrap"><span className="cap">会办意见</span>{opinions.map(({ unit, note }) => <Btn key={unit} small look="txt" onClick={() => change({ body: [text.body.trimEnd(), note].filter(Boolean).join('\n') })}>插入{unit}的</Btn>)}</div>}
    <Labelled label="答复正文" hint="抬头、落款、抄送由系统加上" wrong={wrong['body']}>{(field) => <Input.TextArea id={field} value={text.body} autoSize={{ minRows: 10 }} style={{ fontSize: 15, lineHeight: 1.75 }} onChange={(event) => change({ body: event.target.value })} />}</Labelled>
    {text.body.trim() !== '' && <AnsweredTable suggestion={suggestion} body={text.body} />}
    <Particulars {...part} />
  </div>;
}
