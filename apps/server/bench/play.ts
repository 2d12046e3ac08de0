import { InvalidInput } from '@lvzhi/contracts';
import type { Catalogue, SubmissionView } from '@lvzhi/contracts';
import { secrecyRefusal } from '@lvzhi/domain';
import { chance, oneOf } from './chance.ts';
import type { Api, Cast, Roster, RosterPerson } from './cast.ts';
import { keyOf } from './ledger.ts';
import type { Ledger, Outcome, Run, Taken } from './ledger.ts';
import { fit } from './messages.ts';
import type { Message } from './messages.ts';
import { inParallel, RefusedByServer } from './patience.ts';

/** Shares of 100 (or any weights): how a committee's first review ends. */
export interface Mix { readonly passed: number; readonly returned: number; readonly not_adopted: number }
export interface Stage {
  readonly run: Run; readonly mix: Mix; readonly width: number; readonly stop: AbortSignal;
  readonly cast: Cast; readonly roster: Roster; readonly writers: readonly RosterPerson[]; readonly catalogue: Catalogue; readonly ledger: Ledger;
  /** The server's own clock when this run began: what it acknowledged with an earlier date was there before. */
  readonly beganAt: string;
  tick(phase: 'submit' | 'triage' | 'review', done: number, all: number): void;
}
type Moved = Awaited<ReturnType<Api['pass']>>;

/** Reasons that accuse somebody are not handed out by chance. */
const grave = new Set(['state_secret', 'plagiarism', 'untrue', 'resolved']);
const open = new Set<SubmissionView['state']>(['submitted', 'first_review']);
const outcomes: Partial<Record<SubmissionView['state'], Outcome>> = { editing: 'passed', returned: 'returned', not_adopted: 'not_adopted' };

/** Every message as a report of a member: round the members, in an order that the seed decides. */
export async function submitAll(stage: Stage, messages: readonly Message[]): Promise<void> {
  const { ledger, stop, width } = stage;
  const waiting = messages.filter(({ no }) => !ledger.taken.has(no) && !ledger.refused.has(no));
  let done = messages.length - waiting.length;
  await inParallel(waiting, width, stop, async (message) => {
    await submitOne(stage, message);
    stage.tick('submit', done += 1, messages.length);
  });
}

export const writerOf = ({ writers }: Pick<Stage, 'writers'>, no: number): RosterPerson => {
  const writer = writers[(no - 1) % writers.length];
  if (!writer) throw new Error('演示名册里没有可以提交的委员');
  return writer;
};

/** What submitting one needs of a stage; `place`: the town that it is about. */
type Submitting = Pick<Stage, 'run' | 'cast' | 'catalogue' | 'ledger' | 'beganAt' | 'writers'> & { readonly place?: (message: Message) => string | null };
export async function submitOne(stage: Submitting, message: Message): Promise<void> {
  const { run, cast, catalogue, ledger, beganAt } = stage;
  const [{ no }, key, writer] = [message, keyOf(run, message.no), writerOf(stage, message.no)];
  const { title, situation, suggestion } = fit(message, catalogue.opinion.limits);
  try {
    const { doc } = await cast.phone(writer).submit({ key, kind: 'opinion', title, situation, suggestion, townId: stage.place?.(message) ?? null, noSecret: true, original: true });
    ledger.add({
      t: 'taken', no, key, author: writer.id, title, id: doc.id, receiptNo: doc.receiptNo ?? '', committee: doc.routing?.decided === 'auto' ? doc.committee?.id ?? null : null,
      personal: doc.routing?.personal != null, before: (doc.submittedAt ?? '') < beganAt,
    });
  } catch (error) {
    const reason = refusalOf(error);
    ledger.add({ t: 'refused', no, reason, secret: reason === secrecyRefusal });
  }
}

/** A refusal's reason without its numbers, so that equal refusals count together. @throws whatever is no refusal */
function refusalOf(error: unknown): string {
  if (error instanceof InvalidInput) return Object.values(error.fields).join('；');
  if (!(error instanceof RefusedByServer)) throw error;
  const { reason, fields } = error.refusal;
  return (fields ? Object.values(fields).join('；') : reason).replace(/，现在 \d+ 个字.*$/, '');
}

/** What lies at triage goes to the first candidate; personal cases end there. Then each committee's head ends what lies there. */
export async function decideAll(stage: Stage, messages: readonly Message[]): Promise<void> {
  const mine = messages.flatMap(({ no }) => stage.ledger.taken.get(no) ?? []);
  const left = mine.filter(({ no }) => !stage.ledger.ended.has(no));
  const [waiting, routed] = [left.filter(({ committee }) => committee === null), left.filter(({ committee }) => committee !== null)];
  let [done, all] = [0, waiting.length];
  const assigned: [Taken, SubmissionView][] = [];
  await inParallel(waiting, stage.width, stage.stop, async (taken) => {
    const doc = await triageOne(stage, taken);
    if (doc) assigned.push([taken, doc]);
    stage.tick('triage', done += 1, all);
  });
  [done, all] = [0, assigned.length + routed.length];
  await inParallel([...assigned, ...routed.map((it): [Taken, undefined] => [it, undefined])], stage.width, stage.stop, async ([taken, doc]) => {
    await reviewOne(stage, taken, doc);
    stage.tick('review', done += 1, all);
  });
}

/** The document once it lies at a committee; nothing when it ended at triage. */
async function triageOne(stage: Stage, taken: Taken): Promise<SubmissionView | undefined> {
  const { cast, roster, catalogue, run, mix } = stage;
  const office = cast.desk(roster.triage);
  const doc = await office.show({ id: taken.id });
  if (doc.committee !== null || !open.has(doc.state)) return doc;
  const on = { id: doc.id, version: doc.version, key: `${taken.key}-t` };
  if (doc.routing?.personal != null) {
    const outcome = drawn({ ...mix, passed: 0 }, run.seed, taken.no) ?? 'not_adopted';
    await end(stage, taken, null, () => (outcome === 'returned' ? office.sendBack({ ...on, note: returnNote(stage, taken.no) }) : office.notAdopt({ ...on, reason: reasonOf(stage, taken.no, true) })));
    return undefined;
  }
  const committee = doc.routing?.candidates[0]?.committee ?? oneOf(catalogue.committees, run.seed, taken.no, 'committee');
  if (!committee) throw new Error('没有可以分送的专委会');
  try {
    return (await office.assign({ ...on, committeeId: committee.id })).doc;
  } catch (error) {
    if (!(error instanceof RefusedByServer)) throw error;
    return office.show({ id: taken.id });
  }
}

async function reviewOne(stage: Stage, taken: Taken, known: SubmissionView | undefined): Promise<void> {
  const { cast, roster, mix, run } = stage;
  const doc = known ?? await cast.desk(roster.triage).show({ id: taken.id });
  const committee = doc.committee?.id ?? null;
  if (!open.has(doc.state) || committee === null) {
    stage.ledger.add({ t: 'ended', no: taken.no, committee, outcome: outcomes[doc.state] ?? null, ...(!outcomes[doc.state] && { reason: doc.stateWords }) });
    return;
  }
  const head = cast.desk(roster.head(committee));
  const on = { id: doc.id, version: doc.version, key: `${taken.key}-r` };
  const outcome = drawn(mix, run.seed, taken.no) ?? 'passed';
  await end(stage, taken, committee, () => {
    switch (outcome) {
      case 'passed': return head.pass(on);
      case 'returned': return head.sendBack({ ...on, note: returnNote(stage, taken.no) });
      case 'not_adopted': return head.notAdopt({ ...on, reason: reasonOf(stage, taken.no, false) });
    }
  });
}

/** Makes the last move; when somebody else was faster, that is how it ended. */
async function end(stage: Stage, { no }: Taken, committee: string | null, move: () => Promise<Moved>): Promise<void> {
  try {
    const { doc } = await move();
    stage.ledger.add({ t: 'ended', no, committee, outcome: outcomes[doc.state] ?? null });
  } catch (error) {
    if (!(error instanceof RefusedByServer)) throw error;
    stage.ledger.add({ t: 'ended', no, committee, outcome: null, reason: error.refusal.reason });
  }
}

/** One of the outcomes by its weight; nothing when all weights are zero. */
function drawn(mix: Mix, seed: number, no: number): Outcome | undefined {
  const weights = Object.entries(mix) as [Outcome, number][];
  let left = chance(seed, no, 'outcome') * weights.reduce((sum, [, weight]) => sum + weight, 0);
  return weights.find(([, weight]) => weight > 0 && (left -= weight) < 0)?.[0];
}

const returnNote = ({ catalogue, run }: Stage, no: number): string => oneOf(catalogue.returnReasons, run.seed, no, 'note') ?? '请补充情况';
const reasonOf = ({ catalogue, run }: Stage, no: number, personal: boolean): string => {
  const known = catalogue.opinion.notAdoptedReasons.map(({ code }) => code);
  return personal && known.includes('petition') ? 'petition' : oneOf(known.filter((code) => !grave.has(code)), run.seed, no, 'reason') ?? known[0] ?? '';
};
