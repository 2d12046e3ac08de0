import type { Answer, routes } from '@lvzhi/contracts';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Filter } from '../parts/fields.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { Failure, Loading } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { go, usePlace, withQuery } from '../platform/route.ts';

type PowersView = Answer<typeof routes.showPowers>;
type Post = PowersView['posts'][number];

function Grid({ view, posts }: { view: PowersView; posts: readonly Post[] }): ReactNode {
  const open = view.abilities.filter(({ ability }) => posts.some((post) => post.abilities.includes(ability)));
  return <section className="panel flush whole"><div className="scroll"><table aria-label="职务能做什么" className="matrix"><colgroup><col style={{ width: 170 }} /><col style={{ width: 90 }} />{open.map(({ ability }) => <col key={ability} />)}<col style={{ width: 110 }} /></colgroup>
    <thead><tr><th>职务</th><th>现有人数</th>{open.map(({ ability, words }) => <th key={ability} className="tall"><span>{words}</span></th>)}<th>在哪里授予</th></tr></thead>
    <tbody>{posts.map((post) => <tr className="plain" key={post.post}><td><b>{post.words}</b><div className="cap ell">{post.at.join('、')}{post.standIn && ' · 可代理'}</div></td><td className="num">{post.holders}</td>
      {open.map(({ ability, words }) => <td key={ability} className="tick">{post.abilities.includes(ability) && <span title={`${post.words}：${words}`}><Icon name="check" /><span className="unseen">可以</span></span>}</td>)}<td className="cap">{post.givenBy}</td></tr>)}</tbody></table></div></section>;
}

function Moves({ view, posts }: { view: PowersView; posts: readonly Post[] }): ReactNode {
  const words = new Map<string, string>(view.posts.map((post) => [post.post, post.words]));
  const shown = view.moves.filter(({ by }) => by.some((post) => posts.some((it) => it.post === post)) || (posts.length === view.posts.length && by.includes('system')));
  return <section className="panel flush whole"><div className="scroll"><table aria-label="办理步骤由谁办"><colgroup><col style={{ width: 90 }} /><col style={{ width: 130 }} /><col style={{ width: 200 }} /><col style={{ width: 110 }} /><col style={{ width: 150 }} /><col /><col style={{ width: 150 }} /></colgroup>
    <thead><tr><th>种类</th><th>步骤</th><th>在什么状态下</th><th>办完是</th><th>哪些件</th><th>由谁办</th><th>另有条件</th></tr></thead>
    <tbody>{shown.map((it) => <tr className="plain" key={`${it.kind} ${it.action}`}><td>{it.kindWords}</td><td><b>{it.words}</b></td><td className="wraps">{it.from.join('、')}</td><td>{it.to}</td><td>{it.where}</td><td className="wraps">{it.by.map((post) => words.get(post) ?? '系统自动').join('、')}</td><td className="cap">{[it.guarded && '看具体情况', it.undo && '可撤销'].filter(Boolean).join('，')}</td></tr>)}</tbody></table></div></section>;
}

/** 权限一览: who may do what, as the server judges it. */
export function Powers(): ReactNode {
  const place = usePlace();
  const { data: view, problem, reload } = useLoad('powers', () => api.showPowers({}));
  const chosen = view?.posts.find(({ post }) => post === place.query.get('post'));
  const posts = chosen ? [chosen] : view?.posts ?? [];
  return <Frame crumb={<><h1>权限一览</h1><span>和服务器判断时用的是同一张表</span></>} tools={<><Filter label="全部职务" width={180} value={chosen?.post ?? ''} options={(view?.posts ?? []).map(({ post, words }) => ({ value: post, label: words }))} change={(post) => go(withQuery(place, { post }), 'replace')} /><Btn onClick={() => print()}>打印</Btn></>}>
    {view ? <><h2 className="printed">权限一览</h2><h3>每种职务能做什么</h3><Grid view={view} posts={posts} /><h3>每一步由谁办</h3><Moves view={view} posts={posts} /></> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
  </Frame>;
}
