import type { DisposalView } from '@lvzhi/contracts';
import { instantWords, kindWords, partWords } from '@lvzhi/domain';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { TextField } from '../parts/fields.tsx';
import { secretLooks } from '../parts/secret-looks.ts';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { useRun } from '../platform/run.ts';

function Facts({ it }: { it: DisposalView }): ReactNode {
  const now = useNow(60_000);
  const rows = [[it.draft ? '编号' : '收件号', `${kindWords[it.kind]}${it.draft ? '草稿' : ''} ${it.receiptNo}`], ['提交人', it.author], ['理由', it.reason?.name ?? ''], ['送核查', `${it.markedBy}，${instantWords(new Date(it.markedAt), now)}`],
    ['决定', it.decidedBy === null || it.decidedAt === null ? '' : `${it.decidedBy}，${instantWords(new Date(it.decidedAt), now)}`], ['一起送的', it.together.map(({ kind, receiptNo, title }) => `${kindWords[kind]} ${receiptNo}${title === null ? '' : ` ${title}`}`).join('；')]] as const;
  return <div className="keys">{rows.flatMap(([name, words]) => (words ? [<span className="cap" key={name}>{name}</span>, <span key={`${name} words`} className="num">{words}</span>] : []))}</div>;
}

function Text({ it: { title, text, related } }: { it: DisposalView }): ReactNode {
  if (title === null) return null;
  return <section className="col" aria-label="内容"><h3>{text ? title : '草稿'}</h3>
    {text ? <>{(['situation', 'analysis', 'suggestion'] as const).map((part) => text[part] !== '' && <div className="part" key={part}><span className="lab">{partWords[part]}</span><div className="text small">{text[part]}</div></div>)}
      {text.files.length > 0 && <p className="sub">附件：{text.files.join('、')}</p>}</> : <p className="sub">没有提交的内容只有本人看得到，这里不显示。</p>}
    {related.length > 0 && <div className="note w">有同样内容、没有一起送的：{related.map((other) => `${other.how} ${other.receiptNo}`).join('；')}。要一起处置的，请先解除，由办公室重新一起送。</div>}
  </section>;
}

/** The backups that still hold it, each treated by hand and ticked off; and what the house cannot reach. */
function ByHand({ it, set }: { it: DisposalView; set: (it: DisposalView) => void }): ReactNode {
  const now = useNow(60_000);
  const { busy, problem, run } = useRun();
  if (it.state !== 'carried_out') return null;
  const treat = (keepingId: string) => void run(() => api.treatBackup({ id: it.id, keepingId })).then((answer) => { if (answer) set(answer.disposal); });
  return <section className="col" aria-label="要人工处理的">
    {it.filesLeft > 0 && <div className="note w">还有 {it.filesLeft} 个附件的文件正在清除，几分钟以后再看。</div>}
    <h3>还有内容的备份{it.backups.length > 0 && <span className="cap num"> {it.backups.length - it.backupsLeft} / {it.backups.length} 已处理</span>}</h3>
    <ProblemNote problem={problem} />
    {it.backups.length === 0 ? <p className="sub">没有登记过这以前做的备份。</p> : <div className="col" role="list" style={{ gap: 8 }}>{it.backups.map((one) => <div key={one.id} role="listitem" className="rowx sp"><span><span className="num">{one.fileName}</span><span className="cap num"> {instantWords(new Date(one.madeAt), now)} 做的</span></span>
      {one.treated ? <span className="cap">{one.treated.by}，{instantWords(new Date(one.treated.at), now)} 已处理</span> : it.can.includes('treat') ? <Btn small busy={busy} label={`${one.fileName} 已处理`} onClick={() => treat(one.id)}>已处理</Btn> : <span className="tag w">待处理</span>}</div>)}</div>}
    <h3>系统够不着的，请人工处理</h3><div className="col" role="list" style={{ gap: 6 }}>{it.elsewhere.map((words) => <p key={words} role="listitem" className="sub">{words}</p>)}</div>
    <p className="cap">恢复较早的备份时，服务器先按处置清单重新清除，再让人登录。</p>
  </section>;
}

function CarryOut({ it, close, done }: { it: DisposalView; close: () => void; done: (it: DisposalView) => void }): ReactNode {
  const all = it.together.length === 0 ? '这一件' : `这一件和一起送的 ${it.together.length} 件`;
  return <ActModal title={`涉密处置：${it.receiptNo}`} words="清除内容，不能恢复" keep="先不处置" draft={{ receiptNo: '' }} close={close} act={({ receiptNo }) => api.carryOutDisposal({ id: it.id, receiptNo: receiptNo.trim() })} done={({ disposal }) => done(disposal)}
    hint={`${all}的标题、正文、附件、编辑稿、意见、答复、草稿和搜索里的内容全部清除，谁也不能恢复。${it.draft ? '这是没有提交过的草稿，本人会收到通知。' : '收件号、经过和得分保留，提交人会收到通知。'}`}>
    {(draft, change, wrong) => <TextField label={`请照输${it.draft ? '编号' : '收件号'} ${it.receiptNo}`} first value={draft.receiptNo} max={20} change={(receiptNo) => change({ receiptNo })} wrong={wrong['receiptNo']} />}
  </ActModal>;
}

/** One disposal: what was marked while it is decided; afterwards what is left to do by hand. */
export function SecretDrawer({ id, close }: { id: string; close: () => void }): ReactNode {
  const { data: it, problem, reload, set } = useLoad(`disposal ${id}`, () => api.showDisposal({ id }));
  const [asking, ask] = useState<'carry_out' | 'lift' | null>(null);
  useCover(true);
  const done = (words: string) => (now: DisposalView) => { ask(null); set(now); announce({ words: `${words}：${now.receiptNo}` }); };
  const footer = it && it.can.includes('carry_out') && <div className="rowx"><Btn look="pri" onClick={() => ask('carry_out')}>涉密处置…</Btn><Btn onClick={() => ask('lift')}>不涉密，解除…</Btn></div>;
  return <Drawer open onClose={close} size={600} title="涉密处置" footer={footer}>
    {it ? <div className="col" style={{ gap: 16 }}>
      <div className="rowx wrap"><span className={`tag ${secretLooks[it.state]}`}>{it.stateWords}</span></div>
      {it.state === 'marked' && it.can.length === 0 && <div className="note w">已经封存，等安全管理员核查以后处置或者解除。送的人自己不能处置。</div>}
      <Facts it={it} /><Text it={it} /><ByHand it={it} set={set} />
    </div> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
    {it && asking === 'carry_out' && <CarryOut it={it} close={() => ask(null)} done={done('已作涉密处置')} />}
    {it && asking === 'lift' && <ActModal title={`解除：${it.receiptNo}`} words="解除封存" keep="先不解除" hint="核查以后不涉密的，解除封存：标题、正文、待办和期限都照旧，原来看得到的人又看得到。" draft={{}} close={() => ask(null)} act={() => api.liftDisposal({ id })} done={({ disposal }) => done('已解除')(disposal)} />}
  </Drawer>;
}
