/** The other side of the benchmark: node:http and hand-written SQL, the same five requests, the same rows. Started by bench.main.ts. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { keptOf, Reading } from './bare-read.ts';
import type { Someone } from './bare-read.ts';
import { Searching } from './bare-search.ts';
import { bareDatabase } from './bare-sql.ts';
import { Writing } from './bare-write.ts';
import type { Written } from './bare-write.ts';

const { BARE_DATABASE: url = '', PORT: port = '' } = process.env;
const database = bareDatabase(url);
const reading = new Reading(database, await keptOf(database));
const writing = new Writing(reading);

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
}

async function answerTo(caller: Someone, request: IncomingMessage): Promise<object | undefined> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (path === '/api/home') return reading.home(caller);
  if (path === '/api/tasks') return reading.inbox(caller);
  if (path === '/api/search') return new Searching(reading).search(caller, new URL(request.url ?? '', 'http://bare').searchParams.get('query') ?? '');
  if (path === '/api/submissions') return writing.submit(caller, await bodyOf(request) as Written);
  const [, id] = /^\/api\/submissions\/(\w+)\/pass$/.exec(path) ?? [];
  return id === undefined ? undefined : writing.pass(caller, id, await bodyOf(request) as { version: number; key: string });
}

function send(response: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length }).end(bytes);
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/ready') { send(response, 200, { ok: true }); return; }
  const caller = await reading.caller(request.headers.authorization ?? '');
  if (!caller) { send(response, 401, {}); return; }
  const answer = await answerTo(caller, request);
  send(response, answer ? 200 : 404, answer ?? {});
}

createServer((request, response) => {
  serve(request, response).catch((error: unknown) => { send(response, 500, { reason: error instanceof Error ? error.stack : String(error) }); });
}).listen(Number(port), '127.0.0.1');
