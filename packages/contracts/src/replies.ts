import { satisfactions } from '@lvzhi/domain';
import * as v from 'valibot';
import { handled } from './handling.ts';
import { id, key, optionalDay, optionalText, some, text, version } from './pieces.ts';
import { replyDraft, replyView } from './reply-shapes.ts';
import { route } from './route.ts';
import { moved, submissionView } from './submissions.ts';

const on = { id, version, key: v.optional(key) };
const note = (name: string) => text(name, 2000, 2);
const unit = ['handle_proposals'] as const;
const dispatch = ['dispatch_proposals'] as const;
const office = ['triage_proposal'] as const;
const proposer = ['write_proposal', 'write_collective', 'write_opinion'] as const;
const chosen = (name: string) => v.optional(v.nullable(v.pipe(v.string(`请从列表里选择${name}`), v.maxLength(24, `请从列表里选择${name}`))), null);
const satisfaction = (name: string) => v.picklist(satisfactions, `请选择${name}`);
const rated = { attitude: satisfaction('对办理态度的评价'), result: satisfaction('对办理结果的评价'), talked: v.boolean('请选择承办单位有没有和您面商'), note: optionalText('意见', 1000) };
const rating = v.object({ doc: submissionView });

/** 答复 and 评价 (rules: duty-rules §1.6–1.8). Beside these: GET /api/handlings/:id/letter?round= is the official letter as a Word file. */
export const replies = {
  showReply: route({ method: 'GET', path: '/handlings/:id/reply', summary: '这一轮的答复稿；送达以前只有承办、会办单位、交办单位和提案委看得到', who: ['handle_proposals', 'dispatch_proposals', 'triage_proposal'], input: v.object({ id }), output: replyDraft }),
  saveReply: route({ method: 'PUT', path: '/handlings/:id/reply', summary: '保存答复稿；version 是看到的那一稿，没有写过的写零', who: unit,
    input: v.object({ id, version, classCode: chosen('办理结果'), body: optionalText('答复正文', 10_000), docNo: optionalText('发文字号', 60), signer: optionalText('签发人', 40), publicity: chosen('公开方式'), publicityReason: optionalText('不予公开的理由', 200), promisedOn: optionalDay('预计解决的日期'), contact: optionalText('联系人和电话', 80) }),
    output: v.object({ reply: replyView }) }),
  askCountersign: route({ method: 'POST', path: '/handlings/:id/ask_countersign', summary: '主办把答复稿送会办单位会签', who: unit, input: v.object(on), output: handled }),
  agreeReply: route({ method: 'POST', path: '/handlings/:id/countersign', summary: '会签答复稿；主办改了稿要再会签', who: unit, input: v.object({ ...on, note: optionalText('会签意见', 2000) }), output: handled }),
  objectReply: route({ method: 'POST', path: '/handlings/:id/object', summary: '对答复稿有意见，不会签，写明意见', who: unit, input: v.object({ ...on, note: note('会签意见') }), output: handled }),
  submitReply: route({ method: 'POST', path: '/handlings/:id/submit', summary: '提交答复：承办单位负责人签发后送审核；会办单位都会签了才能提交', who: unit, input: v.object(on), output: handled }),
  returnReply: route({ method: 'POST', path: '/handlings/:id/return', summary: '审核退回重写，写明意见', who: dispatch, input: v.object({ ...on, note: note('退回意见') }), output: handled }),
  approveReply: route({ method: 'POST', path: '/handlings/:id/approve', summary: '答复审核通过；可以改办理结果的类别', who: dispatch, input: v.object({ ...on, classCode: chosen('办理结果'), note: optionalText('审核意见', 1000) }), output: handled }),
  releaseReplies: route({ method: 'POST', path: '/handlings/release', summary: '送达提案人：可以几件一起，逐件给结果；不能撤销', who: dispatch,
    input: v.object({ items: v.pipe(v.array(v.object({ id, version }), '请选择要送达的答复'), v.minLength(1, '请选择要送达的答复'), v.maxLength(100, '一次最多送达 100 件')) }), output: v.object({ results: v.array(v.object({ id: v.string(), done: v.boolean(), reason: v.nullable(v.string()) })) }) }),
  reportProgress: route({ method: 'POST', path: '/handlings/:id/progress', summary: '跟踪 B 类答复：报告进展，提案人看得到', who: unit, input: v.object({ ...on, note: note('进展') }), output: handled }),
  resolveHandling: route({ method: 'POST', path: '/handlings/:id/resolve', summary: '跟踪 B 类答复：登记已解决，再次告诉提案人', who: unit, input: v.object({ ...on, note: note('解决情况') }), output: handled }),
  rate: route({ method: 'POST', path: '/ratings/:id/rate', summary: '提案人评价答复；不满意要写理由，转重新办理', who: proposer, input: v.object({ ...on, ...rated }), output: rating }),
  keyPaper: route({ method: 'POST', path: '/ratings/:id/paper', summary: '代录纸质评价表，要附评价表的照片', who: office, input: v.object({ ...on, ...rated, fileIds: some('评价表的照片', 10) }), output: rating }),
  lapseRating: route({ method: 'POST', path: '/ratings/:id/lapse', summary: '评价期限已过、提醒过两次的，按未反馈办结', who: office, input: v.object(on), output: rating }),
  holdMeeting: route({ method: 'POST', path: '/proposals/:id/meeting', summary: '再次不满意的，提案委组织面商后办结，写明情况', who: office, input: v.object({ ...on, note: note('面商会情况') }), output: moved }),
} as const;
