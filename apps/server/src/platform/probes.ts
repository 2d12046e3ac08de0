import { Injectable } from '@nestjs/common';

/** `bad` turns /health red; `warn` is for whoever looks at the page. */
type ProbeState = 'good' | 'warn' | 'bad';
/** What a probe found. `says`: one line for the health page, without anything that somebody wrote. */
export interface Found { readonly state: ProbeState; readonly says: string }
/** Something that must be well for the house to be trusted. `name` is what machines are told, in ASCII; `words` its name on the page. */
export interface Probe { readonly name: string; readonly words: string; readonly look: () => Promise<Found> }
export interface Probed extends Found { readonly name: string; readonly words: string }

/** The list of probes; every part of the house adds its own while it is put together. */
@Injectable()
export class Probes {
  private readonly all = new Map<string, Probe>();
  add(probe: Probe): void { this.all.set(probe.name, probe); }

  /** Asks every probe; one that cannot answer is itself a finding. */
  lookAll(): Promise<Probed[]> {
    return Promise.all([...this.all.values()].map(async ({ name, words, look }) => {
      try {
        return { name, words, ...await look() };
      } catch {
        return { name, words, state: 'bad' as const, says: '没有查成' };
      }
    }));
  }
}
