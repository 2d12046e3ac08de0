import type { Sketch } from './terms.ts';

/** The strongest pieces of one text, as they are kept: enough to find it again and no more. */
export type Kept = Sketch;
export interface Near { readonly no: number; readonly score: number }

/** Numbers that only grow at the end. */
class Column {
  values = new Uint32Array(2);
  length = 0;
  push(value: number): void {
    if (this.length === this.values.length) { const wider = new Uint32Array(this.length * 2); wider.set(this.values); this.values = wider; }
    this.values[this.length] = value;
    this.length += 1;
  }
}
/** Where a piece stands: each text, and how often there. `alive`: in how many texts it stands now. */
interface Posting { readonly term: string; readonly docs: Column; readonly counts: Column; alive: number }
interface Text { readonly pieces: Uint32Array; readonly counts: Uint8Array }

const nothing: Text = { pieces: new Uint32Array(0), counts: new Uint8Array(0) };
const heavier = (count: number): number => 1 + Math.log(count);

const kept = 48;
/** A search looks at so many places at most, the rare pieces first: what stands everywhere tells little and costs most. */
const mostPlaces = 60_000;
/** Texts that share so much less than the nearest are not weighed. */
const worthWeighing = 0.12;

/**
 * Which texts are about the same matter: cosine of their strongest pieces, rare ones counting more. Pieces and places lie in typed arrays.
 * Adding costs the text's own length. The same texts added in the same order give the same answers everywhere.
 */
export class SimilarIndex {
  private readonly pieces = new Map<string, number>();
  private readonly postings: Posting[] = [];
  private readonly texts: Text[] = [];
  private gone = 0;
  /** How many texts there are; numbers run on over those that were taken out. */
  get size(): number { return this.texts.length - this.gone; }

  /** What was reckoned for the texts there are now; one more or one less, and it is reckoned anew. */
  private rarities: { readonly turn: number; readonly of: Map<string, number> } = { turn: -1, of: new Map() };
  private lengths = { turn: -1, of: new Float32Array(0) };
  private scores = new Float32Array(0);
  private get turn(): number { return this.texts.length + this.gone; }

  private posting(term: string): Posting | undefined { const at = this.pieces.get(term); return at === undefined ? undefined : this.postings[at]; }
  /** What a piece is worth wherever it stands: a rare one more, one of every third text nothing. Three signs weigh as two: what is said in other words must be found too. */
  private rarity(term: string): number {
    if (this.rarities.turn !== this.turn) this.rarities = { turn: this.turn, of: new Map() };
    const known = this.rarities.of.get(term);
    if (known !== undefined) return known;
    const it = Math.log((this.size + 2) / ((this.posting(term)?.alive ?? 0) + 1));
    const worth = it < 1.1 && this.size > 20 ? 0 : it;
    this.rarities.of.set(term, worth);
    return worth;
  }

  /** The pieces of a text that would be kept now, strongest first. */
  strongest({ terms, counts }: Sketch, most = kept): Kept {
    const ranked = terms.map((term, index) => ({ term, index, count: counts[index] ?? 1, weight: heavier(counts[index] ?? 1) * this.rarity(term) })).sort((a, b) => b.weight - a.weight || a.index - b.index).slice(0, most * 4);
    const chosen: typeof ranked = [];
    for (const it of ranked) {
      if (chosen.length === most) break;
      // A piece of a stronger one that stands for the same place in the text says nothing more.
      if (it.weight > 0 && !chosen.some((other) => other.count === it.count && other.term.includes(it.term))) chosen.push(it);
    }
    return { terms: chosen.map(({ term }) => term), counts: chosen.map(({ count }) => count) };
  }

  /** Adds a text by what is kept of it; answers its number, in the order of adding. */
  add({ terms, counts }: Kept): number {
    const no = this.texts.length;
    const text = { pieces: new Uint32Array(terms.length), counts: new Uint8Array(terms.length) };
    for (const [index, term] of terms.entries()) {
      const count = Math.min(255, counts[index] ?? 1);
      const at = this.pieces.get(term) ?? this.postings.push({ term, docs: new Column(), counts: new Column(), alive: 0 }) - 1;
      this.pieces.set(term, at);
      [text.pieces[index], text.counts[index]] = [at, count];
      const posting = this.postings[at];
      if (!posting) continue;
      posting.docs.push(no);
      posting.counts.push(count);
      posting.alive += 1;
    }
    this.texts.push(text);
    return no;
  }
  /** Takes a text out: it was written anew, or must not be found any more. Its number stays its own. */
  remove(no: number): void {
    const text = this.texts[no];
    if (!text || text === nothing) return;
    for (const at of text.pieces) { const posting = this.postings[at]; if (posting) posting.alive -= 1; }
    this.texts[no] = nothing;
    this.gone += 1;
  }

  private length({ terms, counts }: Kept): number {
    let sum = 0;
    for (const [index, term] of terms.entries()) sum += (heavier(counts[index] ?? 1) * this.rarity(term)) ** 2;
    return Math.sqrt(sum) || 1;
  }
  private lengthOf(no: number): number {
    const { of } = this.lengths;
    if (of[no] === 0) of[no] = this.length(this.textOf(no));
    return of[no] ?? 1;
  }
  /** Room for what a search reckons; only a search needs it, so that adding costs no more than the text itself. */
  private room(): void {
    const all = this.texts.length;
    if (this.lengths.turn !== this.turn) this.lengths = { turn: this.turn, of: new Float32Array(all) };
    if (this.scores.length < all) this.scores = new Float32Array(Math.ceil(all * 1.2) + 16);
  }

  /** Adds up in `scores` what each text shares with this one; answers which texts were met. */
  private meet({ terms, counts }: Kept): number[] {
    const { scores } = this;
    const [met, asked] = [[] as number[], terms.flatMap((term, index) => { const [posting, rarity] = [this.posting(term), this.rarity(term)]; return posting && rarity > 0 ? [{ posting, weight: heavier(counts[index] ?? 1) * rarity ** 2 }] : []; })];
    let left = mostPlaces;
    for (const { posting: { docs, counts: times }, weight } of asked.toSorted((a, b) => a.posting.docs.length - b.posting.docs.length || (a.posting.term < b.posting.term ? -1 : 1))) {
      left -= docs.length;
      if (left < 0) break;
      for (let at = 0; at < docs.length; at += 1) {
        const no = docs.values[at] ?? 0;
        if (scores[no] === 0) met.push(no);
        const count = times.values[at] ?? 1;
        scores[no] = (scores[no] ?? 0) + weight * (count === 1 ? 1 : heavier(count));
      }
    }
    return met;
  }

  /** The nearest texts at or above a score, best first; `without`: the text itself. */
  near(text: Kept, { atLeast = 0, most = 10, without = -1 }: { atLeast?: number; most?: number; without?: number } = {}): Near[] {
    this.room();
    const [own, met, { scores }] = [this.length(text), this.meet(text), this];
    const best = met.reduce((highest, no) => (no === without ? highest : Math.max(highest, scores[no] ?? 0)), 0);
    const found: Near[] = [];
    for (const no of met) {
      const shared = scores[no] ?? 0;
      scores[no] = 0;
      if (shared < best * worthWeighing || no === without || this.texts[no] === nothing) continue;
      const score = Math.min(1, shared / (own * this.lengthOf(no)));
      if (score >= atLeast && score > 0) found.push({ no, score });
    }
    return found.sort((a, b) => b.score - a.score || a.no - b.no).slice(0, most);
  }
  /** How near each of these texts is to each, nought for a text to itself. */
  among(texts: readonly number[]): Float64Array[] {
    const weighed = texts.map((no) => {
      const { terms, counts } = this.textOf(no);
      return new Map(terms.map((term, index) => [term, heavier(counts[index] ?? 1) * this.rarity(term)]));
    });
    this.room();
    return weighed.map((mine, a) => Float64Array.from(weighed, (other, b) => {
      let shared = 0;
      if (a !== b) for (const [term, weight] of mine) shared += weight * (other.get(term) ?? 0);
      return shared / (this.lengthOf(texts[a] ?? -1) * this.lengthOf(texts[b] ?? -1));
    }));
  }
  /** Why two texts are held to be near: the pieces that they have in common, the telling ones first. */
  shared(a: Kept, b: Kept): string[] {
    const other = new Set(b.terms);
    return a.terms.filter((term) => other.has(term));
  }
  textOf(no: number): Kept {
    const { pieces, counts } = this.texts[no] ?? nothing;
    return { terms: Array.from(pieces, (at) => this.postings[at]?.term ?? ''), counts: [...counts] };
  }
  nearTo(no: number, options: { atLeast?: number; most?: number } = {}): Near[] {
    return this.texts[no] ? this.near(this.textOf(no), { ...options, without: no }) : [];
  }
}
