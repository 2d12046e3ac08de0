/** Whatever is sent to whichever route: what comes back is Chinese, at the field. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { complaints, routes } from '../src/index.ts';
import type { Route } from '../src/index.ts';

const all: readonly [name: string, route: Route][] = Object.entries(routes);
const fieldsOf = (route: Route): string[] => Object.keys((route.input as unknown as { entries: Record<string, unknown> }).entries);
/** What nobody should see: words of the library, or of JavaScript. */
const foreign = /Invalid|Expected|received|undefined|null|NaN|Object|[A-Za-z]{4,}/;
const chinese = /^[\u4e00-\u9fff][\u4e00-\u9fff“”，、0-9 ]{2,30}$/;

const huge = '字'.repeat(50_000);
const wrong: readonly [what: string, value: unknown][] = [
  ['空值', null], ['没有值', undefined], ['空文字', ''], ['空白', ' 　\n'], ['数字', 3.5], ['负数', -1], ['不是数', Number.NaN], ['无穷', Infinity], ['真', true], ['假', false], ['空表', []], ['空对象', {}],
  ['很长的文字', huge], ['很长的表', Array.from({ length: 500 }, () => 'x')], ['表里有别的', [1, null, {}]], ['表里有很长的文字', [huge]], ['表里有空文字', ['', ' ']], ['日期对象', new Date(0)], ['函数', () => 1], ['不认得的代码', 'no_such_code'],
  ['不像时间的时间', '2022-07-26 09:30'], ['没有的月份', '2022-13-01T00:00:00Z'],
];

describe('每条路由的每一栏', () => {
  test.each(all)('%s：什么都不填，缺的每一栏都用中文说', (_name, route) => {
    for (const [field, complaint] of Object.entries(complaints(route.input, {}))) expect([field, complaint]).toEqual([expect.stringMatching(/^[a-zA-Z]+$/), expect.stringMatching(chinese)]);
  });

  test.each(all)('%s：每一栏填各种不对的东西，说的都是中文，都指着这一栏', (_name, route) => {
    for (const field of fieldsOf(route)) for (const [what, value] of wrong) {
      const said = Object.entries(complaints(route.input, { [field]: value })).filter(([at]) => at.split('.')[0] === field);
      for (const [at, complaint] of said) {
        expect([at, what, complaint]).toEqual([at, what, expect.stringMatching(chinese)]);
        expect([at, what, complaint]).toEqual([at, what, expect.not.stringMatching(foreign)]);
      }
    }
  });

  test.each(all)('%s：整个请求都不像样，也用中文说', (_name, route) => {
    for (const input of [null, undefined, '', 'text', 7, true]) expect(complaints(route.input, input)).toEqual({ '': '请求的内容不对，请刷新后再试' });
  });

  test.each(all)('%s：多给的东西不碍事', (_name, route) => {
    expect(Object.keys(complaints(route.input, { __proto__: null, extra: 1, constructor: 2 }))).toEqual(Object.keys(complaints(route.input, {})));
  });
});

describe('随便什么请求', () => {
  test('不出错，不说外语，说过的都是合同里有的栏目', () => {
    fc.assert(fc.property(fc.constantFrom(...all), fc.dictionary(fc.constantFrom('id', 'version', 'key', 'title', 'startsAt', 'topics', 'unitIds', 'limit', 'after', 'kind'), fc.anything()), ([, route], input) => {
      for (const [at, complaint] of Object.entries(complaints(route.input, input))) {
        expect(fieldsOf(route)).toContain(at.split('.')[0]);
        expect(complaint).toMatch(chinese);
      }
    }), { numRuns: 300 });
  });
});

describe('说得具体', () => {
  const said = (route: Route, input: unknown) => complaints(route.input, input);

  test.each<[string, Route, Record<string, unknown>, Record<string, string>]>([
    ['审批人没带版本号', routes.pass, { id: 'a1' }, { version: '缺少版本号，请刷新后再试' }],
    ['没有编号', routes.show, {}, { id: '缺少编号' }],
    ['编号太长', routes.show, { id: 'x'.repeat(41) }, { id: '编号不对' }],
    ['版本号是小数', routes.withdraw, { id: 'a1', version: 1.5 }, { version: '版本号不对' }],
    ['退回意见一个字', routes.sendBack, { id: 'a1', version: 1, note: '改' }, { note: '退回意见至少 2 个字' }],
    ['退回意见太长', routes.sendBack, { id: 'a1', version: 1, note: '字'.repeat(1001) }, { note: '退回意见最多 1000 个字' }],
    ['没选专委会', routes.assign, { id: 'a1', version: 1 }, { committeeId: '请填写专委会' }],
    ['协送七个专委会', routes.assign, { id: 'a1', version: 1, committeeId: 'c', coCommitteeIds: ['1', '2', '3', '4', '5', '6', '7'] }, { coCommitteeIds: '协送的专委会最多 6 个' }],
    ['没选待办类别', routes.listTasks, {}, { box: '请从列表里选择待办的类别' }],
    ['一页要一万条', routes.listMine, { limit: '10000' }, { limit: '每页最多 100 条' }],
    ['一页要零条', routes.listMine, { limit: 0 }, { limit: '每页至少 1 条' }],
    ['条数不是数', routes.listMine, { limit: '很多' }, { limit: '每页条数不对' }],
    ['没有微信凭证', routes.wechatSignIn, {}, { code: '没有拿到微信登录凭证，请重新点击' }],
    ['绑定凭证过期', routes.bindByPhone, { code: 'c', consent: '1' }, { ticket: '登录已超时，请重新进入' }],
    ['没同意隐私说明', routes.bindByPhone, { code: 'c', ticket: 't' }, { consent: '请先阅读并同意隐私说明' }],
    ['电脑端没填账号密码', routes.deskSignIn, {}, { login: '请填写账号', password: '请填写密码' }],
    ['没选走访的人', routes.createVisit, { key: 'key-12345678', leaderIds: ['p1'], startsAt: '2022-07-26T09:30:00+08:00', form: 'talk', topics: [], replyBy: '2022-07-25T17:30:00+08:00' }, { memberIds: '请选择委员' }],
    ['走访的人选空了', routes.createVisit, { key: 'key-12345678', memberIds: [], leaderIds: [], startsAt: '2022-07-26T09:30:00+08:00', form: 'talk', topics: [], replyBy: '2022-07-25T17:30:00+08:00' }, { memberIds: '请选择委员', leaderIds: '请选择走访人' }],
    ['时间没带时区', routes.proposeVisit, { id: 'v1', version: 1, startsAt: '2022-07-26T09:30:00' }, { startsAt: '时间的格式不对' }],
    ['走访只有五分钟', routes.rescheduleVisit, { id: 'v1', version: 1, startsAt: '2022-07-26T09:30:00+08:00', minutes: 5, form: 'talk', replyBy: '2022-07-25T17:30:00+08:00' }, { minutes: '时长至少 10 分钟' }],
    ['防重编号太短', routes.withdraw, { id: 'a1', version: 1, key: 'short' }, { key: '防重编号太短' }],
    ['什么都对', routes.assign, { id: 'a1', version: 1, committeeId: 'c-shefa' }, {}],
  ])('%s', (_what, route, input, expected) => { expect(said(route, input)).toEqual(expected); });

  test('一栏有几处不对，只说第一处', () => { expect(said(routes.submit, { key: 'key-12345678', kind: 'opinion', title: 'x', situation: 'x', noSecret: 'yes', original: 1 })).toEqual({ noSecret: '请勾选“内容不涉密”', original: '请勾选“本人原创，未向其他渠道报送”' }); });
});

test('整页的空格不算字，也不能提交', () => {
  const spaced = complaints(routes.submit.input, { key: 'draft-00000001', kind: 'opinion', title: '反映问题', situation: `情${' '.repeat(60_000)}况`, noSecret: true, original: true });
  expect(spaced).toEqual({ situation: '情况里的空格和换行太多，请删去一些' });
});
