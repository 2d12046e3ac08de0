import { channels, reportedToWords, lengthOf, preparedOutcomes, preparedOutcomeWords } from '@lvzhi/domain';
import { Checkbox, Input, Radio, Select } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { forms, toTriage } from './acts.ts';
import type { DeskAct, Draft, Field } from './acts.ts';
import { useDesk } from './frame.tsx';
import { HandlersField } from './handlers-field.tsx';
import { matches } from './initials.ts';

interface Choice { readonly value: string; readonly label: string }
const bySound = (typed: string, option?: Choice): boolean => matches(typed, option?.label ?? '');

function Labelled({ label, hint, wrong, children }: { label: string; hint?: string; wrong?: string | undefined; children: (id: string) => ReactNode }): ReactNode {
  const id = useId();
  return <div className="field"><label htmlFor={id}>{label}{hint && <span className="hint"> {hint}</span>}</label>{children(id)}{wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}

interface Props { of: string; act: DeskAct; kind: 'opinion' | 'proposal'; at: string | null; draft: Draft; change: (part: Partial<Draft>) => void; wrong: Readonly<Record<string, string>> }
interface First { first: boolean }

function Note({ act, draft, change, wrong, first }: Props & First): ReactNode {
  const { catalogue } = useDesk();
  const { note, must } = forms[act];
  const presets = act === 'return' ? catalogue.returnReasons : act === 'reroute' ? catalogue.rerouteReasons : [];
  const add = (words: string) => change({ note: draft.note.trim() === '' ? words : `${draft.note.trimEnd()}；${words}` });
  return <>
    {presets.length > 0 && <div className="presets" role="group" aria-label="常用语，点一下就加上">{presets.map((words) => <button type="button" key={words} onClick={() => add(words)}>{words}</button>)}</div>}
    <Labelled label={note} hint={`${must ? '' : '可不填，'}${lengthOf(draft.note)} / 1000`} wrong={wrong['note'] ?? (act === 'recall' || act === 'reroute' ? wrong['reason'] : undefined)}>
      {(id) => <Input.TextArea id={id} value={draft.note} onChange={(event) => change({ note: event.target.value })} autoSize={{ minRows: 4, maxRows: 12 }} autoFocus={first} />}
    </Labelled></>;
}

function Committee({ draft, change, wrong, at, act, first }: Props & First): ReactNode {
  const { catalogue } = useDesk();
  const options: Choice[] = catalogue.committees.filter(({ id }) => id !== at).map(({ id, name }) => ({ value: id, label: name }));
  const all = act === 'reroute' && at !== null ? [...options, { value: toTriage, label: '退到分办台，请办公室定' }] : options;
  return <Labelled label={act === 'reroute' ? '改送到' : '主送'} wrong={wrong['committeeId']}>
    {(id) => <Select id={id} showSearch={{ filterOption: bySound }} placeholder="请选择专委会" options={all} value={draft.committeeId || null} onChange={(value) => change({ committeeId: value })} autoFocus={first} />}
  </Labelled>;
}

function CoCommittees({ draft, change, wrong }: Props): ReactNode {
  const { catalogue } = useDesk();
  const options: Choice[] = catalogue.committees.filter(({ id }) => id !== draft.committeeId).map(({ id, name }) => ({ value: id, label: name }));
  return <Labelled label="协送" hint="可不选" wrong={wrong['coCommitteeIds']}>
    {(id) => <Select id={id} mode="multiple" showSearch={{ filterOption: bySound }} placeholder="可选几个" options={options} value={draft.coIds.filter((it) => it !== draft.committeeId)} onChange={(coIds) => change({ coIds })} />}
  </Labelled>;
}

function Channels({ draft, change, wrong }: Props): ReactNode {
  return <div className="field"><span className="lab">报送渠道</span><Checkbox.Group aria-label="报送渠道" value={[...draft.channels]} options={channels.map((code) => ({ value: code, label: reportedToWords[code] }))} onChange={(picked) => change({ channels: picked.map(String) })} />{wrong['channels'] && <span className="wrong" role="alert">{wrong['channels']}</span>}</div>;
}

function Units({ act, draft, change, wrong }: Props): ReactNode {
  const { catalogue } = useDesk();
  if (act === 'send' && !draft.channels.includes('department')) return null;
  return <Labelled label={act === 'send' ? '有关部门' : act === 'suggest' ? '送交单位' : '建议承办单位'} hint={act === 'send' ? '可按首字母找' : '可不选，可按首字母找'} wrong={wrong['unitIds']}>
    {(id) => <Select id={id} mode="multiple" showSearch={{ filterOption: bySound }} options={catalogue.units.map((unit) => ({ value: unit.id, label: unit.unassignable ? `${unit.name}（${unit.unassignable}）` : unit.name }))} value={[...draft.unitIds]} onChange={(unitIds) => change({ unitIds })} />}
  </Labelled>;
}

/** Filed proposals, found by number or title at the server. */
function MainCase({ of, draft, change, wrong, first }: Props & First): ReactNode {
  const [words, setWords] = useState('');
  const { data, problem } = useLoad(`main cases ${of} ${words}`, () => api.findMainCases({ words, except: of }));
  const options: Choice[] = (data?.rows ?? []).map(({ id, caseNo, title }) => ({ value: id, label: `${caseNo} ${title}` }));
  return <Labelled label="主案" hint="按案号或题目里的字找" wrong={wrong['mainId'] ?? (problem ? '没有取到已立案的提案，请再输入一次' : undefined)}>
    {(id) => <Select id={id} showSearch={{ filterOption: false, onSearch: setWords }} placeholder="请选择一件已立案的提案" notFoundContent={data ? '没有找到已立案的提案' : '正在找…'} options={options} value={draft.mainId || null} onChange={(mainId) => change({ mainId })} autoFocus={first} />}
  </Labelled>;
}

function Choices({ label, options, value, pick, wrong, first }: First & { label: string; options: readonly Choice[]; value: string; pick: (value: string) => void; wrong: string | undefined }): ReactNode {
  return <div className="field"><span className="lab">{label}</span>
    <Radio.Group aria-label={label} value={value || null} onChange={(event) => pick(String(event.target.value))}>
      {options.map((option, index) => <Radio key={option.value} value={option.value} autoFocus={first && index === 0}>{option.label}</Radio>)}</Radio.Group>{wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}

function OneField({ field, ...props }: Props & First & { field: Field }): ReactNode {
  const { catalogue } = useDesk();
  const { draft, change, wrong } = props;
  const coded = (list: readonly { code: string; name: string }[]): Choice[] => list.map(({ code, name }) => ({ value: code, label: name }));
  const outcome = (options: readonly Choice[]) => <Choices first={props.first} label="建议结果" options={options} value={draft.outcome} pick={(value) => change({ outcome: value })} wrong={wrong['outcome']} />;
  switch (field) {
    case 'note': return <Note {...props} />;
    case 'committee': case 'elsewhere': return <Committee {...props} />;
    case 'co': return <CoCommittees {...props} />;
    case 'handlers': return <HandlersField value={draft.handlers} change={(handlers) => change({ handlers })} wrong={wrong['units']} />;
    case 'units': return <Units {...props} />;
    case 'channels': return <Channels {...props} />;
    case 'main': return <MainCase {...props} />;
    case 'reason': return <Choices first={props.first} label="理由" options={coded(props.act === 'reject' ? catalogue.proposal.rejectReasons : catalogue.opinion.notAdoptedReasons)} value={draft.reason} pick={(reason) => change({ reason })} wrong={wrong['reason']} />;
    case 'outcome': return outcome(coded(catalogue.proposal.outcomes));
    case 'prepared': return outcome(preparedOutcomes.filter((code) => props.kind === 'opinion' || code !== 'not_adopt').map((code) => ({ value: code, label: preparedOutcomeWords[code] })));
  }
}

/** The fields of one act, in the order of its form. */
export const ActFields = (props: Props): ReactNode => forms[props.act].fields.map((field, index) => <OneField key={field} field={field} first={index === 0} {...props} />);
