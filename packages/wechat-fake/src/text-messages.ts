import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Platform } from './platform.ts';
import { jsonObject, readBody, sendJson } from './wire.ts';

/** The account of the text-message service that the stand-in answers for. */
export const SMS_ACCOUNT = { secretId: 'AKIDdemo', secretKey: 'demo-sms-key' } as const;
const hash = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Whether the request carries the signature TC3-HMAC-SHA256 of this account over this very body. */
function isSigned(request: IncomingMessage, path: string, body: Buffer): boolean {
  const said = /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/sms\/tc3_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '');
  if (said === null || said[1] !== SMS_ACCOUNT.secretId) return false;
  const [, , day = '', names = '', signature] = said;
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').toLowerCase()}\n`).join('');
  const canonical = ['POST', path, '', headers, names, hash(body)].join('\n');
  const text = ['TC3-HMAC-SHA256', String(request.headers['x-tc-timestamp'] ?? ''), `${day}/sms/tc3_request`, hash(canonical)].join('\n');
  const key = hmac(hmac(hmac(`TC3${SMS_ACCOUNT.secretKey}`, day), 'sms'), 'tc3_request');
  return createHmac('sha256', key).update(text).digest('hex') === signature;
}

/** SendSms of Tencent Cloud, to one number a call. Numbers that end in 0000 are unused ones. */
export async function serveTextMessages(platform: Platform, request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const read = await readBody(request);
  if (read.kind === 'aborted') return;
  const body = read.bytes ?? Buffer.alloc(0);
  const RequestId = platform.dice.hex(32);
  const refuse = (Code: string, Message: string): void => sendJson(response, 200, { Response: { Error: { Code, Message }, RequestId } });
  if (!isSigned(request, path, body)) return refuse('AuthFailure.SignatureFailure', 'The provided credentials could not be validated.');
  const input = jsonObject(body) ?? {};
  const [number] = Array.isArray(input['PhoneNumberSet']) ? (input['PhoneNumberSet'] as unknown[]) : [];
  const params = Array.isArray(input['TemplateParamSet']) ? (input['TemplateParamSet'] as unknown[]).map(String) : [];
  if (typeof number !== 'string' || !/^\+86\d{11}$/.test(number)) return refuse('InvalidParameterValue.IncorrectPhoneNumber', 'incorrect phone number');
  const [phone, unused] = [number.slice(3), number.endsWith('0000')];
  const SerialNo = unused ? '' : `2640:${platform.dice.digits(20)}`;
  const fault = platform.faults.due(path, null);
  if (fault?.kind === 'hang') return;
  const at = new Date(platform.options.now()).toISOString();
  if (!unused && fault?.kind !== 'errcode') platform.mailbox.add({ id: SerialNo, at, kind: 'sms', to: phone, title: `短信 ${String(input['TemplateId'])}`, lines: params.map((it, index) => [String(index + 1), it]), page: null, state: 'formal' });
  if (fault?.kind === 'reset') { request.socket.resetAndDestroy(); return; }
  if (fault?.kind === 'errcode') return refuse('LimitExceeded.PhoneNumberDailyLimit', 'daily limit');
  const status = unused ? { Code: 'InvalidParameterValue.IncorrectPhoneNumber', Message: 'incorrect phone number' } : { Code: 'Ok', Message: 'send success' };
  sendJson(response, 200, { Response: { SendStatusSet: [{ SerialNo, PhoneNumber: number, Fee: unused ? 0 : 1, SessionContext: typeof input['SessionContext'] === 'string' ? input['SessionContext'] : '', ...status, IsoCode: 'CN' }], RequestId } });
}
