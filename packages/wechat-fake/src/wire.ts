import type { IncomingMessage, ServerResponse } from 'node:http';

const BODY_LIMIT = 1_048_576;

/** `bytes` is null when the body was larger than 1 MB. */
export type ReadBody = { kind: 'read'; bytes: Buffer | null } | { kind: 'aborted' };

/** Reads the unread body of a request. An oversized one is read to its end but not kept, so that the caller hears the answer. */
export function readBody(request: IncomingMessage): Promise<ReadBody> {
  return new Promise((resolve) => {
    // A web framework that has read a body already leaves none to us, and no event would come any more.
    if (request.readableEnded) return resolve({ kind: 'read', bytes: Buffer.alloc(0) });
    if (request.destroyed) return resolve({ kind: 'aborted' });
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else chunks = [];
    });
    request.once('end', () => resolve({ kind: 'read', bytes: size <= BODY_LIMIT ? Buffer.concat(chunks) : null }));
    // A caller that hangs up mid-body has made no call: nothing is answered, nothing takes effect.
    request.once('close', () => resolve({ kind: 'aborted' }));
    request.once('error', () => resolve({ kind: 'aborted' }));
  });
}

/** The JSON object in these bytes; null when they are not UTF-8, not JSON or not an object. No bytes at all are null too. */
export function jsonObject(bytes: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/**
 * Whether the JSON text writes as \uXXXX a character that JSON lets stand for itself. WeChat mishandles such bodies
 * (some HTTP libraries turn & into \u0026), so the stand-in refuses them. Control characters, the quote, the backslash
 * and lone surrogates cannot stand for themselves.
 */
export function hasNeedlessEscape(json: string): boolean {
  let high: { end: number } | null = null;
  for (const escape of json.matchAll(/\\(?:u([0-9a-f]{4})|.)/gi)) {
    const hex = escape[1];
    const unit = hex === undefined ? null : Number.parseInt(hex, 16);
    if (unit === null) continue;
    if (!mustEscape(unit)) return true;
    if (unit >= LOW_SURROGATE && high?.end === escape.index) return true;
    high = unit >= HIGH_SURROGATE && unit < LOW_SURROGATE ? { end: escape.index + escape[0].length } : null;
  }
  return false;
}

const HIGH_SURROGATE = 0xd800;
const LOW_SURROGATE = 0xdc00;
const LAST_SURROGATE = 0xdfff;

function mustEscape(unit: number): boolean {
  return unit < 0x20 || unit === 0x22 || unit === 0x5c || (unit >= HIGH_SURROGATE && unit <= LAST_SURROGATE);
}

export function send(response: ServerResponse, status: number, type: string, text: string, headers: Record<string, string> = {}): void {
  if (response.destroyed) return;
  const bytes = Buffer.from(text);
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, 'cache-control': 'no-store', ...headers });
  response.end(bytes);
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}
