import type { FoundRow } from '@lvzhi/contracts';
import { instantWords, kindWords, submissionKinds, urgencies, urgencyWords } from '@lvzhi/domain';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag, UrgencyTag } from '../parts/chip.tsx';
import { choicesOf, Filter } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { Hits } from '../parts/hits.tsx';
import { Icon } from '../parts/icons.tsx';
import { useLine } from '../parts/line.ts';
import { ListTools } from '../parts/list-tools.tsx';
import { allStates, caseHref, proposerChoices, soughtIn, stateWordsOf } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { undone } from '../platform/signal.ts';

/** What is typed goes into the address when the typing rests; another address (back, a saved view) goes into the box. */
function Typed(): ReactNode {
  const place = usePlace();
  const asked = place.query.get('q') ?? '';
  const [typed, setTyped] = useState(asked);
  const [seen, setSeen] = useState(asked);
  if (seen !== asked) { setSeen(asked); if (typed.trim() !== asked) setTyped(asked); }
  useEffect(() => {
    if (typed.trim() === asked) return undefined;
    const timer = setTimeout(() => go(withQuery(place, { q: typed.trim() }), 'replace'), 300);
    return () => clearTimeout(timer);
  }, [typed, asked, place]);
  return <Input allowClear autoFocus={asked === ''} maxLength={60} style={{ width: 300 }} prefix={<Icon name="search" />} aria-label="要找的内容" placeholder="编号、标题、提交人、正文" value={typed} onChange={(event) => setTyped(event.target.value)} />;
}

function Filters(): ReactNode {
  const { catalogue } = useDesk();
  const place = usePlace();
  const { kind, state, urgency, committeeId, townId, proposer, from, until } = soughtIn(place.query);
  const set = (name: string) => (value: string | null) => go(withQuery(place, { [name]: value }));
  const day = (name: string, label: string, value: string | null | undefined) =>
    <Input type="date" aria-label={label} title={label} style={{ width: 140 }} value={value ?? ''} min="1990-01-01" max="2099-12-31" onChange={(event) => go(withQuery(place, { [name]: event.target.value || null }), 'replace')} />;
  return <div className="rowx wrap" role="group" aria-label="筛选">
    <Typed />
    <Filter label="全部种类" width={120} value={kind ?? ''} options={submissionKinds.map((it) => ({ value: it, label: kindWords[it] }))} change={(value) => go(withQuery(place, { kind: value, state: null, ...(value === 'opinion' && { proposer: null }) }))} />
    <Filter label="全部状态" value={state ?? ''} options={allStates(kind).map((it) => ({ value: it, label: stateWordsOf(kind, it) }))} change={set('state')} />
    <Filter label="全部专委会" value={committeeId ?? ''} options={catalogue.committees.map(({ id, short }) => ({ value: id, label: short }))} change={set('committee')} />
    <Filter label="全部镇街" width={120} value={townId ?? ''} options={choicesOf(catalogue.towns)} change={set('town')} />
    {kind !== 'opinion' && <Filter label="全部提案者" width={130} value={proposer ?? ''} options={proposerChoices} change={set('proposer')} />}
    <Filter label="紧急程度" width={110} value={urgency ?? ''} options={urgencies.map((it) => ({ value: it, label: urgencyWords[it] }))} change={set('urgency')} />
    <span className="rowx tight"><span className="sub">收到</span>{day('from', '收到日期从', from)}<span className="sub">到</span>{day('until', '收到日期到', until)}</span>
  </div>;
}

function Line({ row, on, from }: { row: FoundRow; on: boolean; from: string }): ReactNode {
  const now = useNow(60_000);
  const { holder, hits } = row;
  return <tr className={on ? 'on' : ''} aria-current={on || undefined} onClick={() => go(caseHref(row.id, from))}>
    <td className="num"><Hits pieces={hits.number} />{row.caseNo !== null && <div className="cap wraps"><Hits pieces={hits.caseNo} /></div>}<div className="cap">{kindWords[row.kind]}</div></td>
    <td><Link to={caseHref(row.id, from)} className="ell title"><Hits pieces={hits.title} /></Link>{hits.excerpt.length > 0 && <div className="sub two-lines"><Hits pieces={hits.excerpt} /></div>}
      <div className="cap num ell"><Hits pieces={hits.author} />{row.author.note && ` · ${row.author.note}`}{row.submittedAt && ` · ${instantWords(new Date(row.submittedAt), now)}`}</div></td>
    <td>{row.committee?.short ?? <span className="pending">{row.state === 'draft' ? '' : '待分送'}</span>}</td>
    <td><span className="rowx tight wrap"><StateTag state={row.state} words={row.stateWords} />{row.urgency !== 'normal' && <UrgencyTag urgency={row.urgency} words={urgencyWords[row.urgency]} />}</span></td>
    <td>{holder && <div className="ell">{holder.words}</div>}{holder?.due && <DeadlineChip due={holder.due} critical={row.urgency === 'critical'} />}</td>
  </tr>;
}

function Rows({ rows, at, from }: { rows: readonly FoundRow[]; at: number; from: string }): ReactNode {
  return <table aria-label="找到的" className="roomy"><colgroup><col style={{ width: 112 }} /><col /><col style={{ width: 110 }} /><col style={{ width: 140 }} /><col style={{ width: 170 }} /></colgroup>
    <thead><tr><th>收件号</th><th>标题和正文</th><th>专委会</th><th>状态</th><th>在谁手里</th></tr></thead>
    <tbody>{rows.map((row, index) => <Line key={row.id} row={row} on={index === at} from={from} />)}</tbody></table>;
}

/** Members by the same word, for who keeps the roster. */
function People({ query }: { query: string }): ReactNode {
  const { data } = useLoad(`people ${query}`, () => api.listRoster({ query: query.slice(0, 40), state: 'all', limit: 6 }));
  if (!data || data.rows.length === 0) return null;
  return <div className="rowx wrap" role="group" aria-label="委员"><span className="sub">委员</span>{data.rows.map((it) => <Link key={it.id} className="btn sm" to={hrefOf('/roster', { state: it.state === 'ended' ? 'all' : null, q: it.name, at: it.id })}>{it.name}<span className="cap">{it.sector?.name}</span></Link>)}
    {data.next !== null && <Link className="more-link" to={hrefOf('/roster', { q: query })}>更多</Link>}</div>;
}

/** 查找: everything this person may see, by words and by filters that stand in the address; the newest first. */
export function Find(): ReactNode {
  const { me } = useDesk();
  const place = usePlace();
  const sought = soughtIn(place.query);
  const [indexing, setIndexing] = useState(false);
  const [terms, setTerms] = useState<readonly string[]>([]);
  const pages = usePages<FoundRow>(`find ${JSON.stringify(sought)}`, async (after, limit) => {
    const answer = await api.findDocuments({ ...sought, limit, ...(after !== undefined && { after }) });
    setIndexing(answer.indexing);
    setTerms(answer.terms);
    return answer;
  }, undone.use());
  const { rows, next } = pages;
  const from = place.href;
  const { at, keys } = useLine(rows.length, (index) => { const row = rows[index]; if (row) go(caseHref(row.id, from)); });
  useKeys(keys);
  useEffect(() => { remember(from, rows.map(({ id }) => id), next === null); }, [from, rows, next]);
  const query = sought.query ?? '';
  const empty = query !== '' && terms.length === 0 ? <Empty title="没有可以找的字">请输入汉字、字母或数字。</Empty>
    : <Empty title="没有找到">只找您能看到的。可以换一个说法、少输入几个字，或者去掉一些筛选。<div style={{ marginTop: 12 }}><Link to="/find" className="btn">看全部</Link></div></Empty>;
  return <Frame tools={<ListTools page="find" sought={sought} name="查找结果" />} crumb={<><h1>查找</h1>{!pages.loading && <span className="num">{rows.length}{next === null ? '' : '+'} 件，新收的在前</span>}</>}>
    <Filters />
    {query !== '' && me.can.includes('manage_roster') && <People query={query} />}
    {indexing && <div className="note"><Icon name="info" />以前的一部分还在编入索引，这时可能找不全。</div>}
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && rows.length === 0 ? <Failure problem={pages.problem} onRetry={pages.reload} /> : rows.length === 0 ? empty : <Rows rows={rows} at={at} from={from} />}
      {rows.length > 0 && <ProblemNote problem={pages.problem} />}
      {next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
  </Frame>;
}
