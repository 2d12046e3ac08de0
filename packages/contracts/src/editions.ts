import { opinionStates } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, coded, id, key, limit, oneOf, optionalText, page, text, version } from './pieces.ts';
import { route } from './route.ts';
import { moved } from './submissions.ts';

/** One issue (期). `numberWords`: 2022年第12期（总第345期）; `reason` why it was recalled, for those who edit. */
const issueView = v.object({
  id: v.string(), docId: v.string(), series: coded, numberWords: v.string(), title: v.string(), issuedAt: at, recalled: v.boolean(), reason: v.nullable(v.string()),
  signer: v.string(), checker: v.string(), editor: v.string(),
});
export type IssueView = v.InferOutput<typeof issueView>;

/** The edited text beside the original. `original`: the report's own words in the same layout, to be compared; `mayEdit`: this reader may save it now. */
const editionView = v.object({
  docId: v.string(), version: v.number(), series: coded, title: v.string(), body: v.string(), savedAt: at, savedBy: v.string(), mayEdit: v.boolean(),
  original: v.object({ title: v.string(), body: v.string() }),
  /** 反映人的意见: whether they are asked at all, and what they said. */
  consent: v.picklist(['off', 'needed', 'given', 'refused', 'lapsed']), objection: v.nullable(v.string()),
});
export type EditionView = v.InferOutput<typeof editionView>;

const on = { id, version, key: v.optional(key) };
const editors = ['edit', 'check_issues'] as const;
const note = (name: string, min = 2) => text(name, 1000, min);

export const editions = {
  showEdition: route({ method: 'GET', path: '/submissions/:id/edition', summary: '编辑稿和编发的各期；反映人在征求意见时和编发以后能看', who: 'signed_in', input: v.object({ id }),
    output: v.object({ edition: v.nullable(editionView), issues: v.array(issueView) }) }),
  saveEdition: route({ method: 'PUT', path: '/submissions/:id/edition', summary: '保存编辑稿；version 是编辑稿的，别人先保存过则 409 并附上两份', who: editors,
    input: v.object({ id, version, series: text('编发的刊物', 24), title: text('标题', 100, 2), body: text('正文', 20_000, 2) }), output: v.object({ edition: editionView }) }),
  takeOver: route({ method: 'POST', path: '/submissions/:id/take_over', summary: '办公室接手：不等专委会初审，直接编辑', who: editors, input: v.object({ ...on, note: optionalText('说明', 1000) }), output: moved }),
  take: route({ method: 'POST', path: '/submissions/:id/take', summary: '领办编辑', who: editors, input: v.object(on), output: moved }),
  askAgree: route({ method: 'POST', path: '/submissions/:id/ask_agree', summary: '把编辑稿送反映人征求意见', who: editors, input: v.object(on), output: moved }),
  agreeEdition: route({ method: 'POST', path: '/submissions/:id/agree', summary: '反映人同意编辑稿', who: ['write_opinion'], input: v.object(on), output: moved }),
  objectEdition: route({ method: 'POST', path: '/submissions/:id/object', summary: '反映人不同意编辑稿，说明哪里不妥', who: ['write_opinion'], input: v.object({ ...on, note: note('不同意的地方') }), output: moved }),
  sendCheck: route({ method: 'POST', path: '/submissions/:id/send_check', summary: '编辑成稿，送审核', who: editors, input: v.object(on), output: moved }),
  check: route({ method: 'POST', path: '/submissions/:id/check', summary: '审核通过，送签发', who: ['check_issues'], input: v.object({ ...on, note: optionalText('审核意见', 1000) }), output: moved }),
  rework: route({ method: 'POST', path: '/submissions/:id/rework', summary: '退回编辑，意见必填', who: ['check_issues', 'sign_issues'], input: v.object({ ...on, note: note('退回意见') }), output: moved }),
  sign: route({ method: 'POST', path: '/submissions/:id/sign', summary: '签发：给期号，不能撤销', who: ['sign_issues'], input: v.object(on), output: moved }),
  archiveReport: route({ method: 'POST', path: '/submissions/:id/archive', summary: '留存备查，理由必填，反映人会看到', who: editors, input: v.object({ ...on, note: note('留存理由') }), output: moved }),
  recallIssue: route({ method: 'POST', path: '/submissions/:id/recall_issue', summary: '收回编发的一期，期号不再用', who: ['check_issues', 'sign_issues'], input: v.object({ ...on, note: note('收回原因') }), output: moved }),
  reopen: route({ method: 'POST', path: '/submissions/:id/reopen', summary: '收回以后重新编辑', who: editors, input: v.object(on), output: moved }),
  absorb: route({ method: 'POST', path: '/submissions/:id/absorb', summary: '把说同一件事的几件并入这一件，一起编发；每件的反映人都知道、都记分', who: editors,
    input: v.object({ ...on, others: v.pipe(v.array(v.object({ id, version }), '请选择要并入的'), v.minLength(1, '请选择要并入的'), v.maxLength(50, '一次最多并入 50 件')), note: optionalText('合并说明', 1000),
      /** Take the one that goes on into one's own hands first, where it is not there yet. */
      takeIt: v.optional(v.boolean('请选择是否接手'), false) }), output: moved }),
  separate: route({ method: 'POST', path: '/submissions/:id/separate', summary: '拆开：不再合并，单独编辑', who: editors, input: v.object({ ...on, note: note('拆开的原因') }), output: moved }),
  showBulletin: route({ method: 'GET', path: '/issues/:id/bulletin', summary: '一期的公众号稿：干净的 HTML，略去联系方式、姓名和报送去向；每看一次记一次。公文版式的 Word 在 /api/issues/:id/docx', who: ['edit', 'check_issues', 'sign_issues'],
    input: v.object({ id }), output: v.object({ html: v.string(), title: v.string(), struck: v.number(),
      /** Those whose use was agreed, in the order in which the text marks their places; the bytes are in /api/issues/:id/pictures. `held`: how many more there are. */
      pictures: v.array(v.object({ name: v.string(), size: v.number() })), held: v.number() }) }),
  listIssues: route({ method: 'GET', path: '/issues', summary: '编发的各期，新的在前', who: ['edit', 'check_issues', 'sign_issues'],
    input: v.object({ series: v.optional(v.string('请从列表里选择刊物')), state: v.optional(oneOf('状态', ['valid', 'recalled'])), after, limit }),
    output: page(v.object({ ...issueView.entries, receiptNo: v.string(), reporter: v.string(), state: v.picklist(opinionStates) })) }),
} as const;
export type IssueRow = v.InferOutput<typeof editions.listIssues.output>['rows'][number];
