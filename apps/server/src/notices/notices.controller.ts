import { Controller, Inject } from '@nestjs/common';
import { notices } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { NoticesService } from './notices.service.ts';

@Controller()
export class NoticesController {
  constructor(@Inject(NoticesService) private readonly service: NoticesService) {}
  @Serves(notices.listNotices) listNotices(caller: Caller, input: Given<typeof notices.listNotices>) { return this.service.list(caller, input); }
  @Serves(notices.readAllNotices) readAllNotices(caller: Caller) { return this.service.readAll(caller); }
  @Serves(notices.readAbout) readAbout(caller: Caller, { id }: Given<typeof notices.readAbout>) { return this.service.readAbout(caller, id); }
  @Serves(notices.readNotice) readNotice(caller: Caller, { id }: Given<typeof notices.readNotice>) { return this.service.read(caller, id); }
}
