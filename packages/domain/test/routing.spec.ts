import { describe, expect, test } from '@jest/globals';
import { routerVersion } from '../src/routing/calibration.ts';
import type { RoutingDecision, RoutingTable } from '../src/routing/decision.ts';
import { route } from '../src/routing/router.ts';
import { topicCodes } from '../src/routing/topics.ts';
import { cases, table } from './routing-cases.ts';

const committeesOf = (decision: RoutingDecision): readonly string[] => decision.candidates.map(candidate => candidate.committeeId);

describe('委员和群众的来稿各归其委', () => {
  test.each(cases)('%s 收到：%s', (committeeId, title, body) => {
    const decision = route({ title, body }, table);
    expect(committeesOf(decision)[0]).toBe(committeeId);
    expect(decision.personal).toBeUndefined();
  });

  test('四分之三以上的来稿不必人工分办', () => {
    const assigned = cases.filter(([, title, body]) => route({ title, body }, table).to === 'committee');
    expect(assigned.length / cases.length).toBeGreaterThanOrEqual(0.75);
  });
});

describe('年度计划里的题目交给计划写明的专委会', () => {
  test.each(table.planTopics)('$title → $committeeId', ({ title, committeeId }) => {
    const decision = route({ title, body: '' }, table);
    expect(committeesOf(decision).slice(0, 2)).toContain(committeeId);
    const owner = decision.candidates.find(candidate => candidate.committeeId === committeeId);
    expect(owner?.reasons.some(reason => reason.kind === 'plan' && table.planTopics.some(plan => plan.title === reason.text))).toBe(true);
  });

  test('换了说法的题目仍能对上计划', () => {
    const decision = route({ title: '关于加大工业固废回收处理力度的建议', body: '企业一般固废堆存多，综合利用率低。' }, table);
    expect(committeesOf(decision).slice(0, 2)).toContain('c-tian');
  });

  test('计划撤下这个题目后，农产品加工归农业和农村委', () => {
    const title = '推进我市农产品加工业发展';
    expect(committeesOf(route({ title, body: '' }, table))[0]).toBe('c-weigong');
    expect(committeesOf(route({ title, body: '' }, { ...table, planTopics: [] }))[0]).toBe('c-nongye');
  });
});

describe('需要人来看的来稿送分办', () => {
  test.each([
    ['personal_case', '公司拖欠我工资，请帮我讨薪', '我叫小李，我在工地做了三个月，老板欠我工资一万二至今未付，我的血汗钱什么时候能拿到？'],
    ['personal_case', '我的退休金什么时候能办下来', '本人今年六十岁，我的档案找不到了，跑了三趟社保局，我的退休金一直没有着落。'],
    ['personal_case', '请法院尽快执行我的案子', '我父亲被人打伤，法院判决赔偿八万元，对方至今未付，我家已借不到钱。'],
    ['advertising', '厂家直销健身器材', '新款到货，限时优惠，全场包邮，欢迎来电咨询，加微信领券。'],
    ['greeting', '新年快乐', '祝各位领导身体健康，万事如意！'],
    ['greeting', '感谢您的关心', '谢谢大家，祝您节日快乐，阖家欢乐。'],
    ['discipline', '举报某局长受贿', '该局长以权谋私，收受红包，侵吞公款，请纪委查处。'],
    ['discipline', '举报村支书贪污征地款', '他私分补偿款，挪用公款，村民敢怒不敢言。'],
    ['too_short', '', ''],
    ['too_short', '测试', 'aaa 111'],
    ['too_short', '啊啊啊啊啊', '哦哦'],
  ])('%s：%s', (kind, title, body) => {
    const decision = route({ title, body }, table);
    expect(decision.to).toBe('triage');
    expect(decision.personal).toBe(kind);
    expect(decision.co).toEqual([]);
    expect(decision.because.length > 0).toBe(kind !== 'too_short');
    for (const reason of decision.because) expect(`${title}\n${body}`).toContain(reason.text);
  });

  test('委员替一类人说话，不算个人诉求', () => {
    const decision = route({
      title: '关于治理拖欠农民工工资问题的建议',
      body: '近年来我市工地欠薪时有发生，不少群众反映讨薪难。我在调研中走访了五个工地。建议：一是人社部门建立工资专户；二是加大劳动监察力度。',
    }, table);
    expect(decision.personal).toBeUndefined();
    expect(committeesOf(decision)[0]).toBe('c-shefa');
  });

  test('先问好再说正事，不算问候', () => {
    const decision = route({ title: '您好，请修一下路灯', body: '尊敬的领导您好，巷道路灯坏了半个月，祝您工作顺利。' }, table);
    expect(decision.personal).toBeUndefined();
    expect(committeesOf(decision)[0]).toBe('c-renzihuan');
  });

  test('看不出说什么的来稿没有候选，送分办', () => {
    const decision = route({ title: '昨日今朝皆如此罢了呀', body: '随便说说而已，并没有什么别的意思在里头。' }, table);
    expect(decision).toMatchObject({ to: 'triage', confidence: 0, candidates: [], co: [], terms: [] });
  });
});

describe('两个专委会都合适时，一个主办一个会办', () => {
  test('农村中小学的师资既是教育也是农村的事', () => {
    const decision = route({ title: '关于乡村学校与乡村振兴协同发展的建议', body: '撤并后村庄空心化，教师留不住，农民进城陪读。' }, table);
    expect(new Set([committeesOf(decision)[0], ...decision.co])).toEqual(new Set(['c-wenshi', 'c-nongye']));
  });

  test('只合一家的来稿没有会办', () => {
    expect(route({ title: '关于优化公交线路的建议', body: '公交车末班太早，候车亭破旧。' }, table).co).toEqual([]);
  });
});

describe('读者看得懂、对得上的理由', () => {
  test.each(cases)('%s：%s 的理由都是原文里的字', (_committee, title, body) => {
    const decision = route({ title, body, sectorName: '经济界', townName: '竹园镇', category: 'society' }, table);
    for (const candidate of decision.candidates) {
      expect(candidate.reasons.length).toBeLessThanOrEqual(5);
      const weights = candidate.reasons.map(reason => reason.weight);
      expect(weights).toEqual([...weights].sort((a, b) => b - a));
      for (const reason of candidate.reasons.filter(({ kind }) => kind === 'term')) expect(`${title}\n${body}`).toContain(reason.text);
    }
  });

  test('类别里写了不认识的词，当作没有选', () => {
    const text = { title: '关于优化公交线路的建议', body: '公交车末班太早。' };
    for (const category of ['constructor', '__proto__', 'toString', 'no-such']) expect(route({ ...text, category }, table)).toEqual(route(text, table));
  });

  test('英文字母照原文显示', () => {
    const decision = route({ title: '关于提升５Ｇ覆盖的建议', body: '' }, table);
    expect(decision.candidates[0]?.reasons.map(reason => reason.text)).toContain('５Ｇ');
    expect(decision.terms).toContain('5g');
  });

  test('“学校附近的路灯”说的是路灯，不是学校', () => {
    expect(committeesOf(route({ title: '学校附近的路灯坏了', body: '' }, table))[0]).toBe('c-renzihuan');
  });
});

describe('数字守规矩', () => {
  test.each(cases)('%s：%s 的份额从大到小，总和不超过一', (_committee, title, body) => {
    const decision = route({ title, body }, table);
    const shares = decision.candidates.map(candidate => candidate.share);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
    expect(shares.every(share => share >= 0.02)).toBe(true);
    expect(shares.length).toBeLessThanOrEqual(3);
    expect(decision.confidence).toBe(shares[0]);
    expect(decision.terms.length).toBeLessThanOrEqual(40);
    expect(decision.version).toBe(routerVersion);
    expect(route({ title, body }, table)).toEqual(decision);
  });

  test('把握不到门槛就送分办，门槛由市里定', () => {
    const text = { title: '关于优化公交线路的建议', body: '公交车末班太早，乘客换乘不便。' };
    const { confidence } = route(text, table);
    expect(route(text, { ...table, threshold: confidence }).to).toBe('committee');
    expect(route(text, { ...table, threshold: Math.min(1, confidence + 0.001) }).to).toBe('triage');
  });

  test('界别、乡镇、类别只是轻轻一推', () => {
    const text = { title: '关于增加公办幼儿园学位的建议', body: '' };
    const pushed = route({ ...text, sectorName: '农业界', townName: '竹园镇', category: 'economy' }, table);
    expect(committeesOf(pushed)[0]).toBe('c-wenshi');
    expect(pushed.confidence).toBeLessThan(route(text, table).confidence);
  });

  test('题目归谁由表决定：改了表，结果跟着改', () => {
    const moved: RoutingTable = { ...table, topics: { ...table.topics, transport: 'c-weigong' } };
    expect(committeesOf(route({ title: '关于优化公交线路的建议', body: '' }, moved))[0]).toBe('c-weigong');
  });

  test('每个主题都有能认出它的词', () => {
    const only = (topic: string): RoutingTable => {
      const topics = { ...table.topics };
      for (const code of topicCodes) topics[code] = code === topic ? 'c-only' : 'c-rest';
      return { ...table, topics, planTopics: [], sectors: {}, towns: {}, categories: {} };
    };
    const spoken: Record<(typeof topicCodes)[number], string> = {
      urban_construction: '老旧小区改造', land: '不动产登记', environment: '扬尘污染', transport: '公交线路', commerce_tourism: '假冒伪劣',
      tourism_culture: '全域旅游', economy: '招商引资', technology: '科技成果转化', education_culture_sports: '义务教育', rural: '高标准农田',
      labour: '劳动合同', health: '家庭医生', justice: '法律援助', civil_affairs: '养老服务', member_work: '委员培训', proposal_work: '提案督办',
      international: '友好城市', party_affairs: '党支部', party_discipline: '受贿',
    };
    for (const code of topicCodes) {
      expect([code, committeesOf(route({ title: `请看看${spoken[code]}`, body: '' }, only(code)))[0]]).toEqual([code, 'c-only']);
    }
  });
});
