/** What the contract does not say does not compile: compiler.spec.ts compiles this file. Nothing here runs. */
import * as v from 'valibot';
import { clientOf, route, routes } from '../src/index.ts';
import type { Answer, Client, Given, Sent } from '../src/index.ts';

export async function calls(api: Client<typeof routes>): Promise<void> {
  const { doc, undo } = await api.assign({ id: 'a1', version: 1, committeeId: 'c-shefa' });
  const title: string = doc.title;
  const until: string | undefined = undo?.until;
  await api.listMine({ limit: title.length, after: until });

  // @ts-expect-error an id is missing
  await api.assign({ version: 1, committeeId: 'c-shefa' });
  // @ts-expect-error a version is a number
  await api.assign({ id: 'a1', version: '1', committeeId: 'c-shefa' });
  // @ts-expect-error the route knows no such field
  await api.assign({ id: 'a1', version: 1, committeeId: 'c-shefa', committee: 'c-shefa' });
  // @ts-expect-error there is no such route
  await api.approve({ id: 'a1', version: 1 });
  // @ts-expect-error there is no such kind
  await api.list({ kind: 'visit' });
  // @ts-expect-error there is no such state
  await api.list({ kind: 'opinion', state: 'burnt' });
  // @ts-expect-error a proposal is reviewed, not passed with an outcome
  await api.pass({ id: 'a1', version: 1, outcome: 'filed' });
  // @ts-expect-error the answer has no such field
  void doc.phone;
  // @ts-expect-error the title is no number
  const wrong: number = doc.title;
  // @ts-expect-error undo may be null
  void undo.until;
  void wrong;
}

export const asked: Sent<typeof routes.listMine> = {};
/** A handler gets what the schema fills in. */
export const given: Given<typeof routes.listMine> = { group: 'all', after: undefined, limit: 20 };
// @ts-expect-error a handler is given the limit that was filled in
export const short: Given<typeof routes.listMine> = { group: 'all' };
// @ts-expect-error an answer has every field
export const half: Answer<typeof routes.readAllNotices> = {};

/** A path parameter must be an input. */
export const good = route({ method: 'GET', path: '/things/:id/parts/:part', summary: '一处', who: 'signed_in', input: v.object({ id: v.string(), part: v.string() }), output: v.object({}) });
// @ts-expect-error the path's :part is missing in the input
export const bad = route({ method: 'GET', path: '/things/:id/parts/:part', summary: '一处', who: 'signed_in', input: v.object({ id: v.string() }), output: v.object({}) });
// @ts-expect-error nobody has this ability
export const who = route({ method: 'GET', path: '/things', summary: '一处', who: ['rule_the_world'], input: v.object({}), output: v.object({}) });
// @ts-expect-error there is no such method
export const method = route({ method: 'PATCH', path: '/things', summary: '一处', who: 'anyone', input: v.object({}), output: v.object({}) });
// @ts-expect-error who may call must be said
export const nobody = route({ method: 'GET', path: '/things', summary: '一处', input: v.object({}), output: v.object({}) });

// @ts-expect-error a sender gives a promise
export const sender = clientOf({ good }, () => 'at once');
