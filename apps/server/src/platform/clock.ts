/** The only source of "now". Tests and the demonstration shift it; nothing else reads the machine's clock for a rule. */
export class Clock {
  private offset = 0;
  readonly demo: boolean;
  private readonly real: () => number;
  constructor(demo: boolean, real: () => number = Date.now) { this.demo = demo; this.real = real; }
  private pinned: Date | undefined;
  now(): Date { return this.pinned ?? new Date(this.real() + this.offset); }
  /** What every other clock in the world shows, also while the demonstration's stands elsewhere: an authenticator on a phone goes by it. */
  world(): Date { return new Date(this.real()); }
  /** Milliseconds ahead of the machine's clock; kept with the database so that the demonstration's time never goes back. */
  shift(offset: number): void { this.offset = offset; }
  /** While the demonstration's past is played, before anybody is served: stands still at each event. */
  pin(at: Date | undefined): void { this.pinned = at; }
}
