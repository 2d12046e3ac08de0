import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { EntryRow, InvitationRow, TaskRow, VisitRow } from '@lvzhi/contracts';
import { kindWords } from '@lvzhi/domain';
import { DueChip } from '../../parts/chip.tsx';
import { leftWords, useConsentReady } from '../../parts/consent.tsx';
import { Btn, Btns, Card, Kind, Meta } from '../../parts/plain.tsx';
import { VisitMeta } from '../../parts/visit-meta.tsx';
import { api } from '../../platform/api.ts';
import { newKey } from '../../platform/keys.ts';
import { say } from '../../platform/device.ts';
import { go, goToDocument } from '../../platform/go.ts';
import { didVisit } from '../../platform/moves.ts';
import { askConsent } from '../../platform/reminding.ts';
import { reasonOf } from '../../platform/wire.ts';

/** One thing to do, with its deadline and its act. */
export function TaskCard({ task, again }: { task: TaskRow; again: () => Promise<void> }) {
  if (task.visit) return <VisitTask visit={task.visit} due={task.due} again={again} />;
  if (task.entry) return <EntryTask entry={task.entry} due={task.due} />;
  if (task.invitation) return <InvitationTask invitation={task.invitation} due={task.due} />;
  if (task.kind === 'publication') return <PublicationTask task={task} />;
  if (task.kind === 'ballot') return <BallotTask task={task} />;
  if (task.kind === 'rating') return <RatingTask task={task} />;
  const [revise, consent, edits] = [task.action === 'revise', task.action === 'consent', task.action === 'answer_edits'];
  return <Card>
    <View className="card-top"><Kind icon={revise ? 'pen' : 'doc'}>{kindWords[task.kind]}{revise ? '请补充修改' : edits ? '有修改建议' : consent ? '请您答复' : task.action === 'agree' ? '编辑稿请您过目' : task.actionWords}</Kind>{task.due && <DueChip due={task.due} />}</View>
    <View className="card-title">{task.submission?.title ?? task.actionWords}</View>
    {revise && <View className="meta"><Meta icon="info">原文和收件号都保留，补充后再提交</Meta></View>}
    {edits && <View className="meta"><Meta icon="info">逐段同意或保留原文，原文都留着</Meta></View>}
    {consent && <View className="meta"><Meta icon="info">提案委建议转为社情民意，等您同意</Meta></View>}
    <Btns><Btn onTap={() => { goToDocument(task.kind, task.docId); }}>{revise ? '看意见并修改' : consent ? '去答复' : edits ? '看修改并答复' : task.action === 'agree' ? '看编辑稿' : `去${task.actionWords}`}</Btn></Btns>
  </Card>;
}

/** An answer that waits for the proposer's own word; it leads to their proposal. */
function RatingTask({ task: { submission, due } }: { task: TaskRow }) {
  const open = () => { if (submission) goToDocument('proposal', submission.id); };
  return <Card>
    <View className="card-top"><Kind icon="doc">提案待评价</Kind>{due && <DueChip due={due} />}</View>
    <View className="card-title" onClick={open}>{submission?.title ?? ''}</View>
    <View className="meta"><Meta icon="info">满意、基本满意还是不满意，由您本人评价</Meta></View>
    <Btns><Btn onTap={open}>看答复并评价</Btn></Btns>
  </Card>;
}

/** Whether one's own proposal may be public: answered on its page. */
function PublicationTask({ task: { submission, due } }: { task: TaskRow }) {
  const open = () => { if (submission) goToDocument('proposal', submission.id); };
  return <Card>
    <View className="card-top"><Kind icon="doc">请问您同意公开吗</Kind>{due && <DueChip due={due} />}</View>
    <View className="card-title" onClick={open}>{submission?.title ?? ''}</View>
    <Btns><Btn onTap={open}>去答复</Btn></Btns>
  </Card>;
}

/** 评议 of a key proposal's handling: the member's own questionnaire. */
function BallotTask({ task: { docId, supervision, due } }: { task: TaskRow }) {
  const open = () => { goToDocument('ballot', docId); };
  return <Card>
    <View className="card-top"><Kind icon="pen">请您评议提案办理</Kind>{due && <DueChip due={due} />}</View>
    <View className="card-title" onClick={open}>{supervision?.proposal.title ?? ''}</View>
    <View className="meta"><Meta icon="info">由您本人逐项打分，只公布合计的结果</Meta></View>
    <Btns><Btn onTap={open}>去评议</Btn></Btns>
  </Card>;
}

/** A proposal that another member asks this one to sign. */
function InvitationTask({ invitation, due }: { invitation: InvitationRow; due: TaskRow['due'] }) {
  const open = () => { goToDocument('cosign', invitation.id); };
  return <Card>
    <View className="card-top"><Kind icon="users">邀请您联名</Kind>{due && <DueChip due={due} />}</View>
    <View className="card-title" onClick={open}>{invitation.title}</View>
    <View className="meta"><Meta icon="info">{invitation.first.name}委员邀请{invitation.textNo > 1 ? '，文字改过，以前的联名不算' : ''}，联不联名由您定</Meta></View>
    <Btns><Btn onTap={open}>看全文</Btn></Btns>
  </Card>;
}

function EntryTask({ entry, due }: { entry: EntryRow; due: TaskRow['due'] }) {
  const open = () => { goToDocument('entry', entry.id); };
  return <Card>
    <View className="card-top"><Kind icon="pen">代录，请您确认</Kind>{due && <DueChip due={due} />}</View>
    <View className="card-title" onClick={open}>{entry.title}</View>
    <View className="meta"><Meta icon="info">{[entry.office?.short, entry.clerk.name].filter(Boolean).join(' ')}代您录入的{kindWords[entry.kind]}，确认以后才提交</Meta></View>
    <Btns><Btn onTap={open}>看内容并确认</Btn></Btns>
  </Card>;
}

function VisitTask({ visit, due, again }: { visit: VisitRow; due: TaskRow['due']; again: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const mine = useConsentReady();
  const left = mine?.bound ? mine.sorts.find(({ sort, templateId }) => sort === 'visit' && templateId !== null) : undefined;
  const confirm = async () => {
    // WeChat's question comes first in the tap, or it is not shown; the answer to the visit does not wait for it.
    void askConsent('visit', 'progress', 'task');
    setBusy(true);
    try {
      const answer = await api.confirmVisit({ id: visit.id, version: visit.version, key: key.current });
      didVisit('已确认参加', answer, () => { key.current = newKey(); void again(); });
    } catch (error) { say(reasonOf(error)); }
    await again();
    setBusy(false);
  };
  const open = (change?: '1') => { go('visit', { id: visit.id, change }); };
  return <Card>
    <View className="card-top"><Kind icon="users">走访通知</Kind>{due && <DueChip due={due} />}</View>
    <View className="card-title" onClick={() => { open(); }}>{visit.whenWords.split(' ')[0]}，{visit.leaders.map(({ name }) => name).join('、') || '主席会议成员'}走访您</View>
    <VisitMeta visit={visit} />
    <Btns>
      {visit.can.includes('confirm') && <Btn main size="two" busy={busy} onTap={() => { void confirm(); }}>确认参加</Btn>}
      {visit.can.includes('propose') && <Btn onTap={() => { open('1'); }}>换个时间</Btn>}
      {visit.can.length === 0 && <Btn onTap={() => { open(); }}>看通知</Btn>}
    </Btns>
    {left && visit.can.includes('confirm') && <View className="cap"><Text>微信里的{leftWords(left)}</Text>。点“确认参加”时微信会问要不要提醒，不同意的，改时间会发短信或打电话。</View>}
  </Card>;
}
