import type { Catalogue, DeliveryView, SubmissionView } from '@lvzhi/contracts';
import { dateOf, lengthOf, triagePosts } from '@lvzhi/domain';
import type { Channel } from '@lvzhi/domain';
import { oneOf } from './chance.ts';
import type { Api, Cast, Roster } from './cast.ts';
import type { Fate, Wait } from './fates.ts';
import type { Taken } from './ledger.ts';
import { RefusedByServer } from './patience.ts';

/** Who plays the house, and what time it is there. */
export interface House { readonly cast: Cast; readonly roster: Roster; readonly catalogue: Catalogue; readonly seed: number; readonly now: () => Date; readonly reporter: (taken: Taken) => Api }
/** What comes next for it, and how long that waits; or how it stands at its end. */
export type After = { readonly next: Wait } | { readonly end: SubmissionView['state'] };

const editorNote = '符合报送要求，同意编发。';
const office = (house: House): Api => house.cast.desk(house.roster.triage);
const director = (house: House): Api => house.cast.desk(house.roster.holder(triagePosts.opinion[1]));

/** Looks where the report is and does what comes next there, as whoever's turn it is. When somebody else was faster, it looks again later. */
export async function advance(house: House, taken: Taken, fate: Fate): Promise<After> {
  const doc = await office(house).show({ id: taken.id });
  try {
    return await step(house, taken, fate, doc);
  } catch (error) {
    if (error instanceof RefusedByServer && error.status === 409) return { next: 'again' };
    throw error;
  }
}

async function step(house: House, taken: Taken, fate: Fate, doc: SubmissionView): Promise<After> {
  const { state } = doc;
  if (state === 'submitted' || state === 'first_review') return doc.committee === null ? triage(house, taken, doc) : review(house, taken, fate, doc);
  if (state === 'returned') return revise(house, taken, doc);
  if (state === 'editing') return edit(house, fate, doc);
  if (state === 'pending_signoff') return sign(house, doc);
  if (state === 'issued') return send(house, fate, doc);
  return state === 'sent' ? adopt(house, fate, doc) : { end: state };
}
const on = ({ id, version }: { id: string; version: number }) => ({ id, version, key: `year-${id}-${version}` });

async function triage(house: House, { no }: Taken, doc: SubmissionView): Promise<After> {
  if (doc.routing?.personal != null) {
    const reasons = house.catalogue.opinion.notAdoptedReasons.map(({ code }) => code);
    return { end: (await office(house).notAdopt({ ...on(doc), reason: reasons.includes('petition') ? 'petition' : reasons[0] ?? '' })).doc.state };
  }
  const committee = doc.routing?.candidates[0]?.committee ?? oneOf(house.catalogue.committees, house.seed, no, 'committee');
  if (!committee) throw new Error('没有可以分送的专委会');
  await office(house).assign({ ...on(doc), committeeId: committee.id });
  return { next: 'review' };
}

/** Reasons that accuse somebody are not handed out by chance. */
const plain = ['duplicate', 'vague', 'beyond_scope'];
async function review(house: House, { no }: Taken, { end }: Fate, doc: SubmissionView): Promise<After> {
  const head = house.cast.desk(house.roster.head(doc.committee?.id ?? ''));
  const hadItsChance = doc.revision > 1;
  if (end === 'returned' && !hadItsChance) {
    await head.sendBack({ ...on(doc), note: oneOf(house.catalogue.returnReasons, house.seed, no, 'note') ?? '请补充情况' });
    return { next: 'revise' };
  }
  if (end === 'edited' || end === 'archived') {
    await head.pass(on(doc));
    return { next: 'take' };
  }
  const known = house.catalogue.opinion.notAdoptedReasons.map(({ code }) => code).filter((code) => plain.includes(code));
  return { end: (await head.notAdopt({ ...on(doc), reason: oneOf(known, house.seed, no, 'reason') ?? '' })).doc.state };
}

const checked = '（已按意见核实。）';
/** Half of what is returned comes back, with a sentence more where there is room; the other half is left lying. */
async function revise(house: House, taken: Taken, doc: SubmissionView): Promise<After> {
  if (taken.no % 2 === 0) return { end: doc.state };
  const { text, title, urgency, length } = doc;
  const more = length + lengthOf(checked) <= house.catalogue.opinion.limits.total && lengthOf(text.situation + checked) <= house.catalogue.opinion.limits.situation.max ? checked : '';
  await house.reporter(taken).resubmit({ ...on(doc), title, ...text, situation: text.situation + more, category: doc.category?.code ?? null, nature: doc.nature?.code ?? null, townId: doc.town?.id ?? null, urgency, noSecret: true, original: true });
  return { next: 'review' };
}

async function edit(house: House, { end }: Fate, doc: SubmissionView): Promise<After> {
  const editor = office(house);
  if (doc.can.includes('send_check')) {
    await editor.sendCheck(on(doc));
    return { next: 'check' };
  }
  if (end === 'archived') return { end: (await editor.archiveReport({ ...on(doc), note: '情况已经掌握，留存备查。' })).doc.state };
  await editor.take(on(doc));
  const { edition } = await editor.showEdition({ id: doc.id });
  if (edition) await editor.saveEdition({ id: doc.id, version: edition.version, series: edition.series.code, title: edition.title, body: `${edition.original.body}\n（根据来稿整理。）` });
  return { next: 'edit' };
}

async function sign(house: House, { id }: SubmissionView): Promise<After> {
  const doc = await director(house).show({ id });
  if (doc.can.includes('check')) {
    await director(house).check({ ...on(doc), note: editorNote });
    return { next: 'sign' };
  }
  await house.cast.desk(house.roster.holder('secretary_general')).sign(on(doc));
  return { next: 'send' };
}

async function send(house: House, fate: Fate, doc: SubmissionView): Promise<After> {
  await office(house).send({ ...on(doc), channels: channelsOf(fate), unitIds: fate.department ? house.catalogue.units.slice(0, 1).map(({ id }) => id) : [], on: dateOf(house.now()) });
  return { next: 'adopt' };
}
const channelsOf = ({ national, department }: Fate): Channel[] => ['provincial', 'city_party', ...(national ? ['national' as const] : []), ...(department ? ['department' as const] : [])];
/** Everything that becomes of it on its channels, one after the other; then it is at its end. */
async function adopt(house: House, fate: Fate, doc: SubmissionView): Promise<After> {
  const editor = office(house);
  let { version } = doc;
  const { deliveries } = await editor.listDeliveries({ id: doc.id });
  const record = async ({ id, channel }: DeliveryView, action: 'adopt' | 'decline' | 'instruct') => {
    const level = action === 'instruct' ? { level: house.catalogue.opinion.instructionLevels.find(({ code }) => code === 'city')?.code ?? null } : {};
    version = (await editor.record({ ...on({ id: doc.id, version }), deliveryId: id, action, note: words[action], ...(action === 'instruct' && { gist: '请有关部门研究办理。' }), on: dateOf(house.now()), ...(action === 'adopt' && { mode: channel.code === 'national' ? 'composite' as const : 'single' as const }), ...level })).doc.version;
  };
  for (const line of deliveries) {
    if (line.state !== 'sent') continue;
    await record(line, takes(fate, line.channel.code) ? 'adopt' : 'decline');
    if (line.channel.code === 'city_party' && fate.city && fate.instructed) await record(line, 'instruct');
  }
  return { end: doc.state };
}
const words = { adopt: '已经采用。', decline: '这次没有采用。', instruct: '领导作了批示。' };
const takes = (fate: Fate, channel: Channel): boolean => ({ national: fate.national, provincial: fate.provincial, city_party: fate.city, city_gov: false, department: false })[channel];
