import type { Ability, PostCode } from '@lvzhi/domain';
import type { GenericSchema, InferInput, InferOutput } from 'valibot';

/**
 * Who may call: `anyone` needs no session, `entering` any session, also one that owes something before it opens the rest (a password of one's own, a second factor);
 * `signed_in` any session that owes nothing; otherwise one of these abilities (domain, scope.ts).
 */
export type Who = 'anyone' | 'entering' | 'signed_in' | readonly Ability[];

/** The names after a colon: '/submissions/:id/assign' → 'id'. */
type PathParameter<P extends string> = P extends `${string}:${infer Name}/${infer Rest}` ? Name | PathParameter<`/${Rest}`>
  : P extends `${string}:${infer Name}` ? Name : never;

/** One thing that can be asked of the server, as plain data: the Nest handler, both clients, the OpenAPI page and the tests read it. */
export interface Route<P extends string = string, I extends GenericSchema = GenericSchema, O extends GenericSchema = GenericSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: P;
  readonly summary: string;
  readonly who: Who;
  readonly input: I;
  readonly output: O;
}

/** What a client sends, what a handler gets, what both agree comes back. */
export type Sent<R extends Route> = InferInput<R['input']>;
export type Given<R extends Route> = InferOutput<R['input']>;
export type Answer<R extends Route> = InferOutput<R['output']>;

/** What a session at the desk owes before it opens anything else: a password that nobody else knows, a second factor where the post asks for one. */
export type Owed = 'password' | 'second_factor';
/** The person behind a session, as a handler gets them. `surface`: from where they came. */
export interface Caller {
  readonly personId: string;
  readonly posts: readonly { readonly post: PostCode; readonly bodyId: string; readonly termId: string; readonly standsInFor?: string }[];
  readonly sessionId: string;
  readonly surface: 'phone' | 'desk';
  readonly owes?: Owed;
}

/** A route is plain data; its input must name every parameter of its path. */
export const route = <const P extends string, I extends GenericSchema, O extends GenericSchema>(
  it: Route<P, I, O> & ([PathParameter<P>] extends [keyof InferInput<I>] ? unknown : { input: `path parameter missing in input: ${Exclude<PathParameter<P>, keyof InferInput<I>> & string}` }),
): Route<P, I, O> => it;
