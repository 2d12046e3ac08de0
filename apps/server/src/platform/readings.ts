import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@lvzhi/contracts';
import { Audit } from './audit.ts';
import { Settings } from './settings.ts';

interface Read { readonly id: string; readonly kind: string; readonly urgency: string; readonly mine: boolean }

/** Writes down who read a restricted document that is not their own: which ones those are is a setting (audit.readings). */
@Injectable()
export class Readings {
  constructor(@Inject(Audit) private readonly audit: Audit, @Inject(Settings) private readonly settings: Settings) {}
  async note(caller: Caller, { id, kind, urgency, mine }: Read): Promise<void> {
    if (mine || !this.settings.get('audit.readings').urgencies.includes(urgency)) return;
    await this.audit.record(caller, 'document.read', { kind, id }, { urgency });
  }
}
