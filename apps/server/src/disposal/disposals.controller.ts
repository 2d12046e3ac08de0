import { Controller, Inject } from '@nestjs/common';
import { disposals } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { DisposalQueries } from './disposal.queries.ts';
import { DisposalsService } from './disposals.service.ts';
import { DraftDisposals } from './drafts.service.ts';

type In<K extends keyof typeof disposals> = Given<(typeof disposals)[K]>;

@Controller()
export class DisposalsController {
  constructor(@Inject(DisposalsService) private readonly service: DisposalsService, @Inject(DraftDisposals) private readonly drafts: DraftDisposals, @Inject(DisposalQueries) private readonly queries: DisposalQueries) {}

  @Serves(disposals.listDisposals) listDisposals(caller: Caller, input: In<'listDisposals'>) { return this.queries.list(caller, input); }
  @Serves(disposals.findDisposable) findDisposable(caller: Caller, input: In<'findDisposable'>) { return this.queries.foresee(caller, input); }
  @Serves(disposals.findDrafts) findDrafts(caller: Caller, input: In<'findDrafts'>) { return this.drafts.find(caller, input); }
  @Serves(disposals.markDraft) markDraft(caller: Caller, input: In<'markDraft'>) { return this.drafts.mark(caller, input); }
  @Serves(disposals.purgeDraft) purgeDraft(caller: Caller, input: In<'purgeDraft'>) { return this.drafts.purge(caller, input); }
  @Serves(disposals.showDisposal) showDisposal(caller: Caller, { id }: In<'showDisposal'>) { return this.service.show(caller, id); }
  @Serves(disposals.markSecret) markSecret(caller: Caller, input: In<'markSecret'>) { return this.service.mark(caller, input); }
  @Serves(disposals.liftDisposal) liftDisposal(caller: Caller, input: In<'liftDisposal'>) { return this.service.lift(caller, input); }
  @Serves(disposals.carryOutDisposal) carryOutDisposal(caller: Caller, input: In<'carryOutDisposal'>) { return this.service.carryOut(caller, input); }
  @Serves(disposals.treatBackup) treatBackup(caller: Caller, input: In<'treatBackup'>) { return this.service.treat(caller, input); }
}
