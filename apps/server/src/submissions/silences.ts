import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { systemActor } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Jobs } from '../platform/jobs.ts';
import { AtMost, rowsWhere, rowWhere } from '../platform/rows.ts';
import { Assignment } from '../platform/spine.entities.ts';
import { overtaken, ReviewsService } from './reviews.service.ts';
import { Submission } from './submission.entity.ts';

const atOnce = 200;

/** Silence moves reports on (rules: posts, office hours): a committee's to the editor, a reporter's back to the editor with the text as it was shown. */
@Injectable()
export class Silences {
  private readonly house: Caller;
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(ReviewsService) private readonly reviews: ReviewsService, @Inject(Jobs) jobs: Jobs, @Inject(CONFIG) { termId }: Config) {
    this.house = { ...systemActor(termId), sessionId: '', surface: 'desk' };
    jobs.plan({ name: 'opinions.silences', words: '专委会逾期未初审的社情民意转编辑，反映人逾期未回复的交回编辑', everySeconds: 300, run: () => this.run() });
  }

  private async run(): Promise<string> {
    const overdue = await this.database.read((manager) => rowsWhere(manager, Assignment, { docKind: 'opinion', isOpen: 1, action: ['review', 'agree'], dueAt: new AtMost(this.clock.now()) }, { by: 'dueAt', limit: atOnce }));
    let moved = 0;
    for (const { docId, action } of overdue) {
      try {
        const row = await this.database.read((manager) => rowWhere(manager, Submission, { id: docId }));
        if (!row) continue;
        const on = { id: docId, version: row.version };
        await (action === 'review' ? this.reviews.madeOpinion(this.house, on, 'lapse', () => ({})) : this.reviews.madeOpinion(this.house, on, 'lapse_agree', () => ({ patch: { consent: 'lapsed' } })));
        moved += 1;
      } catch (error) { if (!overtaken(error)) throw error; }
    }
    return `转了 ${moved} 件`;
  }
}
