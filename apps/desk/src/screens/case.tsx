import type { SubmissionView } from '@lvzhi/contracts';
import { kindWords } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { sayDone } from '../parts/done.ts';
import { Btn } from '../parts/button.tsx';
import { Frame } from '../parts/frame.tsx';
import { HelpSheet } from '../parts/help.tsx';
import { Icon } from '../parts/icons.tsx';
import { Rail } from '../parts/rail.tsx';
import { SheetButton } from '../parts/reply-text.tsx';
import { RouteCard } from '../parts/route-card.tsx';
import { SecretMark } from '../parts/secret-mark.tsx';
import { caseHref, listFrom } from '../parts/sources.ts';
import { Failure, Loading } from '../parts/states.tsx';
import { HolderCard, restWords, Timeline } from '../parts/timeline.tsx';
import { announce } from '../parts/toast.tsx';
import { useWalk } from '../parts/walk.ts';
import { Walker } from '../parts/walker.tsx';
import { deskActsOf } from '../parts/acts.ts';
import type { DeskAct } from '../parts/acts.ts';
import { api } from '../platform/api.ts';
import { useKeys } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { go, hrefOf, Link, openApart, usePlace } from '../platform/route.ts';
import { CaseActions } from './case-actions.tsx';
import type { Acted } from './case-actions.tsx';
import { CaseBody } from './case-body.tsx';
import { OwnActs, ownActsOf, useOwns } from './own-acts.tsx';
import { OwnPublished } from './own-publication.tsx';

const listWords = (from: string): string => {
  const path = from.split('?')[0];
  return { '/triage': '分办台', '/todo': '待我办', '/opinions': '社情民意', '/proposals': '提案', '/handling': '提案办理', '/find': '查找', '/issues': '编发', '/ledger': '报送采用', '/topics': '热点', '/publication': '提案公开', '/awards': '优秀提案', '/figures': '提案统计', '/own': '集体提案' }[path ?? ''] ?? '返回';
};

function Crumb({ from, doc }: { from: string | null; doc: SubmissionView | undefined }): ReactNode {
  return <>{from ? <Link to={from}>{listWords(from)}</Link> : doc && <span>{kindWords[doc.kind]}</span>}
    {doc && <><Icon name="right" /><span>{doc.stateWords}</span><Icon name="right" /><b className="num">{doc.caseNo ?? doc.receiptNo}</b></>}</>;
}

function Side({ doc, reroute }: { doc: SubmissionView; reroute: (() => void) | undefined }): ReactNode {
  const owns = useOwns(doc);
  // The server's note speaks to the author ("告诉您"); to anybody else the deadline's sum says enough.
  const holder = doc.holder && (owns ? doc.holder : { ...doc.holder, note: '' });
  return <Rail width={348} label="办理情况">
    <HolderCard holder={holder} ended={doc.closed ? '已作涉密处置' : doc.state === 'draft' ? '已撤回，改好再提交' : [...new Set([restWords(doc), doc.stateWords])].join('：')} />
    {owns && doc.kind === 'proposal' && doc.caseNo !== null && <OwnPublished doc={doc} />}
    {doc.routing && <RouteCard card={doc.routing} at={doc.committee}>{reroute && <div><Btn small hotkey="M" onClick={reroute}>改送…</Btn></div>}</RouteCard>}
    <Ties doc={doc} />
    {doc.coCommittees.length > 0 && <p className="sub">协办：{doc.coCommittees.map(({ name }) => name).join('、')}</p>}
    <Timeline timeline={doc.timeline} holder={holder} next={doc.next} />
  </Rail>;
}

/** 主案, those merged into it, the report that a proposal became, and what a report was born from. */
function Ties({ doc: { kind, main, merged, linked, source } }: { doc: SubmissionView }): ReactNode {
  if (!main && merged.length === 0 && !linked && !source) return null;
  return <section className="col" style={{ gap: 6 }} aria-label="相关的件">
    {main && <p className="sub">{kind === 'opinion' ? '合并到' : '并入主案'}：{main.title === null ? main.caseNo : <Link to={caseHref(main.id, null)}>{main.caseNo} {main.title}</Link>}</p>}
    {merged.length > 0 && <><span className="lab">{kind === 'opinion' ? '已并入' : '并入本案'} {merged.length} 件，{kind === 'opinion' ? '反映人都会知道结果' : '要分别答复'}</span>{merged.map((it) => <p className="sub" key={it.id}><Link to={caseHref(it.id, null)}>{it.title}</Link>（{it.author}）</p>)}</>}
    {source && <p className="sub">来源：{source.id === null ? source.words : <Link to={hrefOf('/visits', { at: source.id })}>{source.words}</Link>}</p>}
    {linked && <p className="sub">{linked.kind === 'opinion' ? '转成的社情民意' : '由提案转来'}：<Link to={caseHref(linked.id, null)}>{linked.title}</Link>（{linked.receiptNo}，{linked.stateWords}）</p>}
  </section>;
}

/** After these the case is still before the same person. */
const staysHere: readonly DeskAct[] = ['start_review', 'take_over', 'take', 'reopen'];
/** The same keys mean the same to both kinds: P goes on, X ends it. */
const keysOf = (kind: SubmissionView['kind']) => [['J / K', '下一件、上一件'], ['P', kind === 'opinion' ? '初审通过' : '提出初审意见、立案（先问一句）'], ['S', '开始初审'], ['R', '退回'], ['X', kind === 'opinion' ? '不予采用' : '不予立案'], ['M', '改送'], ['Z', '撤销刚才的操作'], ['Esc', '回到列表'], ['?', '看这张表']] as const;

/** One case: what it says, who has it, what may be done. Afterwards comes the next of the list that one came from. */
export function Case({ id }: { id: string }): ReactNode {
  const { query } = usePlace();
  const from = listFrom(query);
  const { data: doc, problem, reload, set } = useLoad(`case ${id}`, () => api.show({ id }));
  const walk = useWalk(from, id);
  const [help, setHelp] = useState(false);
  const [marking, setMarking] = useState(false);
  const [chosen, choose] = useState<DeskAct | null>(null);
  const to = (other: string | undefined) => { if (other) go(caseHref(other, from)); };
  useKeys({ j: () => to(walk?.next), k: () => to(walk?.previous), escape: from ? () => go(from) : undefined, '?': () => setHelp(true) });
  const acted: Acted = (act, answer) => {
    sayDone(act, answer, (it) => { go(caseHref(it.id, from)); set(it); });
    set(answer.doc);
    if (staysHere.includes(act) || !from) return;
    go(walk?.next ? caseHref(walk.next, from) : from);
  };
  const fresh = (it: SubmissionView | null) => { if (it) set(it); else reload(); };
  const back = <Link to={from ?? hrefOf('/')} className="btn">{from ? `回到${listWords(from)}` : '回到首页'}</Link>;
  return <Frame split={Boolean(doc)} crumb={<Crumb from={from} doc={doc} />} tools={walk && <Walker walk={walk} to={to} />}>
    {doc ? <>
      <div className="pane"><CaseBody doc={doc} again={reload} tools={<>{doc.kind === 'proposal' && <SheetButton ids={[doc.id]} name="提案表（Word）" />}{doc.mayMark && doc.receiptNo !== null && <Btn small onClick={() => setMarking(true)}>送涉密核查…</Btn>}<Btn small onClick={() => openApart(`/print/case/${encodeURIComponent(doc.id)}`)}>打印</Btn></>} /><OwnActs key={`${doc.id} own`} doc={doc} fresh={fresh} />{(ownActsOf(doc).length === 0 || deskActsOf(doc.can).length > 0) && <CaseActions key={doc.id} doc={doc} acted={acted} fresh={fresh} chosen={chosen} choose={choose} />}</div>
      <Side doc={doc} reroute={deskActsOf(doc.can).includes('reroute') ? () => choose('reroute') : undefined} />
    </> : problem ? <Failure problem={problem} onRetry={reload} back={back} /> : <Loading />}
    {marking && doc?.receiptNo && <SecretMark of={{ kind: doc.kind, receiptNo: doc.receiptNo }} close={() => setMarking(false)} done={(it) => { setMarking(false); announce({ words: `已送涉密核查，已封存：${it.receiptNo}` }); go(hrefOf('/secrets', { id: it.id })); }} />}
    <HelpSheet open={help} close={() => setHelp(false)} keys={keysOf(doc?.kind ?? 'opinion')} />
  </Frame>;
}
