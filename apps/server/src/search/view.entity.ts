import type { SavedView } from '@lvzhi/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A list with its filters under a name, of one person (视图). */
@Entity('saved_views')
@Index('saved_views_name', ['personId', 'page', 'name'], { unique: true })
export class ViewRow {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'varchar', length: 12 }) page: SavedView['page'];
  @Column({ type: 'varchar', length: 40 }) name: string;
  @Column({ type: 'varchar', length: 500 }) query: string;
  @Column({ name: 'kept_at', type: 'datetime', precision: 3 }) keptAt: Date;
}
