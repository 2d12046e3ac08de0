import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BodyKind } from '../platform/directory.entity.ts';

/** The shapes of seeds/*.json (seeds/README.md). */
export interface SeedPerson { id: string; name: string; phone: string; sectorId?: string; townId?: string; unitTitle?: string; isMember: boolean; isPartyMember?: boolean; posts: { post: string; bodyId: string }[]; login?: string }
export interface SeedBody { id: string; kind: BodyKind; name: string; short: string; order: number; side?: string; proposes?: 'party' | 'organization'; local?: 'place' | 'named' }
interface Topic { id: string; title: string; committeeId: string; targetMeetingId?: string }
export interface SeedPlan {
  year: number; meetings: { id: string; order: number; title: string; agenda: unknown }[]; consultations: Topic[]; research: Topic[];
  campaigns: { id: string; title: string; fromOn: string; untilOn: string; reportsTo: string }[]; counters: { id: string; title: string }[]; items: { number: number; title: string }[];
}
export interface SeedCalendar { years: { year: number; provisional: boolean }[]; days: { on: string; kind: 'rest' | 'work'; name: string }[] }
export interface SeedSubmission {
  key: string; kind: 'opinion' | 'proposal'; author: string; together?: string[]; title: string; situation: string; analysis?: string; suggestion?: string; category: string; townId?: string; nature?: string; urgency?: 'normal' | 'urgent' | 'critical'; units?: string[]; publicity?: 'agree' | 'refuse'; conversion?: 'agree' | 'refuse';
  committeeId?: string; submittedAt: string; steps: { at: string; by: string; do: string; committeeId?: string; co?: string[]; reason?: string; text?: string; outcome?: string; units?: string[]; main?: string; title?: string; series?: string; channels?: string[]; mode?: string; level?: string; gist?: string; handlers?: { unitId: string; role: string }[]; unit?: string; form?: string; people?: string; classCode?: string; docNo?: string; signer?: string; contact?: string; promisedOn?: string; attitude?: string }[];
}
export interface SeedVisit {
  key: string; leaders: string[]; by: string; createdAt: string; members: string[]; startsAt: string; minutes: number; form: string; place: string; videoLink?: string; topics: string[]; replyBy: string;
  steps: { member: string; at: string; do: string; by?: string; startsAt?: string; place?: string; form?: string; reason?: string; replyBy?: string }[];
}

export class Seeds {
  private readonly folder: string;
  constructor(folder: string) { this.folder = folder; }
  read<T>(name: string): T { return JSON.parse(readFileSync(`${this.folder}/${name}.json`, 'utf8')) as T; }
  /** Of everything that the loader reads: unchanged seeds are not loaded twice. */
  fingerprint(names: readonly string[]): string {
    const hash = createHash('sha256');
    for (const name of names) hash.update(name).update(readFileSync(`${this.folder}/${name}.json`));
    return hash.digest('hex').slice(0, 16);
  }
}
