/** Whatever is sent to whatever address: documented answers only, and never a fault of the server's own. The inputs come from the OpenAPI page. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { routes } from '@lvzhi/contracts';
import type { Route } from '@lvzhi/contracts';
import fc from 'fast-check';
import { Move } from '../src/platform/journal.ts';
import { Submission } from '../src/submissions/submission.entity.ts';
import { worldOf } from './matrix/world.ts';
import type { World } from './matrix/world.ts';
import { plainMember } from './people.ts';
import { serving } from './serving.ts';
import type { Serving } from './serving.ts';
import { breaches } from './strictly.ts';

interface Schema { type?: string | string[]; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; oneOf?: Schema[]; items?: Schema; properties?: Record<string, Schema>; required?: string[]; format?: string; pattern?: string; maxLength?: number }
interface Operation { operationId: string; parameters: { name: string; in: 'path' | 'query'; required: boolean; schema?: Schema }[]; requestBody?: { content: Record<string, { schema: Schema }> }; responses: Record<string, object> }

/** The same shots each time, so that a red run is of the change under test; FUZZ_SEED takes others, FUZZ_RUNS more. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_220_721);
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 10);

const payloads = ['', ' ', '\u0000', '\ud800', '𠮷', '%', '_', "' OR 1=1 --", '"; DROP TABLE persons; --', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '=HYPERLINK("x")', '../../etc/passwd', '${7*7}', '{{7*7}}', '__proto__', 'constructor', 'null', '0', '-1', '1e309', 'NaN', '2022-02-30', '2022-07-26T09:30:00+08:00', '9999-12-31T23:59:59.999Z', '0001-01-01', '‮倒', '停'.repeat(300), 'x'.repeat(70_000), '一 二 三', '2022-0001~zz', '999999999999999999999'];
const texts = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...payloads) }, { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) }, { weight: 2, arbitrary: fc.stringMatching(/^[一-龥]{2,30}$/) });
const junk: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 53, 1e308, [], {}, [[[]]], { $gt: '' }), texts, fc.array(texts, { maxLength: 3 }));

let server: Serving;
let world: World;
let operations: Map<string, { method: string; path: string; operation: Operation }>;
let ids: string[] = [];
beforeAll(async () => {
  server = await serving();
  world = await worldOf(server);
  // Of everybody and everything that is there, but not of those who call, who shall still be able to.
  ids = [...world.documents.flatMap(({ id, fileId }) => [id, fileId]), plainMember(5).id, plainMember(6).id, 'c-shefa', 'c-wenshi', 't-yongan', 'u-guihua', 's-minge', 'nothing'];
  const { said } = await server.ask('GET', '/api/openapi.json');
  operations = new Map(Object.entries((said as unknown as { paths: Record<string, Record<string, Operation>> }).paths).flatMap(([path, verbs]) => Object.entries(verbs).map(([method, operation]) => [operation.operationId, { method: method.toUpperCase(), path, operation }] as const)));
  process.stderr.write(`fuzz: FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns}\n`);
});
afterAll(() => server.close());

/** Values that fit a schema, mostly. */
function fitting(name: string, schema: Schema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((it) => fitting(name, it)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (/(^id|Id|Ids|held|standing)$/.test(name) && schema.type !== 'array') return fc.constantFrom(...ids);
  switch ((Array.isArray(schema.type) ? schema.type[0] : schema.type) ?? 'string') {
    case 'boolean': return fc.boolean();
    case 'number': case 'integer': return fc.integer({ min: -2, max: 400 });
    case 'array': return fc.array(fitting(name.replace(/s$/, ''), schema.items ?? {}), { maxLength: 4 });
    case 'object': return shaped(schema.properties ?? {}, schema.required ?? []);
    case 'null': return fc.constant(null);
    default: return schema.format === 'date-time' || /At$|replyBy/.test(name) ? fc.oneof(fc.constant('2022-08-09T01:30:00.000Z'), texts) : texts;
  }
}
/** One field in eight is anything at all. */
const loose = (name: string, schema: Schema) => fc.oneof({ weight: 7, arbitrary: fitting(name, schema) }, { weight: 1, arbitrary: junk });
const shaped = (properties: Record<string, Schema>, required: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, loose(name, schema)])), { requiredKeys: Object.keys(properties).filter((name) => required.includes(name)) }) as fc.Arbitrary<Record<string, unknown>>;

interface Shot { readonly who: string | null; readonly path: Record<string, unknown>; readonly query: Record<string, unknown>; readonly body: unknown }
function shots({ operation }: { operation: Operation }): fc.Arbitrary<Shot> {
  const of = (where: 'path' | 'query') => { const all = operation.parameters.filter((it) => it.in === where); return shaped(Object.fromEntries(all.map(({ name, schema }) => [name, schema ?? {}])), all.filter(({ required }) => required).map(({ name }) => name)); };
  const body = operation.requestBody?.content['application/json']?.schema;
  const who = (operation as unknown as { 'x-who': string | string[] })['x-who'];
  const able = world.roles.filter(({ post }) => who === 'anyone' || who === 'signed_in' || callers[post]?.some((it) => who.includes(it)));
  return fc.record({
    who: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...(able.length > 0 ? able : world.roles).map(({ id }) => id)) }, { weight: 1, arbitrary: fc.constant(null) }),
    path: of('path'), query: of('query'), body: body ? fc.oneof({ weight: 9, arbitrary: shaped(body.properties ?? {}, body.required ?? []) }, { weight: 1, arbitrary: junk }) : fc.constant(undefined),
  });
}
/** Enough of who may what to get past the gate most of the time. */
const callers: Readonly<Record<string, readonly string[]>> = {
  member: ['write_opinion', 'write_proposal', 'receive_visits'], body_account: ['write_opinion', 'write_collective'], committee_head: ['write_collective', 'review'], committee_staff: ['write_opinion', 'review'], information_editor: ['triage_opinion', 'edit'], proposal_office: ['triage_proposal'],
  member_affairs: ['arrange_visits', 'manage_roster'], chair: ['visit'], system_admin: ['manage_accounts', 'view_powers'], security_admin: ['view_powers'],
};

/** Of an address longer than Node reads (16 KB), Node itself says so before the server sees it. */
const longest = 400;
async function fire(name: string, shot: Shot): Promise<string | undefined> {
  const { method, path, operation } = operations.get(name) ?? { method: '', path: '', operation: { responses: {} } as Operation };
  const url = path.replace(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(String(shot.path[parameter]).slice(0, longest).replace(/\p{Cs}/gu, '\ufffd')) || 'nothing');
  const query = new URLSearchParams(Object.entries(shot.query).map(([key, value]): [string, string] => [key, String(value).slice(0, longest)])).toString();
  const headers = shot.who === null ? {} : { authorization: `Bearer ${await server.tokenOf(shot.who)}` };
  const answer = await fetch(`${server.url}${query === '' ? url : `${url}?${query}`}`, { method, headers: { ...headers, ...(shot.body !== undefined && { 'content-type': 'application/json' }) }, ...(shot.body !== undefined && { body: JSON.stringify(shot.body) }) });
  const [status, body] = [answer.status, await answer.text()];
  if (status >= 500 || !Object.hasOwn(operation.responses, String(status))) return `${method} ${url} → ${status} ${body.slice(0, 200)}`;
  if (status === 200) { const wrong = breaches((routes as Record<string, Route>)[name] as Route, JSON.parse(body)); return wrong.length > 0 ? `${method} ${url} → 200 other than its contract: ${wrong.join('; ')}` : undefined; }
  const { reason, fields = {} } = JSON.parse(body) as { reason?: unknown; fields?: Record<string, unknown> };
  return [reason, ...Object.values(fields)].every((words) => typeof words === 'string' && /[一-鿿]/.test(words)) ? undefined : `${method} ${url} → ${status} without plain words: ${body.slice(0, 200)}`;
}

test('每一条路由收到什么都只给写明的回答：没有服务器错误，成功的和约定一字不差，拒绝的说中文', async () => {
  const wrong: string[] = [];
  for (const [name, it] of operations) {
    const run = await fc.check(fc.asyncProperty(shots(it), async (shot) => { const fault = await fire(name, shot); if (fault !== undefined) throw new Error(fault); }), { seed, numRuns, interruptAfterTimeLimit: 5_000 });
    if (run.failed) wrong.push(`${name} (FUZZ_SEED=${seed}): ${run.errorInstance instanceof Error ? run.errorInstance.message : ''} ${JSON.stringify(run.counterexample)?.slice(0, 600)}`);
  }
  expect(wrong).toEqual([]);
});

test('乱发之后，每一件的状态还是等于它最后一行流水', async () => {
  const [docs, moves] = await server.database.read(async (manager) => [await manager.find(Submission), await manager.find(Move, { order: { seq: 'ASC' } })] as const);
  expect(docs.length).toBeGreaterThan(0);
  for (const doc of docs) expect([doc.id, moves.findLast(({ docId }) => docId === doc.id)?.toState]).toEqual([doc.id, doc.state]);
});
