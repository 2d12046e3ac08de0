import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { tooMany } from '../platform/refusals.ts';
import { Settings } from '../platform/settings.ts';
import { Guess } from './identity.entity.ts';

/** What wrong guesses are counted against; an address, where a whole office may sit, takes twelve times as many as an account. */
const shares = { account: 1, ticket: 1, second: 1, address: 12 } as const;
type Kind = keyof typeof shares;

@Injectable()
export class Guesses {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Settings) private readonly settings: Settings) {}

  /** In words for whoever guessed wrong. */
  get warning(): string { const { most, shutMinutes } = this.settings.get('guesses'); return `连续 ${most} 次不对，账号会锁定 ${shutMinutes} 分钟。`; }
  private get shutMs(): number { return this.settings.get('guesses').shutMinutes * 60_000; }

  /** @throws 429 while the lock is shut */
  async open(kind: Kind, name: string): Promise<void> {
    const guess = await this.database.read((manager) => manager.findOneBy(Guess, { lockName: `${kind} ${name}`.slice(0, 80) }));
    const left = guess && guess.wrongCount >= shares[kind] * this.settings.get('guesses').most ? guess.sinceAt.getTime() + this.shutMs - this.clock.now().getTime() : 0;
    if (left > 0) tooMany(`试错次数太多，请 ${Math.ceil(left / 60_000)} 分钟后再试，或者联系市政协办公室。`);
  }

  async wrong(kind: Kind, name: string): Promise<void> {
    const [lockName, now] = [`${kind} ${name}`.slice(0, 80), this.clock.now()];
    await this.database.write(async (manager) => {
      const guess = await manager.findOneBy(Guess, { lockName });
      if (!guess) { await manager.createQueryBuilder().insert().into(Guess).values({ lockName, wrongCount: 1, sinceAt: now }).orIgnore().execute(); return; }
      const old = now.getTime() - guess.sinceAt.getTime() > this.shutMs;
      await manager.createQueryBuilder().update(Guess).set({ wrongCount: old ? 1 : () => 'wrong_count + 1', sinceAt: now }).where({ lockName }).execute();
    });
  }

  async right(kind: Kind, name: string): Promise<void> {
    await this.database.write((manager) => manager.delete(Guess, { lockName: `${kind} ${name}`.slice(0, 80) }));
  }
}
