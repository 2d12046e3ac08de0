import { collectiveKinds, entryMeans, opinionActions, opinionStates, preparedOutcomes, proposalActions, proposalStates, proposerKinds, sourceKinds, submissionKinds, unitRoles, urgencies } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, choice, chose, chosen, coded, holder, id, key, limit, named, oneOf, optionalText, page, several, step, text, undo, version } from './pieces.ts';
import { fileView } from './files.ts';
import { caseHandling } from './handling-shapes.ts';
import { route } from './route.ts';
import { routingCard } from './routing.ts';

export const states = [...new Set([...opinionStates, ...proposalStates])] as const;
const actions = [...new Set([...opinionActions, ...proposalActions])] as const;
const person = v.object({ id: v.string(), name: v.string(), note: v.string() });

/** A line of a list. `receiptNo` (收件号) is given at the first submit, `caseNo` (案号, in words) at 立案; `can`: what this reader may do with it now. */
export const submissionRow = v.object({
  id: v.string(), kind: v.picklist(submissionKinds), receiptNo: v.nullable(v.string()), caseNo: v.nullable(v.string()), title: v.string(),
  state: v.picklist(states), stateWords: v.string(), urgency: v.picklist(urgencies), author: person, coAuthors: v.array(person),
  /** 提案者 of a proposal: alone, together (联名), or a body. */
  proposer: v.nullable(v.object({ code: v.picklist(proposerKinds), name: v.string() })),
  committee: v.nullable(named), submittedAt: v.nullable(at), changedAt: at,
  holder: v.nullable(holder), version: v.number(), can: v.array(v.picklist(actions)),
});
export type SubmissionRow = v.InferOutput<typeof submissionRow>;

const written = v.object({ situation: v.string(), analysis: v.string(), suggestion: v.string() });
export const submissionView = v.object({
  ...submissionRow.entries,
  /** Whether this reader may send it to be looked into for state secrets (涉密核查). */
  mayMark: v.boolean(),
  /** Why nothing can be done with it any more: it was disposed of (涉密处置). */
  closed: v.nullable(v.string()),
  text: written, length: v.number(), revision: v.number(),
  category: v.nullable(coded), nature: v.nullable(coded), town: v.nullable(named), units: v.array(named), files: v.array(fileView),
  /** 代录: who entered it for the author, and how it became theirs; `source`: the Word file that was handed in. */
  entered: v.nullable(v.object({ how: v.picklist(entryMeans), words: v.string(), by: v.string(), at, papers: v.array(fileView), source: v.nullable(fileView) })),
  /** 联名提案人 of a proposal: when each signed, and which text; `invitationId`: the reader's own. */
  signers: v.array(v.object({ id: v.string(), name: v.string(), note: v.string(), words: v.string(), at, invitationId: v.nullable(v.string()) })),
  /** Asked to sign the text that accepted edits made, and not heard of yet: for its first proposer and those who review it. */
  stillAsked: v.array(person),
  /** Of a collective one: who signed for the body (unknown where it came on paper), and who of it handed this text in. */
  collective: v.nullable(v.object({ bodyId: v.string(), /** Whether the page must be attached. */ pageNeeded: v.boolean(), signer: v.nullable(v.string()), signerWords: v.string(), signedWords: v.string(), seals: v.array(fileView), by: v.nullable(v.string()) })),
  coCommittees: v.array(named), routing: v.nullable(routingCard),
  timeline: v.array(step), next: v.array(v.object({ words: v.string(), usual: v.string() })),
  /** What committee staff prepared for the head, where this reader reviews. */
  prepared: v.nullable(v.object({ outcome: v.picklist(preparedOutcomes), note: v.string(), by: v.string() })),
  /** The committee's opinion on a proposal. */
  review: v.nullable(v.object({ outcome: coded, note: v.string(), units: v.array(named), by: v.string(), at })),
  /** 主案 of a merged proposal; its title where this reader may see it. */
  main: v.nullable(v.object({ id: v.string(), caseNo: v.string(), title: v.nullable(v.string()) })),
  /** Those merged into this main case, as far as this reader may see them. */
  merged: v.array(v.object({ id: v.string(), receiptNo: v.string(), title: v.string(), author: v.string() })),
  /** The units that 提案委 has planned, until they are handed the case; not for its proposer. */
  planned: v.nullable(v.array(v.object({ unit: named, role: v.picklist(unitRoles), roleWords: v.string() }))),
  /** Since it was handed over to units; of a merged one, what its main case's units do. */
  handling: v.nullable(caseHandling),
  /** The report that a proposal became, or the proposal that a report came from. */
  linked: v.nullable(v.object({ id: v.string(), kind: v.picklist(submissionKinds), receiptNo: v.string(), title: v.string(), stateWords: v.string() })),
  /** Its pictures may be printed and published with it. */
  picturesAgreed: v.boolean(),
  /** What the first proposer said with the paper; not for the units that handle it. Null: a report. */
  choices: v.nullable(v.object({ publicity: chose, conversion: chose })),
  /** What the report was born from; `id` where this reader may see that too. */
  source: v.nullable(v.object({ kind: coded, words: v.string(), id: v.nullable(v.string()) })),
});
export type SubmissionView = v.InferOutput<typeof submissionView>;
export type SubmissionAction = SubmissionView['can'][number];
/** After a move: the document as it now is, and how it may be undone. */
export const moved = v.object({ doc: submissionView, undo });

/** Limits are settings of the term, so the server checks lengths; here only what no city could want. */
const form = {
  title: text('标题', 200), situation: text('情况', 20_000), analysis: optionalText('原因分析', 20_000), suggestion: optionalText('建议', 20_000),
  category: chosen('类别'), nature: chosen('信息性质'), townId: chosen('镇街'),
  urgency: v.optional(v.picklist(urgencies, '请选择紧急程度'), 'normal'),
  /** 建议承办单位 of a proposal. */
  unitIds: several('建议承办单位', 20),
  fileIds: several('附件', 40),
  /** 共同反映人 of a report: members who report it with the first one, in this order. */
  coAuthorIds: several('共同反映人', 9),
  /** 不涉密承诺 and 原创承诺: each must be ticked by hand. */
  noSecret: v.pipe(v.optional(v.boolean('请勾选“内容不涉密”'), false), v.literal(true, '请勾选“内容不涉密”')),
  original: v.pipe(v.optional(v.boolean('请勾选“本人原创，未向其他渠道报送”'), false), v.literal(true, '请勾选“本人原创，未向其他渠道报送”')),
  /** The pictures may be printed and published with the report. */
  picturesAgreed: v.optional(v.boolean('请选择照片可不可以用于编发'), false),
  /** 是否同意公开, 是否同意转社情民意 of a proposal: whoever says nothing is asked when it comes to that. */
  publicity: choice('是否同意公开'), conversion: choice('是否同意转社情民意'),
  /** Handed in by a body (集体提案): which, who signed for it, and the pages with signature or seal; `signed`: whoever hands it in says that they are there. */
  collective: v.optional(v.nullable(v.object({
    bodyId: id, kind: v.picklist(collectiveKinds, '请选择以哪个单位的名义提交'), signer: text('签名的负责人', 20), sealIds: several('签名盖章页', 10),
    signed: v.pipe(v.optional(v.boolean('请确认已经签名盖章'), false), v.literal(true, '请确认已经签名盖章')),
  })), null),
  /** The committee that the author chose on the card, or `ask` for 拿不准，请办公室定. Absent: the router decides. */
  wish: chosen('专委会'),
};
/** A body in whose name this person may hand in: who signs, what their word says, whether the page must be attached, and why it is not taken now (null: it is). */
const proposing = v.object({ body: named, kind: v.picklist(collectiveKinds), kindWords: v.string(), signerWords: v.string(), signedWords: v.string(), pageNeeded: v.boolean(), closed: v.nullable(v.string()) });
export type Proposing = v.InferOutput<typeof proposing>;
const note = (name: string, min = 1) => text(name, 1000, min);
const decides = ['review', 'triage_opinion', 'triage_proposal'] as const;
const on = { id, version, key: v.optional(key) };

export const submissions = {
  submit: route({ method: 'POST', path: '/submissions', summary: '提交社情民意或提案；同一 key 只算一次', who: ['write_opinion', 'write_proposal', 'write_collective'],
    input: v.object({ key, kind: v.picklist(submissionKinds, '请选择社情民意或提案'), ...form,
      /** 来源: the visit that it came of. */
      source: v.optional(v.nullable(v.object({ kind: v.picklist(sourceKinds, '来源不对'), id })), null) }), output: v.object({ doc: submissionView }) }),
  resubmit: route({ method: 'POST', path: '/submissions/:id/submit', summary: '修改后再次提交（撤回的或退回的），收件号不变', who: ['write_opinion', 'write_proposal', 'write_collective'],
    input: v.object({ ...on, key, ...form }), output: v.object({ doc: submissionView }) }),
  listProposers: route({ method: 'GET', path: '/proposers', summary: '我可以代表哪些单位提交集体提案，现在收不收', who: ['write_collective'], input: v.object({}), output: v.object({ rows: v.array(proposing) }) }),
  listMine: route({ method: 'GET', path: '/submissions/mine', summary: '我提交的，最近变动的在前；离任以后也能看', who: 'signed_in',
    input: v.object({ group: v.optional(oneOf('要看哪些', ['all', 'waiting_me', 'running', 'ended']), 'all'),
      /** Whose of what one follows: `me`, `bodies` (all that one speaks for) or the id of one of them. */ of: v.optional(v.string('请从列表里选择单位')), after, limit }), output: page(submissionRow) }),
  show: route({ method: 'GET', path: '/submissions/:id', summary: '一件的全部：内容、经过、在谁手里、能做什么', who: 'signed_in', input: v.object({ id }), output: submissionView }),
  list: route({ method: 'GET', path: '/submissions', summary: '我能看到的全部，新收的在前', who: [...decides, 'sign_issues', 'dispatch_proposals', 'handle_proposals'],
    input: v.object({ kind: oneOf('社情民意或提案', submissionKinds), state: v.optional(oneOf('状态', states)), committeeId: v.optional(v.string('请从列表里选择专委会')), proposer: v.optional(oneOf('提案者类型', proposerKinds)), after, limit }), output: page(submissionRow) }),
  findReporters: route({ method: 'GET', path: '/reporters', summary: '按姓名找可以一起反映的委员', who: ['write_opinion'], input: v.object({ query: text('姓名', 40) }), output: v.object({ rows: v.array(person) }) }),
  withdraw: route({ method: 'POST', path: '/submissions/:id/withdraw', summary: '初审开始前撤回到草稿', who: ['write_opinion', 'write_proposal', 'write_collective'], input: v.object(on), output: moved }),
  assign: route({ method: 'POST', path: '/submissions/:id/assign', summary: '分办：主送一个专委会，可协送其他', who: ['triage_opinion', 'triage_proposal'],
    input: v.object({ ...on, committeeId: text('专委会', 40), coCommitteeIds: several('协送的专委会', 6) }), output: moved }),
  recall: route({ method: 'POST', path: '/submissions/:id/recall', summary: '收回到分办台', who: ['triage_opinion', 'triage_proposal'], input: v.object({ ...on, reason: note('收回理由', 2) }), output: moved }),
  reroute: route({ method: 'POST', path: '/submissions/:id/reroute', summary: '改送别的专委会，或退到分办台（不填专委会）', who: decides,
    input: v.object({ ...on, committeeId: chosen('专委会'), reason: note('改送理由', 2) }), output: moved }),
  startReview: route({ method: 'POST', path: '/submissions/:id/start_review', summary: '开始初审', who: ['review'], input: v.object(on), output: moved }),
  prepare: route({ method: 'POST', path: '/submissions/:id/prepare', summary: '干部拟初审意见，供主任审定', who: ['review'],
    input: v.object({ ...on, outcome: v.picklist(preparedOutcomes, '请选择拟办意见'), note: note('拟办意见', 2) }), output: moved }),
  comment: route({ method: 'POST', path: '/submissions/:id/comment', summary: '协办专委会写意见', who: ['review'], input: v.object({ ...on, note: note('协办意见', 2) }), output: moved }),
  pass: route({ method: 'POST', path: '/submissions/:id/pass', summary: '社情民意初审通过', who: ['review'], input: v.object({ ...on, note: optionalText('初审意见', 1000) }), output: moved }),
  sendBack: route({ method: 'POST', path: '/submissions/:id/return', summary: '退回补充修改，意见必填', who: decides, input: v.object({ ...on, note: note('退回意见', 2) }), output: moved }),
  notAdopt: route({ method: 'POST', path: '/submissions/:id/not_adopt', summary: '社情民意不予采用，理由必选', who: decides,
    input: v.object({ ...on, reason: text('理由', 40), note: optionalText('说明', 1000) }), output: moved }),
  review: route({ method: 'POST', path: '/submissions/:id/review', summary: '专委会对提案提出初审意见和建议', who: ['review'],
    input: v.object({ ...on, outcome: text('建议结果', 40), note: note('初审意见', 2), unitIds: several('建议承办单位', 20) }), output: moved }),
  undo: route({ method: 'POST', path: '/submissions/:id/undo', summary: '撤销刚才的操作（本人，时限内，其后没有别的操作）', who: 'signed_in', input: v.object({ id, moveId: id }), output: v.object({ doc: submissionView }) }),
} as const;

