import type { Answer, HeldPostView, routes } from '@lvzhi/contracts';
import { dateOf, dateWords } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { useNow } from '../platform/clock.ts';
import { Btn } from './button.tsx';
import { choicesOf, DayField, PickField } from './fields.tsx';

type PostChoice = Answer<typeof routes.countRoster>['posts'][number];
/** A post to be given: which, where, from and until when ('' : the whole term). */
export interface PostDraft { readonly post: string; readonly bodyId: string; readonly fromOn: string; readonly untilOn: string }
export const noPost: PostDraft = { post: '', bodyId: '', fromOn: '', untilOn: '' };
export const givingOf = ({ post, bodyId, fromOn, untilOn }: PostDraft) => ({ post: post as PostChoice['post'], bodyId, fromOn: fromOn || null, untilOn: untilOn || null });

export function PostFields({ posts, draft, change, wrong, dated = true }: { posts: readonly PostChoice[]; draft: PostDraft; change: (part: Partial<PostDraft>) => void; wrong: Readonly<Record<string, string>>; dated?: boolean }): ReactNode {
  const bodies = posts.find((it) => it.post === draft.post)?.bodies ?? [];
  const pick = (post: string) => { const only = posts.find((it) => it.post === post)?.bodies; change({ post, bodyId: only?.length === 1 ? only[0]?.id ?? '' : '' }); };
  return <>
    <div className="two"><PickField label="职务" value={draft.post} options={posts.map(({ post, words }) => ({ value: post, label: words }))} change={pick} wrong={wrong['post']} />
      <PickField label="在哪里任职" value={draft.bodyId} options={choicesOf(bodies)} change={(bodyId) => change({ bodyId })} wrong={wrong['bodyId']} placeholder={draft.post === '' ? '先选职务' : '请选择'} /></div>
    {dated && <div className="two"><DayField label="起始日期" hint="不填：立即" value={draft.fromOn} change={(fromOn) => change({ fromOn })} wrong={wrong['fromOn']} /><DayField label="结束日期" hint="不填：到届满" value={draft.untilOn} change={(untilOn) => change({ untilOn })} wrong={wrong['untilOn']} /></div>}
  </>;
}

/** 7月22日 至 7月25日. */
export function useDayWords(): (on: string) => string { const today = dateOf(useNow(60_000)); return (on) => dateWords(on, today); }
const stateWords = { now: '', later: '未开始', over: '已结束' } as const;

interface Props { held: readonly HeldPostView[]; end: (post: HeldPostView) => void; standIn?: (post: HeldPostView) => void; endStandIn?: (id: string, name: string) => void }
/** The posts of a person with their days, those that are over at the end; what may be done with each. */
export function PostList({ held, end, standIn, endStandIn }: Props): ReactNode {
  const words = useDayWords();
  const rows = [...held].sort((a, b) => Number(a.state === 'over') - Number(b.state === 'over'));
  const days = ({ fromOn, untilOn, state }: HeldPostView) => [fromOn && `${words(fromOn)}起`, untilOn && (state === 'over' ? `${words(untilOn)}止` : `到${words(untilOn)}`)].filter(Boolean).join('，');
  if (rows.length === 0) return <p className="sub">没有职务。</p>;
  return <ul className="posts">{rows.map((it) => <li key={it.id} className={it.state === 'over' ? 'over' : ''}>
    <div className="rowx tight wrap"><b>{it.words}</b><span className="sub">{it.body?.name}</span>{stateWords[it.state] && <span className="tag">{stateWords[it.state]}</span>}
      <span className="push rowx tight">{it.may.includes('stand_in') && standIn && <Btn small look="txt" onClick={() => standIn(it)}>安排代理</Btn>}{it.may.includes('end') && <Btn small look="txt" onClick={() => end(it)}>结束</Btn>}</span></div>
    {days(it) && <div className="cap">{days(it)}</div>}
    {it.standIns.map((stand) => <div className="rowx tight cap" key={stand.id}><span className={`tag ${stand.state === 'now' ? 'b' : ''}`}>{stand.state === 'now' ? '代理中' : '待代理'}</span>{stand.person.name}，{words(stand.fromOn)} 至 {words(stand.untilOn)}{endStandIn && <Btn small look="txt" onClick={() => endStandIn(stand.id, stand.person.name)}>结束代理</Btn>}</div>)}
  </li>)}</ul>;
}
