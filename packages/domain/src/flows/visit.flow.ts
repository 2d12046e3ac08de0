import type { Actor } from '../actor.ts';
import { abilitiesOf } from '../scope.ts';
import { visitActionWords, visitStateWords } from '../words.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 走访委员: one member's appointment (rules: duty-rules §4.2). Its author, for the flow, is the member who is visited. */
export const visitStates = ['notified', 'confirmed', 'proposed', 'agreed', 'visited', 'cancelled'] as const;
export type VisitState = (typeof visitStates)[number];
export const visitActions = ['notify', 'confirm', 'propose', 'agree', 'reschedule', 'record', 'cancel'] as const;
export type VisitAction = (typeof visitActions)[number];

/** `leaderIds`: who visits; `begun`: the time of the appointment has come; `told`: the notice exists, only a new visit has none. */
export interface VisitFacts extends Document<VisitState> { readonly leaderIds: readonly string[]; readonly begun: boolean; readonly told: boolean }

const leads = (doc: VisitFacts, actor: Actor) => doc.leaderIds.includes(actor.personId) || actor.posts.some(({ post }) => post === 'member_affairs');
/** Whoever takes part in a visit that was agreed on, or made, may write down what came up in it as a report. */
export const mayReportFrom = (doc: Pick<VisitFacts, 'state' | 'authorId' | 'leaderIds'>, actor: Actor): boolean =>
  (doc.state === 'confirmed' || doc.state === 'agreed' || doc.state === 'visited') && [doc.authorId, ...doc.leaderIds].includes(actor.personId) && abilitiesOf(actor).includes('write_opinion');
/** Attendance is not credited by the one who gets the credit (rules: posts). */
const ownVisit = (doc: VisitFacts, actor: Actor) => (doc.authorId === actor.personId ? '不能登记对自己的走访，请由他人登记' : undefined);
const open = ['notified', 'confirmed', 'proposed', 'agreed'] as const;
const ahead = (doc: VisitFacts) => (doc.begun ? '约定的时间已经过了，请联系委工委另约' : undefined);

export const visitFlow: Flow<VisitAction, VisitState, VisitFacts> = {
  name: '走访', initial: 'notified', states: visitStates, final: ['visited', 'cancelled'],
  stateWords: visitStateWords, actionWords: visitActionWords,
  moves: {
    notify: { from: ['notified'], to: 'same', by: ['member_affairs'], where: 'anywhere', unless: (doc) => (doc.told ? '通知已经发出' : undefined), tells: ['author'] },
    confirm: { from: ['notified'], to: 'confirmed', by: ['member'], where: 'own', unless: ahead, undo: true },
    propose: { from: ['notified', 'confirmed', 'agreed'], to: 'proposed', by: ['member'], where: 'own', unless: ahead, tells: ['holder'], undo: true },
    agree: { from: ['proposed'], to: 'agreed', by: ['member_affairs'], where: 'anywhere', tells: ['author'], undo: true },
    reschedule: { from: open, to: 'notified', by: ['member_affairs'], where: 'anywhere', tells: ['author'], undo: true },
    // A visit that took place is a fact, also when the member never answered on the phone.
    record: { from: ['notified', 'confirmed', 'agreed'], to: 'visited', by: ['member_affairs', 'chair', 'vice_chair', 'secretary_general'], where: 'anywhere', credits: 'visit.attended', undo: true,
      acting: (doc, { post }, { personId }) => post === 'member_affairs' || doc.leaderIds.includes(personId),
      unless: (doc, actor) => ownVisit(doc, actor) ?? (leads(doc, actor) ? (doc.begun ? undefined : '走访还没有开始，走访之后再登记') : '只有走访人或委工委可以登记') },
    cancel: { from: open, to: 'cancelled', by: ['member_affairs'], where: 'anywhere', tells: ['author'], undo: true },
  },
  duty(doc): Duty | undefined {
    switch (doc.state) {
      case 'notified': return { holder: { kind: 'person', id: doc.authorId }, action: 'reply_visit', deadline: 'document' };
      case 'proposed': return { holder: { kind: 'post', id: 'member_affairs' }, action: 'arrange_visit', deadline: 'deadline.visit.arrange' };
      case 'confirmed': case 'agreed': return { holder: { kind: 'post', id: 'member_affairs' }, action: 'make_visit', deadline: 'document' };
      case 'visited': case 'cancelled': return undefined;
    }
  },
};
