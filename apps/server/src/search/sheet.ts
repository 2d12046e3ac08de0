import type { Caller, SubmissionRow, SubmissionView } from '@lvzhi/contracts';
import { abilitiesOf, dateOf, kindWords, timeOf, urgencyWords } from '@lvzhi/domain';
import type { SubmissionKind } from '@lvzhi/domain';
import { workbook } from '../platform/workbook.ts';
import type { WorkbookColumn } from '../platform/workbook.ts';
import type { Revision, Submission } from '../submissions/submission.entity.ts';

/** One document on its way out. `text`: only where the whole text was asked for. */
export interface SheetLine { readonly doc: Submission; readonly row: SubmissionRow; readonly labels: Pick<SubmissionView, 'category' | 'nature' | 'town' | 'units' | 'coCommittees'>; readonly text: Revision | undefined }
/** A document, or the sentence that stands beneath the last one. */
type Line = SheetLine | string;
type Column = WorkbookColumn<Line>;

/** Every column of a submission, and whether it goes out: a column that is added to the table must be named here (traps, 35; a test compares). */
export const submissionColumns: Readonly<Record<keyof Submission, 'exported' | 'internal'>> = {
  receiptNo: 'exported', kind: 'exported', title: 'exported', authorId: 'exported', coAuthorIds: 'exported', state: 'exported', committeeId: 'exported', coCommitteeIds: 'exported', urgency: 'exported', category: 'exported', nature: 'exported', townId: 'exported', unitIds: 'exported', submittedAt: 'exported', changedAt: 'exported',
  routedBy: 'exported', confidence: 'exported', caseNo: 'exported', sessionId: 'exported', inPlenary: 'exported', proposerKind: 'exported',
  id: 'internal', draftKey: 'internal', draftHash: 'internal', version: 'internal', hash: 'internal', revision: 'internal', reviewed: 'internal', rerouted: 'internal', decider: 'internal', mainId: 'internal', dropAsked: 'internal', originId: 'internal', sourceKind: 'internal', sourceId: 'internal', picturesAgreed: 'internal', publicity: 'internal', conversion: 'internal', editorId: 'internal', consent: 'internal', side: 'internal', plan: 'internal', handlerIds: 'internal', handedAt: 'internal', capAt: 'internal', closure: 'internal',
};

const civil = (at: Date | string | null | undefined): string => { const instant = at === null || at === undefined ? undefined : new Date(at); return instant ? `${dateOf(instant)} ${timeOf(instant)}` : ''; };
const names = (all: readonly { readonly name: string }[]): string => all.map(({ name }) => name).join('、');
const column = (head: string, width: number, of: (it: SheetLine) => string | number | null): Column => ({ head, width, of: (line) => (typeof line === 'string' ? null : of(line)) });
const routedWords = { auto: '自动', person: '人工', waiting: '待分送' } as const;

const everybodys: readonly Column[] = [
  column('案号', 24, ({ row }) => row.caseNo ?? ''),
  column('种类', 10, ({ row }) => kindWords[row.kind]), column('标题', 44, ({ row }) => row.title), column('提交人', 10, ({ row }) => row.author.name), column('提案者类型', 12, ({ row }) => row.proposer?.name ?? ''), column('共同反映人和联名人', 20, ({ row }) => names(row.coAuthors)), column('界别或单位', 20, ({ row }) => row.author.note),
  column('类别', 12, ({ labels }) => labels.category?.name ?? ''), column('信息性质', 10, ({ labels }) => labels.nature?.name ?? ''), column('镇街', 12, ({ labels }) => labels.town?.name ?? ''), column('紧急程度', 10, ({ row }) => urgencyWords[row.urgency]),
  column('主送专委会', 14, ({ row }) => row.committee?.name ?? ''), column('协送专委会', 20, ({ labels }) => names(labels.coCommittees)), column('建议承办单位', 24, ({ labels }) => names(labels.units)),
  column('状态', 12, ({ row }) => row.stateWords), column('在谁手里', 16, ({ row }) => row.holder?.words ?? ''), column('到什么时候', 18, ({ row }) => civil(row.holder?.due?.at)), column('收到时间', 18, ({ doc }) => civil(doc.submittedAt)), column('最近变动', 18, ({ doc }) => civil(doc.changedAt)),
];
const texts: readonly Column[] = [column('情况', 80, ({ text }) => text?.situation ?? ''), column('原因分析', 60, ({ text }) => text?.analysis ?? ''), column('建议', 60, ({ text }) => text?.suggestion ?? '')];
/** How it came to its committee: for those who do 分办 of that kind. */
const routing = (kinds: readonly SubmissionKind[]): Column[] => [
  column('分送方式', 10, ({ doc }) => (kinds.includes(doc.kind) ? routedWords[doc.routedBy] : '')), column('自动分送把握（%）', 14, ({ doc }) => (kinds.includes(doc.kind) ? doc.confidence : null)),
];

/** The list as a table: the columns that this person may have. `cut`: the sentence beneath it when there were more than go into one file. */
export function documentsSheet(caller: Caller, lines: readonly SheetLine[], { withTexts, cut }: { withTexts: boolean; cut: string | null }): Buffer {
  const can = abilitiesOf(caller);
  const triages = (['opinion', 'proposal'] as const).filter((kind) => can.includes(`triage_${kind}`));
  const first: Column = { head: '收件号', width: 12, of: (line) => (typeof line === 'string' ? line : line.doc.receiptNo) };
  return workbook('查找结果', [first, ...everybodys, ...(triages.length > 0 ? routing(triages) : []), ...(withTexts ? texts : [])], [...lines, ...(cut === null ? [] : [cut])]);
}
