import { Delivery, newDelivery } from '../src/platform/delivery.entity.ts';
import { WechatBinding } from '../src/identity/identity.entity.ts';
import { newId } from '../src/platform/ids.ts';
import { Seals } from '../src/platform/seals.ts';
import { OutboxRow } from '../src/platform/spine.entities.ts';
import { demoPush } from '../src/platform/config.ts';
import type { Serving } from './serving.ts';

export const templateOf = { visit: 'demo-template-visit', progress: 'demo-template-progress', task: 'demo-template-task' } as const;
const keys = { visit: ['thing1', 'time2', 'thing3', 'thing4', 'time5'], progress: ['thing1', 'character_string2', 'date3'], task: ['thing1', 'character_string2', 'time3'] } as const;
const titles = { visit: '走访通知', progress: '办理进度提醒', task: '待办事项提醒' } as const;

/** Notices and WeChat in a test: who is bound, what they allow, what reached them. */
export function mailing(house: Serving) {
  const control = async (name: string, input: object = {}, method = 'POST') => {
    const answer = await fetch(`${house.standUrl}/__fake/${name}`, { method, ...(method !== 'GET' && { body: JSON.stringify(input) }) });
    if (!answer.ok) throw new Error(await answer.text());
    return await answer.json() as Record<string, unknown>;
  };
  const openidOf = (personId: string) => `o-test-${personId}`;
  const seals = new Seals(house.config.secret);
  return {
    control, openidOf,
    /** The stand-in as it is at the first minute, with the house's templates and its push. */
    async fresh(): Promise<void> {
      house.wechat.reset();
      for (const sort of ['visit', 'progress', 'task'] as const) await control('templates', { id: templateOf[sort], title: titles[sort], keys: keys[sort] });
      await control('push', { url: `${house.url}/wechat/push`, token: demoPush.token, mode: demoPush.mode, aesKey: demoPush.aesKeys[0] });
    },
    async bind(personId: string, phone?: string): Promise<void> {
      const openid = openidOf(personId);
      await control('users', { openid, ...(phone !== undefined && { phone }) });
      const row = { id: newId(), appid: 'wxtest', openidHash: seals.hashOf(`wxtest:${openid}`), openidSealed: seals.seal(openid), personId, boundAt: house.clock.now() };
      await house.database.write((manager) => manager.createQueryBuilder().insert().into(WechatBinding).values(row).orIgnore().execute());
    },
    /** Taps 允许 so many times; heard by the push. */
    async allow(personId: string, sort: keyof typeof templateOf, times = 1): Promise<void> {
      for (let turn = 0; turn < times; turn += 1) {
        await control('subscribe', { openid: openidOf(personId), tmplIds: [templateOf[sort]] });
        await house.wechat.settled();
        // A second tap within the same second would be the same event to us.
        house.clock.shift(1_000);
      }
    },
    /** Notices of progress, as a move would have written them. */
    async tell(personId: string, count = 1): Promise<string[]> {
      const now = house.clock.now();
      const rows: OutboxRow[] = Array.from({ length: count }, () => ({ id: newId(), recipientId: personId, channel: 'inbox', docKind: 'opinion', docId: 'none', moveId: newId(), action: 'pass', audience: 'author', dueAt: null, holderWords: null, notBefore: now, withdrawnAt: null, readAt: null, answeredAt: null }));
      await house.database.write(async (manager) => {
        await manager.insert(OutboxRow, rows);
        await manager.insert(Delivery, rows.map((row) => newDelivery({ id: row.id, recipientId: personId, at: now }, 'progress', 'wechat')));
      });
      return rows.map(({ id }) => id);
    },
    deliveries: (noticeIds: readonly string[]) => house.database.read(async (manager) => (await manager.find(Delivery)).filter((it) => noticeIds.includes(it.noticeId))),
    /** What reached this person, by WeChat and as a text message. */
    mailOf: (personId: string, phone?: string) => house.wechat.mail().filter(({ to }) => to === openidOf(personId) || to === phone),
    /** Tries to send, without those whose token was dead. */
    sends: () => house.wechat.log().filter(({ path, errcode }) => path === '/cgi-bin/message/subscribe/send' && errcode !== 40_001),
  };
}
