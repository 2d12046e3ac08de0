import { useReachBottom } from '@tarojs/taro';
import { View } from '@tarojs/components';
import { useState } from 'react';
import type { PublicRow } from '@lvzhi/contracts';
import { Field, Line } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Btn, Card, Row } from '../../parts/plain.tsx';
import { Loaded, StateCard } from '../../parts/states.tsx';
import { usePages } from '../../parts/use-pages.ts';
import { api } from '../../platform/api.ts';
import { go } from '../../platform/go.ts';
import { useRefresh } from '../../platform/use-refresh.ts';

/** Proposals that are public, for anybody and without an account. */
export default function Public() {
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState('');
  const pages = usePages<PublicRow>(true, words, (after) => api.listPublic({ words, ...(after !== undefined && { after }) }));
  useRefresh(pages.again);
  useReachBottom(() => { void pages.more(); });
  return <Page open>
    <Card><Field label="找提案" hint="题目、内容或提案人里的字"><Line label="找提案" initial="" placeholder="例如 停车" onType={setTyped} /></Field>
      <Btn onTap={() => { setWords(typed.trim().slice(0, 40)); }}>找</Btn></Card>
    <Loaded of={pages}>{({ rows, next }) => (rows.length === 0
      ? <StateCard icon="doc" title={words === '' ? '还没有公开的提案' : '没有找到'}>{words === '' ? '提案人同意、市政协审核以后，提案和答复会在这里公开。' : '换几个字再找。'}</StateCard>
      : <><Card flush id="public">{rows.map((row) => <Row key={row.id} icon="doc" title={row.title} note={`${row.caseNo} · ${row.authors} · ${row.publishedOn} 公开`} onTap={() => { go('publicText', { id: row.id }); }} />)}</Card>
        <View className="cap centre">{pages.loadingMore ? '正在取后面的…' : next ? '往下拉看更多' : '到底了'}</View></>)}</Loaded>
  </Page>;
}
