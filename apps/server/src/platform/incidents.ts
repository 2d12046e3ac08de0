import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Clock } from './clock.ts';
import { Database } from './database.ts';
import { newId } from './ids.ts';

/** A blocked 涉密 attempt: rule, person and time; never the text (rules: posts, 涉密). */
@Entity('incidents')
export class Incident {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
  @Column({ type: 'varchar', length: 60 }) rules: string;
  @Column({ name: 'happened_at', type: 'datetime', precision: 3 }) happenedAt: Date;
}

@Injectable()
export class Incidents {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock) {}
  async record(caller: Caller, rules: readonly string[]): Promise<void> {
    await this.database.write((manager) => manager.insert(Incident, { id: newId(), personId: caller.personId, rules: [...new Set(rules)].join(), happenedAt: this.clock.now() }));
  }
}
