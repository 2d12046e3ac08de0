import { describe, expect, test } from '@jest/globals';
import { pastedWhole, recogniseText, splitWhole } from '../src/whole-text.ts';

describe('整篇粘贴', () => {
  test('带序号小标题的整篇文字分到各栏，小标题不留下', () => {
    expect(splitWhole('老旧小区飞线充电隐患突出\n一、基本情况\n走访 6 个小区。\n\n二、原因分析：\n会签耗时长。\n三、对策建议\n1.压缩会签；\n2.夜间开放停车场。', 40)).toEqual({
      title: '老旧小区飞线充电隐患突出', situation: '走访 6 个小区。', analysis: '会签耗时长。', suggestion: '1.压缩会签；\n2.夜间开放停车场。' });
  });

  test('小标题后面接着写的也分得开', () => {
    expect(splitWhole('情况：有 3 处积水。\n原因：管网老化。\n建议：今年改造。', 40)).toEqual({ title: '', situation: '有 3 处积水。', analysis: '管网老化。', suggestion: '今年改造。' });
  });

  test('带序号的句子里提到问题、措施，不是小标题', () => {
    const text = '【建议】\n一、由市住建局牵头，针对突出问题逐条整改；\n二、加强排查，落实防范措施，限期完成。';
    expect(splitWhole(text, 40)).toEqual({ title: '', situation: '', analysis: '', suggestion: '一、由市住建局牵头，针对突出问题逐条整改；\n二、加强排查，落实防范措施，限期完成。' });
  });

  test('没有小标题的，整篇放在情况里', () => {
    expect(splitWhole('\n近来积水严重，居民出行困难。\r\n望解决。', 40)).toEqual({ title: '', situation: '近来积水严重，居民出行困难。\n望解决。', analysis: '', suggestion: '' });
  });

  test('下一级的小标题是正文，一个字也不丢', () => {
    expect(splitWhole('一、现状\n3 处积水。\n（一）存在问题\n管网老化。\n二、建议\n（一）完善保障措施\n今年改造。\n（二）解决办法\n按月通报。', 40)).toEqual({
      title: '', situation: '3 处积水。\n（一）存在问题\n管网老化。', analysis: '', suggestion: '（一）完善保障措施\n今年改造。\n（二）解决办法\n按月通报。' });
  });

  test('一次落进空白栏的长文字才拆，逐字写的、没有建议的不拆', () => {
    const whole = `老旧小区飞线充电隐患突出\n一、情况\n${'走访了六个小区，飞线充电二百多处。'.repeat(5)}\n二、建议\n今年改造。`;
    expect(pastedWhole('', whole, 40)?.suggestion).toBe('今年改造。');
    expect(pastedWhole('已经写了', whole, 40)).toBeUndefined();
    expect(pastedWhole('', whole.slice(0, 60), 40)).toBeUndefined();
    expect(pastedWhole('', whole.replace('二、建议\n', ''), 40)).toBeUndefined();
  });
});

/** Texts as they come from Word: paragraphs and table cells, one a line. */
const documents = {
  提案表: `政协安澜市第七届委员会第二次会议
提　案
第 12 号
案    由
关于加强老旧小区电动自行车充电设施建设的建议
提案人
陈静怡
界别
教育界
联系电话
13800000000
一、基本情况
走访 6 个小区，电动自行车 2100 辆。
（一）存在问题
私拉电线 84 处。
二、原因分析
会签耗时长。
三、具体建议
（一）完善保障措施
1.压缩会签；
（二）夜间开放停车场。
建议承办单位
市住建局
2022年7月15日`,
  社情民意信息: `社情民意信息
关于集镇学校门口电动车无处停放
问题的建议

竹园镇集镇两所学校门口上学放学时有 400 多辆电动车停在路边，6 月以来发生刮碰 5 起，家长多次反映没有地方停。
时间：每天 7:30 前后最挤。
为此，建议：
1.在两校之间的空地划出临时停车区；
2.由交警值守。
反映人：何平（民进）
联系电话：139 0000 0000`,
  案由理由办法: `案由：关于治理飞线充电的提案
理由：近来飞线充电多发，上半年起火 3 起。
办法：加快建设充电桩，年内覆盖 60 个小区。`,
  阿拉伯数字小标题: `关于加快农村供水管网改造的建议
1. 现状
管网漏损率 31%。
2. 问题分析
分散管理，水价不抵成本。
3. 对策与建议
（1）统一管护；
（2）分步改造，先旧后新。`,
  没有小标题: `建议在医院门口增设公交站
市二院日门诊 3000 人次，最近的公交站在 900 米外，老人往返不便。望协调解决。`,
} as const;

describe('整篇文字认出标题和各部分', () => {
  test('提案表：案由是标题，表头、电话、日期放在一边，三个部分各归各栏', () => {
    expect(recogniseText(documents.提案表, 50)).toEqual({
      title: '关于加强老旧小区电动自行车充电设施建设的建议', author: '陈静怡',
      situation: '走访 6 个小区，电动自行车 2100 辆。\n（一）存在问题\n私拉电线 84 处。', analysis: '会签耗时长。', suggestion: '（一）完善保障措施\n1.压缩会签；\n（二）夜间开放停车场。',
      left: ['政协安澜市第七届委员会第二次会议', '提　案', '第 12 号', '提案人 陈静怡', '界别 教育界', '联系电话 13800000000', '建议承办单位 市住建局', '2022年7月15日'],
    });
  });

  test('社情民意：断成两行的标题接起来，“为此，建议”起是建议，正文里的“时间：”还在正文里', () => {
    expect(recogniseText(documents.社情民意信息, 40)).toEqual({
      title: '关于集镇学校门口电动车无处停放问题的建议', author: '何平', analysis: '',
      situation: '竹园镇集镇两所学校门口上学放学时有 400 多辆电动车停在路边，6 月以来发生刮碰 5 起，家长多次反映没有地方停。\n时间：每天 7:30 前后最挤。',
      suggestion: '为此，建议：\n1.在两校之间的空地划出临时停车区；\n2.由交警值守。', left: ['社情民意信息', '反映人：何平（民进）', '联系电话：139 0000 0000'],
    });
  });

  test('案由、理由、办法的老格式', () => {
    expect(recogniseText(documents.案由理由办法, 50)).toEqual({ title: '关于治理飞线充电的提案', author: '', situation: '近来飞线充电多发，上半年起火 3 起。', analysis: '', suggestion: '加快建设充电桩，年内覆盖 60 个小区。', left: [] });
  });

  test('用 1. 2. 3. 作小标题，建议里的（1）（2）还在建议里', () => {
    expect(recogniseText(documents.阿拉伯数字小标题, 50)).toEqual({ title: '关于加快农村供水管网改造的建议', author: '', situation: '管网漏损率 31%。', analysis: '分散管理，水价不抵成本。', suggestion: '（1）统一管护；\n（2）分步改造，先旧后新。', left: [] });
  });

  test('没有小标题：第一行是标题，其余放在情况里，由人来分', () => {
    expect(recogniseText(documents.没有小标题, 40)).toEqual({ title: '建议在医院门口增设公交站', author: '', situation: '市二院日门诊 3000 人次，最近的公交站在 900 米外，老人往返不便。望协调解决。', analysis: '', suggestion: '', left: [] });
  });

  test('案由栏里写了一大段的，当作情况', () => {
    const cause = '近年来外卖骑手数量增长很快，劳动合同签订率低，工伤得不到保障，群众反映强烈，需要引起重视。';
    expect(recogniseText(`案由：${cause}\n建议：\n开展检查。`, 40)).toMatchObject({ title: '', situation: cause, suggestion: '开展检查。' });
  });

  test('除了小标题和栏名，一个字也不丢', () => {
    const signs = (text: string) => [...text.replace(/\s+/g, '')].sort().join('');
    const headings: Record<keyof typeof documents, string> = { 提案表: '案由一、基本情况二、原因分析三、具体建议', 社情民意信息: '', 案由理由办法: '案由：理由：办法：', 阿拉伯数字小标题: '1.现状2.问题分析3.对策与建议', 没有小标题: '' };
    for (const [name, text] of Object.entries(documents) as [keyof typeof documents, string][]) {
      const { title, situation, analysis, suggestion, left } = recogniseText(text, 50);
      expect([name, signs([title, situation, analysis, suggestion, ...left, headings[name]].join(''))]).toEqual([name, signs(text)]);
    }
  });

  test('空白、只有空行、只有一行，都不出错', () => {
    for (const text of ['', '\n \n', '案由', '提案人：']) expect(recogniseText(text, 40)).toMatchObject({ analysis: '', suggestion: '' });
    expect(recogniseText('只有这一行', 40)).toMatchObject({ title: '', situation: '只有这一行' });
  });
});
