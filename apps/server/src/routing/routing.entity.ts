import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** `confirmed`: the committee kept it; `assigned`: triage gave it; `corrected`: a person chose otherwise than the router; `recalled`: taken back, nobody knows yet whose it is. */
type ExampleKind = 'confirmed' | 'assigned' | 'corrected' | 'recalled';

/** A person's word on where a text belongs, beside the router's. Of one submission the last one counts. */
@Entity('routing_examples')
@Index('routing_examples_time', ['decidedAt', 'moveId'])
@Index('routing_examples_submission', ['submissionId'])
export class RoutingExample {
  @PrimaryColumn({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @Column({ name: 'revision_no', type: 'int' }) revisionNo: number;
  @Column({ name: 'committee_id', type: 'varchar', length: 40, nullable: true }) committeeId: string | null;
  /** The router's first candidate, and how sure it was (0…100); `sent`: it went there without a person. */
  @Column({ name: 'said_id', type: 'varchar', length: 40, nullable: true }) saidId: string | null;
  @Column({ type: 'varchar', length: 12 }) kind: ExampleKind;
  @Column({ type: 'int' }) confidence: number;
  @Column({ type: 'int' }) sent: number;
  /** Version of all that took part in the decision. */
  @Column({ type: 'varchar', length: 80 }) model: string;
  @Column({ name: 'decided_at', type: 'datetime', precision: 3 }) decidedAt: Date;
}

/** What cross-validation said: shares 0…1; `before` is the shipped knowledge alone, `inForce` what was in force, both on the same texts. */
export interface ModelFigures { readonly accuracy: number; readonly before: number; readonly inForce: number | null; readonly loss: number; readonly lossBefore: number; readonly coverage: number; readonly precision: number; readonly threshold: number | null; readonly trust: number; readonly temperature: number; readonly milliseconds: number; readonly reason: string }
/** The learnt weights: committees, then one line a word, `词 w1 w2 …`; and the words that were struck when it learnt. */
interface ModelWords { readonly committees: readonly string[]; readonly lines: readonly string[]; readonly struck: readonly string[] }

/** One attempt to learn. The last one that was taken is in force, on every instance. */
@Entity('routing_models')
@Index('routing_models_version', ['versionNo'], { unique: true })
export class RoutingModelRow {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'version_no', type: 'int' }) versionNo: number;
  @Column({ type: 'varchar', length: 8 }) state: 'taken' | 'refused';
  @Column({ name: 'made_at', type: 'datetime', precision: 3 }) madeAt: Date;
  @Column({ name: 'example_count', type: 'int' }) exampleCount: number;
  /** The newest example that it learnt from. */
  @Column({ name: 'last_move_id', type: 'varchar', length: 20 }) lastMoveId: string;
  @Column({ type: 'json' }) figures: ModelFigures;
  @Column({ type: 'json' }) words: ModelWords;
}

/** A word that the office does not want routing to learn from. */
@Entity('routing_strikes')
export class RoutingStrike {
  @PrimaryColumn({ type: 'varchar', length: 40 }) word: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ name: 'struck_at', type: 'datetime', precision: 3 }) struckAt: Date;
}
