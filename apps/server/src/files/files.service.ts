import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ForbiddenException, Inject, Injectable, Logger } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { Caller, FileView, Refusal } from '@lvzhi/contracts';
import { maySee, scopeOf } from '@lvzhi/domain';
import { IsNull, QueryFailedError } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow, fileViewOf } from '../platform/file.entity.ts';
import { newId } from '../platform/ids.ts';
import { notFound, refuse } from '../platform/refusals.ts';
import { refuseFile } from '../disposal/disposed.queries.ts';
import { Rating } from '../handling/reply.entity.ts';
import { Entry } from '../submissions/entry.entity.ts';
import { opensFile } from '../submissions/joint.queries.ts';
import { Submission } from '../submissions/submission.entity.ts';
import { kindOf } from './kinds.ts';
import { fileName } from './names.ts';
import { redraw } from './pictures.ts';
import { FILE_STORE } from '../platform/file-store.ts';
import type { FileStore } from '../platform/file-store.ts';

/** Of one person, not yet part of a document. */
const mostWaiting = 40;
const linkMinutes = 5;

/** A link as its parameters say; who made it and until when it holds is under the signature. */
export interface Link { readonly until: string; readonly by: string; readonly sign: string }
type Reader = Pick<Caller, 'personId' | 'posts'>;

/** Attachments: kept once, shown to whoever may see their document, changeable until it is submitted. */
@Injectable()
export class FilesService {
  private readonly log = new Logger('files');

  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Clock) private readonly clock: Clock, @Inject(CONFIG) private readonly config: Config,
    @Inject(Directory) private readonly directory: Directory, @Inject(FILE_STORE) private readonly store: FileStore,
  ) {}

  /** What an earlier try with the same key has already brought, so that a retry on a bad line is an answer and not a copy. */
  async uploaded(caller: Caller, uploadKey: string): Promise<FileView | undefined> {
    const row = await this.database.read((manager) => manager.findOneBy(FileRow, { ownerId: caller.personId, uploadKey }));
    return row ? fileViewOf(row) : undefined;
  }

  /**
   * Keeps an upload under the caller's key; the same key again answers the row that is there, also for tries at the same time.
   * @throws Unwelcome for what is not taken, 409 when too many wait to be submitted
   */
  async keep(caller: Caller, uploadKey: string, sentName: string, sent: Buffer): Promise<FileView> {
    await this.database.read((manager) => this.leaveRoom(manager, caller));
    const found = kindOf(sent, sentName);
    const { bytes, kind } = found.type.startsWith('image/') ? await redraw(sent, found, sentName) : { bytes: sent, kind: found };
    const id = newId();
    await this.database.read((manager) => refuseFile(manager, createHash('sha256').update(bytes).digest('hex')));
    const sha256 = await this.store.put(id, bytes);
    const row: FileRow = { id, ownerId: caller.personId, uploadKey, docId: null, name: fileName(sentName, kind.extension), type: kind.type, size: bytes.length, sha256, uploadedAt: this.clock.now() };
    // When this fails nobody knows for sure that no row came to be, so the bytes stay: the sweep finds them if they are strays.
    const kept = await this.insertOnce(caller, row);
    if (kept.id !== id) await this.store.remove(id);
    return fileViewOf(kept);
  }

  /** A signed address of the bytes, for an image or a download, which cannot carry a session along. */
  async link(caller: Caller, id: string): Promise<string> {
    await this.visible(caller, id);
    const until = String(this.clock.now().getTime() + linkMinutes * 60_000);
    return `/api/files/${id}/content?${new URLSearchParams({ until, by: caller.personId, sign: this.sign(id, until, caller.personId) }).toString()}`;
  }

  /** The bytes behind a link. Who made it must still be here and still see the document. */
  async content(id: string, { until, by, sign }: Link): Promise<{ row: FileRow; bytes: Readable }> {
    const [given, due] = [Buffer.from(sign), Buffer.from(this.sign(id, until, by))];
    if (given.length !== due.length || !timingSafeEqual(given, due)) notFound();
    if (Number(until) <= this.clock.now().getTime()) throw new ForbiddenException({ reason: '这个下载地址已经过期，请回到原来的页面重新打开附件' } satisfies Refusal);
    const posts = this.directory.page.postsOf(by);
    if (!posts) notFound();
    const row = await this.visible({ personId: by, posts }, id);
    const bytes = await this.store.open(id);
    if (!bytes) {
      this.log.error(`The bytes of file ${id} are missing.`);
      notFound();
    }
    return { row, bytes };
  }

  /** Takes back an attachment of one's own that is not yet part of a document. */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.database.write(async (manager) => {
      const { affected } = await manager.delete(FileRow, { id, ownerId: caller.personId, docId: IsNull() });
      if (affected === 1) return;
      if (await manager.existsBy(FileRow, { id, ownerId: caller.personId })) refuse('removeFile', '这个附件已经随材料提交，留作记录，不能单独删除；补充修改时可以不再带上它');
      notFound();
    });
    await this.store.remove(id);
  }

  private sign(id: string, until: string, by: string): string {
    return createHmac('sha256', this.config.secret).update(`file\n${id}\n${until}\n${by}`).digest('base64url');
  }

  /** An attachment is as visible as its document; before that it is its owner's alone. */
  private visible(reader: Reader, id: string): Promise<FileRow> {
    return this.database.read(async (manager) => {
      const row = await manager.findOneBy(FileRow, { id });
      if (!row) notFound();
      if (row.docId === null) return row.ownerId === reader.personId || await opensFile(manager, reader.personId, row) ? row : notFound();
      const doc = await manager.findOneBy(Submission, { id: row.docId });
      if (doc) return maySee(scopeOf(doc.kind, reader), doc) || await opensFile(manager, reader.personId, row) ? row : notFound();
      const [entry, rating] = [await manager.findOneBy(Entry, { id: row.docId }), await manager.findOneBy(Rating, { id: row.docId })];
      if (rating) return maySee(scopeOf('rating', reader), { ...rating, committeeId: null, coCommitteeIds: [] }) ? row : notFound();
      return entry && maySee(scopeOf('entry', reader), { ...entry, committeeId: entry.bodyId, coCommitteeIds: [] }) ? row : notFound();
    });
  }

  private async insertOnce(caller: Caller, row: FileRow): Promise<FileRow> {
    const { ownerId, uploadKey } = row;
    try {
      return await this.database.write(async (manager) => {
        const earlier = await manager.findOneBy(FileRow, { ownerId, uploadKey });
        if (earlier) return earlier;
        await this.leaveRoom(manager, caller);
        await manager.insert(FileRow, row);
        return row;
      });
    } catch (error) {
      if (!(error instanceof QueryFailedError)) throw error;
      // Where units run side by side the index decides which of two tries was first.
      const first = await this.database.read((manager) => manager.findOneBy(FileRow, { ownerId, uploadKey }));
      if (!first) throw error;
      return first;
    }
  }

  private async leaveRoom(manager: EntityManager, { personId }: Caller): Promise<void> {
    const waiting = await manager.countBy(FileRow, { ownerId: personId, docId: IsNull() });
    if (waiting >= mostWaiting) refuse('upload', `您有 ${waiting} 个附件还没有随材料提交，请先提交或删除一些，再上传新的`);
  }
}
