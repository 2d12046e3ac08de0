/** The demonstration server runs for weeks: only the latest calls are kept. */
const KEPT = 10_000;

/** One call of the WeChat API and its verdict. Carries no secret, token or code. */
export interface FakeCall {
  /** UTC, ISO 8601. */
  at: string;
  method: string;
  path: string;
  /** The user the call was about, where its code tells. */
  openid: string | null;
  /** What WeChat decided, also when the answer never reached the caller; 0 for success, null when a fault left it undecided or the path is unknown. */
  errcode: number | null;
  errmsg: string;
  /** The fault that struck, such as `http 502` or `reset after`; null for none. */
  fault: string | null;
}

export class CallLog {
  #calls: FakeCall[] = [];

  add(call: FakeCall): void {
    this.#calls.push(call);
    if (this.#calls.length > KEPT) this.#calls = this.#calls.slice(-KEPT);
  }

  all(): readonly FakeCall[] {
    return this.#calls;
  }

  reset(): void {
    this.#calls = [];
  }
}
