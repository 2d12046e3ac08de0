import type { DeliveryView, SubmissionView } from '@lvzhi/contracts';
import { adoptModes, adoptModeWords, dateOf, deliveryActionWords } from '@lvzhi/domain';
import type { AdoptMode, DeliveryAction } from '@lvzhi/domain';
import { Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { StateTag } from '../parts/chip.tsx';
import { choicesOf, DayField, Labelled, PickField } from '../parts/fields.tsx';
import { useDesk } from '../parts/frame.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { serverNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { once, useRun } from '../platform/run.ts';

/** The whole text of an instruction: asked for one by one, and each look is logged. */
function Instruction({ id }: { id: string }): ReactNode {
  const { busy, problem, run } = useRun();
  const [text, setText] = useState<string>();
  if (text !== undefined) return <div className="text small">{text}</div>;
  return <><Btn small look="txt" busy={busy} onClick={() => void run(() => api.showInstruction({ id })).then((it) => { if (it) setText(it.text); })}>看批示全文（会记录）</Btn><ProblemNote problem={problem} /></>;
}

function Channel({ delivery, record }: { delivery: DeliveryView; record: (action: DeliveryAction) => void }): ReactNode {
  return <section className="part" aria-label={delivery.unit?.name ?? delivery.channel.name}>
    <div className="rowx wrap"><b>{delivery.unit?.name ?? delivery.channel.name}</b><StateTag state={delivery.state} words={delivery.stateWords} />
      <span className="rowx tight push wrap">{delivery.can.map((action) => <Btn small key={action} onClick={() => record(action)}>{deliveryActionWords[action]}</Btn>)}</span></div>
    <ol className="tl" style={{ marginTop: 10 }}>{delivery.entries.map((entry) => <li key={entry.id}><span className="dot" /><span className="t">{entry.words}</span><span className="cap num">{entry.on} · {entry.by} 登记</span>
      {entry.note && <span className="cap">告诉反映人：“{entry.note}”</span>}{entry.gist && <span className="cap">批示摘要（内部）：{entry.gist}</span>}{entry.hasText && <Instruction id={entry.id} />}</li>)}</ol>
  </section>;
}

interface Draft { on: string; mode: string; level: string; unitId: string; note: string; gist: string; text: string }
const areaFor = (label: string, hint: string, value: string, change: (value: string) => void, wrong: string | undefined): ReactNode =>
  <Labelled label={label} hint={hint} wrong={wrong}>{(id) => <Input.TextArea id={id} value={value} autoSize={{ minRows: 2, maxRows: 8 }} onChange={(event) => change(event.target.value)} />}</Labelled>;

function Record({ doc, delivery, action, close, done }: { doc: SubmissionView; delivery: DeliveryView; action: DeliveryAction; close: () => void; done: () => void }): ReactNode {
  const { catalogue } = useDesk();
  const words = deliveryActionWords[action];
  const draft: Draft = { on: dateOf(serverNow()), mode: '', level: '', unitId: '', note: '', gist: '', text: '' };
  const act = (it: Draft) => once(`record ${delivery.id}`, { id: doc.id, version: doc.version, deliveryId: delivery.id, action, on: it.on, mode: adoptModes.find((code) => code === it.mode) ?? null, level: it.level || null, unitId: it.unitId || null, note: it.note, gist: it.gist, text: it.text }, api.record);
  return <ActModal title={`${words}：${delivery.unit?.name ?? delivery.channel.name}`} words={words} keep="先不登记" hint="会告诉反映人有了结果；批示的摘要和全文只有办公室和签发人能看，不会出现在通知里。" draft={draft} act={act} close={close}
    done={() => { announce({ words: `${words}：${doc.title}` }); done(); }} fresh={done}>
    {(it, change, wrong) => <>
      <DayField label="日期" value={it.on} change={(on) => change({ on })} wrong={wrong['on']} />
      {action === 'adopt' && <PickField label="采用方式" value={it.mode} options={adoptModes.map((code: AdoptMode) => ({ value: code, label: adoptModeWords[code] }))} change={(mode) => change({ mode })} wrong={wrong['mode']} first />}
      {action === 'instruct' && <PickField label="批示层级" value={it.level} options={catalogue.opinion.instructionLevels.map(({ code, name }) => ({ value: code, label: name }))} change={(level) => change({ level })} wrong={wrong['level']} first />}
      {(action === 'transfer' || action === 'answer') && <PickField label={action === 'transfer' ? '转办单位' : '反馈单位'} hint={action === 'answer' ? '可不选' : ''} value={it.unitId} options={choicesOf(catalogue.units)} change={(unitId) => change({ unitId })} wrong={wrong['unitId']} clear={action === 'answer'} first />}
      {action === 'instruct' && areaFor('批示摘要', '内部', it.gist, (gist) => change({ gist }), wrong['gist'])}
      {action === 'instruct' && areaFor('批示全文', '内部，可不填；加密保存，每看一次记一次', it.text, (text) => change({ text }), wrong['text'])}
      {areaFor('告诉反映人的话', ['answer', 'follow_up', 'decline'].includes(action) ? '' : '可不填', it.note, (note) => change({ note }), wrong['note'])}
    </>}
  </ActModal>;
}

/** 报送: each channel with what became of it, and what can be recorded now. */
export function DeliveriesTab({ doc, again }: { doc: SubmissionView; again: () => void }): ReactNode {
  const { data, problem, reload } = useLoad(`deliveries ${doc.id} ${doc.version}`, () => api.listDeliveries({ id: doc.id }));
  const [chosen, choose] = useState<{ delivery: DeliveryView; action: DeliveryAction } | null>(null);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />;
  return <>{data.deliveries.map((it) => <Channel key={it.id} delivery={it} record={(action) => choose({ delivery: it, action })} />)}
    {chosen && <Record doc={doc} {...chosen} close={() => choose(null)} done={() => { choose(null); again(); }} />}</>;
}
