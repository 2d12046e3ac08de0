import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkRoster, rosterPostsText } from '../src/roster-check.ts';
import type { CheckedRow, KnownPerson, RosterCheck, RowDecision } from '../src/roster-check.ts';
import { readRosterFile } from '../src/roster-file.ts';
import type { RosterFile } from '../src/roster-file.ts';
import { findBody, maskedPhone, personNameOf, phoneOf } from '../src/roster.ts';

const named = (id: string, name: string, short = name) => ({ id, name, short });
const bodies = {
  sectors: [named('s-jiaoyu', '教育界'), named('s-keji', '科技界'), named('s-nongye', '农业界')], towns: [named('t-yongan', '永安街道'), named('t-baisha', '白沙镇')],
  committees: [named('c-tian', '提案委员会', '提案委'), named('c-shefa', '社会和法制委员会', '社法委')],
};
const known = (id: string, name: string, more: Partial<KnownPerson> = {}): KnownPerson => ({ id, name, phoneHash: `#139000000${id.slice(1)}`, sectorId: 's-jiaoyu', townId: 't-yongan', unitTitle: '', isPartyMember: null, standing: 'member', posts: [{ post: 'member', bodyId: 's-jiaoyu' }], ...more });
const roster = [known('p01', '张伟', { unitTitle: '市一中教师' }), known('p02', '李娜'), known('p03', '王强', { posts: [{ post: 'member', bodyId: 's-jiaoyu' }, { post: 'standing_member', bodyId: 'cppcc' }] }), known('p04', '赵静', { standing: 'ended', posts: [] }), known('p05', '钱文', { standing: 'staff', posts: [{ post: 'committee_staff', bodyId: 'c-tian' }] }),
  known('p06', '孙丽', { standing: 'staff', posts: [{ post: 'auditor', bodyId: 'cppcc' }] })];
const fileOf = (text: string): RosterFile => readRosterFile({ rows: text.trim().split('\n').map((line) => line.split(',')), merged: [] });
const check = (text: string, decisions: readonly (readonly [number, RowDecision])[] = [], more: Partial<RosterCheck> = {}): CheckedRow[] =>
  checkRoster(fileOf(text).rows, { known: roster, bodies, hashOf: (phone) => `#${phone}`, actorId: 'p99', decisions: new Map(decisions), ...more });
const look = (rows: readonly CheckedRow[]) => rows.map(({ verdict, reason, words }) => [verdict, reason, words].filter(Boolean).join(' '));

describe('手机号', () => {
  test.each([
    ['13900000001', '13900000001'], [' 139 0000 0001 ', '13900000001'], ['139-0000-0001', '13900000001'], ['+86 13900000001', '13900000001'], ['8613900000001', '13900000001'], ['１３９００００００01', '13900000001'], ['', ''], ['139****0001', ''],
  ])('%j 是 %j', (given, phone) => { expect(phoneOf(given)).toEqual({ phone }); });
  test.each([['1390000000', '有 10 位'], ['23900000001', '有 11 位'], ['1.39E+10', '科学计数'], ['13900000001/13900000002', '不止一个'], ['0713-1234567', '不对|位'], ['无', '不对'], ['139000000011', '有 12 位']])('%j 不行，说清楚为什么', (given, words) => {
    const read = phoneOf(given);
    expect('fault' in read ? read.fault : '').toMatch(new RegExp(words));
  });
  test('隐去中间四位', () => { expect(maskedPhone('13900000001')).toBe('139****0001'); });
  test('读出来的不是空就是 11 位，否则说为什么', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (given) => { const read = phoneOf(given); expect('fault' in read ? read.fault : read.phone).toMatch('fault' in read ? /手机号/ : /^(1[3-9]\d{9})?$/); }));
  });
});

test.each([['张　伟', '张伟'], [' 李 娜（女）', '李娜'], ['阿依古丽.买买提', '阿依古丽·买买提'], ['王强(回族)', '王强'], ['Mary Jane', 'Mary Jane'], ['𠮷田', '𠮷田'], ['张', ''], ['13900000001', ''], ['合计：', ''], ['', '']])('姓名 %j 是 %j', (given, name) => { expect(personNameOf(given)).toBe(name); });

test('界别、镇街带不带“界”“街道”都认得，拿不准的不认', () => {
  expect([findBody(bodies.sectors, '教育')?.id, findBody(bodies.sectors, ' 科技 界 ')?.id, findBody(bodies.towns, '永安')?.id, findBody(bodies.towns, '白沙乡')?.id, findBody(bodies.sectors, '医卫界'), findBody(bodies.sectors, '')]).toEqual(['s-jiaoyu', 's-keji', 't-yongan', 't-baisha', undefined, undefined]);
  expect(findBody([named('a', '永安镇'), named('b', '永安街道')], '永安')).toBeUndefined();
});

describe('读表头', () => {
  const used = ({ used: columns }: RosterFile) => columns.map(({ field, column }) => `${field}${column}`);
  test('表头前有标题，列名用别的说法，没有用到的列说出来', () => {
    const file = fileOf('安澜市政协委员名册,,,\n序号,委员姓名,联系电话,所属界别,备注\n1,张伟,13900000001,教育界,x\n合计,1,,,\n序号,委员姓名,联系电话,所属界别,备注\n2,李娜,13900000002,科技,');
    expect([used(file), file.unused, file.rows.map(({ line, name }) => [line, name])]).toEqual([['nameB', 'phoneC', 'sectorD'], ['A 列“序号”', 'E 列“备注”'], [[3, '张伟'], [6, '李娜']]]);
  });
  test('两层表头：合并的上层让位给下层', () => {
    const merged = [{ top: 0, left: 0, bottom: 1, right: 0 }, { top: 0, left: 1, bottom: 0, right: 2 }, { top: 0, left: 3, bottom: 1, right: 3 }];
    const file = readRosterFile({ rows: [['姓名', '基本情况', '', '界别'], ['', '手机', '工作单位及职务', ''], ['张伟', '13900000001', '市一中', '教育界']], merged });
    expect([used(file), file.rows[0]]).toEqual([['nameA', 'phoneB', 'unitC', 'sectorD'], expect.objectContaining({ name: '张伟', phone: '13900000001', unit: '市一中', sector: '教育界', line: 3, fault: null })]);
  });
  test('界别合并了几行，每行都算；姓名合并了，那几行不导入', () => {
    const file = readRosterFile({ rows: [['姓名', '手机号', '界别'], ['张伟', '13900000001', '教育界'], ['李娜', '13900000002', ''], ['王强', '', '科技界'], ['', '', '']], merged: [{ top: 1, left: 2, bottom: 2, right: 2 }, { top: 3, left: 0, bottom: 4, right: 0 }] });
    expect(file.rows.map(({ name, sector, fault }) => [name, sector, fault])).toEqual([['张伟', '教育界', null], ['李娜', '教育界', null], ['王强', '科技界', '姓名或手机号在合并单元格里，请拆开，一人一行'], ['王强', '', '姓名或手机号在合并单元格里，请拆开，一人一行']]);
  });
  test('没有界别一列的，用分段的小标题', () => {
    const file = readRosterFile({ rows: [['姓名', '手机号', '单位职务'], ['一、教育界（2人）', '', ''], ['张伟', '13900000001', ''], ['二、科技界（1人）'], ['李娜', '13900000002', '']], merged: [{ top: 1, left: 0, bottom: 1, right: 2 }] });
    expect(file.rows.map(({ name, sector }) => [name, sector])).toEqual([['张伟', '教育界'], ['李娜', '科技界']]);
  });
  test('没有表头、缺列名，都说出来', () => {
    expect(fileOf('张伟,13900000001\n李娜,13900000002').fault).toMatch(/没有找到表头/);
    expect(fileOf('姓名,手机号,,界别,手机\n张伟,13900000001,x,教育界,13900000009').unused).toEqual(['C 列没有表头', 'E 列“手机”（前面已有同样的列）']);
  });
});

describe('逐行比对', () => {
  test('新增、变更哪几项、不变', () => {
    expect(look(check('姓名,手机号,界别,镇街,单位职务,中共党员,政协职务\n周新,13911110001,教育,白沙,,是,常委、提案委副主任\n张伟,13900000001,科技界,永安,市二中教师,否,\n李娜,13900000002,教育界,,,,\n王强,13900000003,教育界,,,,常委、界别召集人')))
      .toEqual(['new', 'changed 界别：教育界 → 科技界；单位职务：市一中教师 → 市二中教师；中共党员：否', 'unchanged', 'changed 增加政协职务：界别召集人']);
    expect(check('姓名,手机号,界别,政协职务\n周新,13911110001,教育,常委、提案委副主任')[0]?.wanted.posts).toEqual([{ post: 'member', bodyId: 's-jiaoyu' }, { post: 'committee_vice_head', bodyId: 'c-tian' }, { post: 'standing_member', bodyId: 'cppcc' }].sort((a, b) => ['member', 'standing_member', 'committee_vice_head'].indexOf(a.post) - ['member', 'standing_member', 'committee_vice_head'].indexOf(b.post)));
  });
  test.each([
    ['手机号不对', '周新,1391,教育界', 'bad_phone'], ['没有界别', '周新,13911110001,', 'no_sector'], ['界别不在名单里', '周新,13911110001,航天界', 'unknown_sector'], ['手机号是别人的', '周新,13900000001,教育界', 'phone_taken'],
    ['同名不同界别', '张伟,13911110001,科技界', 'same_name'], ['已经结束资格', '赵静,13900000004,教育界', 'ended'], ['没有姓名', ',13911110001,教育界', 'unreadable'], ['审计员不能兼委员', '孙丽,13900000006,教育界', 'not_allowed'],
  ])('%s：不导入，说清楚', (_, line, reason) => {
    const [row] = check(`姓名,手机号,界别\n${line}`);
    expect([row?.verdict, row?.reason]).toEqual(['left_out', reason]);
    expect(row?.words).toMatch(/[一-鿿]{3}/);
  });
  test('镇街和政协职务不认识的不导入', () => {
    expect(look(check('姓名,手机号,界别,镇街,政协职务\n周新,13911110001,教育界,南山镇,\n周新,13911110001,教育界,,副市长'))).toEqual(['left_out unknown_town 镇街“南山镇”不在名单里', expect.stringMatching(/^left_out unknown_post 不认识的政协职务“副市长”/)]);
  });
  test('文件里重复的：同一个人只导入前一行，同号不同名两行都不导入，同名的要人看', () => {
    expect(look(check('姓名,手机号,界别\n周新,13911110001,教育界\n周新,13911110001,教育界\n吴敏,13911110002,教育界\n郑凯,13911110002,教育界\n冯远,13911110003,科技界\n冯远,13911110004,科技界\n冯远,13911110005,农业界')))
      .toEqual(['new', 'left_out repeated 和第 2 行是同一个人，只导入前一行', 'left_out phone_in_file 手机号和第 5 行相同，姓名却不同', 'left_out phone_in_file 手机号和第 4 行相同，姓名却不同', 'new', 'left_out same_name 和第 6 行同名，要您看一下是不是两个人', 'new']);
  });
  test('同名的由人定：是另一个人就新增，就是他就更新，也可以不导入', () => {
    const text = '姓名,手机号,界别\n张伟,13911110001,科技界';
    expect(look(check(text, [[2, 'new']]))).toEqual(['new']);
    expect(look(check(text, [[2, 'same']]))).toEqual(['changed 手机号换了；界别：教育界 → 科技界']);
    expect(look(check(text, [[2, 'skip']]))).toEqual(['left_out skipped 您选了不导入这一行']);
    expect(check(text)[0]?.may).toEqual(['new', 'same', 'skip']);
  });
  test('工作人员同名同号，登记为委员；编号认得自己导出的文件', () => {
    expect(look(check('姓名,手机号,界别\n钱文,13900000005,教育界'))).toEqual(['new 已有工作人员账号，登记为委员']);
    expect(look(check('编号,姓名,手机号,界别\np02,李娜,13911110009,教育界'))).toEqual(['changed 手机号换了']);
  });
  test('导入不给导入的人自己加职务，也不取消谁的职务', () => {
    expect(look(check('姓名,手机号,界别,政协职务\n李娜,13900000002,教育界,常委', [], { actorId: 'p02' }))).toEqual(['left_out not_allowed 不能给自己增加职务，请由别人办理']);
    expect(look(check('姓名,手机号,界别,常委\n王强,13900000003,教育界,否'))).toEqual(['unchanged 名册里是常委，导入不取消职务，请在名册里办理']);
  });
  test('导出的政协职务，读回来还是那几项', () => {
    const posts = [{ post: 'standing_member', bodyId: 'cppcc' }, { post: 'committee_head', bodyId: 'c-shefa' }, { post: 'committee_vice_head', bodyId: 'c-tian' }, { post: 'sector_convener', bodyId: 's-jiaoyu' }, { post: 'review_board', bodyId: 'cppcc' }, { post: 'vice_chair', bodyId: 'cppcc' }] as const;
    const text = rosterPostsText(posts, (id) => bodies.committees.find((it) => it.id === id)?.short ?? '');
    expect(text).toBe('常委、社法委主任、提案委副主任、界别召集人、提案审查委员会委员、副主席');
    expect(new Set(check(`姓名,手机号,界别,政协职务\n周新,13911110001,教育界,${text}`)[0]?.wanted.posts.map(({ post, bodyId }) => `${post} ${bodyId}`))).toEqual(new Set([{ post: 'member', bodyId: 's-jiaoyu' }, ...posts].map(({ post, bodyId }) => `${post} ${bodyId}`)));
  });
  test('不管写什么，每一行都有结论，不导入的都有话说，要写的都齐全', () => {
    const cell = fc.oneof(fc.constantFrom('', '张伟', '李娜', '周新', '13900000001', '13911110001', '教育界', '科技', '常委', '=1+1', '×'), fc.string({ unit: 'grapheme', maxLength: 6 }));
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 6, maxLength: 6 }), { maxLength: 8 }), (lines) => {
      const file = readRosterFile({ rows: [['姓名', '手机号', '界别', '镇街', '单位职务', '政协职务'], ...lines], merged: [] });
      for (const row of checkRoster(file.rows, { known: roster, bodies, hashOf: (phone) => `#${phone}`, actorId: '', decisions: new Map() })) {
        const left = row.verdict === 'left_out';
        expect([left, row.reason !== null, left ? row.words.length > 0 : row.wanted.name.length > 1 && row.wanted.sectorId !== null]).toEqual([left, left, true]);
      }
    }));
  });
});
