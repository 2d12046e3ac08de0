import { adoptModes, channels, deliveryActions, ledgerStates } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, coded, day, id, key, limit, named, oneOf, optionalDay, optionalText, page, several, version } from './pieces.ts';
import { route } from './route.ts';
import { moved } from './submissions.ts';

/**
 * One thing that became of a report on one channel. `words` (全国政协采用（单篇采用）) and `note` are for everybody who may see the report, its
 * reporter too; `gist` is the house's own and null for others; `hasText`: there is a full text of an instruction, read one by one and logged.
 */
const deliveryEntry = v.object({ id: v.string(), action: v.string(), words: v.string(), on: v.string(), note: v.string(), gist: v.nullable(v.string()), hasText: v.boolean(), by: v.string(), at });
const deliveryView = v.object({
  id: v.string(), channel: v.object({ code: v.picklist(channels), name: v.string() }), unit: v.nullable(named), state: v.picklist(ledgerStates), stateWords: v.string(),
  entries: v.array(deliveryEntry), can: v.array(v.picklist(deliveryActions)),
});
export type DeliveryView = v.InferOutput<typeof deliveryView>;
const ledgerRow = v.object({
  id: v.string(), docId: v.string(), channel: coded, unit: v.nullable(named), state: v.picklist(ledgerStates), stateWords: v.string(), title: v.string(), numberWords: v.string(), reporter: v.string(), sentOn: v.string(), last: v.string(), changedAt: at,
});
export type LedgerRow = v.InferOutput<typeof ledgerRow>;

const on = { id, version, key: v.optional(key) };
const office = ['edit', 'check_issues'] as const;

export const deliveries = {
  listDeliveries: route({ method: 'GET', path: '/submissions/:id/deliveries', summary: '一件报送到哪里、各有什么结果；反映人看到可以告诉他的', who: 'signed_in', input: v.object({ id }), output: v.object({ deliveries: v.array(deliveryView) }) }),
  send: route({ method: 'POST', path: '/submissions/:id/send', summary: '报送：登记报到哪几处；报有关部门的写明单位', who: office,
    input: v.object({ ...on, channels: v.pipe(v.array(v.picklist(channels, '请从列表里选择报送渠道'), '请选择报送渠道'), v.minLength(1, '请选择报送渠道')), unitIds: several('有关部门', 10), on: optionalDay('报送日期') }), output: moved }),
  record: route({ method: 'POST', path: '/submissions/:id/record', summary: '登记一处的结果：采用、未采用、批示、转办、办理反馈、跟踪落实', who: office,
    input: v.object({
      ...on, deliveryId: id, action: oneOf('要登记的', deliveryActions), on: day('日期'),
      /** 采用方式, of an adoption; 批示层级, of an instruction; the unit, of a transfer. */
      mode: v.optional(v.nullable(v.picklist(adoptModes, '请选择采用方式')), null), level: v.optional(v.nullable(v.string('请选择批示层级')), null), unitId: v.optional(v.nullable(v.string('请选择转办单位')), null),
      /** What the reporter may read; what only the office reads; the whole text of an instruction, sealed. */
      note: optionalText('告诉反映人的话', 1000), gist: optionalText('摘要', 1000), text: optionalText('全文', 5000),
    }), output: moved }),
  showInstruction: route({ method: 'GET', path: '/deliveries/entries/:id/text', summary: '批示全文；每看一次记一次', who: ['read_instructions'], input: v.object({ id }), output: v.object({ text: v.string() }) }),
  listLedger: route({ method: 'GET', path: '/deliveries', summary: '报送采用台账，最近有变动的在前', who: ['edit', 'check_issues', 'sign_issues'],
    input: v.object({ channel: v.optional(oneOf('渠道', channels)), state: v.optional(oneOf('状态', ledgerStates)), after, limit }), output: page(ledgerRow) }),
} as const;
