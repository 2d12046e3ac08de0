import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database } from './database.ts';
import { Mark } from './marks.ts';
import { Probes } from './probes.ts';
import { Outside } from './serves.ts';

const everyMs = 10_000;

@Controller()
export class HealthController {
  private looked: { readonly at: number; readonly reasons: Promise<string[]> } | undefined;
  constructor(@Inject(Database) private readonly database: Database, @Inject(Probes) private readonly probes: Probes) {}

  /** For whoever watches: 503 with the names of the probes that are bad. Looked at anew every ten seconds, however often it is asked for. */
  @Get('health') @Outside('anyone') async health(@Res({ passthrough: true }) reply: FastifyReply) {
    if (!this.looked || performance.now() - this.looked.at > everyMs) this.looked = { at: performance.now(), reasons: this.probes.lookAll().then((all) => all.filter(({ state }) => state === 'bad').map(({ name }) => name)) };
    const [reasons, upSeconds] = [await this.looked.reasons, Math.round(process.uptime())];
    if (reasons.length === 0) return { ok: true, upSeconds };
    reply.code(503);
    return { ok: false, upSeconds, reasons };
  }

  /** For whoever sends requests here: the database answers within two seconds. */
  @Get('ready') @Outside('anyone') async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const limit = new Promise<never>((_, reject) => { setTimeout(() => { reject(new Error('slow')); }, 2_000).unref(); });
    try {
      await Promise.race([this.database.read((manager) => manager.exists(Mark)), limit]);
    } catch {
      reply.code(503);
      return { ok: false };
    }
    return { ok: true };
  }
}
