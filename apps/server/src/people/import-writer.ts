import { Inject, Injectable } from '@nestjs/common';
import { dateOf, givenPosts } from '@lvzhi/domain';
import type { CheckedRow, KnownPerson, Wanted } from '@lvzhi/domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Person, PostHeld } from '../platform/directory.entity.ts';
import { newId } from '../platform/ids.ts';
import { addRows, changeRows } from '../platform/rows.ts';
import { Seals } from '../platform/seals.ts';

const piece = 400;
type Facts = Partial<Pick<Person, 'name' | 'phoneHash' | 'phoneSealed' | 'sectorId' | 'townId' | 'unitTitle' | 'isPartyMember' | 'isMember'>>;

/** What a checked roster file writes. Posts are added, never ended; only the seat itself goes along when the sector changes. */
@Injectable()
export class ImportWriter {
  constructor(@Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config, @Inject(Seals) private readonly seals: Seals) {}

  async known(manager: EntityManager): Promise<KnownPerson[]> {
    const today = dateOf(this.clock.now());
    const posts = new Map<string, KnownPerson['posts'][number][]>();
    for (const { personId, post: code, bodyId, endedAt, untilOn } of await manager.find(PostHeld, { where: { termId: this.config.termId } })) {
      const post = givenPosts.find((it) => it === code);
      if (post === undefined || endedAt !== null || (untilOn !== null && untilOn < today)) continue;
      const held = posts.get(personId);
      if (held) held.push({ post, bodyId }); else posts.set(personId, [{ post, bodyId }]);
    }
    return (await manager.find(Person)).map((it) => ({
      id: it.id, name: it.name, phoneHash: it.phoneHash, sectorId: it.sectorId, townId: it.townId, unitTitle: it.unitTitle, isPartyMember: it.isPartyMember === null ? null : it.isPartyMember === 1,
      standing: it.isMember === 0 ? 'staff' : it.endedAt === null ? 'member' : 'ended', posts: posts.get(it.id) ?? [],
    }));
  }

  async write(manager: EntityManager, rows: readonly CheckedRow[]): Promise<void> {
    const doing = rows.filter(({ verdict }) => verdict === 'new' || verdict === 'changed');
    const known = new Map((await this.known(manager)).map((it) => [it.id, it]));
    const versions = new Map((await manager.find(Person, { select: { id: true, version: true } })).map((it) => [it.id, it.version]));
    const [people, posts, seatless]: [Person[], PostHeld[], string[]] = [[], [], []];
    for (const { personId, wanted } of doing) {
      const was = personId === null ? undefined : known.get(personId);
      const id = was?.id ?? newId();
      if (was) await changeRows(manager, Person, { id }, { ...this.facts(wanted), ...this.phone(wanted), version: (versions.get(id) ?? 0) + 1 });
      else people.push({ id, ...this.facts(wanted), name: wanted.name, phoneHash: null, phoneSealed: null, ...this.phone(wanted), sectorId: wanted.sectorId, townId: wanted.townId, unitTitle: wanted.unitTitle, isMember: 1, isPartyMember: flag(wanted.isPartyMember), largeType: null, isActive: 1, endedAt: null, endedOn: null, endReason: null, version: 1, requestKey: null });
      const moved = was !== undefined && was.standing === 'member' && was.sectorId !== wanted.sectorId;
      if (moved) seatless.push(id);
      const add = wanted.posts.filter(({ post, bodyId }) => !was?.posts.some((it) => it.post === post && (it.bodyId === bodyId || (post === 'member' && !moved))));
      posts.push(...add.map(({ post, bodyId }) => ({ id: newId(), personId: id, post, bodyId, termId: this.config.termId, fromOn: null, untilOn: null, endedAt: null })));
    }
    for (let from = 0; from < seatless.length; from += piece) await manager.update(PostHeld, { personId: In(seatless.slice(from, from + piece)), post: 'member', termId: this.config.termId }, { endedAt: this.clock.now() });
    for (let from = 0; from < people.length; from += piece) await addRows(manager, Person, people.slice(from, from + piece));
    for (let from = 0; from < posts.length; from += piece) await addRows(manager, PostHeld, posts.slice(from, from + piece));
  }

  /** What the file leaves empty stays as it was. */
  private facts({ name, sectorId, townId, unitTitle, isPartyMember }: Wanted): Facts {
    return { name, sectorId, isMember: 1, ...(townId !== null && { townId }), ...(unitTitle !== '' && { unitTitle }), ...(isPartyMember !== null && { isPartyMember: flag(isPartyMember) }) };
  }
  private phone({ phone }: Wanted): Facts { return phone === '' ? {} : { phoneHash: this.seals.hashOf(phone), phoneSealed: this.seals.seal(phone) }; }
}

const flag = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0);
