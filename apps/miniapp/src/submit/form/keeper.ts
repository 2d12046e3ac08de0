import type { DraftView } from '@lvzhi/contracts';
import { isEmptyDraft, withCopy } from '../../platform/draft.ts';
import type { Draft, Given } from '../../platform/draft.ts';

/** On the phone: `typing`: changed since; `full`: it has no room; `gone`: the server removed it for good, and so did the phone. On the server: as `Given` says, `none`: not yet. */
export interface Keeping {
  readonly draft: Draft; readonly here: 'none' | 'typing' | 'saved' | 'full' | 'gone'; readonly there: 'none' | 'kept' | 'waiting' | { readonly refused: string };
  /** Another text that the server has under this draft, until the person chose. */
  readonly theirs: DraftView | undefined;
}
export interface Ports {
  /** The draft with its time; undefined: no room. */ readonly save: (draft: Draft) => Draft | undefined; readonly put: (draft: Draft) => void; readonly drop: (draft: Draft) => void;
  readonly give: (draft: Draft) => Promise<Given>; readonly deleteCopy: (draft: Draft) => void; readonly purge: (draft: Draft) => Promise<void>; readonly changed: (keeping: Keeping) => void; readonly now: () => string;
}
/** Saved 0.4 s after the last key press, and at least every second while somebody goes on typing; a copy goes to the server at most every 3 s; without an answer it is tried again after 4 s, 8 s … 64 s. */
const times = { pause: 400, longest: 1000, between: 3000, again: 4000, most: 64_000 };

/** A draft while it is written: on the phone at every pause, a copy on the server, and never one without the other being tried. */
export class Keeper {
  private state: Keeping;
  private readonly ports: Ports;
  private edits = 0;
  private saved = 0;
  private begun = 0;
  private last = 0;
  private over = false;
  private unanswered = 0;
  private copying: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private copyTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(opened: Draft, theirs: DraftView | undefined, ports: Ports) {
    this.ports = ports;
    this.state = { draft: opened, here: opened.savedAt === '' ? 'none' : 'saved', there: opened.base > 0 && !opened.unsent ? 'kept' : 'none', theirs };
  }
  get keeping(): Keeping { return this.state; }
  get draft(): Draft { return this.state.draft; }
  private become(change: Partial<Keeping>): void { this.state = { ...this.state, ...change }; this.ports.changed(this.state); }

  readonly edit = (change: Partial<Draft>): void => {
    if (this.state.here === 'gone') return;
    if (this.edits === this.saved) this.begun = Date.now();
    this.edits += 1;
    const draft = { ...this.draft, ...change, unsent: true };
    // An empty one is not kept (only in whose name it is to be was chosen): then nothing is being saved either.
    this.become({ draft, ...(this.state.here !== 'full' && !isEmptyDraft(draft) && { here: 'typing' }) });
    clearTimeout(this.timer);
    this.timer = setTimeout(this.save, Math.max(0, Math.min(times.pause, this.begun + times.longest - Date.now())));
  };

  readonly save = (): void => {
    clearTimeout(this.timer);
    if (this.edits === this.saved || this.over || isEmptyDraft(this.draft)) return;
    const kept = this.ports.save(this.draft);
    this.begun = Date.now();
    if (kept) this.saved = this.edits;
    this.become(kept ? { draft: kept, here: 'saved' } : { here: 'full' });
    this.copySoon();
  };
  /** The page goes out of sight: both at once. */
  readonly leave = (): void => { this.save(); void this.copy(); };

  private copySoon(): void {
    clearTimeout(this.copyTimer);
    this.copyTimer = setTimeout(() => { void this.copy(); }, Math.max(0, this.last + times.between - Date.now()));
  }
  readonly copy = (): Promise<void> => {
    clearTimeout(this.copyTimer);
    if (this.over || this.state.theirs || !this.draft.unsent || isEmptyDraft(this.draft)) return Promise.resolve();
    this.copying ??= this.give().finally(() => { this.copying = undefined; this.last = Date.now(); if (this.draft.unsent && this.state.there === 'kept') this.copySoon(); });
    return this.copying;
  };
  private async give(): Promise<void> {
    // The count is kept before it is sent: after whatever happens then, the next try is known to be later.
    const [given, at] = [{ ...this.draft, turn: this.draft.turn + 1 }, this.edits];
    this.become({ draft: given });
    if (this.state.here !== 'full' && given.savedAt !== '') this.ports.put(given);
    const answer = await this.ports.give(given);
    if (this.over) return;
    if (answer.as !== 'later') this.unanswered = 0;
    if (answer.as === 'later') { this.become({ there: 'waiting' }); this.tryAgain(); }
    else if (answer.as === 'theirs') this.become({ theirs: answer.copy });
    else if (answer.as === 'gone') this.lose(answer.words);
    else if (answer.as === 'kept') this.wasKept(answer.version, this.edits === at);
    else this.become({ there: { refused: answer.words } });
  }
  /** Nobody may ever tell that the network, or the server, is back. */
  private tryAgain(): void {
    this.copyTimer = setTimeout(() => { void this.copy(); }, Math.min(times.most, times.again * 2 ** this.unanswered));
    this.unanswered += 1;
  }
  private wasKept(version: number, whole: boolean): void {
    const full = this.state.here === 'full';
    const draft = { ...this.draft, base: version, unsent: !whole, ...(full && { savedAt: this.ports.now() }) };
    if (!full && this.draft.savedAt !== '') this.ports.put(draft);
    this.become({ draft, there: 'kept' });
  }

  /** This phone's text, over the other one. */
  keepMine(version: number): void { this.become({ theirs: undefined }); this.edit({ base: version }); this.leave(); }
  /** The other text, in the place of this phone's. */
  takeTheirs(copy: DraftView): void {
    const kept = this.ports.save(withCopy(this.draft, copy));
    this.saved = this.edits;
    this.become({ draft: kept ?? withCopy(this.draft, copy), theirs: undefined, here: kept ? 'saved' : 'full', there: 'kept' });
  }

  /** It was handed in: nothing of it is kept. */
  finish(): void {
    this.over = true;
    clearTimeout(this.timer); clearTimeout(this.copyTimer);
    this.ports.drop(this.draft);
  }
  /** It was 涉密 and is removed everywhere: here too, from the page before one's eyes as well. */
  lose(words: string): void {
    this.finish();
    this.become({ draft: { ...this.draft, title: '', situation: '', analysis: '', suggestion: '', files: [] }, here: 'gone', there: { refused: words } });
  }
  /** Its author threw it away; a copy that is just being made is deleted after it. */
  discard(): void {
    this.finish();
    const { copying, draft } = this;
    if (copying) void copying.then(() => { this.ports.deleteCopy(draft); }); else if (draft.base > 0) this.ports.deleteCopy(draft);
  }
  /** Its author found it to be 涉密: nothing of it is kept anywhere. A copy that is just being made is cleared with it. Rejects while the server cannot be told. */
  async purge(): Promise<void> {
    this.finish();
    await this.copying;
    await this.ports.purge(this.draft);
  }
  /** The page is gone. Resolves when the last copy is made, or is not. */
  async end(): Promise<void> { this.save(); await this.copy(); clearTimeout(this.copyTimer); }
}
