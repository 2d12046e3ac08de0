import { maskedPhone, postRules, rosterPostsText } from '@lvzhi/domain';
import type { FileRow, PostCode } from '@lvzhi/domain';
import type { Person } from '../platform/directory.entity.ts';
import type { DirectoryPage } from '../platform/directory.ts';
import { workbook } from '../platform/workbook.ts';
import type { WorkbookColumn } from '../platform/workbook.ts';

interface MemberLine { readonly person: Person; readonly phone: string; readonly bound: boolean; readonly endedWords: string | null }
const onRoster = (post: PostCode): boolean => post !== 'system' && postRules[post].givenBy === 'manage_roster';
const said = (flag: number | null): string => (flag === null ? '' : flag === 1 ? '是' : '否');

/** Every column of a person, and whether it goes out: a column that is added to the table must be named here (traps, 35; a test compares). */
export const personColumns: Readonly<Record<keyof Person, 'exported' | 'internal'>> = {
  id: 'exported', name: 'exported', phoneSealed: 'exported', sectorId: 'exported', townId: 'exported', unitTitle: 'exported', isPartyMember: 'exported', endedOn: 'exported', endReason: 'exported',
  phoneHash: 'internal', isMember: 'internal', largeType: 'internal', isActive: 'internal', endedAt: 'internal', version: 'internal', requestKey: 'internal',
};

/** The roster as a file that can be imported again. `whole`: with the whole phone numbers, for whoever asked for them and may. */
export function rosterSheet(lines: readonly MemberLine[], page: DirectoryPage, whole: boolean): Buffer {
  const name = (id: string | null) => page.body(id)?.name ?? '';
  const columns: WorkbookColumn<MemberLine>[] = [
    { head: '编号', width: 20, of: ({ person }) => person.id }, { head: '姓名', width: 12, of: ({ person }) => person.name },
    { head: '手机号', width: 14, of: ({ phone }) => (whole || phone === '' ? phone : maskedPhone(phone)) }, { head: '界别', width: 14, of: ({ person }) => name(person.sectorId) },
    { head: '镇街', width: 14, of: ({ person }) => name(person.townId) }, { head: '单位职务', width: 36, of: ({ person }) => person.unitTitle }, { head: '中共党员', width: 10, of: ({ person }) => said(person.isPartyMember) },
    { head: '政协职务', width: 24, of: ({ person }) => rosterPostsText(page.postsHeldBy(person.id).filter(({ post, standsInFor }) => onRoster(post) && standsInFor === undefined), (id) => page.body(id)?.short ?? '') },
    { head: '微信', width: 8, of: ({ bound }) => (bound ? '已绑定' : '未绑定') }, { head: '资格', width: 22, of: ({ endedWords }) => endedWords ?? '在任' },
  ];
  return workbook('委员名册', columns, lines);
}

interface Example { readonly name: string; readonly phone: string; readonly sector: string; readonly town: string; readonly unit: string; readonly party: string; readonly posts: string }
/** An empty form with two lines that show how it is meant; they are left out on import, since what stands for their numbers is none. */
export function templateSheet(page: DirectoryPage): Buffer {
  const [sector, town, committee] = [page.bodiesOf('sector')[0]?.name ?? '', page.bodiesOf('town')[0]?.name ?? '', page.bodiesOf('committee')[0]?.short ?? ''];
  const examples: Example[] = [{ name: '示例甲', phone: '（11 位手机号）', sector, town, unit: '某某单位 某某职务', party: '是', posts: '常委' }, { name: '示例乙', phone: '（可以不填）', sector, town: '', unit: '', party: '否', posts: `${committee}副主任、界别召集人` }];
  const column = (head: string, width: number, of: (row: Example) => string): WorkbookColumn<Example> => ({ head, width, of });
  return workbook('委员名册', [column('姓名', 12, ({ name }) => name), column('手机号', 16, ({ phone }) => phone), column('界别', 14, (it) => it.sector), column('镇街', 14, (it) => it.town), column('单位职务', 36, ({ unit }) => unit), column('中共党员', 10, ({ party }) => party), column('政协职务', 28, ({ posts }) => posts)], examples);
}

interface LeftOut { readonly row: FileRow; readonly words: string }
/** The lines that were not imported, as they were, with the reason beside them: to be mended and imported again. */
export const leftOutSheet = (lines: readonly LeftOut[]): Buffer => workbook('没有导入的行', [
  { head: '原行号', width: 8, of: ({ row }) => row.line }, { head: '没有导入的原因', width: 60, of: ({ words }) => words }, { head: '编号', width: 20, of: ({ row }) => row.id }, { head: '姓名', width: 12, of: ({ row }) => row.name }, { head: '手机号', width: 16, of: ({ row }) => row.phone },
  { head: '界别', width: 14, of: ({ row }) => row.sector }, { head: '镇街', width: 14, of: ({ row }) => row.town }, { head: '单位职务', width: 36, of: ({ row }) => `${row.unit}${row.title}` }, { head: '中共党员', width: 10, of: ({ row }) => row.party },
  { head: '常委', width: 8, of: ({ row }) => row.standing }, { head: '政协职务', width: 24, of: ({ row }) => row.posts },
], lines);

interface StaffLine { readonly name: string; readonly unitTitle: string; readonly login: string; readonly state: string; readonly posts: string; readonly phone: string; readonly signedIn: string }
/** Accounts for the permissions review: no column holds a whole phone number. */
export const accountsSheet = (lines: readonly StaffLine[]): Buffer => workbook('账号和职务', [
  { head: '姓名', width: 12, of: ({ name }) => name }, { head: '单位职务', width: 36, of: ({ unitTitle }) => unitTitle }, { head: '账号', width: 18, of: ({ login }) => login }, { head: '状态', width: 12, of: ({ state }) => state },
  { head: '职务', width: 48, of: ({ posts }) => posts }, { head: '手机号', width: 14, of: ({ phone }) => phone }, { head: '最近登录', width: 20, of: ({ signedIn }) => signedIn },
], lines);
