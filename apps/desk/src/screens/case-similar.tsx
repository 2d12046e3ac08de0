import type { SimilarRow, SubmissionView } from '@lvzhi/contracts';
import { instantWords, kindWords } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { StateTag } from '../parts/chip.tsx';
import { Compose } from '../parts/compose.tsx';
import { caseHref } from '../parts/sources.ts';
import { Empty, Failure, Loading } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { Link } from '../platform/route.ts';

/** One that is alike: how much, when, from where, and by which words. */
function Row({ row: { score, words, doc, published, town, submittedAt, shared } }: { row: SimilarRow }): ReactNode {
  const now = useNow(60_000);
  return <div className="part"><div className="rowx wrap"><span className={`tag ${score >= 40 ? 'w' : ''}`}>{words} <b className="num">{score}%</b></span>
    {doc ? <><Link to={caseHref(doc.id, null)} className="grow ell title">{doc.title}</Link><StateTag state={doc.state} words={doc.stateWords} /></> : <span className="grow ell">{published ? `《${published.title}》` : '有一件相近的正在办理，不在您能看的范围'}</span>}</div>
    <p className="cap num">{[doc?.author, town?.name, submittedAt && `${instantWords(new Date(submittedAt), now)} 提交`, doc && `收件号 ${doc.receiptNo}`, published?.numberWords, shared.length > 0 && `都说到：${shared.join('、')}`].filter(Boolean).join(' · ')}</p></div>;
}

/** 相近: other reports that may be about the same matter; whoever edits this one may take them in. */
export function SimilarTab({ doc, again }: { doc: SubmissionView; again: () => void }): ReactNode {
  const { data, problem, reload } = useLoad(`similar ${doc.id} ${doc.version}`, () => api.showSimilar({ id: doc.id }));
  const [composing, compose] = useState(false);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />;
  const lines = data.rows.flatMap((row) => row.doc ?? []);
  const leads = doc.can.some((act) => act === 'absorb' || act === 'take' || act === 'take_over');
  const main = { id: doc.id, version: doc.version, receiptNo: doc.receiptNo ?? '', title: doc.title, author: doc.author.name, can: ['lead' as const] };
  return <>{leads && lines.some(({ can }) => can.includes('combine')) && <div className="rowx"><Btn small look="pri" onClick={() => compose(true)}>并入这一件…</Btn><span className="cap">说同一件事的合成一件编发</span></div>}
    {data.rows.length === 0 ? <Empty title="没有相近的">没有找到内容相近的{kindWords[doc.kind]}。新交的大约一分钟后可以比对。</Empty> : data.rows.map((row, index) => <Row key={row.doc?.id ?? index} row={row} />)}
    {composing && <Compose lines={lines} main={main} close={() => compose(false)} done={() => { compose(false); again(); }} />}</>;
}
