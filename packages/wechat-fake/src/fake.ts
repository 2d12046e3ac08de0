import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeCall } from './call-log.ts';
import { serveControl } from './control.ts';
import { createPlatform, resetPlatform } from './platform.ts';
import type { FakeOptions } from './platform.ts';
import { serveTextMessages } from './text-messages.ts';
import type { FakeMail } from './mailbox.ts';
import type { FakeUser } from './users.ts';
import { serveWechat } from './wechat-calls.ts';
import { sendJson } from './wire.ts';

export interface WechatFake {
  /**
   * Answers a request whose path is a WeChat path (/sns/…, /cgi-bin/…, /wxa/…), /__sms/ or /__fake/…, body stream unread;
   * resolves false, with nothing touched, when the path is none of its.
   */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Adds the user, or replaces the one with this openid. Throws when the phone is not 5 to 15 digits. */
  addUser(user: FakeUser): void;
  /** The latest API calls (at most 10 000), oldest first, each with its verdict. */
  log(): readonly FakeCall[];
  /** What reached the phones, oldest first: service notices and text messages. */
  mail(): readonly FakeMail[];
  /** Resolves once every event that is due was pushed and answered. */
  settled(): Promise<void>;
  /** What the server answered to the latest 100 pushes. */
  pushAnswers(): readonly string[];
  /** Forgets all but the users given to `addUser` and the templates of the options. */
  reset(): void;
}

const WECHAT_ROOTS = ['/sns/', '/cgi-bin/', '/wxa/'];
const CONTROL_ROOT = '/__fake/';
/** Tencent Cloud's text messages, as a server reaches them when this address is given as its base. */
const SMS_PATH = '/__sms/';

/** Makes a stand-in for api.weixin.qq.com with its state in memory (facts: platform §4). */
export function createFake(options: FakeOptions): WechatFake {
  const platform = createPlatform(options);
  const mount = (options.mountedAt ?? '').replace(/\/+$/, '');

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const [whole, search] = splitOnce(request.url ?? '', '?');
    if (!whole.startsWith(`${mount}/`)) return false;
    const path = whole.slice(mount.length);
    if (path.startsWith(CONTROL_ROOT)) {
      await serveControl(platform, request, response, path.slice(CONTROL_ROOT.length));
      return true;
    }
    if (path === SMS_PATH) {
      await serveTextMessages(platform, request, response, whole);
      return true;
    }
    if (!WECHAT_ROOTS.some((root) => path.startsWith(root))) return false;
    await serveWechat(platform, request, response, path, new URLSearchParams(search));
    return true;
  }

  return {
    handle,
    addUser: (user) => platform.users.add(user, false),
    log: () => platform.calls.all(),
    mail: () => platform.mailbox.all(),
    settled: () => platform.pushes.settled(),
    pushAnswers: () => platform.pushes.answers,
    reset: () => resetPlatform(platform),
  };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** A stand-in being served. */
interface Listening {
  url: string;
  close(this: void): Promise<void>;
}

/** Serves the stand-in alone on 127.0.0.1; port 0 takes a free one. `close` also cuts calls that still hang. */
export function listen(fake: WechatFake, port = 0): Promise<Listening> {
  const server = createServer((request, response) => {
    fake.handle(request, response).then(
      (handled) => {
        if (!handled) sendJson(response, 404, { message: '微信替身没有这个地址。' });
      },
      (error: unknown) => {
        // A bug of the stand-in: the caller sees a broken connection, the developer the cause.
        process.emitWarning(error instanceof Error ? error : String(error));
        response.destroy();
      },
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${taken}`, close });
    });
    function close(): Promise<void> {
      return new Promise((done, failed) => {
        server.close((error) => (error === undefined ? done() : failed(error)));
        server.closeAllConnections();
      });
    }
  });
}
