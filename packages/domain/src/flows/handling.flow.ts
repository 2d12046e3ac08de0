import { dispatchPosts, proposerPosts, selvesOf, unitPosts } from '../actor.ts';
import type { Actor, HeldPost, PostCode } from '../actor.ts';
import { dateWords } from '../civil-time.ts';
import { handlingActionWords, handlingStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 办理: one unit's part in a proposal that was handed over, to its written reply and beyond (rules: duty-rules §1.5, §1.7, §1.9). For the flow its author is the proposer, its committee the unit. */
export const handlingStates = ['assigned', 'handling', 'opined', 'countersigning', 'countersigned', 'reply_review', 'ready', 'replied', 'tracking', 'solved', 'reassigned', 'stopped'] as const;
export type HandlingState = (typeof handlingStates)[number];
export const handlingActions = [
  'hand', 'sign_for', 'ask_reassign', 'reassign', 'refuse_reassign', 'give_opinion', 'record_talk', 'confirm_talk', 'deny_talk', 'ask_extension', 'allow_extension', 'refuse_extension', 'stop',
  'draft_reply', 'ask_countersign', 'call_countersign', 'countersign', 'object_reply', 'submit_reply', 'return_reply', 'approve_reply', 'release', 'redo', 'track', 'report_progress', 'resolve', 'urge',
] as const;
export type HandlingAction = (typeof handlingActions)[number];

/** 独办, 主办, 会办, 分办. */
export const unitRoles = ['sole', 'lead', 'assist', 'separate'] as const;
export type UnitRole = (typeof unitRoles)[number];
/** The side of a unit: its office hands over, decides on reassignment and extension. */
export const sides = ['party', 'government'] as const;
export type Side = (typeof sides)[number];
export const dispatchOf = (side: Side): PostCode => (side === 'party' ? 'dispatch_party' : 'dispatch_government');

/**
 * `handed`: it exists already. `signed`: the unit has signed for it. `objectable`: the days in which reassignment may be asked for are not over.
 * `askedTalks`: whom a talk that was recorded still waits for; `talks`: how many were recorded that were not denied by all.
 * `urgeAgainOn`: it was urged (催办) and may be again from that day on; null: now.
 * `draft`: how far the reply is written; `assists`: how many units assist; `signedAll`: all of them have countersigned the text as it now stands.
 */
export interface HandlingFacts extends Document<HandlingState> {
  readonly role: UnitRole; readonly side: Side; readonly handed: boolean; readonly signed: boolean; readonly objectable: boolean; readonly reassignAsked: boolean; readonly reassignRefused: boolean;
  readonly extensionAsked: boolean; readonly extended: boolean; readonly atCap: boolean; readonly askedTalks: readonly string[];
  readonly talks: number; readonly draft: 'none' | 'partial' | 'whole'; readonly assists: number; readonly signedAll: boolean; readonly urgeAgainOn: string | null;
}

const ownWork = (doc: HandlingFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能办理自己的提案，请由同事办理' : undefined);
const ofSide = (doc: HandlingFacts, { post }: HeldPost) => post === dispatchOf(doc.side);
const bySide = (doc: HandlingFacts, actor: Actor) => (actor.posts.some((held) => ofSide(doc, held)) ? ownWork(doc, actor) : `由${doc.side === 'party' ? '市委办' : '市政府办'}交办的岗位答复`);
const unasked = (doc: HandlingFacts, actor: Actor) => ownWork(doc, actor) ?? (doc.reassignAsked ? '正在申请改办，请等交办单位答复' : undefined);
const objects = (doc: HandlingFacts, actor: Actor) => unasked(doc, actor) ?? (doc.reassignRefused ? '交办单位已经答复不改办，请按交办办理' : doc.objectable ? undefined : '已经过了申请改办的期限，请按交办办理');
const extends_ = (doc: HandlingFacts, actor: Actor) => unasked(doc, actor) ?? (doc.role === 'assist' ? '会办单位没有答复期限，不用延期' : doc.extensionAsked ? '已经申请延期，请等交办单位答复'
  : doc.extended ? '已经延期过一次，不能再延' : doc.atCap ? '已经到了最长期限，不能再延' : undefined);
const leads = (doc: HandlingFacts, actor: Actor) => unasked(doc, actor) ?? (doc.role === 'assist' ? '会办单位不写答复，请提会办意见或者会签' : undefined);
const calls = (doc: HandlingFacts, actor: Actor) => leads(doc, actor) ?? (doc.assists === 0 ? '没有会办单位，不用会签' : doc.draft === 'none' ? '还没有写答复，写好再送会签' : doc.signedAll ? '会办单位都已经会签现在的答复稿' : undefined);
const submits = (doc: HandlingFacts, actor: Actor) => leads(doc, actor) ?? (doc.extensionAsked ? '正在申请延期，请等交办单位答复' : doc.talks === 0 ? '答复以前至少要面商一次' : doc.draft !== 'whole' ? '答复还没有写全，请对照右边的检查'
  : doc.assists > 0 && !doc.signedAll ? '还有会办单位没有会签现在的答复稿' : undefined);
const asked = (doc: HandlingFacts, actor: Actor) => (selvesOf(actor).some((id) => doc.askedTalks.includes(id)) ? undefined : '没有等您确认的面商记录');
const urgesFor = (doc: HandlingFacts, held: HeldPost) => held.post === 'proposal_office' || ofSide(doc, held);
const urges = (doc: HandlingFacts, actor: Actor) => ownWork(doc, actor) ?? (!actor.posts.some((held) => urgesFor(doc, held)) ? `由提案委或${doc.side === 'party' ? '市委办' : '市政府办'}的岗位催办`
  : doc.state === 'handling' && doc.role !== 'assist' && doc.extensionAsked || doc.state !== 'countersigning' && doc.reassignAsked ? '承办单位的申请还没有答复，请先答复再催' : doc.urgeAgainOn === null ? undefined : `已经催办过，${dateWords(doc.urgeAgainOn, '')}起可以再催`);
const running = ['assigned', 'handling'] as const;
const atWork = ['assigned', 'handling', 'opined', 'countersigning', 'countersigned', 'reply_review', 'ready'] as const;
const talking = ['handling', 'opined', 'countersigning', 'countersigned'] as const;

export const handlingFlow: Flow<HandlingAction, HandlingState, HandlingFacts> = {
  name: '提案办理', initial: 'assigned', states: handlingStates, final: ['solved', 'reassigned', 'stopped'],
  stateWords: handlingStateWords, actionWords: handlingActionWords,
  moves: {
    hand: { from: ['assigned'], to: 'same', by: dispatchPosts, where: 'anywhere', unless: (doc) => (doc.handed ? '已经交办给这个单位' : undefined), tells: ['holder'] },
    sign_for: { from: ['assigned'], to: 'handling', by: unitPosts, where: 'holder', unless: unasked },
    // A unit cannot pass it on by itself: it asks, and the office of its side decides.
    ask_reassign: { from: running, to: 'same', by: unitPosts, where: 'holder', unless: objects, tells: ['holder'] },
    reassign: { from: running, to: 'reassigned', by: dispatchPosts, where: 'anywhere', unless: (doc, actor) => bySide(doc, actor) ?? (doc.reassignAsked ? undefined : '承办单位没有申请改办'), acting: ofSide, tells: ['body'] },
    refuse_reassign: { from: running, to: 'same', by: dispatchPosts, where: 'anywhere', unless: (doc, actor) => bySide(doc, actor) ?? (doc.reassignAsked ? undefined : '承办单位没有申请改办'), acting: ofSide, tells: ['holder'] },
    give_opinion: { from: ['handling', 'opined'], to: 'opined', by: unitPosts, where: 'holder', unless: (doc, actor) => unasked(doc, actor) ?? (doc.role === 'assist' ? undefined : '只有会办单位提会办意见'), tells: ['lead'] },
    record_talk: { from: talking, to: 'same', by: unitPosts, where: 'holder', unless: unasked, tells: ['author'] },
    confirm_talk: { from: [...talking, 'reply_review', 'ready', 'replied'], to: 'same', by: proposerPosts, where: 'own', unless: asked },
    deny_talk: { from: [...talking, 'reply_review', 'ready', 'replied'], to: 'same', by: proposerPosts, where: 'own', unless: asked, tells: ['body'] },
    ask_extension: { from: ['handling'], to: 'same', by: unitPosts, where: 'holder', unless: extends_, tells: ['holder'] },
    allow_extension: { from: ['handling'], to: 'same', by: dispatchPosts, where: 'anywhere', unless: (doc, actor) => bySide(doc, actor) ?? (doc.extensionAsked ? undefined : '承办单位没有申请延期'), acting: ofSide, tells: ['body', 'author'] },
    refuse_extension: { from: ['handling'], to: 'same', by: dispatchPosts, where: 'anywhere', unless: (doc, actor) => bySide(doc, actor) ?? (doc.extensionAsked ? undefined : '承办单位没有申请延期'), acting: ofSide, tells: ['body'] },
    // Its proposal was dropped or taken back.
    stop: { from: atWork, to: 'stopped', by: ['system'], where: 'anywhere', tells: ['body'] },
    // Saved as it is typed, beside the flow; the table says who may.
    draft_reply: { from: ['handling'], to: 'same', by: unitPosts, where: 'holder', unless: leads },
    ask_countersign: { from: ['handling'], to: 'same', by: unitPosts, where: 'holder', unless: calls },
    call_countersign: { from: ['assigned', 'handling', 'opined', 'countersigned'], to: 'countersigning', by: ['system'], where: 'anywhere', tells: ['holder'] },
    countersign: { from: ['countersigning'], to: 'countersigned', by: unitPosts, where: 'holder', unless: ownWork, tells: ['lead'] },
    object_reply: { from: ['countersigning'], to: 'opined', by: unitPosts, where: 'holder', unless: ownWork, tells: ['lead'] },
    submit_reply: { from: ['handling'], to: 'reply_review', by: ['unit_supervisor'], where: 'holder', unless: submits, tells: ['holder'] },
    return_reply: { from: ['reply_review'], to: 'handling', by: dispatchPosts, where: 'anywhere', unless: bySide, acting: ofSide, tells: ['holder'] },
    approve_reply: { from: ['reply_review'], to: 'ready', by: dispatchPosts, where: 'anywhere', unless: bySide, acting: ofSide, tells: ['body'] },
    // Until then no proposer sees a word of it: several cases can be released together (traps, 22).
    release: { from: ['ready'], to: 'replied', by: dispatchPosts, where: 'anywhere', unless: bySide, acting: ofSide, tells: ['author', 'body'] },
    redo: { from: ['replied'], to: 'handling', by: ['system'], where: 'anywhere', tells: ['holder'] },
    track: { from: ['replied'], to: 'tracking', by: ['system'], where: 'anywhere', tells: ['holder'] },
    report_progress: { from: ['tracking'], to: 'same', by: unitPosts, where: 'holder', unless: ownWork, tells: ['author'] },
    // 催办: whoever follows the whole asks the unit that has it to go on; its deadline stays.
    urge: { from: ['assigned', 'handling', 'countersigning'], to: 'same', by: ['proposal_office', ...dispatchPosts], where: 'anywhere', unless: urges, acting: urgesFor, tells: ['body'] },
    resolve: { from: ['tracking'], to: 'solved', by: ['unit_supervisor'], where: 'holder', unless: ownWork, tells: ['author'] },
  },
  duty(doc): Duty | undefined {
    const [office, unit] = [{ kind: 'post' as const, id: dispatchOf(doc.side) }, { kind: 'body' as const, id: doc.committeeId ?? '' }];
    if (doc.reassignAsked && (doc.state === 'assigned' || doc.state === 'handling')) return { holder: office, action: 'decide_reassign', deadline: 'deadline.handling.reassign' };
    switch (doc.state) {
      case 'assigned': return { holder: unit, action: 'sign_for', deadline: 'deadline.handling.sign' };
      case 'handling': return doc.role === 'assist' ? { holder: unit, action: 'give_opinion', deadline: 'deadline.handling.opinion' }
        : doc.extensionAsked ? { holder: office, action: 'decide_extension', deadline: 'deadline.handling.extension' } : { holder: unit, action: 'handle', deadline: 'document' };
      case 'countersigning': return { holder: unit, action: 'countersign', deadline: 'deadline.handling.countersign' };
      case 'reply_review': return { holder: office, action: 'review_reply', deadline: 'deadline.handling.review' };
      case 'ready': return { holder: office, action: 'release', deadline: 'deadline.handling.release' };
      case 'tracking': return { holder: unit, action: 'track', deadline: 'document' };
      case 'opined': case 'countersigned': case 'replied': case 'solved': case 'reassigned': case 'stopped': return undefined;
    }
  },
};

/** One planned part: which unit, in which role. */
export interface PlannedUnit { readonly unitId: string; readonly role: UnitRole }
/** Why these units in these roles make no hand-over (交办); undefined: they do. One alone is 独办; one leads and others assist; or each answers for itself. */
export function planFault(units: readonly PlannedUnit[]): string | undefined {
  const count = (role: UnitRole): number => units.filter((it) => it.role === role).length;
  if (units.length === 0) return '请选择承办单位';
  if (new Set(units.map(({ unitId }) => unitId)).size < units.length) return '同一个单位只能选一次';
  if (count('sole') > 0) return units.length === 1 ? undefined : '独办只能有一个单位，有会办的请选主办';
  if (count('separate') > 0) return count('lead') > 0 ? '分办和主办不能并用' : count('separate') < 2 ? '分办至少两个单位' : undefined;
  return count('lead') === 1 ? count('assist') > 0 ? undefined : '只有一个单位的请选独办' : '主办单位要有一个，也只能有一个';
}
/** Who answers the proposer: everybody but those who assist. */
export const answers = (role: UnitRole): boolean => role !== 'assist';
