import { isVoice } from './actor.ts';
import type { Actor, HeldPost, PostCode } from './actor.ts';
import { whyClosed } from './closure.ts';
import type { Closure } from './closure.ts';

/** Why not, in words that the person may read; undefined means go. A guard looks at document and person only. */
export type Guard<Doc> = (doc: Doc, actor: Actor) => string | undefined;
/** Where the post must be held: `own`: by the author, or at the body that is the author; `holder`: at the committee that has the document; `co`: at a commenting committee. */
export type Where = 'own' | 'holder' | 'co' | 'anywhere';
/** Who hears of a move: the author (or visited member), those in whose hands the document now is, whoever entered it for the author, the duty officer of the week, those of the document's own body whoever has it now, or the body that leads. */
export type Audience = 'author' | 'holder' | 'clerk' | 'officer' | 'body' | 'lead';

/** One row of a flow = one thing that a person can do. Server, buttons, tests and diagrams all read this table. */
export interface Move<State, Doc> {
  readonly from: readonly State[];
  readonly to: State | 'same';
  readonly by: readonly PostCode[];
  readonly where: Where;
  readonly unless?: Guard<Doc>;
  /** Which of several posts that `by` and `where` allow the move is then made in; none fits better: the first. */
  readonly acting?: (doc: Doc, held: HeldPost, actor: Actor) => boolean;
  readonly tells?: readonly Audience[];
  /** The score item that the author is credited with (rules: duty-rules §3.2). */
  readonly credits?: string;
  /** The score items that this takes back. */
  readonly voids?: readonly string[];
  /** May be undone by the same person within the seconds that the settings say. */
  readonly undo?: true;
}

/** What somebody must now do with the document, and which setting says until when. */
export interface Duty {
  readonly holder: { readonly kind: 'person' | 'body' | 'post'; readonly id: string };
  readonly action: TaskAction;
  /** The key of the setting that holds the time allowed; none: until the instant that the document names. */
  readonly deadline: string;
}
export const taskActions = ['triage', 'review', 'revise', 'edit', 'agree', 'check', 'sign', 'send', 'decide', 'consent', 'answer_edits', 'reply_visit', 'arrange_visit', 'make_visit', 'confirm_entry', 'correct_entry',
  'plan_units', 'hand_over', 'sign_for', 'handle', 'give_opinion', 'decide_reassign', 'decide_extension', 'countersign', 'review_reply', 'release', 'track', 'rate', 'hold_meeting',
  'decide_key', 'plan_supervision', 'supervise', 'end_supervision', 'answer_demand', 'weigh_answer', 'score', 'consent_publication', 'approve_publication', 'cosign'] as const;
export type TaskAction = (typeof taskActions)[number];

/** `clerkId`: who entered it for the author, where somebody did. `coAuthorIds`: whose it is as well. `leadId`: the body that leads where several work on one thing. `closure`: whether 涉密处置 has closed it. */
export interface Document<State> { readonly state: State; readonly authorId: string; readonly committeeId: string | null; readonly coCommitteeIds: readonly string[]; readonly clerkId?: string; readonly coAuthorIds?: readonly string[]; readonly leadId?: string; readonly closure?: Closure }
type Theirs = Pick<Document<string>, 'authorId'> & { readonly coAuthorIds?: readonly string[] | null };
const isOf = ({ authorId, coAuthorIds }: Theirs, id: string): boolean => authorId === id || coAuthorIds?.includes(id) === true;
/** The author's, or one of those whose it is as well; a body's is of everybody who speaks for it. */
export const isOneOfTheirs = (doc: Theirs, { personId, posts }: Actor): boolean => isOf(doc, personId) || posts.some(({ post, bodyId }) => isVoice(post) && isOf(doc, bodyId));
/** What is one's own is done in a post of one's own; what is a body's, by whoever speaks for it there. */
const isOwn = (doc: Theirs, { personId }: Actor, { post, bodyId }: HeldPost): boolean => {
  const voice = isVoice(post);
  return voice && isOf(doc, bodyId) || (!voice || post === 'body_account') && isOf(doc, personId);
};
export interface Flow<Action extends string, State extends string, Doc extends Document<State>> {
  readonly name: string;
  readonly initial: State;
  readonly states: readonly State[];
  /** No move leads out of these, and none is meant to in what is built so far. */
  readonly final: readonly State[];
  readonly stateWords: Readonly<Record<State, string>>;
  readonly actionWords: Readonly<Record<Action, string>>;
  readonly moves: Readonly<Record<Action, Move<State, Doc>>>;
  /** In whose hands a document is. Nobody's: it is at its end, or in its author's drawer. */
  readonly duty: (doc: Doc) => Duty | undefined;
}

export class Refused extends Error {
  readonly action: string;
  readonly reason: string;
  constructor(action: string, reason: string) { super(reason); this.action = action; this.reason = reason; }
}

/** The post in which this actor may do this at this document's body, if any. */
function postFor<State, Doc extends Document<State>>(move: Move<State, Doc>, doc: Doc, actor: Actor): HeldPost | undefined {
  const there = (held: HeldPost): boolean => {
    switch (move.where) {
      case 'anywhere': return true;
      case 'own': return isOwn(doc, actor, held);
      case 'holder': return held.bodyId === doc.committeeId;
      case 'co': return doc.coCommitteeIds.includes(held.bodyId);
    }
  };
  const fitting = actor.posts.filter((held) => move.by.includes(held.post) && there(held));
  return fitting.find((held) => move.acting?.(doc, held, actor)) ?? fitting[0];
}

/** May this actor do this now? The post acted in, or the reason why not. */
export function judge<A extends string, S extends string, D extends Document<S>>(flow: Flow<A, S, D>, action: A, doc: D, actor: Actor): { post: HeldPost } | { reason: string } {
  const move = flow.moves[action];
  const post = postFor(move, doc, actor);
  if (!post) return { reason: `您的岗位不能对这件${flow.name}做“${flow.actionWords[action]}”` };
  const closed = whyClosed(doc.closure);
  if (closed !== undefined) return { reason: closed };
  if (!move.from.includes(doc.state)) return { reason: `这件${flow.name}现在是“${flow.stateWords[doc.state]}”，不能再做“${flow.actionWords[action]}”` };
  const reason = move.unless?.(doc, actor);
  return reason === undefined ? { post } : { reason };
}

/** What this actor may do now: the buttons of both apps, and exactly what the server accepts. Asked of every line of every list, so most are out by their state before anybody is judged. */
export const actionsFor = <A extends string, S extends string, D extends Document<S>>(flow: Flow<A, S, D>, doc: D, actor: Actor): A[] =>
  (Object.keys(flow.moves) as A[]).filter((action) => flow.moves[action].from.includes(doc.state) && 'post' in judge(flow, action, doc, actor));

/** The state after the move and the post acted in. @throws Refused with the reason in the person's words. */
export function move<A extends string, S extends string, D extends Document<S>>(flow: Flow<A, S, D>, action: A, doc: D, actor: Actor): { to: S; post: HeldPost } {
  const verdict = judge(flow, action, doc, actor);
  if ('reason' in verdict) throw new Refused(action, verdict.reason);
  const { to } = flow.moves[action];
  return { to: to === 'same' ? doc.state : to, post: verdict.post };
}

/** The flow as a Mermaid state diagram, for the handbook. */
export function diagramOf<A extends string, S extends string, D extends Document<S>>(flow: Flow<A, S, D>): string {
  const lines = (Object.entries(flow.moves) as [A, Move<S, D>][]).flatMap(([action, { from, to }]) =>
    from.map((state) => `  ${state} --> ${to === 'same' ? state : to}: ${flow.actionWords[action]}`));
  return ['stateDiagram-v2', `  [*] --> ${flow.initial}`, ...lines].join('\n');
}
