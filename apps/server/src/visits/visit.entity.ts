import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { VisitState } from '@lvzhi/domain';

/** 走访: one member's appointment, from its notice to 已走访 or 已取消. Those arranged together share a batch. */
@Entity('visits')
@Index('visits_request', ['byId', 'requestKey', 'memberId'], { unique: true })
@Index('visits_open', ['openFor'], { unique: true })
@Index('visits_member', ['memberId'])
@Index('visits_batch', ['batchId'])
@Index('visits_time', ['startsAt', 'id'])
@Index('visits_state', ['state', 'startsAt', 'id'])
export class Visit {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'batch_id', type: 'varchar', length: 20 }) batchId: string;
  @Column({ name: 'member_id', type: 'varchar', length: 20 }) memberId: string;
  /** The member while the appointment is open, null after: nobody has two open ones, however many desks arrange at once. */
  @Column({ name: 'open_for', type: 'varchar', length: 20, nullable: true }) openFor: string | null;
  @Column({ type: 'varchar', length: 24 }) state: VisitState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ name: 'starts_at', type: 'datetime', precision: 3 }) startsAt: Date;
  @Column({ type: 'int' }) minutes: number;
  /** A code of the setting visit.forms. */
  @Column({ type: 'varchar', length: 24 }) form: string;
  /** Empty for a video visit that has no room. */
  @Column({ type: 'varchar', length: 200 }) place: string;
  @Column({ name: 'video_link', type: 'varchar', length: 400, nullable: true }) videoLink: string | null;
  @Column({ type: 'json' }) topics: string[];
  @Column({ name: 'reply_by', type: 'datetime', precision: 3 }) replyBy: Date;
  @Column({ name: 'leader_ids', type: 'json' }) leaderIds: string[];
  /** What the member asks for instead; `proposedForm` null: in the form that was arranged. */
  @Column({ name: 'proposed_at', type: 'datetime', precision: 3, nullable: true }) proposedAt: Date | null;
  @Column({ name: 'proposed_form', type: 'varchar', length: 24, nullable: true }) proposedForm: string | null;
  @Column({ name: 'proposed_note', type: 'text', nullable: true }) proposedNote: string | null;
  /** Who arranged it, and the key of that request: sent again, it is the same batch. */
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ name: 'request_key', type: 'varchar', length: 64 }) requestKey: string;
  @Column({ name: 'created_at', type: 'datetime', precision: 3 }) createdAt: Date;
  @Column({ name: 'changed_at', type: 'datetime', precision: 3 }) changedAt: Date;
}

/** Who visits: the same people as `leaderIds`, for lists of one leader's visits. */
@Entity('visit_leaders')
@Index('visit_leaders_person', ['personId', 'visitId'])
export class VisitLeader {
  @PrimaryColumn({ name: 'visit_id', type: 'varchar', length: 20 }) visitId: string;
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
}

/** The texts of an appointment that moves change. The journal holds none of them. */
export interface VisitTexts { readonly place: string; readonly videoLink: string | null; readonly proposedNote: string | null }

/** What a move wrote beside the visit: its words, the texts as they were before it, and the notices that it answered. */
@Entity('visit_notes')
@Index('visit_notes_visit', ['visitId'])
export class VisitNote {
  @PrimaryColumn({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ name: 'visit_id', type: 'varchar', length: 20 }) visitId: string;
  @Column({ type: 'text' }) note: string;
  @Column({ name: 'texts_before', type: 'json', nullable: true }) textsBefore: VisitTexts | null;
  @Column({ name: 'answered_ids', type: 'json' }) answeredIds: string[];
  /** Undone with its move. */
  @Column({ name: 'is_void', type: 'int' }) isVoid: number;
}
