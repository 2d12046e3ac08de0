import { Inject, Injectable } from '@nestjs/common';
import type { auditFilters, AuditRow } from '@lvzhi/contracts';
import { addDays, auditGroupOf, auditGroupWords, auditKinds, auditWords, documentKinds, instantOf, kindWords, postCodes, postWords, wayWords } from '@lvzhi/domain';
import { In, Like } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type * as v from 'valibot';
import { AuditEntry } from '../platform/audit.ts';
import { Person } from '../platform/directory.entity.ts';
import { Directory } from '../platform/directory.ts';
import { keyset } from '../platform/pages.ts';
import { Settings } from '../platform/settings.ts';

export type AuditFilters = v.InferOutput<typeof auditFilters>;
const surfaceWords = { phone: '手机端', desk: '电脑端', house: '系统' } as const;
const mostNamesakes = 200;

/** What the details of a record are called; a key that is not here is shown as it is. */
const detailWords: Readonly<Record<string, string>> = {
  login: '账号', post: '职务', body: '机构', fields: '改了', rows: '行数', phones: '含完整手机号', count: '个数', kind: '种类', name: '名称', from: '从', until: '到', for: '代', reason: '原因', on: '日期', posts: '职务', step: '步骤', days: '保存天数', file: '文件', outcome: '结果',
  sector: '界别', ordered: '重排', leftOut: '没有导入的行', added: '增加', changed: '修改', unchanged: '没有变', urgency: '紧急程度', by: '方式', device: '设备', ended: '退出个数', codes: '恢复码个数', word: '词', words: '含检索词', texts: '含正文', cut: '截断', filters: '筛选', change: '改动', redated: '改期件数', people: '人数', called: '已电话通知', group: '类别',
};

/** The audit log as its reader sees it: filtered, newest first, in words. */
@Injectable()
export class AuditQueries {
  constructor(@Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings) {}

  async page(manager: EntityManager, filters: AuditFilters, after: string | undefined, limit: number): Promise<AuditEntry[]> {
    const query = await this.fitting(manager, filters);
    return query ? keyset(query, 'e.happenedAt', 'DESC', after, limit).getMany() : [];
  }

  /** undefined: nobody of that name. */
  private async fitting(manager: EntityManager, { group, kind, name, from, until }: AuditFilters): Promise<SelectQueryBuilder<AuditEntry> | undefined> {
    const query = manager.createQueryBuilder(AuditEntry, 'e').where('1 = 1');
    if (kind ?? group) query.andWhere({ kind: In(auditKinds.filter((it) => (kind === undefined || it === kind) && (group === undefined || auditGroupOf(it) === group))) });
    if (from !== undefined) query.andWhere('e.happenedAt >= :from', { from: instantOf(from, '00:00') });
    if (until !== undefined) query.andWhere('e.happenedAt < :until', { until: instantOf(addDays(until, 1), '00:00') });
    if (name === '') return query;
    const people = await manager.find(Person, { select: { id: true }, where: { name: Like(`${name.replace(/[%_\\]/g, '')}%`) }, take: mostNamesakes });
    return people.length === 0 ? undefined : query.andWhere({ personId: In(people.map(({ id }) => id)) });
  }

  rowOf({ id, kind, personId, surface, subjectKind, subjectId, detail, happenedAt }: AuditEntry): AuditRow {
    return {
      id, at: happenedAt.toISOString(), kind, words: auditWords[kind], groupWords: auditGroupWords[auditGroupOf(kind)], surface: surfaceWords[surface],
      who: personId === null ? surface === 'house' ? '系统' : '没有认出' : this.nameOf(personId), subject: subjectId === null ? '' : this.subject(subjectKind ?? '', subjectId),
      detail: Object.entries(detail).map(([key, value]) => `${detailWords[key] ?? key}：${this.valueWords(key, value)}`).join('；'),
    };
  }

  private nameOf(personId: string): string { return this.directory.page.person(personId)?.name ?? `已不在名册（${personId}）`; }
  private subject(kind: string, id: string): string {
    if (kind === 'person') return this.nameOf(id);
    if (kind === 'body') return this.directory.page.body(id)?.name ?? id;
    const document = documentKinds.find((it) => it === kind);
    return document ? `${kindWords[document]} ${id}` : kind === 'import' ? `导入 ${id}` : id;
  }
  private valueWords(key: string, value: AuditEntry['detail'][string]): string {
    if (typeof value === 'boolean') return value ? '是' : '否';
    if (value === null) return '无';
    if (Array.isArray(value)) return value.map((it: string) => this.valueWords(key, it)).join('、');
    const text = String(value);
    if (key === 'urgency') return this.settings.get('urgencies').find(({ code }) => code === text)?.name ?? text;
    if (key === 'by' && Object.hasOwn(wayWords, text)) return wayWords[text as keyof typeof wayWords];
    const post = postCodes.find((it) => it === text.split('@')[0]);
    if (post) return postWords[post] + (text.includes('@') ? `（${this.directory.page.body(text.split('@')[1] ?? '')?.short ?? ''}）` : '');
    return key === 'for' ? this.nameOf(text) : this.directory.page.body(text)?.short ?? text;
  }
}
