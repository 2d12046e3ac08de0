import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, routes } from '@lvzhi/contracts';
import { abilitiesOf, answeredStages, boardStages, boardStageWords, percentOf, scopeOf } from '@lvzhi/domain';
import type { BoardStage } from '@lvzhi/domain';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { Settings } from '../platform/settings.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { Supervision } from '../supervision/supervision.entity.ts';
import { Handling } from './handling.entity.ts';

type Board = Answer<typeof routes.showBoard>;
const running = "h.state IN ('assigned', 'handling', 'reply_review', 'ready')";
/** How far a case is, by the parts that answer: one that has not signed for it holds it back, and it is with the reviewers once all of them are. */
const stageOf = "CASE WHEN s.state IN ('replied', 'rehandling', 'meeting', 'closed') THEN s.state WHEN MAX(CASE WHEN h.state = 'assigned' THEN 1 ELSE 0 END) = 1 THEN 'signing' WHEN MIN(CASE WHEN h.state IN ('reply_review', 'ready', 'replied') THEN 1 ELSE 0 END) = 1 THEN 'reviewing' ELSE 'running' END";

/** 提案办理 at a glance, for the office and those who hand over: counted anew each time, within what this reader sees. */
@Injectable()
export class BoardQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock) {}

  show(caller: Caller): Promise<Board> {
    return this.database.read(async (manager) => {
      const counts = await this.stages(manager, caller);
      const of = (...stages: readonly BoardStage[]) => stages.reduce((sum, it) => sum + (counts.get(it) ?? 0), 0);
      const [replied, all] = [of(...answeredStages), of(...boardStages)];
      return {
        stages: boardStages.map((code) => ({ code, words: boardStageWords[code], count: of(code) })), replying: { part: replied, of: all, words: percentOf(replied, all) },
        units: await this.units(manager, caller), forms: abilitiesOf(caller).includes('triage_proposal') ? await this.forms(manager) : [],
      };
    });
  }

  private answering(manager: EntityManager, caller: Caller): SelectQueryBuilder<Handling> {
    const { all, sides = [] } = scopeOf('handling', caller);
    const query = manager.createQueryBuilder(Handling, 'h').where("h.role <> 'assist' AND h.closure <> 'marked' AND h.state NOT IN ('reassigned', 'stopped')");
    return all ? query : query.andWhere('h.side IN (:...sides)', { sides: [...sides, ''] });
  }

  private async stages(manager: EntityManager, caller: Caller): Promise<Map<string, number>> {
    const rows: { stage: string }[] = await this.answering(manager, caller).innerJoin(Submission, 's', "s.id = h.proposalId AND s.closure <> 'marked'").select(stageOf, 'stage').groupBy('s.id').addGroupBy('s.state').getRawMany();
    const counts = new Map<string, number>();
    for (const { stage } of rows) counts.set(stage, (counts.get(stage) ?? 0) + 1);
    return counts;
  }

  /** Who has the most comes first. */
  private async units(manager: EntityManager, caller: Caller): Promise<Board['units']> {
    const sum = (condition: string) => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
    const rows: { unit: string; due: number; replied: number; late: number }[] = await this.answering(manager, caller).select('h.unitId', 'unit').addSelect('COUNT(*)', 'due').addSelect(sum('h.repliedAt IS NOT NULL'), 'replied').addSelect(sum(`${running} AND h.dueAt < :now`), 'late')
      .setParameter('now', this.clock.now()).groupBy('h.unitId').getRawMany();
    return rows.map(({ unit, due, replied, late }) => ({ unit: this.directory.page.body(unit) ?? { id: unit, name: unit, short: unit }, due: Number(due), replied: Number(replied), overdue: Number(late) })).toSorted((a, b) => b.due - a.due || (a.unit.id < b.unit.id ? -1 : 1));
  }

  /** 五种督办: how many of each, and how many of them are done. */
  private async forms(manager: EntityManager): Promise<Board['forms']> {
    const rows: { form: string; count: number; done: number }[] = await manager.createQueryBuilder(Supervision, 'v').where("v.form IS NOT NULL AND v.state NOT IN ('declined', 'cancelled')").select('v.form', 'form').addSelect('COUNT(*)', 'count').addSelect("SUM(CASE WHEN v.state = 'closed' THEN 1 ELSE 0 END)", 'done').groupBy('v.form').getRawMany();
    return this.settings.get('supervision.forms').map(({ code, name }) => { const it = rows.find(({ form }) => form === code); return { code, name, done: Number(it?.done ?? 0), all: Number(it?.count ?? 0) }; });
  }
}
