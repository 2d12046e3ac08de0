/** Words that any plan topic or title may carry: they say nothing about what it is about. */
const boilerplate = `
  关于 建议 思考 对策 调研 报告 提案 问题 工作 进一步 持续 深化 助力 推进 推动 促进 加强 加大 加快 提升 强化 完善 优化 打造 建设 发展 高质量 高标准 高水平 全力 强力 大力 积极 切实
  做精 做优 做好 做大 做强 力度 水平 管理 体系 机制 引领 我市 全市 本市 我县 我区 若干 几点 情况 意见 探索 落实 实施 开展`
  .split(/\s+/).filter(word => word !== '').sort((a, b) => b.length - a.length);

const clauseEnd = /[，,。；;、：:！!？?\s]+/;

/** Character pairs of the parts of a title that say something; a removed word leaves a gap, so no pair spans it. */
function pairsOf(title: string): ReadonlySet<string> {
  let rest = title;
  for (const word of boilerplate) rest = rest.split(word).join(' ');
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < rest.length; at++) {
    const pair = rest.slice(at, at + 2);
    if (/^[\u4e00-\u9fff]{2}$/.test(pair)) pairs.add(pair);
  }
  return pairs;
}

function covered(wanted: ReadonlySet<string>, present: ReadonlySet<string>): number {
  if (wanted.size === 0) return 0;
  let both = 0;
  for (const pair of wanted) if (present.has(pair)) both += 1;
  return both / wanted.size;
}

/** A clause must have this many pairs to stand for its topic alone, and then counts a little less than the whole. */
const clausePairs = 3;
const clauseWorth = 0.85;

interface Wanted { readonly whole: ReadonlySet<string>; readonly clauses: readonly ReadonlySet<string>[] }
/** Plans are few and stay for a year: their pairs are worked out once. */
const worked = new Map<string, Wanted>();
const mostWorked = 500;

function wantedOf(planTitle: string): Wanted {
  const known = worked.get(planTitle);
  if (known) return known;
  const wanted = { whole: pairsOf(planTitle), clauses: planTitle.split(clauseEnd).map(pairsOf).filter(pairs => pairs.size >= clausePairs) };
  if (worked.size >= mostWorked) worked.clear();
  worked.set(planTitle, wanted);
  return wanted;
}

/** How far a title covers plan topics, one after another: 0 (nothing in common) to 1 (says all of it). */
export function planSimilarityTo(title: string): (planTitle: string) => number {
  const present = pairsOf(title);
  return planTitle => {
    const { whole, clauses } = wantedOf(planTitle);
    return clauses.reduce((best, wanted) => Math.max(best, clauseWorth * covered(wanted, present)), covered(whole, present));
  };
}
