import type { FoundRow, SubmissionView } from '@lvzhi/contracts';
import { dateOf, dateWords, instantWords, kindWords, timeOf, urgencyWords } from '@lvzhi/domain';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { clockWords } from '../parts/civil-input.tsx';
import { postOf, useDesk } from '../parts/frame.tsx';
import { soughtIn, soughtWords } from '../parts/sources.ts';
import { Empty, Failure, Loading } from '../parts/states.tsx';
import { restWords } from '../parts/timeline.tsx';
import { api } from '../platform/api.ts';
import { serverNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { hrefOf, Link, usePlace } from '../platform/route.ts';

const civil = (at: string | null): string => { if (at === null) return ''; const instant = new Date(at); return `${dateOf(instant).slice(0, 4)}年${dateWords(dateOf(instant))} ${clockWords(timeOf(instant))}`; };

/** A sheet of paper: whose it is, when and by whom it was printed; on the screen a bar above it. */
function Sheet({ kind, title, back, children }: { kind: 'case' | 'list'; title: string; back: string; children: ReactNode }): ReactNode {
  const { me } = useDesk();
  const post = postOf(me);
  useEffect(() => { const before = document.title; document.title = title; return () => { document.title = before; }; }, [title]);
  return <div className="paper-desk"><div className="paper-bar noprint"><Btn look="pri" onClick={() => window.print()}>打印</Btn><Link to={back} className="btn">返回</Link><span className="sub">A4 {kind === 'case' ? '竖放' : '横放'}；也可以在打印窗口里存成 PDF。</span></div>
    <article className={`paper ${kind}`}><header className="paper-head"><b>{me.city}政协</b><span>打印人 {me.person.name}{post && `（${post}）`}</span><span className="num">{civil(serverNow().toISOString())}{me.clock.demo && '（演示）'}</span></header>{children}</article></div>;
}

function Part({ name, text }: { name: string; text: string }): ReactNode {
  return text === '' ? null : <section><h2>{name}</h2>{text.split(/\n+/).map((line, index) => <p key={index}>{line}</p>)}</section>;
}

function CasePaper({ doc }: { doc: SubmissionView }): ReactNode {
  const facts: (readonly [string, string | undefined])[] = [
    ['收件号', doc.receiptNo ?? ''], ['案号', doc.caseNo ?? undefined], ['状态', doc.stateWords], [doc.kind === 'proposal' ? '提案人' : '提交人', [doc.author, ...doc.coAuthors].map(({ name }) => name).join('、')], ['提案者类型', doc.proposer?.name], ['界别或单位', doc.author.note], ['类别', doc.category?.name], ['信息性质', doc.nature?.name], ['镇街', doc.town?.name], ['紧急程度', urgencyWords[doc.urgency]],
    ['主送', doc.committee?.name ?? '待分送'], ['协送', doc.coCommittees.map(({ name }) => name).join('、')], ['收到', civil(doc.submittedAt)], ['在谁手里', doc.holder ? `${doc.holder.words}${doc.holder.due ? `【${doc.holder.due.words}】` : ''}` : restWords(doc)], ['建议承办单位', doc.units.map(({ name }) => name).join('、')], ['附件', doc.files.map(({ name }) => name).join('、')],
  ];
  return <Sheet kind="case" title={`${doc.receiptNo ?? ''} ${doc.title}`.trim()} back={`/case/${encodeURIComponent(doc.id)}`}>
    <p className="paper-kind">{kindWords[doc.kind]}</p><h1>{doc.title}</h1>
    <dl className="paper-facts">{facts.map(([name, words]) => words && <div key={name}><dt>{name}</dt><dd>{words}</dd></div>)}</dl>
    <Part name="情况" text={doc.text.situation} /><Part name="原因分析" text={doc.text.analysis} /><Part name="建议" text={doc.text.suggestion} />
    {doc.review && <Part name={`初审意见：${doc.review.outcome.name}（${doc.review.by}，${civil(doc.review.at)}）`} text={doc.review.note} />}
    <section className="paper-steps"><h2>经过</h2><table aria-label="经过"><colgroup><col style={{ width: '24%' }} /><col style={{ width: '18%' }} /><col style={{ width: '20%' }} /><col /></colgroup><thead><tr><th>时间</th><th>办理</th><th>经办</th><th>意见</th></tr></thead>
      <tbody>{doc.timeline.map((step) => <tr key={step.id}><td className="num">{civil(step.at)}</td><td>{step.words}</td><td>{step.who}</td><td>{step.note}</td></tr>)}</tbody></table></section>
  </Sheet>;
}

export function PrintCase({ id }: { id: string }): ReactNode {
  const { data: doc, problem, reload } = useLoad(`print ${id}`, () => api.show({ id }));
  if (!doc) return <div className="paper-desk">{problem ? <Failure problem={problem} onRetry={reload} back={<Link to="/" className="btn">回到首页</Link>} /> : <Loading />}</div>;
  return <CasePaper doc={doc} />;
}

/** A list of more pages than anybody reads is for the export. */
const most = 500;
async function wholeList(sought: Parameters<typeof api.findDocuments>[0]): Promise<{ rows: readonly FoundRow[]; cut: boolean }> {
  const rows: FoundRow[] = [];
  for (let after: string | undefined; ;) {
    const page = await api.findDocuments({ ...sought, limit: 100, ...(after !== undefined && { after }) });
    rows.push(...page.rows);
    if (page.next === null || rows.length >= most) return { rows, cut: page.next !== null };
    after = page.next;
  }
}

export function PrintList(): ReactNode {
  const { catalogue } = useDesk();
  const { query } = usePlace();
  const sought = soughtIn(query);
  const { data, problem, reload } = useLoad(`print list ${JSON.stringify(sought)}`, () => wholeList(sought));
  const back = hrefOf('/find', { ...Object.fromEntries(query), of: null });
  const name = (query.get('of') ?? '').slice(0, 20) || '查找结果';
  if (!data) return <div className="paper-desk">{problem ? <Failure problem={problem} onRetry={reload} back={<Link to={back} className="btn">返回</Link>} /> : <Loading />}</div>;
  const filters = soughtWords(sought, catalogue);
  return <Sheet kind="list" title={`${name} ${dateOf(serverNow())}`} back={back}>
    <h1>{name}</h1><p className="paper-kind num">{[`${data.rows.length} 件`, ...filters].join(' · ')}</p>
    {data.cut && <p className="paper-note">只打印前 {data.rows.length} 件，后面还有。请加上筛选分几次打印，或者导出表格。</p>}
    {data.rows.length === 0 ? <Empty title="没有符合条件的">换一个筛选再打印。</Empty> : <table aria-label={name}><colgroup><col style={{ width: '9%' }} /><col /><col style={{ width: '13%' }} /><col style={{ width: '9%' }} /><col style={{ width: '11%' }} /><col style={{ width: '17%' }} /><col style={{ width: '11%' }} /></colgroup>
      <thead><tr><th>收件号</th><th>标题</th><th>提交人</th><th>专委会</th><th>状态</th><th>在谁手里</th><th>收到</th></tr></thead>
      <tbody>{data.rows.map((row) => <tr key={row.id}><td className="num">{row.receiptNo}{row.caseNo !== null && <div>{row.caseNo}</div>}</td><td>{row.title}</td><td>{row.author.name}{row.author.note && `（${row.author.note}）`}</td><td>{row.committee?.short ?? '待分送'}</td><td>{row.stateWords}{row.urgency !== 'normal' && `【${urgencyWords[row.urgency]}】`}</td>
        <td>{row.holder ? `${row.holder.words}${row.holder.due ? `【${row.holder.due.words}】` : ''}` : restWords(row)}</td><td className="num">{row.submittedAt && instantWords(new Date(row.submittedAt), serverNow())}</td></tr>)}</tbody></table>}
  </Sheet>;
}
