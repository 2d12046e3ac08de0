import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

type ColumnMetadata = ReturnType<EntityManager['connection']['getMetadata']>['columns'][number];
/** A condition: not after, not above. */
export class AtMost<T> {
  readonly value: T;
  constructor(value: T) { this.value = value; }
}
/** Equal to the value; one of a list; at most; null: is null. */
type Where<E> = { readonly [K in keyof E]?: E[K] | readonly E[K][] | AtMost<E[K]> | null };
/** `beyond`: only what comes after this place in the order, where two rows of one value stand in the order of their ids. */
interface Order<E> { readonly by?: keyof E & string; readonly direction?: 'ASC' | 'DESC'; readonly beyond?: { readonly value: unknown; readonly id: string } | undefined; readonly limit?: number }
interface Table { readonly name: string; readonly columns: readonly ColumnMetadata[]; readonly byProperty: ReadonlyMap<string, ColumnMetadata>; readonly select: string; readonly insert: string }

/**
 * Rows by plain statements. The query builder builds, escapes and reads back every statement anew (0.2 ms each, ten times what the embedded
 * database needs); these are put together from the entity's own columns once, and values go through the same driver conversions. For what is
 * read and written in every request; lists with conditions of their own stay with the query builder.
 */
const tables = new WeakMap<object, Map<unknown, Table>>();

function tableOf<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>): Table {
  const { connection } = manager;
  const known = tables.get(connection) ?? new Map<unknown, Table>();
  tables.set(connection, known);
  const found = known.get(entity);
  if (found) return found;
  const { tableName, columns } = connection.getMetadata(entity);
  const names = columns.map(({ databaseName }) => connection.driver.escape(databaseName)).join();
  const name = connection.driver.escape(tableName);
  const made = { name, columns, byProperty: new Map(columns.map((it) => [it.propertyName, it])), select: `SELECT ${names} FROM ${name}`, insert: `INSERT INTO ${name}(${names}) VALUES ` };
  known.set(entity, made);
  return made;
}

function conditions<E extends ObjectLiteral>(manager: EntityManager, table: Table, where: Where<E>): { sql: string; values: unknown[] } {
  const { driver } = manager.connection;
  const values: unknown[] = [];
  const parts = Object.entries(where).map(([property, value]: [string, unknown]) => {
    const column = table.byProperty.get(property);
    if (!column || value === undefined) throw new Error(`${table.name} cannot be asked for ${property}`);
    const name = driver.escape(column.databaseName);
    if (value === null) return `${name} IS NULL`;
    const all: readonly unknown[] = Array.isArray(value) ? value : [value instanceof AtMost ? value.value : value];
    values.push(...all.map((it) => driver.preparePersistentValue(it, column) as unknown));
    return Array.isArray(value) ? `${name} IN (${all.map(() => '?').join()})` : `${name} ${value instanceof AtMost ? '<=' : '='} ?`;
  });
  return { sql: parts.join(' AND '), values };
}

/** The end of a list's statement: from where on, in which order, how many. */
function orderOf<E extends ObjectLiteral>(manager: EntityManager, table: Table, { by, direction = 'ASC', beyond, limit }: Order<E>): { sql: string; values: unknown[] } {
  const { driver } = manager.connection;
  const most = limit === undefined ? '' : ` LIMIT ${limit}`;
  const column = by === undefined ? undefined : table.byProperty.get(by);
  if (!column) return { sql: most, values: [] };
  const [name, id, after] = [driver.escape(column.databaseName), driver.escape('id'), direction === 'ASC' ? '>' : '<'];
  const second = table.byProperty.has('id') ? `, ${id} ${direction}` : '';
  const value: unknown = beyond && driver.preparePersistentValue(beyond.value, column);
  return { sql: `${beyond ? ` AND (${name} ${after} ? OR (${name} = ? AND ${id} ${after} ?))` : ''} ORDER BY ${name} ${direction}${second}${most}`, values: beyond ? [value, value, beyond.id] : [] };
}

/** All rows that fit, in no order unless one is named. An empty list fits nothing. */
export async function rowsWhere<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, where: Where<E>, order: Order<E> = {}): Promise<E[]> {
  if (Object.values(where).some((it) => Array.isArray(it) && it.length === 0)) return [];
  const [table, { driver }] = [tableOf(manager, entity), manager.connection];
  const [fits, tail] = [conditions(manager, table, where), orderOf(manager, table, order)];
  const found: Record<string, unknown>[] = await manager.query(`${table.select} WHERE ${fits.sql}${tail.sql}`, [...fits.values, ...tail.values]);
  return found.map((row) => {
    const hydrated: Record<string, unknown> = {};
    for (const it of table.columns) hydrated[it.propertyName] = driver.prepareHydratedValue(row[it.databaseName], it) as unknown;
    return hydrated as E;
  });
}

export async function rowWhere<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, where: Where<E>): Promise<E | undefined> {
  return (await rowsWhere(manager, entity, where, { limit: 1 }))[0];
}

/** How many rows fit, counted no further than `most`. */
export async function countWhere<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, where: Where<E>, most: number): Promise<number> {
  const table = tableOf(manager, entity);
  const { sql, values } = conditions(manager, table, where);
  const [row]: { found: number | string }[] = await manager.query(`SELECT COUNT(*) AS found FROM (SELECT 1 AS one FROM ${table.name} WHERE ${sql} LIMIT ${most}) fits`, values);
  return Number(row?.found ?? 0);
}

/** Whole rows, all in one statement. @throws QueryFailedError as the query builder does, when a key is taken */
export async function addRows<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, rows: readonly Pick<E, keyof E>[]): Promise<void> {
  if (rows.length === 0) return;
  const [table, { driver }] = [tableOf(manager, entity), manager.connection];
  const places = `(${table.columns.map(() => '?').join()})`;
  await manager.query(table.insert + rows.map(() => places).join(), rows.flatMap((row) => table.columns.map((it) => driver.preparePersistentValue(row[it.propertyName as keyof E], it) as unknown)));
}

/** How many rows it changed: the guard of every conditional update. Only inside a write. */
export async function changeRows<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, where: Where<E>, set: Partial<Pick<E, keyof E>>): Promise<number> {
  const [table, { driver }, { queryRunner }] = [tableOf(manager, entity), manager.connection, manager];
  if (!queryRunner) throw new Error('Rows are changed inside a unit of work.');
  const columns = table.columns.filter(({ propertyName }) => Object.hasOwn(set, propertyName));
  const { sql, values } = conditions(manager, table, where);
  const assigned = columns.map((it) => `${driver.escape(it.databaseName)} = ?`).join();
  const { affected } = await queryRunner.query(`UPDATE ${table.name} SET ${assigned} WHERE ${sql}`, [...columns.map((it) => driver.preparePersistentValue(set[it.propertyName as keyof E], it) as unknown), ...values], true);
  return affected ?? 0;
}
