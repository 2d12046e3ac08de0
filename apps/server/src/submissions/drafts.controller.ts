import { Controller, Inject } from '@nestjs/common';
import { drafts } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { DraftsService } from './drafts.service.ts';

type In<K extends keyof typeof drafts> = Given<(typeof drafts)[K]>;

@Controller()
export class DraftsController {
  constructor(@Inject(DraftsService) private readonly service: DraftsService) {}

  @Serves(drafts.listDrafts) listDrafts(caller: Caller) { return this.service.list(caller); }
  @Serves(drafts.showDraft) showDraft(caller: Caller, { id }: In<'showDraft'>) { return this.service.show(caller, id); }
  @Serves(drafts.keepDraft) keepDraft(caller: Caller, input: In<'keepDraft'>) { return this.service.keep(caller, input); }
  @Serves(drafts.removeDraft) removeDraft(caller: Caller, { id }: In<'removeDraft'>) { return this.service.remove(caller, id); }
}
