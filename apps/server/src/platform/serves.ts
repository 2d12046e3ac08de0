import { createParamDecorator, Delete, Get, HttpCode, Post, Put, SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { complaints } from '@lvzhi/contracts';
import type { Answer, Caller, Given, Route, Who } from '@lvzhi/contracts';
import type { FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { CallerOf } from './caller.ts';
import { badField } from './refusals.ts';

export const ROUTE = Symbol('route');
export const WHO = Symbol('who');
const verbs = { GET: Get, POST: Post, PUT: Put, DELETE: Delete };

/** A request after the guard: `caller` is there unless the route is open to anyone. */
export type Admitted = FastifyRequest & { caller?: Caller };

/** The same keys and no more: a handler cannot leak a column that the contract does not name. */
type Exactly<T, U> = U extends readonly (infer E)[] ? (T extends readonly (infer F)[] ? Exactly<F, E>[] : never)
  : U extends object ? (T extends object ? { [K in keyof T]: K extends keyof U ? Exactly<T[K], U[K]> : never } : never) : U;
type Handler<R extends Route> = (caller: Caller, input: Given<R>) => Promise<Answer<R>>;
type Bind<R extends Route> = <H extends Handler<R>>(target: object, key: string,
  method: TypedPropertyDescriptor<H> & (Awaited<ReturnType<H>> extends Exactly<Awaited<ReturnType<H>>, Answer<R>> ? unknown : { leak: 'the handler returns more than the contract' })) => void;

/** NUL ends a text in SQLite, and half of a surrogate pair has no UTF-8: neither would come back as it was sent. */
const unstorable = /[\0\p{Cs}]/u;
const storable = (value: unknown): boolean => (typeof value === 'string' ? !unstorable.test(value) : !Array.isArray(value) || value.every(storable));

const TheCaller = createParamDecorator((_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Admitted>().caller);
const TheInput = createParamDecorator((route: Route, context: ExecutionContext) => {
  const { params, query, body } = context.switchToHttp().getRequest<FastifyRequest>();
  const input = { ...(route.method === 'GET' ? (query as object) : (body as object | null)), ...(params as object) };
  const parsed = v.safeParse(route.input, input);
  if (!parsed.success) badField(complaints(route.input, input));
  const broken = Object.entries(parsed.output as object).filter(([, value]) => !storable(value)).map(([field]) => [field, '有无法保存的字符，请删去后再提交']);
  if (broken.length > 0) badField(Object.fromEntries(broken) as Record<string, string>);
  return parsed.output;
});

/** Binds a route of the contract to a handler: method, path, who may call, checked input; the compiler checks the rest. */
export function Serves<R extends Route>(route: R): Bind<R> {
  return (target, key, method) => {
    SetMetadata(ROUTE, route)(target, key, method);
    SetMetadata(WHO, route.who)(target, key, method);
    HttpCode(200)(target, key, method);
    TheCaller()(target, key, 0);
    TheInput(route)(target, key, 1);
    verbs[route.method](`api${route.path}`)(target, key, method);
  };
}

/** A route that is not JSON (bytes): it too says who may call. */
export const Outside = (who: Who) => SetMetadata(WHO, who);

/** Default deny: a handler that does not say who may call is nobody's. */
@Injectable()
export class Gate implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector, @Inject(CallerOf) private readonly callers: CallerOf) {}
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const who = this.reflector.get<Who | undefined>(WHO, context.getHandler());
    if (who === undefined) return false;
    const request = context.switchToHttp().getRequest<Admitted>();
    const caller = await this.callers.of(request);
    if (caller) request.caller = caller;
    this.callers.admit(caller, who);
    return true;
  }
}
