import { Controller, Inject } from '@nestjs/common';
import { similar } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { SimilarQueries } from './similar.queries.ts';

type In<K extends keyof typeof similar> = Given<(typeof similar)[K]>;

@Controller()
export class SimilarController {
  constructor(@Inject(SimilarQueries) private readonly queries: SimilarQueries) {}

  @Serves(similar.findSimilar) findSimilar(caller: Caller, input: In<'findSimilar'>) { return this.queries.find(caller, input); }
  @Serves(similar.showSimilar) showSimilar(caller: Caller, { id }: In<'showSimilar'>) { return this.queries.of(caller, id); }
  @Serves(similar.listTopics) listTopics(caller: Caller, input: In<'listTopics'>) { return this.queries.topics(caller, input); }
}
