import { createHash } from 'node:crypto';
import { Column, Entity, In, Index, PrimaryColumn } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AuditEntry } from './audit.ts';
import { idEarlier } from './ids.ts';
import { canonical } from './journal.ts';
import { Mark } from './marks.ts';
import { addRows } from './rows.ts';

/** The seal of one audit entry: its place in the one chain, and a hash over it and all before it. Entries themselves are never written to again. */
@Entity('audit_links')
@Index('audit_links_time', ['happenedAt', 'seq'])
@Index('audit_links_entry', ['entryId'], { unique: true })
export class AuditLink {
  @PrimaryColumn({ type: 'int' }) seq: number;
  @Column({ name: 'entry_id', type: 'varchar', length: 20 }) entryId: string;
  /** Of the entry. */
  @Column({ name: 'happened_at', type: 'datetime', precision: 3 }) happenedAt: Date;
  @Column({ type: 'varchar', length: 64 }) hash: string;
}

/** An entry of a transaction that took long may come to light after later ones were sealed; nothing takes an hour. */
const latest = 3_600_000;
const [batch, headMark] = [500, 'audit.head'];
/** Fewer days are never kept, whatever a setting says (网络安全法: at least six months). */
export const leastDays = 180;
const day = 86_400_000;

const linkHash = (previous: string, seq: number, { id, kind, personId, surface, subjectKind, subjectId, detail, happenedAt }: AuditEntry): string =>
  createHash('sha256').update([previous, seq, id, kind, personId ?? '', surface, subjectKind ?? '', subjectId ?? '', canonical(detail), happenedAt.toISOString()].join('\n')).digest('hex');
const lastLink = (manager: EntityManager): Promise<AuditLink | null> => manager.createQueryBuilder(AuditLink, 'l').orderBy('l.seq', 'DESC').limit(1).getOne();
const unlinked = (manager: EntityManager) => manager.createQueryBuilder(AuditEntry, 'e').where('NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.entry_id = e.id)').orderBy('e.id', 'ASC');

/** Seals what was written since the last time; answers how much. Only inside a write, on one instance at a time. */
export async function sealAudit(manager: EntityManager): Promise<number> {
  const last = await lastLink(manager);
  const query = unlinked(manager).limit(batch);
  if (last) query.andWhere('e.id > :since', { since: idEarlier(last.entryId, latest) });
  const links: AuditLink[] = [];
  for (const entry of await query.getMany()) {
    const before = links.at(-1) ?? last;
    const seq = (before?.seq ?? 0) + 1;
    links.push({ seq, entryId: entry.id, happenedAt: entry.happenedAt, hash: linkHash(before?.hash ?? '', seq, entry) });
  }
  await addRows(manager, AuditLink, links);
  const head = links.at(-1);
  if (head) await manager.upsert(Mark, { name: headMark, value: `${head.seq} ${head.hash}` }, ['name']);
  return links.length;
}

/** Removes entries older than so many days, oldest first, a piece at a time; the last link of them stays as the foot of the chain. Answers how many, and 0 when none is left. */
export async function pruneAudit(manager: EntityManager, now: Date, days: number): Promise<number> {
  const before = new Date(now.getTime() - Math.max(leastDays, days) * day);
  const kept = await manager.createQueryBuilder(AuditLink, 'l').select('MIN(l.seq)', 'seq').where('l.happenedAt >= :before', { before }).getRawOne<{ seq: number | null }>();
  const last = await lastLink(manager);
  const until = Math.min(Number(kept?.seq ?? last?.seq ?? 0), last?.seq ?? 0);
  const old = await manager.createQueryBuilder(AuditLink, 'l').where('l.seq < :until', { until }).orderBy('l.seq', 'ASC').limit(batch).getMany();
  const foot = old.at(-1);
  if (!foot) return 0;
  const { affected } = await manager.delete(AuditEntry, { id: In(old.map(({ entryId }) => entryId)) });
  if (old.length > 1) await manager.delete(AuditLink, { seq: In(old.slice(0, -1).map(({ seq }) => seq)) });
  return affected ?? 0;
}

export interface AuditVerified { readonly entries: number; readonly faults: readonly string[] }
const most = 20;

/** Recomputes the chain of the audit log from its foot; what does not fit is named. Reads only. */
export async function verifyAudit(manager: EntityManager): Promise<AuditVerified> {
  const faults: string[] = [];
  const fault = (seq: number, words: string): void => { if (faults.length < most) faults.push(`审计记录第 ${seq} 条：${words}`); };
  let [entries, previous, foot]: [number, AuditLink | undefined, AuditLink | undefined] = [0, undefined, undefined];
  for (;;) {
    const links: AuditLink[] = await manager.createQueryBuilder(AuditLink, 'l').where('l.seq > :seq', { seq: previous?.seq ?? 0 }).orderBy('l.seq', 'ASC').limit(batch).getMany();
    if (links.length === 0) break;
    const found = new Map((await manager.findBy(AuditEntry, { id: In(links.map(({ entryId }) => entryId)) })).map((it) => [it.id, it]));
    for (const link of links) {
      const entry = found.get(link.entryId);
      if (previous && link.seq !== previous.seq + 1) fault(previous.seq + 1, '不见了');
      if (!entry && !previous) foot = link;
      if (!entry && previous) fault(link.seq, '不见了');
      else if (entry && (previous || link.seq === 1) && linkHash(previous?.hash ?? '', link.seq, entry) !== link.hash) fault(link.seq, '被改过');
      entries += entry ? 1 : 0;
      previous = link;
    }
  }
  // The last one that was let go when its days were over stays as the foot; nothing younger may be without its entry.
  if (foot && previous && previous.happenedAt.getTime() - foot.happenedAt.getTime() < leastDays * day) fault(foot.seq, '不见了');
  const head = (await manager.findOneBy(Mark, { name: headMark }))?.value;
  if ((head ?? '') !== (previous ? `${previous.seq} ${previous.hash}` : '')) fault((previous?.seq ?? 0) + 1, '从这一条起，末尾被截掉或者改过');
  const early = previous && await unlinked(manager).andWhere('e.id < :since', { since: idEarlier(previous.entryId, 2 * latest) }).limit(most).getMany();
  for (const { id } of early ?? []) if (faults.length < most) faults.push(`审计记录 ${id}：是后来插进来的`);
  return { entries, faults };
}
