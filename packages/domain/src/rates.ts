import type { RatingState, Satisfaction } from './flows/rating.flow.ts';

/** One unit's answering part in a case, as the figures see it. `solved`: answered as done (A) and its proposers are content, or followed (B) until it was. */
export interface CasePart { readonly unitId: string; readonly replied: boolean; readonly onTime: boolean; readonly talked: boolean; readonly classCode: string | null; readonly solved: boolean; /** From handing over to the first answer. */ readonly days: number | null }
/** What the proposers of a case say of its last answer: the worst of those given, `silent` where all let the time go by, null while nobody has said anything. */
type Said = Satisfaction | 'silent' | null;
/** One proposal. One that was merged into another has no parts: it is handled, and counted, with its main case. */
export interface CaseRecord {
  readonly id: string; readonly filed: boolean; readonly collective: boolean; readonly committeeId: string | null; readonly sectorId: string | null; readonly sessionId: string | null; readonly year: string;
  readonly parts: readonly CasePart[]; readonly outcome: OutcomeCode; readonly asked: boolean; readonly result: Said; readonly attitude: Said; readonly closed: boolean;
}

/** What is counted (rules: duty-rules §1.8). */
export const figureCodes = ['received', 'filed', 'collective', 'due', 'replied', 'on_time', 'talked', 'closed', 'asked', 'rated', 'content', 'content_attitude', 'class_a', 'class_ab', 'solved'] as const;
export type FigureCode = (typeof figureCodes)[number];
/** The shares, each of what: nobody's satisfaction stands without how many have answered. */
export const rateCodes = ['filing', 'collective', 'replying', 'in_time', 'talking', 'closing', 'answering', 'satisfaction', 'attitude', 'solving', 'keeping'] as const;
export type RateCode = (typeof rateCodes)[number];
export const rateParts = {
  filing: ['filed', 'received'], collective: ['collective', 'filed'], replying: ['replied', 'due'], in_time: ['on_time', 'due'], talking: ['talked', 'due'], closing: ['closed', 'due'],
  answering: ['rated', 'asked'], satisfaction: ['content', 'rated'], attitude: ['content_attitude', 'rated'], solving: ['class_a', 'replied'], keeping: ['solved', 'class_ab'],
} as const satisfies Record<RateCode, readonly [FigureCode, FigureCode]>;

const content = (said: Said): boolean => said === 'satisfied' || said === 'basically_satisfied';
const every = (parts: readonly CasePart[], is: (part: CasePart) => boolean): boolean => parts.length > 0 && parts.every(is);
/** Whether a case counts under a figure; of several answering units, once all of them have done it. `unitId`: as that unit's record has it. */
export function counts(figure: FigureCode, it: CaseRecord, unitId?: string): boolean {
  const parts = unitId === undefined ? it.parts : it.parts.filter((part) => part.unitId === unitId);
  const [due, replied] = [parts.length > 0, every(parts, (part) => part.replied)];
  const [isA, isAb] = [replied && every(parts, ({ classCode }) => classCode === 'A'), replied && every(parts, ({ classCode }) => classCode === 'A' || classCode === 'B')];
  switch (figure) {
    case 'received': return unitId === undefined || due;
    case 'filed': return it.filed && (unitId === undefined || due);
    case 'collective': return it.filed && it.collective && (unitId === undefined || due);
    case 'due': return due;
    case 'replied': return replied;
    case 'on_time': return replied && every(parts, ({ onTime }) => onTime);
    case 'talked': return every(parts, ({ talked }) => talked);
    case 'closed': return due && it.closed;
    case 'asked': return due && it.asked;
    case 'rated': return due && it.asked && it.result !== null && it.result !== 'silent';
    case 'content': return due && it.asked && content(it.result);
    case 'content_attitude': return due && it.asked && content(it.attitude);
    case 'class_a': return isA;
    case 'class_ab': return isAb;
    case 'solved': return isAb && every(parts, ({ solved }) => solved);
  }
}

export type Figures = Readonly<Record<FigureCode, number>>;
export const figuresOf = (cases: readonly CaseRecord[], unitId?: string): Figures =>
  Object.fromEntries(figureCodes.map((code) => [code, cases.filter((it) => counts(code, it, unitId)).length])) as Record<FigureCode, number>;

/** In tenths of a percent, half up; null: of nothing. */
export function rateOf(figures: Figures, rate: RateCode): { readonly part: number; readonly of: number; readonly permille: number | null } {
  const [part, of] = [figures[rateParts[rate][0]], figures[rateParts[rate][1]]];
  return { part, of, permille: of === 0 ? null : Math.floor((part * 2000 + of) / (2 * of)) };
}
/** 87.5%; — where there is nothing to be a share of. */
export const percentWords = (permille: number | null): string => (permille === null ? '—' : `${Math.floor(permille / 10)}${permille % 10 === 0 ? '' : `.${permille % 10}`}%`);

export const percentOf = (part: number, of: number): string => percentWords(of === 0 ? null : Math.floor((part * 2000 + of) / (2 * of)));

/** How far cases are that were handed over. */
export const boardStages = ['signing', 'running', 'reviewing', 'replied', 'rehandling', 'meeting', 'closed'] as const;
export type BoardStage = (typeof boardStages)[number];
export const boardStageWords = { signing: '待签收', running: '办理中', reviewing: '答复审核', replied: '待评价', rehandling: '重新办理', meeting: '待组织面商', closed: '已办结' } as const satisfies Record<BoardStage, string>;
export const answeredStages = ['replied', 'rehandling', 'meeting', 'closed'] as const satisfies readonly BoardStage[];
/** How far a case is, by the states of the parts that answer: one that has not signed for it holds it back, and it is with the reviewers once all of them are. */
export function stageOf(state: string, answering: readonly string[]): BoardStage {
  const answered = answeredStages.find((it) => it === state);
  if (answered) return answered;
  return answering.includes('assigned') ? 'signing' : answering.length > 0 && answering.every((it) => it === 'reply_review' || it === 'ready' || it === 'replied') ? 'reviewing' : 'running';
}
/** By what the cases of 提案办理 are looked at. */
export const caseTabs = ['watched', 'all', 'key', 'collective', 'tracking'] as const;
export type CaseTab = (typeof caseTabs)[number];
export const caseTabWords = { watched: '要盯的', all: '全部', key: '重点提案', collective: '集体提案', tracking: 'B 类回头看' } as const satisfies Record<CaseTab, string>;
/** 提案去向: what was decided on those that came in. */
export const outcomeCodes = ['filed', 'merged', 'to_opinion', 'to_suggestion', 'rejected', 'dropped', 'undecided'] as const;
export type OutcomeCode = (typeof outcomeCodes)[number];
export const outcomeWords = { filed: '立案（主案）', merged: '立案（并入）', to_opinion: '转社情民意', to_suggestion: '转意见建议', rejected: '不予立案', dropped: '撤案', undecided: '还在审查' } as const satisfies Record<OutcomeCode, string>;
/** By what the figures can be taken apart. */
export const figureGroupings = ['unit', 'committee', 'sector', 'session', 'year'] as const;
export type FigureGrouping = (typeof figureGroupings)[number];
/** The groups that a case counts in: of units, each that answers; '' where it has none. */
export function groupsOf(grouping: FigureGrouping, it: CaseRecord): string[] {
  switch (grouping) {
    case 'unit': return it.parts.map(({ unitId }) => unitId);
    case 'committee': return [it.committeeId ?? ''];
    case 'sector': return [it.sectorId ?? ''];
    case 'session': return [it.sessionId ?? ''];
    case 'year': return [it.year];
  }
}

/** The worst of what was given of one answer: one proposer who is not content is enough. */
export function saidOf(ratings: readonly { readonly state: RatingState; readonly said: Satisfaction | null }[]): Said {
  const given = ratings.flatMap(({ said }) => said ?? []);
  if (given.length === 0) return ratings.length > 0 && ratings.every(({ state }) => state === 'lapsed') ? 'silent' : null;
  return given.includes('dissatisfied') ? 'dissatisfied' : given.includes('basically_satisfied') ? 'basically_satisfied' : 'satisfied';
}
