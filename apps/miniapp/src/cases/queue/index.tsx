import { useReachBottom } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import type { TaskRow } from '@lvzhi/contracts';
import { kindWords, urgencyWords } from '@lvzhi/domain';
import { DueChip } from '../../parts/chip.tsx';
import { Page } from '../../parts/page.tsx';
import { Card, Hero, Row, Tag } from '../../parts/plain.tsx';
import { Loaded, StateCard } from '../../parts/states.tsx';
import { usePages } from '../../parts/use-pages.ts';
import { api } from '../../platform/api.ts';
import { go } from '../../platform/go.ts';
import { useMe } from '../../platform/session.ts';
import { useRefresh } from '../../platform/use-refresh.ts';

/** The committee's review box, the first due first. */
export default function Queue() {
  const me = useMe();
  const pages = usePages<TaskRow>(me !== undefined, me?.person.id ?? '', (after) => api.listTasks({ box: 'review', ...(after !== undefined && { after }) }));
  useRefresh(pages.again);
  useReachBottom(() => { void pages.more(); });
  return <Page>
    <Loaded of={pages}>{({ rows, next }) => (rows.length === 0
      ? <StateCard icon="checkc" title="都初审完了" button="回到待办" onTap={() => { go('home'); }}>现在没有等专委会初审的。</StateCard>
      : <>
        <Hero small title={`等初审 ${rows.length}${next ? '+' : ''} 件`}><Text>先到期的在前</Text></Hero>
        <Card flush>{rows.map((task) => <Waiting key={task.id} task={task} />)}</Card>
        <View className="cap centre">{pages.loadingMore ? '正在取后面的…' : next ? '往下拉看更多' : '到底了'}</View>
      </>)}</Loaded>
  </Page>;
}

function Waiting({ task }: { task: TaskRow }) {
  const row = task.submission;
  return <Row title={row?.title ?? task.actionWords} note={row ? `${kindWords[row.kind]} · ${row.author.name} · ${row.stateWords}` : undefined} onTap={() => { go('review', { id: task.docId }); }}
    chip={<>{task.due && <DueChip still due={task.due} />}{row && row.urgency !== 'normal' && <Tag tone="x">{urgencyWords[row.urgency]}</Tag>}</>} />;
}
