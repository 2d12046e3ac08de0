import { publicationActions, publicationStates } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, chose, due, id, key, limit, oneOf, optionalText, page, text, version } from './pieces.ts';
import { route } from './route.ts';

const reply = v.object({ unit: v.string(), docNo: v.string(), classWords: v.string(), body: v.string(), on: v.string() });
const publicRow = v.object({ id: v.string(), title: v.string(), authors: v.string(), caseNo: v.string(), publishedOn: v.string() });
export type PublicRow = v.InferOutput<typeof publicRow>;
const publicText = { title: v.string(), authors: v.string(), caseNo: v.string(), situation: v.string(), analysis: v.string(), suggestion: v.string(), replies: v.array(reply) };
/** Exactly what anybody may read of a published proposal; contacts are struck, nothing else of it leaves the house. */
const publicView = v.object({ id: v.string(), ...publicText, publishedOn: v.string() });
export type PublicView = v.InferOutput<typeof publicView>;

const publicationRow = v.object({ proposalId: v.string(), title: v.string(), caseNo: v.string(), authors: v.string(), state: v.nullable(v.picklist(publicationStates)), stateWords: v.string(), publishedAt: v.nullable(at) });
export type PublicationRow = v.InferOutput<typeof publicationRow>;
/** `goesOut`: what would go out now, with how many contacts are struck; `out`: what is out. `held`: replies that their units do not open, and why. `said`: what each proposer said with the paper. `version` is 0 while nobody was asked. */
const publicationView = v.object({
  ...publicationRow.entries, version: v.number(), waiting: v.array(v.string()), /** Until when the one who is asked answers, or the office looks at it. */ due: v.nullable(due), said: v.array(v.object({ name: v.string(), choice: chose })), note: v.string(), goesOut: v.object({ ...publicText, struck: v.number() }), out: v.nullable(v.object(publicText)), held: v.array(v.object({ unit: v.string(), why: v.string() })), can: v.array(v.picklist(publicationActions)),
});
export type PublicationView = v.InferOutput<typeof publicationView>;
const ownView = v.object({ id: v.string(), stateWords: v.string(), mine: v.picklist(['asked', 'agreed', 'none']), note: v.string(), version: v.number(), can: v.array(v.picklist(publicationActions)) });
export type OwnPublication = v.InferOutput<typeof ownView>;

const office = ['triage_proposal'] as const;
const proposer = ['write_proposal', 'write_collective', 'write_opinion'] as const;
const on = { id, version, key: v.optional(key) };
const moved = v.object({ doc: publicationView });
const owned = v.object({ publication: v.nullable(ownView) });

/** 公开 (rules: duty-rules §1.11). `id` is the proposal's; of what proposers answer, too. */
export const publications = {
  listPublic: route({ method: 'GET', path: '/public/proposals', summary: '公开的提案，任何人可看，新公开的在前；可按题目和内容里的字找', who: 'anyone', input: v.object({ words: optionalText('要找的字', 40), after, limit }), output: page(publicRow) }),
  showPublic: route({ method: 'GET', path: '/public/proposals/:id', summary: '一件公开提案的全文和答复，任何人可看；联系方式都已略去', who: 'anyone', input: v.object({ id }), output: publicView }),
  listPublications: route({ method: 'GET', path: '/publications', summary: '提案公开：还没征求的、征求中的、已公开的', who: office, input: v.object({ group: v.optional(oneOf('要看哪些', ['candidates', 'asked', 'agreed', 'published', 'ended']), 'candidates'), after, limit }), output: page(publicationRow) }),
  showPublication: route({ method: 'GET', path: '/proposals/:id/publication', summary: '一件提案公开出去是什么样，征求到哪一步', who: office, input: v.object({ id }), output: publicationView }),
  askPublication: route({ method: 'POST', path: '/proposals/:id/publication/ask', summary: '征求提案人同意公开，每位提案人都要同意', who: office, input: v.object(on), output: moved }),
  publish: route({ method: 'POST', path: '/proposals/:id/publication/publish', summary: '审核同意公开', who: office, input: v.object(on), output: moved }),
  refreshPublication: route({ method: 'POST', path: '/proposals/:id/publication/refresh', summary: '更新公开的内容，例如有了新的答复', who: office, input: v.object(on), output: moved }),
  withdrawPublication: route({ method: 'POST', path: '/proposals/:id/publication/withdraw', summary: '撤回公开，写明理由', who: office, input: v.object({ ...on, note: text('理由', 500, 2) }), output: moved }),
  showOwnPublication: route({ method: 'GET', path: '/proposals/:id/publication/own', summary: '提案人看自己的提案公开到哪一步；没有征求过的是空', who: proposer, input: v.object({ id }), output: owned }),
  agreePublication: route({ method: 'POST', path: '/proposals/:id/publication/agree', summary: '提案人同意公开', who: proposer, input: v.object(on), output: owned }),
  refusePublication: route({ method: 'POST', path: '/proposals/:id/publication/refuse', summary: '提案人不同意公开', who: proposer, input: v.object(on), output: owned }),
  takeBackConsent: route({ method: 'POST', path: '/proposals/:id/publication/take_back', summary: '提案人收回同意，公开的马上看不到', who: proposer, input: v.object(on), output: owned }),
} as const;
