import { Inject, Injectable } from '@nestjs/common';
import type { Caller, RoutingQuality } from '@lvzhi/contracts';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Jobs } from '../platform/jobs.ts';
import { Marks, moveMark } from '../platform/marks.ts';
import { badField, refuse } from '../platform/refusals.ts';
import { RoutingKnowledge, routingMark } from './knowledge.queries.ts';
import { learningJob } from './lessons.queries.ts';
import { RoutingQualityQueries } from './quality.queries.ts';
import { RoutingStrike } from './routing.entity.ts';

/** Words that the office does not want routing to go by: struck at once everywhere, and learnt without from then on. */
@Injectable()
export class WordsService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Audit) private readonly audit: Audit, @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Marks) private readonly marks: Marks, @Inject(RoutingKnowledge) private readonly knowledge: RoutingKnowledge, @Inject(RoutingQualityQueries) private readonly queries: RoutingQualityQueries,
  ) {}

  async strike({ personId, surface }: Caller, word: string): Promise<RoutingQuality> {
    const { now, struck } = this.knowledge;
    if (!struck.has(word)) {
      const known = [...now.local?.rows.keys() ?? [], ...now.model?.rows.keys() ?? []].some((row) => row.includes(word));
      if (!known || [...word].length < 2) badField({ word: '这不是分办学到的词，请从列表里选择' });
      await this.database.write(async (manager) => {
        await manager.createQueryBuilder().insert().into(RoutingStrike).orIgnore().values({ word, personId, struckAt: this.clock.now() }).execute();
        await this.changed(manager);
        await this.audit.record({ personId, surface }, 'routing.struck', null, { word });
      });
      await this.marks.look(false);
    }
    return this.queries.show();
  }

  async restore({ personId, surface }: Caller, word: string): Promise<RoutingQuality> {
    await this.database.write(async (manager) => {
      if ((await manager.delete(RoutingStrike, { word })).affected !== 1) refuse('restore_word', '这个词没有被划掉，或者别人刚恢复过');
      await this.changed(manager);
      await this.audit.record({ personId, surface }, 'routing.restored', null, { word });
    });
    await this.marks.look(false);
    return this.queries.show();
  }

  private async changed(manager: Parameters<typeof moveMark>[0]): Promise<void> {
    await moveMark(manager, routingMark);
    await this.jobs.hasten(manager, learningJob);
  }
}
