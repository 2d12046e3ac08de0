/** What a text says that others might say too: pieces of two and three signs of its own words, titles more than bodies. */
export interface Sketch { readonly terms: readonly string[]; readonly counts: readonly number[] }

/** How everybody begins, ends and asks: it says nothing of the matter (traps, 11). */
const boilerplate = new RegExp([
  '关于(?:进一步|切实|加快|加强|推进|完善|规范|解决)*', '的(?:几点|若干)?(?:建议|意见|想法|思考|反映|情况|问题|提案|请求|咨询|投诉)', '(?:强烈|恳请|恳求|请求|希望|建议|呼吁|请问|咨询|投诉|举报|反映|要求|盼望|请)(?:尽快|尽早|早日|及时|加快|加强|加大|进一步|政府|领导|有关部门|相关部门|贵单位)*',
  '尊敬的[^，。！：:,]{0,12}', '(?:各位)?领导(?:您|你们)?好?', '您好|你好|谢谢|感谢|此致|敬礼|麻烦', '有关(?:部门|单位)|相关(?:部门|单位|负责人)|职能部门|政府部门|主管部门', '(?:应|应当|亟待|亟需|引起|高度)?重视', '进一步|切实|加快|加强|加大|推进|完善|规范|落实|力度|我们|他们|自己|现在|目前|已经|因为|所以|但是|而且|如果|可以|没有|这个|那个|什么|怎么|为什么|什么时候|何时|刻不容缓|是否|非常|很多|一直|多次|严重|解决|问题|情况|影响|居民|群众|市民|业主|老百姓|部门|单位|领导|政府',
].join('|'), 'g');
const runs = /[\u4e00-\u9fff]+|[A-Za-z]+\d*|\d+[A-Za-z]+/g;
/** Signs that join words and never begin or end one. */
const joints = /[的了和与及或在是有为对从到于被把将也都就还又而之其等不很更最个这那此某我你他她它们吗呢吧啊]/;

function piecesOf(text: string, weight: number, into: Map<string, number>): void {
  for (const run of text.replace(boilerplate, ' ').match(runs) ?? []) {
    if (/^[A-Za-z\d]/.test(run)) { if (run.length > 1 && run.length < 20) into.set(run.toLowerCase(), (into.get(run.toLowerCase()) ?? 0) + weight); continue; }
    for (let size = 2; size <= 3; size += 1) {
      for (let at = 0; at + size <= run.length; at += 1) {
        const piece = run.slice(at, at + size);
        if (!joints.test(piece)) into.set(piece, (into.get(piece) ?? 0) + weight);
      }
    }
  }
}

const most = 4000;
/** The title counts three times. Long texts are read as far as 4,000 signs. */
export function sketchOf(title: string, body: string): Sketch {
  const counts = new Map<string, number>();
  piecesOf(title, 3, counts);
  piecesOf(body.slice(0, most), 1, counts);
  return { terms: [...counts.keys()], counts: [...counts.values()] };
}

const [shortest, mostWords] = [2, 5];
/** Pieces as they stand in a title, run together where they touch: words that somebody wrote. */
export function wordsIn(title: string, pieces: readonly string[]): string[] {
  const [small, covered] = [title.toLowerCase(), new Set<number>()];
  for (const piece of pieces) for (let at = small.indexOf(piece); at !== -1; at = small.indexOf(piece, at + 1)) for (let sign = 0; sign < piece.length; sign += 1) covered.add(at + sign);
  const marked = Array.from(title, (sign, at) => (covered.has(at) ? sign : ' ')).join('');
  return [...new Set(marked.split(' ').filter((word) => word.length >= shortest))].slice(0, mostWords);
}
