import type { Catalogue, Me } from '@lvzhi/contracts';
import { dateOf, dateWords, timeOf } from '@lvzhi/domain';
import { Dropdown } from 'antd';
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { useNow } from '../platform/clock.ts';
import { problemOf } from '../platform/problem.ts';
import { go } from '../platform/route.ts';
import { useOnline } from '../platform/screen.ts';
import { signOut } from '../platform/session.ts';
import { clockWords } from './civil-input.tsx';
import { Finder, mayFind } from './finder.tsx';
import { Icon } from './icons.tsx';
import { announce } from './toast.tsx';

interface Desk { readonly me: Me; readonly catalogue: Catalogue }
export const DeskContext = createContext<Desk | null>(null);
/** The person and the settings of the term: there before any screen is. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('a screen stands outside the desk');
  return desk;
}

/** The post that brings somebody to the desk comes before the seat they hold as a member. */
const asGuest: readonly string[] = ['member', 'standing_member', 'sector_convener', 'group_leader', 'review_board'];
export function postOf(me: Me): string {
  const post = me.posts.find((held) => !asGuest.includes(held.post)) ?? me.posts[0];
  return post ? [post.body?.short, post.words].filter(Boolean).join(' · ') : '';
}

function DemoClock(): ReactNode {
  const now = useNow();
  return <span className="demo-clock num">演示 · 现在是 {dateWords(dateOf(now))} {clockWords(timeOf(now))}</span>;
}

async function leave(): Promise<void> {
  try { await signOut(); } catch (error) { announce({ words: `没有退出：${problemOf(error).reason}` }); }
}

function Person(): ReactNode {
  const { me } = useDesk();
  const all = me.posts.map(({ words, body }) => [body?.short, words].filter(Boolean).join(' · '));
  const items = [...all.map((words) => ({ key: words, type: 'group' as const, label: words })), { type: 'divider' as const }, { key: 'me', label: '账号与安全' }, { key: 'leave', label: '退出登录' }];
  return <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => { if (key === 'leave') void leave(); if (key === 'me') go('/me'); } }}>
    <button type="button" className="me" aria-label={`${me.person.name}，${postOf(me)}，打开个人菜单`}><i aria-hidden="true">{me.person.name[0]}</i><span><b>{me.person.name}</b><small>{postOf(me)}</small></span></button>
  </Dropdown>;
}

/** Header and page of every screen. */
export function Frame({ crumb, tools, split = false, children }: { crumb: ReactNode; tools?: ReactNode; split?: boolean; children: ReactNode }): ReactNode {
  const { me } = useDesk();
  const online = useOnline();
  return <div className="work">
    <header className="top"><div className="crumb">{crumb}</div><div className="tools">{tools}{mayFind(me) && <Finder people={me.can.includes('manage_roster')} />}{me.clock.demo && <DemoClock />}<Person /></div></header>
    {!online && <div className="offline" role="alert"><Icon name="off" />网络断开了。您写的内容还在，连上网后再点一次即可，不会重复办理。</div>}
    <main className={split ? 'split' : ''}>{children}</main>
  </div>;
}
