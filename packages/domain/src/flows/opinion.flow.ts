import { committeeHeads, committeePosts, entryPosts, triagePosts } from '../actor.ts';
import type { Actor, HeldPost } from '../actor.ts';
import { opinionActionWords, opinionStateWords } from '../words.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 社情民意信息, to the end of first review (rules: duty-rules §2.2 and posts, additions). What follows comes with the editing. */
export const opinionStates = ['draft', 'submitted', 'first_review', 'returned', 'editing', 'not_adopted'] as const;
export type OpinionState = (typeof opinionStates)[number];
export const opinionActions = ['submit', 'enter', 'route', 'withdraw', 'assign', 'recall', 'reroute', 'start_review', 'prepare', 'comment', 'pass', 'return', 'not_adopt'] as const;
export type OpinionAction = (typeof opinionActions)[number];

/** `onPaper`: just being entered from a signed paper; nothing of it is kept yet. */
export interface OpinionFacts extends Document<OpinionState> { readonly urgent: boolean; readonly onPaper?: boolean }

const ownWork = (doc: OpinionFacts, actor: Actor) => (doc.authorId === actor.personId ? '不能处理自己提交的社情民意，请由他人办理' : undefined);
const onPaper = (doc: OpinionFacts, actor: Actor) => (doc.authorId === actor.personId ? '不能给自己代录，请在小程序里写' : doc.onPaper ? undefined : '只有带纸质件的代录可以直接提交');
const atCommittee = (doc: OpinionFacts) => (doc.committeeId === null ? '还没有分到专委会，请先分送' : undefined);
const atTriage = (doc: OpinionFacts) => (doc.committeeId === null ? undefined : '已经分到专委会，如需改送请用“收回”或“改送”');
/** At the committee its heads decide; while it waits at triage the office does, since a personal case or an advertisement never gets further. */
const hasIt = ({ committeeId }: OpinionFacts, { post, bodyId }: HeldPost) =>
  (committeeId === null ? triagePosts.opinion.some((it) => it === post) : bodyId === committeeId && committeeHeads.some((it) => it === post));
const byWhoHasIt = (doc: OpinionFacts, actor: Actor) => {
  const office = doc.committeeId === null;
  return actor.posts.some((held) => hasIt(doc, held)) ? ownWork(doc, actor) : office ? '还在分办台，由信息编辑处理' : '已经分到专委会，由专委会初审';
};
const reviewable = (doc: OpinionFacts, actor: Actor) => atCommittee(doc) ?? ownWork(doc, actor);
const waiting = ['submitted', 'first_review'] as const;

export const opinionFlow: Flow<OpinionAction, OpinionState, OpinionFacts> = {
  name: '社情民意', initial: 'draft', states: opinionStates, final: ['editing', 'not_adopted'],
  stateWords: opinionStateWords, actionWords: opinionActionWords,
  moves: {
    submit: { from: ['draft', 'returned'], to: 'submitted', by: ['member', 'body_account', 'informant', 'township_liaison'], where: 'own', tells: ['holder'], credits: 'opinion.submitted' },
    enter: { from: ['draft'], to: 'submitted', by: entryPosts, where: 'anywhere', unless: onPaper, tells: ['author', 'holder'], credits: 'opinion.submitted' },
    route: { from: ['submitted'], to: 'same', by: ['system'], where: 'anywhere', unless: atTriage, tells: ['holder'] },
    withdraw: { from: ['submitted'], to: 'draft', by: ['member', 'body_account', 'informant', 'township_liaison'], where: 'own', voids: ['opinion.submitted'] },
    assign: { from: ['submitted'], to: 'same', by: triagePosts.opinion, where: 'anywhere', unless: (doc, actor) => atTriage(doc) ?? ownWork(doc, actor), tells: ['holder', 'author'], undo: true },
    recall: { from: waiting, to: 'submitted', by: triagePosts.opinion, where: 'anywhere', unless: (doc, actor) => atCommittee(doc) ?? ownWork(doc, actor), tells: ['author'], undo: true },
    reroute: { from: waiting, to: 'submitted', by: committeePosts, where: 'holder', unless: reviewable, tells: ['holder', 'author'], undo: true },
    start_review: { from: ['submitted'], to: 'first_review', by: committeePosts, where: 'holder', unless: reviewable, undo: true },
    prepare: { from: waiting, to: 'first_review', by: ['committee_staff'], where: 'holder', unless: reviewable, undo: true },
    comment: { from: waiting, to: 'same', by: committeePosts, where: 'co', unless: ownWork, undo: true },
    pass: { from: waiting, to: 'editing', by: committeeHeads, where: 'holder', unless: reviewable, tells: ['author', 'holder'], undo: true },
    return: { from: waiting, to: 'returned', by: [...committeeHeads, ...triagePosts.opinion], where: 'anywhere', unless: byWhoHasIt, acting: hasIt, tells: ['author'], undo: true },
    not_adopt: { from: waiting, to: 'not_adopted', by: [...committeeHeads, ...triagePosts.opinion], where: 'anywhere', unless: byWhoHasIt, acting: hasIt, tells: ['author'], undo: true },
  },
  duty(doc): Duty | undefined {
    const within = (rule: string) => (doc.urgent ? 'deadline.urgent' : rule);
    switch (doc.state) {
      case 'submitted': case 'first_review': return doc.committeeId === null
        ? { holder: { kind: 'post', id: 'information_editor' }, action: 'triage', deadline: within('deadline.triage') }
        : { holder: { kind: 'body', id: doc.committeeId }, action: 'review', deadline: within('deadline.opinion.review') };
      case 'returned': return { holder: { kind: 'person', id: doc.authorId }, action: 'revise', deadline: 'deadline.opinion.revise' };
      case 'editing': return { holder: { kind: 'post', id: 'information_editor' }, action: 'edit', deadline: within('deadline.opinion.edit') };
      case 'draft': case 'not_adopted': return undefined;
    }
  },
};
