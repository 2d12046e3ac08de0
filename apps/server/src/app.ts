import { mkdirSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { routes } from '@lvzhi/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LogLevel } from '@nestjs/common';
import { AppModule } from './app.module.ts';
import { DisposalList } from './disposal/list.service.ts';
import { Sender } from './notices/sender.ts';
import { registerUploads } from './platform/uploads.ts';
import { guardAnswers } from './platform/answer-guard.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { Jobs } from './platform/jobs.ts';
import { Marks } from './platform/marks.ts';
import { apiPageOf, openApiOf } from './platform/open-api.ts';
import { logRequests } from './platform/request-log.ts';
import { acceptXml } from './platform/wechat-push.ts';
import { endConnections } from './platform/stopping.ts';
import { DemoService } from './seeding/demo.service.ts';
import { SeedingService } from './seeding/seeding.service.ts';

/** How much of the house is furnished at the start: the city alone (tests), or with the demonstration's clock and past, and whether it does its jobs by itself. `say` hears what it is at. */
export interface Furnishing { readonly demoClock: boolean; readonly demoPast: boolean; readonly jobs: boolean; readonly say?: (what: string) => void }

const levels: LogLevel[] = ['error', 'warn', 'log'];

/** What no route can be found for: an address that is not even one. */
const unreadable = (_: unknown, __: FastifyRequest, reply: FastifyReply) => reply.code(400).send({ reason: '没有这个地址' });

/** The whole server, migrated and seeded, not yet listening. */
export async function createApp(config: Config, clock: Clock, { demoClock, demoPast, jobs, say = () => {} }: Furnishing): Promise<NestFastifyApplication> {
  mkdirSync(config.dataFolder, { recursive: true });
  const adapter = new FastifyAdapter({ trustProxy: config.mode === 'production' ? config.trustedProxies ?? 'loopback' : false, bodyLimit: 1_048_576, forceCloseConnections: 'idle', routerOptions: { maxParamLength: 60 }, frameworkErrors: unreadable });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config, clock), adapter, { logger: config.logLevel === 'info' ? levels : ['error', 'warn'], abortOnError: false });
  await registerUploads(app);
  acceptXml(app);
  guardAnswers(app);
  endConnections(app);
  if (config.logLevel === 'info') logRequests(app);
  const [openApi, page, server] = [openApiOf(routes), apiPageOf(routes), app.getHttpAdapter().getInstance()];
  server.get('/api/openapi.json', (_, reply) => reply.send(openApi));
  server.get('/api/', (_, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.enableShutdownHooks();
  await app.init();
  if (demoClock) await app.get(DemoService).startClock();
  say('核对城市的机构、委员和规则');
  await app.get(SeedingService).load();
  await app.get(Marks).begin();
  // An older backup may have come back: what was disposed of since is gone before anybody is let in.
  const again = await app.get(DisposalList).apply();
  if (again > 0) new Logger('secrets').warn(`涉密处置清单：恢复的数据里还有 ${again} 件处置过的，已经重新处置`);
  if (demoPast) await app.get(DemoService).loadPast(say);
  await app.get(Jobs).begin(jobs);
  if (jobs) app.get(Sender).begin();
  return app;
}
