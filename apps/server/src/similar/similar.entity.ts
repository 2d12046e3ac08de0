import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The strongest pieces of the last text of a report or a proposal: enough to find it beside another, and no more. Every instance finds by the same rows. */
@Entity('similar_texts')
@Index('similar_texts_kept', ['keptAt', 'id'])
export class SimilarText {
  /** The submission's. */
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'revision_no', type: 'int' }) revisionNo: number;
  @Column({ type: 'json' }) terms: string[];
  @Column({ type: 'json' }) counts: number[];
  @Column({ name: 'kept_at', type: 'datetime', precision: 3 }) keptAt: Date;
}
