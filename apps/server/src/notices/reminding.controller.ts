import { Controller, Inject } from '@nestjs/common';
import { reminding } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { RemindingService } from './reminding.service.ts';

@Controller()
export class RemindingController {
  constructor(@Inject(RemindingService) private readonly service: RemindingService) {}
  @Serves(reminding.showMyReminders) showMyReminders(caller: Caller) { return this.service.show(caller); }
  @Serves(reminding.saveMyReminders) saveMyReminders(caller: Caller, input: Given<typeof reminding.saveMyReminders>) { return this.service.save(caller, input); }
  @Serves(reminding.tellConsents) tellConsents(caller: Caller, input: Given<typeof reminding.tellConsents>) { return this.service.tell(caller, input); }
}
