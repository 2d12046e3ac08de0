import { choices, choiceWords, lengthOf, partWords, structureHints } from '@lvzhi/domain';
import type { Choice } from '@lvzhi/domain';
import { Input, Radio, Select } from 'antd';
import { useDeferredValue, useRef } from 'react';
import type { ReactNode } from 'react';
import type { FileView } from '@lvzhi/contracts';
import { Btn } from '../parts/button.tsx';
import { Labelled, PickField } from '../parts/fields.tsx';
import type { WrittenPart } from '../parts/entry-draft.ts';
import { newKey } from '../parts/entry-draft.ts';
import { FileLink } from '../parts/file-link.tsx';
import { useDesk } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { matches } from '../parts/initials.ts';
import { ProblemNote } from '../parts/states.tsx';
import { useRun } from '../platform/run.ts';
import { sendFile } from '../platform/transfer.ts';

const rows = { situation: 7, analysis: 4, suggestion: 6 } as const;
const coded = (list: readonly { code: string; name: string }[]) => list.map(({ code, name }) => ({ value: code, label: name }));

/** Title and parts, as the member's own form has them. `advice`: how much a hint on the structure weighs with this writer. */
export function EntryText({ draft, change, wrong, advice = '只是提醒，照原文录入的不用改。' }: WrittenPart & { advice?: string }): ReactNode {
  const { catalogue } = useDesk();
  const { limits } = catalogue[draft.kind];
  const total = lengthOf(draft.situation) + lengthOf(draft.analysis) + lengthOf(draft.suggestion);
  // A proposal's structure is looked at once the typing rests; it is the author's text, so this only advises.
  const rested = useDeferredValue(draft);
  const hints = rested.kind === 'proposal' ? structureHints(rested) : [];
  return <section className="panel" aria-label="内容">
    <Labelled label={partWords.title} hint={`${lengthOf(draft.title)} / ${limits.title.max}`} wrong={wrong['title']}>{(id) => <Input id={id} value={draft.title} status={wrong['title'] ? 'error' : ''} onChange={(event) => change({ title: event.target.value })} />}</Labelled>
    {(['situation', 'analysis', 'suggestion'] as const).map((part) => <Labelled key={part} label={partWords[part]} hint={`${(limits[part].min) === 0 ? '可不填，' : ''}${lengthOf(draft[part])} / ${limits[part].max}`} wrong={wrong[part]}>
      {(id) => <Input.TextArea id={id} value={draft[part]} status={wrong[part] ? 'error' : ''} autoSize={{ minRows: rows[part], maxRows: 24 }} onChange={(event) => change({ [part]: event.target.value })} />}</Labelled>)}
    <p className="sub num">正文合计 {total} / {limits.total}</p>
    {hints.length > 0 && <div className="note" role="note" aria-label="可以再看看"><Icon name="info" /><div>{hints.map(({ code, words }) => <p key={code}>{words}</p>)}<p className="cap">{advice}</p></div></div>}
    {(wrong['total'] ?? wrong['secrecy']) && <div className="note x" role="alert">{wrong['secrecy'] ?? wrong['total']}</div>}
  </section>;
}

/** As the paper has it, or as the body says; what is not said is asked when it comes to that. */
function SaidField({ label, unsaid, value, change }: { label: string; unsaid: string; value: Choice | null; change: (value: Choice | null) => void }): ReactNode {
  return <div className="field"><span className="lab">{label}</span><Radio.Group aria-label={label} value={value ?? ''} options={[...choices.map((it) => ({ value: it, label: choiceWords[it] })), { value: '', label: unsaid }]} onChange={(event) => change(choices.find((it) => it === event.target.value) ?? null)} /></div>;
}

/** Category, nature, town, urgency; for a proposal the units that should handle it. */
export function EntryChoices({ draft, change, wrong, unsaid = '没有填' }: WrittenPart & { unsaid?: string }): ReactNode {
  const { catalogue } = useDesk();
  const opinion = draft.kind === 'opinion';
  return <section className="panel" aria-label="归类">
    <div className="two"><PickField label="类别" hint="可不选" clear value={draft.category} options={coded(catalogue[draft.kind].categories)} change={(category) => change({ category })} wrong={wrong['category']} />
      {opinion ? <PickField label="性质" hint="可不选" clear value={draft.nature} options={coded(catalogue.opinion.natures)} change={(nature) => change({ nature })} wrong={wrong['nature']} />
        : <Labelled label="建议承办单位" hint={`可不选，最多 ${catalogue.proposal.limits.units} 个`} wrong={wrong['unitIds']}>
          {(id) => <Select id={id} mode="multiple" showSearch={{ filterOption: (typed, option) => matches(typed, option?.label ?? '') }} placeholder="可按首字母找" options={catalogue.units.map((unit) => ({ value: unit.id, label: unit.name }))} value={[...draft.unitIds]} onChange={(unitIds: string[]) => change({ unitIds })} />}</Labelled>}</div>
    <div className="two"><PickField label="所在镇街" hint="可不选" clear value={draft.townId} options={catalogue.towns.map(({ id, name }) => ({ value: id, label: name }))} change={(townId) => change({ townId })} wrong={wrong['townId']} />
      {opinion && <div className="field"><span className="lab">紧急程度</span><Radio.Group aria-label="紧急程度" value={draft.urgency} options={coded(catalogue.urgencies)} onChange={(event) => change({ urgency: event.target.value === 'urgent' || event.target.value === 'critical' ? event.target.value : 'normal' })} /></div>}</div>
    {!opinion && <div className="two"><SaidField label="是否同意公开" unsaid={unsaid} value={draft.publicity} change={(publicity) => change({ publicity })} /><SaidField label="不立案的，是否同意转社情民意" unsaid={unsaid} value={draft.conversion} change={(conversion) => change({ conversion })} /></div>}
  </section>;
}

/** What came with the text: photographs of the matter, tables. The paper itself and the Word file stand elsewhere. */
export function EntryFiles({ draft, change, wrong }: WrittenPart): ReactNode {
  const { catalogue } = useDesk();
  const { busy, problem, run } = useRun();
  const input = useRef<HTMLInputElement>(null);
  const most = catalogue[draft.kind].limits.files;
  const take = async (files: readonly File[]) => {
    const kept: FileView[] = [];
    await run(async () => { for (const file of files) kept.push(await sendFile<FileView>('/files', file, newKey(), () => undefined)); });
    if (input.current) input.current.value = '';
    if (kept.length > 0) change({ files: [...draft.files, ...kept] });
  };
  return <section className="panel" aria-label="附件"><div className="rowx"><span className="lab">附件</span><span className="cap num">{draft.files.length} / {most}，随文交来的照片和材料</span><span className="push"><Btn small busy={busy} disabled={draft.files.length >= most} onClick={() => input.current?.click()}>添加附件</Btn></span></div>
    <input ref={input} type="file" aria-label="附件文件" className="unseen" multiple onChange={(event) => void take([...event.target.files ?? []])} />
    {draft.files.map((file) => <FileLink key={file.id} file={file}><Btn small look="txt" onClick={() => change({ files: draft.files.filter(({ id }) => id !== file.id) })}>去掉</Btn></FileLink>)}
    <ProblemNote problem={problem} />{wrong['fileIds'] && <span className="wrong" role="alert">{wrong['fileIds']}</span>}</section>;
}
