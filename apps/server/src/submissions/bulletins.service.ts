import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, routes } from '@lvzhi/contracts';
import { dateOf, isBlocked, maySee, reportedToWords, scopeOf, secrecyFindings, withoutContacts } from '@lvzhi/domain';
import sharp from 'sharp';
import type { EntityManager } from 'typeorm';
import { Audit } from '../platform/audit.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { FileRow } from '../platform/file.entity.ts';
import { FILE_STORE } from '../platform/file-store.ts';
import type { FileStore } from '../platform/file-store.ts';
import { notFound, refuse } from '../platform/refusals.ts';
import { rowsWhere, rowWhere } from '../platform/rows.ts';
import { Settings } from '../platform/settings.ts';
import { zippedFiles } from '../platform/zip-writer.ts';
import { bulletinDocument, bulletinHtml } from './bulletin.ts';
import type { Bulletin } from './bulletin.ts';
import { ChannelLine } from './delivery.entity.ts';
import { EditionText, Issue } from './edition.entity.ts';
import { EditionQueries } from './edition.queries.ts';
import { reportersOf, Revision, Submission } from './submission.entity.ts';

/** 2022年7月21日 */
const dayWords = (at: Date): string => { const [year, month, day] = dateOf(at).split('-').map(Number); return `${year}年${month}月${day}日`; };

const pictureName = (type: string, index: number): string => `图${index + 1}.${type === 'image/png' ? 'png' : type === 'image/gif' ? 'gif' : 'jpg'}`;

/** More than one reads at a sitting; those beyond are marked and come with the others in the file. */
const mostShown = 20;
/** As wide as a phone shows it, and below the megabyte that the public account takes. */
const onScreen = (bytes: Buffer): Promise<Buffer> => sharp(bytes).resize({ width: 1080, height: 2160, fit: 'inside', withoutEnlargement: true }).flatten({ background: '#fff' }).jpeg({ quality: 80 }).toBuffer();

/** Issues on their way out of the house: only signed ones, without a word of how to reach anybody, and each time logged. */
@Injectable()
export class BulletinsService {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings,
    @Inject(EditionQueries) private readonly editions: EditionQueries, @Inject(Audit) private readonly audit: Audit, @Inject(FILE_STORE) private readonly store: FileStore,
  ) {}

  async document(caller: Caller, id: string): Promise<{ name: string; bytes: Buffer }> {
    const { bulletin } = await this.bulletin(caller, id);
    await this.audit.record(caller, 'issue.exported', { kind: 'issue', id }, { what: 'docx' });
    return { name: `${bulletin.series} ${bulletin.number} ${bulletin.title}.docx`.replace(/[\\/:*?"<>|]/g, ' '), bytes: bulletinDocument(bulletin) };
  }

  async show(caller: Caller, id: string): Promise<Answer<typeof routes.showBulletin>> {
    const { bulletin, struck, pictures, held } = await this.bulletin(caller, id);
    const drawn: (string | null)[] = [];
    for (const [index, it] of pictures.entries()) drawn.push(index < mostShown ? `data:image/jpeg;base64,${(await onScreen(await this.bytes(it))).toString('base64')}` : null);
    await this.audit.record(caller, 'issue.exported', { kind: 'issue', id }, { what: 'public' });
    return { html: bulletinHtml({ ...bulletin, pictures: drawn }), title: bulletin.title, struck, pictures: pictures.map(({ type, size }, index) => ({ name: pictureName(type, index), size })), held };
  }

  /** The pictures whose use was agreed, numbered as the public text marks them; under their own names nothing goes out. */
  async pictures(caller: Caller, id: string): Promise<{ name: string; bytes: Buffer }> {
    const { bulletin, pictures } = await this.bulletin(caller, id);
    if (pictures.length === 0) refuse('export', '这一期没有反映人同意使用的图片');
    const parts: [string, Buffer][] = [];
    for (const [index, it] of pictures.entries()) parts.push([pictureName(it.type, index), await this.bytes(it)]);
    await this.audit.record(caller, 'issue.exported', { kind: 'issue', id }, { what: 'pictures' });
    return { name: `${bulletin.series} ${bulletin.number} 图片.zip`, bytes: zippedFiles(parts) };
  }

  private async bytes({ id }: FileRow): Promise<Buffer> {
    const stream = await this.store.open(id);
    if (!stream) throw new Error(`The bytes of ${id} are missing.`);
    return Buffer.concat(await stream.toArray() as Buffer[]);
  }

  /** Those of the report and of what was merged into it, as last handed in. */
  private async agreed(manager: EntityManager, reports: readonly Submission[]): Promise<{ pictures: FileRow[]; held: number }> {
    const revisions = await rowsWhere(manager, Revision, { submissionId: reports.map(({ id }) => id) });
    const wanted = reports.flatMap((it) => (revisions.find(({ submissionId, revisionNo }) => submissionId === it.id && revisionNo === it.revision)?.fileIds ?? []).map((fileId) => ({ fileId, agreed: it.picturesAgreed === 1 })));
    const found = new Map((await rowsWhere(manager, FileRow, { id: wanted.map(({ fileId }) => fileId) })).filter(({ type }) => type.startsWith('image/')).map((it) => [it.id, it]));
    const pictures = wanted.flatMap(({ fileId, agreed }) => { const it = found.get(fileId); return it ? [{ it, agreed }] : []; });
    return { pictures: pictures.filter(({ agreed }) => agreed).map(({ it }) => it), held: pictures.filter(({ agreed }) => !agreed).length };
  }

  private bulletin(caller: Caller, id: string): Promise<{ bulletin: Bulletin; struck: number; pictures: FileRow[]; held: number }> {
    return this.database.read(async (manager) => {
      const issue = await rowWhere(manager, Issue, { id });
      const report = issue && await rowWhere(manager, Submission, { id: issue.submissionId });
      if (!issue || !report || !maySee(scopeOf('opinion', caller), report)) notFound();
      if (issue.recalledAt) refuse('export', '这一期已经收回，不能再下载或发布。更正后重新编发会有新的期号。');
      const text = await rowWhere(manager, EditionText, { submissionId: issue.submissionId, textNo: issue.textNo });
      if (!text) throw new Error(`The text of issue ${id} is missing.`);
      if (isBlocked(secrecyFindings(`${text.title}\n${text.body}`))) refuse('export', '这一期里有疑似涉密的内容，没有下载。请收回编发，删去以后重新编发。');
      const [title, body] = [withoutContacts(text.title), withoutContacts(text.body)];
      const merged = await rowsWhere(manager, Submission, { mainId: report.id, state: 'merged' }, { by: 'submittedAt', limit: 100 });
      const lines = await rowsWhere(manager, ChannelLine, { issueId: id, isVoid: '' }, { by: 'changedAt' });
      const [city, mark] = [this.settings.get('city'), this.settings.get('issue.mark')];
      const { series, numberWords, signer, checker, editor } = this.editions.issueView(issue);
      const { pictures, held } = await this.agreed(manager, [report, ...merged]);
      return { struck: title.struck + body.struck, pictures, held, bulletin: {
        pictures: [],
        series: series.name, number: numberWords, organ: city.shortOrgan, date: dayWords(issue.issuedAt), title: title.text, paragraphs: body.text.split('\n').map((it) => it.trim()).filter((it) => it !== ''),
        reporters: [...new Set([report, ...merged].flatMap(reportersOf))].map((personId) => { const it = this.directory.page.person(personId); return it ? it.name + (it.note === '' ? '' : `（${it.note}）`) : ''; }).join('、'),
        ...this.readers(lines), signer, checker, editor, phone: city.contact.phone, internal: mark === 'all' || mark === 'one' && lines.length === 1,
      } };
    });
  }

  /** 报 to those above, 送 to the departments (rules: documents). */
  private readers(lines: readonly ChannelLine[]): Pick<Bulletin, 'reportedTo' | 'sentTo'> {
    const names = (of: readonly ChannelLine[]): string[] => [...new Set(of.map(({ channel, unitId }) => this.directory.page.body(unitId === '' ? null : unitId)?.name ?? reportedToWords[channel]))];
    return { reportedTo: names(lines.filter(({ channel }) => channel !== 'department')), sentTo: names(lines.filter(({ channel }) => channel === 'department')) };
  }
}
