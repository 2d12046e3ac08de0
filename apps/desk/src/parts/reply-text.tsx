import type { ReplyView } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { useNow } from '../platform/clock.ts';
import { problemOf } from '../platform/problem.ts';
import { saveFile } from '../platform/transfer.ts';
import { Btn } from './button.tsx';
import { announce } from './toast.tsx';

/** One of a part's papers as a Word file; each is written down. */
export function PaperButton({ id, paper, name }: { id: string; paper: string; name: string }): ReactNode {
  const save = async () => {
    try { await saveFile(`/handlings/${encodeURIComponent(id)}/${paper}`, `${name}.docx`); announce({ words: `${name}已下载，已记入审计` }); }
    catch (error) { announce({ words: `没有下载：${problemOf(error).reason}` }); }
  };
  return <Btn small onClick={() => void save()}>{name}（Word）</Btn>;
}
/** Proposals as official sheets in one Word file. */
export function SheetButton({ ids, name }: { ids: readonly string[]; name: string }): ReactNode {
  const save = async () => {
    try { await saveFile(`/proposals/sheets?ids=${ids.map(encodeURIComponent).join(',')}`, '提案.docx'); announce({ words: '提案表已下载，已记入审计' }); }
    catch (error) { announce({ words: `没有下载：${problemOf(error).reason}` }); }
  };
  return <Btn small onClick={() => void save()}>{name}</Btn>;
}
/** 答复函 of one round. */
export const LetterButton = ({ reply }: { reply: Pick<ReplyView, 'handlingId' | 'round'> }): ReactNode => <PaperButton id={reply.handlingId} paper={`letter?round=${reply.round}`} name="答复函" />;

/** An answer as it is read: before its release by those inside, then by everybody who may see the case. */
export function ReplyText({ reply }: { reply: ReplyView }): ReactNode {
  const now = useNow(60_000);
  const { classCode, publicity } = reply;
  return <section className="part" aria-label={`${reply.unit.short}第 ${reply.round} 次答复`}>
    <div className="rowx wrap"><span className="lab">{reply.round > 1 ? `第 ${reply.round} 次答复` : '答复'}</span><b>{reply.unit.name}</b>{classCode && <span className="tag b">{classCode.code} 类：{classCode.name}</span>}
      {reply.onTime === false && <span className="tag x">超过期限</span>}<span className="push"><LetterButton reply={reply} /></span></div>
    <p className="cap num">{[reply.docNo, reply.signer && `签发人 ${reply.signer}`, reply.contact && `联系人 ${reply.contact}`, publicity?.name, reply.publicityReason, reply.promisedOn && `预计 ${reply.promisedOn} 前解决`, reply.releasedAt ? `${instantWords(new Date(reply.releasedAt), now)} 送达` : `${reply.savedBy} ${instantWords(new Date(reply.savedAt), now)} 保存，还没有送达`].filter(Boolean).join(' · ')}</p>
    <div className="text">{reply.body}</div>
  </section>;
}
