import { awardActions, awardStates } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, coded, id, key, limit, oneOf, optionalText, page, text, version } from './pieces.ts';
import { route } from './route.ts';

/** One candidate. `mean` and `n`: of the scores so far, for those who decide; `mine`: what this reader gave. */
const awardRow = v.object({
  id: v.string(), proposal: v.object({ id: v.string(), title: v.string(), caseNo: v.string(), authors: v.string(), collective: v.boolean() }), year: v.number(), state: v.picklist(awardStates), stateWords: v.string(), level: v.nullable(coded), nominatedBy: v.string(), reason: v.string(), note: v.string(),
  mean: v.nullable(v.number()), n: v.number(), mine: v.nullable(v.number()), decidedAt: v.nullable(at), version: v.number(), can: v.array(v.picklist(awardActions)),
});
export type AwardRow = v.InferOutput<typeof awardRow>;
const year = v.pipe(v.union([v.string(), v.number()], '请选择年度'), v.toNumber('请选择年度'), v.integer('请选择年度'), v.minValue(2000, '请选择年度'), v.maxValue(2100, '请选择年度'));
const judges = ['triage_proposal', 'review'] as const;
const office = ['triage_proposal'] as const;
const on = { id, version, key: v.optional(key) };
const moved = v.object({ doc: awardRow });
export const awardsAsked = v.object({ year: v.optional(year), group: v.optional(oneOf('要看哪些', ['all', 'nominated', 'awarded']), 'all') });

/** 优秀提案 (rules: duty-rules §1.11). Beside these: GET /api/awards/export?year= is the list as xlsx. */
export const awards = {
  listAwards: route({ method: 'GET', path: '/awards', summary: '一年的优秀提案和候选；round 是这一年最多评几件、已评几件、本单位还能推荐几件', who: judges, input: v.object({ ...awardsAsked.entries, after, limit }),
    output: v.object({ ...page(awardRow).entries, round: v.object({ year: v.number(), filed: v.number(), most: v.number(), awarded: v.number(), collective: v.number(), collectiveShare: v.number(), left: v.number(), levels: v.array(coded), highest: v.number() }) }) }),
  findAwardCandidates: route({ method: 'GET', path: '/awards/candidates', summary: '可以推荐的提案：这一年提交、已经立案的，按案号或题目里的字找', who: judges, input: v.object({ words: optionalText('案号或题目', 40) }), output: v.object({ rows: v.array(v.object({ id: v.string(), caseNo: v.string(), title: v.string() })) }) }),
  nominateAward: route({ method: 'POST', path: '/awards', summary: '推荐优秀提案，不超过本单位的名额', who: judges, input: v.object({ key, proposalId: v.pipe(v.optional(v.string('请选择提案'), ''), v.minLength(1, '请选择提案'), v.maxLength(40, '请从列表里选择提案')), reason: text('推荐理由', 1000, 2) }), output: moved }),
  scoreAward: route({ method: 'POST', path: '/awards/:id/score', summary: '给候选评分，每人一次', who: judges, input: v.object({ id, key: v.optional(key), score: v.pipe(v.number('请填写分数'), v.integer('分数应是整数'), v.minValue(1, '至少 1 分')) }), output: moved }),
  giveAward: route({ method: 'POST', path: '/awards/:id/award', summary: '评为优秀提案，定等次；不超过这一年的名额', who: office, input: v.object({ ...on, level: v.pipe(v.optional(v.string('请选择等次'), ''), v.minLength(1, '请选择等次'), v.maxLength(24, '请从列表里选择等次')) }), output: moved }),
  passOver: route({ method: 'POST', path: '/awards/:id/pass_over', summary: '这次没有评上', who: office, input: v.object(on), output: moved }),
  revokeAward: route({ method: 'POST', path: '/awards/:id/revoke', summary: '撤销优秀提案，写明理由；计的分一并撤销', who: office, input: v.object({ ...on, note: text('理由', 500, 2) }), output: moved }),
} as const;
