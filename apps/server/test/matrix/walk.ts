import { routes } from '@lvzhi/contracts';
import type { Route, Who } from '@lvzhi/contracts';
import { abilitiesOf } from '@lvzhi/domain';
import { Move } from '../../src/platform/journal.ts';
import { readTable } from '../../src/platform/tables.ts';
import { workbookType } from '../../src/platform/workbook.ts';
import { callingAt } from '../calling.ts';
import type { Calling } from '../calling.ts';
import type { Serving } from '../serving.ts';
import type { Entry } from './expected.ts';
import { fewPlaces, sees } from './world.ts';
import type { Placed, Role, World } from './world.ts';

/** Something that can be asked: of the route table, or outside of it (bytes). */
export interface Asked { readonly name: string; readonly method: string; readonly path: string; readonly who: Who }
interface Answer { readonly status: number; readonly text: string }
const table: Record<string, Route> = routes;

/** Walks the routes as every role; what is not as expected comes out as sentences. */
export class Walk {
  private readonly tokens = new Map<string, string>();
  private readonly calling: Calling;
  private readonly server: Serving;
  private readonly world: World;
  constructor(server: Serving, world: World) { [this.server, this.world, this.calling] = [server, world, callingAt(server.url, 12)]; }

  private may({ who }: Asked, role: Role): boolean { return typeof who === 'string' || abilitiesOf({ personId: role.id, posts: [{ post: role.post, bodyId: role.bodyId, termId: 't7' }] }).some((it) => who.includes(it)); }

  private async call(asked: Asked, role: Role, input: object): Promise<Answer> {
    const token = this.tokens.get(role.id) ?? await this.server.tokenOf(role.id);
    this.tokens.set(role.id, token);
    const rest = { ...input } as Record<string, string | number>;
    const path = asked.path.replace(/:(\w+)/g, (_, name: string) => { const value = rest[name]; delete rest[name]; return encodeURIComponent(value ?? 'nothing'); });
    const query = asked.method === 'GET' ? new URLSearchParams(Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)])).toString() : '';
    const { status, bytes, type } = await this.calling.call(asked.method, `/${path}${query === '' ? '' : `?${query}`}`, { token, ...(asked.method !== 'GET' && { body: JSON.stringify(rest) }) });
    return { status, text: type === workbookType ? JSON.stringify(readTable(bytes)) : bytes.toString('utf8') };
  }

  end(): void { this.calling.end(); }

  /** Nobody without an ability of the route gets in: tried by four kinds of people a route, others at each. Roles of the same abilities are one kind, since the gate knows nothing else. */
  async gate(asked: Asked): Promise<string[]> {
    const kinds = new Map(this.world.roles.map((role) => [abilitiesOf({ personId: role.id, posts: [{ post: role.post, bodyId: role.bodyId, termId: 't7' }] }).join(), role]));
    const outside = [...kinds.values()].filter((role) => !this.may(asked, role));
    const turn = (this.turns += 1);
    const tried = outside.length <= 4 ? outside : [0, 1, 2, 3].flatMap((step) => outside[(turn * 3 + step * 5) % outside.length] ?? []);
    const found = await Promise.all(tried.map(async (role) => ({ role, status: (await this.call(asked, role, {})).status })));
    return found.flatMap(({ role, status }) => (status === 403 ? [] : [`${role.name} 不该进 ${asked.name}，却得到 ${status}`]));
  }
  private turns = 0;

  async expect(asked: Asked, entry: Entry): Promise<string[]> {
    const readers = this.world.roles.filter((role) => this.may(asked, role));
    const said = await Promise.all(readers.map((role) => this.asRole(asked, entry, role)));
    return said.flat();
  }

  private async asRole(asked: Asked, entry: Entry, role: Role): Promise<string[]> {
    switch (entry.how) {
      case 'gate': return [];
      case 'one': return this.oneByOne(asked, entry, role);
      case 'count': { const { text } = await this.call(asked, role, { ...entry.input }); return this.visible(role).length > 0 || !/:[1-9]/.test(text) ? [] : [`${role.name} 什么也看不到，${asked.name} 却数出了件数：${text.slice(0, 200)}`]; }
      case 'silent': case 'many': {
        const { status, text } = await this.call(asked, role, { ...entry.input });
        const named = this.world.documents.filter(({ words }) => words.some((word) => text.includes(word)));
        const leaks = named.filter((doc) => !sees(role, doc)).map((doc) => `${role.name} 从 ${asked.name} 看到了“${doc.place}”的 ${doc.kind}`);
        const lost = entry.how === 'many' ? this.visible(role).filter((doc) => entry.which(doc, role) && !named.includes(doc)).map((doc) => `${role.name} 该在 ${asked.name} 里看到“${doc.place}”的 ${doc.kind}，没有`) : [];
        return [...(status === 200 ? [] : [`${role.name} 调用 ${asked.name} 得到 ${status}：${text.slice(0, 200)}`]), ...leaks, ...lost];
      }
    }
  }

  private visible(role: Role): Placed[] { return this.world.documents.filter((doc) => sees(role, doc)); }

  private async oneByOne(asked: Asked, { of, input }: Extract<Entry, { how: 'one' }>, role: Role): Promise<string[]> {
    const apart = of === 'visit' || of === 'entry' || of === 'cosign';
    // The document itself is asked for in every place; files and moves go through one door, so that four places show whether it is shut.
    const documents = this.world.documents.filter(({ kind, place }) => (apart ? kind === of : kind !== 'visit' && kind !== 'entry' && kind !== 'cosign' && (asked.name === 'show' || (kind === (of === 'proposal' ? 'proposal' : 'opinion') && fewPlaces.includes(place)))));
    const found = await Promise.all(documents.map(async (doc) => ({ doc, ...await this.call(asked, role, { ...input, id: of === 'file' ? doc.fileId : doc.id }) })));
    return found.flatMap(({ doc, status, text }) => {
      if (!sees(role, doc) || (of !== doc.kind && of !== 'document' && of !== 'file')) return (status === 404 || status === 409 && role.id === doc.firstId) && !doc.words.some((word) => text.includes(word)) ? [] : [`${role.name} 看不到“${doc.place}”的 ${doc.kind}，${asked.name} 却答 ${status}`];
      return status < 500 && ![401, 403, 404].includes(status) ? [] : [`${role.name} 看得到“${doc.place}”的 ${doc.kind}，${asked.name} 却答 ${status}`];
    });
  }

  /** How much has happened to all documents: the same before and after a walk. */
  moves(): Promise<number> { return this.server.database.read((manager) => manager.countBy(Move, {})); }
}

/** The routes of the table, by their names. */
export const inTable = (): Asked[] => Object.entries(table).map(([name, { method, path, who }]) => ({ name, method, path: `api${path}`, who }));
