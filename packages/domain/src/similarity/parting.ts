/** A cluster as average linkage puts it together: its members, how near they are to each other on the whole, and the two that it was made of. */
interface Branch { readonly members: readonly number[]; readonly inside: number; readonly parts?: readonly [Branch, Branch, across: number] }

/** Two groups of one cluster are two matters when they are so far from each other, and less than half as near as either is within. Read on real messages. */
const [apart, half] = [0.225, 0.5];
/** So many about one place are one matter in any case, and reckoning each with each would take long. */
const mostParted = 600;
const one = (member: number): Branch => ({ members: [member], inside: 1 });

/** `near`: how near each is to each. Nearest neighbours of each other are joined until one is left: the tree is that of average linkage, in the square of the members. */
function treeOf(near: readonly Float64Array[]): Branch {
  const branches: (Branch | undefined)[] = near.map((_, at) => one(at));
  const between = near.map((row) => Float64Array.from(row));
  const chain: number[] = [];
  for (let left = near.length; left > 1;) {
    if (chain.length === 0) chain.push(branches.findIndex((it) => it !== undefined));
    const [last, before] = [chain.at(-1) ?? 0, chain.at(-2)];
    let nearest = before ?? -1;
    for (const [at, branch] of branches.entries()) if (branch && at !== last && (nearest === -1 || (between[last]?.[at] ?? 0) > (between[last]?.[nearest] ?? 0))) nearest = at;
    if (nearest !== before) { chain.push(nearest); continue; }
    chain.length -= 2;
    join(branches, between, Math.min(last, nearest), Math.max(last, nearest));
    left -= 1;
  }
  return branches.find((it) => it !== undefined) ?? one(0);
}

function join(branches: (Branch | undefined)[], between: readonly Float64Array[], a: number, b: number): void {
  const [left, right] = [branches[a] ?? one(a), branches[b] ?? one(b)];
  const [m, n, across] = [left.members.length, right.members.length, between[a]?.[b] ?? 0];
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const inside = (left.inside * pairs(m) + right.inside * pairs(n) + across * m * n) / pairs(m + n);
  branches[a] = { members: [...left.members, ...right.members], inside, parts: [left, right, across] };
  branches[b] = undefined;
  for (const [at, row] of between.entries()) {
    const mean = ((between[a]?.[at] ?? 0) * m + (between[b]?.[at] ?? 0) * n) / (m + n);
    row[a] = mean;
    between[a]?.fill(mean, at, at + 1);
  }
}

const partsOf = ({ members, parts }: Branch): (readonly number[])[] => {
  if (!parts) return [members];
  const [left, right, across] = parts;
  return across < apart && across < half * Math.min(left.inside, right.inside) ? [...partsOf(left), ...partsOf(right)] : [members];
};

/**
 * The matters of a cluster: texts that hang together by a chain of neighbours may tell of two (a firm's flats and its car parks, one letter sent about
 * two estates). `near`: how near each of these is to each.
 */
export function parted(cluster: readonly number[], near: (texts: readonly number[]) => readonly Float64Array[]): number[][] {
  if (cluster.length < 3 || cluster.length > mostParted) return [[...cluster]];
  return partsOf(treeOf(near(cluster))).map((part) => part.flatMap((at) => cluster[at] ?? []));
}
