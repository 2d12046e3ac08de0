import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ENDPOINTS } from './endpoints.ts';
import type { Call, Endpoint, Verdict } from './endpoints.ts';
import { drawLatency } from './faults.ts';
import type { FaultAction } from './faults.ts';
import type { Platform } from './platform.ts';
import { readBody, send, sendJson } from './wire.ts';

interface Exchange {
  platform: Platform;
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  endpoint: Endpoint;
  call: Call;
}

/** Answers one call of the WeChat API, or misbehaves as the faults say. Resolves when the exchange is over. */
export async function serveWechat(platform: Platform, request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams): Promise<void> {
  const read = await readBody(request);
  if (read.kind === 'aborted') return;
  const endpoint = ENDPOINTS.get(path);
  const method = request.method ?? 'GET';
  if (endpoint === undefined) {
    logCall(platform, { method, path, openid: null, errcode: null, errmsg: 'no such endpoint', fault: null });
    sendJson(response, 404, { message: `微信替身没有这个接口：${path}` });
    return;
  }
  const call: Call = { method, query, body: read.bytes, ip: plainAddress(request.socket.remoteAddress) };
  const fault = platform.faults.due(path, endpoint.openidOf(platform, call));
  platform.pushes.flush();
  await waitReal(drawLatency(platform.latency, platform.dice));
  await answer({ platform, request, response, path, endpoint, call }, fault);
}

async function answer(exchange: Exchange, fault: FaultAction | null): Promise<void> {
  if (fault === null) return speak(exchange, decide(exchange, null));
  switch (fault.kind) {
    case 'delay':
      await waitReal(fault.ms);
      return speak(exchange, decide(exchange, `delay ${fault.ms}`));
    case 'errcode': {
      const body = exchange.platform.refusals.body(fault.errcode, fault.errmsg);
      log(exchange, fault.errcode, body.errmsg, 'errcode');
      return speak(exchange, { errcode: fault.errcode, body });
    }
    case 'http':
      log(exchange, null, '', `http ${fault.status}`);
      return sendPage(exchange.response, fault.status, `${fault.status} ${GATEWAY_WORDS[fault.status] ?? 'Error'}`);
    case 'html':
      log(exchange, null, '', 'html');
      return sendPage(exchange.response, 200, '系统维护中');
    case 'hang':
      log(exchange, null, '', 'hang');
      if (!exchange.response.destroyed) await once(exchange.response, 'close');
      return;
    case 'reset':
      if (fault.when === 'after') decide(exchange, 'reset after');
      else log(exchange, null, '', 'reset before');
      exchange.request.socket.resetAndDestroy();
      return;
    case 'truncate':
      return breakOff(exchange, decide(exchange, 'truncate'));
  }
}

const GATEWAY_WORDS: Record<number, string> = { 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Time-out' };

function decide(exchange: Exchange, fault: string | null): Verdict {
  const { platform, endpoint, call, path } = exchange;
  const verdict = endpoint.decide(platform, call);
  const errmsg = 'errmsg' in verdict.body && typeof verdict.body.errmsg === 'string' ? verdict.body.errmsg : '';
  const openid = endpoint.openidOf(platform, call);
  logCall(platform, { method: call.method, path, openid, errcode: verdict.errcode, errmsg, fault });
  return verdict;
}

function log({ platform, endpoint, call, path }: Exchange, errcode: number | null, errmsg: string, fault: string): void {
  logCall(platform, { method: call.method, path, openid: endpoint.openidOf(platform, call), errcode, errmsg, fault });
}

type Happening = Omit<Parameters<Platform['calls']['add']>[0], 'at'>;

function logCall(platform: Platform, happening: Happening): void {
  platform.calls.add({ at: new Date(platform.options.now()).toISOString(), ...happening });
}

function speak({ response, endpoint }: Exchange, verdict: Verdict): void {
  if (verdict.bytes !== undefined) {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': verdict.bytes.length });
    response.end(verdict.bytes);
    return;
  }
  send(response, 200, endpoint.contentType, JSON.stringify(verdict.body));
}

function sendPage(response: ServerResponse, status: number, title: string): void {
  send(response, status, 'text/html; charset=utf-8', `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`);
}

/** Promises the whole answer, sends half of it, and breaks the connection once that half has left. */
function breakOff({ request, response, endpoint }: Exchange, verdict: Verdict): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(verdict.body));
  response.writeHead(200, { 'content-type': endpoint.contentType, 'content-length': bytes.length });
  return new Promise((resolve) => {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
      request.socket.destroy();
      resolve();
    });
  });
}

/** Waits in real time: what is tried is the caller's patience, not the shared clock. Never keeps the process alive. */
async function waitReal(ms: number): Promise<void> {
  if (ms > 0) await pause(ms, undefined, { ref: false });
}

/** ::ffff:127.0.0.1 → 127.0.0.1 */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
}
