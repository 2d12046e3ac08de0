import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Me } from '@lvzhi/contracts';
import { abilitiesOf, hasDeskWork, postWords } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { signInAgain } from '../platform/refusals.ts';
import { rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { Consent, DeskAccount } from './identity.entity.ts';

@Injectable()
export class MeQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock) {}

  /** `shut`: the account for the desk was disabled; `none`: neither an account nor a post that works there. */
  async deskStanding({ personId, posts }: Pick<Caller, 'personId' | 'posts'>): Promise<'open' | 'shut' | 'none'> {
    const account = await this.database.read((manager) => rowWhere(manager, DeskAccount, { personId }));
    if (account) return account.disabledAt === null ? 'open' : 'shut';
    return hasDeskWork({ personId, posts }) ? 'open' : 'none';
  }

  /** `owes`: what the session still owes, as the caller has it or as it was just opened. */
  async me({ personId, owes }: Pick<Caller, 'personId' | 'owes'>): Promise<Me> {
    const { page } = this.directory;
    const [person, posts] = [page.person(personId), page.postsOf(personId)];
    if (!person || !posts) signInAgain();
    const version = this.settings.get('privacy').version;
    const agreed = await this.database.read((manager) => manager.existsBy(Consent, { personId, noticeVersion: version }));
    const can = abilitiesOf({ personId, posts });
    return {
      person: { id: person.id, name: person.name, note: person.note },
      posts: posts.map(({ post, bodyId, standsInFor }) => ({ post, words: standsInFor === undefined ? postWords[post] : `${postWords[post]}（代${page.person(standsInFor)?.name ?? ''}）`, body: page.body(bodyId) })),
      can, largeType: person.largeType, mustConsent: !agreed, mustChangePassword: owes === 'password', mustSetSecondFactor: owes === 'second_factor', mayUseDesk: await this.deskStanding({ personId, posts }) === 'open', settingUp: !this.settings.isSetUp && (can.includes('manage_accounts') || can.includes('manage_roster')), clock: this.clockView(), city: this.settings.get('city').city,
    };
  }

  clockView(): { now: string; demo: boolean } { return { now: this.clock.now().toISOString(), demo: this.clock.demo }; }
}
