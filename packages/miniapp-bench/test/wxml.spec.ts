import { expect, test } from '@jest/globals';
import { Wxml } from '@lvzhi/miniapp-bench';
import { elementsIn, textOf } from '../src/wxml.ts';
import type { Element } from '../src/wxml.ts';

const drawn = (files: Record<string, string>, data: Record<string, unknown> = {}): (Element | string)[] => {
  const wxml = new Wxml((path) => { const text = files[path]; if (text === undefined) throw new Error(`no file ${path}`); return text; }, () => undefined);
  return wxml.draw('page.wxml', { route: 'page', data, hear: () => undefined });
};
const read = (page: string, data: Record<string, unknown> = {}, more: Record<string, string> = {}) => drawn({ 'page.wxml': page, ...more }, data).map(textOf).join('|');

test('a value keeps its type alone between its braces and becomes words among others', () => {
  const [one] = drawn({ 'page.wxml': '<view hidden="{{off}}" class="a {{b}} c" data-n="{{1 + n}}">{{n}} 件，{{missing}}{{deep.er.still}}</view>' }, { off: false, b: 'B', n: 2 }) as [Element];
  expect(one.attributes).toEqual({ hidden: false, class: 'a B c', 'data-n': 3 });
  expect(textOf(one)).toBe('2 件，');
});

test.each([[1, '一'], [2, '二'], [3, '别的'], [0, '别的']])('of if, elif and else one is drawn: for %s %s', (n, said) => {
  expect(read('<view wx:if="{{n===1}}">一</view><view wx:elif="{{n===2}}">二</view><view wx:else>别的</view>', { n })).toBe(said);
});

test('a list draws its part for each, with names of its own for the one and its place', () => {
  expect(read('<block wx:for="{{list}}" wx:for-item="row" wx:for-index="at"><view>{{at}}{{row.t}}</view></block>', { list: [{ t: '甲' }, { t: '乙' }] })).toBe('0甲|1乙');
  expect(read('<view wx:for="{{none}}">{{item}}</view>')).toBe('');
});

test('a template that draws itself ends where its data ends, and reads the scripts of its own file', () => {
  const base = '<wxs module="xs" src="./utils.wxs" /><template name="tree"><view class="{{xs.b(i.c, \'leaf\')}}">{{i.t}}<block wx:for="{{i.cn}}"><template is="{{xs.name()}}" data="{{i:item}}" /></block></view></template>';
  const page = drawn({ 'page.wxml': '<import src="./base.wxml"/><template is="tree" data="{{i:root}}" />', 'base.wxml': base, 'utils.wxs': 'module.exports = { b: function (a, other) { return a === undefined ? other : a }, name: function () { return "tree" } }' },
    { root: { t: '根', c: 'top', cn: [{ t: '枝', cn: [{ t: '叶' }] }, { t: '二枝' }] } });
  expect(elementsIn(page).map(({ attributes }) => attributes['class'])).toEqual(['top', 'leaf', 'leaf', 'leaf']);
  expect(page.map(textOf).join()).toBe('根\n枝\n叶\n二枝');
});

test('what listens is known with what it calls and whether it catches; comments and what cannot be reached say nothing', () => {
  const [one] = drawn({ 'page.wxml': '<!-- <view>不画</view> --><view bindtap="go" catch:longpress="{{name}}"><image src="a.png"/>完</view>' }, { name: 'held' }) as [Element];
  expect([...one.listens]).toEqual([['tap', { handler: 'go', catches: false }], ['longpress', { handler: 'held', catches: true }]]);
  expect(read('<text>{{a.b.c}}</text>')).toBe('');
});

test('a template that is not there is an error, not an empty page', () => {
  expect(() => read('<template is="nothing" />')).toThrow('page.wxml has no template nothing');
});
