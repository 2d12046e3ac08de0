import { committeePosts } from '../actor.ts';
import type { Actor, HeldPost } from '../actor.ts';
import { supervisionActionWords, supervisionStateWords } from '../words.ts';
import { isOneOfTheirs } from '../workflow.ts';
import type { Document, Duty, Flow } from '../workflow.ts';

/** 督办 of a key proposal (重点提案), from its nomination to its end (rules: duty-rules §1.10). For the flow its author is the proposer, its committee the supporting one, its co-committees the units that answer. */
export const supervisionStates = ['proposed', 'decided', 'running', 'reported', 'closed', 'declined', 'cancelled'] as const;
export type SupervisionState = (typeof supervisionStates)[number];
export const supervisionActions = ['nominate', 'make_key', 'decline_key', 'begin_supervision', 'record_event', 'ask_demand', 'call_appraisal', 'close_appraisal', 'report_supervision', 'return_report', 'close_supervision', 'cancel_key'] as const;
export type SupervisionAction = (typeof supervisionActions)[number];

/** Who may be named as the one that decides on key proposals (主席会议审议确定): a setting, kept with each. */
export const keyDeciders = ['chair', 'secretary_general', 'proposal_office'] as const;
export type KeyDecider = (typeof keyDeciders)[number];

/** `begun`: it exists already. `appraising`: its form is 评议督办. `appraisal`: whether members were asked, and whether that is over. `openDemands`: how many demands are not settled. */
export interface SupervisionFacts extends Document<SupervisionState> { readonly begun: boolean; readonly decider: KeyDecider; readonly appraising: boolean; readonly appraisal: 'none' | 'open' | 'over'; readonly openDemands: number }

const ownWork = (doc: SupervisionFacts, actor: Actor) => (isOneOfTheirs(doc, actor) ? '不能督办自己的提案，请由他人办理' : undefined);
const decides = ({ decider }: SupervisionFacts, { post }: HeldPost) => post === decider;
const byDecider = (doc: SupervisionFacts, actor: Actor) => (actor.posts.some((held) => decides(doc, held)) ? ownWork(doc, actor) : '由主席会议确定，请由记录决定的岗位办理');
/** The supporting committee, or 提案委 for it. */
const conducts = (doc: Document<string>, { post, bodyId }: HeldPost) => post === 'proposal_office' || bodyId === doc.committeeId && committeePosts.some((it) => it === post);
const byConductor = (doc: SupervisionFacts, actor: Actor) => (actor.posts.some((held) => conducts(doc, held)) ? ownWork(doc, actor) : '由牵头的专委会或者提案委督办');
const office = ['proposal_office'] as const;
const conductors = [...committeePosts, 'proposal_office'] as const;
const nominators = ['committee_head', 'committee_vice_head', 'proposal_office'] as const;
const ready = (doc: SupervisionFacts, actor: Actor) => byConductor(doc, actor) ?? (doc.openDemands > 0 ? '还有提出的要求没有办结，办结以后再报告' : doc.appraisal === 'open' ? '评议还没有结束，结束以后再报告' : undefined);

export const supervisionFlow: Flow<SupervisionAction, SupervisionState, SupervisionFacts> = {
  name: '提案督办', initial: 'proposed', states: supervisionStates, final: ['closed', 'declined', 'cancelled'],
  stateWords: supervisionStateWords, actionWords: supervisionActionWords,
  moves: {
    nominate: { from: ['proposed'], to: 'same', by: nominators, where: 'anywhere', unless: (doc, actor) => (doc.begun ? '已经提名' : ownWork(doc, actor)), tells: ['holder'] },
    make_key: { from: ['proposed'], to: 'decided', by: keyDeciders, where: 'anywhere', unless: byDecider, acting: decides, tells: ['author', 'holder'], credits: 'proposal.key' },
    decline_key: { from: ['proposed'], to: 'declined', by: keyDeciders, where: 'anywhere', unless: byDecider, acting: decides, tells: ['clerk'] },
    begin_supervision: { from: ['decided'], to: 'running', by: conductors, where: 'anywhere', unless: byConductor, acting: conducts, tells: ['author'] },
    record_event: { from: ['running'], to: 'same', by: conductors, where: 'anywhere', unless: byConductor, acting: conducts, tells: ['author'] },
    // The demand itself is the unit's own document (demand.flow.ts).
    ask_demand: { from: ['running'], to: 'same', by: conductors, where: 'anywhere', unless: byConductor, acting: conducts },
    // Invited members each answer a document of their own; what they gave stays hidden until this is over.
    call_appraisal: { from: ['running'], to: 'same', by: conductors, where: 'anywhere', acting: conducts, unless: (doc, actor) => byConductor(doc, actor) ?? (!doc.appraising ? '只有评议督办才请委员评议' : doc.appraisal === 'none' ? undefined : '已经请过委员评议') },
    close_appraisal: { from: ['running'], to: 'same', by: conductors, where: 'anywhere', acting: conducts, unless: (doc, actor) => byConductor(doc, actor) ?? (doc.appraisal === 'open' ? undefined : '没有正在进行的评议') },
    report_supervision: { from: ['running'], to: 'reported', by: conductors, where: 'anywhere', unless: ready, acting: conducts, tells: ['holder'] },
    return_report: { from: ['reported'], to: 'running', by: office, where: 'anywhere', unless: ownWork, tells: ['holder'] },
    close_supervision: { from: ['reported'], to: 'closed', by: office, where: 'anywhere', unless: ownWork, tells: ['author'] },
    cancel_key: { from: ['decided', 'running', 'reported'], to: 'cancelled', by: keyDeciders, where: 'anywhere', unless: byDecider, acting: decides, tells: ['author'], voids: ['proposal.key'] },
  },
  duty(doc): Duty | undefined {
    const committee = { kind: 'body' as const, id: doc.committeeId ?? '' };
    switch (doc.state) {
      case 'proposed': return { holder: { kind: 'post', id: doc.decider }, action: 'decide_key', deadline: 'deadline.supervision.decide' };
      case 'decided': return { holder: committee, action: 'plan_supervision', deadline: 'deadline.supervision.plan' };
      case 'running': return { holder: committee, action: 'supervise', deadline: 'document' };
      case 'reported': return { holder: { kind: 'post', id: 'proposal_office' }, action: 'end_supervision', deadline: 'deadline.supervision.close' };
      case 'closed': case 'declined': case 'cancelled': return undefined;
    }
  },
};
