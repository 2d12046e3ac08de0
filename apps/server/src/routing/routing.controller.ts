import { Controller, Inject } from '@nestjs/common';
import { routing } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { RoutingQualityQueries } from './quality.queries.ts';
import { WordsService } from './words.service.ts';

type In<K extends keyof typeof routing> = Given<(typeof routing)[K]>;

@Controller()
export class RoutingController {
  constructor(@Inject(RoutingQualityQueries) private readonly queries: RoutingQualityQueries, @Inject(WordsService) private readonly words: WordsService) {}

  @Serves(routing.showRoutingQuality) showRoutingQuality() { return this.queries.show(); }
  @Serves(routing.strikeWord) strikeWord(caller: Caller, { word }: In<'strikeWord'>) { return this.words.strike(caller, word); }
  @Serves(routing.restoreWord) restoreWord(caller: Caller, { word }: In<'restoreWord'>) { return this.words.restore(caller, word); }
}
