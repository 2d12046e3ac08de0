import { boardStages, proposerKinds, unitRoles } from '@lvzhi/domain';
import * as v from 'valibot';
import { handlingPart } from './handling-shapes.ts';
import { after, at, coded, day, id, key, limit, named, nothing, oneOf, optionalText, page, step, text, version } from './pieces.ts';
import { route } from './route.ts';
import { moved, submissionView } from './submissions.ts';

/** One unit's part in a list: what it is a part of, and how far it is. */
export const handlingRow = v.object({ ...handlingPart.entries, proposal: v.object({ id: v.string(), title: v.string(), caseNo: v.string(), author: v.string() }) });
export type HandlingRow = v.InferOutput<typeof handlingRow>;
/** The whole: with the proposal where this reader may see it, and what is asked of the office. */
const handlingView = v.object({
  ...handlingRow.entries, doc: v.nullable(submissionView), timeline: v.array(step),
  asked: v.nullable(v.object({ what: v.picklist(['reassign', 'extension']), note: v.string(), unit: v.nullable(named), by: v.string(), at })),
});
export type HandlingView = v.InferOutput<typeof handlingView>;

const on = { id, version, key: v.optional(key) };
const note = (name: string) => text(name, 1000, 2);
const office = ['triage_proposal'] as const;
const dispatch = ['dispatch_proposals'] as const;
const unit = ['handle_proposals'] as const;
const proposer = ['write_proposal', 'write_collective', 'write_opinion'] as const;
export const handled = v.object({ doc: handlingView });
const handlingGroups = ['all', 'sign', 'running', 'asked', 'reviewing', 'replied', 'unrated', 'tracking', 'overdue', 'ended'] as const;
const units = v.pipe(v.array(v.object({ unitId: v.string('请从列表里选择承办单位'), role: v.picklist(unitRoles, '请选择主办、会办、分办或独办') }), '请选择承办单位'), v.minLength(1, '请选择承办单位'), v.maxLength(20, '承办单位最多 20 个'));

/** 交办 and 办理: from the planned units to each unit's part (rules: duty-rules §1.5, posts). */
export const handling = {
  planUnits: route({ method: 'POST', path: '/proposals/:id/plan', summary: '提案委拟定承办单位：独办一个，或主办一个加会办，或分办几个', who: office, input: v.object({ ...on, units, note: optionalText('交办建议', 1000) }), output: moved }),
  returnPlan: route({ method: 'POST', path: '/proposals/:id/return_plan', summary: '退回提案委重新拟定承办单位', who: ['dispatch_proposals', 'triage_proposal'], input: v.object({ ...on, note: note('退回理由') }), output: moved }),
  handOver: route({ method: 'POST', path: '/proposals/:id/hand_over', summary: '交办：各承办单位收到，答复期限从这时起算；不能撤销', who: dispatch, input: v.object(on), output: moved }),
  listHandlings: route({ method: 'GET', path: '/handlings', summary: '承办件：本单位的、本系统的或全部的，最先到期的在前', who: ['handle_proposals', 'dispatch_proposals', 'triage_proposal'],
    input: v.object({ group: v.optional(oneOf('要看哪些', handlingGroups), 'all'), unitId: v.optional(v.string('请从列表里选择承办单位')), proposer: v.optional(oneOf('提案者类型', proposerKinds)), after, limit }), output: page(handlingRow) }),
  showBoard: route({ method: 'GET', path: '/handlings/board', summary: '提案办理总览：各到哪一步几件、办复率、各承办单位应办已复逾期几件、五种督办', who: ['dispatch_proposals', 'triage_proposal'], input: nothing,
    output: v.object({
      stages: v.array(v.object({ code: v.picklist(boardStages), words: v.string(), count: v.number() })), replying: v.object({ part: v.number(), of: v.number(), words: v.string() }),
      units: v.array(v.object({ unit: named, due: v.number(), replied: v.number(), overdue: v.number() })), /** For those who conduct it. */ forms: v.array(v.object({ ...coded.entries, done: v.number(), all: v.number() })),
    }) }),
  showHandling: route({ method: 'GET', path: '/handlings/:id', summary: '一个单位承办的一件：提案、面商、会办意见、期限、能做什么', who: 'signed_in', input: v.object({ id }), output: handlingView }),
  signFor: route({ method: 'POST', path: '/handlings/:id/sign_for', summary: '签收', who: unit, input: v.object(on), output: handled }),
  askReassign: route({ method: 'POST', path: '/handlings/:id/ask_reassign', summary: '申请改办：期限内，写明理由和建议改由哪个单位办', who: unit, input: v.object({ ...on, note: note('申请改办的理由'), unitId: text('建议的单位', 40) }), output: handled }),
  reassign: route({ method: 'POST', path: '/handlings/:id/reassign', summary: '同意改办：交给另一个单位，最长期限不变', who: dispatch, input: v.object({ ...on, unitId: text('改由哪个单位办', 40), note: optionalText('说明', 1000) }), output: handled }),
  refuseReassign: route({ method: 'POST', path: '/handlings/:id/refuse_reassign', summary: '不同意改办，写明理由', who: dispatch, input: v.object({ ...on, note: note('理由') }), output: handled }),
  giveOpinion: route({ method: 'POST', path: '/handlings/:id/opinion', summary: '会办单位向主办单位提会办意见', who: unit, input: v.object({ ...on, note: text('会办意见', 3000, 2) }), output: handled }),
  recordTalk: route({ method: 'POST', path: '/handlings/:id/talks', summary: '登记面商，请提案人确认', who: unit,
    input: v.object({ ...on, on: day('面商日期'), form: text('面商方式', 24), people: text('参加人', 200, 2), gist: text('面商情况', 2000, 2) }), output: handled }),
  confirmTalk: route({ method: 'POST', path: '/talks/:id/confirm', summary: '提案人确认面商属实，版本号是那个单位承办件的', who: proposer, input: v.object(on), output: v.object({ doc: submissionView }) }),
  denyTalk: route({ method: 'POST', path: '/talks/:id/deny', summary: '提案人否认面商，可以写明情况', who: proposer, input: v.object({ ...on, note: optionalText('情况', 500) }), output: v.object({ doc: submissionView }) }),
  askExtension: route({ method: 'POST', path: '/handlings/:id/ask_extension', summary: '申请延期，写明理由；一件只能延一次', who: unit, input: v.object({ ...on, note: note('申请延期的理由') }), output: handled }),
  allowExtension: route({ method: 'POST', path: '/handlings/:id/allow_extension', summary: '同意延期，不超过最长期限', who: dispatch, input: v.object({ ...on, note: optionalText('说明', 1000) }), output: handled }),
  refuseExtension: route({ method: 'POST', path: '/handlings/:id/refuse_extension', summary: '不同意延期，写明理由', who: dispatch, input: v.object({ ...on, note: note('理由') }), output: handled }),
} as const;
