import { CallLog } from './call-log.ts';
import { CodeBook } from './codes.ts';
import { Dice } from './dice.ts';
import { FaultList } from './faults.ts';
import type { Latency } from './faults.ts';
import { Mailbox } from './mailbox.ts';
import type { MediaManner } from './message-endpoints.ts';
import { Pushes } from './pushes.ts';
import type { PushTarget } from './pushes.ts';
import { Quotas } from './quotas.ts';
import { Refusals } from './refusals.ts';
import { Subscriptions } from './subscriptions.ts';
import type { FakeTemplate } from './subscriptions.ts';
import { TokenDesk } from './tokens.ts';
import { UserList } from './users.ts';

export interface FakeOptions {
  /** Epoch ms; the clock the stand-in shares with the server. */
  now: () => number;
  appid: string;
  secret: string;
  /** Same seed, same codes, tokens and rids. */
  seed?: number;
  /** The path under which the caller serves the stand-in, such as `/wechat`; none by default. */
  mountedAt?: string;
  /** Moves the shared clock forward by so many ms; without it the control API has no clock. */
  advance?: (ms: number) => void;
  /** The message templates of this mini-program. */
  templates?: readonly FakeTemplate[];
  /** Its published pages; all addresses count as published when none are named. */
  pages?: readonly string[];
  /** Where events are pushed; nowhere by default. */
  push?: PushTarget;
}

/** Everything the stand-in remembers, in memory only. */
export interface Platform {
  readonly options: FakeOptions;
  readonly dice: Dice;
  readonly users: UserList;
  readonly codes: CodeBook;
  readonly quotas: Quotas;
  readonly tokens: TokenDesk;
  readonly refusals: Refusals;
  readonly faults: FaultList;
  readonly calls: CallLog;
  latency: Latency;
  readonly subscriptions: Subscriptions;
  readonly mailbox: Mailbox;
  readonly pushes: Pushes;
  pages: readonly string[] | null;
  /** When each user last opened the mini-program, epoch ms: the checks ask for it. */
  readonly seenAt: Map<string, number>;
  mediaManner: { kind: MediaManner; afterMs: number };
  /** Links by address: until when (epoch ms), and whose they are since the first tap. */
  readonly links: Map<string, { until: number; openid: string | null }>;
}

export function createPlatform(options: FakeOptions): Platform {
  const { now } = options;
  const dice = new Dice(options.seed);
  const quotas = new Quotas(now);
  const [subscriptions, pushes] = [new Subscriptions(), new Pushes(now, dice, options.appid)];
  for (const template of options.templates ?? []) subscriptions.addTemplate(template, false);
  pushes.target = options.push ?? null;
  return {
    options,
    dice,
    quotas,
    users: new UserList(dice),
    codes: new CodeBook(now, dice),
    tokens: new TokenDesk(now, dice, quotas),
    refusals: new Refusals(now, dice),
    faults: new FaultList(),
    calls: new CallLog(),
    latency: { p50: 0, p99: 0 },
    subscriptions,
    pushes,
    mailbox: new Mailbox(),
    pages: options.pages ?? null,
    seenAt: new Map(),
    mediaManner: { kind: 'later', afterMs: 30_000 },
    links: new Map(),
  };
}

/**
 * Back to the first minute: codes, tokens, quotas, limits, faults, latency, log, consents, messages and passing users go; users and
 * templates added by the program stay. The dice roll on, so that no token from before is ever issued again.
 */
export function resetPlatform(platform: Platform): void {
  platform.users.reset();
  platform.codes.reset();
  platform.quotas.reset();
  platform.tokens.reset();
  platform.faults.reset();
  platform.calls.reset();
  platform.latency = { p50: 0, p99: 0 };
  platform.subscriptions.reset();
  platform.pushes.reset();
  platform.pushes.target = platform.options.push ?? null;
  platform.mailbox.reset();
  platform.pages = platform.options.pages ?? null;
  platform.seenAt.clear();
  platform.mediaManner = { kind: 'later', afterMs: 30_000 };
  platform.links.clear();
}
