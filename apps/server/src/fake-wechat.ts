import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createFake } from '@lvzhi/wechat-fake';
import type { Clock } from './platform/clock.ts';
import { demoPush } from './platform/config.ts';
import type { Config } from './platform/config.ts';
import type { MessageTemplate } from './platform/settings.ts';
import type { SeedBody, SeedPerson } from './seeding/seeds.ts';
import { DemoService } from './seeding/demo.service.ts';
import { Seeds } from './seeding/seeds.ts';

/** Where the demonstration's clock is put ahead. */
const clockPath = '/__fake/clock';

/** The demonstration's WeChat: the stand-in on our own port, with everybody of the demo roster as its users. Only in demo (config.ts). */
export function standIn(app: NestFastifyApplication, config: Config, clock: Clock): void {
  const seeds = new Seeds(config.seedsFolder);
  const templates = seeds.read<{ 'wechat.templates': readonly MessageTemplate[] }>('settings')['wechat.templates'].map(({ id, title, kind, fields }) => ({ id, title, kind, keys: Object.keys(fields) }));
  const [{ token, mode, aesKeys: [aesKey = ''] }, url] = [demoPush, `${config.wechat.base}/wechat/push`];
  const fake = createFake({ now: () => clock.now().getTime(), appid: config.wechat.appid, secret: config.wechat.secret, templates, push: { url, token, mode, aesKey } });
  const bodies = new Map(seeds.read<SeedBody[]>('bodies').map((it) => [it.id, it]));
  for (const { id, name, phone, sectorId, unitTitle, isMember, posts } of seeds.read<SeedPerson[]>('people')) {
    const [post] = posts.filter((it) => it.post !== 'member');
    const sector = sectorId === undefined ? '' : bodies.get(sectorId)?.name ?? '';
    fake.addUser({ openid: `o-demo-${id}`, phone, name, note: [sector, unitTitle].filter(Boolean).join(' · '), group: isMember ? post?.post === 'committee_head' ? '专委会主任' : sector : '机关和单位' });
  }
  const [server, demo] = [app.getHttpAdapter().getInstance(), app.get(DemoService)];
  // A year is played in minutes: whoever plays it says what time it is.
  server.post<{ Body: { to?: unknown } }>(clockPath, async ({ body }, reply) => {
    const to = new Date(typeof body.to === 'string' ? body.to : '');
    if (Number.isNaN(to.getTime())) return reply.code(400).send({ reason: 'to 应是时间，如 2022-07-22T01:00:00.000Z' });
    await demo.moveClock(to);
    return { now: clock.now().toISOString() };
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (request.url === clockPath || !/^\/(?:__fake|__sms|sns|cgi-bin|wxa)\//.test(request.url)) { done(); return; }
    reply.hijack();
    fake.handle(request.raw, reply.raw).then((known) => { if (!known) reply.raw.writeHead(404).end(); }, () => { reply.raw.destroy(); });
  });
}
