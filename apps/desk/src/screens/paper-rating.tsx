import type { FileView, RatingView } from '@lvzhi/contracts';
import { satisfactions, satisfactionWords } from '@lvzhi/domain';
import type { Satisfaction } from '@lvzhi/domain';
import { Input, Radio } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { newKey } from '../parts/entry-draft.ts';
import { Labelled } from '../parts/fields.tsx';
import { FileLink } from '../parts/file-link.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { once, useRun } from '../platform/run.ts';
import { sendFile } from '../platform/transfer.ts';

export interface Rated { readonly attitude: Satisfaction | ''; readonly result: Satisfaction | ''; readonly talked: boolean | null; readonly note: string }
interface Draft extends Rated { readonly papers: readonly FileView[] }
export const notRated: Rated = { attitude: '', result: '', talked: null, note: '' };
const scale = satisfactions.map((value) => ({ value, label: satisfactionWords[value] }));

function Pick<T>({ label, value, options, change, wrong }: { label: string; value: T | null; options: readonly { value: T; label: string }[]; change: (value: T) => void; wrong: string | undefined }): ReactNode {
  return <div className="field"><span className="lab">{label}</span><Radio.Group aria-label={label} value={value} options={[...options]} onChange={(event) => change(event.target.value as T)} />{wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}

/** How one was dealt with, what came of it, whether one was talked to. */
export const RatingFields = ({ draft, change, wrong }: { draft: Rated; change: (part: Partial<Rated>) => void; wrong: Readonly<Record<string, string>> }): ReactNode => <>
  <Pick label="对办理态度" value={draft.attitude || null} options={scale} change={(attitude) => change({ attitude })} wrong={wrong['attitude']} />
  <Pick label="对办理结果" value={draft.result || null} options={scale} change={(result) => change({ result })} wrong={wrong['result']} />
  <Pick label="承办单位有没有面商" value={draft.talked} options={[{ value: true, label: '面商过' }, { value: false, label: '没有' }]} change={(talked) => change({ talked })} wrong={wrong['talked']} />
  <Labelled label="意见" hint="不满意的必填" wrong={wrong['note']}>{(id) => <Input.TextArea id={id} value={draft.note} autoSize={{ minRows: 2, maxRows: 8 }} onChange={(event) => change({ note: event.target.value })} />}</Labelled>
</>;

/** The pages of the paper; a rating without them is not taken. */
function Papers({ papers, change, wrong }: { papers: readonly FileView[]; change: (papers: readonly FileView[]) => void; wrong: string | undefined }): ReactNode {
  const { busy, problem, run } = useRun();
  const input = useRef<HTMLInputElement>(null);
  const take = async (files: readonly File[]) => {
    const kept: FileView[] = [];
    await run(async () => { for (const file of files) kept.push(await sendFile<FileView>('/files', file, newKey(), () => undefined)); });
    if (input.current) input.current.value = '';
    if (kept.length > 0) change([...papers, ...kept]);
  };
  return <div className="field"><div className="rowx"><span className="lab">评价表的照片 <span className="hint">照片或扫描件</span></span><span className="push"><Btn small busy={busy} onClick={() => input.current?.click()}>添加照片</Btn></span></div>
    <input ref={input} type="file" aria-label="评价表的照片文件" className="unseen" multiple accept="image/*,.heic,.pdf" onChange={(event) => void take([...event.target.files ?? []])} />
    {papers.map((file) => <FileLink key={file.id} file={file}><Btn small look="txt" onClick={() => change(papers.filter(({ id }) => id !== file.id))}>去掉</Btn></FileLink>)}
    <ProblemNote problem={problem} />{wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}

/** 代录纸质评价: what the proposer wrote on paper, with its picture; it is marked as such and the proposer is told. */
function PaperForm({ rating, close, done }: { rating: RatingView; close: () => void; done: () => void }): ReactNode {
  const act = ({ attitude, result, talked, note, papers }: Draft) =>
    once('key_paper', { id: rating.id, version: rating.version, attitude: attitude as Satisfaction, result: result as Satisfaction, talked: talked as boolean, note, fileIds: papers.map(({ id }) => id) }, api.keyPaper);
  return <ActModal title={`代录纸质评价：${rating.name}`} words="代录评价" keep="先不录" hint="照纸质评价表填写，附上照片。会标明是代录，并告诉提案人；录入以后不能改。" draft={{ ...notRated, papers: [] } as Draft} act={act} close={close} done={() => { announce({ words: `已代录${rating.name}的评价` }); done(); }}>
    {(draft, change, wrong) => <>
      <RatingFields draft={draft} change={change} wrong={wrong} />
      <Papers papers={draft.papers} change={(papers) => change({ papers })} wrong={wrong['fileIds']} />
    </>}
  </ActModal>;
}

/** What 提案委 may do about a rating that was not given: key a paper, or close it as 未反馈. */
export function RatingActs({ rating, again }: { rating: RatingView; again: () => void }): ReactNode {
  const [chosen, choose] = useState<'paper' | 'lapse' | null>(null);
  const done = () => { choose(null); again(); };
  return <>{rating.can.includes('key_paper') && <Btn small onClick={() => choose('paper')}>代录纸质评价</Btn>}{rating.can.includes('lapse_rating') && <Btn small onClick={() => choose('lapse')}>按未反馈办结</Btn>}
    {chosen === 'paper' && <PaperForm rating={rating} close={() => choose(null)} done={done} />}
    {chosen === 'lapse' && <ActModal title={`按未反馈办结：${rating.name}`} words="按未反馈办结" keep="再等一等" hint="评价期限已过，提醒过两次。统计里算未反馈，不算满意；以后不能再评价。" draft={{}} act={() => once('lapse', { id: rating.id, version: rating.version }, api.lapseRating)} close={() => choose(null)} done={() => { announce({ words: `已按未反馈办结：${rating.name}` }); done(); }} />}</>;
}
