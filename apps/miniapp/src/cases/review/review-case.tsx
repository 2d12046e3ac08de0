import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import { InvalidInput } from '@lvzhi/contracts';
import type { Catalogue, SubmissionView } from '@lvzhi/contracts';
import { kindWords, preparedOutcomeWords, urgencyWords } from '@lvzhi/domain';
import { CaseText } from '../../parts/case-text.tsx';
import { DueChip, Sheet } from '../../parts/chip.tsx';
import { Field, TextArea, Words } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { Papers } from '../../parts/papers.tsx';
import { Btn, Card, Hero, Note, Section, Tag } from '../../parts/plain.tsx';
import { WhyHere } from '../../parts/why-here.tsx';
import { newKey } from '../../platform/keys.ts';
import { whenWords } from '../../platform/clock.ts';
import { scrollTo } from '../../platform/device.ts';
import { goToReview } from '../../platform/go.ts';
import { didMove } from '../../platform/moves.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';
import { decide, reviewActions, staysHere, wordsOf } from './decide.ts';
import type { Decision, ReviewAction } from './decide.ts';
import { ActionSheet } from './sheets.tsx';

interface ReviewProps { doc: SubmissionView; rules: Catalogue; onDoc: (doc: SubmissionView) => void; onNext: () => void; again: () => Promise<void> }
/** These need no more than the opinion that is (or may be) written on the page. */
const direct = ['pass', 'return', 'comment', 'start_review'] as const;
const isDirect = (action: ReviewAction): action is (typeof direct)[number] => direct.some((it) => it === action);
const needsNote = (action: ReviewAction): boolean => action === 'return' || action === 'comment';

export function ReviewCase({ doc, rules, onDoc, onNext, again }: ReviewProps) {
  const [note, setNote] = useState('');
  const key = useRef(newKey());
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const [sheet, setSheet] = useState<ReviewAction | 'more'>();
  const allowed = reviewActions.filter((action) => doc.can.some((it) => it === action));
  const run = async (decision: Decision) => {
    setBusy(true); setFault('');
    try {
      const answer = await decide(doc, key.current, decision);
      key.current = newKey();
      didMove(`已${wordsOf(doc.kind, decision.action).replace('不归我们，', '')}`, answer, (it) => { if (it.id === doc.id && staysHere(decision.action)) onDoc(it); else goToReview(it.id); });
      setSheet(undefined);
      if (staysHere(decision.action)) onDoc(answer.doc); else onNext();
    } catch (error) {
      setFault(error instanceof InvalidInput ? error.message : reasonOf(error));
      if (error instanceof Failure && error.status === 409) { setSheet(undefined); await again(); }
    } finally { setBusy(false); }
  };
  const tap = (action: ReviewAction) => {
    setFault('');
    if (!isDirect(action)) { setSheet(action); return; }
    if (needsNote(action) && note.trim().length < 2) { setSheet(undefined); setFault(`请先写上${action === 'comment' ? '协办意见' : '要补充什么'}`); scrollTo('opinion'); return; }
    void run({ action, note });
  };
  return <Page {...(allowed.length > 0 && { bar: <Acts doc={doc} allowed={allowed} busy={busy} onTap={tap} onMore={() => { setSheet('more'); }} /> })}
    overlay={sheet === undefined ? null : sheet === 'more' ? <More doc={doc} allowed={rest(allowed)} onTap={tap} onClose={() => { setSheet(undefined); }} />
      : <ActionSheet action={sheet} doc={doc} rules={rules} note={note} busy={busy} fault={fault} onDecide={(decision) => { void run(decision); }} onClose={() => { setSheet(undefined); }} />}>
    <CaseFacts doc={doc} onReroute={allowed.includes('reroute') ? () => { tap('reroute'); } : undefined} />
    {allowed.length > 0 ? <Opinion rules={rules} note={note} onNote={setNote} fault={sheet === undefined ? fault : ''} optional={allowed.includes('pass')} />
      : <Note tone="b">现在是“{doc.stateWords}”，这里没有要您做的。</Note>}
    {allowed.length > 0 && <View className="cap centre">处理后自动到下一件，{rules.undoSeconds} 秒内可撤销</View>}
  </Page>;
}

const mainOf = (allowed: readonly ReviewAction[]): ReviewAction | undefined => allowed.find((action) => action !== 'return' && action !== 'not_adopt' && action !== 'reroute') ?? allowed[0];
const secondOf = (allowed: readonly ReviewAction[]): ReviewAction | undefined => (allowed.includes('return') && mainOf(allowed) !== 'return' ? 'return' : undefined);
const rest = (allowed: readonly ReviewAction[]): ReviewAction[] => allowed.filter((action) => action !== mainOf(allowed) && action !== secondOf(allowed));

function Acts({ doc, allowed, busy, onTap, onMore }: { doc: SubmissionView; allowed: readonly ReviewAction[]; busy: boolean; onTap: (action: ReviewAction) => void; onMore: () => void }) {
  const [main, second] = [mainOf(allowed), secondOf(allowed)];
  return <>
    {second && <Btn busy={busy} onTap={() => { onTap(second); }}>{wordsOf(doc.kind, second)}</Btn>}
    {rest(allowed).length > 0 && <Btn size="fit" onTap={onMore}>更多</Btn>}
    {main && <Btn main size="two" busy={busy} onTap={() => { onTap(main); }}>{wordsOf(doc.kind, main)}</Btn>}
  </>;
}
const More = ({ doc, allowed, onTap, onClose }: { doc: SubmissionView; allowed: readonly ReviewAction[]; onTap: (action: ReviewAction) => void; onClose: () => void }) =>
  <Sheet title="还可以" closeWords="先不做" onClose={onClose}>{allowed.map((action) => <Btn key={action} {...(action === 'not_adopt' && { danger: true })} onTap={() => { onTap(action); }}>{wordsOf(doc.kind, action)}</Btn>)}</Sheet>;

/** The written opinion, with phrases that save typing. */
function Opinion({ rules, note, onNote, fault, optional }: { rules: Catalogue; note: string; onNote: (note: string) => void; fault: string; optional: boolean }) {
  const [sheet, setSheet] = useState(0);
  const add = (words: string) => { onNote([note.trim(), words].filter(Boolean).join('；')); setSheet(sheet + 1); };
  return <Field id="opinion" label="初审意见" hint={optional ? '通过可不填' : '必填'} {...(fault && { fault })}>
    <TextArea key={sheet} label="初审意见" initial={note} placeholder="写在这里，反映人和下一步的人会看到" onType={onNote} />
    <Words label="常用意见" options={rules.returnReasons.map((name) => ({ code: name, name }))} chosen={[]} onTap={add} />
  </Field>;
}

function CaseFacts({ doc, onReroute }: { doc: SubmissionView; onReroute: (() => void) | undefined }) {
  const due = doc.holder?.due;
  return <>
    <Hero small title={doc.title}>
      <View className="row-chip"><Tag tone="b">{kindWords[doc.kind]}</Tag>{doc.urgency !== 'normal' && <Tag tone="x">{urgencyWords[doc.urgency]}</Tag>}<Tag>{doc.stateWords}</Tag>{due && <DueChip due={due} />}</View>
      <Text>{[doc.author, ...doc.coAuthors].map(({ name, note }) => name + (note && `（${note}）`)).join('、')}{doc.submittedAt && ` · ${whenWords(doc.submittedAt)} 提交`}</Text>
    </Hero>
    {doc.prepared && <Note tone="o" icon="pen" title={`干部拟：${preparedOutcomeWords[doc.prepared.outcome]}`}>{doc.prepared.note}（{doc.prepared.by}）</Note>}
    {doc.routing && <WhyHere card={doc.routing} at={doc.committee}>{onReroute && <Btn plain onTap={onReroute}><Icon name="swap" /><Text>不归我们</Text></Btn>}</WhyHere>}
    <Card><CaseText text={doc.text} />
      <View className="cap">{[`${doc.length} 字`, doc.category?.name, doc.nature?.name, doc.town?.name, doc.files.length > 0 ? `附件 ${doc.files.length} 个` : '没有附件'].filter(Boolean).join(' · ')}</View>
      {doc.units.length > 0 && <View className="cap">建议承办：{doc.units.map(({ name }) => name).join('、')}</View>}</Card>
    {doc.files.length > 0 && <><Section title="附件" /><Papers files={doc.files} /></>}
  </>;
}
