import type { Catalogue, Proposing } from '@lvzhi/contracts';
import { isBlocked, partWords, secrecyFindings, secrecyRefusal, writingFaults } from '@lvzhi/domain';
import type { Pledges } from '../../parts/pledges.tsx';
import type { Draft } from '../../platform/draft.ts';

const fieldNames = { title: '标题', situation: '情况', analysis: '原因分析', suggestion: '建议', total: '正文', category: '类别', nature: '性质', townId: '所在镇街', urgency: '紧急程度',
  unitIds: '建议承办单位', coAuthorIds: '共同反映人', fileIds: '照片和材料', wish: '送到哪里', publicity: '是否同意公开', conversion: '是否同意转社情民意', collective: '以谁的名义', signer: '签名的负责人', seals: '签名盖章页', signed: '已经签名盖章', noSecret: '不涉密承诺', original: '原创承诺' } as const;
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

/** In whose name this person may hand in: for themself, and for each of these bodies. */
export interface Whose { readonly self: boolean; readonly bodies: readonly Proposing[] }
export const optionOf = ({ collective }: Draft, { bodies }: Whose): Proposing | undefined => bodies.find(({ body, kind }) => body.id === collective?.bodyId && kind === collective.kind);
/** The window is the server's to say: it may have opened since. */
function collectiveFaults(draft: Draft, { signed }: Pledges, whose: Whose): Faults {
  if (draft.kind === 'opinion') return {};
  if (!draft.collective) return whose.self ? {} : { collective: '请选择以哪个单位的名义提交' };
  const option = optionOf(draft, whose);
  return {
    ...(draft.collective.signer.trim() === '' && { signer: `请填写签名的${option?.signerWords ?? '负责人'}` }), ...(!signed && { signed: '请确认已经签名盖章' }),
    ...(option?.pageNeeded && !draft.files.some(({ seal }) => seal) && { seals: `请附上${option.signerWords}签名的那一页` }),
  };
}

/** Everything that keeps this from being handed in, by field; the server checks the same again. */
export function faultsOf(draft: Draft, pledges: Pledges, catalogue: Catalogue, whose: Whose): Faults {
  const { limits } = rulesOf(catalogue, draft.kind);
  const faults: Faults = { ...writingFaults(draft, limits), ...secretParts(draft), ...collectiveFaults(draft, pledges, whose) };
  if (draft.unitIds.length > limits.units) faults.unitIds = `建议承办单位最多 ${limits.units} 个，现在 ${draft.unitIds.length} 个`;
  const attached = draft.files.filter(({ seal }) => !seal).length;
  if (attached > limits.files) faults.fileIds = `附件最多 ${limits.files} 个，现在 ${attached} 个`;
  if (!pledges.noSecret) faults.noSecret = '请勾选“内容不涉密”';
  if (!pledges.original) faults.original = draft.collective ? '请勾选“本单位原创，未向其他渠道报送”' : '请勾选“本人原创，未向其他渠道报送”';
  return faults;
}

const deeper: Readonly<Record<string, FieldName>> = { 'collective.signer': 'signer', 'collective.sealIds': 'seals', 'collective.signed': 'signed' };
const isField = (name: string): name is FieldName => name in fieldNames;
/** The server's or the contract's complaints, at our fields; what belongs to none is told with the text as a whole. */
export function faultsFrom(fields: Record<string, string>): Faults {
  const faults: Faults = {};
  for (const [name, words] of Object.entries(fields)) {
    const field = deeper[name] ?? name.split('.')[0] ?? '';
    faults[isField(field) ? field : 'total'] = words;
  }
  return faults;
}
