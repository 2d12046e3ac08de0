/** Whatever people try, in whatever order: what always holds of a document and of its journal. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { postCodes, systemActor } from '../src/actor.ts';
import type { Actor } from '../src/actor.ts';
import { handlingActions, handlingFlow, handlingStates } from '../src/flows/handling.flow.ts';
import type { HandlingFacts } from '../src/flows/handling.flow.ts';
import { opinionActions, opinionFlow, opinionStates } from '../src/flows/opinion.flow.ts';
import type { OpinionFacts } from '../src/flows/opinion.flow.ts';
import { proposalActions, proposalFlow, proposalStates } from '../src/flows/proposal.flow.ts';
import type { ProposalFacts } from '../src/flows/proposal.flow.ts';
import { visitActions, visitFlow, visitStates } from '../src/flows/visit.flow.ts';
import type { VisitFacts } from '../src/flows/visit.flow.ts';
import { abilitiesOf, maySee, scopeOf } from '../src/scope.ts';
import type { DocumentKind } from '../src/words.ts';
import { actionsFor, move, Refused } from '../src/workflow.ts';
import type { Document, Flow } from '../src/workflow.ts';
import { commenting, elsewhere, here, person, termId } from './people.ts';

/** Everybody who could try something, the author with many posts among them. */
const people: readonly Actor[] = [
  person('author', 'member', 'information_editor', 'proposal_office', 'member_affairs', `committee_head@${here}`, `committee_staff@${commenting}`),
  person('neighbour', 'member'), person('informant', 'informant'), person('visitor', 'chair'), person('affairs', 'member_affairs'),
  person('editor', 'information_editor'), person('director', 'office_director'), person('office', 'proposal_office'),
  person('dispatcher', 'dispatch_government'), person('unit', `unit_clerk@${here}`), person('own-unit', 'member', `unit_supervisor@${here}`),
  ...[here, commenting, elsewhere].flatMap((id) => [person(`head-${id}`, 'member', `committee_head@${id}`), person(`vice-${id}`, `committee_vice_head@${id}`), person(`staff-${id}`, `committee_staff@${id}`)]),
  person('both', `committee_staff@${here}`, `committee_head@${elsewhere}`),
  ...postCodes.filter((post) => !['member', 'system'].includes(post)).map((post) => person(`only-${post}`, post)),
  systemActor(termId),
];

/** What a move changes beside the state, as the office's programme does it. `pick` is what the person chose. */
type Patch<A extends string, D> = (doc: D, action: A, pick: number, by: string) => Partial<D>;
const committees = [here, commenting, elsewhere] as const;
const other = (than: string | null, pick: number) => committees.filter((id) => id !== than)[pick % 2] ?? here;

const submissionPatch = <D extends OpinionFacts | ProposalFacts>(doc: D, action: string, pick: number, by: string): Partial<OpinionFacts & ProposalFacts> => {
  switch (action) {
    case 'route': case 'assign': { const committeeId = committees[pick % 3] ?? here; return { committeeId, coCommitteeIds: pick % 2 === 0 ? [other(committeeId, pick)] : [] }; }
    case 'withdraw': return { committeeId: null, coCommitteeIds: [], reviewed: false, editorId: null, consent: 'off' };
    case 'recall': return { committeeId: null, coCommitteeIds: [], editorId: null, consent: 'off' };
    case 'take_over': case 'take': case 'reopen': return { editorId: by, reviewed: false, ...(!('editorId' in doc) || doc.editorId === null || action === 'reopen' ? { consent: pick % 2 === 0 ? 'needed' : 'off' } : {}) };
    case 'return': return doc.state === 'editing' ? { editorId: by } : {};
    case 'separate': return { editorId: null, consent: 'off' };
    case 'amend': return { consent: 'needed' };
    case 'agree': return { consent: 'given' };
    case 'object': return { consent: 'refused' };
    case 'lapse_agree': return { consent: 'lapsed' };
    case 'send_check': case 'rework': return { reviewed: false };
    case 'check': return { reviewed: true };
    case 'reroute': return pick % 3 === 0 ? { committeeId: null, coCommitteeIds: [] } : { committeeId: other(doc.committeeId, pick), coCommitteeIds: [] };
    case 'review': return { reviewed: true };
    case 'plan': return { side: pick % 2 === 0 ? 'party' : 'government', handlerIds: ['cppcc'] };
    case 'return_plan': case 'allow_drop': return { handlerIds: null, ...(action === 'allow_drop' && { dropAsked: false }) };
    case 'ask_drop': return { dropAsked: true };
    case 'unfile': case 'refuse_drop': return { dropAsked: false };
    default: return {};
  }
};
const visitPatch: Patch<string, VisitFacts> = (_, action) => (action === 'notify' ? { told: true } : action === 'reschedule' ? { begun: false } : {});

const handlingPatch: Patch<string, HandlingFacts> = (doc, action, pick, by) => {
  switch (action) {
    case 'hand': return { handed: true };
    case 'sign_for': return { signed: true, objectable: pick % 2 === 0 };
    case 'ask_reassign': return { reassignAsked: true };
    case 'reassign': return { reassignAsked: false };
    case 'refuse_reassign': return { reassignAsked: false, reassignRefused: true };
    case 'draft_reply': return { draft: pick % 2 === 0 ? 'whole' : 'partial', assists: pick % 3, signedAll: pick % 3 === 0 };
    case 'ask_countersign': return { signedAll: true };
    case 'redo': return { draft: 'none', signedAll: false };
    case 'record_talk': return { talks: doc.talks + 1, askedTalks: ['author', 'neighbour'] };
    case 'confirm_talk': case 'deny_talk': return { askedTalks: doc.askedTalks.filter((it) => it !== by) };
    case 'ask_extension': return { extensionAsked: true };
    case 'allow_extension': return { extensionAsked: false, extended: true };
    case 'refuse_extension': return { extensionAsked: false };
    case 'urge': return { urgeAgainOn: pick % 2 === 0 ? '2022-07-22' : null };
    default: return {};
  }
};

/** A line of the journal: whole enough to make the document again from its beginning. */
interface Line<A> { readonly action: A; readonly from: string; readonly to: string; readonly personId: string; readonly post: string; readonly patch: object }
/** What is tried next: `likely` is something that somebody may do now, otherwise anything by anybody. */
interface Try { readonly likely: boolean; readonly who: number; readonly action: number; readonly pick: number }
const tries = fc.array(fc.record({ likely: fc.boolean(), who: fc.nat(people.length - 1), action: fc.nat(99), pick: fc.nat(5) }), { maxLength: 30, size: 'max' });

interface Played<A, D> { readonly doc: D; readonly journal: readonly Line<A>[]; readonly docs: readonly D[]; readonly wrong: readonly string[] }

/** A frozen document: whoever tried to change it in place would fail. */
const frozen = <D extends Document<string>>(doc: D): D => { Object.freeze(doc.coCommitteeIds); return Object.freeze(doc); };

function play<A extends string, S extends string, D extends Document<S>>(flow: Flow<A, S, D>, actions: readonly A[], start: D, patch: Patch<A, D>, history: readonly Try[]): Played<A, D> {
  // Most tries are refused, which is an answer here and no failure: it needs no trace.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  let doc = frozen({ ...start });
  const [journal, docs, wrong]: [Line<A>[], D[], string[]] = [[], [doc], []];
  for (const { likely, who, action: index, pick } of history) {
    const able = likely ? people.filter((it) => actionsFor(flow, doc, it).length > 0) : people;
    const actor = able[who % Math.max(able.length, 1)];
    if (!actor) continue;
    const offered = actionsFor(flow, doc, actor);
    const action = likely ? offered[index % offered.length] : actions[index % actions.length];
    if (!action) throw new Error('no such try');
    try {
      const { to, post } = move(flow, action, doc, actor);
      if (!offered.includes(action)) wrong.push(`${action} was not offered`);
      const changed = patch(doc, action, pick, actor.personId);
      journal.push({ action, from: doc.state, to, personId: actor.personId, post: post.post, patch: changed });
      doc = frozen({ ...doc, ...changed, state: to });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (offered.includes(action) || error.action !== action) wrong.push(`${action} was offered and refused`);
    }
    docs.push(doc);
  }
  Error.stackTraceLimit = stackTraceLimit;
  return { doc, journal, docs, wrong };
}

const replay = <A, D>(start: D, journal: readonly Line<A>[]): D => journal.reduce((doc, { to, patch }) => ({ ...doc, ...patch, state: to }), start);

const opinionStart: OpinionFacts = { state: 'draft', authorId: 'author', committeeId: null, coCommitteeIds: [], urgent: false, editorId: null, consent: 'off', reviewed: false };
const proposalStart: ProposalFacts = { state: 'draft', authorId: 'author', committeeId: null, coCommitteeIds: [], reviewed: false, decider: 'proposal_office', dropAsked: false, side: null };
const handlingStart: HandlingFacts = {
  state: 'assigned', authorId: 'author', committeeId: here, coCommitteeIds: [], coAuthorIds: ['neighbour'], role: 'lead', side: 'government', handed: true, signed: false, objectable: true, reassignAsked: false, reassignRefused: false, extensionAsked: false, extended: false, atCap: false, askedTalks: [], talks: 0, draft: 'none', assists: 0, signedAll: false, urgeAgainOn: null,
};
const visitStart: VisitFacts = { state: 'notified', authorId: 'author', committeeId: null, coCommitteeIds: [], leaderIds: ['visitor'], begun: false, told: false };

function always<A extends string, S extends string, D extends Document<S>>(kind: DocumentKind, flow: Flow<A, S, D>, actions: readonly A[], states: readonly S[], start: D, patch: Patch<A, D>): void {
  const every = (check: (played: Played<A, D>) => void) => { fc.assert(fc.property(tries, (history) => { check(play(flow, actions, start, patch, history)); }), { numRuns: 60 }); };

  test('状态总是认得的；给出的按钮都做得成，没给的都被拒绝，被拒绝的什么也不改', () => {
    every(({ docs, wrong }) => {
      expect(docs.filter(({ state }) => !states.includes(state))).toEqual([]);
      expect(wrong).toEqual([]);
    });
  });

  test('照日志从头再来一遍，得到同一份件；日志前后相接', () => {
    every(({ doc, journal }) => {
      expect(replay(start, journal)).toEqual(doc);
      expect(journal.map(({ from }) => from)).toEqual([start.state, ...journal.map(({ to }) => to)].slice(0, journal.length));
    });
  });

  test('没有人办过自己的件', () => {
    const own: readonly string[] = kind === 'visit' ? actions.filter((it) => it !== 'record') : ['submit', 'withdraw', 'agree', 'object', 'confirm_talk', 'deny_talk', 'answer_edits', 'consent', 'decline', 'drop', 'ask_drop'];
    every(({ journal }) => { expect(journal.filter(({ personId, action }) => personId === 'author' && !own.includes(action))).toEqual([]); });
  });

  test('系统只做过分送、直送编辑、逾期转送、转告并入件和别的动作引来的那几步', () => {
    every(({ journal }) => { expect(journal.filter(({ personId, action }) => (personId === 'system') !== ['route', 'forward', 'resume', 'lapse', 'lapse_agree', 'lapse_edits', 'follow', 'change_units', 'stop', 'all_replied', 'rehandle', 'call_meeting', 'close', 'call_countersign', 'redo', 'track', 'ask_rating', 'supersede', 'change_signers', 'ask_signers', 'settle_signers'].includes(action))).toEqual([]); });
  });

  test('草稿除了作者，谁也看不见', () => {
    every(({ docs }) => {
      const seen = docs.filter(({ state }) => state === 'draft').flatMap((doc) => people.filter((actor) => maySee(scopeOf(kind, actor), doc)).map(({ personId }) => personId));
      expect(seen.filter((it) => it !== 'author')).toEqual([]);
    });
  });

  test('能动一份件的人都看得见它，也有自己的入口', () => {
    every(({ doc }) => {
      const able = people.filter((actor) => actor.personId !== 'system' && actionsFor(flow, doc, actor).length > 0);
      expect(able.filter((actor) => !maySee(scopeOf(kind, actor), doc) || abilitiesOf(actor).length === 0)).toEqual([]);
    });
  });

  test('等着办的件总在一个人、一个岗位或一个专委会手里；草稿和到头的件不在谁手里', () => {
    every(({ docs }) => {
      const idle = (state: string) => ['draft', 'not_adopted', 'archived', 'sent', 'opined', 'countersigned', 'replied', 'solved', 'closed', 'reassigned', 'stopped', 'visited', 'cancelled', 'merged', 'to_opinion', 'to_suggestion', 'rejected', 'dropped'].includes(state);
      expect(docs.filter((doc) => !(kind === 'proposal' && ['handling', 'replied', 'rehandling'].includes(doc.state)) && (flow.duty(doc)?.holder.id ?? '') === '' !== idle(doc.state))).toEqual([]);
    });
  });
}

describe('社情民意的任何一段经历', () => {
  always('opinion', opinionFlow, opinionActions, opinionStates, opinionStart, submissionPatch);

  test('没有审核的不会签发，反映人不同意的不会送审；签发了才有期号可收回', () => {
    const starts: readonly OpinionFacts[] = [opinionStart, { ...opinionStart, state: 'editing', editorId: 'editor', consent: 'needed' }];
    fc.assert(fc.property(tries, fc.nat(1), (history, start) => {
      const { docs, journal } = play(opinionFlow, opinionActions, starts[start] ?? opinionStart, submissionPatch, history);
      expect(docs.filter(({ state, reviewed }) => ['issued', 'sent'].includes(state) && !reviewed)).toEqual([]);
      expect(docs.filter(({ state, consent }) => ['pending_signoff', 'issued', 'sent'].includes(state) && ['needed', 'refused'].includes(consent))).toEqual([]);
      const count = (action: string) => journal.filter((it) => it.action === action).length;
      expect(count('sign') - count('recall_issue')).toBe(['issued', 'sent'].includes(docs.at(-1)?.state ?? '') ? 1 : 0);
    }), { numRuns: 120 });
  });

  test('提交了而还没有分到专委会，才在分办台；初审中的都有专委会', () => {
    fc.assert(fc.property(tries, (history) => {
      const { docs } = play(opinionFlow, opinionActions, opinionStart, submissionPatch, history);
      expect(docs.filter((doc) => doc.state === 'submitted' && (opinionFlow.duty(doc)?.action === 'triage') !== (doc.committeeId === null))).toEqual([]);
      expect(docs.filter(({ state, committeeId }) => state === 'first_review' && committeeId === null)).toEqual([]);
    }), { numRuns: 60 });
  });
});

describe('提案的任何一段经历', () => {
  always('proposal', proposalFlow, proposalActions, proposalStates, proposalStart, submissionPatch);

  test('提交了而还没有分到专委会，才在分办台；有初审意见的才由提案委审定；立案的等提案委拟定承办单位，申请了撤案的先等答复；交办了的都有交办单位', () => {
    fc.assert(fc.property(tries, (history) => {
      const { docs } = play(proposalFlow, proposalActions, proposalStart, submissionPatch, history);
      expect(docs.filter((doc) => doc.state === 'submitted' && (proposalFlow.duty(doc)?.action === 'triage') !== (doc.committeeId === null))).toEqual([]);
      const decided = (doc: ProposalFacts) => ['under_review', 'submitted'].includes(doc.state) && proposalFlow.duty(doc)?.action === 'decide';
      expect(docs.filter((doc) => ['under_review', 'submitted'].includes(doc.state) && decided(doc) !== doc.reviewed)).toEqual([]);
      expect(docs.filter((doc) => doc.state === 'filed' && proposalFlow.duty(doc)?.action !== (doc.dropAsked ? 'decide' : 'plan_units'))).toEqual([]);
      expect(docs.filter((doc) => ['planned', 'handling'].includes(doc.state) && doc.side === null)).toEqual([]);
      expect(docs.filter((doc) => ['filed', 'merged', 'rejected', 'to_opinion', 'to_suggestion', 'consent_asked'].includes(doc.state) && !doc.reviewed)).toEqual([]);
    }), { numRuns: 60 });
  });
});

describe('提案办理的任何一段经历', () => {
  always('handling', handlingFlow, handlingActions, handlingStates, handlingStart, handlingPatch);

  test('最多延期一次，申请过才延；没有申请改办的不会改办；别人替不了提案人确认面商', () => {
    fc.assert(fc.property(tries, (history) => {
      const { journal } = play(handlingFlow, handlingActions, handlingStart, handlingPatch, history);
      const count = (...actions: string[]) => journal.filter(({ action }) => actions.includes(action)).length;
      expect(count('allow_extension')).toBeLessThanOrEqual(1);
      expect(journal.filter(({ action, from }) => action === 'release' && from !== 'ready')).toEqual([]);
      expect(count('submit_reply')).toBeLessThanOrEqual(count('draft_reply'));
      expect(count('ask_extension') - count('allow_extension', 'refuse_extension')).toBeGreaterThanOrEqual(0);
      expect(count('reassign', 'refuse_reassign')).toBeLessThanOrEqual(count('ask_reassign'));
      expect(journal.filter(({ action, personId }) => ['confirm_talk', 'deny_talk'].includes(action) && !['author', 'neighbour'].includes(personId))).toEqual([]);
    }), { numRuns: 120 });
  });
});

describe('走访的任何一段经历', () => {
  always('visit', visitFlow, visitActions, visitStates, visitStart, visitPatch);

  test('取消了的、还在商量改期的走访，不会登记成已走访', () => {
    fc.assert(fc.property(tries, fc.nat(6), (history, after) => {
      let turn = 0;
      const timePasses: Patch<string, VisitFacts> = (doc, action, pick, by) => ({ ...visitPatch(doc, action, pick, by), ...((turn += 1) > after && { begun: true }) });
      const { journal } = play(visitFlow, visitActions, visitStart, timePasses, history);
      expect(journal.filter(({ action, from }) => action === 'record' && !['notified', 'confirmed', 'agreed'].includes(from))).toEqual([]);
    }), { numRuns: 60 });
  });
});

describe('这些尝试真的走得远', () => {
  test('随机的经历里，每一个动作都做成过', () => {
    const done = new Set<string>();
    fc.assert(fc.property(tries, (history) => {
      const visited: VisitFacts = { ...visitStart, begun: history.length % 2 === 0, state: history.length % 3 === 0 ? 'confirmed' : 'notified' };
      const furtherOn: readonly Partial<OpinionFacts>[] = [{}, { urgent: true }, { state: 'editing', editorId: 'editor', consent: 'needed' }, { state: 'editing', editorId: 'editor', committeeId: here }, { state: 'consenting', editorId: 'editor', consent: 'needed' }, { state: 'pending_signoff', editorId: 'editor' }, { state: 'issued', reviewed: true }, { state: 'first_review', committeeId: here }];
      for (const { action } of play(opinionFlow, opinionActions, { ...opinionStart, ...furtherOn[history.length % 8] }, submissionPatch, history).journal) done.add(`opinion.${action}`);
      const later: Partial<ProposalFacts> = [{}, { state: 'amending' as const, committeeId: here, coAuthorIds: ['neighbour'] }, { state: 'consent_asked' as const, committeeId: here, reviewed: true, conversion: 'agree' as const }, { state: 'filed' as const, committeeId: here, reviewed: true }, { state: 'planned' as const, committeeId: here, reviewed: true, side: 'party' as const, handlerIds: ['cppcc'] }, ...(['replied', 'meeting', 'rehandling'] as const).map((state) => ({ state, committeeId: here, reviewed: true, side: 'party' as const, handlerIds: ['cppcc'] }))][history.length % 8] ?? {};
      for (const { action } of play(proposalFlow, proposalActions, { ...proposalStart, ...later }, submissionPatch, history).journal) done.add(`proposal.${action}`);
      for (const { action } of play(handlingFlow, handlingActions, { ...handlingStart, ...([{}, { state: 'handling', handed: true, askedTalks: ['author'], objectable: false }, { state: 'handling', role: 'assist' }, { state: 'countersigning', role: 'assist' }, { state: 'reply_review' }, { state: 'replied' }, { state: 'tracking' }, { state: 'handling', draft: 'whole', talks: 1, assists: 1 }, { state: 'ready' }, { state: 'handling', draft: 'whole', talks: 1 }][history.length % 10] as Partial<HandlingFacts>) }, handlingPatch, history).journal) done.add(`handling.${action}`);
      for (const { action } of play(visitFlow, visitActions, visited, visitPatch, history).journal) done.add(`visit.${action}`);
    }), { numRuns: 250, seed: 7 });
    const expected = [...opinionActions.map((it) => `opinion.${it}`), ...proposalActions.map((it) => `proposal.${it}`), ...visitActions.map((it) => `visit.${it}`), ...handlingActions.map((it) => `handling.${it}`)];
    // A paper is entered once, a report made of a proposal once, and a unit's part handed over once, as a document's first step, so no history comes to it.
    expect(expected.filter((it) => !done.has(it))).toEqual(['opinion.enter', 'opinion.born', 'proposal.enter', 'handling.hand']);
  });
});
