/** A piece of a text that was kept, taken out or put in. */
export interface TextPiece { readonly kind: 'same' | 'out' | 'in'; readonly text: string }

/** What is compared: words of Latin letters and figures whole, every other sign alone. */
const signsOf = (text: string): string[] => text.match(/[A-Za-z0-9.%]+|[\s\S]/gu) ?? [];

/**
 * The shortest way from one list to the other (Myers, O(ND)), by its trace. Beyond `most` differences the two have too little in common
 * for single signs to say anything: then undefined.
 */
function trace(a: readonly string[], b: readonly string[], most: number): Map<number, number>[] | undefined {
  const [steps, furthest]: [Map<number, number>[], Map<number, number>] = [[], new Map([[1, 0]])];
  for (let depth = 0; depth <= Math.min(a.length + b.length, most); depth += 1) {
    steps.push(new Map(furthest));
    for (let k = -depth; k <= depth; k += 2) {
      const [left, right] = [furthest.get(k - 1) ?? -1, furthest.get(k + 1) ?? -1];
      let x = k === -depth || (k !== depth && left < right) ? right : left + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return steps;
    }
  }
  return undefined;
}

function walk(a: readonly string[], b: readonly string[], steps: readonly Map<number, number>[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  let [x, y] = [a.length, b.length];
  for (let depth = steps.length - 1; depth >= 0; depth -= 1) {
    const [at, k] = [steps[depth] ?? new Map<number, number>(), x - y];
    const [left, right] = [at.get(k - 1) ?? -1, at.get(k + 1) ?? -1];
    const before = k === -depth || (k !== depth && left < right) ? k + 1 : k - 1;
    const fromX = at.get(before) ?? 0;
    while (x > fromX && y > fromX - before && x > 0 && y > 0) { x -= 1; y -= 1; pieces.push({ kind: 'same', text: a[x] ?? '' }); }
    if (depth === 0) break;
    if (x === fromX) { y -= 1; pieces.push({ kind: 'in', text: b[y] ?? '' }); } else { x -= 1; pieces.push({ kind: 'out', text: a[x] ?? '' }); }
  }
  return pieces.reverse();
}

/** Neighbours of one kind become one piece; what was taken out stands before what came in its place. */
function joined(pieces: readonly TextPiece[]): TextPiece[] {
  const all: TextPiece[] = [];
  let [out, put] = ['', ''];
  const flush = () => { if (out !== '') all.push({ kind: 'out', text: out }); if (put !== '') all.push({ kind: 'in', text: put }); [out, put] = ['', '']; };
  for (const { kind, text } of pieces) {
    if (kind === 'out') out += text;
    else if (kind === 'in') put += text;
    else { flush(); const last = all.at(-1); if (last?.kind === 'same') all[all.length - 1] = { kind, text: last.text + text }; else all.push({ kind, text }); }
  }
  flush();
  return all;
}

/** A single sign kept between two changes (的, a comma) is chance: read as part of the change, a person follows it more easily. */
function readable(pieces: readonly TextPiece[]): TextPiece[] {
  return joined(pieces.flatMap((piece, index) => {
    const between = pieces[index - 1] !== undefined && pieces[index - 1]?.kind !== 'same' && pieces[index + 1] !== undefined && pieces[index + 1]?.kind !== 'same';
    return piece.kind === 'same' && between && piece.text.length === 1 && piece.text !== '\n' ? [{ kind: 'out' as const, text: piece.text }, { kind: 'in' as const, text: piece.text }] : [piece];
  }));
}

/** What an edit changed, in reading order: the pieces `same` and `out` make up the first text, `same` and `in` the second. */
export function differences(before: string, after: string): TextPiece[] {
  const [a, b] = [signsOf(before), signsOf(after)];
  const steps = trace(a, b, 1200);
  if (!steps) return joined([{ kind: 'out', text: before }, { kind: 'in', text: after }]);
  return readable(joined(walk(a, b, steps)));
}
