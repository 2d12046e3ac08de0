import * as v from 'valibot';
import { chosen, id, key, optionalText, several, text, version } from './pieces.ts';
import { route } from './route.ts';
import { moved } from './submissions.ts';

const on = { id, version, key: v.optional(key) };
const note = (name: string, min = 2) => text(name, 1000, min);
const decides = ['decide_proposal'] as const;
const office = ['triage_proposal'] as const;
const proposer = ['write_proposal', 'write_collective'] as const;

/** Filing (立案) of proposals: what is decided after the committee's first review, and what the proposer answers (duty-rules §1.3, §1.9). */
export const filing = {
  findMainCases: route({ method: 'GET', path: '/proposals/main_cases', summary: '可作主案的提案：已立案的，按案号或题目里的字找', who: decides,
    input: v.object({ words: v.optional(optionalText('要找的字', 50), ''), except: chosen('提案') }),
    output: v.object({ rows: v.array(v.object({ id: v.string(), caseNo: v.string(), title: v.string() })) }) }),
  fileProposal: route({ method: 'POST', path: '/proposals/:id/file', summary: '立案：给出案号，不能撤销，只能由提案委撤销立案', who: decides, input: v.object(on), output: moved }),
  merge: route({ method: 'POST', path: '/proposals/:id/merge', summary: '并案：并到一件已立案的主案，提案人都保留', who: decides,
    input: v.object({ ...on, mainId: text('主案', 40), note: optionalText('并案说明', 1000) }), output: moved }),
  split: route({ method: 'POST', path: '/proposals/:id/split', summary: '撤销并案，重新审定', who: office, input: v.object({ ...on, note: note('撤销并案的理由') }), output: moved }),
  reject: route({ method: 'POST', path: '/proposals/:id/reject', summary: '不予立案，理由必选', who: decides, input: v.object({ ...on, reason: text('理由', 40), note: optionalText('说明', 1000) }), output: moved }),
  suggest: route({ method: 'POST', path: '/proposals/:id/suggest', summary: '转意见建议：送单位参考，没有答复义务', who: decides, input: v.object({ ...on, note: optionalText('说明', 1000), unitIds: several('送交单位', 20) }), output: moved }),
  convert: route({ method: 'POST', path: '/proposals/:id/convert', summary: '转社情民意：提案人提交时已经同意的，直接转', who: decides, input: v.object(on), output: moved }),
  askConsent: route({ method: 'POST', path: '/proposals/:id/ask_consent', summary: '征求提案人意见：转为社情民意', who: decides, input: v.object({ ...on, note: note('转办理由') }), output: moved }),
  agreeConversion: route({ method: 'POST', path: '/proposals/:id/agree', summary: '提案人同意转社情民意：同时生成一件社情民意', who: proposer, input: v.object(on), output: moved }),
  declineConversion: route({ method: 'POST', path: '/proposals/:id/decline', summary: '提案人不同意转社情民意，回到审定', who: proposer, input: v.object({ ...on, note: optionalText('说明', 1000) }), output: moved }),
  decideAnew: route({ method: 'POST', path: '/proposals/:id/decide_anew', summary: '提案人没有答复，收回征求，另作审定', who: decides, input: v.object({ ...on, note: optionalText('说明', 1000) }), output: moved }),
  refile: route({ method: 'POST', path: '/proposals/:id/refile', summary: '改立案：不予立案或转意见建议的改为立案', who: office, input: v.object({ ...on, note: note('改立案的理由') }), output: moved }),
  unfile: route({ method: 'POST', path: '/proposals/:id/unfile', summary: '撤销立案，重新审定；案号不给别的提案', who: office, input: v.object({ ...on, note: note('撤销立案的理由') }), output: moved }),
  drop: route({ method: 'POST', path: '/proposals/:id/drop', summary: '提案人撤案（立案以前）', who: proposer, input: v.object(on), output: moved }),
  askDrop: route({ method: 'POST', path: '/proposals/:id/ask_drop', summary: '提案人申请撤案（立案以后，由提案委答复）', who: proposer, input: v.object({ ...on, note: note('撤案理由') }), output: moved }),
  allowDrop: route({ method: 'POST', path: '/proposals/:id/allow_drop', summary: '同意撤案', who: office, input: v.object(on), output: moved }),
  refuseDrop: route({ method: 'POST', path: '/proposals/:id/refuse_drop', summary: '不同意撤案，写明理由', who: office, input: v.object({ ...on, note: note('理由') }), output: moved }),
} as const;
