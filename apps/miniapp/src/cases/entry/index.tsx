import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import { InvalidInput } from '@lvzhi/contracts';
import type { EntryView } from '@lvzhi/contracts';
import { kindWords, urgencyWords } from '@lvzhi/domain';
import { CaseText } from '../../parts/case-text.tsx';
import { DueChip, Sheet } from '../../parts/chip.tsx';
import { TextArea } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Papers } from '../../parts/papers.tsx';
import { Btn, Card, Hero, Note, Section, Tag } from '../../parts/plain.tsx';
import { PledgeCard } from '../../parts/pledges.tsx';
import type { Pledges } from '../../parts/pledges.tsx';
import { ProposalSaid } from '../../parts/said.tsx';
import type { SaidChoices } from '../../parts/said.tsx';
import { Timeline } from '../../parts/progress.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { catalogue } from '../../platform/catalogue.ts';
import { whenWords } from '../../platform/clock.ts';
import { scrollTo } from '../../platform/device.ts';
import { replaceBy } from '../../platform/go.ts';
import { newKey } from '../../platform/keys.ts';
import { useMe } from '../../platform/session.ts';
import { offerUndo } from '../../platform/undo.ts';
import { useRefresh } from '../../platform/use-refresh.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';

type Answering = 'ask_correction' | 'refuse_entry';
const sheets: Record<Answering, { title: string; hint: string; placeholder: string; act: string; done: string }> = {
  ask_correction: { title: '哪里要更正', hint: '工作人员改好后，会请您再看一遍。', placeholder: '例如：骑手是 162 人，不是 126 人', act: '请工作人员更正', done: '已请工作人员更正' },
  refuse_entry: { title: '不同意提交', hint: '这件不会提交，工作人员会看到您的理由。', placeholder: '为什么不同意', act: '不同意提交', done: '已告诉工作人员，没有提交' },
};
const reasonIn = (error: unknown): string => (error instanceof InvalidInput ? Object.values(error.fields).join('；') : error instanceof Failure && error.refusal.fields ? Object.values(error.refusal.fields).join('；') : reasonOf(error));

/** What an office wrote down for this person: read it, then it is confirmed, sent back or refused. */
export default function EntryPage() {
  const { id = '' } = useRouter().params;
  const me = useMe();
  const asked = useAnswer(me !== undefined, id, async () => { const [doc, rules] = await Promise.all([api.showEntry({ id }), catalogue()]); return { doc, rules }; });
  const [pledges, setPledges] = useState<Pledges>({ noSecret: false, original: false });
  const [said, setSaid] = useState<Partial<SaidChoices>>({});
  const [tried, setTried] = useState(false);
  const [sheet, setSheet] = useState<Answering>();
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  useRefresh(asked.again);
  const doc = asked.answer?.doc;
  const act = async (work: () => Promise<void>) => {
    setBusy(true); setTrouble('');
    try { await work(); key.current = newKey(); } catch (error) {
      setTrouble(reasonIn(error));
      if (error instanceof Failure && error.status === 409) { setSheet(undefined); await asked.again(); }
      scrollTo('entry-top');
    } finally { setBusy(false); }
  };
  const on = (it: EntryView) => ({ id: it.id, version: it.version, key: key.current });
  const confirm = (it: EntryView) => {
    setTried(true);
    if (!pledges.noSecret || !pledges.original) { scrollTo('f-pledges'); return; }
    void act(async () => { const answer = await api.confirmEntry({ ...on(it), ...(it.kind === 'proposal' && saidOf(it)), noSecret: true, original: true }); replaceBy('done', { id: answer.doc.submissionId ?? '' }); });
  };
  const answer = (it: EntryView, how: Answering, note: string) => act(async () => {
    const said = await (how === 'ask_correction' ? api.askCorrection({ ...on(it), note }) : api.refuseEntry({ ...on(it), note }));
    setSheet(undefined);
    if (asked.answer) asked.put({ ...asked.answer, doc: said.doc });
    offerUndo(sheets[how].done, null, () => Promise.resolve());
  });
  // What the clerk typed is there to begin with; the author says it for themselves.
  const saidOf = ({ form: { publicity, conversion } }: EntryView): SaidChoices => ({ publicity, conversion, ...said });
  const may = (action: EntryView['can'][number]) => doc?.can.includes(action) === true;
  const bar = doc && may('confirm_entry') ? <><Btn onTap={() => { setSheet('ask_correction'); }}>请更正</Btn><Btn main size="two" busy={busy} onTap={() => { confirm(doc); }}>确认并提交</Btn></> : undefined;
  return <Page {...(bar && { bar })}>
    <View id="entry-top" className="anchor" />
    {trouble !== '' && !sheet && <Note tone="x" title="没有办成，内容没有变" alert>{trouble}</Note>}
    <Loaded of={asked}>{(it) => <>
      <Read doc={it.doc} />
      {may('confirm_entry') && it.doc.kind === 'proposal' && <ProposalSaid said={saidOf(it.doc)} onChange={(change) => { setSaid({ ...said, ...change }); }} />}
      {may('confirm_entry') && <PledgeCard pledges={pledges} faults={tried ? { noSecret: '请勾选“内容不涉密”', original: '请勾选“本人原创，未向其他渠道报送”' } : {}} words={it.rules.pledge} onChange={setPledges} />}
      {may('refuse_entry') && <Btn plain danger onTap={() => { setSheet('refuse_entry'); }}>不是我写的，或不同意提交</Btn>}
      {it.doc.submissionId !== null && <Btn onTap={() => { replaceBy('detail', { id: it.doc.submissionId ?? '' }); }}>看进展</Btn>}
    </>}</Loaded>
    {sheet && doc && <Answer how={sheet} busy={busy} fault={trouble} onSend={(note) => { void answer(doc, sheet, note); }} onClose={() => { setSheet(undefined); setTrouble(''); }} />}
  </Page>;
}

function Answer({ how, busy, fault, onSend, onClose }: { how: Answering; busy: boolean; fault: string; onSend: (note: string) => void; onClose: () => void }) {
  const [note, setNote] = useState('');
  const { title, hint, placeholder, act } = sheets[how];
  return <Sheet title={title} closeWords="先不说" onClose={onClose}>
    <Text className="sub">{hint}</Text>
    <TextArea label={title} initial="" placeholder={placeholder} onType={setNote} />
    {fault !== '' && <View className="fault">{fault}</View>}
    <Btn danger={how === 'refuse_entry'} off={note.trim().length < 2} busy={busy} onTap={() => { onSend(note); }}>{act}</Btn>
  </Sheet>;
}

const stands: Record<EntryView['state'], string> = {
  entering: '', awaiting_confirmation: '确认以前没有提交，谁也不会办理。请逐字看一遍：姓名、数字、地点对不对。', correction_asked: '已请工作人员更正，改好后会再请您看。',
  submitted: '您已经确认，已提交。', refused: '您没有同意，这件没有提交。', cancelled: '工作人员已经撤销，这件没有提交，不用您再做什么。',
};

function Read({ doc }: { doc: EntryView }) {
  const by = [doc.office?.short, doc.clerk.name].filter(Boolean).join(' ');
  const files = [...doc.papers, ...(doc.source ? [doc.source] : []), ...doc.files];
  const tags = [doc.category?.name, doc.nature?.name, doc.town?.name, ...doc.units.map(({ name }) => name)].filter((name) => name !== undefined);
  return <>
    <Hero small title={doc.title}>
      <Text>{kindWords[doc.kind]} · {by} {whenWords(doc.enteredAt)} 代您录入</Text>
      <View className="row-chip"><Tag tone={doc.state === 'submitted' ? 'o' : 'b'}>{doc.stateWords}</Tag>{doc.form.urgency !== 'normal' && <Tag tone="x">{urgencyWords[doc.form.urgency]}</Tag>}{doc.due && doc.state === 'awaiting_confirmation' && <DueChip due={doc.due} />}</View>
    </Hero>
    <Note tone={doc.state === 'awaiting_confirmation' ? 'w' : 'b'} icon="info" title={doc.state === 'awaiting_confirmation' ? `工作人员代您录入了${kindWords[doc.kind]}，请确认` : doc.stateWords}>{stands[doc.state]}</Note>
    {doc.said !== null && doc.state !== 'submitted' && <Note tone="b" icon="msg" title="您说的">{doc.said}</Note>}
    <Section title={`正文，${doc.length} 字`} />
    <Card><CaseText text={doc.form} />{tags.length > 0 && <View className="hit">{tags.map((name) => <Tag key={name}>{name}</Tag>)}</View>}</Card>
    {files.length > 0 && <><Section title={`原件和附件 ${files.length} 个`} /><Papers files={files} /></>}
    <Card><Timeline steps={doc.timeline.map(({ id, words, who, at, note }) => ({ key: id, look: 'done', title: `${words} · ${who}`, note: whenWords(at), said: note }))} /></Card>
  </>;
}
