import { join } from 'node:path';
import { Cast, Roster } from './cast.ts';
import { shuffled } from './chance.ts';
import { checkAll } from './check.ts';
import type { Checked } from './check.ts';
import type { DemoOptions } from './demo-options.ts';
import { Ledger, OtherRun } from './ledger.ts';
import type { Run } from './ledger.ts';
import { readMessages } from './messages.ts';
import { Patience, RefusedByServer } from './patience.ts';
import { decideAll, submitAll } from './play.ts';
import type { Stage } from './play.ts';
import { tallyOf } from './tally.ts';
import type { Tally } from './tally.ts';
import { Wire } from './wire.ts';

export interface Played { readonly tally: Tally; readonly checked: Checked | undefined }

/** Who is told how far it is. */
export interface Listener { readonly tick: Stage['tick']; readonly say: (line: string) => void }

/** One run on a demonstration at `url`: submit, triage, review; what is done is in the ledger before the next thing is asked. `root`: the project's folder. */
export async function playDemo(options: DemoOptions, root: string, url: string, stop: AbortSignal, listener: Listener): Promise<Played> {
  const messages = readMessages(options.file);
  const chosen = options.limit > 0 ? messages.good.slice(0, options.limit) : messages.good;
  const run: Run = { hash: messages.hash, seed: options.seed, name: options.run };
  const path = options.state ?? join(root, `.data/demo/${run.hash}-${run.seed}${run.name === '' ? '' : `-${run.name}`}.jsonl`);
  const wire = new Wire(url, options.parallel);
  const patience = new Patience(wire, stop, options.waitSeconds * 1000);
  const took = { submit: [] as number[], review: [] as number[] };
  patience.onAnswer = ({ method, path: asked }, ms) => {
    if (method === 'POST' && asked === '/api/submissions') took.submit.push(ms);
    else if (/\/(?:pass|return|not_adopt)$/.test(asked)) took.review.push(ms);
  };
  const [cast, roster] = [new Cast(patience), new Roster(join(root, 'seeds'))];
  const office = cast.desk(roster.triage);
  const [catalogue, beganAt] = [await office.showCatalogue({}), (await office.showMe({})).clock.now];
  const ledger = options.resume ? Ledger.resume(path, run) : Ledger.fresh(path, { ...run, file: options.file, url });
  try {
    if (options.resume) await mustBeSameServer(office, ledger);
    const stage = { run, mix: options.mix, width: options.parallel, stop, cast, roster, writers: shuffled(roster.writers, run.seed), catalogue, ledger, beganAt, tick: listener.tick };
    await submitAll(stage, chosen);
    await decideAll(stage, chosen);
    const checked = options.check && !stop.aborted ? await checkAll(office, ledger) : undefined;
    return { tally: tallyOf(messages, chosen, ledger, catalogue, took, patience.retries), checked };
  } catch (error) {
    const { taken, ended } = ledger;
    listener.say(`做到这里停下：已提交 ${taken.size} 件，已初审 ${ended.size} 件。记录在 ${path}，用 --resume 接着做。`);
    throw error;
  } finally {
    ledger.close();
    wire.close();
  }
}

/** The acknowledged ones must be on this server, or going on would leave them out. @throws OtherRun */
export async function mustBeSameServer(office: ReturnType<Cast['desk']>, ledger: Ledger): Promise<void> {
  const last = [...ledger.taken.values()].at(-1);
  if (!last) return;
  const there = await office.show({ id: last.id }).then(({ receiptNo }) => receiptNo === last.receiptNo, (error: unknown) => {
    if (error instanceof RefusedByServer && error.status === 404) return false;
    throw error;
  });
  if (!there) throw new OtherRun(`记录里收下的 ${last.receiptNo} 不在这个服务上：不是上次的数据。去掉 --resume 从头做，或者换 --url、--data。`);
}
