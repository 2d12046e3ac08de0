import { Brackets } from 'typeorm';
import type { EntityManager, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { rowsWhere } from './rows.ts';

/** A page ends at (instant, id): the next one begins after it, however many rows came in between. */
const cursor = (at: Date, id: string): string => `${at.toISOString()}~${id}`;
function parse(after: string): { at: Date; id: string } | undefined {
  const [at = '', id = ''] = after.split('~');
  const instant = new Date(at);
  return Number.isNaN(instant.getTime()) || id === '' ? undefined : { at: instant, id };
}

/** Orders by (column, id), goes on after the cursor, and asks for one row more to know whether there is a next page. No count. */
export function keyset<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, column: string, direction: 'ASC' | 'DESC', after: string | undefined, limit: number): SelectQueryBuilder<T> {
  const [alias] = column.split('.');
  const from = after === undefined ? undefined : parse(after);
  if (from) {
    const beyond = direction === 'ASC' ? '>' : '<';
    query.andWhere(new Brackets((it) => { it.where(`${column} ${beyond} :keysetAt`, { keysetAt: from.at }).orWhere(`(${column} = :keysetAt AND ${alias}.id ${beyond} :keysetId)`, { keysetId: from.id }); }));
  }
  return query.orderBy(column, direction).addOrderBy(`${alias}.id`, direction).limit(limit + 1);
}

export function pageOf<T extends { id: string }>(found: readonly T[], limit: number, at: (row: T) => Date): { rows: T[]; next: string | null } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? cursor(at(last), last.id) : null };
}

/** A page by plain conditions, for the lists that everybody opens all day: the same order and cursor as `keyset`, without a query builder. */
export async function pageWhere<E extends ObjectLiteral & { id: string }>(
  manager: EntityManager, entity: EntityTarget<E>, where: Parameters<typeof rowsWhere<E>>[2], by: keyof E & string, direction: 'ASC' | 'DESC', after: string | undefined, limit: number, through?: string,
): Promise<{ rows: E[]; next: string | null }> {
  const from = after === undefined ? undefined : parse(after);
  const found = await rowsWhere(manager, entity, where, { by, direction, beyond: from && { value: from.at, id: from.id }, limit: limit + 1, through });
  return pageOf(found, limit, (row) => row[by] as Date);
}
