import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Refusal } from '@lvzhi/contracts';
import { Refused } from '@lvzhi/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { QueryFailedError } from 'typeorm';
import { WechatRefused, WechatUnavailable } from './wechat-wire.ts';

/** Words for what frameworks refuse by themselves. */
const words: Record<number, string> = {
  400: '填写有误，请核对后再试', 401: '请先登录', 403: '没有找到，或者您没有查看的权限', 404: '没有找到，或者您没有查看的权限', 405: '没有这个地址', 413: '内容太大，没有收下', 415: '这种格式收不了', 429: '操作太频繁，请稍后再试',
};

/** What a bug leaves in the log: its name and where it happened. Never its message, which may quote what somebody wrote. */
export const traceOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name} ${error.stack?.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 6).join(' <') ?? ''}` : 'unknown');

/** A text longer than its column, white space and all: the limits that people are told count neither. */
const isTooLong = (error: unknown): boolean => error instanceof QueryFailedError && (error.driverError as { code?: unknown }).code === 'ER_DATA_TOO_LONG';

function answerOf(error: unknown): { status: number; body: Refusal; bug: boolean } {
  if (error instanceof Refused) return { status: 409, body: { action: error.action, reason: error.reason }, bug: false };
  if (error instanceof WechatUnavailable || error instanceof WechatRefused) return { status: 503, body: { reason: '暂时连不上微信，请过一会儿再试。填写的内容还在。' }, bug: error instanceof WechatRefused };
  if (isTooLong(error)) return { status: 400, body: { reason: '有一项内容太长（空格和换行也占地方），没有收下，请删减后再试' }, bug: false };
  const status = error instanceof HttpException ? error.getStatus() : Number((error as { statusCode?: unknown } | null)?.statusCode ?? 500);
  if (status >= 500 || !Number.isInteger(status)) return { status: 500, body: { reason: '服务器出了问题，这次操作没有生效。请稍后再试，填写的内容还在。' }, bug: true };
  const said = error instanceof HttpException ? error.getResponse() : undefined;
  const own = typeof said === 'object' && 'reason' in said;
  return { status, body: own ? said as Refusal : { reason: words[status] ?? '没有办成，请稍后再试' }, bug: false };
}

/** Every refusal leaves in one shape and in plain Chinese; a bug leaves its trace in the log and nothing in the answer. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('http');
  catch(error: unknown, host: ArgumentsHost): void {
    const [request, reply] = [host.switchToHttp().getRequest<FastifyRequest>(), host.switchToHttp().getResponse<FastifyReply>()];
    const { status, body, bug } = answerOf(error);
    if (bug) this.log.error(`${request.id} ${request.method} ${request.routeOptions.url ?? ''} ${traceOf(error)}`);
    if (status === 429) void reply.header('retry-after', '900');
    void reply.code(status).send(body);
  }
}
