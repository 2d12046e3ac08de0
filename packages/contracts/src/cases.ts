import { boardStages, caseTabs, proposerKinds } from '@lvzhi/domain';
import * as v from 'valibot';
import { handlingPart } from './handling-shapes.ts';
import { after, at, holder, id, limit, oneOf, optionalText, page, version } from './pieces.ts';
import { route } from './route.ts';

const who = ['dispatch_proposals', 'triage_proposal'] as const;
/** A part inside its case; `urgedAt`: when it was last urged (催办). */
const casePart = v.object({ ...handlingPart.entries, urgedAt: v.nullable(at) });
/** One case with all its units: how far it is, what is due first and with whom. */
const caseRow = v.object({
  id: v.string(), title: v.string(), caseNo: v.string(), author: v.string(), proposer: v.nullable(v.object({ code: v.picklist(proposerKinds), name: v.string() })), /** 重点提案. */ key: v.boolean(),
  stage: v.picklist(boardStages), stageWords: v.string(), parts: v.array(casePart), /** With how many of its proposers' talks: those that nobody denied. */ talks: v.number(),
  /** Of the units that answer, how many have signed for it; of those that assist, how many have countersigned the text as it stands. */
  signed: v.object({ done: v.number(), of: v.number() }), countersigned: v.object({ done: v.number(), of: v.number() }),
  holder: v.nullable(holder),
});
export type CaseRow = v.InferOutput<typeof caseRow>;
const casesAsked = { tab: v.optional(oneOf('要看哪些', caseTabs), 'all'), stage: v.optional(oneOf('办到哪一步', boardStages)), unitId: v.optional(v.string('请从列表里选择承办单位')), proposer: v.optional(oneOf('提案者类型', proposerKinds)) };

/** 提案办理 by case, and 催办 (rules: duty-rules §1.5, §1.10; decision 38). */
export const cases = {
  listCases: route({ method: 'GET', path: '/proposals/cases', summary: '提案办理：一件一行，带着各承办单位；要盯的、重点、集体、B 类回头看；最先到期的在前', who, input: v.object({ ...casesAsked, after, limit }), output: page(caseRow) }),
  countCases: route({ method: 'GET', path: '/proposals/cases/counts', summary: '提案办理：要盯的、全部、重点、集体、B 类回头看各几件', who, input: v.object({ unitId: casesAsked.unitId, proposer: casesAsked.proposer }), output: v.object({ tabs: v.array(v.object({ code: v.picklist(caseTabs), words: v.string(), count: v.number() })) }) }),
  urge: route({ method: 'POST', path: '/handlings/urge', summary: '催办：可以几件一起，逐个单位给结果；一个单位的一件隔几天才能再催，由规则定', who,
    input: v.object({ items: v.pipe(v.array(v.object({ id, version }), '请选择要催办的'), v.minLength(1, '请选择要催办的'), v.maxLength(100, '一次最多催办 100 个单位')), note: optionalText('催办的话', 200) }),
    output: v.object({ results: v.array(v.object({ id: v.string(), done: v.boolean(), reason: v.nullable(v.string()) })) }) }),
} as const;
