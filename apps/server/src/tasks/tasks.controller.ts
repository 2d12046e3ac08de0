import { Controller, Inject } from '@nestjs/common';
import { tasks } from '@lvzhi/contracts';
import type { Caller, Given } from '@lvzhi/contracts';
import { Serves } from '../platform/serves.ts';
import { TaskQueries } from './tasks.queries.ts';

@Controller()
export class TasksController {
  constructor(@Inject(TaskQueries) private readonly queries: TaskQueries) {}
  @Serves(tasks.home) home(caller: Caller) { return this.queries.home(caller); }
  @Serves(tasks.countTasks) countTasks(caller: Caller) { return this.queries.counts(caller); }
  @Serves(tasks.countTriage) countTriage(caller: Caller, input: Given<typeof tasks.countTriage>) { return this.queries.triageCounts(caller, input); }
  @Serves(tasks.listTasks) listTasks(caller: Caller, input: Given<typeof tasks.listTasks>) { return this.queries.list(caller, input); }
}
