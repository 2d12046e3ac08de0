/**
 * Something of the database that is held in memory. It is read at the start and whenever its mark moves (marks.ts), never inside a
 * request, so a request neither waits for it nor can it wait for a request's transaction.
 */
export class Kept<T> {
  private held: { readonly value: T } | undefined;
  private readonly read: () => Promise<T>;
  constructor(read: () => Promise<T>) { this.read = read; }

  get value(): T {
    if (!this.held) throw new Error('Read before the start was over.');
    return this.held.value;
  }
  async load(): Promise<void> { this.held = { value: await this.read() }; }
}
