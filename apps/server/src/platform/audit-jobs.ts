import { Inject, Injectable } from '@nestjs/common';
import { Audit } from './audit.ts';
import { pruneAudit, sealAudit } from './audit-chain.ts';
import { Clock } from './clock.ts';
import { Database } from './database.ts';
import { Jobs } from './jobs.ts';
import { Settings } from './settings.ts';

/** What the house does by itself with its audit log: seals it every minute, and lets go of what is older than is kept. */
@Injectable()
export class AuditJobs {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Audit) private readonly audit: Audit, @Inject(Settings) private readonly settings: Settings, @Inject(Jobs) jobs: Jobs) {
    jobs.plan({ name: 'audit.seal', words: '封存审计记录', everySeconds: 60, run: () => this.seal() });
    jobs.plan({ name: 'audit.prune', words: '清理过了保存期的审计记录', everySeconds: 86_400, run: () => this.prune() });
  }

  private async seal(): Promise<string> {
    let sealed = 0;
    for (;;) {
      const some = await this.database.write(sealAudit);
      sealed += some;
      if (some === 0) return `封存 ${sealed} 条`;
    }
  }

  /** Leaves a record of itself: until when, and how many. */
  private async prune(): Promise<string> {
    const { keepDays } = this.settings.get('audit.keep');
    let pruned = 0;
    for (;;) {
      const some = await this.database.write((manager) => pruneAudit(manager, this.clock.now(), keepDays));
      pruned += some;
      if (some === 0) break;
    }
    if (pruned > 0) {
      await this.audit.record({ personId: null, surface: 'house' }, 'audit.pruned', null, { rows: pruned, days: keepDays });
      await this.seal();
    }
    return `清理 ${pruned} 条`;
  }
}
