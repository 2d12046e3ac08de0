import type { Answer, DisposalView, routes } from '@lvzhi/contracts';
import { instantWords, kindWords } from '@lvzhi/domain';
import type { SubmissionKind } from '@lvzhi/domain';
import { Checkbox, Radio } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { ActModal } from './act-modal.tsx';
import { Btn } from './button.tsx';
import { TextField } from './fields.tsx';
import { useDesk } from './frame.tsx';
import { ProblemNote } from './states.tsx';

type Found = Answer<typeof routes.findDisposable>;
interface Draft { readonly kind: SubmissionKind; readonly what: 'submission' | 'draft'; readonly receiptNo: string; readonly name: string; readonly chosen: { readonly personId: string; readonly draft: string } | null; readonly reason: string; readonly related: readonly string[] }
interface Props { of?: { readonly kind: SubmissionKind; readonly receiptNo: string }; close: () => void; done: (disposal: DisposalView) => void }

/** What else holds the same text: marked and decided together, or left as it is. */
function Related({ found, draft, change }: { found: Found; draft: Draft; change: (part: Partial<Draft>) => void }): ReactNode {
  if (found.related.length === 0) return <p className="sub">{found.author}提交，{found.stateWords}。没有并案、转办的件。</p>;
  return <div className="field"><span className="lab">有同样内容的件，选中的一起送</span>
    <Checkbox.Group className="col" aria-label="一起送核查的件" value={[...draft.related]} onChange={(related) => change({ related: related.map(String) })}
      options={found.related.map((it) => ({ value: it.id, label: `${it.how}：${kindWords[it.kind]} ${it.receiptNo}（${it.stateWords}）` }))} />
    <span className="cap">并入主件、转成社情民意的，正文里往往有同样的内容。</span></div>;
}

function Looked({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }): ReactNode {
  const asked = draft.receiptNo.trim();
  const { data, problem } = useLoad(`disposable ${draft.kind} ${asked}`, () => (/^\d{4}-\d{4,}$/.test(asked) ? api.findDisposable({ kind: draft.kind, receiptNo: asked }) : Promise.resolve(null)));
  if (problem) return problem.kind === 'gone' ? <p className="sub" role="alert">没有这个收件号，或者不归您送核查。</p> : <ProblemNote problem={problem} />;
  return data ? <Related found={data} draft={draft} change={change} /> : null;
}

/** Drafts of somebody by when they were saved: no word of them is shown. Each look is written down, so it is taken on purpose. */
function Unsent({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }): ReactNode {
  const now = useNow(60_000);
  const [asked, ask] = useState('');
  const { data, problem } = useLoad(`unsent ${draft.kind} ${asked}`, () => (asked === '' ? Promise.resolve(null) : api.findDrafts({ kind: draft.kind, name: asked })));
  const shown = data?.rows ?? [];
  return <><div className="rowx" style={{ alignItems: 'end' }}><div className="grow"><TextField label="姓名" hint="全名；每找一次都记审计" first value={draft.name} max={20} change={(name) => change({ name, chosen: null })} /></div><Btn onClick={() => { change({ chosen: null }); ask(draft.name.trim()); }}>找草稿</Btn></div>
    <ProblemNote problem={problem} />
    {data && shown.length === 0 && <p className="sub">没有找到这位的、服务器上没提交的{kindWords[draft.kind]}草稿。只在手机上的，请本人在手机上清除。</p>}
    {shown.length > 0 && <div className="field"><span className="lab">哪一份</span><Radio.Group className="col" aria-label="哪一份" value={draft.chosen?.draft ?? null} onChange={(event) => { const it = shown.find((row) => row.draft === event.target.value); change({ chosen: it ? { personId: it.personId, draft: it.draft } : null }); }}>{shown.map((it) => <Radio key={it.draft} value={it.draft}>{it.name}（{it.note}），{instantWords(new Date(it.savedAt), now)} 保存</Radio>)}</Radio.Group></div>}</>;
}

/** 送涉密核查: from the case, by the number where it cannot be opened (withdrawn), or, of what was never handed in, by whose it is. */
export function SecretMark({ of, close, done }: Props): ReactNode {
  const { me, catalogue } = useDesk();
  const kinds = (['opinion', 'proposal'] as const).filter((kind) => me.can.includes(kind === 'opinion' ? 'triage_opinion' : 'triage_proposal'));
  const first: Draft = { kind: of?.kind ?? kinds[0] ?? 'opinion', what: 'submission', receiptNo: of?.receiptNo ?? '', name: '', chosen: null, reason: '', related: [] };
  return <ActModal title={of ? `送涉密核查：${of.receiptNo}` : '送涉密核查'} words="送涉密核查" keep="先不送" width={560} draft={first} close={close}
    hint="送了以后马上封存，除您和安全管理员以外谁也看不到，提交人也看不到，期限停下。由安全管理员核查以后处置，或者解除。"
    act={({ what, chosen, kind, reason, receiptNo, related }) => (what === 'draft' ? api.markDraft({ kind, reason, personId: chosen?.personId ?? '', draft: chosen?.draft ?? '' }) : api.markSecret({ kind, reason, receiptNo: receiptNo.trim(), related: [...related] }))} done={({ disposal }) => done(disposal)}>
    {(draft, change, wrong) => <>
      {!of && <>{kinds.length > 1 && <div className="field"><span className="lab">种类</span><Radio.Group aria-label="种类" value={draft.kind} onChange={(event) => change({ kind: event.target.value as SubmissionKind, chosen: null, related: [] })}>{kinds.map((kind) => <Radio key={kind} value={kind}>{kindWords[kind]}</Radio>)}</Radio.Group></div>}
        <div className="field"><span className="lab">送哪一件</span><Radio.Group aria-label="送哪一件" value={draft.what} onChange={(event) => change({ what: event.target.value as Draft['what'] })}><Radio value="submission">提交过的，按收件号</Radio><Radio value="draft">没提交过的草稿</Radio></Radio.Group></div>
        {draft.what === 'submission' ? <TextField label="收件号" hint="撤回到草稿的也可以送" placeholder="2022-0001" first value={draft.receiptNo} max={20} change={(receiptNo) => change({ receiptNo, related: [] })} wrong={wrong['receiptNo']} />
          : <><Unsent draft={draft} change={change} />{(wrong['personId'] ?? wrong['draft']) && <span className="wrong" role="alert">请先找到、选中一份草稿</span>}</>}</>}
      {draft.what === 'submission' && <Looked draft={draft} change={change} />}
      <div className="field"><span className="lab">理由</span><Radio.Group className="col" aria-label="理由" value={draft.reason || null} onChange={(event) => change({ reason: String(event.target.value) })}>{catalogue.secretReasons.map(({ code, name }) => <Radio key={code} value={code}>{name}</Radio>)}</Radio.Group>
        {wrong['reason'] && <span className="wrong" role="alert">{wrong['reason']}</span>}</div>
    </>}
  </ActModal>;
}
