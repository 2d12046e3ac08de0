import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useEffect, useRef, useState } from 'react';
import type { InvitationView } from '@lvzhi/contracts';
import { partWords } from '@lvzhi/domain';
import type { Choice } from '@lvzhi/domain';
import { CaseText } from '../../parts/case-text.tsx';
import { DueChip } from '../../parts/chip.tsx';
import { Differing, DifferingWords } from '../../parts/differing.tsx';
import { Page } from '../../parts/page.tsx';
import { Papers } from '../../parts/papers.tsx';
import { Btn, Card, Hero, Kind, Note, Section, Tag } from '../../parts/plain.tsx';
import { PublicitySaid } from '../../parts/said.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { whenWords } from '../../platform/clock.ts';
import { ask, say, scrollTo } from '../../platform/device.ts';
import { go } from '../../platform/go.ts';
import { newKey } from '../../platform/keys.ts';
import { useMe } from '../../platform/session.ts';
import { useRefresh } from '../../platform/use-refresh.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';

type Act = 'sign' | 'decline' | 'takeBack';
const questions: Record<Act, { title: string; text: string; yes: string; no: string; done: string }> = {
  sign: { title: '同意联名', text: '您联名的就是这一稿。以后文字改动，会再请您看，您再同意才算。立案以前可以撤回。', yes: '同意联名', no: '再看看', done: '已联名' },
  decline: { title: '不联名', text: '不用写理由，对方只看到“未联名”，别人都看不到。', yes: '不联名', no: '再看看', done: '好，没有联名' },
  takeBack: { title: '撤回联名', text: '撤回以后您不再是这件提案的提案人，看不到以后的进展。', yes: '撤回', no: '不撤', done: '已撤回联名' },
};

/** An invitation to sign somebody's proposal: the text as it is to be signed, read only, and the two answers. */
export default function CosignPage() {
  const { id = '' } = useRouter().params;
  const me = useMe();
  const asked = useAnswer(me !== undefined, id, () => api.showInvitation({ id }));
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  const [publicity, setPublicity] = useState<Choice | null>(null);
  const key = useRef(newKey());
  const doc = asked.answer;
  const shown = doc?.id;
  useRefresh(asked.again);
  useEffect(() => { if (shown !== undefined) api.readAbout({ id: shown }).catch(() => undefined); }, [shown]);
  const act = async (it: InvitationView, how: Act) => {
    const { done, ...question } = questions[how];
    if (!(await ask(question))) return;
    setBusy(true); setTrouble('');
    try {
      const answer = await { sign: api.cosign, decline: api.declineCosign, takeBack: api.takeBackCosign }[how]({ id: it.id, version: it.version, key: key.current, ...(how === 'sign' && { publicity }) });
      key.current = newKey();
      asked.put(answer.doc);
      say(done);
    } catch (error) {
      setTrouble(reasonOf(error));
      scrollTo('cosign-top');
      if (error instanceof Failure && error.status === 409) { key.current = newKey(); await asked.again(); }
    } finally { setBusy(false); }
  };
  const bar = doc?.can.includes('cosign') ? <><Btn busy={busy} onTap={() => { void act(doc, 'decline'); }}>不联名</Btn><Btn main size="two" busy={busy} onTap={() => { void act(doc, 'sign'); }}>同意联名</Btn></> : undefined;
  return <Page {...(bar && { bar })}>
    <View id="cosign-top" className="anchor" />
    {trouble !== '' && <Note tone="x" title="没有办成" alert>{trouble}</Note>}
    <Loaded of={asked}>{(it) => <>
      <Read doc={it} />
      {it.can.includes('cosign') && <PublicitySaid value={publicity} onChange={setPublicity} />}
      {it.proposalId !== null && <Btn onTap={() => { go('detail', { id: it.proposalId ?? '' }); }}>看提案进展</Btn>}
      {it.can.includes('take_back_cosign') && <Btn plain danger busy={busy} onTap={() => { void act(it, 'takeBack'); }}>撤回联名</Btn>}
    </>}</Loaded>
  </Page>;
}

const stands = ({ state, can, before, signedAt, proposalId }: InvitationView): { tone: 'w' | 'b' | 'o'; title: string; text: string } => {
  if (state === 'signed') return { tone: 'o', title: `您已联名${signedAt === null ? '' : `，${whenWords(signedAt)}`}`, text: proposalId === null ? '第一提案人还没有提交，提交时会告诉您。' : '提案已经提交，您是联名提案人。' };
  if (can.includes('cosign') && before) return { tone: 'w', title: '文字改过了，请看改了哪里，再定联不联名', text: '您以前的联名是对原来那一稿的，现在不算数，同意这一稿的才算。不同意不用理由，也不告诉别人。' };
  if (can.includes('cosign')) return { tone: 'w', title: '请看全文，再定联不联名', text: '同意的，列在第一提案人后面，答复也会送给您评价。不同意不用理由，也不告诉别人。' };
  return { tone: 'b', title: '未联名', text: '您不在这件提案的提案人里，全文不再给您看，不用您再做什么。' };
};

function Read({ doc }: { doc: InvitationView }) {
  const { tone, title, text } = stands(doc);
  const named = ({ name, note }: InvitationView['first']) => name + (note && `（${note}）`);
  return <>
    <Hero small title={doc.title}>
      <Text>{named(doc.first)} {whenWords(doc.askedAt)} 邀请您联名</Text>
      <View className="row-chip"><Tag tone={doc.state === 'signed' ? 'o' : 'b'}>{doc.stateWords}</Tag>{doc.textNo > 1 && <Tag>第 {doc.textNo} 稿</Tag>}{doc.due && <DueChip due={doc.due} />}</View>
    </Hero>
    <Note tone={tone} icon={tone === 'o' ? 'check' : 'info'} title={title}>{text}</Note>
    {doc.state !== 'unsigned' && <Card><Kind icon="users">提案人</Kind><View>第一提案人：{named(doc.first)}</View>
      <View className="sub">{doc.signers.length > 0 ? `已经联名：${doc.signers.map(named).join('、')}` : '还没有人联名'}</View></Card>}
    {doc.before && <Changed before={doc.before} after={doc.text} />}
    {doc.length > 0 && <><Section title={`全文，${doc.length} 字`} />
    <Card><CaseText text={doc.text} /></Card></>}
    {doc.files.length > 0 && <><Section title={`附件 ${doc.files.length} 个`} /><Papers files={doc.files} /></>}
  </>;
}

const parts = ['title', 'situation', 'analysis', 'suggestion'] as const;
/** Between the text that this member signed and the one that they are asked about now. */
function Changed({ before, after }: { before: NonNullable<InvitationView['before']>; after: InvitationView['text'] }) {
  const changed = parts.filter((part) => before[part] !== after[part]);
  return <><Section title="改了哪里" />
    {changed.length === 0 ? <Card>文字没有改，改的是附件。</Card> : <Card><View className="cap"><DifferingWords /></View>
      {changed.map((part) => <View key={part}><Kind icon="pen">{partWords[part]}</Kind><Differing before={before[part]} after={after[part]} /></View>)}</Card>}</>;
}
