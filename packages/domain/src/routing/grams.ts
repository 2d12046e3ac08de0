/** A body is read up to this many characters: the matter stands in front, and a decision stays quick. */
const longestBody = 4000;
/** A run in the title counts as often as this many in the body. */
const titleCounts = 3;

const chinese = /[\u4e00-\u9fff]+/g;
/** Greetings and titles of address with the name before them: they name a reader, not a matter. */
const address = /(?:尊敬的|敬爱的)?[\u4e00-\u9fff]{0,3}(?:书记|市长|县长|区长|镇长|省长|局长|主任|领导|先生|女士|同志)(?:们)?(?:您|你)?好?/g;

function count(text: string, by: number, into: Map<string, number>): void {
  for (const run of text.replace(address, '，').match(chinese) ?? []) {
    for (let at = 0; at + 1 < run.length; at++) {
      const pair = run.slice(at, at + 2);
      into.set(pair, (into.get(pair) ?? 0) + by);
      if (at + 2 >= run.length) continue;
      const three = run.slice(at, at + 3);
      into.set(three, (into.get(three) ?? 0) + by);
    }
  }
}

/** Runs of two and three Chinese characters (letters, digits and names after an address left out) with how often they stand there. */
export function gramsOf(title: string, body: string): ReadonlyMap<string, number> {
  const grams = new Map<string, number>();
  count(title, titleCounts, grams);
  count(body.slice(0, longestBody), 1, grams);
  return grams;
}
