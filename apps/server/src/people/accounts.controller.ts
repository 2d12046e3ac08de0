import { Controller, Inject } from '@nestjs/common';
import { accounts, setup } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { Settings } from '../platform/settings.ts';
import { AccountsQueries } from './accounts.queries.ts';
import { AccountsService } from './accounts.service.ts';
import { BodiesService } from './bodies.service.ts';
import { PeopleQueries } from './people.queries.ts';
import { SetupService } from './setup.service.ts';

type In<K extends keyof typeof accounts> = Given<(typeof accounts)[K]>;
type InSetup<K extends keyof typeof setup> = Given<(typeof setup)[K]>;

@Controller()
export class AccountsController {
  constructor(
    @Inject(AccountsQueries) private readonly queries: AccountsQueries, @Inject(PeopleQueries) private readonly people: PeopleQueries, @Inject(AccountsService) private readonly service: AccountsService, @Inject(BodiesService) private readonly bodies: BodiesService,
    @Inject(SetupService) private readonly setup: SetupService, @Inject(Settings) private readonly settings: Settings,
  ) {}

  @Serves(accounts.listAccounts) listAccounts(_: Caller, input: In<'listAccounts'>) { return this.queries.list(input); }
  @Serves(accounts.listAccountChoices) listAccountChoices() { return Promise.resolve({ posts: this.people.choices('manage_accounts'), invitationDays: this.settings.get('invitation.days') }); }
  @Serves(accounts.showAccount) showAccount(caller: Caller, { id }: In<'showAccount'>) { return this.queries.show(caller, id); }
  @Serves(accounts.findPeople) findPeople(_: Caller, { query }: In<'findPeople'>) { return this.queries.find(query); }
  @Serves(accounts.createAccount) createAccount(caller: Caller, input: In<'createAccount'>) { return this.service.create(caller, input); }
  @Serves(accounts.editAccount) editAccount(caller: Caller, input: In<'editAccount'>) { return this.service.edit(caller, input); }
  @Serves(accounts.openAccount) openAccount(caller: Caller, input: In<'openAccount'>) { return this.service.open(caller, input); }
  @Serves(accounts.resetPassword) resetPassword(caller: Caller, input: In<'resetPassword'>) { return this.service.reset(caller, input); }
  @Serves(accounts.resetSecondFactor) resetSecondFactor(caller: Caller, input: In<'resetSecondFactor'>) { return this.service.resetSecondFactor(caller, input); }
  @Serves(accounts.disableAccount) disableAccount(caller: Caller, input: In<'disableAccount'>) { return this.service.disable(caller, input); }
  @Serves(accounts.enableAccount) enableAccount(caller: Caller, input: In<'enableAccount'>) { return this.service.enable(caller, input); }
  @Serves(accounts.givePost) givePost(caller: Caller, input: In<'givePost'>) { return this.service.givePost(caller, input); }
  @Serves(accounts.endPost) endPost(caller: Caller, input: In<'endPost'>) { return this.service.endPost(caller, input); }
  @Serves(accounts.beginStandIn) beginStandIn(caller: Caller, input: In<'beginStandIn'>) { return this.service.beginStandIn(caller, input); }
  @Serves(accounts.endStandIn) endStandIn(caller: Caller, input: In<'endStandIn'>) { return this.service.endStandIn(caller, input); }
  @Serves(accounts.inviteAccount) inviteAccount(caller: Caller, input: In<'inviteAccount'>) { return this.service.invite(caller, input); }
  @Serves(accounts.releaseAccount) releaseAccount(caller: Caller, input: In<'releaseAccount'>) { return this.service.release(caller, input); }
  @Serves(accounts.listBodies) listBodies(_: Caller, { kind }: In<'listBodies'>) { return this.bodies.list(kind); }
  @Serves(accounts.addBody) addBody(caller: Caller, input: In<'addBody'>) { return this.bodies.add(caller, input); }
  @Serves(accounts.editBody) editBody(caller: Caller, input: In<'editBody'>) { return this.bodies.edit(caller, input); }
  @Serves(accounts.orderBodies) orderBodies(caller: Caller, input: In<'orderBodies'>) { return this.bodies.order(caller, input); }
  @Serves(accounts.switchBody) switchBody(caller: Caller, input: In<'switchBody'>) { return this.bodies.switch(caller, input); }
  @Serves(accounts.showPowers) showPowers() { return Promise.resolve(this.queries.powers()); }
  @Serves(setup.showSetup) showSetup(caller: Caller) { return this.setup.show(caller); }
  @Serves(setup.saveCity) saveCity(caller: Caller, input: InSetup<'saveCity'>) { return this.setup.saveCity(caller, input); }
  @Serves(setup.saveTerm) saveTerm(caller: Caller, input: InSetup<'saveTerm'>) { return this.setup.saveTerm(caller, input); }
  @Serves(setup.confirmStep) confirmStep(caller: Caller, input: InSetup<'confirmStep'>) { return this.setup.confirm(caller, input); }
  @Serves(setup.finishSetup) finishSetup(caller: Caller) { return this.setup.finish(caller); }
}
