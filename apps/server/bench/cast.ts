import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientOf, routes } from '@lvzhi/contracts';
import type { Answer, Client } from '@lvzhi/contracts';
import { RefusedByServer } from './patience.ts';
import type { Patience } from './patience.ts';

export type Api = Client<typeof routes>;
export interface RosterPerson { readonly id: string; readonly name: string; readonly isMember: boolean; readonly login?: string; readonly posts: readonly { readonly post: string; readonly bodyId: string }[] }
const reporting = ['body_account', 'township_liaison', 'informant'];
type Headers = Readonly<Record<string, string>>;

/** The demonstration's desk password (a test holds it against the seeding's). */
export const deskPassword = 'anlan-demo-2022';

/** The demo roster: who writes, who sits at triage, who heads each committee. */
export class Roster {
  readonly people: readonly RosterPerson[];
  constructor(seedsFolder: string) { this.people = JSON.parse(readFileSync(join(seedsFolder, 'people.json'), 'utf8')) as RosterPerson[]; }
  /** Members without an office at the desk: nobody decides on their own. */
  get writers(): RosterPerson[] { return this.people.filter(({ isMember, login }) => isMember && login === undefined); }
  /** Those who report for a body or a town, and informants. */
  get bodies(): RosterPerson[] { return this.people.filter(({ isMember, posts }) => !isMember && posts.some(({ post }) => reporting.includes(post))); }
  get triage(): RosterPerson { return this.holder('information_editor'); }
  head(committeeId: string): RosterPerson { return this.holder('committee_head', committeeId); }
  holder(post: string, bodyId?: string): RosterPerson {
    const found = this.people.find((it) => it.login !== undefined && it.posts.some((held) => held.post === post && (bodyId === undefined || held.bodyId === bodyId)));
    if (!found) throw new Error(`演示名册里没有 ${post} ${bodyId ?? ''}`);
    return found;
  }
}

/** One person who calls the server as themself. Signs in at the first call, and again when the session is over. */
class Player {
  readonly api: Api;
  private signedIn: Promise<Headers> | undefined;
  constructor(patience: Patience, signIn: () => Promise<Headers>) {
    this.api = clientOf(routes, async ({ method, url, body }) => {
      for (let again = false; ; again = true) {
        this.signedIn ??= signIn();
        const headers = await this.signedIn.catch((error: unknown) => { this.signedIn = undefined; throw error; });
        try {
          return JSON.parse((await patience.ask({ method, path: `/api${url}`, headers, ...(body && { body }) })).text) as unknown;
        } catch (error) {
          if (again || !(error instanceof RefusedByServer) || error.status !== 401) throw error;
          this.signedIn = undefined;
        }
      }
    });
  }
}

/** Everybody who plays, each signed in the way a person would. */
export class Cast {
  private readonly players = new Map<string, Player>();
  private readonly guest: Api;
  private readonly patience: Patience;
  private privacy: Promise<string> | undefined;
  constructor(patience: Patience) {
    this.patience = patience;
    this.guest = clientOf(routes, async ({ method, url, body }) => JSON.parse((await patience.ask({ method, path: `/api${url}`, ...(body && { body }) })).text) as unknown);
  }

  /** On the phone, through the stand-in of WeChat. */
  phone({ id }: RosterPerson): Api { return this.player(`phone ${id}`, () => this.bySession(id)); }
  /** At the desk, by password: nobody who is signed in there is thrown out. */
  desk({ login = '' }: RosterPerson): Api { return this.player(`desk ${login}`, () => this.byPassword(login)); }
  /** At the desk with a password that somebody else gave. */
  withPassword(login: string, password: string): Api { return new Player(this.patience, () => this.byPassword(login, password)).api; }
  /** How many people have called. */
  get size(): number { return this.players.size; }
  /** A header set for raw requests of this person: the load of the benchmark. */
  tokenOf({ id }: RosterPerson): Promise<Headers> { return this.bySession(id); }

  private player(name: string, signIn: () => Promise<Headers>): Api {
    const player = this.players.get(name) ?? new Player(this.patience, signIn);
    this.players.set(name, player);
    return player.api;
  }

  private async byPassword(login: string, password = deskPassword): Promise<Headers> {
    const { headers } = await this.patience.ask({ method: 'POST', path: '/api/session/desk', headers: { 'x-lvzhi': 'desk' }, body: { login, password } });
    const [cookie = ''] = (headers['set-cookie'] ?? []).map((it) => it.split(';')[0] ?? '');
    return { cookie, 'x-lvzhi': 'desk' };
  }

  /** A code is good once and dies with the stand-in: when the server restarts in between, begin again. */
  private async bySession(personId: string): Promise<Headers> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { token, me } = await this.signIn(`o-demo-${personId}`);
        const headers = { authorization: `Bearer ${token}` };
        if (me.mustConsent) await this.patience.ask({ method: 'POST', path: '/api/session/consent', headers, body: { version: await this.privacyVersion() } });
        return headers;
      } catch (error) {
        if (attempt === 3 || !(error instanceof RefusedByServer)) throw error;
      }
    }
  }

  private async signIn(openid: string): Promise<Answer<typeof routes.bindByPhone>> {
    const answer = await this.guest.wechatSignIn({ code: await this.wechatCode('login', openid) });
    if (answer.state === 'signed_in') return answer;
    return this.guest.bindByPhone({ ticket: answer.ticket, code: await this.wechatCode('phone-code', openid), consent: await this.privacyVersion() });
  }

  private async wechatCode(kind: 'login' | 'phone-code', openid: string): Promise<string> {
    return (JSON.parse((await this.patience.ask({ method: 'POST', path: `/__fake/${kind}`, body: { openid } })).text) as { code: string }).code;
  }
  private privacyVersion(): Promise<string> {
    this.privacy ??= this.guest.guest({}).then((it) => it.privacy.version);
    return this.privacy;
  }
}
