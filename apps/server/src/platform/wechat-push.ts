import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { PushedEvent } from '@lvzhi/wechat-fake';

/** How WeChat's message push is set up in its console. `aesKeys`: the current one, then the one before it, while it is being changed. */
export interface PushSettings { readonly token: string; readonly mode: 'plain' | 'compatible' | 'safe'; readonly aesKeys: readonly string[] }
/** What came with a push: its query and its body as it was parsed. */
export interface Pushed { readonly query: Readonly<Record<string, string | undefined>>; readonly body: unknown }

const windowMs = 5 * 60_000;
export const pushSignature = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');
function isEqual(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

/** Whether the sender knows our token and the request is of the last five minutes: an older one is somebody's copy. */
export function isFromWechat({ token }: PushSettings, { signature = '', timestamp = '', nonce = '' }: Pushed['query'], now: Date, ...sealed: string[]): boolean {
  const old = Math.abs(now.getTime() - Number(timestamp) * 1000);
  return isEqual(pushSignature(token, timestamp, nonce, ...sealed), signature) && old <= windowMs;
}

/** What was encrypted for this mini-program; undefined when no key opens it or it is another one's. */
function opened(aesKeys: readonly string[], appid: string, encrypted: string): string | undefined {
  for (const aesKey of aesKeys) {
    const key = Buffer.from(`${aesKey}=`, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
      const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]);
      const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
      const end = 20 + plain.readUInt32BE(16);
      if (end <= plain.length && plain.subarray(end).toString('utf8') === appid) return plain.subarray(20, end).toString('utf8');
    } catch { /* not this key: the next one, or nobody's */ }
  }
  return undefined;
}

const cdata = /^<!\[CDATA\[([^]*)\]\]>$/;
/** WeChat's flat XML: elements, texts and CDATA. Nothing else of XML is read: no entity, no document type, no attribute. @throws Error */
export function readXml(xml: string): Record<string, unknown> {
  if (/<!DOCTYPE|<!ENTITY|<\?(?!xml )/i.test(xml) || xml.length > 100_000) throw new Error('not WeChat\'s XML');
  const whole = /^\s*(?:<\?xml [^>]*\?>)?\s*<xml>([^]*)<\/xml>\s*$/.exec(xml)?.[1];
  if (whole === undefined) throw new Error('not WeChat\'s XML');
  return elementsOf(whole, 0);
}
function elementsOf(xml: string, depth: number): Record<string, unknown> {
  if (depth > 6) throw new Error('too deep');
  const found: Record<string, unknown> = {};
  for (const [, name = '', inner = ''] of xml.matchAll(/<(\w+)>((?:<!\[CDATA\[[^]*?\]\]>|[^])*?)<\/\1>/g)) {
    const text = cdata.exec(inner.trim())?.[1];
    const value = text ?? (/<\w+>/.test(inner) ? elementsOf(inner, depth + 1) : inner.trim());
    const before = found[name];
    found[name] = before === undefined ? value : Array.isArray(before) ? [...before as unknown[], value] : [before, value];
  }
  return found;
}

const objectOf = (text: string): Record<string, unknown> => {
  const value: unknown = text.trimStart().startsWith('<') ? readXml(text) : JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error('not an event');
  return value as Record<string, unknown>;
};

/** The event of a push that is WeChat's own and for us; undefined: it is neither, and nothing of it is read. */
export function eventOf(settings: PushSettings, appid: string, { query, body }: Pushed, now: Date): PushedEvent | undefined {
  try {
    const said = typeof body === 'string' ? objectOf(body) : (body ?? {}) as Record<string, unknown>;
    const sealed = said['Encrypt'];
    if (settings.mode === 'plain') return isFromWechat(settings, query, now) ? said as unknown as PushedEvent : undefined;
    // What is sealed counts, and the signature over it; the readable half of the compatible mode could be anybody's.
    if (typeof sealed !== 'string' || !isFromWechat(settings, { ...query, signature: query['msg_signature'] }, now, sealed)) return undefined;
    const message = opened(settings.aesKeys, appid, sealed);
    return message === undefined ? undefined : objectOf(message) as unknown as PushedEvent;
  } catch { return undefined; }
}

/** The entries of an event: one stands alone, several in a list (facts §1.5). */
export const entriesOf = <T>(list: T | T[] | undefined): T[] => (list === undefined ? [] : Array.isArray(list) ? list : [list]);

/** Lets the app read bodies of XML, as texts: WeChat may push in it. */
export function acceptXml(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addContentTypeParser(['text/xml', 'application/xml'], { parseAs: 'string', bodyLimit: 100_000 }, (_, body, done) => { done(null, body); });
}
