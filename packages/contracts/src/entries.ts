import { collectiveKinds, entryActions, entryMeans, entryStates, submissionKinds, urgencies } from '@lvzhi/domain';
import * as v from 'valibot';
import { fileView } from './files.ts';
import { after, at, choice, chose, chosen, coded, due, id, key, limit, named, oneOf, optionalText, page, several, step, text, version } from './pieces.ts';
import { person } from './people.ts';
import { route } from './route.ts';

/** 代录: what an office entered for somebody. `clerk`: who entered it, at `office`. `submissionId`, `receiptNo`: once it is submitted. */
export const entryRow = v.object({
  id: v.string(), kind: v.picklist(submissionKinds), title: v.string(), state: v.picklist(entryStates), stateWords: v.string(), means: v.picklist(entryMeans), meansWords: v.string(),
  author: person, clerk: person, office: v.nullable(named), enteredAt: at, changedAt: at, due: v.nullable(due),
  submissionId: v.nullable(v.string()), receiptNo: v.nullable(v.string()), version: v.number(), can: v.array(v.picklist(entryActions)),
});
export type EntryRow = v.InferOutput<typeof entryRow>;

/** What was typed in, as codes, so that a form can open with it. */
const typed = v.object({
  situation: v.string(), analysis: v.string(), suggestion: v.string(), category: v.nullable(v.string()), nature: v.nullable(v.string()), townId: v.nullable(v.string()),
  urgency: v.picklist(urgencies), unitIds: v.array(v.string()), publicity: chose, conversion: chose,
});
const entryView = v.object({
  ...entryRow.entries, form: typed, length: v.number(), category: v.nullable(coded), nature: v.nullable(coded), town: v.nullable(named), units: v.array(named),
  /** Attachments of the text; `papers`: pictures of the paper; `source`: the Word file as it was handed in. */
  files: v.array(fileView), papers: v.array(fileView), source: v.nullable(fileView),
  /** 联名委员, whose signatures stand on the paper. */ coSigners: v.array(person),
  timeline: v.array(step), /** Why the author did not want it so, where that was last said. */ said: v.nullable(v.string()),
});
export type EntryView = v.InferOutput<typeof entryView>;
const done = v.object({ doc: entryView });

/** Limits are settings of the term, so the server checks lengths; here only what no city could want. */
const form = {
  title: text('标题', 200), situation: text('情况', 20_000), analysis: optionalText('原因分析', 20_000), suggestion: optionalText('建议', 20_000),
  category: chosen('类别'), nature: chosen('信息性质'), townId: chosen('镇街'), urgency: v.optional(v.picklist(urgencies, '请选择紧急程度'), 'normal'),
  unitIds: several('建议承办单位', 20), fileIds: several('附件', 40), paperIds: several('纸质件', 40), sourceId: chosen('原件'),
  /** As the paper has it; whoever confirms it says it for themselves. */
  publicity: choice('是否同意公开'), conversion: choice('是否同意转社情民意'),
};
const pledged = (words: string) => v.pipe(v.optional(v.boolean(words), false), v.literal(true, words));
const on = { id, version, key };
const writers = ['write_opinion', 'write_proposal'] as const;

export const entries = {
  createEntry: route({ method: 'POST', path: '/entries', summary: '代录：请本人确认，或凭签名的纸质件直接提交；同一 key 只算一次', who: ['enter_on_behalf'],
    input: v.object({ key, kind: v.picklist(submissionKinds, '请选择社情民意或提案'), authorId: v.pipe(v.optional(v.string('请选择替谁录入'), ''), v.minLength(1, '请选择替谁录入'), v.maxLength(40, '请从列表里选择替谁录入')),
      /** Of a body's proposal on paper: of which kind it is. */ proposerKind: v.optional(v.nullable(v.picklist(collectiveKinds, '请从列表里选择提案者')), null),
      means: v.picklist(entryMeans, '请选择由本人确认还是凭纸质件提交'), /** Of a paper: the clerk says that it bears the author's signature or seal. */ signed: v.optional(v.boolean('请勾选“纸质件有本人签名或单位盖章”'), false),
      /** 联名委员 of a proposal, whose signatures stand on the paper as well. */ coSignerIds: several('联名委员', 100), ...form }), output: done }),
  listEntries: route({ method: 'GET', path: '/entries', summary: '本处室的代录，最近变动的在前', who: ['enter_on_behalf'],
    input: v.object({ state: v.optional(oneOf('状态', entryStates)), after, limit }), output: page(entryRow) }),
  findEntryAuthors: route({ method: 'GET', path: '/entries/authors', summary: '可以替谁录入：委员、参加单位、信息员', who: ['enter_on_behalf'],
    input: v.object({ kind: oneOf('社情民意或提案', submissionKinds), query: optionalText('姓名或单位', 40) }),
    output: v.object({ more: v.boolean(), rows: v.array(v.object({ ...person.entries, posts: v.string(), /** Of a body. */ proposerKind: v.nullable(v.picklist(collectiveKinds)), /** Why they cannot confirm in the mini-program; null: they can. */ paperOnly: v.nullable(v.string()) })) }) }),
  showEntry: route({ method: 'GET', path: '/entries/:id', summary: '一件代录：录入的处室和本人能看', who: 'signed_in', input: v.object({ id }), output: entryView }),
  correctEntry: route({ method: 'POST', path: '/entries/:id/correct', summary: '更正还没有确认的代录，请本人再确认', who: ['enter_on_behalf'], input: v.object({ ...on, ...form }), output: done }),
  cancelEntry: route({ method: 'POST', path: '/entries/:id/cancel', summary: '撤销还没有确认的代录', who: ['enter_on_behalf'], input: v.object({ ...on, reason: text('撤销理由', 200, 2) }), output: done }),
  confirmEntry: route({ method: 'POST', path: '/entries/:id/confirm', summary: '本人确认并承诺，确认即提交', who: writers,
    input: v.object({ ...on, publicity: v.optional(chose), conversion: v.optional(chose), noSecret: pledged('请勾选“内容不涉密”'), original: pledged('请勾选“本人原创，未向其他渠道报送”') }), output: done }),
  askCorrection: route({ method: 'POST', path: '/entries/:id/ask_correction', summary: '本人请工作人员更正', who: writers, input: v.object({ ...on, note: text('要更正的地方', 1000, 2) }), output: done }),
  refuseEntry: route({ method: 'POST', path: '/entries/:id/refuse', summary: '本人不同意提交，理由必填', who: writers, input: v.object({ ...on, note: text('不同意的理由', 1000, 2) }), output: done }),
} as const;

/** What POST /api/entries/read (multipart, field `file`, a .docx) answers: a proposal for the form, to be looked at by a person. `left`: lines that belong to no part. */
export interface EntryReading { readonly title: string; readonly situation: string; readonly analysis: string; readonly suggestion: string; readonly author: string; readonly left: readonly string[]; readonly hints: readonly string[] }
