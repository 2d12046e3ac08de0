import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dateOf } from '@lvzhi/domain';
import { Cast, Roster } from './cast.ts';
import type { RosterPerson } from './cast.ts';
import { chance, shuffled } from './chance.ts';
import { mustBeSameServer } from './demo.ts';
import { fateOf, waitOf } from './fates.ts';
import { Ledger } from './ledger.ts';
import type { Run, Taken } from './ledger.ts';
import { readMessages } from './messages.ts';
import type { Message } from './messages.ts';
import type { YearOptions } from './opinions-options.ts';
import { inParallel, Patience } from './patience.ts';
import { submitOne } from './play.ts';
import { advance } from './report-steps.ts';
import type { House } from './report-steps.ts';
import { mergeHottest } from './topics-step.ts';
import { Wire } from './wire.ts';
import { Agenda, momentsOf } from './year.ts';
import type { Moment } from './year.ts';
import { yearTallyOf } from './year-tally.ts';
import type { YearTally } from './year-tally.ts';

/** Who is told how far it is. */
export interface YearListener { readonly tick: (phase: 'year' | 'closing', done: number, all: number) => void; readonly say: (line: string) => void }

/** So often in its time somebody looks at what is hot, and makes one of what is open about one matter: every two weeks of a year. */
const looksInAll = 26;
/** How long the house needs to index what came in last. */
const indexingMs = 2_500;

/** A year of reports on a demonstration at `url`, moment by moment on its clock; what is done is in the ledger before the next thing is asked. `root`: the project's folder. */
export async function playYear(options: YearOptions, root: string, url: string, stop: AbortSignal, listener: YearListener): Promise<YearTally> {
  const messages = readMessages(options.file);
  const chosen = options.limit > 0 ? messages.good.slice(0, options.limit) : messages.good;
  const run: Run = { hash: messages.hash, seed: options.seed, name: `year${options.run}` };
  const path = options.state ?? join(root, `.data/demo/${run.hash}-${run.seed}-${run.name}.jsonl`);
  const wire = new Wire(url, options.parallel);
  const patience = new Patience(wire, stop, options.waitSeconds * 1000);
  const [cast, roster] = [new Cast(patience), new Roster(join(root, 'seeds'))];
  const office = cast.desk(roster.triage);
  const [catalogue, clock] = [await office.showCatalogue({}), (await office.showMe({})).clock];
  const ledger = options.resume ? Ledger.resume(path, run) : Ledger.fresh(path, { ...run, file: options.file, url, beganAt: clock.now, days: options.days });
  if (ledger.days !== options.days) listener.say(`接着做：按上次的 --days ${ledger.days}。`);
  const year = momentsOf(new Date(ledger.beganAt ?? clock.now), ledger.days ?? options.days, join(root, 'seeds'));
  let now = new Date(clock.now);
  const moveTo = async (to: Date): Promise<void> => {
    if (to <= now) return;
    await patience.ask({ method: 'POST', path: '/__fake/clock', body: { to: to.toISOString() } });
    now = to;
  };
  const writers = writersOf(roster, run.seed);
  const byId = new Map(roster.people.map((it) => [it.id, it]));
  const house: House = { cast, roster, catalogue, seed: run.seed, now: () => now, reporter: ({ author }) => cast.phone(byId.get(author) ?? roster.triage) };
  const stage = { run, cast, catalogue, ledger, beganAt: clock.now, writers, place: (message: Message) => placeOf(message, catalogue.towns) };
  try {
    if (options.resume) await mustBeSameServer(office, ledger);
    await playMoments({ house, ledger, year, chosen, moveTo, stop, width: options.parallel, submit: (message) => submitOne(stage, message), tick: listener.tick });
    if (!stop.aborted) { await moveTo(new Date(now.getTime() + 120_000)); await sleep(indexingMs); }
    return await yearTallyOf({ office, ledger, chosen, messages, from: year.from, to: dateOf(now), retries: patience.retries, stopped: stop.aborted });
  } catch (error) {
    listener.say(`做到这里停下：已提交 ${ledger.taken.size} 件，已办完 ${ledger.closed.size} 件。记录在 ${path}，用 --resume 接着做。`);
    throw error;
  } finally {
    ledger.close();
    wire.close();
  }
}

interface Playing {
  readonly house: House; readonly ledger: Ledger; readonly year: { readonly moments: readonly Moment[]; readonly writing: number }; readonly chosen: readonly Message[]; readonly stop: AbortSignal; readonly width: number;
  readonly moveTo: (to: Date) => Promise<void>; readonly submit: (message: Message) => Promise<void>; readonly tick: YearListener['tick'];
}

/** At each moment: what is due is done, then what is written now is handed in. A moment that is over when a run goes on is passed over. */
async function playMoments({ house, ledger, year: { moments, writing }, chosen, moveTo, stop, width, submit, tick }: Playing): Promise<void> {
  const agenda = new Agenda<Taken>(moments);
  const waiting = chosen.filter(({ no }) => !ledger.taken.has(no) && !ledger.refused.has(no));
  const done = chosen.length - waiting.length;
  const first = moments.findIndex(({ at }) => at > house.now());
  const begin = Math.max(0, first);
  const left = Math.max(1, writing - begin);
  for (const taken of ledger.taken.values()) if (!ledger.closed.has(taken.no)) agenda.plan(taken, begin + waitOf('take', house.seed, taken.no));
  const lookEvery = Math.max(8, Math.round(writing / looksInAll));
  let next = 0;
  for (let index = begin; index < moments.length && !stop.aborted; index += 1) {
    if (index >= writing && next >= waiting.length && agenda.isEmpty) break;
    const until = index >= writing - 1 ? waiting.length : Math.floor((index - begin + 1) * waiting.length / left);
    const [due, written] = [agenda.take(index), waiting.slice(next, until)];
    next = until;
    const looks = index < writing + lookEvery && index % lookEvery === lookEvery - 1 && moments[index]?.isOffice === true;
    if (due.length + written.length > 0 || looks) await moveTo(moments[index]?.at ?? house.now());
    await inParallel(due, width, stop, async (taken) => {
      const after = await advance(house, taken, fateOf(house.seed, taken.no));
      if ('end' in after || !agenda.plan(taken, index + waitOf(after.next, house.seed, taken.no))) ledger.add({ t: 'closed', no: taken.no, state: 'end' in after ? after.end : 'left' });
    });
    await inParallel(written, width, stop, async (message) => {
      await submit(message);
      const taken = ledger.taken.get(message.no);
      if (taken) agenda.plan(taken, index + waitOf(taken.committee === null ? 'triage' : 'review', house.seed, taken.no));
    });
    if (looks) { await sleep(indexingMs); await mergeHottest(house); }
    if (written.length > 0) tick('year', done + next, chosen.length);
    else if (next >= waiting.length) tick('closing', ledger.closed.size, ledger.taken.size);
  }
}

/** Members for the most part; every fifth report comes from a body, a town or an informant. */
function writersOf(roster: Roster, seed: number): RosterPerson[] {
  const [members, others] = [shuffled(roster.writers, seed), shuffled(roster.bodies, seed)];
  return members.flatMap((it, index) => { const other = index % 4 === 3 ? others[Math.floor(index / 4) % others.length] : undefined; return other ? [it, other] : [it]; });
}

/** Messages that were published name their places by a letter and a number: each of these stands for one town of the demonstration, always the same. */
function placeOf({ title, body }: Message, towns: readonly { readonly id: string }[]): string | null {
  const code = /[A-Z]\d{0,2}(?:区|县|市)/.exec(`${title}\n${body}`)?.[0];
  return code === undefined ? null : towns[Math.floor(chance(code) * towns.length)]?.id ?? null;
}
