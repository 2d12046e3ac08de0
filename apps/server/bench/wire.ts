import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { performance } from 'node:perf_hooks';

export interface Ask { readonly method: string; readonly path: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: object }
/** `ms`: from the first byte sent to the last byte read. */
export interface Answered { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string; readonly ms: number }

/** Plain HTTP to one server over a bounded number of connections that stay open. */
export class Wire {
  readonly base: URL;
  private readonly agent: Agent;
  constructor(base: string, sockets: number) {
    this.base = new URL(base);
    if (this.base.protocol !== 'http:') throw new Error(`只支持 http 地址：${base}`);
    this.agent = new Agent({ keepAlive: true, maxSockets: sockets, maxFreeSockets: sockets });
  }

  /** @throws the network's error; every status is an answer */
  call({ method, path, headers = {}, body }: Ask, timeoutMs = 30_000): Promise<Answered> {
    const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const asking = request({
        host: this.base.hostname, port: this.base.port, agent: this.agent, method, path, timeout: timeoutMs,
        headers: { ...headers, ...(sent && { 'content-type': 'application/json', 'content-length': String(sent.length) }) },
      }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => { resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString('utf8'), ms: performance.now() - began }); });
        answer.on('error', reject);
        answer.on('aborted', () => { reject(new Error('the answer was cut off')); });
      });
      asking.on('timeout', () => { asking.destroy(new Error(`no answer within ${timeoutMs} ms`)); });
      asking.on('error', reject);
      asking.end(sent);
    });
  }

  close(): void { this.agent.destroy(); }
}
