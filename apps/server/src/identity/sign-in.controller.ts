import { Controller, Inject } from '@nestjs/common';
import { signIn } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { Sessions } from '../platform/sessions.ts';
import { DeskAsks } from './desk-asks.service.ts';
import { OwnSignIn } from './own-sign-in.service.ts';
import { SecondFactors } from './second-factors.service.ts';

type In<K extends keyof typeof signIn> = Given<(typeof signIn)[K]>;

@Controller()
export class SignInController {
  constructor(@Inject(OwnSignIn) private readonly own: OwnSignIn, @Inject(SecondFactors) private readonly factors: SecondFactors, @Inject(DeskAsks) private readonly asks: DeskAsks, @Inject(Sessions) private readonly sessions: Sessions) {}

  @Serves(signIn.showSignIn) showSignIn(caller: Caller) { return this.own.show(caller); }
  @Serves(signIn.changePassword) changePassword(caller: Caller, input: In<'changePassword'>) { return this.own.changePassword(caller, input); }
  @Serves(signIn.beginSecondFactor) beginSecondFactor(caller: Caller, input: In<'beginSecondFactor'>) { return this.factors.begin(caller, input); }
  @Serves(signIn.setSecondFactor) setSecondFactor(caller: Caller, input: In<'setSecondFactor'>) { return this.factors.set(caller, input); }
  @Serves(signIn.renewRecoveryCodes) renewRecoveryCodes(caller: Caller, input: In<'renewRecoveryCodes'>) { return this.factors.renewCodes(caller, input); }
  @Serves(signIn.endSecondFactor) endSecondFactor(caller: Caller, input: In<'endSecondFactor'>) { return this.factors.end(caller, input); }
  @Serves(signIn.showSession) showSession(caller: Caller) { return this.sessions.left(caller); }
  @Serves(signIn.lookAtDeskAsk) lookAtDeskAsk(caller: Caller, input: In<'lookAtDeskAsk'>) { return this.asks.look(caller, input); }
  @Serves(signIn.answerDeskAsk) answerDeskAsk(caller: Caller, input: In<'answerDeskAsk'>) { return this.asks.answer(caller, input); }
  @Serves(signIn.listDevices) listDevices(caller: Caller) { return this.own.listDevices(caller); }
  @Serves(signIn.endDevice) endDevice(caller: Caller, input: In<'endDevice'>) { return this.own.endDevice(caller, input); }
  @Serves(signIn.endOtherDevices) endOtherDevices(caller: Caller) { return this.own.endOtherDevices(caller); }
}
