import { InvalidInput } from '@lvzhi/contracts';
import type { Catalogue, DraftView, Proposing, SubmissionView } from '@lvzhi/contracts';
import { hasSeal, instantWords, writingFaults } from '@lvzhi/domain';
import { Checkbox } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { PickField } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { draftFrom, handIn, keepOwn, mending, newOwn, secretIn, textIn, textOf } from '../parts/own-draft.ts';
import type { OwnDraft, OwnText, Ticked } from '../parts/own-draft.ts';
import { caseHref } from '../parts/sources.ts';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { useAutosave } from '../parts/use-autosave.ts';
import { api, ServerSaid } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace } from '../platform/route.ts';
import { useRun } from '../platform/run.ts';
import { EntryChoices, EntryFiles, EntryText } from './entry-text.tsx';
import { OwnSimilar } from './own-similar.tsx';
import { Signed, Whose } from './own-whose.tsx';

/** What the form opens with: the draft, and of a proposal that is mended how it now stands. */
interface Opened { readonly draft: OwnDraft; readonly options: readonly Proposing[]; readonly doc: SubmissionView | null }
const isCopy = (it: unknown): it is DraftView => typeof it === 'object' && it !== null && 'situation' in it;
const isDoc = (it: unknown): it is SubmissionView => typeof it === 'object' && it !== null && 'text' in it;

/** Where a draft of it was begun, that; else the proposal as it was handed in. @throws what the server said */
async function openMended(of: string): Promise<Omit<Opened, 'options'>> {
  const [doc, { rows }] = await Promise.all([api.show({ id: of }), api.listDrafts({})]);
  const begun = rows.find((it) => it.of?.id === of);
  return { doc, draft: begun ? draftFrom(await api.showDraft({ id: begun.id })) : mending(doc) };
}
async function openOwn(draftId: string | null, of: string | null, fresh: OwnDraft): Promise<Opened> {
  const options = (await api.listProposers({})).rows;
  const [only, ...others] = options;
  if (of !== null) return { options, ...await openMended(of) };
  if (draftId === null || draftId === fresh.id) return { options, doc: null, draft: only && others.length === 0 ? { ...fresh, text: { ...fresh.text, whose: { bodyId: only.body.id, kind: only.kind } } } : fresh };
  const draft = draftFrom(await api.showDraft({ id: draftId }));
  return { options, draft, doc: draft.of ? await api.show({ id: draft.of.id }) : null };
}

/** Everything that keeps it from being handed in and can be seen here; the server checks the same again, and the window. */
function faultsOf(text: OwnText, { signed, noSecret, original }: Ticked, option: Proposing | undefined, { proposal: { limits } }: Catalogue): Record<string, string> {
  const page = option?.pageNeeded && text.seals.length === 0;
  return {
    ...writingFaults(text, limits), ...(text.unitIds.length > limits.units && { unitIds: `建议承办单位最多 ${limits.units} 个，现在 ${text.unitIds.length} 个` }),
    ...(text.signer.trim() === '' && { 'collective.signer': `请填写签名的${option?.signerWords ?? '负责人'}` }), ...(page && { 'collective.sealIds': `请附上${option.signerWords}签名的那一页` }), ...(!signed && { 'collective.signed': '请确认已经签名盖章' }),
    ...(!noSecret && { noSecret: '请勾选“内容不涉密”' }), ...(!original && { original: '请勾选“本单位原创，未向其他渠道报送”' }),
  };
}

function Pledges({ ticked, tick, words, wrong }: { ticked: Ticked; tick: (part: Partial<Ticked>) => void; words: string; wrong: Readonly<Record<string, string>> }): ReactNode {
  return <section className="panel" aria-label="提交前请承诺"><span className="lab">提交前请承诺</span><p className="sub">{words}</p>
    <Checkbox checked={ticked.noSecret} onChange={(event) => tick({ noSecret: event.target.checked })}>我承诺内容不涉密，不含他人隐私</Checkbox>
    <Checkbox checked={ticked.original} onChange={(event) => tick({ original: event.target.checked })}>本单位原创，未向其他渠道报送</Checkbox>
    {(wrong['noSecret'] ?? wrong['original']) && <span className="wrong" role="alert">{[wrong['noSecret'], wrong['original']].filter(Boolean).join('；')}</span>}</section>;
}

/** Which committee looks at it first; the office decides where nothing is chosen. */
function Wish({ text, change, wrong }: { text: OwnText; change: (part: Partial<OwnText>) => void; wrong: string | undefined }): ReactNode {
  const { catalogue } = useDesk();
  const options = catalogue.committees.filter(({ id }) => id !== text.whose?.bodyId).map(({ id, name }) => ({ value: id, label: name }));
  return <section className="panel" aria-label="送到哪里"><div className="two"><PickField label="希望送哪个专委会初审" hint="可不选，不选的按内容分送" clear value={text.wish} options={[...options, { value: 'ask', label: '拿不准，请办公室定' }]} change={(wish) => change({ wish })} wrong={wrong} /></div></section>;
}

function Form({ opened: { draft, options, doc } }: { opened: Opened }): ReactNode {
  const { catalogue } = useDesk();
  const [of, setOf] = useState(draft.of);
  const [ticked, setTicked] = useState<Ticked>({ signed: false, noSecret: false, original: false });
  const { busy, problem, run, forget, clear } = useRun();
  const send = async (it: OwnText, version: number) => {
    if (Object.keys(secretIn(it)).length > 0) throw new ServerSaid(400, { reason: '内容疑似涉密，没有存到服务器，也不会提交' });
    const kept = await keepOwn({ ...draft, of }, it, version);
    if (of === null) go(hrefOf('/own/form', { draft: draft.id }), 'replace');
    return kept;
  };
  const saving = useAutosave<OwnText, string>({ text: draft.text, version: draft.version, savedAt: draft.savedAt }, send, () => undefined);
  const { text } = saving;
  const tick = (part: Partial<Ticked>) => { setTicked({ ...ticked, ...part }); forget(Object.keys(part).flatMap((name) => [name, `collective.${name}`])); };
  const change = (part: Partial<OwnText>) => { saving.change(part); forget([...Object.keys(part), 'total', 'secrecy', 'collective', ...('signer' in part ? ['collective.signer'] : []), ...('files' in part ? ['fileIds'] : []), ...('seals' in part ? ['collective.sealIds'] : [])]); };
  const option = options.find(({ body, kind }) => body.id === text.whose?.bodyId && kind === text.whose.kind);
  const secret = secretIn(text);
  const silent = Object.keys(secret).length > 0;
  const top = useRef<HTMLDivElement>(null);
  const submit = async () => {
    saving.save();
    const answer = await run(() => { const found = faultsOf(text, ticked, option, catalogue); if (Object.keys(found).length > 0) throw new InvalidInput(found); return handIn({ ...draft, of }, text, ticked); });
    if (!answer) { top.current?.scrollTo(0, 0); return; }
    go(caseHref(answer.id, '/own'), 'replace');
    announce({ words: `已提交，收件号 ${answer.receiptNo ?? ''}：${answer.title}` });
  };
  const fields = problem?.kind === 'fields' ? problem.fields : {};
  const wrong = { ...fields, ...secret };
  const theirs = saving.problem?.kind === 'stale' && isCopy(saving.problem.current) ? saving.problem.current : null;
  const newer = problem?.kind === 'stale' && isDoc(problem.current) ? problem.current : doc && of && doc.version > of.version ? doc : null;
  const settleOn = ({ id, version }: SubmissionView) => { setOf({ id, version }); clear(); };
  const part = { text, change, wrong };
  return <div className="pane" onBlur={saving.save}><div className="scroll grow" ref={top}><div className="entry">
    {doc && <div className="note" role="note"><Icon name="info" /><div>收件号 {doc.receiptNo}，改好再提交，收件号不变。{returned(doc)}</div></div>}
    {Object.keys(fields).length > 0 ? <div className="note x" role="alert"><Icon name="alert" /><div>有 {Object.keys(fields).length} 处要改，见下面红字。写好的都存着，改好再提交。</div></div> : <ProblemNote problem={newer ? null : problem} />}
    {theirs && <Choice words="这份草稿在别处改动过，两份都在。请选一份接着写。" mine={() => saving.settle(text, theirs.version)} other="用服务器上的" take={() => saving.settle(textOf(theirs), theirs.version)} />}
    {newer && <Choice words={`您写草稿的时候，这件提案有人改动过，现在是第 ${newer.revision} 稿。请选一份接着改。`} mine={() => settleOn(newer)} other={`用现在的第 ${newer.revision} 稿`} take={() => { settleOn(newer); saving.change(textIn(newer)); }} />}
    <Whose {...part} options={options} option={option} mends={of !== null} />
    {option ? <>
      <EntryText draft={text} change={change} wrong={wrong} advice="只是提醒，不改也能提交。" />
      <OwnSimilar text={text} own={of?.id} silent={silent} />
      <EntryChoices draft={text} change={change} wrong={wrong} unsaid="以后再问" />
      <EntryFiles draft={text} change={change} wrong={wrong} />
      <Signed value={text} change={change} wrong={{ signer: wrong['collective.signer'], seals: wrong['collective.sealIds'], signed: wrong['collective.signed'] }} of={{ ...option, sealed: hasSeal(option.kind) }} signed={ticked.signed} tick={(signed) => tick({ signed })} />
      {of === null && <Wish text={text} change={change} wrong={wrong['wish']} />}
      <Pledges ticked={ticked} tick={tick} words={catalogue.pledge} wrong={wrong} />
    </> : <p className="sub">{of === null && options.length > 1 ? '选好以谁的名义，再往下写。' : '您的职务现在不能代表这个单位提交，请联系市政协办公室核对。'}</p>}
  </div></div>
  <div className="foot rowx"><Keeping saving={saving} silent={silent} /><Drop draft={draft} begun={saving.savedAt !== null} /><Btn look="pri" busy={busy} disabled={!option || silent} onClick={() => void submit()}>{of ? '再次提交' : '提交'}</Btn></div></div>;
}

/** Two texts, neither of which may get lost unseen. */
const Choice = ({ words, mine, other, take }: { words: string; mine: () => void; other: string; take: () => void }): ReactNode =>
  <div className="note w" role="alert"><div className="grow">{words}<div className="rowx wrap"><Btn small look="line" onClick={mine}>用我刚写的</Btn><Btn small onClick={take}>{other}</Btn></div></div></div>;

/** Where what is typed lies, in words. */
function Keeping({ saving: { phase, savedAt, problem, save }, silent }: { saving: ReturnType<typeof useAutosave<OwnText, string>>; silent: boolean }): ReactNode {
  const now = useNow(60_000);
  const saved = savedAt === null ? '写下的内容会自动保存到服务器' : `已保存 ${instantWords(new Date(savedAt), now)}，在服务器上，换一台电脑也能接着写`;
  const words = { saved, typing: '正在输入…', sending: '正在保存…', failed: `没有存到服务器，您写的还在这一页，请先别关。${problem?.reason ?? ''}` }[phase];
  return <><span className={`grow ${phase === 'failed' ? 'wrong' : 'cap'}`} role="status">{silent ? '内容疑似涉密，没有保存，也不会提交' : words}</span>{phase === 'failed' && !silent && <Btn small onClick={save}>再存一次</Btn>}</>;
}

/** Why it came back, as whoever returned it wrote. */
const returned = ({ state, timeline }: SubmissionView): string => { const said = state === 'returned' ? timeline.findLast(({ note }) => note !== null && note !== '') : undefined; return said?.note ? `退回的意见：${said.note}` : ''; };

function Drop({ draft, begun }: { draft: OwnDraft; begun: boolean }): ReactNode {
  const { busy, run } = useRun();
  const [sure, ask] = useState(false);
  if (!begun) return null;
  if (!sure) return <Btn onClick={() => ask(true)}>删去草稿</Btn>;
  return <><span className="sub">删去就找不回来了</span><Btn busy={busy} onClick={() => void run(() => api.removeDraft({ id: draft.id })).then((answer) => { if (answer) { go('/own', 'replace'); announce({ words: '草稿已删去' }); } })}>删去这份草稿</Btn><Btn onClick={() => ask(false)}>留着</Btn></>;
}

/** 写集体提案: a body writes its own, or mends what it took back or was returned. */
export function OwnForm(): ReactNode {
  const { query } = usePlace();
  const [fresh] = useState(() => newOwn(null));
  const [draftId, of] = [query.get('draft'), query.get('of')];
  // The address gets the draft's id with the first save; that is no other page.
  const which = draftId === fresh.id ? '' : `${draftId ?? ''} ${of ?? ''}`.trim();
  return <Frame split crumb={<><Link to="/own">集体提案</Link><Icon name="right" /><h1>{of === null ? '写集体提案' : '修改集体提案'}</h1></>}><Opening key={which} draftId={draftId} of={of} fresh={fresh} which={which} /></Frame>;
}
function Opening({ draftId, of, fresh, which }: { draftId: string | null; of: string | null; fresh: OwnDraft; which: string }): ReactNode {
  const { data, problem, reload } = useLoad(`own form ${fresh.id} ${which}`, () => openOwn(draftId, of, fresh));
  const back = <Link to="/own" className="btn">回到集体提案</Link>;
  if (!data) return <div className="pane">{problem ? <Failure problem={problem} onRetry={reload} back={back} /> : <Loading />}</div>;
  if (data.doc && !data.doc.can.includes('submit')) return <div className="pane"><div className="state"><Icon name="info" /><h2>这件现在是“{data.doc.stateWords}”，不能修改</h2><Link to={caseHref(data.doc.id, '/own')} className="btn">看这件提案</Link></div></div>;
  return <Form opened={data} />;
}
