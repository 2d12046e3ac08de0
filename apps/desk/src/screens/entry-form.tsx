import type { EntryView } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import { Checkbox, Radio } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { blankEntry, draftOf, formOf, useEntryDraft } from '../parts/entry-draft.ts';
import type { Editing, EntryDraft } from '../parts/entry-draft.ts';
import { Frame, useDesk } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace } from '../platform/route.ts';
import { once, useRun } from '../platform/run.ts';
import { WhoseText } from './entry-author.tsx';
import type { EntryPart } from './entry-author.tsx';
import { EntryPapers } from './entry-papers.tsx';
import { EntrySigners, withSigners } from './entry-signers.tsx';
import { EntrySource } from './entry-source.tsx';
import { EntryChoices, EntryFiles, EntryText } from './entry-text.tsx';

const keptWords: Readonly<Record<Editing['keeping'], string>> = {
  none: '写下的内容会自动存在这台电脑的浏览器里，交了或丢弃了就清除', kept: '已存在这台电脑的浏览器里，刷新不会丢，七天后清除', secret: '内容疑似涉密，没有保存，也不会提交', full: '浏览器存不下了，请先别关这一页',
};

/** How it becomes the author's word. */
function Means({ draft, change, wrong }: EntryPart): ReactNode {
  if (draft.of) return null;
  const name = draft.author?.name ?? '本人';
  const only = draft.author?.paperOnly ?? null;
  return <section className="panel" aria-label="怎么提交"><span className="lab">怎么提交</span>
    <Radio.Group aria-label="怎么提交" value={draft.means} onChange={(event) => change({ means: event.target.value === 'paper' ? 'paper' : 'confirm' })}>
      <div className="col"><Radio value="confirm" disabled={only !== null}>请{name}在小程序里确认，确认以后才提交{only !== null && `（${only}）`}</Radio><Radio value="paper">有签名的纸质件，现在就提交，标为“纸质代录”</Radio></div></Radio.Group>
    {wrong['means'] && <span className="wrong" role="alert">{wrong['means']}</span>}
    <EntrySigners draft={draft} change={change} wrong={wrong} />
    {draft.means === 'paper' && <><Checkbox checked={draft.signed} onChange={(event) => change({ signed: event.target.checked })}>我核对过：纸质件上有{[name, ...withSigners(draft) ? draft.coSigners.map((it) => it.name) : []].join('、')}签名或单位盖章，内容和纸质件一致</Checkbox>
      {wrong['signed'] && <span className="wrong" role="alert">{wrong['signed']}</span>}{wrong['paperIds'] && <span className="wrong" role="alert">{wrong['paperIds']}</span>}</>}
  </section>;
}

const send = (draft: EntryDraft) => (draft.of ? once('correctEntry', { ...formOf(draft), ...draft.of }, api.correctEntry)
  : api.createEntry({ ...formOf(draft), key: draft.key, kind: draft.kind, authorId: draft.author?.id ?? '', proposerKind: draft.author?.proposerKind ?? null, means: draft.means, signed: draft.signed, coSignerIds: withSigners(draft) ? draft.coSigners.map(({ id }) => id) : [] }));
const doneWords = (doc: EntryView): string => (doc.state === 'submitted' ? `已提交，收件号 ${doc.receiptNo ?? ''}：${doc.title}` : `已录入，等${doc.author.name}在小程序里确认：${doc.title}`);

function Form({ first }: { first: EntryDraft }): ReactNode {
  const { me } = useDesk();
  const now = useNow(60_000);
  const { draft, keeping, found, change: keep, drop } = useEntryDraft(me.person.id, first);
  const [sheet, setSheet] = useState(0);
  const { busy, problem, run, forget } = useRun();
  const change = (part: Partial<EntryDraft>) => { keep(part); forget([...Object.keys(part), 'total', 'secrecy', ...('author' in part ? ['authorId'] : []), ...('papers' in part ? ['paperIds'] : []), ...('files' in part ? ['fileIds'] : []), ...('coSigners' in part ? ['coSignerIds'] : [])]); };
  const submit = async () => {
    const answer = await run(() => send(draft));
    if (!answer) return;
    drop();
    go('/entries');
    announce({ words: doneWords(answer.doc) });
  };
  // The server no longer has it, and says so: what this browser keeps goes too.
  const disposed = problem?.kind === 'refused' && problem.disposed === true;
  useEffect(() => { if (disposed) { drop(); setSheet((it) => it + 1); } }, [disposed, drop]);
  const wrong = problem?.kind === 'fields' ? problem.fields : {};
  const part = { draft, change, wrong };
  const words = draft.of ? '更正并再请本人确认' : draft.means === 'paper' ? '提交' : '录入并请本人确认';
  return <><div className="pane"><div className="scroll grow"><div className="entry" key={sheet}>
    {found && sheet === 0 && <div className="note"><Icon name="info" /><div className="grow">接着写上次没有交的（{instantWords(new Date(draft.savedAt), now)} 存的）。</div></div>}
    <WhoseText {...part} />
    <EntrySource {...part} refill={(more) => { change(more); setSheet(sheet + 1); }} />
    <EntryText {...part} />
    <EntryChoices {...part} />
    <EntryFiles {...part} />
    <Means {...part} />
    <ProblemNote problem={problem} />
  </div></div>
  <div className="foot rowx"><span className="cap grow">{keptWords[keeping]}</span>{keeping !== 'none' && !draft.of && <Btn onClick={() => { drop(); setSheet(sheet + 1); }}>丢弃，重新录</Btn>}<Btn look="pri" busy={busy} disabled={keeping === 'secret'} onClick={() => void submit()}>{words}</Btn></div></div>
  <EntryPapers papers={draft.papers} change={(papers) => change({ papers })} /></>;
}

function Correcting({ id }: { id: string }): ReactNode {
  const { data: doc, problem, reload } = useLoad(`entry form ${id}`, () => api.showEntry({ id }));
  if (!doc) return <div className="pane">{problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}</div>;
  if (!doc.can.includes('correct_entry')) return <div className="pane"><div className="state"><Icon name="info" /><h2>这件代录现在是“{doc.stateWords}”，不能更正</h2><Link to={hrefOf('/entries', { at: id })} className="btn">看这件代录</Link></div></div>;
  return <Form key={`${doc.id} ${doc.version}`} first={draftOf(doc)} />;
}

/** Enters a text for somebody, or puts right what they have not confirmed yet. */
export function EntryForm(): ReactNode {
  const of = usePlace().query.get('of');
  const [blank] = useState(blankEntry);
  return <Frame split crumb={<><Link to="/entries">代录</Link><Icon name="right" /><h1>{of === null ? '新建代录' : '更正代录'}</h1></>}>{of === null ? <Form first={blank} /> : <Correcting key={of} id={of} />}</Frame>;
}
