import { Controller, Inject } from '@nestjs/common';
import { publications } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { PublicationQueries } from './publication.queries.ts';
import { PublicationService } from './publication.service.ts';

const p = publications;
type In<K extends keyof typeof publications> = Given<(typeof publications)[K]>;

@Controller()
export class PublicationController {
  constructor(@Inject(PublicationService) private readonly service: PublicationService, @Inject(PublicationQueries) private readonly queries: PublicationQueries) {}

  @Serves(p.listPublic) publicList(_caller: unknown, input: In<'listPublic'>) { return this.queries.publicList(input); }
  @Serves(p.showPublic) publicOne(_caller: unknown, { id }: In<'showPublic'>) { return this.queries.publicOne(id); }
  @Serves(p.listPublications) list(_caller: Caller, input: In<'listPublications'>) { return this.queries.list(input); }
  @Serves(p.showPublication) show(caller: Caller, { id }: In<'showPublication'>) { return this.queries.show(caller, id); }
  @Serves(p.askPublication) ask(caller: Caller, input: In<'askPublication'>) { return this.service.ask(caller, input); }
  @Serves(p.publish) publish(caller: Caller, input: In<'publish'>) { return this.service.publish(caller, input); }
  @Serves(p.refreshPublication) refresh(caller: Caller, input: In<'refreshPublication'>) { return this.service.refresh(caller, input); }
  @Serves(p.withdrawPublication) withdraw(caller: Caller, input: In<'withdrawPublication'>) { return this.service.withdraw(caller, input); }
  @Serves(p.showOwnPublication) own(caller: Caller, { id }: In<'showOwnPublication'>) { return this.queries.own(caller, id); }
  @Serves(p.agreePublication) agree(caller: Caller, input: In<'agreePublication'>) { return this.service.agree(caller, input); }
  @Serves(p.refusePublication) refuse(caller: Caller, input: In<'refusePublication'>) { return this.service.refuse(caller, input); }
  @Serves(p.takeBackConsent) takeBack(caller: Caller, input: In<'takeBackConsent'>) { return this.service.takeBack(caller, input); }
}
