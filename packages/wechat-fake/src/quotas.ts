const MINUTE = 60_000;
const DAY = 86_400_000;
/** WeChat's days end at midnight in Shanghai, eight hours ahead of UTC all year. */
const SHANGHAI_OFFSET = 8 * 3_600_000;

/** How many calls WeChat lets through before it answers 45011 (minute) or 45009 (day). */
export interface Limits {
  /** Calls one user's codes may cause in a minute, for each endpoint. */
  userPerMinute: number;
  tokenPerMinute: number;
  tokenPerDay: number;
  forceRefreshPerDay: number;
  /** Messages in a day. */
  sendPerDay: number;
  /** Addresses that may fetch a token; null lets everyone. */
  ipWhitelist: readonly string[] | null;
}

export type CountedLimit = Exclude<keyof Limits, 'ipWhitelist'>;

const REAL_LIMITS: Limits = {
  userPerMinute: 100,
  tokenPerMinute: 10_000,
  tokenPerDay: 500_000,
  forceRefreshPerDay: 20,
  sendPerDay: 10_000_000,
  ipWhitelist: null,
};

const WINDOW: Record<CountedLimit, 'minute' | 'day'> = {
  userPerMinute: 'minute',
  tokenPerMinute: 'minute',
  tokenPerDay: 'day',
  forceRefreshPerDay: 'day',
  sendPerDay: 'day',
};

/** Counts calls in calendar minutes and Shanghai days of the injected clock. */
export class Quotas {
  limits: Limits = REAL_LIMITS;
  readonly #now: () => number;
  readonly #counts = new Map<string, { window: number; count: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts one call and says whether it still fits. A refused call is not counted. `subject` separates users and endpoints. */
  take(limit: CountedLimit, subject = ''): boolean {
    const window = this.#window(limit);
    const key = `${limit} ${subject}`;
    const counted = this.#counts.get(key);
    const count = counted?.window === window ? counted.count : 0;
    if (count >= this.limits[limit]) return false;
    this.#counts.set(key, { window, count: count + 1 });
    return true;
  }

  reset(): void {
    this.limits = REAL_LIMITS;
    this.#counts.clear();
  }

  #window(limit: CountedLimit): number {
    const now = this.#now();
    return WINDOW[limit] === 'minute' ? Math.floor(now / MINUTE) : Math.floor((now + SHANGHAI_OFFSET) / DAY);
  }
}
