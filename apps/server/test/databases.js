/** One run of jest names the databases that its specs use one after another (own-database.ts), and drops them at its end. */
import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';

/** Before the first spec: the name comes to the workers with the environment. */
export function begin() {
  if (process.env.DATABASE_URL !== undefined) process.env.TEST_DATABASES = `lvzhi_run_${randomBytes(4).toString('hex')}_`;
}

/** After the last spec. */
export async function end() {
  const { DATABASE_URL: url, TEST_DATABASES: prefix } = process.env;
  if (url === undefined || prefix === undefined) return;
  const connection = await createConnection(url);
  const [rows] = await connection.query("SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE CONCAT(REPLACE(?, '_', '\\\\_'), '%')", [prefix]);
  for (const { name } of /** @type {{ name: string }[]} */ (rows)) await connection.query(`DROP DATABASE \`${name}\``);
  await connection.end();
}
