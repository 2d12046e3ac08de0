import type { SubscribeResult } from './contract-messages.ts';

/** A message template as it was picked from WeChat's library. `once`: each consent is good for one message; `long`: one for all. */
export interface FakeTemplate {
  id: string;
  title: string;
  kind: 'once' | 'long';
  /** Keys with their prefix, such as thing1; a message must name exactly these. */
  keys: readonly string[];
}

/** What one user has allowed. */
interface Standing {
  mainSwitch: boolean;
  /** 总是保持以上选择. */
  always: Map<string, 'accept' | 'reject'>;
  left: Map<string, number>;
  /** Long-term consents. */
  long: Set<string>;
}
/** How many templates one request may name. */
const MOST = 5;

const failure = (errCode: number, words: string): SubscribeResult => ({ errMsg: `requestSubscribeMessage:fail ${words}`, errCode });

/** Which templates there are, and who lets what come (facts §1.4). */
export class Subscriptions {
  readonly #own = new Map<string, FakeTemplate>();
  readonly #passing = new Map<string, FakeTemplate>();
  readonly #users = new Map<string, Standing>();

  addTemplate(template: FakeTemplate, passing: boolean): void {
    (passing ? this.#passing : this.#own).set(template.id, template);
  }

  template(id: string): FakeTemplate | undefined {
    return this.#passing.get(id) ?? this.#own.get(id);
  }

  templates(): FakeTemplate[] {
    return [...this.#own.values(), ...this.#passing.values()];
  }

  /** What wx.requestSubscribeMessage answers; `choice` is what the user taps where a popup is shown. `shown` tells whether one was. */
  request(openid: string, ids: readonly string[], choice: string, always: boolean): { result: SubscribeResult; shown: boolean } {
    const standing = this.#of(openid);
    const wanted = ids.map((id) => this.template(id));
    const kinds = new Set(wanted.map((it) => it?.kind));
    if (ids.length === 0) return { result: failure(10001, 'TmplIds can\'t be empty'), shown: false };
    if (ids.length > MOST) return { result: failure(20003, 'Templates count out of max bounds'), shown: false };
    if (wanted.includes(undefined)) return { result: failure(20001, 'No template data return, verify the template id exist'), shown: false };
    if (kinds.size > 1) return { result: failure(20002, 'Templates type must be same'), shown: false };
    if (!standing.mainSwitch) return { result: failure(20004, 'The main switch is switched off'), shown: false };
    const answers: Record<string, string> = {};
    const titles = new Set<string>();
    let shown = false;
    for (const template of wanted) {
      if (template === undefined) continue;
      const kept = standing.always.get(template.id);
      shown ||= kept === undefined;
      answers[template.id] = titles.has(template.title) ? 'filter' : kept ?? choice;
      titles.add(template.title);
      if (always && kept === undefined) standing.always.set(template.id, choice.startsWith('accept') ? 'accept' : 'reject');
      if (answers[template.id]?.startsWith('accept')) this.#allow(standing, template);
    }
    return { result: { errMsg: 'requestSubscribeMessage:ok', ...answers }, shown };
  }

  /** What the user changes in the settings of the mini-program; answers the templates that were refused by it. */
  change(openid: string, mainSwitch: boolean | undefined, items: Readonly<Record<string, 'accept' | 'reject'>>): string[] {
    const standing = this.#of(openid);
    const refused = new Set<string>();
    if (mainSwitch === false && standing.mainSwitch) for (const id of [...standing.left.keys(), ...standing.long]) refused.add(id);
    if (mainSwitch !== undefined) standing.mainSwitch = mainSwitch;
    for (const [id, choice] of Object.entries(items)) {
      standing.always.set(id, choice);
      if (choice === 'reject') refused.add(id);
    }
    for (const id of refused) { standing.left.delete(id); standing.long.delete(id); }
    return [...refused];
  }

  /** Takes one message from what the user allowed; false: none is left, was never allowed, or it was switched off. */
  take(openid: string, template: FakeTemplate): boolean {
    const standing = this.#of(openid);
    if (!standing.mainSwitch || standing.always.get(template.id) === 'reject') return false;
    if (template.kind === 'long') return standing.long.has(template.id);
    const left = standing.left.get(template.id) ?? 0;
    if (left > 0) standing.left.set(template.id, left - 1);
    return left > 0;
  }

  left(openid: string, id: string): number {
    return this.#users.get(openid)?.left.get(id) ?? 0;
  }

  reset(): void {
    this.#passing.clear();
    this.#users.clear();
  }

  #of(openid: string): Standing {
    const standing = this.#users.get(openid) ?? { mainSwitch: true, always: new Map(), left: new Map(), long: new Set() };
    this.#users.set(openid, standing);
    return standing;
  }

  #allow(standing: Standing, template: FakeTemplate): void {
    if (template.kind === 'long') standing.long.add(template.id);
    else standing.left.set(template.id, (standing.left.get(template.id) ?? 0) + 1);
  }
}
