import type { SubmissionView } from '@lvzhi/contracts';
import { oneOf } from './chance.ts';
import type { ProposalFate, ProposalWait } from './proposal-fates.ts';
import { boardFor, dispatcherOf, officeOf } from './proposal-house.ts';
import type { ProposalHouse } from './proposal-house.ts';
import { handleNext } from './unit-steps.ts';

/** What is to be done next, or the state in which it is left. */
export type After = { readonly next: ProposalWait } | { readonly end: string };

/** Takes the next step that the state of the document and its fate ask for, as whoever takes it. */
export async function advance(house: ProposalHouse, fate: ProposalFate): Promise<After> {
  const [office, id] = [officeOf(house), house.ids.get(fate.no) ?? ''];
  const doc = await office.show({ id });
  const on = { id, version: doc.version };
  if (doc.state === 'submitted' || doc.state === 'under_review') {
    if (doc.committee === null) return assign(house, fate, doc);
    return doc.review === null ? review(house, fate, doc) : decide(house, fate, doc);
  }
  if (doc.state === 'consent_asked') { await house.author(fate.no).agreeConversion(on); return { end: 'to_opinion' }; }
  if (doc.state === 'filed') return plan(house, fate, doc);
  if (doc.state === 'planned') { await dispatcherOf(house, fate.lead).handOver(on); return { next: 'sign_for' }; }
  if (doc.state === 'handling') return handleNext(house, fate, doc);
  return doc.state === 'replied' ? rate(house, fate, doc) : { end: doc.state };
}

async function plan(house: ProposalHouse, { lead, assist }: ProposalFate, doc: SubmissionView): Promise<After> {
  const units = [{ unitId: lead, role: assist.length === 0 ? 'sole' as const : 'lead' as const }, ...assist.map((unitId) => ({ unitId, role: 'assist' as const }))];
  await officeOf(house).planUnits({ id: doc.id, version: doc.version, units, note: '请结合职能办理。' });
  return { next: 'hand_over' };
}

async function assign(house: ProposalHouse, { no }: ProposalFate, doc: SubmissionView): Promise<After> {
  // No committee reviews its own.
  const others = house.catalogue.committees.filter(({ id }) => id !== house.voice(no)?.bodyId);
  const routed = doc.routing?.candidates.map((it) => it.committee).find((it) => others.some(({ id }) => id === it.id));
  const committee = routed ?? oneOf(others, house.seed, no, 'committee');
  if (!committee) throw new Error('没有可以分送的专委会');
  await officeOf(house).assign({ id: doc.id, version: doc.version, committeeId: committee.id });
  return { next: 'review' };
}

const opinions: Readonly<Record<ProposalFate['end'], string>> = { filed: '情况清楚，建议可行，建议立案。', merged: '与已立案的提案同一件事，建议并案。', to_opinion: '属于反映情况，建议转社情民意。', to_suggestion: '送有关单位参考，建议转意见建议。', rejected: '正在诉讼中，建议不予立案。' };

async function review({ cast, roster }: ProposalHouse, fate: ProposalFate, doc: SubmissionView): Promise<After> {
  const head = cast.desk(roster.head(doc.committee?.id ?? ''));
  await head.review({ id: doc.id, version: doc.version, outcome: fate.end, note: opinions[fate.end], unitIds: fate.lead === '' ? [] : [fate.lead] });
  return { next: 'decide' };
}

/** The review board decides on those of the plenary, 提案委 on the others. */
async function decide(house: ProposalHouse, fate: ProposalFate, doc: SubmissionView): Promise<After> {
  const decider = fate.inPlenary ? boardFor(house, fate.no) : officeOf(house);
  const [on, note] = [{ id: doc.id, version: doc.version }, opinions[fate.end]];
  switch (fate.end) {
    case 'filed': await decider.fileProposal(on); return { next: 'plan' };
    case 'rejected': await decider.reject({ ...on, reason: 'litigation', note }); return { end: 'rejected' };
    case 'to_suggestion': await decider.suggest({ ...on, note, unitIds: [...house.units.keys()].slice(fate.no % 40, fate.no % 40 + 1) }); return { end: 'to_suggestion' };
    case 'to_opinion': await decider.askConsent({ ...on, note }); return { next: 'agree' };
    case 'merged': {
      const main = house.ids.get(fate.main ?? 0) ?? '';
      if ((await officeOf(house).show({ id: main })).caseNo === null) return { next: 'again' };
      await decider.merge({ ...on, mainId: main, note });
      return { end: 'merged' };
    }
  }
}

/** Every proposer, those of merged cases too; some take their time until the last day. */
async function rate(house: ProposalHouse, fate: ProposalFate, doc: SubmissionView): Promise<After> {
  if (fate.halts === 'unrated') return { end: 'replied' };
  const merged = house.fates.filter(({ main }) => main === fate.no).map(({ no }) => no);
  for (const no of [fate.no, ...merged]) {
    const proposer = house.author(no);
    const own = (await proposer.show({ id: house.ids.get(no) ?? doc.id })).handling?.ratings.find(({ mine, state }) => mine && state === 'asked');
    const isUnhappy = fate.unhappy && no === fate.no;
    const result = isUnhappy ? 'dissatisfied' : no % 4 === 0 ? 'basically_satisfied' : 'satisfied';
    if (own) await proposer.rate({ id: own.id, version: own.version, attitude: 'satisfied', result, talked: true, note: isUnhappy ? '只答复了计划，没有说清楚什么时候办好。' : '' });
  }
  return { next: 'again' };
}
