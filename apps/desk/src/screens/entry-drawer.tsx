import type { EntryView } from '@lvzhi/contracts';
import { entryActionWords, instantWords, kindWords, partWords, saidWords, urgencyWords } from '@lvzhi/domain';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { DeadlineChip, StateTag, UrgencyTag } from '../parts/chip.tsx';
import { TextField } from '../parts/fields.tsx';
import { FileLink } from '../parts/file-link.tsx';
import { Failure, Loading } from '../parts/states.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { go, hrefOf } from '../platform/route.ts';
import { once } from '../platform/run.ts';

const waits: Partial<Record<EntryView['state'], (name: string) => string>> = {
  awaiting_confirmation: (name) => `等${name}在小程序里确认。确认以前没有提交，专委会看不到，办理期限也没有开始。`,
  correction_asked: (name) => `${name}请您更正：`, refused: (name) => `${name}不同意提交：`,
};

function Facts({ doc }: { doc: EntryView }): ReactNode {
  const now = useNow(60_000);
  const rows = [['替谁录入', [doc.author.name, doc.author.note].filter(Boolean).join('，')], ['联名委员', doc.coSigners.map(({ name }) => name).join('、')], ['录入', `${doc.office?.short ?? ''} ${doc.clerk.name}，${instantWords(new Date(doc.enteredAt), now)}`], ['凭据', doc.meansWords], ['收件号', doc.receiptNo ?? ''],
    ['类别', [doc.category?.name, doc.nature?.name, doc.town?.name].filter(Boolean).join('、')], ['建议承办', doc.units.map(({ name }) => name).join('、')], ['提案人的意见', saidWords(doc.form).join('、')]] as const;
  return <div className="keys">{rows.flatMap(([name, words]) => (words ? [<span className="cap" key={name}>{name}</span>, <span key={`${name} words`} className="num">{words}</span>] : []))}</div>;
}

function Text({ doc }: { doc: EntryView }): ReactNode {
  return <section className="col" aria-label="内容"><div className="rowx sp"><h3>{doc.title}</h3><span className="cap num">{doc.length} 字</span></div>
    {(['situation', 'analysis', 'suggestion'] as const).map((part) => doc.form[part] !== '' && <div className="part" key={part}><span className="lab">{partWords[part]}</span><div className="text small">{doc.form[part]}</div></div>)}</section>;
}

function Cancel({ doc, close, done, fresh }: { doc: EntryView; close: () => void; done: (doc: EntryView) => void; fresh: () => void }): ReactNode {
  return <ActModal title="撤销代录" words="撤销代录" keep="先不撤销" hint={`《${doc.title}》还没有提交。撤销以后${doc.author.name}不用再确认，会收到通知。`} draft={{ reason: '' }} close={close} fresh={fresh}
    act={({ reason }) => once('cancelEntry', { id: doc.id, version: doc.version, reason }, api.cancelEntry)} done={({ doc: now }) => done(now)}>
    {(draft, change, wrong) => <TextField label="撤销理由" value={draft.reason} max={200} first change={(reason) => change({ reason })} wrong={wrong['reason']} />}
  </ActModal>;
}

/** One entry: what was typed in, where it stands, and what its office may still do with it. */
export function EntryDrawer({ id, close }: { id: string; close: () => void }): ReactNode {
  const { data: doc, problem, reload, set } = useLoad(`entry ${id}`, () => api.showEntry({ id }));
  const [cancelling, setCancelling] = useState(false);
  useCover(true);
  const footer = doc && doc.can.length > 0 && <div className="rowx">
    {doc.can.includes('correct_entry') && <Btn look="pri" onClick={() => go(hrefOf('/entries/form', { of: id }))}>{entryActionWords.correct_entry}</Btn>}
    {doc.can.includes('cancel_entry') && <Btn onClick={() => setCancelling(true)}>{entryActionWords.cancel_entry}</Btn>}</div>;
  const wait = doc && waits[doc.state]?.(doc.author.name);
  return <Drawer open onClose={close} size={560} title={doc ? `代录 ${kindWords[doc.kind]}` : '代录'} footer={footer}>
    {doc ? <div className="col" style={{ gap: 16 }}>
      <div className="rowx wrap"><StateTag state={doc.state} words={doc.stateWords} />{doc.kind === 'opinion' && doc.form.urgency !== 'normal' && <UrgencyTag urgency={doc.form.urgency} words={urgencyWords[doc.form.urgency]} />}{doc.due && <DeadlineChip due={doc.due} />}</div>
      {wait && <div className="note w"><div>{wait}{doc.state !== 'awaiting_confirmation' && doc.said}</div></div>}
      <Facts doc={doc} />
      <Text doc={doc} />
      {doc.source && <FileLink file={doc.source} note="原件" />}
      {doc.papers.map((file) => <FileLink key={file.id} file={file} />)}
      {doc.files.map((file) => <FileLink key={file.id} file={file} note="附件" />)}
      <Timeline timeline={doc.timeline} holder={null} next={[]} />
    </div> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
    {doc && cancelling && <Cancel doc={doc} close={() => setCancelling(false)} fresh={() => { setCancelling(false); reload(); }} done={(now) => { setCancelling(false); set(now); announce({ words: `已撤销代录：${now.title}` }); }} />}
  </Drawer>;
}
