import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Owed } from '@lvzhi/contracts';
import type { Way } from '@lvzhi/domain';
import { IsNull, MoreThan, Not } from 'typeorm';
import { Audit } from './audit.ts';
import { Clock } from './clock.ts';
import { Database } from './database.ts';
import { Directory } from './directory.ts';
import { digest, newId, newSecret } from './ids.ts';
import { addRows, changeRows, rowWhere } from './rows.ts';
import { Session } from './sessions.entity.ts';
import { Settings } from './settings.ts';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
type Surface = Session['surface'];
/** How somebody came in, and on what. */
interface Entry { readonly device?: string; readonly by?: Way; readonly mustChange?: boolean; readonly secondFactor?: boolean }
/** How long a session lasts unused, and at most, in ms; noted as used no more often than every `touch`. */
interface Spans { readonly idle: number; readonly most: number; readonly touch: number }

@Injectable()
export class Sessions {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(Directory) private readonly directory: Directory, @Inject(Audit) private readonly audit: Audit, @Inject(Settings) private readonly settings: Settings,
  ) {}

  /** Opens a session and returns its token, which is nowhere else. */
  async open(personId: string, surface: Surface, { device = '', by = surface === 'phone' ? 'wechat' : 'password', mustChange = false, secondFactor = false }: Entry = {}): Promise<string> {
    const [token, now] = [newSecret(), this.clock.now()];
    await this.database.write(async (manager) => {
      await addRows(manager, Session, [{
        id: newId(), tokenHash: digest(token), personId, surface, createdAt: now, seenAt: now, expiresAt: new Date(now.getTime() + this.spans(surface).most), endedAt: null, device: device.slice(0, 40), enteredBy: by, mustChange: mustChange ? 1 : 0, secondFactor: secondFactor ? 1 : 0,
      }]);
      await this.audit.record({ personId, surface }, 'session.opened', null, { by });
    });
    return token;
  }

  /**
   * Who is behind a token; nobody when it is unknown, ended, idle too long or too old. `still`: the page asks by itself and nobody is at it, so
   * that asking does not count as use.
   */
  async callerOf(token: string, still = false): Promise<Caller | undefined> {
    const now = this.clock.now();
    const session = await this.database.read((manager) => rowWhere(manager, Session, { tokenHash: digest(token), endedAt: null }));
    if (!session || this.restOf(session) <= 0) return undefined;
    const { idle, touch } = this.spans(session.surface);
    const unused = now.getTime() - session.seenAt.getTime();
    if (unused > idle) return undefined;
    if (unused > touch && !still) await this.database.write((manager) => manager.update(Session, { id: session.id }, { seenAt: now }));
    const posts = this.directory.page.postsOf(session.personId);
    const owes = posts && this.owedBy(session, posts);
    return posts && { personId: session.personId, posts, sessionId: session.id, surface: session.surface, ...(owes && { owes }) };
  }

  /** Seconds left: until it ends unused, until it ends whatever happens, and how early the person is warned. */
  async left({ sessionId }: Caller): Promise<{ idle: number; rest: number; warn: number }> {
    const session = await this.database.read((manager) => rowWhere(manager, Session, { id: sessionId }));
    const warn = this.settings.get('session.desk').warnMinutes * 60;
    if (!session) return { idle: 0, rest: 0, warn };
    const idle = this.spans(session.surface).idle - (this.clock.now().getTime() - session.seenAt.getTime());
    return { idle: seconds(idle), rest: seconds(this.restOf(session)), warn };
  }

  /** A person's sessions that are open now, last used first: 50 at most. */
  async listOf(personId: string): Promise<Session[]> {
    const now = this.clock.now();
    const found = await this.database.read((manager) => manager.find(Session, { where: { personId, endedAt: IsNull(), expiresAt: MoreThan(now) }, order: { seenAt: 'DESC' }, take: 50 }));
    return found.filter((it) => this.restOf(it) > 0 && now.getTime() - it.seenAt.getTime() <= this.spans(it.surface).idle);
  }

  async end({ sessionId, personId, surface }: Caller): Promise<void> {
    await this.database.write(async (manager) => {
      if (await changeRows(manager, Session, { id: sessionId, endedAt: null }, { endedAt: this.clock.now() }) === 1) await this.audit.record({ personId, surface }, 'session.ended');
    });
  }

  /** All sessions of a person, on binding or when an account is taken away; those of one kind of device, if one is named; all but one, if that is. */
  async endAll(personId: string, surface?: Surface, but?: string): Promise<number> {
    const { affected } = await this.database.write((manager) => manager.update(Session, { personId, endedAt: IsNull(), ...(surface && { surface }), ...(but !== undefined && { id: Not(but) }) }, { endedAt: this.clock.now() }));
    return affected ?? 0;
  }

  /** A post that asks for a second factor asks from the moment it is held, also of a session that is open already. */
  owedBy({ surface, mustChange, secondFactor }: Pick<Session, 'surface' | 'mustChange' | 'secondFactor'>, posts: Caller['posts']): Owed | undefined {
    if (surface !== 'desk') return undefined;
    if (mustChange === 1) return 'password';
    return secondFactor === 0 && this.asksSecondFactor(posts) ? 'second_factor' : undefined;
  }
  asksSecondFactor(posts: Caller['posts']): boolean { return posts.some(({ post }) => this.settings.get('secondFactor.posts').includes(post)); }

  /** From its beginning, by the settings as they are now: a shorter limit holds for those already open. */
  private restOf({ createdAt, expiresAt, surface }: Session): number {
    return Math.min(expiresAt.getTime(), createdAt.getTime() + this.spans(surface).most) - this.clock.now().getTime();
  }
  private spans(surface: Surface): Spans {
    if (surface === 'phone') {
      const { idleDays, mostDays } = this.settings.get('session.phone');
      return { idle: idleDays * 24 * hour, most: mostDays * 24 * hour, touch: hour };
    }
    const { idleMinutes, mostHours } = this.settings.get('session.desk');
    return { idle: idleMinutes * minute, most: mostHours * hour, touch: Math.min(2 * minute, idleMinutes * minute / 15) };
  }
}

const seconds = (ms: number): number => Math.max(0, Math.ceil(ms / second));
