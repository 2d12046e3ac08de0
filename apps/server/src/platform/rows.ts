import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { ask, askCells, tell } from './statements.ts';

type ColumnMetadata = ReturnType<EntityManager['connection']['getMetadata']>['columns'][number];
/** A condition: not after, not above. */
export class AtMost<T> {
  readonly value: T;
  constructor(value: T) { this.value = value; }
}
/** Equal to the value; one of a list; at most; null: is null. */
type Where<E> = { readonly [K in keyof E]?: E[K] | readonly E[K][] | AtMost<E[K]> | null };
/**
 * `beyond`: only what comes after this place in the order, where two rows of one value stand in the order of their ids. `through`: the index
 * that finds them, where a database would rather go through another that has the order already, and so through everybody's rows.
 */
interface Order<E> { readonly by?: keyof E & string; readonly direction?: 'ASC' | 'DESC'; readonly beyond?: { readonly value: unknown; readonly id: string } | undefined; readonly limit?: number; readonly through?: string | undefined }
/** `stored`, `shown`: a value as the database keeps it, and as the entity has it; absent where they are the same. */
interface Column { readonly property: string; readonly name: string; stored?: (value: unknown) => unknown; shown?: (value: unknown) => unknown }
/** `blank`: every property in its place, so that all rows have one shape. */
interface Table { readonly name: string; readonly columns: readonly Column[]; readonly byProperty: ReadonlyMap<string, Column>; readonly names: readonly string[]; readonly from: string; readonly insert: string; readonly places: string; readonly blank: Record<string, unknown> }

/**
 * Rows by plain statements. The query builder builds, escapes and reads back every statement anew (0.2 ms each, ten times what the embedded
 * database needs); these are put together from the entity's own columns once, and go to the driver by the shortest way (statements.ts). For
 * what is read and written in every request; lists with conditions of their own stay with the query builder.
 */
const tables = new WeakMap<object, Map<unknown, Table>>();

/** A datetime as the embedded database keeps it: UTC, to the millisecond. */
const instantText = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/;
const asTheyAre = new Set<unknown>(['varchar', 'text', 'int', 'integer']);

/** The ORM's own conversions, and the short way for what they come to with the columns that there are. */
function columnOf({ driver, options }: EntityManager['connection'], it: ColumnMetadata): Column {
  const [property, name, embedded] = [it.propertyName, driver.escape(it.databaseName), options.type === 'better-sqlite3'];
  if (it.transformer === undefined && asTheyAre.has(it.type)) return { property, name };
  const [stored, shown] = [(value: unknown) => driver.preparePersistentValue(value, it) as unknown, (value: unknown) => driver.prepareHydratedValue(value, it) as unknown];
  if (it.type === 'json') return { property, name, stored, shown };
  if (it.type !== 'datetime') throw new Error(`${it.entityMetadata.tableName}.${it.databaseName} is of a kind that plain rows do not have.`);
  return {
    property, name,
    stored: (value) => (value instanceof Date ? embedded ? value.toISOString().replace('T', ' ').slice(0, 23) : value : stored(value)),
    shown: (value) => (typeof value === 'string' && instantText.test(value) ? new Date(`${value.slice(0, 10)}T${value.slice(11)}Z`) : shown(value)),
  };
}

const kept = ({ stored }: Column, value: unknown): unknown => (stored ? stored(value) : value);

function tableOf<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>): Table {
  const { connection } = manager;
  const known = tables.get(connection) ?? new Map<unknown, Table>();
  tables.set(connection, known);
  const found = known.get(entity);
  if (found) return found;
  const { tableName, columns: all } = connection.getMetadata(entity);
  const [name, columns] = [connection.driver.escape(tableName), all.map((it) => columnOf(connection, it))];
  const names = columns.map((it) => it.name);
  const made = {
    name, columns, names, byProperty: new Map(columns.map((it) => [it.property, it])), from: `FROM ${name}`, insert: `INSERT INTO ${name}(${names.join()}) VALUES `,
    places: `(${columns.map(() => '?').join()})`, blank: Object.fromEntries(columns.map(({ property }) => [property, null])),
  };
  known.set(entity, made);
  return made;
}

function conditions<E extends ObjectLiteral>(table: Table, where: Where<E>): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts = Object.entries(where).map(([property, value]: [string, unknown]) => {
    const column = table.byProperty.get(property);
    if (!column || value === undefined) throw new Error(`${table.name} cannot be asked for ${property}`);
    const { name } = column;
    if (value === null) return `${name} IS NULL`;
    const all: readonly unknown[] = Array.isArray(value) ? value : [value instanceof AtMost ? value.value : value];
    values.push(...(column.stored ? all.map(column.stored) : all));
    return Array.isArray(value) ? `${name} IN (${all.map(() => '?').join()})` : `${name} ${value instanceof AtMost ? '<=' : '='} ?`;
  });
  return { sql: parts.join(' AND '), values };
}

/** The end of a list's statement: from where on, in which order, how many. */
function orderOf<E extends ObjectLiteral>(table: Table, { by, direction = 'ASC', beyond, limit }: Order<E>): { sql: string; values: unknown[] } {
  const most = limit === undefined ? '' : ` LIMIT ${limit}`;
  const column = by === undefined ? undefined : table.byProperty.get(by);
  if (!column) return { sql: most, values: [] };
  const [{ name }, id, after] = [column, table.byProperty.get('id')?.name ?? '', direction === 'ASC' ? '>' : '<'];
  const second = id === '' ? '' : `, ${id} ${direction}`;
  const value: unknown = beyond && kept(column, beyond.value);
  return { sql: `${beyond ? ` AND (${name} ${after} ? OR (${name} = ? AND ${id} ${after} ?))` : ''} ORDER BY ${name} ${direction}${second}${most}`, values: beyond ? [value, value, beyond.id] : [] };
}

const throughOf = ({ connection: { options } }: EntityManager, index: string | undefined): string => (index === undefined ? '' : options.type === 'better-sqlite3' ? ` INDEXED BY ${index}` : ` FORCE INDEX (${index})`);

/** All rows that fit, in no order unless one is named. An empty list fits nothing. */
export async function rowsWhere<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, where: Where<E>, order: Order<E> = {}): Promise<E[]> {
  if (Object.values(where).some((it) => Array.isArray(it) && it.length === 0)) return [];
  const table = tableOf(manager, entity);
  const [fits, tail] = [conditions(table, where), orderOf(table, order)];
  const { columns } = table;
  const found = await askCells(manager, table.names, `${table.from}${throughOf(manager, order.through)} WHERE ${fits.sql}${tail.sql}`, [...fits.values, ...tail.values]);
  return found.map((cells) => {
    const row = { ...table.blank };
    for (let at = 0; at < columns.length; at += 1) {
      const [column, cell] = [columns[at], cells[at]];
      if (column && cell !== null) row[column.property] = column.shown ? column.shown(cell) : cell;
    }
    return row as E;
  });
}

export async function rowWhere<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, where: Where<E>): Promise<E | undefined> {
  return (await rowsWhere(manager, entity, where, { limit: 1 }))[0];
}

/** How many rows fit, counted no further than `most`. */
export async function countWhere<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, where: Where<E>, most: number): Promise<number> {
  const table = tableOf(manager, entity);
  const { sql, values } = conditions(table, where);
  const [row] = await ask<{ found: number | string }>(manager, `SELECT COUNT(*) AS found FROM (SELECT 1 AS one FROM ${table.name} WHERE ${sql} LIMIT ${most}) fits`, values);
  return Number(row?.found ?? 0);
}

/**
 * First in a unit of work: whoever else holds this row is waited for, and what is read after it is as they left it, not as it was when this began.
 * For what hangs on one thing and several may do at once, the last of whom brings something about. The embedded database lets one write at a time anyway.
 */
export async function holdRow<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, id: string): Promise<void> {
  const { driver, options } = manager.connection;
  if (options.type !== 'better-sqlite3') await manager.query(`SELECT 1 FROM ${tableOf(manager, entity).name} WHERE ${driver.escape('id')} = ? FOR UPDATE`, [id]);
}

/** Whole rows, all in one statement. @throws QueryFailedError as the query builder does, when a key is taken */
export async function addRows<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, rows: readonly Pick<E, keyof E>[]): Promise<void> {
  if (rows.length === 0) return;
  const table = tableOf(manager, entity);
  await tell(manager, table.insert + rows.map(() => table.places).join(), rows.flatMap((row) => table.columns.map((it) => kept(it, row[it.property as keyof E]))));
}

/** How many rows it changed: the guard of every conditional update. Only inside a write. */
export async function changeRows<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, where: Where<E>, set: Partial<Pick<E, keyof E>>): Promise<number> {
  if (!manager.queryRunner) throw new Error('Rows are changed inside a unit of work.');
  const table = tableOf(manager, entity);
  const columns = table.columns.filter(({ property }) => Object.hasOwn(set, property));
  const { sql, values } = conditions(table, where);
  const assigned = columns.map(({ name }) => `${name} = ?`).join();
  return tell(manager, `UPDATE ${table.name} SET ${assigned} WHERE ${sql}`, [...columns.map((it) => kept(it, set[it.property as keyof E])), ...values]);
}

/** How many rows it took away. Only inside a write. */
export async function dropRows<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, where: Where<E>): Promise<number> {
  if (!manager.queryRunner) throw new Error('Rows are taken away inside a unit of work.');
  const table = tableOf(manager, entity);
  const { sql, values } = conditions(table, where);
  return tell(manager, `DELETE FROM ${table.name} WHERE ${sql}`, values);
}
