import { whyClosed } from '../closure.ts';
import { committeeHeads, committeePosts, entryPosts, holds, leaderPosts, selvesOf, triagePosts, voicePosts } from '../actor.ts';
import type { Actor, HeldPost } from '../actor.ts';
import { opinionActionWords, opinionStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 社情民意信息, from its draft to the issue in which it appears and what became of it (rules: duty-rules §2.2 and posts, additions). */
export const opinionStates = ['draft', 'submitted', 'first_review', 'returned', 'editing', 'consenting', 'pending_signoff', 'issued', 'sent', 'recalled', 'merged', 'not_adopted', 'archived'] as const;
export type OpinionState = (typeof opinionStates)[number];
export const opinionActions = [
  'submit', 'enter', 'born', 'route', 'forward', 'resume', 'withdraw', 'assign', 'recall', 'reroute', 'start_review', 'prepare', 'comment', 'pass', 'lapse', 'return', 'not_adopt',
  'take_over', 'take', 'amend', 'ask_agree', 'agree', 'object', 'lapse_agree', 'send_check', 'check', 'rework', 'sign', 'archive', 'recall_issue', 'reopen',
  'send', 'record', 'absorb', 'combine', 'separate', 'follow',
] as const;
export type OpinionAction = (typeof opinionActions)[number];

/** Whether the reporter must agree to the edited text: a setting of the term, taken down when an editor takes the report. `lapsed`: they were asked and said nothing in time. */
export const consents = ['off', 'needed', 'given', 'refused', 'lapsed'] as const;
export type Consent = (typeof consents)[number];
/** `editorId`: who edits it, since somebody took it. `reviewed`: the edited text has been checked (审核) and awaits its signature. `onPaper`: just being entered from a signed paper; nothing of it is kept yet. `ofProposal`: just being made of a proposal, likewise. */
export interface OpinionFacts extends Document<OpinionState> { readonly urgent: boolean; readonly editorId: string | null; readonly consent: Consent; readonly reviewed: boolean; readonly onPaper?: boolean; readonly ofProposal?: boolean }

/** Members, participating bodies, informants, the liaison groups of towns, and committees by their staff. */
export const reporterPosts = ['member', 'body_account', 'informant', 'township_liaison', 'committee_staff'] as const;
/** A body's report was once its proposal (转社情民意). */
const theirs = [...new Set([...reporterPosts, ...voicePosts])];
const office = triagePosts.opinion;
const isOffice = ({ post }: HeldPost) => office.some((it) => it === post);
const ownWork = (doc: OpinionFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能处理自己提交的社情民意，请由他人办理' : undefined);
/** Several may report together; the first of them acts for all. */
const first = (doc: OpinionFacts, actor: Actor) => (selvesOf(actor).includes(doc.authorId) ? undefined : '几位共同反映的，由第一反映人办理');
const onPaper = (doc: OpinionFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能给自己代录，请在小程序里写' : doc.onPaper ? undefined : '只有带纸质件的代录可以直接提交');
const atCommittee = (doc: OpinionFacts) => (doc.committeeId === null ? '还没有分到专委会，请先分送' : undefined);
const atTriage = (doc: OpinionFacts) => (doc.committeeId === null ? undefined : '已经分到专委会，如需改送请用“收回”或“改送”');
const withOffice = ({ committeeId, state }: OpinionFacts) => committeeId === null || state === 'editing';
/** At the committee its heads decide; while it waits at triage, and once it is edited, the office does. */
const hasIt = (doc: OpinionFacts, held: HeldPost) => (withOffice(doc) ? isOffice(held) : held.bodyId === doc.committeeId && committeeHeads.some((it) => it === held.post));
const byWhoHasIt = (doc: OpinionFacts, actor: Actor) =>
  (actor.posts.some((held) => hasIt(doc, held)) ? ownWork(doc, actor) : doc.state === 'editing' ? '已经在编辑，由办公室处理' : withOffice(doc) ? '还在分办台，由信息编辑处理' : '已经分到专委会，由专委会初审');
const reviewable = (doc: OpinionFacts, actor: Actor) => atCommittee(doc) ?? ownWork(doc, actor);
const byEditor = (doc: OpinionFacts, actor: Actor) => ownWork(doc, actor) ?? (doc.editorId === null ? '还没有人领办，请先领办再编辑' : doc.editorId === actor.personId ? undefined : '正由别人编辑，要接手请先领办');
const agreed: readonly Consent[] = ['given', 'lapsed'];
const waiting = ['submitted', 'first_review'] as const;

export const opinionFlow: Flow<OpinionAction, OpinionState, OpinionFacts> = {
  name: '社情民意', initial: 'draft', states: opinionStates, final: ['not_adopted', 'archived'],
  stateWords: opinionStateWords, actionWords: opinionActionWords,
  moves: {
    // Who submits is told nothing by it; those who report with them are.
    submit: { from: ['draft', 'returned'], to: 'submitted', by: theirs, where: 'own', unless: first, tells: ['holder', 'author'], credits: 'opinion.submitted' },
    enter: { from: ['draft'], to: 'submitted', by: entryPosts, where: 'anywhere', unless: onPaper, tells: ['author', 'holder'], credits: 'opinion.submitted' },
    // Made of a proposal whose proposer had agreed to it when handing in; they hear of it from the proposal.
    born: { from: ['draft'], to: 'submitted', by: ['system'], where: 'anywhere', unless: ({ ofProposal }) => (ofProposal ? undefined : '只有提案转来的可以这样提交'), tells: ['holder'] },
    route: { from: ['submitted'], to: 'same', by: ['system'], where: 'anywhere', unless: atTriage, tells: ['holder'] },
    // 特急 does not wait for a committee; what an editor returned comes back to the editor.
    forward: { from: ['submitted'], to: 'editing', by: ['system'], where: 'anywhere', unless: ({ urgent }) => (urgent ? undefined : '不是特急件，按分送初审'), tells: ['holder', 'officer'] },
    resume: { from: ['submitted'], to: 'editing', by: ['system'], where: 'anywhere', unless: ({ editorId, urgent }) => (editorId !== null && !urgent ? undefined : '不是编辑退回的件，按分送初审'), tells: ['holder'] },
    withdraw: { from: ['submitted'], to: 'draft', by: theirs, where: 'own', unless: first, voids: ['opinion.submitted'] },
    assign: { from: ['submitted'], to: 'same', by: office, where: 'anywhere', unless: (doc, actor) => atTriage(doc) ?? ownWork(doc, actor), tells: ['holder', 'author'], undo: true },
    recall: { from: waiting, to: 'submitted', by: office, where: 'anywhere', unless: (doc, actor) => atCommittee(doc) ?? ownWork(doc, actor), tells: ['author'], undo: true },
    reroute: { from: waiting, to: 'submitted', by: committeePosts, where: 'holder', unless: reviewable, tells: ['holder', 'author'], undo: true },
    start_review: { from: ['submitted'], to: 'first_review', by: committeePosts, where: 'holder', unless: reviewable, undo: true },
    prepare: { from: waiting, to: 'first_review', by: ['committee_staff'], where: 'holder', unless: reviewable, undo: true },
    comment: { from: waiting, to: 'same', by: committeePosts, where: 'co', unless: ownWork, undo: true },
    pass: { from: waiting, to: 'editing', by: committeeHeads, where: 'holder', unless: reviewable, tells: ['author', 'holder'], undo: true },
    // The silence of a committee passes the report on, and says so (rules: posts, office hours).
    lapse: { from: waiting, to: 'editing', by: ['system'], where: 'anywhere', unless: atCommittee, tells: ['author', 'holder'] },
    return: { from: [...waiting, 'editing'], to: 'returned', by: [...committeeHeads, ...office], where: 'anywhere', unless: byWhoHasIt, acting: hasIt, tells: ['author'], undo: true },
    not_adopt: { from: [...waiting, 'editing'], to: 'not_adopted', by: [...committeeHeads, ...office], where: 'anywhere', unless: byWhoHasIt, acting: hasIt, tells: ['author'], undo: true },

    take_over: { from: waiting, to: 'editing', by: office, where: 'anywhere', unless: ownWork, tells: ['author'], undo: true },
    take: { from: ['editing'], to: 'same', by: office, where: 'anywhere', unless: (doc, actor) => ownWork(doc, actor) ?? (doc.editorId === actor.personId ? '已经由您编辑' : undefined), undo: true },
    // To what was agreed on, or refused, nothing is changed in silence: the next text is asked about anew.
    amend: { from: ['editing'], to: 'same', by: office, where: 'anywhere', unless: (doc, actor) => byEditor(doc, actor) ?? (doc.consent === 'off' || doc.consent === 'needed' ? '还没有征求过意见，直接修改即可' : undefined), undo: true },
    ask_agree: { from: ['editing'], to: 'consenting', by: office, where: 'anywhere', tells: ['author'], undo: true,
      unless: (doc, actor) => byEditor(doc, actor) ?? (doc.consent === 'off' ? '这件不需要征求反映人意见' : agreed.includes(doc.consent) ? '已经征求过意见，没有再改' : undefined) },
    agree: { from: ['consenting'], to: 'editing', by: theirs, where: 'own', unless: first, tells: ['holder'], undo: true },
    object: { from: ['consenting'], to: 'editing', by: theirs, where: 'own', unless: first, tells: ['holder'], undo: true },
    lapse_agree: { from: ['consenting'], to: 'editing', by: ['system'], where: 'anywhere', tells: ['holder'] },
    send_check: { from: ['editing'], to: 'pending_signoff', by: office, where: 'anywhere', tells: ['holder'], undo: true,
      unless: (doc, actor) => byEditor(doc, actor) ?? (doc.consent === 'off' || agreed.includes(doc.consent) ? undefined : '反映人还没有同意编辑稿，请先征求意见') },
    check: { from: ['pending_signoff'], to: 'same', by: ['office_director'], where: 'anywhere', unless: (doc, actor) => (doc.reviewed ? '已经审核，等待签发' : ownWork(doc, actor)), tells: ['holder'], undo: true },
    rework: { from: ['pending_signoff'], to: 'editing', by: ['office_director', ...leaderPosts], where: 'anywhere', tells: ['holder'], undo: true,
      unless: (doc, actor) => (doc.reviewed || holds(actor, 'office_director') ? ownWork(doc, actor) : '还没有审核，由办公室主任审核') },
    // A number once given is never taken back, so signing cannot be undone; what is wrong is recalled.
    sign: { from: ['pending_signoff'], to: 'issued', by: leaderPosts, where: 'anywhere', unless: (doc, actor) => (doc.reviewed ? ownWork(doc, actor) : '还没有审核，审核后再签发'), tells: ['author'], credits: 'opinion.adopted' },
    archive: { from: [...waiting, 'editing', 'recalled'], to: 'archived', by: office, where: 'anywhere', tells: ['author'], undo: true,
      unless: (doc, actor) => (withOffice(doc) || doc.state === 'recalled' ? ownWork(doc, actor) : '已经分到专委会，由专委会初审') },
    recall_issue: { from: ['issued', 'sent'], to: 'recalled', by: ['office_director', ...leaderPosts], where: 'anywhere', unless: ownWork, tells: ['author'], voids: ['opinion.adopted'] },
    send: { from: ['issued', 'sent'], to: 'sent', by: office, where: 'anywhere', unless: ownWork, tells: ['author'], undo: true },
    // What became of it on one channel: an entry of that channel's own flow (delivery.flow.ts), journalled on the report.
    record: { from: ['sent'], to: 'same', by: office, where: 'anywhere', unless: ownWork, tells: ['author'], undo: true },
    // Several reports become one: the one that goes on takes the others in, and theirs learn of all that becomes of it.
    absorb: { from: ['editing'], to: 'same', by: office, where: 'anywhere', unless: (doc, actor) => byEditor(doc, actor) ?? (doc.consent === 'off' || doc.consent === 'needed' ? undefined : '已经征求过反映人意见，请先修改编辑稿再并入') },
    combine: { from: [...waiting, 'editing'], to: 'merged', by: office, where: 'anywhere', unless: ownWork, tells: ['author'] },
    separate: { from: ['merged'], to: 'editing', by: office, where: 'anywhere', unless: ownWork, tells: ['author'] },
    follow: { from: ['merged'], to: 'same', by: ['system'], where: 'anywhere', tells: ['author'] },
    reopen: { from: ['recalled'], to: 'editing', by: office, where: 'anywhere', unless: ownWork, tells: ['author'], undo: true },
  },
  duty(doc): Duty | undefined {
    const within = (rule: string) => (doc.urgent ? 'deadline.urgent' : rule);
    const post = (id: string, action: Duty['action'], rule: string): Duty => ({ holder: { kind: 'post', id }, action, deadline: within(rule) });
    switch (doc.state) {
      case 'submitted': case 'first_review': return doc.committeeId === null ? post('information_editor', 'triage', 'deadline.triage')
        : { holder: { kind: 'body', id: doc.committeeId }, action: 'review', deadline: within('deadline.opinion.review') };
      case 'returned': return { holder: { kind: 'person', id: doc.authorId }, action: 'revise', deadline: 'deadline.opinion.revise' };
      case 'editing': return doc.editorId === null ? post('information_editor', 'edit', 'deadline.opinion.edit')
        : { holder: { kind: 'person', id: doc.editorId }, action: 'edit', deadline: within('deadline.opinion.edit') };
      case 'recalled': return post('information_editor', 'edit', 'deadline.opinion.edit');
      case 'consenting': return { holder: { kind: 'person', id: doc.authorId }, action: 'agree', deadline: 'deadline.opinion.consent' };
      case 'pending_signoff': return doc.reviewed ? post('secretary_general', 'sign', 'deadline.opinion.sign') : post('office_director', 'check', 'deadline.opinion.check');
      case 'issued': return post('information_editor', 'send', 'deadline.opinion.send');
      case 'draft': case 'not_adopted': case 'archived': case 'sent': case 'merged': return undefined;
    }
  },
};

/** Why this person may not write in the edited text now; undefined: they may. Saving is no move: the journal tells who handed over what, not every minute of typing. */
export const whyNotEditable = (doc: OpinionFacts, actor: Actor): string | undefined =>
  whyClosed(doc.closure) ?? (!actor.posts.some(isOffice) ? '编辑稿由办公室编辑' : doc.state === 'editing' ? byEditor(doc, actor) : `这件社情民意现在是“${opinionStateWords[doc.state]}”，编辑稿不能再改`);
