import type { Catalogue } from '@lvzhi/contracts';
import { isBlocked, partWords, secrecyFindings, secrecyRefusal, writingFaults } from '@lvzhi/domain';
import type { Pledges } from '../../parts/pledges.tsx';
import type { Draft } from '../../platform/draft.ts';

const fieldNames = { title: '标题', situation: '情况', analysis: '原因分析', suggestion: '建议', total: '正文', category: '类别', nature: '性质', townId: '所在镇街', urgency: '紧急程度',
  unitIds: '建议承办单位', coAuthorIds: '共同反映人', fileIds: '照片和材料', wish: '送到哪里', publicity: '是否同意公开', conversion: '是否同意转社情民意', noSecret: '不涉密承诺', original: '原创承诺' } as const;
export type FieldName = keyof typeof fieldNames;
export type Faults = Partial<Record<FieldName, string>>;

const written = ['title', 'situation', 'analysis', 'suggestion'] as const;
export const rulesOf = (catalogue: Catalogue, kind: Draft['kind']) => catalogue[kind];

/** Where the text looks classified: part → the line and why. While there is any, nothing of it leaves the phone. */
export function secretParts(draft: Draft): Faults {
  const faults: Faults = {};
  for (const part of written) {
    const findings = secrecyFindings(draft[part]).filter((it) => isBlocked([it]));
    const [first] = findings;
    if (first) faults[part] = `${partWords[part]}第 ${first.line} 行${first.words}。${secrecyRefusal}`;
  }
  return faults;
}

/** Everything that keeps this from being handed in, by field; the server checks the same again. */
export function faultsOf(draft: Draft, pledges: Pledges, catalogue: Catalogue): Faults {
  const { limits } = rulesOf(catalogue, draft.kind);
  const faults: Faults = { ...writingFaults(draft, limits), ...secretParts(draft) };
  if (draft.unitIds.length > limits.units) faults.unitIds = `建议承办单位最多 ${limits.units} 个，现在 ${draft.unitIds.length} 个`;
  if (draft.files.length > limits.files) faults.fileIds = `附件最多 ${limits.files} 个，现在 ${draft.files.length} 个`;
  if (!pledges.noSecret) faults.noSecret = '请勾选“内容不涉密”';
  if (!pledges.original) faults.original = '请勾选“本人原创，未向其他渠道报送”';
  return faults;
}

const isField = (name: string): name is FieldName => name in fieldNames;
/** The server's or the contract's complaints, at our fields; what belongs to none is told with the text as a whole. */
export function faultsFrom(fields: Record<string, string>): Faults {
  const faults: Faults = {};
  for (const [name, words] of Object.entries(fields)) {
    const field = name.split('.')[0] ?? '';
    faults[isField(field) ? field : 'total'] = words;
  }
  return faults;
}
