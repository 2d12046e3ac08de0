import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Given, routes } from '@lvzhi/contracts';
import { postWords, proposerKindWords, reporterPosts } from '@lvzhi/domain';
import type { CollectiveKind, PostCode, SubmissionKind } from '@lvzhi/domain';
import { In } from 'typeorm';
import { WechatBinding } from '../identity/identity.entity.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { ProposingBodies } from './proposing.ts';

/** Whose texts an office enters. A body's proposal is the body's: it bears its seal, so it comes on paper only (rules: posts, 参加单位). */
const writers: Readonly<Record<SubmissionKind, readonly PostCode[]>> = { opinion: reporterPosts, proposal: ['member'] };
const sealed = '集体提案要签名盖章，请用签名盖章的纸质件';
const most = 20;
type Row = Answer<typeof routes.findEntryAuthors>['rows'][number];

/** For whom something can be entered, and whether they can confirm it themselves. */
@Injectable()
export class EntryAuthors {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(ProposingBodies) private readonly proposing: ProposingBodies) {}

  async find({ kind, query }: Given<typeof routes.findEntryAuthors>): Promise<Answer<typeof routes.findEntryAuthors>> {
    const { page } = this.directory;
    const bodies = kind === 'proposal' ? this.bodies().filter(({ name, posts }) => name.includes(query) || posts.includes(query)) : [];
    const fitting = page.holdersOf(writers[kind]).flatMap((id) => {
      const known = page.person(id);
      const posts = page.postsHeldBy(id).filter(({ post }) => writers[kind].includes(post)).map(({ post, bodyId }) => `${page.body(bodyId)?.short ?? ''}${postWords[post]}`);
      return known && [known.name, known.note, ...posts].some((words) => words.includes(query)) ? [{ known, posts }] : [];
    }).sort((a, b) => Number(b.known.name === query) - Number(a.known.name === query));
    const shown = fitting.slice(0, most);
    const bound = await this.bound(shown.map(({ known }) => known.id));
    const people = shown.map(({ known: { id, name, note }, posts }): Row => ({ id, name, note, posts: posts.join('、'), proposerKind: null, paperOnly: this.paperOnly(id, bound) }));
    return { more: fitting.length + bodies.length > most, rows: (query === '' ? [...people, ...bodies] : [...bodies, ...people]).slice(0, most) };
  }
  private bodies(): Row[] {
    return this.directory.page.proposingBodies().map(({ body, kind }) => ({ id: body.id, name: body.name, note: proposerKindWords[kind], posts: proposerKindWords[kind], proposerKind: kind, paperOnly: sealed }));
  }

  /** What is wrong with this choice; undefined: nothing. */
  async whyNot(kind: SubmissionKind, authorId: string, proposerKind: CollectiveKind | null, byPaper: boolean): Promise<string | undefined> {
    if (kind === 'proposal' && proposerKind !== null) {
      if (!this.directory.page.proposingBodies().some((it) => it.body.id === authorId && it.kind === proposerKind)) return '请从列表里选择提案的单位';
      return byPaper ? this.proposing.whyNotNow(proposerKind) : sealed;
    }
    if (!this.writes(kind, authorId)) return `请选择可以${kind === 'opinion' ? '反映社情民意' : '提提案'}的人`;
    return byPaper ? undefined : this.paperOnly(authorId, await this.bound([authorId])) ?? undefined;
  }

  private writes(kind: SubmissionKind, id: string): boolean { return this.directory.page.postsOf(id)?.some(({ post }) => writers[kind].includes(post)) === true; }
  private async bound(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = ids.length === 0 ? [] : await this.database.read((manager) => manager.findBy(WechatBinding, { personId: In([...ids]) }));
    return new Set(found.map(({ personId }) => personId));
  }
  private paperOnly(id: string, bound: ReadonlySet<string>): string | null { return bound.has(id) ? null : '还没有绑定微信，不能在小程序里确认，请用签名的纸质件'; }
}
