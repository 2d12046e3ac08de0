import type { PostCode } from './actor.ts';
import { postConflict } from './powers.ts';
import { findBody, personNameOf, phoneOf, plainLabel } from './roster.ts';
import type { FileRow } from './roster-file.ts';

interface Named { readonly id: string; readonly name: string; readonly short: string }
export interface RosterBodies { readonly sectors: readonly Named[]; readonly towns: readonly Named[]; readonly committees: readonly Named[] }
export interface PostAt { readonly post: PostCode; readonly bodyId: string }
/** Somebody whom the house knows: a member, one who was, or staff. `phoneHash` as `hashOf` makes it. */
export interface KnownPerson {
  readonly id: string; readonly name: string; readonly phoneHash: string | null; readonly sectorId: string | null; readonly townId: string | null; readonly unitTitle: string; readonly isPartyMember: boolean | null;
  readonly standing: 'member' | 'ended' | 'staff'; readonly posts: readonly PostAt[];
}
export const rowVerdicts = ['new', 'changed', 'unchanged', 'left_out'] as const;
export type RowVerdict = (typeof rowVerdicts)[number];
/** Why a row is left out. */
export const rowReasons = ['unreadable', 'bad_phone', 'no_sector', 'unknown_sector', 'unknown_town', 'unknown_post', 'repeated', 'phone_in_file', 'phone_taken', 'same_name', 'ended', 'not_allowed', 'skipped'] as const;
export type RowReason = (typeof rowReasons)[number];
/** What a person at the preview may say of a row whose name is known: somebody else, or the same. */
export const rowDecisions = ['new', 'same', 'skip'] as const;
export type RowDecision = (typeof rowDecisions)[number];

/** What a row says, with bodies found. `isPartyMember` null and '' : the file does not say. */
export interface Wanted { readonly name: string; readonly phone: string; readonly sectorId: string | null; readonly townId: string | null; readonly unitTitle: string; readonly isPartyMember: boolean | null; readonly posts: readonly PostAt[] }
export interface CheckedRow { readonly line: number; readonly verdict: RowVerdict; readonly reason: RowReason | null; readonly words: string; readonly personId: string | null; readonly wanted: Wanted; readonly may: readonly RowDecision[] }
export interface RosterCheck {
  readonly known: readonly KnownPerson[]; readonly bodies: RosterBodies; readonly hashOf: (phone: string) => string;
  /** Who imports: nobody gives a post to themselves. */
  readonly actorId: string; readonly decisions: ReadonlyMap<number, RowDecision>;
}

class LeftOut extends Error {
  readonly reason: RowReason;
  readonly may: readonly RowDecision[];
  readonly personId: string | null;
  constructor(reason: RowReason, words: string, may: readonly RowDecision[] = [], personId: string | null = null) { super(words); [this.reason, this.may, this.personId] = [reason, may, personId]; }
}
const leave = (reason: RowReason, words: string, may?: readonly RowDecision[], personId?: string): never => { throw new LeftOut(reason, words, may, personId); };

const yes = /^(是|√|✓|1|y|yes|true|有)$/i;
const no = /^(否|×|0|n|no|false|无|不是)$/i;
function partyOf(text: string): boolean | null {
  const said = plainLabel(text);
  if (said === '') return null;
  if (yes.test(said) || /^(中共|中国共产党|共产党)(预备)?(党)?员?$|^(预备)?党员$/.test(said)) return true;
  return false;
}
const offices: Readonly<Record<string, PostCode>> = { 常委: 'standing_member', 常务委员: 'standing_member', 主席: 'chair', 副主席: 'vice_chair', 秘书长: 'secretary_general', 提案审查委员会: 'review_board', 提案审查委员会委员: 'review_board' };
const inSector: Readonly<Record<string, PostCode>> = { 界别召集人: 'sector_convener', 召集人: 'sector_convener', 组长: 'group_leader', 界别组长: 'group_leader' };
const postWord: Partial<Record<PostCode, string>> = { standing_member: '常委', chair: '主席', vice_chair: '副主席', secretary_general: '秘书长', review_board: '提案审查委员会委员', sector_convener: '界别召集人', group_leader: '组长' };

/** The posts as the column 政协职务 writes and reads them: 常委、提案委主任. Those that the roster does not give are left out. */
export function rosterPostsText(posts: readonly PostAt[], shortOf: (bodyId: string) => string): string {
  return posts.flatMap(({ post, bodyId }) => (post === 'committee_head' ? [`${shortOf(bodyId)}主任`] : post === 'committee_vice_head' ? [`${shortOf(bodyId)}副主任`] : postWord[post] ?? [])).join('、');
}

function postsOf(text: string, standing: string, sectorId: string, committees: readonly Named[]): PostAt[] {
  const posts: PostAt[] = [{ post: 'member', bodyId: sectorId }];
  const add = (post: PostCode, bodyId: string) => { if (!posts.some((it) => it.post === post && it.bodyId === bodyId)) posts.push({ post, bodyId }); };
  for (const word of text.split(/[、,，;；/\s]+/).map(plainLabel).filter((it) => it !== '' && it !== '委员')) {
    const [, name = '', rank] = /^(.+?)(副?主任)$/.exec(word) ?? [];
    const committee = rank === undefined ? undefined : findBody(committees, name) ?? findBody(committees, `${name}委`) ?? findBody(committees, `${name}委员会`);
    const [office, seat] = [offices[word.replace(/^(市|县|区)?政协/, '')], inSector[word]];
    if (committee) add(rank === '主任' ? 'committee_head' : 'committee_vice_head', committee.id);
    else if (office) add(office, 'cppcc');
    else if (seat) add(seat, sectorId);
    else leave('unknown_post', `不认识的政协职务“${word}”。可以写 常委、界别召集人、组长、主席、副主席、秘书长，或“某某委主任”“某某委副主任”，几个之间用顿号`);
  }
  if (yes.test(plainLabel(standing)) || plainLabel(standing) === '常委') add('standing_member', 'cppcc');
  return posts;
}

function wantedOf(row: FileRow, { sectors, towns, committees }: RosterBodies): Wanted {
  if (row.fault !== null) leave('unreadable', row.fault);
  const read = phoneOf(row.phone);
  if ('fault' in read) return leave('bad_phone', read.fault);
  if (row.sector === '') return leave('no_sector', '没有界别。合并的单元格请拆开，一人一行填写');
  const sector = findBody(sectors, row.sector) ?? leave('unknown_sector', `界别“${row.sector}”不在名单里`);
  const town = row.town === '' ? null : findBody(towns, row.town) ?? leave('unknown_town', `镇街“${row.town}”不在名单里`);
  const unitTitle = row.title === '' || row.unit.endsWith(row.title) ? row.unit : `${row.unit}${row.title}`;
  if (Array.from(unitTitle).length > 60) leave('unreadable', '单位职务最多 60 个字');
  return { name: personNameOf(row.name), phone: read.phone, sectorId: sector.id, townId: town?.id ?? null, unitTitle, isPartyMember: partyOf(row.party), posts: postsOf(row.posts, row.standing, sector.id, committees) };
}

/** Looks of the people that many rows ask for. */
class Known {
  readonly byId: ReadonlyMap<string, KnownPerson>;
  private readonly byPhone = new Map<string, KnownPerson[]>();
  private readonly byName = new Map<string, KnownPerson[]>();
  constructor(people: readonly KnownPerson[]) {
    this.byId = new Map(people.map((it) => [it.id, it]));
    const put = (map: Map<string, KnownPerson[]>, key: string, it: KnownPerson) => { const list = map.get(key); if (list) list.push(it); else map.set(key, [it]); };
    for (const it of people) { if (it.phoneHash !== null) put(this.byPhone, it.phoneHash, it); put(this.byName, it.name, it); }
  }
  withPhone(hash: string): readonly KnownPerson[] { return this.byPhone.get(hash) ?? []; }
  named(name: string): readonly KnownPerson[] { return (this.byName.get(name) ?? []).filter(({ standing }) => standing !== 'staff'); }
}

const inWords = { member: '委员', ended: '已经结束资格的委员', staff: '工作人员' } as const;
/** Whom a row means: nobody yet, or a person. By the number of our own export, by phone and name, by name and sector; else a person decides. */
function meant(row: FileRow, wanted: Wanted, known: Known, { hashOf, decisions, bodies }: RosterCheck): KnownPerson | undefined {
  const decision = decisions.get(row.line);
  if (decision === 'skip') leave('skipped', '您选了不导入这一行', rowDecisions);
  const byId = row.id === '' ? undefined : known.byId.get(row.id);
  const holders = wanted.phone === '' ? [] : known.withPhone(hashOf(wanted.phone));
  const holder = holders.find(({ name, id }) => name === wanted.name || id === byId?.id);
  const taken = holders.find((it) => it !== (byId ?? holder));
  if (taken && (!holder || byId)) leave('phone_taken', `手机号已经登记在${inWords[taken.standing]}${taken.name}名下`);
  const sure = byId && byId.name === wanted.name ? byId : holder;
  if (sure) return sure;
  const [first, ...others] = known.named(wanted.name);
  if (!first || decision === 'new') return undefined;
  const inSector = [first, ...others].filter(({ sectorId }) => sectorId === wanted.sectorId);
  const [one] = inSector;
  if (one && inSector.length === 1) return one;
  if (others.length === 0 && decision === 'same') return first;
  const where = [first, ...others].map(({ sectorId }) => bodies.sectors.find(({ id }) => id === sectorId)?.name ?? '界别不明').join('、');
  return leave('same_name', `名册里已有同名委员（${where}），要您看一下是不是同一个人`, others.length === 0 ? rowDecisions : ['new', 'skip'], first.id);
}

const show = (text: string): string => (text === '' ? '空' : text);
/** Field by field what would change. Nothing is taken away: what the file leaves empty stays, posts are only added. */
function changes(wanted: Wanted, was: KnownPerson, { bodies, hashOf }: RosterCheck): string[] {
  const name = (list: readonly Named[], id: string | null) => list.find((it) => it.id === id)?.name ?? '';
  const added = wanted.posts.filter(({ post, bodyId }) => post !== 'member' && !was.posts.some((it) => it.post === post && it.bodyId === bodyId));
  return [
    ...(wanted.name !== was.name ? [`姓名：${was.name} → ${wanted.name}`] : []),
    ...(wanted.phone !== '' && hashOf(wanted.phone) !== was.phoneHash ? [was.phoneHash === null ? '补上手机号' : '手机号换了'] : []),
    ...(wanted.sectorId !== was.sectorId ? [`界别：${show(name(bodies.sectors, was.sectorId))} → ${name(bodies.sectors, wanted.sectorId)}`] : []),
    ...(wanted.townId !== null && wanted.townId !== was.townId ? [`镇街：${show(name(bodies.towns, was.townId))} → ${name(bodies.towns, wanted.townId)}`] : []),
    ...(wanted.unitTitle !== '' && wanted.unitTitle !== was.unitTitle ? [`单位职务：${show(was.unitTitle)} → ${wanted.unitTitle}`] : []),
    ...(wanted.isPartyMember !== null && wanted.isPartyMember !== was.isPartyMember ? [`中共党员：${wanted.isPartyMember ? '是' : '否'}`] : []),
    ...(added.length > 0 ? [`增加政协职务：${rosterPostsText(added, (id) => bodies.committees.find((it) => it.id === id)?.short ?? '')}`] : []),
  ];
}

function judgeRow(row: FileRow, wanted: Wanted, known: Known, check: RosterCheck): Omit<CheckedRow, 'line' | 'wanted'> {
  const was = meant(row, wanted, known, check);
  if (!was) return { verdict: 'new', reason: null, personId: null, words: wanted.phone === '' ? '没有手机号，只能用邀请码绑定微信' : '', may: check.decisions.has(row.line) ? rowDecisions : [] };
  if (was.standing === 'ended') leave('ended', '这位委员已经结束资格。要恢复的，请在名册里打开这个人办理', [], was.id);
  const fresh = wanted.posts.filter(({ post, bodyId }) => !was.posts.some((it) => it.post === post && (post === 'member' || it.bodyId === bodyId)));
  const conflict = fresh.map(({ post }) => postConflict(was.posts.map((it) => it.post), post)).find((it) => it !== undefined);
  if (conflict !== undefined) leave('not_allowed', conflict, [], was.id);
  if (fresh.length > 0 && was.id === check.actorId) leave('not_allowed', '不能给自己增加职务，请由别人办理', [], was.id);
  const may = check.decisions.has(row.line) ? rowDecisions : [];
  if (was.standing === 'staff') return { verdict: 'new', reason: null, personId: was.id, words: '已有工作人员账号，登记为委员', may };
  const changed = changes(wanted, was, check);
  const kept = no.test(plainLabel(row.standing)) && was.posts.some(({ post }) => post === 'standing_member') ? ['名册里是常委，导入不取消职务，请在名册里办理'] : [];
  return { verdict: changed.length > 0 ? 'changed' : 'unchanged', reason: null, personId: was.id, words: [...changed, ...kept].join('；'), may };
}

/** Rows of one file against each other: the same phone or the same person twice. */
function repeats(rows: readonly { readonly line: number; readonly wanted: Wanted; readonly personId: string | null }[]): Map<number, LeftOut> {
  const found = new Map<number, LeftOut>();
  const [phones, people, names] = [new Map<string, { line: number; wanted: Wanted }>(), new Map<string, number>(), new Map<string, { line: number; wanted: Wanted }>()];
  for (const { line, wanted, personId } of rows) {
    const byPhone = wanted.phone === '' ? undefined : phones.get(wanted.phone);
    const byName = personId === null ? names.get(wanted.name) : undefined;
    const before = personId === null ? undefined : people.get(personId);
    if (byPhone && byPhone.wanted.name !== wanted.name) {
      for (const [at, other] of [[line, byPhone.line], [byPhone.line, line]] as const) found.set(at, new LeftOut('phone_in_file', `手机号和第 ${other} 行相同，姓名却不同`));
    } else if (byPhone || before !== undefined) found.set(line, new LeftOut('repeated', `和第 ${byPhone?.line ?? before ?? 0} 行是同一个人，只导入前一行`));
    else if (byName && (wanted.phone === '' || byName.wanted.phone === '' || byName.wanted.sectorId === wanted.sectorId)) found.set(line, new LeftOut('same_name', `和第 ${byName.line} 行同名，要您看一下是不是两个人`, ['new', 'skip']));
    if (wanted.phone !== '' && !byPhone) phones.set(wanted.phone, { line, wanted });
    if (personId !== null && before === undefined) people.set(personId, line);
    if (personId === null && !byName) names.set(wanted.name, { line, wanted });
  }
  return found;
}

const nothingWanted = (row: FileRow): Wanted => ({ name: personNameOf(row.name) || row.name, phone: '', sectorId: null, townId: null, unitTitle: row.unit, isPartyMember: null, posts: [] });

/** Each row of a file: new, changed in which fields, unchanged, or left out and why. Judged again, with the same function, when it is done. */
export function checkRoster(rows: readonly FileRow[], check: RosterCheck): CheckedRow[] {
  const known = new Known(check.known);
  const judged = rows.map((row): CheckedRow => {
    let wanted = nothingWanted(row);
    try {
      wanted = wantedOf(row, check.bodies);
      return { line: row.line, wanted, ...judgeRow(row, wanted, known, check) };
    } catch (error) {
      if (!(error instanceof LeftOut)) throw error;
      return { line: row.line, wanted, verdict: 'left_out', reason: error.reason, words: error.message, personId: error.personId, may: error.may };
    }
  });
  const twice = repeats(judged.filter(({ verdict }) => verdict !== 'left_out'));
  return judged.map((it) => {
    const fault = twice.get(it.line);
    if (!fault || (fault.reason === 'same_name' && check.decisions.get(it.line) === 'new')) return it;
    return { ...it, verdict: 'left_out', reason: fault.reason, words: fault.message, may: fault.may };
  });
}
