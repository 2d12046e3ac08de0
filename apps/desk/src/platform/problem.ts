import { InvalidInput } from '@lvzhi/contracts';
import { NoAnswer, ServerSaid } from './api.ts';

/** What went wrong, in words for the person. `gone` is one text for 'not yours' and 'not there': existence is not told. */
export type Problem =
  | { readonly kind: 'fields'; readonly reason: string; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'stale'; readonly reason: string; readonly current: unknown }
  /** `disposed`: it was 涉密, its text is gone from the server and must go here as well. */
  | { readonly kind: 'refused' | 'gone' | 'failed' | 'offline'; readonly reason: string; readonly disposed?: true };

/** Every failure of a call as something that can be shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof InvalidInput) return { kind: 'fields', reason: error.message, fields: error.fields };
  if (error instanceof NoAnswer) return { kind: 'offline', reason: '没有连上服务器。您写的内容还在，请检查网络后再点一次，不会重复办理。' };
  if (!(error instanceof ServerSaid)) { console.error(error); return { kind: 'failed', reason: '页面出了差错，您写的内容还在，请刷新页面后再试。' }; }
  const { status, refusal } = error;
  if (refusal.stale) return { kind: 'stale', reason: refusal.reason, current: refusal.current };
  if (status === 400 && refusal.fields) return { kind: 'fields', reason: refusal.reason, fields: refusal.fields };
  if (status === 409) return { kind: 'refused', reason: refusal.reason, ...(refusal.action === 'secret_disposed' && { disposed: true as const }) };
  if (status === 403 || status === 404) return { kind: 'gone', reason: refusal.reason };
  return { kind: 'failed', reason: refusal.reason };
}

/** Whether what was sent may still have been done: then the same key goes with it again. */
export const mayHaveHappened = (error: unknown): boolean => error instanceof NoAnswer || (error instanceof ServerSaid && error.status >= 500);
