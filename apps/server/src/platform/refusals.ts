import { ConflictException, ForbiddenException, HttpException, NotFoundException, UnauthorizedException } from '@nestjs/common';
import type { Owed, Refusal } from '@lvzhi/contracts';

/** Not yours and not there read alike: that something exists is not told. */
export function notFound(): never { throw new NotFoundException({ reason: '没有找到，或者您没有查看的权限' } satisfies Refusal); }
export function refuse(action: string, reason: string): never { throw new ConflictException({ action, reason } satisfies Refusal); }
export function signInAgain(): never { throw new UnauthorizedException({ reason: '登录已经过期，请重新登录。填写的内容还在。' } satisfies Refusal); }
const owedWords: Readonly<Record<Owed, string>> = { password: '现在用的是别人给的密码，请先改成自己的密码', second_factor: '您的职务要先设置动态验证码，再办理业务' };
/** The client knows by `action` that the person must do that first. */
export function owing(owed: Owed): never { throw new ForbiddenException({ action: 'owing', reason: owedWords[owed] } satisfies Refusal); }
export function badField(fields: Record<string, string>): never { throw new HttpException({ reason: Object.values(fields)[0] ?? '填写有误', fields } satisfies Refusal, 400); }
export function tooMany(reason: string): never { throw new HttpException({ reason } satisfies Refusal, 429); }
/** Somebody was faster: both texts go back, nothing that was typed is lost. */
export function stale(current: unknown, yours?: unknown, reason = '这件刚被别人处理过，内容已经变了。您填写的内容还在，请核对后再操作。'): never {
  throw new ConflictException({ stale: true, reason, current, ...(yours !== undefined && { yours }) } satisfies Refusal);
}

/** What a person may read of what went wrong; anything else is no answer to them and goes on. */
export function reasonIn(error: unknown): string {
  if (error instanceof ConflictException || error instanceof HttpException) return (error.getResponse() as { reason?: string }).reason ?? '没有成功，请再试一次';
  if (error instanceof Error && 'reason' in error && typeof error.reason === 'string') return error.reason;
  throw error;
}
