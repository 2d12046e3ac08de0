import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { canonical } from '../platform/journal.ts';

type Kind = 'text' | 'number' | 'json' | 'instant' | 'bytes';
/** A value as a backup holds it, the same from every database: instants as ISO text, JSON as the text that was stored, bytes as base64. */
export type Cell = string | number | null;
/** A table as a backup describes it. `key`: the columns of its primary key, in whose order the rows come. */
export interface TableShape { readonly name: string; readonly columns: readonly (readonly [name: string, kind: Kind])[]; readonly key: readonly string[] }

function kindOf(type: unknown): Kind {
  const name = String(type);
  if (name === 'datetime') return 'instant';
  if (name === 'json') return 'json';
  if (/(char|text)$/.test(name)) return 'text';
  if (/^(tiny|small|medium|big)?int(eger)?$|^(double|float|real)$/.test(name)) return 'number';
  if (/(blob|binary)$/.test(name)) return 'bytes';
  throw new Error(`Columns of the kind ${name} have no place in a backup yet.`);
}

/** Every table of the house; a spec keeps the entities and the tables equal. */
export const shapesOf = ({ connection }: EntityManager): TableShape[] => connection.entityMetadatas.map(({ tableName, columns, primaryColumns }) => ({
  name: tableName, columns: columns.map(({ databaseName, type }) => [databaseName, kindOf(type)] as const), key: primaryColumns.map(({ databaseName }) => databaseName),
})).sort((a, b) => (a.name < b.name ? -1 : 1));

const isEmbedded = ({ connection }: EntityManager): boolean => connection.options.type === 'better-sqlite3';

function cellOf(value: unknown, kind: Kind, of: string): Cell {
  if (value === null || value === undefined) return null;
  if (kind === 'number') return Number(value);
  if (kind === 'bytes') return Buffer.from(value as Uint8Array).toString('base64');
  // A column of JSON may hold a number as a number.
  if (kind === 'json' && typeof value === 'number') return JSON.stringify(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') throw new Error(`A ${typeof value} where a text was expected: ${of}`);
  return kind === 'instant' ? new Date(`${value.replace(' ', 'T')}Z`).toISOString() : value;
}
function valueOf(cell: Cell, kind: Kind, embedded: boolean): unknown {
  if (cell === null) return null;
  if (kind === 'bytes') return Buffer.from(String(cell), 'base64');
  if (kind !== 'instant') return cell;
  return embedded ? String(cell).slice(0, 23).replace('T', ' ') : new Date(cell);
}

/** All rows of a table in the order of its key, `size` at a time, each page beginning where the last one ended. */
export async function * pagesOf(manager: EntityManager, { name, columns, key }: TableShape, size = 500): AsyncGenerator<Cell[][]> {
  const escape = (it: string): string => manager.connection.driver.escape(it);
  // JSON as the text that was stored: the server's driver would give it back read.
  const column = ([it, kind]: TableShape['columns'][number]): string => (kind === 'json' && !isEmbedded(manager) ? `CAST(${escape(it)} AS CHAR) AS ${escape(it)}` : escape(it));
  const select = `SELECT ${columns.map(column).join()} FROM ${escape(name)}`;
  const tail = ` ORDER BY ${key.map(escape).join()} LIMIT ${size}`;
  const beyond = ` WHERE ${key.map((it, at) => `(${[...key.slice(0, at).map((before) => `${escape(before)} = ?`), `${escape(it)} > ?`].join(' AND ')})`).join(' OR ')}`;
  for (let last: Record<string, unknown> | undefined; ;) {
    const values = last ? key.flatMap((_, at) => key.slice(0, at + 1).map((it) => last?.[it])) : [];
    const rows: Record<string, unknown>[] = await manager.query(select + (last ? beyond : '') + tail, values);
    if (rows.length > 0) yield rows.map((row) => columns.map(([it, kind]) => cellOf(row[it], kind, `${name}.${it}`)));
    if (rows.length < size) return;
    last = rows.at(-1);
  }
}

const mostValues = 20_000;
export async function insertRows(manager: EntityManager, { name, columns }: TableShape, rows: readonly (readonly Cell[])[]): Promise<void> {
  const escape = (it: string): string => manager.connection.driver.escape(it);
  const [embedded, most] = [isEmbedded(manager), Math.max(1, Math.floor(mostValues / columns.length))];
  const places = `(${columns.map(() => '?').join()})`;
  for (let from = 0; from < rows.length; from += most) {
    const some = rows.slice(from, from + most);
    const values = some.flatMap((row) => columns.map(([, kind], at) => valueOf(row[at] ?? null, kind, embedded)));
    await manager.query(`INSERT INTO ${escape(name)}(${columns.map(([column]) => escape(column)).join()}) VALUES ${some.map(() => places).join()}`, values);
  }
}

export interface TableSum { readonly name: string; readonly rows: number; readonly sha256: string }
/** What a table holds, as one number: equal on any two databases that hold equal rows. */
export class TableDigest {
  private rows = 0;
  private readonly hash = createHash('sha256');
  constructor(private readonly shape: TableShape) {}
  add(rows: readonly (readonly Cell[])[]): void {
    this.rows += rows.length;
    // A database may give JSON back with its keys in another order.
    for (const row of rows) this.hash.update(`${JSON.stringify(row.map((cell, at) => (cell !== null && this.shape.columns[at]?.[1] === 'json' ? canonical(JSON.parse(String(cell))) : cell)))}\n`);
  }
  sum(): TableSum { return { name: this.shape.name, rows: this.rows, sha256: this.hash.digest('hex') }; }
}

/** Reads a table once more and sums it up. */
export async function sumOf(manager: EntityManager, shape: TableShape): Promise<TableSum> {
  const digest = new TableDigest(shape);
  for await (const rows of pagesOf(manager, shape)) digest.add(rows);
  return digest.sum();
}
