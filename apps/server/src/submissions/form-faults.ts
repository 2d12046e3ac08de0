import type { Caller } from '@lvzhi/contracts';
import { writingFaults } from '@lvzhi/domain';
import type { SubmissionKind } from '@lvzhi/domain';
import type { DirectoryPage } from '../platform/directory.ts';
import type { Settings } from '../platform/settings.ts';
import type { Form } from './submissions.service.ts';

/** What is wrong with what was written and chosen, each field with its reason. */
export function formFaults(caller: Caller, kind: SubmissionKind, form: Form, settings: Settings, page: DirectoryPage): Record<string, string> {
  const limits = settings.get(kind === 'opinion' ? 'opinion.limits' : 'proposal.limits');
  const faults: Record<string, string> = writingFaults(form, { ...limits, analysis: { ...limits.analysis } });
  const known = (setting: 'categories' | 'opinion.categories' | 'opinion.natures', code: string | null) => code === null || settings.get(setting).some((it) => it.code === code);
  if (!known(kind === 'opinion' ? 'opinion.categories' : 'categories', form.category)) faults['category'] = '请从列表里选择类别';
  if (!known('opinion.natures', form.nature)) faults['nature'] = '请从列表里选择信息性质';
  if (form.townId !== null && !page.isOf('town', [form.townId])) faults['townId'] = '请从列表里选择镇街';
  if (!page.isOf('unit', form.unitIds)) faults['unitIds'] = '请从列表里选择建议承办单位';
  if (form.fileIds.length > limits.files) faults['fileIds'] = `附件最多 ${limits.files} 个，现在 ${form.fileIds.length} 个`;
  const { units } = settings.get('proposal.limits');
  if (form.unitIds.length > units) faults['unitIds'] = `建议承办单位最多 ${units} 个`;
  return { ...faults, ...togetherFault(caller, kind, form.coAuthorIds, page) };
}

/** Members only, each once, and only in a member's own report: a body or an informant speaks for itself. */
function togetherFault({ personId, posts }: Caller, kind: SubmissionKind, ids: readonly string[], page: DirectoryPage): Record<string, string> {
  if (ids.length === 0) return {};
  if (kind !== 'opinion') return { coAuthorIds: '提案请在“联名”里邀请，对方同意才算联名' };
  if (!posts.some(({ post }) => post === 'member')) return { coAuthorIds: '只有委员可以和别的委员一起反映' };
  if (ids.includes(personId)) return { coAuthorIds: '您是第一反映人，不用再选自己' };
  if (new Set(ids).size !== ids.length) return { coAuthorIds: '同一位委员选了两次，请去掉一次' };
  return ids.every((id) => page.person(id)?.isMember) ? {} : { coAuthorIds: '共同反映人里有人不是本届委员，请去掉' };
}
