import { useRouter } from '@tarojs/taro';
import { View } from '@tarojs/components';
import { useEffect, useRef, useState } from 'react';
import type { SubmissionView } from '@lvzhi/contracts';
import { InvalidInput } from '@lvzhi/contracts';
import { isVoice, kindWords, saidWords, urgencyWords } from '@lvzhi/domain';
import { CaseText } from '../../parts/case-text.tsx';
import { Page } from '../../parts/page.tsx';
import { Papers } from '../../parts/papers.tsx';
import { Btn, Card, Facts, Hero, Kind, Note, Section, Tag } from '../../parts/plain.tsx';
import { Holder, stepsOf, Timeline } from '../../parts/progress.tsx';
import { AmendmentPart } from './amendment.tsx';
import { Answering, canAnswer } from './answering.tsx';
import { Loaded, StateCard } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { WhyHere } from '../../parts/why-here.tsx';
import { api } from '../../platform/api.ts';
import { newKey } from '../../platform/keys.ts';
import { whenWords } from '../../platform/clock.ts';
import { ask, say, scrollTo, title } from '../../platform/device.ts';
import { go } from '../../platform/go.ts';
import { didMove } from '../../platform/moves.ts';
import { useMe } from '../../platform/session.ts';
import { useRefresh } from '../../platform/use-refresh.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';
import { HandlingPart } from './handling.tsx';
import { SigningPart } from './signing.tsx';
import { ratingOf } from './rate-form.tsx';
import { RepliesPart } from './replies.tsx';
import { PublicationPart } from './publication.tsx';
import { SupervisionPart } from './supervision.tsx';
import { DeliveriesPart, EditionPart, EditionSheet } from './edition.tsx';

const reviewing: readonly SubmissionView['can'][number][] = ['pass', 'review', 'return', 'not_adopt', 'reroute', 'start_review', 'prepare', 'comment'];

const inReview: readonly SubmissionView['state'][] = ['submitted', 'first_review', 'under_review'];

function useCase(id: string, ready: boolean) {
  const asked = useAnswer(ready, id, () => api.show({ id }));
  useRefresh(asked.again);
  const [kind, shown] = [asked.answer?.kind, asked.answer?.id];
  // That it was read is for the desk to know; where it could not be said, the person has it before them all the same.
  useEffect(() => { if (shown !== undefined) api.readAbout({ id: shown }).catch(() => undefined); }, [shown]);
  useEffect(() => { if (kind) title(kindWords[kind]); }, [kind]);
  return asked;
}

/** One case wholly: who has it until when, why it went there, what happened, the text, and what this person may do. */
export default function Detail() {
  const { id = '' } = useRouter().params;
  const me = useMe();
  const asked = useCase(id, me !== undefined);
  const doc = asked.answer;
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const [sheet, setSheet] = useState<'object' | 'rework'>();
  const rating = doc && ratingOf(doc);
  // One's own, and what belongs to a body that one speaks for.
  const selves = me ? [me.person.id, ...me.posts.flatMap(({ post, body }) => (isVoice(post) && body ? [body.id] : []))] : [];
  const [fault, setFault] = useState('');
  const run = async (words: string, act: () => ReturnType<typeof api.withdraw>) => {
    setBusy(true); setFault('');
    try {
      const answer = await act();
      key.current = newKey();
      setSheet(undefined);
      asked.put(answer.doc);
      didMove(words, answer, asked.put);
    } catch (error) {
      if (sheet === undefined) say(reasonOf(error)); else setFault(error instanceof InvalidInput ? error.message : reasonOf(error));
      if (error instanceof Failure && error.status === 409) await asked.again();
    } finally { setBusy(false); }
  };
  const on = (it: SubmissionView) => ({ id, version: it.version, key: key.current });
  const withdraw = async (it: SubmissionView) => {
    if (await ask({ title: '撤回修改', text: '撤回后变成草稿，改好可以再提交，收件号不变。', yes: '撤回', no: '先不撤' })) await run('已撤回，可以修改了', () => api.withdraw(on(it)));
  };
  const sign = async (it: SubmissionView) => {
    if (await ask({ title: '签发', text: '签发后给期号，不能撤销。', yes: '签发', no: '先不签' })) await run('已签发', () => api.sign(on(it)));
  };
  const buttons = doc ? [
    doc.can.includes('object') && <Btn key="object" busy={busy} onTap={() => { setSheet('object'); }}>不同意</Btn>,
    doc.can.includes('agree') && <Btn key="agree" main busy={busy} onTap={() => { void run('已同意编辑稿', () => api.agreeEdition(on(doc))); }}>同意编辑稿</Btn>,
    doc.can.includes('rework') && <Btn key="rework" busy={busy} onTap={() => { setSheet('rework'); }}>退回编辑</Btn>,
    doc.can.includes('sign') && <Btn key="sign" main busy={busy} onTap={() => { void sign(doc); }}>签发</Btn>,
    rating && <Btn key="rate" onTap={() => { scrollTo('rate'); }}>评价答复</Btn>,
    doc.can.includes('withdraw') && <Btn key="withdraw" busy={busy} onTap={() => { void withdraw(doc); }}>撤回修改</Btn>,
    doc.can.includes('submit') && <Btn key="mend" main onTap={() => { go('form', { of: id }); }}>{doc.state === 'returned' ? '补充后再提交' : '修改后再提交'}</Btn>,
    inReview.includes(doc.state) && doc.can.some((action) => reviewing.includes(action)) && <Btn key="review" main onTap={() => { go('review', { id }); }}>去初审</Btn>,
  ].filter(Boolean) : [];
  const close = () => { setSheet(undefined); };
  const overlay = sheet && doc && <EditionSheet of={sheet} busy={busy} fault={fault} onClose={close} onSend={(note) => { void (sheet === 'object' ? run('已回复不同意', () => api.objectEdition({ ...on(doc), note })) : run('已退回编辑', () => api.rework({ ...on(doc), note }))); }} />;
  return <Page {...(buttons.length > 0 && { bar: buttons })} overlay={overlay}><Loaded of={asked}>{(it) => <Case doc={it} mine={selves.includes(it.author.id)} ours={[it.author, ...it.coAuthors].some(({ id: who }) => selves.includes(who))} onDoc={asked.put} again={asked.again} />}</Loaded></Page>;
}

const saidTitles: Partial<Record<SubmissionView['state'], string>> = { returned: '退回补充的意见', not_adopted: '没有采用的理由', archived: '留存备查的理由', rejected: '没有立案的理由', to_suggestion: '转意见建议的说明', consent_asked: '提案委的转办理由', merged: '合并说明' };
const returnedNote = (doc: SubmissionView): string | null => (saidTitles[doc.state] !== undefined ? [...doc.timeline].reverse().find(({ note }) => note)?.note ?? null : null);

const endWords = ({ kind, state, main, linked }: SubmissionView): string => {
  if (kind === 'opinion' && state === 'sent') return '已经报送，报到哪里、有什么结果在下面，有新结果会告诉您。';
  if (kind === 'opinion' && state === 'merged') return '和说同一件事的社情民意合并编发，您仍是反映人，编发和结果在下面，有新结果会告诉您。';
  if (state === 'handling') return '正在由承办单位办理，承办单位和期限在下面。';
  if (state === 'replied') return '已经答复，您评价过了，等其他提案人评价。';
  if (state === 'rehandling') return '有提案人不满意，正在由承办单位重新办理。';
  if (kind === 'proposal' && state === 'closed') return '已经办结，答复和评价在下面。';
  if (state === 'merged') return `并入主案 ${main?.caseNo ?? ''}，您仍是提案人，办理结果会分别答复您。`;
  if (state === 'to_opinion') return `已转为社情民意${linked ? `，收件号 ${linked.receiptNo}，在“履职”里看进展` : ''}。`;
  return '已经办完，不用您再做什么。';
};

function SourceNote({ source: { kind, id, words } }: { source: NonNullable<SubmissionView['source']> }) {
  return <Note tone="b" icon="users" title={`来源：${words}`} {...(id !== null && kind.code === 'visit' && { onTap: () => { go('visit', { id }); } })} />;
}

const firstWords = ({ kind }: SubmissionView): string => (kind === 'proposal' ? '第一提案人' : '第一反映人');
const saidTitle = (doc: SubmissionView, mine: boolean, ours: boolean): string => (doc.state === 'returned' && ours ? `请${mine ? '您' : firstWords(doc)}补充修改` : saidTitles[doc.state] ?? '办理意见');

/** `mine`: the first proposer's or reporter's own; `ours`: of those beside them, too. */
interface CaseProps { doc: SubmissionView; mine: boolean; ours: boolean; onDoc: (doc: SubmissionView) => void; again: () => Promise<void> }
function Case({ doc, mine, ours, onDoc, again }: CaseProps) {
  const said = returnedNote(doc);
  const files = [...doc.entered?.papers ?? [], ...(doc.entered?.source ? [doc.entered.source] : []), ...doc.collective?.seals ?? [], ...doc.files];
  return <>
    <Hero small title={doc.title}>
      <Facts of={[doc.proposer?.name, doc.caseNo, doc.receiptNo, doc.submittedAt && `${whenWords(doc.submittedAt)} 提交`]} />
      <View className="row-chip"><Tag tone="b">{doc.stateWords}</Tag>{doc.urgency !== 'normal' && <Tag tone="x">{urgencyWords[doc.urgency]}</Tag>}</View>
    </Hero>
    {said !== null && <Note tone="w" icon="info" title={saidTitle(doc, mine, ours)}>{said}</Note>}
    {doc.source && <SourceNote source={doc.source} />}
    {doc.entered && <Note tone="b" icon="pen" title={doc.entered.words}>{doc.entered.by} {whenWords(doc.entered.at)} 录入</Note>}
    {doc.holder ? <Card><Holder holder={doc.holder} mine={ours && ratingOf(doc) !== undefined || mine && (doc.can.includes('submit') || doc.can.includes('consent') || doc.can.includes('answer_edits') || doc.can.includes('agree'))} /></Card>
      : doc.closed !== null ? <StateCard icon="info" title="已作涉密处置">{doc.closed}。收件号和经过保留；确需报送的，请线下送交，不要在网上传送。</StateCard>
      : <StateCard icon="info" title={doc.state === 'draft' ? `现在在${mine ? '您' : firstWords(doc)}手里` : doc.stateWords}>{doc.state === 'draft' ? '已撤回成草稿，没有期限。改好再提交，收件号不变。' : endWords(doc)}</StateCard>}
    <RepliesPart doc={doc} onDoc={onDoc} again={again} />
    <HandlingPart doc={doc} onDoc={onDoc} again={again} />
    {/* A place of their own: what comes later does not move what is there already. */}
    {ours && doc.kind === 'proposal' && doc.caseNo !== null && <View className="later"><PublicationPart id={doc.id} /><SupervisionPart id={doc.id} version={doc.version} /></View>}
    {mine && doc.state === 'signing_anew' && <SigningPart doc={doc} again={again} />}
    {doc.kind === 'proposal' && <AmendmentPart doc={doc} onDoc={onDoc} again={again} />}
    {mine && canAnswer(doc) && <Answering doc={doc} onDoc={onDoc} again={again} />}
    <DeliveriesPart doc={doc} />
    <EditionPart doc={doc} />
    {doc.routing && doc.state !== 'draft' && <WhyHere card={doc.routing} at={doc.committee} />}
    {doc.review && <Card><Kind icon="check">专委会初审意见：{doc.review.outcome.name}</Kind><View>{doc.review.note}</View>
      {doc.review.units.length > 0 && <View className="sub">建议承办：{doc.review.units.map(({ name }) => name).join('、')}</View>}<View className="cap">{doc.review.by} · {whenWords(doc.review.at)}</View></Card>}
    <Card><Timeline steps={stepsOf(doc)} /></Card>
    {doc.closed === null && <><Section title={`原文，${doc.length} 字`} />
    <Card><CaseText text={doc.text} /><View className="hit">{[doc.category?.name, doc.nature?.name, doc.town?.name, ...doc.units.map(({ name }) => name), ...(doc.choices ? saidWords(doc.choices) : [])].filter(Boolean).map((name) => <Tag key={name}>{name}</Tag>)}</View></Card></>}
    {files.length > 0 && <><Section title={`附件 ${files.length} 个`} /><Papers files={files} /></>}
    {doc.collective && <View className="cap centre">{[doc.collective.signer && `${doc.collective.signerWords}${doc.collective.signer}`, doc.collective.signedWords, doc.collective.by && `经办${doc.collective.by}`].filter(Boolean).join('，')}</View>}
    <View className="cap centre">{doc.collective ? '提案者' : doc.kind === 'proposal' ? '提案人' : '反映人'}：{[doc.author, ...doc.coAuthors].map(({ name, note }) => name + (note && `（${note}）`)).join('、')}{doc.closed === null && ' · 原文永久保留'}</View>
  </>;
}
