import { useReachBottom } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Notice } from '@lvzhi/contracts';
import { a11y } from '../../parts/a11y.ts';
import { Chip, DueChip } from '../../parts/chip.tsx';
import { Seg } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Card, Row, Section } from '../../parts/plain.tsx';
import { Loaded, StateCard } from '../../parts/states.tsx';
import { usePages } from '../../parts/use-pages.ts';
import { api } from '../../platform/api.ts';
import { whenWords } from '../../platform/clock.ts';
import { say } from '../../platform/device.ts';
import { draftsOf } from '../../platform/drafts.ts';
import { go, goToDocument } from '../../platform/go.ts';
import { useMe } from '../../platform/session.ts';
import { useRefresh } from '../../platform/use-refresh.ts';
import { reasonOf } from '../../platform/wire.ts';

const filters = [{ code: 'all', name: '全部' }, { code: 'unread', name: '未读' }, { code: 'unanswered', name: '未回复' }] as const;
type Filter = (typeof filters)[number]['code'];
const nothing: Record<Filter, string> = { all: '走访、会议和您提交的事有了进展，会在这里告诉您。', unread: '都看过了。', unanswered: '都回复了。' };

export default function Notices() {
  const me = useMe();
  const [filter, setFilter] = useState<Filter>('all');
  const pages = usePages<Notice>(me !== undefined, `${me?.person.id ?? ''} ${filter}`, (after) => api.listNotices({ filter, ...(after !== undefined && { after }) }));
  useRefresh(pages.again);
  useReachBottom(() => { void pages.more(); });
  const open = (notice: Notice) => {
    if (!notice.read) {
      pages.change((row) => (row.id === notice.id ? { ...row, read: true } : row));
      api.readNotice({ id: notice.id }).catch((error: unknown) => { say(reasonOf(error)); });
    }
    const draft = me && notice.kind === 'cosign' ? draftsOf(me.person.id).find(({ key }) => key === notice.docId) : undefined;
    if (draft) go('form', { draft: draft.id }); else if (notice.docId !== '') goToDocument(notice.kind, notice.docId);
  };
  const readAll = async () => { try { await api.readAllNotices({}); await pages.again(); } catch (error) { say(reasonOf(error)); } };
  return <Page tab>
    <Seg label="通知" options={filters} value={filter} onChoose={setFilter} />
    <Loaded of={pages}>{(list) => <>
      {list.rows.some(({ read }) => !read) && <Section title="新的在前"><View className="more" {...a11y({ role: 'button' })} onClick={() => { void readAll(); }}><Text>全部标为已读</Text></View></Section>}
      {list.rows.length === 0
        ? <StateCard icon="bell" title={filter === 'all' ? '还没有通知' : '没有了'}>{nothing[filter]}</StateCard>
        : <Card flush id="notices">{list.rows.map((notice) => <Line key={notice.id} notice={notice} onTap={() => { open(notice); }} />)}</Card>}
      <View className="cap centre">{pages.loadingMore ? '正在取后面的…' : list.next ? '往下拉看更多' : list.rows.length > 0 ? '到底了' : ''}</View>
    </>}</Loaded>
  </Page>;
}

const Line = ({ notice, onTap }: { notice: Notice; onTap: () => void }) => <Row icon={notice.kind === 'visit' || notice.kind === 'cosign' ? 'users' : ['proposal', 'handling', 'rating', 'supervision', 'demand', 'ballot', 'publication', 'award'].includes(notice.kind) ? 'doc' : notice.kind === 'entry' ? 'pen' : 'msg'} strong={!notice.read}
  title={`${notice.head}${notice.read ? '' : '（未读）'}`} note={`${notice.body}\n${whenWords(notice.at)}`} onTap={onTap}
  chip={notice.answer === 'awaited' ? (notice.due ? <DueChip still due={notice.due} /> : <Chip tone="warn" icon="clock" words="等您回复" />) : notice.answer === 'given' ? <Chip tone="ok" icon="checkc" words="已回复" /> : undefined} />;
