/** One person's phone: what it keeps when a mini-program ends, what its owner does when WeChat asks, and whether its network works. */
import { Storage } from './storage.ts';

export interface Chosen { readonly path: string; readonly name: string; readonly bytes: Buffer }
/** What is about to leave the phone. */
export interface Leaving { readonly api: 'request' | 'uploadFile' | 'downloadFile'; readonly method: string; readonly path: string; readonly body: unknown }
/** `before`: it never left; `after`: it arrived and the answer was lost. */
export type Cut = 'before' | 'after' | undefined;

const system = {
  SDKVersion: '3.8.0', version: '8.0.49', platform: 'ios', system: 'iOS 15.8', brand: 'iPhone', model: 'iPhone 8', pixelRatio: 2, screenWidth: 375, screenHeight: 812, windowWidth: 375, windowHeight: 724,
  statusBarHeight: 44, language: 'zh_CN', theme: 'light', fontSizeSetting: 17,
};

interface About {
  /** Of the running house whose stand-in is this phone's WeChat. */
  readonly url: string; readonly openid: string;
}

export class Phone {
  readonly url: string;
  /** Whose WeChat it is; another person may sign in to WeChat on the same phone. */
  openid: string;
  readonly storage = new Storage();
  /** Files by path: what was just picked is gone when the mini-program ends, what was saved stays. */
  readonly picked = new Map<string, Chosen>();
  readonly saved = new Map<string, Chosen>();
  /** As the owner set WeChat. */
  system = system;

  /** What the owner picks when asked for a photo or a paper; none: they close the album. */
  photos: readonly Chosen[] = [];
  papers: readonly Chosen[] = [];
  /** What the camera finds; undefined: it is closed. */
  code: string | undefined;
  /** 允许 or 拒绝 to the question about reminders; `off`: the main switch in WeChat's settings is off. */
  consent: 'accept' | 'reject' | 'off' = 'accept';
  number: 'allow' | 'deny' = 'allow';
  /** Yes or no to a question with this title. */
  answer: (title: string) => boolean = () => true;
  /** No room for a file to be saved. */
  full = false;
  /** A new version has come and waits. */
  update = false;
  newVersion(): void { this.update = true; this.tell('update', {}); }

  /** What the owner was shown, in order. */
  readonly shown: { readonly as: 'toast' | 'question' | 'picture' | 'call' | 'paper' | 'settings'; readonly words: string }[] = [];
  /** Everything that needs its owner's leave and was used, in order: camera, album, chat files, reminders, number. */
  readonly asked: string[] = [];
  badge = '';
  title = '';

  online = true;
  /** Decides about each thing that leaves, while the network works. */
  cut: (leaving: Leaving) => Cut = () => undefined;
  /** Everything that left or tried to. */
  readonly left: Leaving[] = [];
  running = 0;
  most = 0;
  /** A tap is being heard at this very moment: the only one in which consent may be asked for. */
  tapping = false;
  private readonly listeners = new Map<string, ((said: object) => void)[]>();

  constructor({ url, openid }: About) { [this.url, this.openid] = [url, openid]; }

  /** A code of WeChat's, from its stand-in. */
  async wechatCode(kind: 'login' | 'phone-code'): Promise<string> { return (await this.standIn(kind, {}))['code'] as string; }
  async standIn(path: string, more: object): Promise<Record<string, unknown>> {
    const answer = await fetch(`${this.url}/__fake/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openid: this.openid, ...more }) });
    return await answer.json() as Record<string, unknown>;
  }

  file(path: string): Chosen | undefined { return this.picked.get(path) ?? this.saved.get(path); }
  /** The mini-program ended: what was picked and not saved is gone, and nobody listens any more. */
  released(): void { this.picked.clear(); this.listeners.clear(); this.running = 0; }

  listen(event: string, listener: (said: object) => void): void { this.listeners.set(event, [...this.listeners.get(event) ?? [], listener]); }
  unlisten(event: string): void { this.listeners.delete(event); }
  private tell(event: string, said: object): void { for (const listener of this.listeners.get(event) ?? []) listener(said); }
  connect(online: boolean): void { this.online = online; this.tell('network', { isConnected: online, networkType: online ? 'wifi' : 'none' }); }
  /** A sun goes down, or its owner chose so. */
  dark(): void { this.system = { ...this.system, theme: 'dark' }; this.tell('theme', { theme: 'dark' }); }
  /** Its owner moved the slider of WeChat's text size; 23.8 is care mode. */
  textSize(px: number): void { this.system = { ...this.system, fontSizeSetting: px }; }

  /** How many questions a page asked; each took a touch to answer. */
  get questions(): number { return this.shown.filter((it) => it.as === 'question').length; }
  get toasts(): readonly string[] { return this.shown.filter((it) => it.as === 'toast').map(({ words }) => words); }
}
