/** What arrived on a phone: a service notice of WeChat, or a text message. */
export interface FakeMail {
  /** WeChat's msgid, or the text message's serial number. */
  id: string;
  /** UTC, ISO 8601. */
  at: string;
  kind: 'wechat' | 'sms';
  /** The openid, or the telephone number. */
  to: string;
  title: string;
  /** Key and value as they were sent; a text message's parameters are numbered. */
  lines: [string, string][];
  /** Where a tap leads, without a leading slash. */
  page: string | null;
  /** Marked when the message is for a version in development. */
  state: 'formal' | 'trial' | 'developer';
}
const KEPT = 20_000;

/** Every message that reached a phone, oldest first. */
export class Mailbox {
  #mail: FakeMail[] = [];

  add(mail: FakeMail): void {
    this.#mail.push(mail);
    if (this.#mail.length > KEPT) this.#mail = this.#mail.slice(-KEPT);
  }

  all(to?: readonly string[]): readonly FakeMail[] {
    return to === undefined ? this.#mail : this.#mail.filter((mail) => to.includes(mail.to));
  }

  reset(): void {
    this.#mail = [];
  }
}
