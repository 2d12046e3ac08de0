import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** What one run is: the same file, seed and name are the same run, with the same keys. */
export interface Run { readonly hash: string; readonly seed: number; readonly name: string }
/** A submission that the server has acknowledged. `personal`: it waits at triage as a personal case. */
export interface Taken { readonly t: 'taken'; readonly no: number; readonly key: string; readonly author: string; readonly title: string; readonly id: string; readonly receiptNo: string; readonly committee: string | null; readonly personal: boolean; readonly before: boolean }
export interface Refused { readonly t: 'refused'; readonly no: number; readonly reason: string; readonly secret: boolean }
export type Outcome = 'passed' | 'returned' | 'not_adopted';
/** How a submission ended; `committee` null: the office ended it at triage. `reason`: it could not be ended. */
export interface Ended { readonly t: 'ended'; readonly no: number; readonly committee: string | null; readonly outcome: Outcome | null; readonly reason?: string }
/** A report with which a year has done; `state`: where it stands. */
export interface Closed { readonly t: 'closed'; readonly no: number; readonly state: string }
/** `beganAt`, `days`: of a year, when it began on the demonstration's clock and how long it lasts. */
interface Head extends Run { readonly t: 'head'; readonly file: string; readonly url: string; readonly beganAt?: string; readonly days?: number }
type Entry = Head | Taken | Refused | Ended | Closed;

/** Another run's ledger: going on with it would be wrong. */
export class OtherRun extends Error {}

/** What the server acknowledged, line by line, on disk before anything else is asked: what a stopped run needs in order to go on. */
export class Ledger {
  readonly taken = new Map<number, Taken>();
  readonly refused = new Map<number, Refused>();
  readonly ended = new Map<number, Ended>();
  readonly closed = new Map<number, Closed>();
  beganAt: string | undefined;
  days: number | undefined;
  private readonly file: number;
  private constructor(file: number) { this.file = file; }

  static fresh(path: string, head: Omit<Head, 't'>): Ledger {
    mkdirSync(dirname(path), { recursive: true });
    const ledger = new Ledger(openSync(path, 'w', 0o600));
    ledger.write({ t: 'head', ...head });
    ledger.remember({ t: 'head', ...head });
    return ledger;
  }

  /** @throws OtherRun when the ledger is of another file, seed or name */
  static resume(path: string, run: Run): Ledger {
    if (!existsSync(path)) throw new OtherRun(`没有可以接着做的记录：${path}`);
    const text = readFileSync(path, 'utf8');
    // A run that was killed may have left half a line: it was not acknowledged to anybody, the rest is.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
    const entries = whole.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Entry);
    const head = entries.find((it) => it.t === 'head');
    if (head?.hash !== run.hash || head.seed !== run.seed || head.name !== run.name) throw new OtherRun(`记录 ${path} 是另一次演示的（文件、--seed 或 --run 不同）`);
    const ledger = new Ledger(openSync(path, 'a', 0o600));
    for (const entry of entries) ledger.remember(entry);
    return ledger;
  }

  add(entry: Taken | Refused | Ended | Closed): void {
    this.write(entry);
    this.remember(entry);
  }
  close(): void { closeSync(this.file); }

  private write(entry: Entry): void { writeSync(this.file, `${JSON.stringify(entry)}\n`); }
  private remember(entry: Entry): void {
    switch (entry.t) {
      case 'head': this.beganAt = entry.beganAt; this.days = entry.days; break;
      case 'taken': this.taken.set(entry.no, entry); break;
      case 'refused': this.refused.set(entry.no, entry); break;
      case 'ended': this.ended.set(entry.no, entry); break;
      case 'closed': this.closed.set(entry.no, entry); break;
    }
  }
}

/** The key of a line's draft: made from the text's hash and the line's number, so a run that is repeated submits nothing twice. */
export const keyOf = ({ hash, seed, name }: Run, no: number): string => `demo-${hash}-${seed}${name === '' ? '' : `-${name}`}-${no}`;
