import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Given, routes } from '@lvzhi/contracts';
import { postWords, reporterPosts } from '@lvzhi/domain';
import type { PostCode, SubmissionKind } from '@lvzhi/domain';
import { In } from 'typeorm';
import { WechatBinding } from '../identity/identity.entity.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';

/** Whose texts an office enters. A body's proposal bears its seal, so it comes on paper only (rules: posts, 参加单位). */
const writers: Readonly<Record<SubmissionKind, readonly PostCode[]>> = { opinion: reporterPosts, proposal: ['member', 'body_account'] };
const most = 20;

/** For whom something can be entered, and whether they can confirm it themselves. */
@Injectable()
export class EntryAuthors {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory) {}

  async find({ kind, query }: Given<typeof routes.findEntryAuthors>): Promise<Answer<typeof routes.findEntryAuthors>> {
    const { page } = this.directory;
    const fitting = page.holdersOf(writers[kind]).flatMap((id) => {
      const known = page.person(id);
      const posts = page.postsHeldBy(id).filter(({ post }) => writers[kind].includes(post)).map(({ post, bodyId }) => `${page.body(bodyId)?.short ?? ''}${postWords[post]}`);
      return known && [known.name, known.note, ...posts].some((words) => words.includes(query)) ? [{ known, posts }] : [];
    }).sort((a, b) => Number(b.known.name === query) - Number(a.known.name === query));
    const shown = fitting.slice(0, most);
    const bound = await this.bound(shown.map(({ known }) => known.id));
    return { more: fitting.length > most, rows: shown.map(({ known: { id, name, note }, posts }) => ({ id, name, note, posts: posts.join('、'), paperOnly: this.paperOnly(kind, id, bound) })) };
  }

  /** What is wrong with this choice; undefined: nothing. */
  async whyNot(kind: SubmissionKind, authorId: string, byPaper: boolean): Promise<string | undefined> {
    if (!this.writes(kind, authorId)) return `请选择可以${kind === 'opinion' ? '反映社情民意' : '提提案'}的人`;
    return byPaper ? undefined : this.paperOnly(kind, authorId, await this.bound([authorId])) ?? undefined;
  }

  private writes(kind: SubmissionKind, id: string): boolean { return this.directory.page.postsOf(id)?.some(({ post }) => writers[kind].includes(post)) === true; }
  private async bound(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = ids.length === 0 ? [] : await this.database.read((manager) => manager.findBy(WechatBinding, { personId: In([...ids]) }));
    return new Set(found.map(({ personId }) => personId));
  }
  private paperOnly(kind: SubmissionKind, id: string, bound: ReadonlySet<string>): string | null {
    if (!bound.has(id)) return '还没有绑定微信，不能在小程序里确认，请用签名的纸质件';
    return kind === 'proposal' && this.directory.page.postsOf(id)?.every(({ post }) => post !== 'member') ? '参加单位的提案要盖章，请用盖章的纸质件' : null;
  }
}
