import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Allowance, Closure, Explanation, HandlingState, Side, UnitRole } from '@lvzhi/domain';

/** 办理: one unit's part in a proposal that was handed over. */
@Entity('handlings')
@Index('handlings_proposal', ['proposalId'])
@Index('handlings_unit', ['unitId', 'dueAt', 'id'])
@Index('handlings_side', ['side', 'dueAt', 'id'])
@Index('handlings_due', ['dueAt', 'id'])
export class Handling {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'proposal_id', type: 'varchar', length: 20 }) proposalId: string;
  @Column({ name: 'unit_id', type: 'varchar', length: 40 }) unitId: string;
  /** The proposer: the first one, of several. */
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  @Column({ type: 'varchar', length: 12 }) role: UnitRole;
  @Column({ type: 'varchar', length: 12 }) side: Side;
  @Column({ type: 'varchar', length: 24 }) state: HandlingState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ name: 'assigned_at', type: 'datetime', precision: 3 }) assignedAt: Date;
  @Column({ name: 'signed_at', type: 'datetime', precision: 3, nullable: true }) signedAt: Date | null;
  /** Until when the proposer is answered, how that was reckoned, and the case's own limit. */
  @Column({ name: 'due_at', type: 'datetime', precision: 3 }) dueAt: Date;
  @Column({ type: 'json' }) reckoned: Explanation;
  @Column({ name: 'cap_at', type: 'datetime', precision: 3 }) capAt: Date;
  /** The rules of the day on which it was handed over: a later rule moves nothing, a changed calendar does. */
  @Column({ type: 'json' }) allowed: { readonly object: Allowance; readonly talk: Allowance };
  @Column({ name: 'reassign_asked', type: 'int' }) reassignAsked: number;
  @Column({ name: 'reassign_refused', type: 'int' }) reassignRefused: number;
  @Column({ name: 'extension_asked', type: 'int' }) extensionAsked: number;
  @Column({ type: 'int' }) extended: number;
  /** Which answer this is: 1, and 2 after a proposer was not satisfied. */
  @Column({ type: 'int', default: 1 }) round: number;
  /** Of an assisting unit: the text that it countersigned. */
  @Column({ name: 'countersigned_no', type: 'int', nullable: true }) countersignedNo: number | null;
  @Column({ name: 'replied_at', type: 'datetime', precision: 3, nullable: true }) repliedAt: Date | null;
  /** 催办: when last, and from which day on it may be urged again, by the rule of that day. */
  @Column({ name: 'urged_at', type: 'datetime', precision: 3, nullable: true }) urgedAt: Date | null;
  @Column({ name: 'urge_again_on', type: 'varchar', length: 10, nullable: true }) urgeAgainOn: string | null;
  @Column({ name: 'changed_at', type: 'datetime', precision: 3 }) changedAt: Date;
  /** Whether 涉密处置 has closed it. */
  @Column({ type: 'varchar', length: 8, default: 'open' }) closure: Closure;
}

export type HandlingNoteKind = 'ask_reassign' | 'reassign' | 'refuse_reassign' | 'give_opinion' | 'deny_talk' | 'ask_extension' | 'allow_extension' | 'refuse_extension' | 'countersign' | 'object_reply' | 'return_reply' | 'approve_reply' | 'report_progress' | 'resolve' | 'urge';
/** What somebody wrote in a move of a unit's part; `unitId`: the unit that it names (a suggested or a new one). */
@Entity('handling_notes')
@Index('handling_notes_handling', ['handlingId'])
export class HandlingNote {
  @PrimaryColumn({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ name: 'handling_id', type: 'varchar', length: 20 }) handlingId: string;
  @Column({ type: 'varchar', length: 20 }) kind: HandlingNoteKind;
  @Column({ type: 'text' }) note: string;
  @Column({ name: 'unit_id', type: 'varchar', length: 40, nullable: true }) unitId: string | null;
  @Column({ name: 'is_void', type: 'int' }) isVoid: number;
}

/** 面商: a unit's talk with the proposers, as the unit recorded it. */
@Entity('talks')
@Index('talks_handling', ['handlingId'])
@Index('talks_proposal', ['proposalId'])
export class Talk {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'handling_id', type: 'varchar', length: 20 }) handlingId: string;
  @Column({ name: 'proposal_id', type: 'varchar', length: 20 }) proposalId: string;
  @Column({ name: 'unit_id', type: 'varchar', length: 40 }) unitId: string;
  @Column({ name: 'talked_on', type: 'varchar', length: 10 }) talkedOn: string;
  @Column({ type: 'varchar', length: 24 }) form: string;
  @Column({ type: 'varchar', length: 200 }) people: string;
  @Column({ type: 'text' }) gist: string;
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ name: 'recorded_at', type: 'datetime', precision: 3 }) recordedAt: Date;
}

/** What each proposer says of it: nothing yet, that it was so, or that it was not. */
@Entity('talk_answers')
@Index('talk_answers_handling', ['handlingId', 'answer'])
export class TalkAnswer {
  @PrimaryColumn({ name: 'talk_id', type: 'varchar', length: 20 }) talkId: string;
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ name: 'handling_id', type: 'varchar', length: 20 }) handlingId: string;
  @Column({ type: 'varchar', length: 12 }) answer: 'asked' | 'confirmed' | 'denied';
  @Column({ type: 'text' }) note: string;
  @Column({ name: 'answered_at', type: 'datetime', precision: 3, nullable: true }) answeredAt: Date | null;
}
