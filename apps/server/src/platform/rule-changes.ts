import type { Explanation } from '@lvzhi/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { DocumentKind } from '@lvzhi/domain';
import { addRows } from './rows.ts';

/**
 * One change of a setting of a term, or of a year of the calendar (`calendar.2027`, of every term). The seeds stay as they were loaded; what holds on
 * a day is the last change that has begun by then. Rows are added; the only thing that happens to one is that it is taken back before it begins.
 */
@Entity('rule_changes')
@Index('rule_changes_rule', ['name', 'madeAt', 'id'])
@Index('rule_changes_made', ['madeAt', 'id'])
@Index('rule_changes_seq', ['seqNo'], { unique: true })
@Index('rule_changes_request', ['byId', 'requestKey'], { unique: true })
export class RuleChange {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  /** 1, 2, 3 … in the order in which changes were made, whatever the clocks of the instances say. */
  @Column({ name: 'seq_no', type: 'int' }) seqNo: number;
  @Column({ name: 'term_id', type: 'varchar', length: 20 }) termId: string;
  @Column({ type: 'varchar', length: 60 }) name: string;
  /** What held on that day before. */
  @Column({ name: 'value_before', type: 'json' }) before: { readonly it: unknown };
  @Column({ name: 'value_after', type: 'json' }) after: { readonly it: unknown };
  /** A day of Shanghai: from its beginning, or, where it is the day of the change, from that moment on. */
  @Column({ name: 'effective_on', type: 'varchar', length: 10 }) effectiveOn: string;
  @Column({ name: 'made_at', type: 'datetime', precision: 3 }) madeAt: Date;
  @Column({ name: 'by_id', type: 'varchar', length: 20 }) byId: string;
  @Column({ type: 'varchar', length: 24 }) post: string;
  @Column({ type: 'varchar', length: 400 }) why: string;
  @Column({ name: 'request_key', type: 'varchar', length: 64, nullable: true }) requestKey: string | null;
  /** How many running deadlines it moved; only a change of the calendar moves any. */
  @Column({ type: 'int' }) redated: number;
  @Column({ name: 'taken_back_at', type: 'datetime', precision: 3, nullable: true }) takenBackAt: Date | null;
  @Column({ name: 'taken_back_by', type: 'varchar', length: 20, nullable: true }) takenBackBy: string | null;
}

/** A running deadline that a change of the calendar moved. */
@Entity('redated_deadlines')
export class RedatedDeadline {
  @PrimaryColumn({ name: 'change_id', type: 'varchar', length: 20 }) changeId: string;
  @PrimaryColumn({ name: 'seq_no', type: 'int' }) seqNo: number;
  @Column({ name: 'assignment_id', type: 'varchar', length: 20 }) assignmentId: string;
  @Column({ name: 'doc_kind', type: 'varchar', length: 12 }) docKind: DocumentKind;
  @Column({ name: 'doc_id', type: 'varchar', length: 20 }) docId: string;
  /** What people call the document: its number, never its title. */
  @Column({ type: 'varchar', length: 60 }) number: string;
  @Column({ type: 'varchar', length: 20 }) action: string;
  @Column({ name: 'due_before', type: 'datetime', precision: 3 }) dueBefore: Date;
  @Column({ name: 'due_after', type: 'datetime', precision: 3 }) dueAfter: Date;
  @Column({ type: 'json' }) explanation: Explanation;
}

/** The calendar is of every term. */
export const everyTerm = '*';
/** In the order in which they begin; of those that begin on one day, the one made last holds. */
export const inOrder = (a: RuleChange, b: RuleChange): number => (a.effectiveOn === b.effectiveOn ? a.seqNo - b.seqNo : a.effectiveOn < b.effectiveOn ? -1 : 1);

type NewChange = Omit<RuleChange, 'seqNo' | 'takenBackAt' | 'takenBackBy' | 'before' | 'after'> & { readonly before: unknown; readonly after: unknown };
/** Only where the mark `settings` was moved first: that lets one come after the other. */
export async function addChange(manager: EntityManager, { before, after, ...change }: NewChange): Promise<void> {
  const [last]: { seq: number | null }[] = await manager.query('SELECT MAX(seq_no) AS seq FROM rule_changes');
  await addRows(manager, RuleChange, [{ ...change, seqNo: Number(last?.seq ?? 0) + 1, before: { it: before }, after: { it: after }, takenBackAt: null, takenBackBy: null }]);
}
