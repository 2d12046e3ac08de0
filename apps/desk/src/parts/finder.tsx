import type { FoundRow, Me, MemberRow } from '@lvzhi/contracts';
import { kindWords } from '@lvzhi/domain';
import { Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { api } from '../platform/api.ts';
import { covered, useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { go, hrefOf } from '../platform/route.ts';
import { Hits } from './hits.tsx';
import { Icon } from './icons.tsx';
import { caseHref } from './sources.ts';
import { ProblemNote } from './states.tsx';

const finders: readonly Me['can'][number][] = ['review', 'triage_opinion', 'triage_proposal', 'decide_proposal', 'edit', 'manage_roster'];
/** Whether there is anything at the desk that this person could look for: documents, or people of the roster. */
export const mayFind = (me: Me): boolean => finders.some((it) => me.can.includes(it));

/** One line under the box: what is shown, and where it leads. */
interface Lead { readonly key: string; readonly href: string; readonly line: ReactNode }
interface Found { readonly rows: readonly FoundRow[]; readonly more: boolean; readonly members: readonly MemberRow[]; readonly terms: readonly string[]; readonly indexing: boolean }
const none: Found = { rows: [], more: false, members: [], terms: [], indexing: false };

/** Documents in this person's scope and, for who keeps the roster, members: a handful of each. */
async function look(query: string, people: boolean): Promise<Found> {
  if (query === '') return none;
  const [docs, members] = await Promise.all([api.findDocuments({ query, limit: 8 }), people ? api.listRoster({ query: query.slice(0, 40), state: 'all', limit: 5 }) : { rows: [] }]);
  return { rows: docs.rows, more: docs.next !== null, members: members.rows, terms: docs.terms, indexing: docs.indexing };
}

function leadsOf({ rows, members, more }: Found, query: string): Lead[] {
  const list = hrefOf('/find', { q: query });
  return [
    ...rows.map((row): Lead => ({ key: row.id, href: caseHref(row.id, list), line: <><span className="tag">{kindWords[row.kind]}</span><span className="grow"><span className="ell title"><Hits pieces={row.hits.title} /></span>
      <span className="cap num ell"><Hits pieces={row.caseNo === null ? row.hits.number : row.hits.caseNo} /> · <Hits pieces={row.hits.author} /> · {row.stateWords}</span>{row.hits.excerpt.length > 0 && <span className="sub two-lines"><Hits pieces={row.hits.excerpt} /></span>}</span></> })),
    ...members.map((it): Lead => ({ key: it.id, href: hrefOf('/roster', { state: it.state === 'ended' ? 'all' : null, q: it.name, at: it.id }), line: <><span className="tag">委员</span><span className="grow"><span className="ell title">{it.name}</span><span className="cap ell">{[it.sector?.name, it.unitTitle, it.endedWords].filter(Boolean).join(' · ')}</span></span></> })),
    ...(query === '' ? [] : [{ key: 'all', href: list, line: <><Icon name="search" /><span className="grow">{more ? '看全部结果，按种类、状态、时间筛选' : '在“查找”里打开，可以筛选、导出'}</span></> }]),
  ];
}

function Said({ query, typed, found, loading }: { query: string; typed: string; found: Found; loading: boolean }): ReactNode {
  if (typed === '') return <p className="sub">可以输入收件号、标题、提交人或正文里的话，一个字也行；几个词用空格隔开。</p>;
  if (loading || query !== typed) return <p className="sub" aria-live="polite">正在找…</p>;
  if (found.terms.length === 0) return <p className="sub" role="status">没有可以找的字。请输入汉字、字母或数字。</p>;
  return <>{found.rows.length + found.members.length === 0 && <p className="sub" role="status">没有找到“{typed}”。只找您能看到的；可以换一个说法，或者只输入其中几个字。</p>}
    {found.indexing && <p className="cap">以前的一部分还在编入索引，这时可能找不全。</p>}</>;
}

/** The box itself: what is typed is looked for as it comes; arrows choose, enter opens. */
function Palette({ people, close }: { people: boolean; close: () => void }): ReactNode {
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const [chosen, choose] = useState(0);
  useCover(true);
  useEffect(() => { const timer = setTimeout(() => { setQuery(typed.trim()); choose(0); }, 200); return () => clearTimeout(timer); }, [typed]);
  const { data: found = none, loading, problem } = useLoad(`find ${query}`, () => look(query, people));
  const leads = leadsOf(found, query);
  const open = (lead: Lead | undefined) => { if (lead) { close(); go(lead.href); } };
  const hear = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) { event.preventDefault(); choose((was) => Math.max(0, Math.min(leads.length - 1, was + step))); }
    if (event.key === 'Enter' && query === typed.trim()) open(leads[chosen]);
  };
  return <Modal open onCancel={close} footer={null} width={640} closable={false} title={<span className="unseen">查找</span>} style={{ top: 72 }}>
    <div className="col finder"><Input autoFocus size="large" allowClear maxLength={60} prefix={<Icon name="search" />} role="combobox" aria-label="查找" aria-expanded={leads.length > 0} aria-controls="found" aria-activedescendant={leads[chosen] ? `found-${chosen}` : ''}
      placeholder="编号、标题、提交人、正文" value={typed} onChange={(event) => setTyped(event.target.value)} onKeyDown={hear} />
      <ProblemNote problem={problem} />
      {!problem && <Said query={query} typed={typed.trim()} found={found} loading={loading} />}
      <div role="listbox" id="found" aria-label="找到的">{leads.map((lead, index) => <div key={lead.key} id={`found-${index}`} role="option" aria-selected={index === chosen} className={index === chosen ? 'lead on' : 'lead'} onMouseMove={() => choose(index)} onClick={() => open(lead)}>{lead.line}</div>)}</div>
      <p className="cap"><kbd>↑</kbd> <kbd>↓</kbd> 选择 <kbd>↵</kbd> 打开 <kbd>Esc</kbd> 关闭</p></div>
  </Modal>;
}

/** In the header of every page; Ctrl K (⌘ K) opens it also while something is typed, unless a dialog is open. */
export function Finder({ people }: { people: boolean }): ReactNode {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.code !== 'KeyK') return;
      event.preventDefault();
      if (!covered()) setOpen(true);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
  return <><button type="button" className="find-box" aria-label="查找，快捷键 Ctrl K" onClick={() => setOpen(true)}><Icon name="search" /><span>找编号、标题、提交人</span><kbd>Ctrl K</kbd></button>
    {open && <Palette people={people} close={() => setOpen(false)} />}</>;
}
