import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import type { EntryDraft } from '../parts/entry-draft.ts';
import { Labelled } from '../parts/fields.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import type { EntryPart } from './entry-author.tsx';

/** Others sign a proposal with its author on the paper alone: in the mini-program each does so for themselves. */
export const withSigners = ({ kind, means, of }: EntryDraft): boolean => kind === 'proposal' && means === 'paper' && of === null;

/** 联名委员 as the paper names them, in its order. */
export function EntrySigners({ draft, change, wrong }: EntryPart): ReactNode {
  const [query, setQuery] = useState('');
  const sought = useDeferredValue(query.trim());
  const { data, loading } = useLoad(`entry signers ${sought}`, async () => (withSigners(draft) ? api.findEntryAuthors({ kind: 'proposal', query: sought }) : { more: false, rows: [] }));
  if (!withSigners(draft)) return null;
  const { coSigners } = draft;
  const found = (data?.rows ?? []).filter(({ id }) => id !== draft.author?.id);
  const known = [...coSigners, ...found.filter(({ id }) => !coSigners.some((it) => it.id === id))];
  return <Labelled label="联名委员" hint="纸质件上也签了名的，按纸上的顺序选；没有的不填" wrong={wrong['coSignerIds']}>
    {(id) => <Select id={id} mode="multiple" showSearch={{ filterOption: false, onSearch: setQuery }} placeholder="输姓名找委员" status={wrong['coSignerIds'] ? 'error' : ''} options={known.map((it) => ({ value: it.id, label: it.name, note: it.note }))} value={coSigners.map((it) => it.id)} notFoundContent={loading ? '正在找…' : '没有找到'}
      optionRender={({ label, data: { note } }) => <span className="rowx"><b>{label}</b><span className="sub ell">{note}</span></span>}
      onChange={(picked: string[]) => change({ coSigners: picked.flatMap((it) => { const one = known.find((person) => person.id === it); return one ? [{ id: one.id, name: one.name, note: one.note }] : []; }) })} />}
  </Labelled>;
}
