import { Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActFields } from '../parts/act-fields.tsx';
import { emptyDraft } from '../parts/acts.ts';
import { Btn } from '../parts/button.tsx';
import { useDesk } from '../parts/frame.tsx';
import { useCover, useKeys } from '../platform/keys.ts';
import type { TriageState } from './triage-state.ts';

function Elsewhere({ state, close }: { state: TriageState; close: () => void }): ReactNode {
  const [draft, setDraft] = useState(emptyDraft);
  useCover(true);
  const count = state.picked.size;
  const send = () => { close(); void state.assignPicked({ lead: draft.committeeId, co: draft.coIds.filter((id) => id !== draft.committeeId) }); };
  return <Modal open onCancel={close} title={`把选中的 ${count} 件分送到同一家`} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}>
    <Btn onClick={close}>先不分送</Btn><Btn look="pri" disabled={draft.committeeId === ''} onClick={send}>分送 {count} 件</Btn></div>}>
    <div className="col"><ActFields of="" act="assign" kind={state.kind} at={null} draft={draft} change={(part) => setDraft({ ...draft, ...part })} wrong={{}} /></div>
  </Modal>;
}

/** What can be done with the selection; it is cleared where it went well and kept where it did not. */
export function BulkBar({ state }: { state: TriageState }): ReactNode {
  const { catalogue } = useDesk();
  const [elsewhere, setElsewhere] = useState(false);
  const rows = state.pages.rows.filter(({ docId }) => state.picked.has(docId));
  const leads = new Set(rows.map((row) => state.choiceFor(row)?.lead));
  const [only] = leads;
  const one = leads.size === 1 ? catalogue.committees.find(({ id }) => id === only)?.short : undefined;
  const undecided = rows.filter((row) => !state.choiceFor(row)).length;
  const ready = undecided < rows.length;
  useKeys({ e: ready ? () => void state.assignPicked() : undefined, m: () => setElsewhere(true) });
  return <div className="foot bulk" role="region" aria-label="选中的几件">
    <b style={{ whiteSpace: 'nowrap' }}>已选 {state.picked.size} 件</b>
    <Btn look="pri" hotkey="E" busy={state.sending} disabled={!ready} onClick={() => void state.assignPicked()}>{one ? `分送${one}` : '各按所选分送'}</Btn>
    <Btn hotkey="M" disabled={state.sending} onClick={() => setElsewhere(true)}>改送…</Btn>
    <Btn look="txt" hotkey="Esc" onClick={state.clear}>取消选择</Btn>
    <span className="cap push">{undecided > 0 ? `${undecided} 件还没有选主送，不会送出` : `${catalogue.undoSeconds} 秒内可撤销，逐件显示结果`}</span>
    {elsewhere && <Elsewhere state={state} close={() => setElsewhere(false)} />}
  </div>;
}
