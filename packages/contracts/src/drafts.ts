import { collectiveKinds, sourceKinds, submissionKinds, urgencies } from '@lvzhi/domain';
import * as v from 'valibot';
import { at, choice, chose, chosen, id, key, nothing, optionalText, several } from './pieces.ts';
import { route } from './route.ts';

/** Who reports it too, as the phone shows them; who they are is looked at when it is handed in. */
const together = v.optional(v.pipe(v.array(v.object({ id, name: optionalText('姓名', 40), note: optionalText('职务', 200) }), '共同反映人不对'), v.maxLength(9, '共同反映人最多 9 位')), []);
/** What it is born from, in words for the form. */
const source = v.optional(v.nullable(v.object({ kind: v.picklist(sourceKinds, '来源不对'), id, words: optionalText('来源', 80) })), null);
/** Of a body's proposal: which body's, who is to sign, the pages with signature or seal so far; whoever hands it in confirms anew that they are there. */
const collective = v.optional(v.nullable(v.object({ bodyId: id, kind: v.picklist(collectiveKinds, '请选择以哪个单位的名义提交'), signer: optionalText('签名的负责人', 200), sealIds: several('签名盖章页', 10) })), null);
/** Limits are settings of the term and are looked at when it is handed in; here only what no city could want. */
const words = {
  title: optionalText('标题', 1000), situation: optionalText('情况', 20_000), analysis: optionalText('原因分析', 20_000), suggestion: optionalText('建议', 20_000),
  category: chosen('类别'), nature: chosen('信息性质'), townId: chosen('镇街'), urgency: v.optional(v.picklist(urgencies, '请选择紧急程度'), 'normal'),
  unitIds: several('建议承办单位', 20), fileIds: several('附件', 40), wish: chosen('送到哪里'), together, source, publicity: choice('是否同意公开'), conversion: choice('是否同意转社情民意'), collective,
};
/** The submission that it mends, as it stood when the draft was begun. */
const of = v.optional(v.nullable(v.object({ id, version: v.number('版本号不对') })), null);
const kept = v.object({ id: v.string(), name: v.string(), size: v.number(), picture: v.boolean() });
const draftRow = v.object({ id: v.string(), kind: v.picklist(submissionKinds), of: v.nullable(v.object({ id: v.string(), version: v.number() })), title: v.string(), length: v.number(), savedAt: at, version: v.number(), /** The body in whose name it is written; null: one's own. */ bodyId: v.nullable(v.string()) });
export type DraftRow = v.InferOutput<typeof draftRow>;
const draftView = v.object({
  ...draftRow.entries, key: v.string(), /** Which phone's copy wrote it last. */ pen: v.string(), situation: v.string(), analysis: v.string(), suggestion: v.string(), category: v.nullable(v.string()), nature: v.nullable(v.string()), townId: v.nullable(v.string()),
  urgency: v.picklist(urgencies), unitIds: v.array(v.string()), publicity: chose, conversion: chose, wish: v.nullable(v.string()), together: v.array(v.object({ id: v.string(), name: v.string(), note: v.string() })), source: v.nullable(v.object({ kind: v.picklist(sourceKinds), id: v.string(), words: v.string() })), files: v.array(kept),
  collective: v.nullable(v.object({ bodyId: v.string(), kind: v.picklist(collectiveKinds), signer: v.string(), seals: v.array(kept) })),
});
export type DraftView = v.InferOutput<typeof draftView>;
const who = ['write_opinion', 'write_proposal', 'write_collective'] as const;

/** What is written and not yet handed in, kept beside the copy on the phone. Its author's alone; `id` and `key` are made by the phone, with the draft. */
export const drafts = {
  listDrafts: route({ method: 'GET', path: '/drafts', summary: '本人没写完的草稿，最近保存的在前', who, input: nothing, output: v.object({ rows: v.array(draftRow) }) }),
  showDraft: route({ method: 'GET', path: '/drafts/:id', summary: '一份草稿，只有本人能看', who, input: v.object({ id }), output: draftView }),
  /**
   * `version`: of the copy that the phone knows; 0 when the server has none yet. Another one there: 409 with both texts; but what the same `pen` (a phone's
   * copy of a draft) wrote before, whose answer was lost, it writes over. `turn` counts its tries, so that one that comes late changes nothing.
   */
  keepDraft: route({ method: 'PUT', path: '/drafts/:id', summary: '保存草稿；别处改过的不覆盖，两份都在', who,
    input: v.object({ id, key, version: v.pipe(v.number('缺少版本号'), v.integer('版本号不对'), v.minValue(0, '版本号不对')), pen: v.optional(v.pipe(v.string('草稿编号不对'), v.maxLength(20, '草稿编号不对')), ''), turn: v.optional(v.pipe(v.number('次数不对'), v.integer('次数不对'), v.minValue(0, '次数不对'), v.maxValue(1_000_000_000, '次数不对')), 0), kind: v.picklist(submissionKinds, '请选择社情民意或提案'), of, ...words }), output: v.object({ draft: draftRow }) }),
  removeDraft: route({ method: 'DELETE', path: '/drafts/:id', summary: '删去草稿', who, input: v.object({ id }), output: nothing }),
} as const;
