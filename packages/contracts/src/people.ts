/** What the roster and the accounts share: posts as a person holds them. */
import { givenPosts, postCodes } from '@lvzhi/domain';
import * as v from 'valibot';
import { day, id, named, oneOf, optionalDay } from './pieces.ts';

export const person = v.object({ id: v.string(), name: v.string(), note: v.string() });
/** Somebody else holds it for some days (代理). */
const standIn = v.object({ id: v.string(), person, fromOn: v.string(), untilOn: v.string(), state: v.picklist(['now', 'later']) });
/** One post with its days; `state` as of today. `may`: what the reader may do with it. */
export const heldPost = v.object({
  id: v.string(), post: v.picklist(postCodes), words: v.string(), body: v.nullable(named), fromOn: v.nullable(v.string()), untilOn: v.nullable(v.string()), state: v.picklist(['now', 'later', 'over']),
  standIns: v.array(standIn), may: v.array(v.picklist(['end', 'stand_in'])),
});
export type HeldPostView = v.InferOutput<typeof heldPost>;
export const giving = { post: oneOf('职务', givenPosts), bodyId: v.pipe(v.optional(v.string('请选择在哪里任职'), ''), v.minLength(1, '请选择在哪里任职'), v.maxLength(40, '请从列表里选择在哪里任职')), fromOn: optionalDay('起始日期'), untilOn: optionalDay('结束日期') };
export const standing = { standInId: id, fromOn: day('起始日期'), untilOn: day('结束日期') };
/** What a person may be given by whoever reads this, and where. */
export const postChoice = v.object({ post: v.picklist(givenPosts), words: v.string(), bodies: v.array(named) });
/** An invitation code, shown once: only its hash is kept. */
export const invited = v.object({ id: v.string(), name: v.string(), note: v.string(), code: v.string() });
