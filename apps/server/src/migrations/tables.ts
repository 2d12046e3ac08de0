import { Table } from 'typeorm';
import type { TableColumnOptions } from 'typeorm';

type Column = Omit<TableColumnOptions, 'name'>;
/** Column kinds that mean the same on SQLite, MariaDB and MySQL 8 (docs/decisions/0006-tables-on-every-database.md). */
export const text = (length: number): Column => ({ type: 'varchar', length: String(length) });
export const long: Column = { type: 'text' };
export const whole: Column = { type: 'int' };
export const json: Column = { type: 'json' };
export const instant: Column = { type: 'datetime', precision: 3 };
export const or0 = (column: Column): Column => ({ ...column, isNullable: true });
export const key = (column: Column): Column => ({ ...column, isPrimary: true });

/** A table and its named indexes; `!` before the name makes one unique. */
export function table(name: string, columns: Readonly<Record<string, Column>>, indexes: Readonly<Record<string, readonly string[]>> = {}): Table {
  return new Table({
    name, columns: Object.entries(columns).map(([column, kind]) => ({ name: column, ...kind })),
    indices: Object.entries(indexes).map(([index, columnNames]) => ({ name: index.replace('!', ''), columnNames: [...columnNames], isUnique: index.startsWith('!') })),
  });
}
