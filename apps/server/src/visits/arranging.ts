import { Inject, Injectable } from '@nestjs/common';
import { leaderPosts } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Directory } from '../platform/directory.ts';
import { badField } from '../platform/refusals.ts';
import { Settings } from '../platform/settings.ts';

/** The form that needs no place; its link may come later. */
export const videoForm = 'video';

interface Asked { readonly startsAt: string; readonly replyBy: string; readonly form: string; readonly place: string }
interface People { readonly memberIds: readonly string[]; readonly leaderIds: readonly string[] }
/** Field → what is wrong with it, in Chinese. */
type Faults = Record<string, string>;

/** What an appointment must fulfil, whoever sets it. */
@Injectable()
export class Arranging {
  constructor(@Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory, @Inject(Clock) private readonly clock: Clock) {}

  /** Everything that is wrong with an appointment. */
  appointment({ startsAt, replyBy, form, place }: Asked): Faults {
    const reply = this.replyFault(new Date(replyBy), new Date(startsAt));
    return { ...this.time(startsAt), ...this.form(form), ...this.place(form, place), ...(reply !== undefined && { replyBy: reply }) };
  }

  time(startsAt: string): Faults {
    const start = new Date(startsAt);
    if (Number.isNaN(start.getTime())) return { startsAt: '时间的格式不对，请重新选择' };
    return start <= this.clock.now() ? { startsAt: '走访时间已经过了，请选择以后的时间' } : {};
  }
  form(form: string): Faults {
    return this.settings.get('visit.forms').some(({ code }) => code === form) ? {} : { form: '请从列表里选择走访形式' };
  }
  place(form: string, place: string): Faults { return form !== videoForm && place === '' ? { place: '请填写地点' } : {}; }

  /** Members are visited, leaders visit, and nobody visits themself (rules: posts). */
  people({ memberIds, leaderIds }: People): Faults {
    const { page } = this.directory;
    const leaders = new Set(page.holdersOf(leaderPosts));
    const self = memberIds.find((id) => leaderIds.includes(id));
    return {
      ...(self !== undefined && { memberIds: `${page.person(self)?.name ?? ''}是这次的走访人，请从委员里去掉` }),
      ...(memberIds.some((id) => page.person(id)?.isMember !== true) && { memberIds: '有人不在委员名册里，请重新选择' }),
      ...(leaderIds.some((id) => !leaders.has(id)) && { leaderIds: '走访人应是主席、副主席或秘书长，请重新选择' }),
    };
  }

  private replyFault(reply: Date, start: Date): string | undefined {
    if (Number.isNaN(reply.getTime())) return '回复期限的格式不对，请重新选择';
    if (reply <= this.clock.now()) return '回复期限已经过了，请选择以后的时间';
    return reply >= start ? '回复期限要早于走访时间' : undefined;
  }
}

/** Where an appointment of this form takes place; only a video visit has a link. The member's proposal is answered by it. */
export const whereIn = (form: string, place: string, link: string) => ({ place, videoLink: form === videoForm && link !== '' ? link : null, proposedNote: null });

/** @throws 400 with every field, if anything is wrong. */
export function mustBeGood(faults: Faults): void { if (Object.keys(faults).length > 0) badField(faults); }
