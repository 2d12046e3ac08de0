import type { PushedEvent } from './contract-messages.ts';
import type { Dice } from './dice.ts';
import { encrypt, signatureOf } from './push-crypto.ts';

/** Where and how events are pushed. `aesKey`: 43 characters; needed for all but plain. */
export interface PushTarget {
  url: string;
  token: string;
  mode: 'plain' | 'compatible' | 'safe';
  aesKey?: string;
  format?: 'json' | 'xml';
}
type Body<E> = E extends PushedEvent ? Omit<E, 'ToUserName' | 'FromUserName' | 'CreateTime' | 'MsgType'> : never;

/** An event is tried so often until the server says success. */
const TRIES = 3;
const PATIENCE = 5_000;
const OWN_NAME = 'gh_0123456789ab';

/** Pushes events to the server that registered for them, each at its time, in the background. */
export class Pushes {
  target: PushTarget | null = null;
  /** While true events wait, as when WeChat is slow to push. */
  isHeld = false;
  readonly #now: () => number;
  readonly #dice: Dice;
  readonly #appid: string;
  #later: { dueAt: number; event: PushedEvent }[] = [];
  readonly #under = new Set<Promise<void>>();
  /** What the server answered, latest last. */
  answers: string[] = [];

  constructor(now: () => number, dice: Dice, appid: string) {
    this.#now = now;
    this.#dice = dice;
    this.#appid = appid;
  }

  /** @param afterMs of the shared clock */
  add(openid: string, body: Body<PushedEvent>, afterMs = 0): void {
    const head = { ToUserName: OWN_NAME, FromUserName: openid, CreateTime: Math.floor(this.#now() / 1000), MsgType: 'event' as const };
    this.#later.push({ dueAt: this.#now() + afterMs, event: { ...head, ...body } as PushedEvent });
    this.flush();
  }

  /** Starts what is due by now. */
  flush(): void {
    if (this.isHeld) return;
    const now = this.#now();
    const due = this.#later.filter(({ dueAt }) => dueAt <= now);
    this.#later = this.#later.filter(({ dueAt }) => dueAt > now);
    if (this.target === null) return;
    for (const { event } of due) {
      const run = this.#deliver(this.target, event).finally(() => { this.#under.delete(run); });
      this.#under.add(run);
    }
  }

  /** Resolves once nothing is under way any more. */
  async settled(): Promise<void> {
    this.flush();
    while (this.#under.size > 0) await Promise.all(this.#under);
  }

  /** The address and the body of one push, as they go over the wire. */
  envelope(target: PushTarget, message: string): { url: string; body: string; type: string } {
    const [timestamp, nonce] = [String(Math.floor(this.#now() / 1000)), this.#dice.digits(10)];
    const query = new URLSearchParams({ signature: signatureOf(target.token, timestamp, nonce), timestamp, nonce, openid: 'o' });
    const xml = target.format === 'xml';
    const type = xml ? 'text/xml' : 'application/json';
    const join = target.url.includes('?') ? '&' : '?';
    if (target.mode === 'plain' || target.aesKey === undefined) return { url: `${target.url}${join}${query.toString()}`, body: message, type };
    const encrypted = encrypt(target.aesKey, this.#appid, message, Buffer.from(this.#dice.word(16)));
    query.set('encrypt_type', 'aes');
    query.set('msg_signature', signatureOf(target.token, timestamp, nonce, encrypted));
    const sealed = xml ? `<xml><ToUserName><![CDATA[${OWN_NAME}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>` : JSON.stringify({ ToUserName: OWN_NAME, Encrypt: encrypted });
    const both = xml ? message.replace('</xml>', `<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`) : JSON.stringify({ ...(JSON.parse(message) as object), Encrypt: encrypted });
    return { url: `${target.url}${join}${query.toString()}`, body: target.mode === 'compatible' ? both : sealed, type };
  }

  reset(): void {
    this.#later = [];
    this.isHeld = false;
    this.answers = [];
  }

  async #deliver(target: PushTarget, event: PushedEvent): Promise<void> {
    const { url, body, type } = this.envelope(target, target.format === 'xml' ? xmlOf(event) : JSON.stringify(event));
    for (let turn = 0; turn < TRIES; turn += 1) {
      const said = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body, signal: AbortSignal.timeout(PATIENCE) }).then((answer) => answer.text(), (error: unknown) => `failed ${String(error)}`);
      this.answers = [...this.answers.slice(-99), said];
      if (said === 'success') return;
      await new Promise((resolve) => { setTimeout(resolve, 20).unref(); });
    }
  }
}

/** WeChat's XML: texts in CDATA, numbers bare, a list as repeated elements. */
function xmlOf(event: PushedEvent): string {
  const element = (name: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((it) => element(name, it)).join('');
    if (typeof value === 'object' && value !== null) return `<${name}>${Object.entries(value).map(([key, it]) => element(key, it)).join('')}</${name}>`;
    return typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${String(value)}]]></${name}>`;
  };
  return element('xml', event);
}
