import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { creditsOf, systemActor } from '@lvzhi/domain';
import type { Channel, DeliveryAction } from '@lvzhi/domain';
import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { Jobs } from '../platform/jobs.ts';
import { Move } from '../platform/journal.ts';
import { addRows, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { CreditEntry } from '../platform/spine.entities.ts';
import { overtaken, ReviewsService } from './reviews.service.ts';
import { reportersOf, Submission } from './submission.entity.ts';

/** What happens to the one that goes on and is told to the reporters of those merged into it. */
const told: readonly string[] = ['sign', 'recall_issue', 'send', 'record', 'archive', 'not_adopt', 'reopen'];
const atOnce = 200;

/**
 * Reporters of merged reports learn of and are credited for what becomes of the one that goes on (rules: duty-rules §2.2, all reporters credited).
 * Only when it can no longer be undone, so that nobody is told of what was taken back: each such deed is one move of the merged report.
 */
@Injectable()
export class Followers {
  private readonly house: Caller;
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings, @Inject(ReviewsService) private readonly reviews: ReviewsService,
    @Inject(Jobs) jobs: Jobs, @Inject(CONFIG) { termId }: Config,
  ) {
    this.house = { ...systemActor(termId), sessionId: '', surface: 'desk' };
    jobs.plan({ name: 'opinions.followers', words: '把合并编发的进展转告各位反映人', everySeconds: 30, run: () => this.run() });
  }

  private async run(): Promise<string> {
    const behind = await this.database.read((manager) => manager.createQueryBuilder(Submission, 's').innerJoin(Submission, 'm', 'm.id = s.mainId').where("s.kind = 'opinion' AND s.state = 'merged' AND s.mainId IS NOT NULL AND s.closure = 'open' AND m.changedAt >= s.changedAt").orderBy('s.changedAt').limit(atOnce).getMany());
    let moved = 0;
    for (const row of behind) {
      try { moved += await this.database.write((manager) => this.catchUp(manager, row.id)); } catch (error) { if (!overtaken(error)) throw error; }
    }
    return `转告 ${moved} 次`;
  }

  /** One move for each deed that was not told yet, in their order. */
  private async catchUp(manager: EntityManager, id: string): Promise<number> {
    const row = await rowWhere(manager, Submission, { id, state: 'merged', closure: 'open' });
    if (!row || row.mainId === null) return 0;
    const own = await manager.findOne(Move, { where: { docId: id, action: In(['combine', 'follow']) }, order: { seq: 'DESC' } });
    const seen = Number(own?.detail['mainSeq'] ?? 0);
    const moves = await rowsWhere(manager, Move, { docId: row.mainId }, { by: 'seq' });
    const undone = new Set(moves.flatMap(({ detail }) => detail.undoes ?? []));
    const settled = this.clock.now().getTime() - this.settings.get('undo.seconds') * 1000;
    const news = moves.filter((it) => it.seq > seen && told.includes(it.action) && !undone.has(it.id) && it.madeAt.getTime() <= settled);
    for (const [index, deed] of news.entries()) await this.follow(manager, row, row.version + index, deed);
    return news.length;
  }

  private async follow(manager: EntityManager, row: Submission, version: number, { id: of, action, seq, detail: { before: _before, after: _after, ...detail } }: Move): Promise<void> {
    await this.reviews.madeOpinion(this.house, { id: row.id, version }, 'follow', () => ({ detail: { ...detail, of: action, deed: of, mainSeq: seq }, beside: (within, moveId) => this.credit(within, row, moveId, action, detail) }));
  }

  /** As the author of the one that goes on is credited. */
  private async credit(manager: EntityManager, row: Submission, moveId: string, action: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
    if (action === 'recall_issue') await manager.update(CreditEntry, { evidenceId: row.id, item: 'opinion.adopted', voidedBy: IsNull() }, { voidedBy: moveId });
    const items = action === 'sign' ? ['opinion.adopted'] : action === 'record' ? creditsOf(detail['outcome'] as DeliveryAction, detail['channel'] as Channel, typeof detail['level'] === 'string' ? detail['level'] : null) : [];
    for (const item of items) {
      if (await rowWhere(manager, CreditEntry, { evidenceId: row.id, personId: row.authorId, item, voidedBy: null })) continue;
      await addRows(manager, CreditEntry, reportersOf(row).map((personId) => ({ id: newId(), personId, item, evidenceKind: 'opinion' as const, evidenceId: row.id, moveId, earnedAt: this.clock.now(), voidedBy: null })));
    }
  }
}
