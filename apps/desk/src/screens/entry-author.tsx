import { kindWords } from '@lvzhi/domain';
import { Radio, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import type { EntryAuthor, EntryDraft } from '../parts/entry-draft.ts';
import { Labelled } from '../parts/fields.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';

export interface EntryPart { readonly draft: EntryDraft; readonly change: (part: Partial<EntryDraft>) => void; readonly wrong: Readonly<Record<string, string>> }
/** Who cannot confirm is entered by paper. */
export const withAuthor = (author: EntryAuthor): Partial<EntryDraft> => ({ author, ...(author.paperOnly !== null && { means: 'paper' as const }) });

/** A sector hands in as itself and as its group. */
const placeOf = ({ id, proposerKind }: Pick<EntryAuthor, 'id' | 'proposerKind'>): string => `${id} ${proposerKind ?? ''}`;
/** For whom, and what kind of text. An entry that is put right keeps both. */
export function WhoseText({ draft, change, wrong }: EntryPart): ReactNode {
  const [query, setQuery] = useState('');
  const sought = useDeferredValue(query.trim());
  const { kind, author, of } = draft;
  const { data, problem, reload, loading } = useLoad(`entry authors ${kind} ${sought}`, () => api.findEntryAuthors({ kind, query: sought }));
  if (of) return <section className="panel" aria-label="谁的文字"><p>{kindWords[kind]}，替 <b>{author?.name}</b>（{author?.note}）录入。</p></section>;
  const people = data?.rows ?? [];
  const known = author && !people.some((it) => placeOf(it) === placeOf(author)) ? [{ value: placeOf(author), label: author.name, note: author.note }] : [];
  const options = [...known, ...people.map((it) => ({ value: placeOf(it), label: it.name, note: it.posts || it.note }))];
  return <section className="panel" aria-label="谁的文字"><div className="two">
    <div className="field"><span className="lab">录入什么</span><Radio.Group aria-label="录入什么" value={kind} options={(['opinion', 'proposal'] as const).map((it) => ({ value: it, label: kindWords[it] }))} onChange={(event) => change({ kind: event.target.value === 'proposal' ? 'proposal' : 'opinion', category: '', author: null })} /></div>
    <Labelled label="替谁录入" hint={kind === 'opinion' ? '委员、参加单位、信息员' : '委员，或提集体提案的单位'} wrong={wrong['authorId']}>
      {(id) => <Select id={id} showSearch={{ filterOption: false, onSearch: setQuery }} placeholder="输姓名或单位找" status={wrong['authorId'] ? 'error' : ''} options={options} value={author ? placeOf(author) : null} notFoundContent={loading ? '正在找…' : '没有找到。名册和账号里有的人才能选，请先登记'}
        optionRender={({ label, data: { note } }) => <span className="rowx"><b>{label}</b><span className="sub ell">{note}</span></span>}
        onChange={(picked: string) => { const found = people.find((it) => placeOf(it) === picked); if (found) change(withAuthor({ id: found.id, name: found.name, note: found.note, proposerKind: found.proposerKind, paperOnly: found.paperOnly })); }} />}
    </Labelled></div>
    {author && <p className="sub">{author.name}{author.note && `，${author.note}`}{author.paperOnly && `。${author.paperOnly}`}</p>}
    <ProblemNote problem={problem}><Btn small look="txt" onClick={reload}>再试一次</Btn></ProblemNote>
  </section>;
}
