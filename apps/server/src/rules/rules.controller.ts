import { Controller, HttpCode, HttpException, Inject, Param, Post, Req } from '@nestjs/common';
import { complaints, rules } from '@lvzhi/contracts';
import type { Caller, Given, HolidayReading, Refusal } from '@lvzhi/contracts';
import { badField } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { NotAnUpload, readUpload } from '../platform/uploads.ts';
import { CalendarService } from './calendar.service.ts';
import { RulesQueries } from './rules.queries.ts';
import { RulesService } from './rules.service.ts';

type In<K extends keyof typeof rules> = Given<(typeof rules)[K]>;
/** A table of a few dozen lines. */
const most = 2 * 1024 * 1024;

@Controller()
export class RulesController {
  constructor(@Inject(RulesQueries) private readonly queries: RulesQueries, @Inject(RulesService) private readonly service: RulesService, @Inject(CalendarService) private readonly calendar: CalendarService) {}

  @Serves(rules.listRules) listRules(caller: Caller) { return this.queries.list(caller); }
  @Serves(rules.listRuleChanges) listRuleChanges(caller: Caller, input: In<'listRuleChanges'>) { return this.queries.changes(caller, input); }
  @Serves(rules.listRedated) listRedated(_: Caller, input: In<'listRedated'>) { return this.queries.listRedated(input); }
  @Serves(rules.takeBackRule) takeBackRule(caller: Caller, input: In<'takeBackRule'>) { return this.service.takeBack(caller, input); }
  @Serves(rules.showRule) showRule(caller: Caller, { name }: In<'showRule'>) { return Promise.resolve(this.queries.show(caller, name)); }
  @Serves(rules.changeRule) changeRule(caller: Caller, input: In<'changeRule'>) { return this.service.change(caller, input); }
  @Serves(rules.showCalendar) showCalendar(caller: Caller, { year }: In<'showCalendar'>) { return Promise.resolve(this.queries.calendar(caller, year)); }
  @Serves(rules.readHolidayText) readHolidayText(_: Caller, input: In<'readHolidayText'>) { return this.calendar.readText(input); }
  @Serves(rules.saveCalendar) saveCalendar(caller: Caller, input: In<'saveCalendar'>) { return this.calendar.save(caller, input); }

  /** POST multipart: the field `key`, then `file`, an xlsx or csv. Read and answered; nothing is written. */
  @Outside(['manage_rules'])
  @Post('api/calendar/:year/file')
  @HttpCode(200)
  async readFile(@Req() request: Admitted, @Param('year') given: string): Promise<HolidayReading> {
    const wrong = complaints(rules.showCalendar.input, { year: given });
    if (Object.keys(wrong).length > 0) badField(wrong);
    const { name, bytes } = await readUpload(request, most).catch((error: unknown) => { if (error instanceof NotAnUpload) badField({ file: '文件没有完整收到，请检查网络后再传一次' }); throw error; });
    if (!bytes) throw new HttpException({ reason: `“${name}”超过 2 MB，没有读；放假通知只要一张表` } satisfies Refusal, 413);
    return this.calendar.readFile(Number(given), bytes);
  }
}
