import type { Catalogue, Sought, SubmissionRow } from '@lvzhi/contracts';
import { boardStages, caseTabs, figureCodes, figureGroupings, opinionStates, opinionStateWords, proposalStates, proposalStateWords, proposerKinds, proposerKindWords, submissionKinds, urgencies, urgencyWords, kindWords } from '@lvzhi/domain';
import type { BoardStage, CaseTab, ProposerKind, SubmissionKind } from '@lvzhi/domain';
import { hrefOf } from '../platform/route.ts';
import type { Query } from '../platform/route.ts';

type State = SubmissionRow['state'];
export const statesOf = (kind: SubmissionKind): readonly State[] => (kind === 'opinion' ? opinionStates : proposalStates).filter((state) => state !== 'draft');

const wordsIn: Readonly<Record<SubmissionKind, Readonly<Record<string, string>>>> = { opinion: opinionStateWords, proposal: proposalStateWords };
/** A state as a kind calls it; without a kind, as either does. */
export const stateWordsOf = (kind: SubmissionKind | undefined, state: string): string =>
  [...new Set((kind ? [kind] : submissionKinds).flatMap((it) => wordsIn[it][state] ?? []))].join('／');
export const allStates = (kind: SubmissionKind | undefined): readonly State[] => [...new Set((kind ? [kind] : submissionKinds).flatMap(statesOf))];

/** Whose proposals: members' alone or together, or one of the five kinds of body. */
export const proposerChoices = proposerKinds.map((it) => ({ value: it, label: proposerKindWords[it] }));
const proposerIn = (query: URLSearchParams): ProposerKind | undefined => proposerKinds.find((it) => it === query.get('proposer'));

/** What the address of 查找 asks for; whatever is no choice asks for all. */
export function soughtIn(query: URLSearchParams): Partial<Sought> {
  const [kind, urgency] = [submissionKinds.find((it) => it === query.get('kind')), urgencies.find((it) => it === query.get('urgency'))];
  const state = allStates(kind).find((it) => it === query.get('state'));
  const [committeeId, townId, proposer] = [query.get('committee'), query.get('town'), proposerIn(query)];
  const day = (name: string) => { const given = query.get(name) ?? ''; return /^\d{4}-\d{2}-\d{2}$/.test(given) ? given : undefined; };
  const [from, until] = [day('from'), day('until')];
  return { query: (query.get('q') ?? '').slice(0, 60), ...(kind && { kind }), ...(state && { state }), ...(urgency && { urgency }), ...(committeeId && { committeeId }), ...(townId && { townId }), ...(proposer && { proposer }), ...(from && { from }), ...(until && { until }) };
}

/** The same as it stands in an address. */
export const soughtQuery = ({ query, kind, state, urgency, committeeId, townId, proposer, from, until }: Partial<Sought>): Query =>
  ({ q: query ?? null, kind, state, urgency, committee: committeeId, town: townId, proposer, from: from ?? null, until: until ?? null });
/** The same in words, for the head of a print. */
export function soughtWords({ query, kind, state, urgency, committeeId, townId, proposer, from, until }: Partial<Sought>, { committees, towns }: Pick<Catalogue, 'committees' | 'towns'>): string[] {
  const named = (list: Catalogue['towns'], id: string | undefined) => list.find((it) => it.id === id)?.short;
  return [query && `含“${query}”`, kind && kindWords[kind], state && stateWordsOf(kind, state), urgency && urgencyWords[urgency], named(committees, committeeId), named(towns, townId), proposer && proposerKindWords[proposer], from && `${from} 起`, until && `${until} 止`].flatMap((it) => it || []);
}

/** What the address of a list asks for; a state that does not exist asks for all. */
export function listInput(kind: SubmissionKind, query: URLSearchParams): { kind: SubmissionKind; state?: State; committeeId?: string; proposer?: ProposerKind } {
  const state = statesOf(kind).find((it) => it === query.get('state'));
  const committeeId = query.get('committee');
  const proposer = kind === 'proposal' ? proposerIn(query) : undefined;
  return { kind, ...(state && { state }), ...(committeeId && { committeeId }), ...(proposer && { proposer }) };
}

/** What 提案办理 can be asked for. */
export const handlingGroups = [{ code: 'all', words: '全部' }, { code: 'sign', words: '待签收' }, { code: 'running', words: '办理中' }, { code: 'asked', words: '申请改办、延期' }, { code: 'reviewing', words: '会签、审核、待送达' }, { code: 'replied', words: '已答复' }, { code: 'unrated', words: '过期未评价' }, { code: 'tracking', words: '跟踪' }, { code: 'overdue', words: '逾期' }, { code: 'ended', words: '已办完' }] as const;
export function handlingInput(query: URLSearchParams): { group: (typeof handlingGroups)[number]['code']; unitId?: string; proposer?: ProposerKind } {
  const [unitId, proposer] = [query.get('unit'), proposerIn(query)];
  return { group: handlingGroups.find(({ code }) => code === query.get('group'))?.code ?? 'all', ...(unitId && { unitId }), ...(proposer && { proposer }) };
}
/** What the cases of 提案办理 can be asked for. */
export function casesInput(query: URLSearchParams): { tab: CaseTab; stage?: BoardStage; unitId?: string; proposer?: ProposerKind } {
  const [stage, unitId, proposer] = [boardStages.find((it) => it === query.get('stage')), query.get('unit'), proposerIn(query)];
  return { tab: caseTabs.find((it) => it === query.get('tab')) ?? 'watched', ...(stage && { stage }), ...(unitId && { unitId }), ...(proposer && { proposer }) };
}
/** The address of one unit's part, with the list that one came from. */
export const handlingHref = (id: string, from: string | null): string => hrefOf(`/handling/${encodeURIComponent(id)}`, { from });

/** The address of a case, with the list that one came from. */
export const caseHref = (id: string, from: string | null): string => hrefOf(`/case/${encodeURIComponent(id)}`, { from });
/** What 集体提案 can be asked for: `body`, one of those that this person speaks for. */
export const ownGroups = [{ code: 'all', words: '全部' }, { code: 'waiting_me', words: '要本单位办' }, { code: 'running', words: '办理中' }, { code: 'ended', words: '已有结果' }] as const;
export const ownInput = (query: URLSearchParams): { group: (typeof ownGroups)[number]['code']; of: string } => ({ group: ownGroups.find(({ code }) => code === query.get('group'))?.code ?? 'all', of: query.get('body') ?? 'bodies' });
/** Only an address inside the app leads back. */
export const listFrom = (query: URLSearchParams): string | null => { const from = query.get('from'); return from && /^\/(triage|todo|opinions|proposals|handling|find|issues|ledger|topics|supervision|publication|awards|figures|own)(\?|$)/.test(from) ? from : null; };
/** One key proposal, with the list that one came from. */
export const supervisionHref = (id: string, from: string | null = null): string => hrefOf(`/supervision/${encodeURIComponent(id)}`, { from });
export const supervisionGroups = [{ code: 'all', words: '全部' }, { code: 'proposed', words: '待确定' }, { code: 'running', words: '督办中' }, { code: 'reported', words: '待办结' }, { code: 'closed', words: '已结束' }] as const;
export const supervisionGroupIn = (query: URLSearchParams) => supervisionGroups.find(({ code }) => code === query.get('group'))?.code ?? 'all';
export const publicationGroups = [{ code: 'candidates', words: '还没征求' }, { code: 'asked', words: '征求中' }, { code: 'agreed', words: '待审核' }, { code: 'published', words: '已公开' }, { code: 'ended', words: '不公开、已撤回' }] as const;
export const publicationGroupIn = (query: URLSearchParams) => publicationGroups.find(({ code }) => code === query.get('group'))?.code ?? 'candidates';
/** What the address of 提案统计 asks for; `chosen`: the number whose cases are shown. */
export function figuresIn(query: URLSearchParams) {
  const [sessionId, year, figure] = [query.get('session'), /^\d{4}$/.exec(query.get('year') ?? '')?.[0], figureCodes.find((it) => it === query.get('figure'))];
  return { asked: { by: figureGroupings.find((it) => it === query.get('by')) ?? 'unit', ...(sessionId && { sessionId }), ...(year && { year }) }, chosen: figure ? { figure, line: query.get('line') ?? '' } : null } as const;
}
