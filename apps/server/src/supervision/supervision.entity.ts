import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BallotState, DemandState, KeyDecider, SupervisionState } from '@lvzhi/domain';

/** 评议: what is asked, as it was when it was asked. */
export interface Questions { readonly items: readonly { readonly code: string; readonly name: string }[]; readonly most: number }

/** 督办 of one key proposal. `openProposalId`: the proposal while this counts, so that there is one at a time; null once it was declined or cancelled. */
@Entity('supervisions')
@Index('supervisions_once', ['openProposalId'], { unique: true })
@Index('supervisions_proposal', ['proposalId'])
@Index('supervisions_list', ['nominatedAt', 'id'])
export class Supervision {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'proposal_id', type: 'varchar', length: 20 }) proposalId: string;
  @Column({ name: 'open_proposal_id', type: 'varchar', length: 20, nullable: true }) openProposalId: string | null;
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  @Column({ name: 'committee_id', type: 'varchar', length: 40, nullable: true }) committeeId: string | null;
  @Column({ name: 'nominated_by', type: 'varchar', length: 20 }) nominatedBy: string;
  @Column({ name: 'nominated_body', type: 'varchar', length: 40 }) nominatedBody: string;
  @Column({ type: 'text' }) reason: string;
  /** Who decides, as the setting was when it was nominated. */
  @Column({ type: 'varchar', length: 24 }) decider: KeyDecider;
  @Column({ type: 'varchar', length: 24 }) state: SupervisionState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ type: 'varchar', length: 24, nullable: true }) form: string | null;
  @Column({ name: 'leader_id', type: 'varchar', length: 20, nullable: true }) leaderId: string | null;
  @Column({ type: 'varchar', length: 200 }) meeting: string;
  @Column({ type: 'text' }) plan: string;
  @Column({ name: 'due_on', type: 'varchar', length: 10, nullable: true }) dueOn: string | null;
  @Column({ type: 'text' }) report: string;
  @Column({ type: 'varchar', length: 8 }) appraisal: 'none' | 'open' | 'over';
  @Column({ name: 'appraisal_due', type: 'varchar', length: 10, nullable: true }) appraisalDue: string | null;
  @Column({ type: 'json' }) questions: Questions;
  @Column({ name: 'nominated_at', type: 'datetime', precision: 3 }) nominatedAt: Date;
  @Column({ name: 'changed_at', type: 'datetime', precision: 3 }) changedAt: Date;
}

/** What was done: when, where, with whom, what, and what was found. */
@Entity('supervision_events')
@Index('supervision_events_of', ['supervisionId'])
export class SupervisionEvent {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'supervision_id', type: 'varchar', length: 20 }) supervisionId: string;
  @Column({ name: 'held_on', type: 'varchar', length: 10 }) heldOn: string;
  @Column({ type: 'varchar', length: 60 }) place: string;
  @Column({ type: 'varchar', length: 200 }) people: string;
  @Column({ type: 'text' }) what: string;
  @Column({ type: 'text' }) findings: string;
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ name: 'recorded_at', type: 'datetime', precision: 3 }) recordedAt: Date;
}

/** A reason that somebody wrote in a move. */
@Entity('supervision_notes')
@Index('supervision_notes_of', ['supervisionId'])
export class SupervisionNote {
  @PrimaryColumn({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ name: 'supervision_id', type: 'varchar', length: 20 }) supervisionId: string;
  @Column({ type: 'text' }) note: string;
}

/** What is demanded of one unit, and what it answered. `note`: why it must answer again. */
@Entity('demands')
@Index('demands_of', ['supervisionId'])
export class Demand {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'supervision_id', type: 'varchar', length: 20 }) supervisionId: string;
  @Column({ name: 'proposal_id', type: 'varchar', length: 20 }) proposalId: string;
  @Column({ name: 'unit_id', type: 'varchar', length: 40 }) unitId: string;
  @Column({ name: 'committee_id', type: 'varchar', length: 40 }) committeeId: string;
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  @Column({ type: 'varchar', length: 24 }) state: DemandState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ type: 'text' }) demand: string;
  @Column({ type: 'text' }) answer: string;
  @Column({ type: 'text' }) note: string;
  @Column({ name: 'due_on', type: 'varchar', length: 10 }) dueOn: string;
  @Column({ name: 'made_at', type: 'datetime', precision: 3 }) madeAt: Date;
  @Column({ name: 'answered_at', type: 'datetime', precision: 3, nullable: true }) answeredAt: Date | null;
}

/** 评议 by one invited member: a score an item. */
@Entity('ballots')
@Index('ballots_once', ['supervisionId', 'authorId'], { unique: true })
export class Ballot {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'supervision_id', type: 'varchar', length: 20 }) supervisionId: string;
  @Column({ name: 'proposal_id', type: 'varchar', length: 20 }) proposalId: string;
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  @Column({ type: 'varchar', length: 24 }) state: BallotState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ type: 'json' }) scores: Readonly<Record<string, number>>;
  @Column({ type: 'text' }) note: string;
  @Column({ name: 'due_on', type: 'varchar', length: 10 }) dueOn: string;
  @Column({ name: 'invited_at', type: 'datetime', precision: 3 }) invitedAt: Date;
  @Column({ name: 'given_at', type: 'datetime', precision: 3, nullable: true }) givenAt: Date | null;
}
