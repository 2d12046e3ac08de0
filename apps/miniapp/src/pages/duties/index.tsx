import { useDidShow, useReachBottom } from '@tarojs/taro';
import { View } from '@tarojs/components';
import { useState } from 'react';
import type { InvitationRow, SubmissionRow } from '@lvzhi/contracts';
import { isCollective, kindWords } from '@lvzhi/domain';
import { DueChip } from '../../parts/chip.tsx';
import { DraftElsewhere, DraftHere } from '../../parts/draft-row.tsx';
import { Seg } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Card, Row, Section, Tag } from '../../parts/plain.tsx';
import { inHands } from '../../parts/progress.tsx';
import { Loaded, StateCard } from '../../parts/states.tsx';
import { usePages } from '../../parts/use-pages.ts';
import { api } from '../../platform/api.ts';
import { whenWords } from '../../platform/clock.ts';
import { stepDrafts, useElsewhere } from '../../platform/draft-copies.ts';
import { draftsOf } from '../../platform/drafts.ts';
import { go } from '../../platform/go.ts';
import { useMe } from '../../platform/session.ts';
import { useRefresh } from '../../platform/use-refresh.ts';

const groups = [{ code: 'waiting_me', name: '要您办' }, { code: 'running', name: '办理中' }, { code: 'ended', name: '已有结果' }, { code: 'all', name: '全部' }] as const;
type Group = (typeof groups)[number]['code'];
const nothing: Record<Group, string> = { waiting_me: '现在没有退回给您补充的。', running: '现在没有正在办理的。', ended: '还没有办出结果的。', all: '您提交的社情民意和提案都会在这里。' };

export default function Duties() {
  const me = useMe();
  const writes = me !== undefined && me.can.some((it) => it === 'write_opinion' || it === 'write_proposal' || it === 'write_collective');
  const [group, setGroup] = useState<Group>('all');
  const pages = usePages<SubmissionRow>(writes, `${me?.person.id ?? ''} ${group}`, (after) => api.listMine({ group, ...(after !== undefined && { after }) }));
  const [, setShown] = useState(0);
  useDidShow(() => { setShown((times) => times + 1); void stepDrafts(); });
  const elsewhere = useElsewhere(me?.person.id ?? '');
  useRefresh(pages.again);
  useReachBottom(() => { void pages.more(); });
  const drafts = me ? draftsOf(me.person.id) : [];
  return <Page tab>
    <Seg label="我提交的" options={groups} value={group} onChoose={setGroup} />
    {drafts.length + elsewhere.length > 0 && <><Section title={`没写完的 ${drafts.length + elsewhere.length} 件`} /><Card flush>{drafts.map((draft) => <DraftHere key={draft.id} draft={draft} />)}{elsewhere.map((draft) => <DraftElsewhere key={draft.id} draft={draft} />)}</Card></>}
    {me?.can.includes('write_proposal') && <Invitations of={me.person.id} />}
    {me && !writes && <StateCard icon="duty" title="这里是我提交的">您的岗位不用提交社情民意和提案。</StateCard>}
    {writes && <Loaded of={pages}>{(list) => <>
      {list.rows.length === 0
        ? <StateCard icon="duty" title="这里还没有内容" button="写一篇社情民意" onTap={() => { go('form', { kind: 'opinion' }); }}>{nothing[group]}</StateCard>
        : <Card flush>{list.rows.map((row) => <Mine key={row.id} row={row} />)}</Card>}
      <View className="cap centre">{pages.loadingMore ? '正在取后面的…' : list.next ? '往下拉看更多' : list.rows.length > 0 ? '到底了' : ''}</View>
    </>}</Loaded>}
  </Page>;
}

/** What others asked this member to sign, the last ones first; a signature can be taken back from there. */
function Invitations({ of }: { of: string }) {
  const pages = usePages<InvitationRow>(true, `cosigns ${of}`, (after) => api.listInvitations({ limit: 5, ...(after !== undefined && { after }) }));
  useRefresh(pages.again);
  const rows = pages.answer?.rows ?? [];
  if (rows.length === 0) return null;
  return <><Section title="请我联名的" /><Card flush>{rows.map((row) => <Row key={row.id} title={row.title} note={`${row.first.name}邀请 · ${whenWords(row.askedAt)}`} onTap={() => { go('cosign', { id: row.id }); }}
    chip={<><Tag tone={row.state === 'signed' ? 'o' : row.state === 'asked' ? 'w' : 'b'}>{row.stateWords}</Tag>{row.due && <DueChip still due={row.due} />}</>} />)}
    {pages.answer?.next && <Row title={pages.loadingMore ? '正在取后面的…' : '看更早的'} onTap={() => { void pages.more(); }} />}</Card></>;
}

const noteOf = ({ kind, proposer, author, caseNo, receiptNo, submittedAt, changedAt }: SubmissionRow): string =>
  [proposer && isCollective(proposer.code) ? `${author.name}的${proposer.name}` : kindWords[kind], caseNo ?? receiptNo, submittedAt ? `${whenWords(submittedAt)} 提交` : `${whenWords(changedAt)} 改动`].filter(Boolean).join(' · ');

function Mine({ row }: { row: SubmissionRow }) {
  const mine = row.can.includes('submit') || row.can.includes('consent') || row.can.includes('answer_edits');
  const now = !mine && row.holder ? `现在：${inHands(row.holder)}${row.holder.due ? `，${whenWords(row.holder.due.at)} 前` : ''}` : '';
  const tone = row.state === 'editing' || row.state === 'filed' ? 'o' : mine ? 'w' : undefined;
  return <Row title={row.title} note={now === '' ? noteOf(row) : `${noteOf(row)}\n${now}`} onTap={() => { go('detail', { id: row.id }); }}
    chip={<><Tag {...(tone && { tone })}>{row.stateWords}</Tag>{mine && row.holder?.due && <DueChip still due={row.holder.due} />}</>} />;
}
