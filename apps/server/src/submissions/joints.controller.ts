import { Controller, Inject } from '@nestjs/common';
import { joints } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { JointQueries } from './joint.queries.ts';
import { JointsService } from './joints.service.ts';

type In<K extends keyof typeof joints> = Given<(typeof joints)[K]>;

@Controller()
export class JointsController {
  constructor(@Inject(JointsService) private readonly service: JointsService, @Inject(JointQueries) private readonly queries: JointQueries) {}

  @Serves(joints.inviteSigners) inviteSigners(caller: Caller, input: In<'inviteSigners'>) { return this.service.invite(caller, input); }
  @Serves(joints.showJoint) showJoint(caller: Caller, input: In<'showJoint'>) { return this.queries.show(caller, input); }
  @Serves(joints.callOff) callOff(caller: Caller, input: In<'callOff'>) { return this.service.callOff(caller, input); }
  @Serves(joints.listInvitations) listInvitations(caller: Caller, { after, limit }: In<'listInvitations'>) { return this.queries.listInvitations(caller, after, limit); }
  @Serves(joints.showInvitation) showInvitation(caller: Caller, { id }: In<'showInvitation'>) { return this.queries.showInvitation(caller, id); }
  @Serves(joints.cosign) cosign(caller: Caller, input: In<'cosign'>) { return this.service.sign(caller, input); }
  @Serves(joints.declineCosign) declineCosign(caller: Caller, input: In<'declineCosign'>) { return this.service.decline(caller, input); }
  @Serves(joints.takeBackCosign) takeBackCosign(caller: Caller, input: In<'takeBackCosign'>) { return this.service.takeBack(caller, input); }
}
