import type { Answer, AwardRow, routes } from '@lvzhi/contracts';
import { awardActionWords, percentWords } from '@lvzhi/domain';
import { InputNumber, Select } from 'antd';
import { useDeferredValue, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { StateTag } from '../parts/chip.tsx';
import { Labelled, PickField, TextBox } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { caseHref } from '../parts/sources.ts';
import { Empty, Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { remember } from '../parts/walk.ts';
import { api } from '../platform/api.ts';
import { useLoad, usePages } from '../platform/load.ts';
import { go, hrefOf, Link, usePlace, withQuery } from '../platform/route.ts';
import { once, useRun } from '../platform/run.ts';
import { saveFile } from '../platform/transfer.ts';

type Round = Answer<typeof routes.listAwards>['round'];
const acts = ['score_award', 'award', 'pass_over', 'revoke_award'] as const;
type Act = (typeof acts)[number];
const groups = [{ code: 'all', words: '全部' }, { code: 'nominated', words: '候选' }, { code: 'awarded', words: '已评上' }] as const;
const forms: Readonly<Record<Act, { readonly keep: string; readonly hint: string; readonly done: string }>> = {
  score_award: { keep: '先不评', hint: '每人一次，不能改。评定以前别人看不到您评的分。', done: '已评分' }, award: { keep: '先不评定', hint: '提案人会收到通知，各记一次分。', done: '已评为优秀提案' },
  pass_over: { keep: '先不定', hint: '提案人不会收到通知。', done: '已登记没有评上' }, revoke_award: { keep: '先不撤销', hint: '记的分一并撤销，提案人会收到通知。', done: '已撤销' },
};

function NominateForm({ close, done }: { close: () => void; done: () => void }): ReactNode {
  const [words, setWords] = useState('');
  const sought = useDeferredValue(words.trim());
  const { data, loading } = useLoad(`award candidates ${sought}`, () => api.findAwardCandidates({ words: sought }));
  return <ActModal title="推荐优秀提案" words="推荐" keep="先不推荐" hint="只有立案的提案可以推荐，占本单位这一年的一个名额。" draft={{ proposalId: '', reason: '' }} act={(draft) => once('nominate award', draft, api.nominateAward)} close={close} done={({ doc }) => { announce({ words: `已推荐：${doc.proposal.title}` }); done(); }}>
    {(draft, change, wrong) => <><Labelled label="提案" wrong={wrong['proposalId']}>{(id) => <Select id={id} showSearch={{ filterOption: false, onSearch: setWords }} placeholder="输案号或题目里的字找" status={wrong['proposalId'] ? 'error' : ''} value={draft.proposalId || null} options={(data?.rows ?? []).map((it) => ({ value: it.id, label: `${it.caseNo} ${it.title}` }))} notFoundContent={loading ? '正在找…' : '没有找到'} onChange={(proposalId: string) => change({ proposalId })} />}</Labelled>
      <TextBox label="推荐理由" value={draft.reason} change={(reason) => change({ reason })} wrong={wrong['reason']} /></>}
  </ActModal>;
}

function ActForm({ row, act, round, close, done }: { row: AwardRow; act: Act; round: Round; close: () => void; done: () => void }): ReactNode {
  const [words, { keep, hint, done: said }, it] = [awardActionWords[act], forms[act], { id: row.id, version: row.version }];
  const perform = ({ score, level, note }: { score: number | null; level: string; note: string }) => {
    switch (act) {
      case 'score_award': return once(act, { id: row.id, score: score ?? 0 }, api.scoreAward);
      case 'award': return once(act, { ...it, level }, api.giveAward);
      case 'pass_over': return once(act, it, api.passOver);
      case 'revoke_award': return once(act, { ...it, note }, api.revokeAward);
    }
  };
  return <ActModal title={`${words}：${row.proposal.title}`} words={words} keep={keep} hint={hint} draft={{ score: null as number | null, level: '', note: '' }} act={perform} close={close} done={({ doc }) => { announce({ words: `${said}：${doc.proposal.title}` }); done(); }}>
    {(draft, change, wrong) => <>{act === 'score_award' && <Labelled label="分数" hint={`1 到 ${round.highest}`} wrong={wrong['score']}>{(id) => <InputNumber id={id} min={1} max={round.highest} value={draft.score} onChange={(score) => change({ score })} />}</Labelled>}
      {act === 'award' && <PickField label="等次" value={draft.level} options={round.levels.map(({ code, name }) => ({ value: code, label: name }))} change={(level) => change({ level })} wrong={wrong['level']} first />}
      {act === 'revoke_award' && <TextBox label="理由" value={draft.note} change={(note) => change({ note })} wrong={wrong['note']} />}</>}
  </ActModal>;
}

function Line({ row, round, from, again }: { row: AwardRow; round: Round; from: string; again: () => void }): ReactNode {
  const [act, choose] = useState<Act | null>(null);
  return <tr><td className="num">{row.proposal.caseNo}</td><td><Link to={caseHref(row.proposal.id, from)} className="ell title">{row.proposal.title}</Link><div className="cap ell">{row.proposal.authors}{row.proposal.collective && '　集体提案'}</div></td>
    <td><span className="ell">{row.nominatedBy}</span><div className="cap ell" title={row.reason}>{row.reason}</div></td><td className="num">{row.mean === null ? `${row.n} 人已评` : `${row.mean} 分，${row.n} 人`}{row.mine !== null && <div className="cap">您评 {row.mine} 分</div>}</td>
    <td><StateTag state={row.state} words={row.level?.name ?? row.stateWords} /></td><td><span className="rowx tight wrap">{acts.filter((one) => row.can.includes(one)).map((one) => <Btn key={one} small onClick={() => choose(one)}>{awardActionWords[one]}</Btn>)}</span>
      {act && <ActForm row={row} act={act} round={round} close={() => choose(null)} done={() => { choose(null); again(); }} />}</td></tr>;
}

/** 优秀提案 of a year: recommended, scored, decided. */
export function Awards(): ReactNode {
  const place = usePlace();
  const { me } = useDesk();
  const [asking, ask] = useState(false);
  const { run, problem: unsaved } = useRun();
  const group = groups.find(({ code }) => code === place.query.get('group'))?.code ?? 'all';
  const asked = Number(place.query.get('year'));
  const year = Number.isInteger(asked) && asked > 2000 ? { year: asked } : {};
  const pages = usePages(`awards ${group} ${asked}`, (after, limit) => api.listAwards({ group, ...year, limit, ...(after !== undefined && { after }) }));
  const { data, reload } = useLoad(`award round ${asked}`, () => api.listAwards({ ...year, limit: 1 }));
  const { rows, next } = pages;
  useEffect(() => { remember(place.href, rows.map(({ proposal }) => proposal.id), next === null); }, [place.href, rows, next]);
  const again = () => { pages.reload(); reload(); };
  const round = data?.round;
  const years = round ? [...new Set([round.year + 1, round.year, round.year - 1, round.year - 2])] : [];
  return <Frame crumb={<><h1>优秀提案</h1>{round && <span className="num">{round.year} 年立案 {round.filed} 件，最多评 {round.most} 件，已评 {round.awarded} 件，其中集体提案 {round.collective} 件（应占 {percentWords(round.collectiveShare * 1000)}）</span>}</>}>
    <div className="rowx sp wrap"><nav className="tabs" aria-label="按评选情况">{groups.map(({ code, words }) => <Link key={code} to={withQuery(place, { group: code === 'all' ? null : code })} current={code === group}>{words}</Link>)}</nav>
      <span className="rowx wrap">{round && <Select aria-label="年度" value={round.year} options={years.map((value) => ({ value, label: `${value} 年` }))} onChange={(value: number) => go(withQuery(place, { year: String(value) }))} />}
        {me.can.includes('triage_proposal') && round && <Btn onClick={() => void run(() => saveFile(hrefOf('/awards/export', { year: String(round.year) }), `${round.year}年优秀提案.xlsx`))}>导出</Btn>}
        {round && round.left > 0 && <Btn look="pri" onClick={() => ask(true)}>推荐（还有 {round.left} 个名额）</Btn>}</span></div>
    <ProblemNote problem={unsaved} />
    <div className="panel flush"><div className="scroll">
      {pages.loading ? <Loading /> : pages.problem && pages.rows.length === 0 ? <Failure problem={pages.problem} onRetry={again} /> : pages.rows.length === 0 || !round ? <Empty title="还没有候选">专委会和提案委推荐的提案会到这里。</Empty>
        : <table aria-label="优秀提案"><colgroup><col style={{ width: 150 }} /><col /><col style={{ width: 220 }} /><col style={{ width: 120 }} /><col style={{ width: 110 }} /><col style={{ width: 230 }} /></colgroup><thead><tr><th>案号</th><th>提案</th><th>推荐</th><th>评分</th><th>结果</th><th>可以做的</th></tr></thead><tbody>{pages.rows.map((row) => <Line key={row.id} row={row} round={round} from={place.href} again={again} />)}</tbody></table>}
      {pages.rows.length > 0 && <ProblemNote problem={pages.problem} />}{pages.next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div></div>
    {asking && <NominateForm close={() => ask(false)} done={() => { ask(false); again(); }} />}
  </Frame>;
}
