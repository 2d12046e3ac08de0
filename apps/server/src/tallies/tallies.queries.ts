import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, TallyRow, Given, routes } from '@lvzhi/contracts';
import { addDays, byPoints, channels, dateOf, daysBetween, emptyTally, instantOf, lapseWords, medianOf, mediansOf, pointsOf, reportedToWords, reporterPosts, sharing, talliesOf, yearOf } from '@lvzhi/domain';
import type { Happening, Tally } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database.ts';
import { Directory } from '../platform/directory.ts';
import { badField } from '../platform/refusals.ts';
import { Settings } from '../platform/settings.ts';
import { Happenings } from './happenings.queries.ts';
import type { Happened, Lapse } from './happenings.queries.ts';

type Figures = Answer<typeof routes.showOpinionFigures>;
type Time = Given<typeof routes.showOpinionFigures>;
const longest = 366;
/** Of fewer nothing typical can be said. */
const [paceDays, fewestForPace] = [30, 5];
const bodyKindWords: Readonly<Record<string, string>> = { sector: '界别', participating_body: '参加单位', town: '镇街', unit: '单位', committee: '专委会', office: '机关', cppcc: '机关' };
const goalWords = { received: '收到', issued: '编发', national: '全国政协采用', provincial: '省政协采用' } as const;

/** Figures of reports, counted anew each time from what happened: nothing is kept that could disagree with it. They name people and bodies, no report. */
@Injectable()
export class TalliesQueries {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock, @Inject(Happenings) private readonly happenings: Happenings) {}

  show(_caller: Caller, { from, to }: Time): Promise<Figures> {
    if (to < from) badField({ to: '结束日期在开始日期之前，请改日期' });
    if (daysBetween(from, to) >= longest) badField({ to: '一次最多统计一年，请改日期' });
    return this.database.read(async (manager) => {
      const found = await this.happenings.within(manager, from, to);
      const january = `${yearOf(to)}-01-01`;
      const year = from === january ? found : await this.happenings.counted(manager, january, to);
      return { from, to, ...this.tables(found), medians: { review: medianOf(msOf(found.reviews)), issue: medianOf(msOf(found.issuings)) }, goals: this.goals(totalOf(year)), channels: channelsOf(found) };
    });
  }

  /** What a reporter may expect. */
  pace(_caller: Caller): Promise<Answer<typeof routes.showPace>> {
    const today = dateOf(this.clock.now());
    return this.database.read(async (manager) => {
      const times = msOf(await this.happenings.reviews(manager, instantOf(addDays(today, -paceDays), '00:00'), instantOf(addDays(today, 1), '00:00')));
      const median = times.length < fewestForPace ? null : medianOf(times);
      return { words: median === null ? null : `近 ${paceDays} 天初审的 ${times.length} 件，一半在 ${lapseWords(median)}以内` };
    });
  }

  private tables(found: Happened): Pick<Figures, 'total' | 'people' | 'bodies' | 'committees'> {
    const { page } = this.directory;
    const { reports } = found;
    const reporters = (it: Happening) => sharing(it, reports.get(it.reportId) ?? { own: [], merged: [] });
    const committee = ({ reportId }: { reportId: string }) => { const it = reports.get(reportId)?.committeeId; return it ? [it] : []; };
    const own = ({ reportId }: { reportId: string }) => reports.get(reportId)?.own ?? [];
    const bodiesOf = (people: readonly string[]) => people.flatMap((it) => this.bodyOf(it) ?? []);
    const body = (id: string) => ({ name: page.body(id)?.name ?? '', note: bodyKindWords[page.kindOf(id) ?? ''] ?? '' });
    const total = totalOf(found);
    return {
      total: { ...total, points: this.points(total) },
      bodies: this.rows(found, (it) => bodiesOf(reporters(it)), (it) => bodiesOf(own(it)), body), committees: this.rows(found, committee, committee, (id) => ({ ...body(id), note: '' })),
      people: this.rows(found, reporters, own, (id) => { const it = page.person(id); return { name: it?.name ?? '', note: it?.note ?? '' }; }),
    };
  }
  /** `countsFor`: whose tally a happening is; `waited`: who waited for a review or an issue, which are only one's own. */
  private rows({ happenings, reviews, issuings }: Happened, countsFor: (it: Happening) => readonly string[], waited: (it: Lapse) => readonly string[], named: (id: string) => { name: string; note: string }): TallyRow[] {
    const [tallies, review, issue] = [talliesOf(happenings, countsFor), mediansOf(reviews, waited), mediansOf(issuings, waited)];
    const ids = new Set([...tallies.keys(), ...review.keys(), ...issue.keys()]);
    return [...ids].map((id) => { const tally = tallies.get(id) ?? emptyTally; return { id, ...named(id), tally, points: this.points(tally) }; }).toSorted(byPoints)
      .map(({ tally, points, ...it }) => ({ ...it, ...tally, points, review: review.get(it.id) ?? null, issue: issue.get(it.id) ?? null }));
  }
  private points(tally: Tally): number { return pointsOf(tally, this.settings.get('opinion.points')); }

  /** A member's sector; of everybody else where they hold the post that they report in. */
  private bodyOf(personId: string): string | undefined {
    const { page } = this.directory;
    const person = page.person(personId);
    // What was a body's proposal once is that body's.
    if (page.kindOf(personId) !== undefined) return personId;
    return person?.sectorId ?? page.postsHeldBy(personId).find(({ post }) => reporterPosts.some((it) => it === post))?.bodyId;
  }

  private goals(year: Tally): Figures['goals'] {
    const goals = this.settings.get('opinion.goals');
    return (Object.keys(goalWords) as (keyof typeof goalWords)[]).map((code) => ({ code, words: goalWords[code], done: year[code], goal: goals[code] }));
  }
}

const msOf = (lapses: readonly Lapse[]): number[] => lapses.map(({ ms }) => ms);
const totalOf = ({ happenings }: Pick<Happened, 'happenings'>): Tally => talliesOf(happenings, () => ['']).get('') ?? emptyTally;
function channelsOf({ happenings, modes }: Happened): Figures['channels'] {
  const of = (code: (typeof channels)[number], what: Happening['what']) => happenings.filter((it) => it.channel === code && it.what === what).length;
  const mode = (code: string, name: string) => modes.filter((it) => it.channel === code && it.mode === name).length;
  return channels.map((code) => ({ code, name: reportedToWords[code], reported: of(code, 'reported'), adopted: of(code, 'adopted'), single: mode(code, 'single'), composite: mode(code, 'composite'), forwarded: mode(code, 'forwarded'), instructed: of(code, 'instructed') }));
}
