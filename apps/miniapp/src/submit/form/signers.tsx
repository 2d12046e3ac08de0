import { Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { InvalidInput } from '@lvzhi/contracts';
import type { JointView } from '@lvzhi/contracts';
import { a11y } from '../../parts/a11y.ts';
import { DueChip, Sheet } from '../../parts/chip.tsx';
import { Field, Line, Words } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Btn, Card, Note, Row, Tag } from '../../parts/plain.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import type { Draft, Someone } from '../../platform/draft.ts';
import { ask, say } from '../../platform/device.ts';
import { useMe } from '../../platform/session.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';
import type { Editor } from './use-editor.ts';
import type { Files } from './use-files.ts';

type Signer = JointView['rows'][number];
const named = ({ name, note }: Someone): string => (note === '' ? name : `${name}（${note}）`);
const fieldsIn = (error: unknown): string => (error instanceof InvalidInput ? Object.values(error.fields).join('；') : error instanceof Failure && error.refusal.fields ? Object.values(error.refusal.fields).join('；') : reasonOf(error));
const tones = { asked: 'w', signed: 'o', unsigned: 'b' } as const;

/** Whether the words are still those that the others were asked about. */
function isChanged({ text, fileIds }: JointView, draft: Draft): boolean {
  const same = (['title', 'situation', 'analysis', 'suggestion'] as const).every((part) => text[part] === draft[part].trim());
  return !same || [...fileIds].sort().join() !== draft.files.flatMap(({ id }) => id ?? []).sort().join();
}

/** 联名: who is asked to sign this text and how each stands. Only a member has any; the writer comes first and acts for all. */
export function Signers({ editor, files }: { editor: Editor; files: Files }) {
  const { draft, latest, edit, save } = editor;
  const me = useMe();
  const which = { draftKey: draft.key, ...(draft.of && { ofId: draft.of.id }) };
  const isMember = me?.posts.some(({ post }) => post === 'member') === true;
  const asked = useAnswer(isMember, `${draft.key} ${draft.of?.id ?? ''}`, () => api.showJoint(which));
  const [open, setOpen] = useState(false);
  const [one, setOne] = useState<Signer>();
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const joint = asked.answer?.joint ?? undefined;
  const version = joint?.of?.version;
  // That a signature came or went is no other text: the form goes on with the proposal as it now is.
  useEffect(() => { const { of } = latest(); if (of && version !== undefined && version > of.version) { edit({ of: { ...of, version } }); save(); } }, [version, latest, edit, save]);
  if (!isMember) return null;
  const attempt = async (work: () => Promise<{ joint: JointView }>, done: string) => {
    setBusy(true); setTrouble('');
    try { asked.put(await work()); setOpen(false); setOne(undefined); say(done); } catch (error) { setTrouble(fieldsIn(error)); } finally { setBusy(false); }
  };
  const invite = (personIds: readonly string[], done: string) => attempt(async () => {
    await files.settle();
    const { title, situation, analysis, suggestion, files: attached, of } = latest();
    if (attached.some(({ id }) => id === null)) throw new Failure(0, { reason: '有附件还没有传上，传完再邀请。' });
    return api.inviteSigners({ ...which, ...(of && { ofId: of.id }), title, situation, analysis, suggestion, fileIds: attached.flatMap(({ id }) => id ?? []), personIds: [...personIds] });
  }, done);
  const callOff = async (it: Signer) => {
    if (await ask({ title: '取消邀请', text: `${it.person.name}会收到通知，不再列为联名提案人。`, yes: '取消邀请', no: '先不取消' })) await attempt(() => api.callOff({ id: it.id, version: it.version }), '已取消');
  };
  const standing = joint?.rows.filter(({ state }) => state !== 'unsigned') ?? [];
  const changed = joint !== undefined && standing.length > 0 && isChanged(joint, draft);
  return <Field id="f-signers" label="联名" hint={`选填，已联名 ${standing.filter(({ state }) => state === 'signed').length} 位`}>
    {changed && <Note tone="w" icon="info" title="邀请以后，文字改过了">原来的联名只对以前那一稿。改好以后，请大家重新确认，再同意的才算。<View><Btn busy={busy} onTap={() => { void invite([], '已请大家重新确认'); }}>请重新确认</Btn></View></Note>}
    {trouble !== '' && !open && <View className="fault" {...a11y({ role: 'alert' })}>{trouble}</View>}
    {joint && joint.rows.length > 0 && <Card flush>{joint.rows.map((it) => <Row key={it.id} title={named(it.person)} chip={<><Tag tone={tones[it.state]}>{it.stateWords}</Tag>{it.due && <DueChip due={it.due} />}</>}
      {...(it.can.length > 0 && { onTap: () => { setOne(it); } })} />)}</Card>}
    <View className="pick" {...a11y({ role: 'button', label: '邀请委员联名' })} onClick={() => { setTrouble(''); setOpen(true); }}><Text className="faint">{joint ? '再请几位委员' : '邀请委员联名'}</Text><Icon name="r" /></View>
    <View className="cap">写好再请。受邀的委员看得到全文，各自定联不联名；提交时没有答复的，不算联名。</View>
    {open && <Members joint={joint} busy={busy} trouble={trouble} send={(ids) => { void invite(ids, '已发出邀请'); }} close={() => { setOpen(false); }} />}
    {one && <Sheet title={named(one.person)} onClose={() => { setOne(undefined); }}>
      <Text className="sub">{one.state === 'asked' ? '等他答复。' : one.state === 'signed' ? '已经同意联名。' : '没有联名。可以再请一次。'}</Text>
      {one.can.includes('ask_again') && <Btn busy={busy} onTap={() => { void invite([one.person.id], '已再请'); }}>再请一次</Btn>}
      {one.can.includes('call_off') && <Btn danger busy={busy} onTap={() => { void callOff(one); }}>取消邀请</Btn>}
    </Sheet>}
  </Field>;
}

function Members({ joint, busy, trouble, send, close }: { joint: JointView | undefined; busy: boolean; trouble: string; send: (ids: readonly string[]) => void; close: () => void }) {
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState<readonly Someone[]>([]);
  const asked = useAnswer(wanted !== '', wanted, () => api.findReporters({ query: wanted }));
  const known = new Set(joint?.rows.map(({ person }) => person.id));
  const found = wanted === '' ? [] : (asked.answer?.rows ?? []).filter(({ id }) => !known.has(id));
  const shown = [...chosen, ...found.filter(({ id }) => !chosen.some((it) => it.id === id))];
  const tap = (id: string) => {
    const added = found.find((it) => it.id === id);
    if (chosen.some((it) => it.id === id)) setChosen(chosen.filter((it) => it.id !== id));
    else if (added) setChosen([...chosen, added]);
  };
  return <Sheet title="邀请委员联名" closeWords="先不请" onClose={close}>
    <Line label="找委员" initial="" placeholder="输姓名或界别找委员" onType={(text) => { setWanted(text.trim()); }} />
    <Words label="委员" options={shown.map((it) => ({ code: it.id, name: named(it) }))} chosen={chosen.map(({ id }) => id)} onTap={tap} />
    <Text className="sub">{asked.problem ? asked.problem.reason : wanted !== '' && asked.answer && found.length === 0 ? '没有这位委员，或者已经请过了。' : '受邀的委员会收到通知，看得到现在的全文。'}</Text>
    {trouble !== '' && <View className="fault" {...a11y({ role: 'alert' })}>{trouble}</View>}
    <Btn main off={chosen.length === 0} busy={busy} onTap={() => { send(chosen.map(({ id }) => id)); }}>{chosen.length === 0 ? '请先选委员' : `邀请 ${chosen.length} 位`}</Btn>
  </Sheet>;
}
