import { Controller, ForbiddenException, Get, HttpCode, Inject, NotFoundException, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock.ts';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { Outside } from '../platform/serves.ts';
import { eventOf, isFromWechat } from '../platform/wechat-push.ts';
import type { PushSettings } from '../platform/wechat-push.ts';
import { PushedEvents } from './pushed-events.ts';

type Query = Record<string, string | undefined>;

/** Where WeChat pushes its events, once the operator has entered this address in its console. Not there at all until then. */
@Controller()
export class PushController {
  constructor(@Inject(CONFIG) private readonly config: Config, @Inject(Clock) private readonly clock: Clock, @Inject(PushedEvents) private readonly events: PushedEvents) {}

  /** WeChat tries the address once: whoever knows the token gets their own words back. */
  @Get('wechat/push') @Outside('anyone') check(@Req() { query }: FastifyRequest): string {
    const said = query as Query;
    if (!isFromWechat(this.settings, said, this.clock.now())) throw new ForbiddenException({ reason: '签名不对' });
    return said['echostr'] ?? '';
  }

  /** Taken in at once and answered within the second; pushed again it does nothing. */
  @Post('wechat/push') @Outside('anyone') @HttpCode(200) async push(@Req() { query, body }: FastifyRequest): Promise<string> {
    const event = eventOf(this.settings, this.config.wechat.appid, { query: query as Query, body }, this.clock.now());
    if (!event) throw new ForbiddenException({ reason: '签名不对' });
    await this.events.take(event);
    return 'success';
  }

  private get settings(): PushSettings {
    const { push } = this.config.wechat;
    if (!push) throw new NotFoundException({ reason: '没有找到，或者您没有查看的权限' });
    return push;
  }
}
