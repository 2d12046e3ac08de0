import type { SubmissionView } from '@lvzhi/contracts';
import { instantWords, preparedOutcomeWords, saidWords, urgencyWords } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useDesk } from '../parts/frame.tsx';
import { HandlingCard } from '../parts/handling-card.tsx';
import { StateTag, UrgencyTag } from '../parts/chip.tsx';
import { FileLink } from '../parts/file-link.tsx';
import { Empty } from '../parts/states.tsx';
import { useNow } from '../platform/clock.ts';
import { DeliveriesTab } from './case-deliveries.tsx';
import { AmendTab, hasAmendments } from './case-amend.tsx';
import { CaseReplies } from './case-replies.tsx';
import { EditionTab, hasEdition } from './case-edition.tsx';
import { SimilarTab } from './case-similar.tsx';
import { TalkAnswer } from './own-acts.tsx';

function Head({ doc, tools }: { doc: SubmissionView; tools: ReactNode }): ReactNode {
  const now = useNow(60_000);
  const tags = [doc.nature?.name, doc.category?.name, doc.town?.name].filter((name) => name !== undefined);
  return <><div className="rowx wrap"><StateTag state={doc.state} words={doc.stateWords} />{doc.proposer && <span className="tag">{doc.proposer.name}</span>}{tags.map((name) => <span className="tag" key={name}>{name}</span>)}<UrgencyTag urgency={doc.urgency} words={urgencyWords[doc.urgency]} />
    {doc.revision > 1 && <span className="tag">第 {doc.revision} 稿</span>}{tools && <span className="rowx tight push">{tools}</span>}</div>
    <h2 style={{ fontSize: 20, lineHeight: '28px' }}>{doc.title}</h2>
    <p className="sub">{[doc.author, ...doc.coAuthors].map(({ name, note }) => name + (note && `（${note}）`)).join('、')}{doc.submittedAt && ` · ${instantWords(new Date(doc.submittedAt), now)} 提交`}</p>
    <Proposers doc={doc} />
    {doc.stillAsked.length > 0 && <p className="sub"><span className="tag w">等重新联名</span> {doc.stillAsked.map(({ name }) => name).join('、')} <span className="cap">按修改建议改了文字，都答复或者到期以后接着审查</span></p>}
    <SignedBy doc={doc} />
    {doc.entered && <p className="sub num"><span className={`tag ${doc.entered.how === 'paper' ? 'w' : ''}`}>{doc.entered.words}</span> {doc.entered.by} {instantWords(new Date(doc.entered.at), now)} 录入</p>}</>;
}

/** 联名: who signed which text and when, in the order of the list. The desk changes nothing of it. */
const Proposers = ({ doc }: { doc: SubmissionView }): ReactNode => { const now = useNow(60_000); return doc.signers.length > 0 && <p className="sub num"><span className="tag">第一提案人</span> {doc.author.name} {doc.signers.map((it) => <span key={it.id}>　<span className="tag b">已联名</span> {it.name} <span className="cap">{instantWords(new Date(it.at), now)}，{it.words.replace('联名，', '')}</span></span>)}</p>; };

/** 集体提案: who signed for the body, what their signature stands for, and who of it handed this text in. */
const SignedBy = ({ doc: { collective } }: { doc: SubmissionView }): ReactNode => collective && <p className="sub">{[collective.signer && `${collective.signerWords} ${collective.signer}`, collective.signedWords, collective.by && `经办 ${collective.by}`].filter(Boolean).join(' · ')}</p>;

function Written({ doc }: { doc: SubmissionView }): ReactNode {
  if (doc.closed) return <div className="note w" role="status">{doc.closed}。收件号、经过和得分保留。</div>;
  const parts = [['情况', doc.text.situation], ['原因分析', doc.text.analysis], ['建议', doc.text.suggestion]] as const;
  return <><div className="rowx sp"><span className="sub">原文</span><span className="cap num">{doc.length} 字</span></div>
    {parts.map(([name, text]) => text !== '' && <div className="part" key={name}><span className="lab">{name}</span><div className="text">{text}</div></div>)}
    {doc.units.length > 0 && <div className="part"><span className="lab">建议承办单位</span><p>{doc.units.map(({ name }) => name).join('、')}</p></div>}
    {doc.choices && saidWords(doc.choices).length > 0 && <div className="part"><span className="lab">提案人提交时</span><p>{saidWords(doc.choices).join('、')}</p></div>}</>;
}

function Exchange({ doc }: { doc: SubmissionView }): ReactNode {
  const now = useNow(60_000);
  const { prepared, review } = doc;
  const said = saidIn(doc);
  return <>{prepared && <div className="part"><div className="rowx"><span className="lab">拟办意见</span><span className="tag b">{preparedOutcomeWords[prepared.outcome]}</span><span className="cap">{prepared.by}</span></div><div className="text small">{prepared.note}</div></div>}
    {review && <div className="part"><div className="rowx"><span className="lab">初审意见</span><span className="tag b">{review.outcome.name}</span><span className="cap num">{review.by} · {instantWords(new Date(review.at), now)}</span></div>
      <div className="text small">{review.note}</div>{review.units.length > 0 && <p className="cap">建议承办单位：{review.units.map(({ name }) => name).join('、')}</p>}</div>}
    {said.map((step) => <div className="part" key={step.id}><div className="rowx"><span className="lab">{step.words}</span><span className="cap num">{step.who} · {instantWords(new Date(step.at), now)}</span></div><div className="text small">{step.note}</div></div>)}
    {!prepared && !review && said.length === 0 && <Empty title="还没有往来意见">协办意见、拟办意见、初审意见和退回理由会在这里。</Empty>}</>;
}
/** What was written on the way; the review and the preparation stand on their own above. */
const saidIn = ({ timeline, prepared, review }: SubmissionView) => timeline.filter(({ note, action }) => note !== null && note !== '' && !(action === 'prepare' && prepared) && !(action === 'review' && review));

type Tab = 'reply' | 'text' | 'edits' | 'edition' | 'sent' | 'similar' | 'files' | 'said' | 'handling';
/** Whoever edits, checks or signs looks at the edited text first. */
const firstTab = ({ can, handling }: SubmissionView): Tab => (can.includes('answer_edits') ? 'edits' : handling && (handling.ratings.some((it) => it.mine && it.can.includes('rate')) || handling.talks.some(({ mine }) => mine === 'asked')) ? 'handling' : can.some((act) => act === 'send_check' || act === 'ask_agree' || act === 'check' || act === 'sign') ? 'edition' : can.includes('record') ? 'sent' : 'text');
const Planned = ({ doc }: { doc: SubmissionView }): ReactNode => <>{(doc.planned ?? []).map(({ unit, roleWords }) => <p className="rowx" key={unit.id}><span className="tag">{roleWords}</span><b>{unit.name}</b></p>)}<p className="cap">{doc.state === 'planned' ? '等交办单位交办，交办以后承办单位才看得到。' : '上次拟定的，退回了，请重新拟定。'}</p></>;

/** `reply`: where one looks at a unit's part, its answer so far; `first`: that is what one came for. `tools`: what may be done with the case as a paper. */
interface Props { doc: SubmissionView; again: () => void; tools?: ReactNode; reply?: { readonly first: boolean; readonly body: ReactNode } | undefined }
export function CaseBody({ doc, again, reply, tools }: Props): ReactNode {
  const [chosen, setTab] = useState<Tab | null>(null);
  const tab = chosen ?? (reply?.first ? 'reply' : firstTab(doc));
  const { me } = useDesk();
  const linked = (['handle_proposals', 'dispatch_proposals', 'triage_proposal'] as const).some((it) => me.can.includes(it));
  // A paper's pages are named as such; the Word file keeps its own name.
  const files = [...(doc.entered?.papers ?? []).map((file) => ({ file, note: undefined })), ...(doc.entered?.source ? [{ file: doc.entered.source, note: '原件' }] : []), ...(doc.collective?.seals ?? []).map((file) => ({ file, note: '签名盖章页' })), ...doc.files.map((file) => ({ file, note: undefined }))];
  const count = saidIn(doc).length + (doc.prepared ? 1 : 0) + (doc.review ? 1 : 0);
  const tabs: readonly (readonly [Tab, string, number])[] = [...(reply ? [['reply', '答复稿', 0] as const] : []), ['text', '原文', 0], ...(hasAmendments(doc) ? [['edits', '修改建议', 0] as const] : []), ...(hasEdition(doc) ? [['edition', '编辑稿', 0] as const] : []), ...(doc.kind === 'opinion' && (doc.state === 'sent' || doc.state === 'merged') ? [['sent', '报送', 0] as const] : []), ...(doc.handling ? [['handling', '办理', doc.handling.parts.length] as const] : doc.planned ? [['handling', '拟交办', doc.planned.length] as const] : []), ['similar', '相近', 0], ['files', '附件', files.length], ['said', '往来', count]];
  const [hold, show] = [(it: Tab) => `tab-${it}`, `panel-${tab}`];
  return <><div className="col" style={{ padding: '16px 24px 0' }}><Head doc={doc} tools={tools} />
    <div className="tabs" role="tablist">{tabs.map(([it, words, number]) => <button type="button" role="tab" key={it} id={hold(it)} aria-selected={it === tab} aria-controls={show} onClick={() => setTab(it)}>{words}{number > 0 && <em className="num">{number}</em>}</button>)}</div></div>
    <div className="panel scroll grow" style={{ margin: '8px 24px 12px', gap: 0 }} role="tabpanel" id={show} aria-labelledby={hold(tab)} tabIndex={0}>
      {tab === 'reply' && reply?.body}
      {tab === 'text' && <Written doc={doc} />}
      {tab === 'edits' && <AmendTab key={doc.id} doc={doc} again={again} />}
      {tab === 'edition' && <EditionTab key={doc.id} doc={doc} again={again} />}
      {tab === 'sent' && <DeliveriesTab key={doc.id} doc={doc} again={again} />}
      {tab === 'similar' && <SimilarTab key={doc.id} doc={doc} again={again} />}
      {tab === 'handling' && (doc.handling ? <><CaseReplies handling={doc.handling} again={again} /><HandlingCard handling={doc.handling} linked={linked} answer={(talk) => <TalkAnswer talk={talk} again={again} />} /></> : <Planned doc={doc} />)}
      {tab === 'files' && (files.length > 0 ? files.map(({ file, note }) => <FileLink key={file.id} file={file} {...(note !== undefined && { note })} />) : <Empty title="没有附件">提交人没有附照片或文件。</Empty>)}
      {tab === 'said' && <Exchange doc={doc} />}
    </div></>;
}
