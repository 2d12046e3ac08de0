import type { Answer, MemberView, routes } from '@lvzhi/contracts';
import { Radio } from 'antd';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { choicesOf, PickField, TextField } from '../parts/fields.tsx';
import { useDesk } from '../parts/frame.tsx';
import { api } from '../platform/api.ts';
import { once } from '../platform/run.ts';

export type RosterFacts = Answer<typeof routes.countRoster>;
interface Draft { readonly name: string; readonly phone: string; readonly sectorId: string; readonly townId: string; readonly unitTitle: string; readonly isPartyMember: boolean | null }
const blank: Draft = { name: '', phone: '', sectorId: '', townId: '', unitTitle: '', isPartyMember: null };
const draftOf = (doc: MemberView): Draft => ({ name: doc.name, phone: '', sectorId: doc.sector?.id ?? '', townId: doc.town?.id ?? '', unitTitle: doc.unitTitle, isPartyMember: doc.isPartyMember });

function send({ phone, townId, ...draft }: Draft, doc: MemberView | undefined) {
  const facts = { ...draft, townId: townId || null };
  return doc ? api.editMember({ id: doc.id, version: doc.version, ...facts }) : once('addMember', { ...facts, phone }, api.addMember);
}

/** A member's own facts, new or changed. The phone number is changed elsewhere, since one signs in with it. */
export function MemberForm({ facts, doc, close, done, fresh }: { facts: RosterFacts; doc?: MemberView; close: () => void; done: (doc: MemberView) => void; fresh?: (doc: MemberView) => void }): ReactNode {
  const { catalogue } = useDesk();
  return <ActModal<Draft, { doc: MemberView }> title={doc ? `修改资料：${doc.name}` : '登记委员'} words={doc ? '保存资料' : '登记委员'} keep={doc ? '先不改' : '先不登记'} draft={doc ? draftOf(doc) : blank} act={(draft) => send(draft, doc)} done={(answer) => done(answer.doc)} close={close}
    {...(fresh && { fresh: (current: unknown) => fresh(current as MemberView) })}>
    {(draft, change, wrong) => <>
      <div className="two"><TextField label="姓名" first max={20} value={draft.name} change={(name) => change({ name })} wrong={wrong['name']} />
        {doc ? <PickField label="镇街" clear value={draft.townId} options={choicesOf(catalogue.towns)} change={(townId) => change({ townId })} wrong={wrong['townId']} /> : <TextField label="手机号" hint="没有可不填，用邀请码绑定" max={20} value={draft.phone} change={(phone) => change({ phone })} wrong={wrong['phone']} />}</div>
      <div className="two"><PickField label="界别" value={draft.sectorId} options={choicesOf(facts.sectors)} change={(sectorId) => change({ sectorId })} wrong={wrong['sectorId']} />
        {!doc && <PickField label="镇街" hint="可不选" clear value={draft.townId} options={choicesOf(catalogue.towns)} change={(townId) => change({ townId })} wrong={wrong['townId']} />}</div>
      <TextField label="单位职务" value={draft.unitTitle} change={(unitTitle) => change({ unitTitle })} wrong={wrong['unitTitle']} placeholder="如：市第一中学教师" />
      <div className="field"><span className="lab">中共党员</span><Radio.Group aria-label="中共党员" value={draft.isPartyMember === null ? 'unknown' : draft.isPartyMember ? 'yes' : 'no'} onChange={(event) => change({ isPartyMember: event.target.value === 'unknown' ? null : event.target.value === 'yes' })}>
        <Radio value="yes">是</Radio><Radio value="no">否</Radio><Radio value="unknown">不清楚</Radio></Radio.Group></div>
    </>}
  </ActModal>;
}
