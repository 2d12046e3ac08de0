import { Inject, Injectable } from '@nestjs/common';
import type { Caller, VisitRow, VisitView } from '@lvzhi/contracts';
import { actionsFor, dateOf, dateWords, dueLook, explainDue, holderWords, leaderPosts, mayReportFrom, postWords, redateAction, redateWord, taskWords, timeOf, visitActions, visitActionWords, visitFlow, visitStateWords, weekdayOf, weekdayWords } from '@lvzhi/domain';
import type { PostCode } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Directory } from '../platform/directory.ts';
import type { Move } from '../platform/journal.ts';
import { redateNote } from '../platform/redating.ts';
import { Settings } from '../platform/settings.ts';
import type { Coded } from '../platform/settings.ts';
import type { Assignment } from '../platform/spine.entities.ts';
import { visitDoc } from './docket.ts';
import type { Visit, VisitNote } from './visit.entity.ts';

/** What is awaited, by what must be done. */
const awaited: Partial<Record<Assignment['action'], string>> = {
  reply_visit: '确认参加，或者提出改到别的时间', arrange_visit: '同意改期或另定时间，再通知委员', make_visit: '走访之后登记',
};

/** What a view is made of. */
interface Parts { readonly assignment: Assignment | undefined; readonly moves: readonly Move[]; readonly notes: readonly VisitNote[]; readonly reports: VisitView['reports'] }

const visiting: readonly PostCode[] = leaderPosts;
/** The only place where a visit's row becomes what a person is shown. */
@Injectable()
export class VisitPresenter {
  constructor(@Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock) {}

  row(caller: Caller, it: Visit, assignment: Assignment | undefined): VisitRow {
    return {
      id: it.id, state: it.state, stateWords: visitStateWords[it.state], member: this.person(it.memberId), leaders: it.leaderIds.map((id) => this.leader(id)),
      startsAt: it.startsAt.toISOString(), whenWords: this.whenWords(it.startsAt), minutes: it.minutes, form: this.form(it.form), place: it.place,
      replyBy: it.replyBy.toISOString(), due: assignment ? this.due(caller, it, assignment) : null, version: it.version, can: this.can(caller, it), proposed: this.proposed(it),
    };
  }

  view(caller: Caller, it: Visit, { assignment, moves, notes, reports }: Parts): VisitView {
    const { name, phone, hours } = this.settings.get('city').contact;
    return {
      ...this.row(caller, it, assignment), videoLink: it.videoLink, topics: it.topics, holder: assignment ? this.holder(caller, it, assignment) : null,
      contact: { name, phone, hours }, timeline: this.timeline(moves, notes),
      reports, mayReport: mayReportFrom(visitDoc(it, this.clock.now()), caller),
    };
  }

  /** Somebody who visits is told by the office they hold (副主席), not by the sector they sit for. */
  leader(id: string): VisitRow['member'] {
    const held = this.directory.page.postsOf(id)?.find(({ post }) => visiting.includes(post));
    return { ...this.person(id), ...(held && { note: postWords[held.post] }) };
  }

  person(id: string): VisitRow['member'] {
    const { name = '', note = '' } = this.directory.page.person(id) ?? {};
    return { id, name, note };
  }

  /** Exactly what the server accepts: a proposed time that has passed can no longer be agreed to. */
  private can(caller: Caller, it: Visit): VisitRow['can'] {
    const now = this.clock.now();
    return actionsFor(visitFlow, visitDoc(it, now), caller).filter((action) => action !== 'agree' || (it.proposedAt !== null && it.proposedAt > now));
  }

  private proposed({ state, proposedAt, proposedForm, proposedNote, form }: Visit): VisitRow['proposed'] {
    if (state !== 'proposed' || !proposedAt) return null;
    return { startsAt: proposedAt.toISOString(), whenWords: this.whenWords(proposedAt), form: this.form(proposedForm ?? form), note: proposedNote ?? '' };
  }

  private holder(caller: Caller, it: Visit, assignment: Assignment): NonNullable<VisitView['holder']> {
    const { holderKind, holderId, action } = assignment;
    const words = holderKind !== 'person' ? holderWords[holderId as PostCode] : holderId === caller.personId ? '您本人' : this.person(holderId).name;
    return { words: words ?? '', action: taskWords[action], note: awaited[action] ?? '', due: this.due(caller, it, assignment) };
  }

  /** That a visit which was made is not registered yet is the office's deadline and not the member's. */
  private due(caller: Caller, it: Visit, { action, dueAt, openedAt, explanation }: Assignment): VisitRow['due'] {
    if (action === 'make_visit' && it.memberId === caller.personId) return null;
    const look = dueLook(dueAt, openedAt, this.clock.now(), caller.surface === 'desk' ? 'desk' : 'member', this.settings.reckoning);
    return { at: dueAt.toISOString(), ...look, explanation: explainDue(dueAt, explanation) };
  }

  /** Everything that happened, without what was undone. */
  private timeline(moves: readonly Move[], notes: readonly VisitNote[]): VisitView['timeline'] {
    const undone = new Set(moves.flatMap(({ detail }) => detail.undoes ?? []));
    const noted = new Map(notes.map(({ moveId, note }) => [moveId, note]));
    return moves.filter(({ id, action }) => action !== 'undo' && !undone.has(id)).map((move) => {
      const known = visitActions.find((action) => action === move.action);
      return { id: move.id, action: move.action, words: known ? visitActionWords[known] : move.action === redateAction ? redateWord : move.action, who: this.who(move), at: move.madeAt.toISOString(), note: redateNote(move) ?? (noted.get(move.id) || null) };
    });
  }

  private who({ personId, post }: Move): string {
    if (post === 'system') return '系统';
    const { name } = this.person(personId);
    return post === 'member_affairs' ? `${holderWords.member_affairs ?? ''} ${name}` : name;
  }

  /** 7月26日 星期二 9:30, in Shanghai. */
  whenWords(at: Date): string {
    const [on, [hours, minutes]] = [dateOf(at), timeOf(at).split(':')];
    return `${dateWords(on, dateOf(this.clock.now()))} ${weekdayWords(weekdayOf(on))} ${Number(hours)}:${minutes ?? '00'}`;
  }
  form(code: string): Coded { return this.settings.coded('visit.forms', code) ?? { code, name: code }; }
}
