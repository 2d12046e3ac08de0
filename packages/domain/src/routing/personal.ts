import type { PersonalKind, Reason } from './decision.ts';

/** What the rules found: a kind and the words of the text that show it. */
interface PersonalFinding {
  readonly kind: PersonalKind;
  readonly because: readonly Reason[];
}

const alternatives = (text: string): RegExp => new RegExp(text.trim().split(/\s+/).join('|'), 'g');

/** The writer and the writer's family. */
const oneself = alternatives(`
  本人 我的 我家 我爸 我妈 我父 我母 我老公 我老婆 我丈夫 我妻 我爱人 我儿子 我女儿 我哥 我姐 我弟 我妹 我奶奶 我爷爷 我小孩 我孩子 家父 家母 我叫 我姓 我于 我现在 我已 我因 我跟 我买 我去 我该 我能 我的情况`);
/** What is at stake for one person: pay, pension, house, lawsuit, deposit. */
const ownMatter = alternatives(`
  (?:拖欠|克扣|讨要|不发|没发|未发|欠)[了着我本人的们]{0,4}(?:工资|薪水|血汗钱|工钱|货款|钱) 我的(?:工资|养老金|退休金|社保|医保|房子|房产证|案子|户口|档案|低保|工伤|赔偿|押金|订单|驾照|驾驶证|宅基地|公积金|身份证)
  工伤认定 不予赔偿 拒不赔偿 法院判决 (?:一审|二审|终审)判决 判决书 申请强制执行 至今未(?:执行|退|还|发|付|办|支付) 退还(?:定金|押金|房款|费用|学费) 我家的?(?:土地|宅基地|责任田|祖坟) 还我[爸妈家]?一?个?(?:公道|钱|血汗钱|房) 讨薪 讨个公道 讨回公道
  我(?:的)?退休 被(?:辞退|开除|打伤|骗) 欠款不还 还我血汗钱 我的情况 给我办理 给我解决`);
/** A private question: one person asks what to do. */
const ownQuestion = alternatives(`我想咨询 我想问 想咨询一下 请问我 我该怎么 该怎么办 我能不能 我能否 我可以 我是否 我这种情况 我这样的情况 本人想 本人能否 是否需要本人`);
/** Signs that a matter of many is raised. */
const everybody = alternatives(`
  广大 我市 全市 我区 我县 普遍 很多家庭 部分群众 不少群众 群众反映 市民反映 居民反映 一些地方 建议[:：] 对策 调研 为此建议 综上 近年来 现状 存在的问题 一是 二是 我们小区 全体业主 众多业主 几百户 数百`);
const advert = alternatives(`
  加微信 加我微信 扫码(?:关注|领取|加) 招商加盟 诚招代理 免费领取 限时优惠 优惠价 特价 厂家直销 低价出售 急售 代开发票 办证刻章 贷款秒批 无抵押 高薪诚聘 欢迎(?:来电|选购|订购|咨询) 联系客服 日赚 月入过万 点击链接 淘宝店铺 全场 包邮`);
const hello = alternatives(`
  祝(?:各位|您|大家|全体|领导|政协|委员|你) 恭祝 恭贺 新年快乐 新春快乐 节日快乐 中秋快乐 春节快乐 国庆快乐 阖家欢乐 阖家幸福 合家欢乐 身体健康 万事如意 工作顺利 虎年大吉 恭喜发财 感谢(?:您|各位|领导|政协) 谢谢(?:您|领导|政府|大家) 点赞 表扬信 致敬 拜年 您好 你好 大家好`);

function found(pattern: RegExp, text: string): readonly string[] {
  return [...new Set(text.match(pattern) ?? [])];
}

const shown = (kept: readonly string[]): readonly Reason[] =>
  kept.slice(0, 5).map(text => ({ kind: 'rule', text, weight: 1 }));

const letters = (text: string): number => (text.match(/[\u4e00-\u9fff]/g) ?? []).length;

/** Text that is left when greetings are taken out. */
const beyondGreeting = (text: string): number => letters(text.replace(hello, ''));

/** Words that show the case of one person; empty when the matter may be everybody's. */
function ownCase(text: string): readonly string[] {
  const selves = found(oneself, text);
  const matters = found(ownMatter, text);
  const questions = found(ownQuestion, text);
  if (selves.length === 0) return [];
  const weight = selves.length + 2 * matters.length + questions.length - 2 * found(everybody, text).length;
  const telling = matters.length > 0 || (questions.length > 0 && selves.length > 1);
  return telling && weight >= 3 ? [...matters, ...questions, ...selves] : [];
}

/**
 * Does the text need a person whatever it is about? Too short or no Chinese; mere greeting; advertising; the case of
 * one person. `evidence` (0..1) says how much of a topic the lexicon found: a greeting before a real matter is no greeting.
 */
export function personalFinding(title: string, body: string, evidence: number): PersonalFinding | undefined {
  const text = `${title}\n${body}`;
  const size = letters(text);
  if (size < 6) return { kind: 'too_short', because: shown([]) };
  const adverts = found(advert, text);
  if (adverts.length >= 2) return { kind: 'advertising', because: shown(adverts) };
  const greetings = found(hello, text);
  if (greetings.length > 0 && evidence === 0 && (beyondGreeting(text) < 30 || greetings.length >= 3)) {
    return { kind: 'greeting', because: shown(greetings) };
  }
  const own = ownCase(text);
  if (own.length > 0) return { kind: 'personal_case', because: shown(own) };
  return evidence === 0 && size < 12 ? { kind: 'too_short', because: shown([]) } : undefined;
}
