/** What WeChat keeps for a mini-program: 1 MB under one key, 10 MB in all (typings 30811). */
const keyBytes = 1_048_576;
const allBytes = 10 * keyBytes;

export class Storage {
  private readonly kept = new Map<string, string>();
  /** Bytes that something else in the phone's share of this mini-program takes. */
  taken = 0;

  get keys(): string[] { return [...this.kept.keys()]; }
  /** All of it, in KB as WeChat tells it. */
  get size(): number { return Math.ceil(this.bytes() / 1024); }
  get limit(): number { return allBytes / 1024; }

  /** @throws when it does not fit; what was there stays */
  set(key: string, value: unknown): void {
    const text = JSON.stringify(value ?? '');
    const others = this.bytes() - Buffer.byteLength(this.kept.get(key) ?? '');
    if (Buffer.byteLength(text) > keyBytes) throw new Error('entry size limit reached');
    if (others + Buffer.byteLength(text) > allBytes) throw new Error('exceed storage max size 10Mb');
    this.kept.set(key, text);
  }
  /** '' for what is not there. */
  get(key: string): unknown { const text = this.kept.get(key); return text === undefined ? '' : JSON.parse(text); }
  delete(key: string): void { this.kept.delete(key); }
  clear(): void { this.kept.clear(); }
  private bytes(): number { return [...this.kept.values()].reduce((sum, text) => sum + Buffer.byteLength(text), this.taken); }
}
