import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, routes } from '@lvzhi/contracts';
import { dateOf } from '@lvzhi/domain';
import { Cast, Roster } from './cast.ts';
import type { Api, RosterPerson } from './cast.ts';
import { shuffled } from './chance.ts';
import { invented } from './invented.ts';
import { inParallel, Patience } from './patience.ts';
import { signerOf, voicesOf } from './proposal-bodies.ts';
import type { SeededBody, Voice } from './proposal-bodies.ts';
import { fatesOf, received, waitFor } from './proposal-fates.ts';
import type { ProposalFate } from './proposal-fates.ts';
import { officeOf } from './proposal-house.ts';
import type { ProposalHouse } from './proposal-house.ts';
import { advance } from './proposal-steps.ts';
import type { ProposalsOptions } from './proposals-options.ts';
import { unitAccounts, unitsOf } from './unit-accounts.ts';
import { Wire } from './wire.ts';
import { Agenda, momentsOf } from './year.ts';
import type { Moment } from './year.ts';

/** The day before the plenary, and the moment of the pictures. */
export const beginsAt = '2022-01-03T01:00:00.000Z';
const endsAt = new Date('2022-07-21T02:00:00.000Z');
const playedDays = 200;

export interface PlayListener { readonly tick: (phase: 'units' | 'moments', done: number, all: number) => void; readonly say: (line: string) => void }
export interface PlayedProposals { readonly submitted: number; readonly on: string; readonly stopped: boolean; readonly figures: Answer<typeof routes.showFigures> | undefined; readonly ends: Readonly<Record<string, number>>; readonly retries: number }

/** Half a year of proposals on an empty demonstration at `url`, moment by moment on its clock. What an earlier run has done is found there and gone on with. */
export async function playProposals(options: ProposalsOptions, root: string, url: string, stop: AbortSignal, listener: PlayListener): Promise<PlayedProposals> {
  const wire = new Wire(url, options.parallel);
  const patience = new Patience(wire, stop, options.waitSeconds * 1000);
  const [cast, roster] = [new Cast(patience), new Roster(join(root, 'seeds'))];
  try {
    const all = await unitsOf(cast, roster);
    const fates = chosen(fatesOf(all.map(({ id }) => id), options.seed), options.limit);
    const wanted = new Set(fates.flatMap(({ lead, assist }) => [lead, ...assist]));
    const units = await unitAccounts(cast, roster, options.limit > 0 ? all.filter(({ id }) => wanted.has(id)) : all, (done, count) => { listener.tick('units', done, count); });
    const members = shuffled(roster.writers, options.seed);
    const voices = voicesOf(roster, JSON.parse(readFileSync(join(root, 'seeds/bodies.json'), 'utf8')) as SeededBody[]);
    const voice = (no: number): Voice | undefined => voiceOf(voices, fates.find((it) => it.no === no));
    const author = (no: number): RosterPerson => voice(no)?.person ?? members[no % members.length] ?? roster.triage;
    const catalogue = await cast.desk(roster.triage).showCatalogue({});
    let now = new Date((await cast.desk(roster.triage).showMe({})).clock.now);
    const ids = new Map<number, string>();
    const house: ProposalHouse = { cast, roster, catalogue, seed: options.seed, fates, ids, units, now: () => now, voice, author: (no) => personally(cast, author(no)) };
    const moveTo = async (to: Date): Promise<void> => {
      if (to <= now) return;
      await patience.ask({ method: 'POST', path: '/__fake/clock', body: { to: to.toISOString() } });
      now = to;
    };
    const moments = momentsOf(new Date(beginsAt), playedDays, join(root, 'seeds')).moments.filter(({ at }) => at < endsAt);
    const ends = await playMoments({ house, moments, moveTo, stop, width: options.parallel, tick: listener.tick });
    if (!stop.aborted) await moveTo(endsAt);
    return { submitted: ids.size, on: dateOf(now), stopped: stop.aborted, figures: stop.aborted ? undefined : await officeOf(house).showFigures({ by: 'unit' }), ends, retries: patience.retries };
  } finally {
    wire.close();
  }
}

/** Whoever has an account at the desk sits there: bodies and committees; members and group leaders have their phones. */
const personally = (cast: Cast, person: RosterPerson): Api => (person.login === undefined ? cast.phone(person) : cast.desk(person));
function voiceOf(voices: ReturnType<typeof voicesOf>, fate: ProposalFate | undefined): Voice | undefined {
  const some = fate?.collective ? voices[fate.collective.kind] : [];
  return some[(fate?.collective?.nth ?? 0) % some.length];
}

/** As many as asked for, spread over all; a merged one only beside its main case. */
function chosen(fates: readonly ProposalFate[], limit: number): readonly ProposalFate[] {
  if (limit === 0) return fates;
  const some = fates.filter(({ no }) => Math.floor(no * limit / fates.length) !== Math.floor((no - 1) * limit / fates.length));
  const nos = new Set(some.map(({ no }) => no));
  return some.filter(({ main }) => main === undefined || nos.has(main));
}

interface Playing {
  readonly house: ProposalHouse; readonly moments: readonly Moment[]; readonly stop: AbortSignal; readonly width: number;
  readonly moveTo: (to: Date) => Promise<void>; readonly tick: PlayListener['tick'];
}

/** At each moment: what is due is done, then what is written now is handed in. */
async function playMoments({ house, moments, moveTo, stop, width, tick }: Playing): Promise<Record<string, number>> {
  const agenda = new Agenda<ProposalFate>(moments);
  const arrivals = arrivalsOf(house.fates, moments);
  const ends: Record<string, number> = {};
  for (const [index, { at }] of moments.entries()) {
    if (stop.aborted) break;
    const [due, written] = [agenda.take(index), arrivals.get(index) ?? []];
    if (due.length + written.length > 0) await moveTo(at);
    await inParallel(due, width, stop, async (fate) => {
      const after = await advance(house, fate);
      const later = 'end' in after ? undefined : index + waitFor(after.next, house.seed, fate);
      if ('end' in after || later === undefined || !agenda.plan(fate, later)) { const end = 'end' in after ? after.end : 'left'; ends[end] = (ends[end] ?? 0) + 1; }
    });
    await inParallel(written, width, stop, async (fate) => {
      await submit(house, fate);
      agenda.plan(fate, index + waitFor('assign', house.seed, fate));
    });
    tick('moments', index + 1, moments.length);
  }
  return ends;
}

/** Those of the plenary on its days, the others on the working days until May. */
function arrivalsOf(fates: readonly ProposalFate[], moments: readonly Moment[]): ReadonlyMap<number, ProposalFate[]> {
  const places = (from: string, until: string): number[] => moments.flatMap(({ at, isOffice }, index) => isOffice && dateOf(at) >= from && dateOf(at) <= until ? [index] : []);
  const [plenary, between] = [places('2022-01-04', '2022-01-07'), places('2022-02-08', '2022-04-15')];
  const arrivals = new Map<number, ProposalFate[]>();
  for (const inPlenary of [true, false]) {
    const [mine, at] = [fates.filter((it) => it.inPlenary === inPlenary), inPlenary ? plenary : between];
    mine.forEach((fate, nth) => { const index = at[Math.floor(nth * at.length / mine.length)] ?? 0; arrivals.set(index, [...(arrivals.get(index) ?? []), fate]); });
  }
  return arrivals;
}

/** The same key finds what an earlier run has handed in. */
async function submit(house: ProposalHouse, { no, lead }: ProposalFate): Promise<void> {
  const { title, body } = invented(received)[no - 1] ?? { title: '', body: '' };
  const [situation = '', suggestion = ''] = body.split(/(?=建议)/);
  const voice = house.voice(no);
  const collective = voice ? { bodyId: voice.bodyId, kind: voice.kind, signer: signerOf(voice, house.roster), sealIds: [], signed: true as const } : null;
  const { doc } = await house.author(no).submit({
    key: `demo-proposal-${house.seed}-${no}`, kind: 'proposal', title: `关于解决${title}的建议`, situation, analysis: '主要原因是部门之间分工不清，投入不足，管护没有跟上。', suggestion, category: 'society',
    unitIds: lead === '' ? [] : [lead], noSecret: true, original: true, wish: 'ask', collective,
  });
  house.ids.set(no, doc.id);
}
