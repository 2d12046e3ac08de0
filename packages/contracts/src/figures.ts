import { figureCodes, figureGroupings, outcomeCodes, rateCodes } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, coded, limit, oneOf, page } from './pieces.ts';
import { route } from './route.ts';
import { submissionRow } from './submissions.ts';

const number = v.number();
/** One line: what was counted, and each share in words beside what it is a share of. */
const figureLine = v.object({ id: v.string(), name: v.string(), counts: v.record(v.picklist(figureCodes), number), rates: v.array(v.object({ code: v.picklist(rateCodes), words: v.string(), part: number, of: number })),
  /** Days from handing over to the first answer, the one in the middle; null: nothing was answered. */ days: v.nullable(number) });
export type FigureLine = v.InferOutput<typeof figureLine>;
const chosen = { by: v.optional(oneOf('按什么分', figureGroupings), 'unit'), sessionId: v.optional(v.string('请从列表里选择届次')), year: v.optional(v.pipe(v.string('请从列表里选择年份'), v.regex(/^\d{4}$/, '请从列表里选择年份'))) };
export const figuresAsked = v.object(chosen);

/** 提案统计 (rules: duty-rules §1.8). Beside these: GET /api/proposals/figures/export is the table as xlsx. */
export const figures = {
  showFigures: route({ method: 'GET', path: '/proposals/figures', summary: '提案统计：立案率、办复率、满意率等，全市的和按承办单位、专委会、界别、届次、年份的', who: ['read_figures'], input: figuresAsked,
    output: v.object({ asOf: at, sessions: v.array(v.object({ id: v.string(), name: v.string() })), years: v.array(v.string()), total: figureLine,
      /** The year before, or the session before: its own line, with how it is asked for; without one, why. */
      before: v.object({ name: v.string(), why: v.nullable(v.string()), line: v.nullable(figureLine), sessionId: v.nullable(v.string()), year: v.nullable(v.string()) }),
      groups: v.array(figureLine),
      /** What became of those received; and of those answered, the classes. */
      outcomes: v.array(v.object({ code: v.picklist(outcomeCodes), words: v.string(), count: number })), classes: v.array(v.object({ ...coded.entries, count: number })) }) }),
  listFigure: route({ method: 'GET', path: '/proposals/figures/rows', summary: '一个数字后面是哪几件提案', who: ['triage_proposal'],
    input: v.object({ ...chosen, figure: oneOf('哪个数字', figureCodes), id: v.optional(v.string('请从列表里选择')), after, limit }), output: page(submissionRow) }),
} as const;
