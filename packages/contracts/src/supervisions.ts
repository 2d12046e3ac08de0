import { ballotStates, demandActions, demandStates, supervisionActions, supervisionStates } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, coded, day, due, holder, id, key, limit, named, oneOf, optionalText, page, some, step, text, version } from './pieces.ts';
import { route } from './route.ts';

const person = v.object({ id: v.string(), name: v.string(), note: v.string() });
const proposal = v.object({ id: v.string(), title: v.string(), caseNo: v.string(), authors: v.string() });
/** One key proposal, or one that was nominated for it. */
export const supervisionRow = v.object({
  id: v.string(), proposal, state: v.picklist(supervisionStates), stateWords: v.string(), form: v.nullable(coded), leader: v.nullable(v.string()), committee: v.nullable(named), dueOn: v.nullable(v.string()), openDemands: v.number(),
  holder: v.nullable(holder), version: v.number(), can: v.array(v.picklist(supervisionActions)),
});
export type SupervisionRow = v.InferOutput<typeof supervisionRow>;
const demandView = v.object({ id: v.string(), unit: named, demand: v.string(), dueOn: v.string(), due: v.nullable(due), state: v.picklist(demandStates), stateWords: v.string(), answer: v.string(), answeredAt: v.nullable(at), note: v.string(), version: v.number(), can: v.array(v.picklist(demandActions)) });
const eventView = v.object({ id: v.string(), on: v.string(), place: v.string(), people: v.string(), what: v.string(), findings: v.string(), by: v.string() });
/** `results`: the mean of each item with how many scored it; null until the appraisal is over. Nobody's own ballot is ever in it. */
const appraisalView = v.object({ open: v.boolean(), dueOn: v.string(), most: v.number(), invited: v.number(), given: v.number(), results: v.nullable(v.array(v.object({ code: v.string(), name: v.string(), mean: v.nullable(v.number()), n: v.number() }))) });
const supervisionView = v.object({
  ...supervisionRow.entries,
  /** Who decides on it, leads it or supports it reads what it is about; `mayOpen`: whether the whole case is theirs to open as well. */
  text: v.object({ situation: v.string(), analysis: v.string(), suggestion: v.string() }), mayOpen: v.boolean(),
  decider: v.string(), reason: v.string(), nominatedBy: v.string(), meeting: v.string(), plan: v.string(), report: v.string(), events: v.array(eventView), demands: v.array(demandView), appraisal: v.nullable(appraisalView), timeline: v.array(step),
  /** Who may be chosen: leaders who take it on, units of the case. */
  leaders: v.array(person), units: v.array(named),
});
export type SupervisionView = v.InferOutput<typeof supervisionView>;
/** What a proposer may see: what was done, what units answered once that is settled, the report once it is closed. */
const supervisionForProposer = v.object({
  stateWords: v.string(), form: v.nullable(coded), leader: v.nullable(v.string()), committee: v.nullable(named), dueOn: v.nullable(v.string()), events: v.array(v.object({ id: v.string(), on: v.string(), place: v.string(), what: v.string() })),
  demands: v.array(v.object({ id: v.string(), unit: named, demand: v.string(), stateWords: v.string(), answer: v.string() })), report: v.string(), results: v.nullable(v.array(v.object({ name: v.string(), mean: v.nullable(v.number()), n: v.number(), most: v.number() }))),
});
export type SupervisionForProposer = v.InferOutput<typeof supervisionForProposer>;
/** What is judged: the proposal's text and the replies that were released, in order. */
const judged = v.object({ text: v.object({ situation: v.string(), analysis: v.string(), suggestion: v.string() }), replies: v.array(v.object({ unit: named, round: v.number(), body: v.string() })) });
/** `judged`: only as long as it is to be scored. */
const ballotView = v.object({ id: v.string(), proposal: v.object({ title: v.string(), caseNo: v.string() }), units: v.array(named), judged: v.nullable(judged), state: v.picklist(ballotStates), stateWords: v.string(), due: v.nullable(due), most: v.number(), items: v.array(v.object({ code: v.string(), name: v.string(), score: v.nullable(v.number()) })), note: v.string(), version: v.number(), can: v.boolean() });
export type BallotView = v.InferOutput<typeof ballotView>;

const picked = (name: string) => v.pipe(v.optional(v.string(`请选择${name}`), ''), v.minLength(1, `请选择${name}`), v.maxLength(40, `请从列表里选择${name}`));
const on = { id, version, key: v.optional(key) };
const note = (name: string) => text(name, 1000, 2);
const conducts = ['triage_proposal', 'review'] as const;
const decides = ['sign_issues', 'triage_proposal'] as const;
const unit = ['handle_proposals'] as const;
const reads = ['triage_proposal', 'review', 'handle_proposals', 'sign_issues'] as const;
const supervised = v.object({ doc: supervisionView });
const supervisionGroups = ['all', 'proposed', 'running', 'reported', 'closed'] as const;

/** 督办 of key proposals (rules: duty-rules §1.10). */
export const supervisions = {
  listSupervisions: route({ method: 'GET', path: '/supervisions', summary: '重点提案和督办，新提名的在前；counts 是一共几件、办结几件、要求几条、已答复几条', who: reads, input: v.object({ group: v.optional(oneOf('要看哪些', supervisionGroups), 'all'), after, limit }),
    output: v.object({ ...page(supervisionRow).entries, counts: v.object({ key: v.number(), closed: v.number(), demands: v.number(), answered: v.number() }) }) }),
  findKeyCandidates: route({ method: 'GET', path: '/supervisions/candidates', summary: '可以提名的提案：已经立案的，按案号或题目里的字找', who: conducts, input: v.object({ words: optionalText('案号或题目', 40) }), output: v.object({ rows: v.array(v.object({ id: v.string(), caseNo: v.string(), title: v.string() })) }) }),
  showSupervision: route({ method: 'GET', path: '/supervisions/:id', summary: '一件督办：方案、活动、要求和答复、评议、报告', who: reads, input: v.object({ id }), output: supervisionView }),
  nominate: route({ method: 'POST', path: '/supervisions', summary: '提名重点提案，由主席会议确定', who: conducts, input: v.object({ key, proposalId: picked('提案'), reason: note('提名理由') }), output: supervised }),
  makeKey: route({ method: 'POST', path: '/supervisions/:id/make_key', summary: '登记主席会议决定：列为重点提案，定牵头领导、专委会和督办方式', who: decides, input: v.object({ ...on, meeting: text('哪次主席会议', 200, 2), form: picked('督办方式'), leaderId: picked('牵头督办领导'), committeeId: picked('专委会') }), output: supervised }),
  declineKey: route({ method: 'POST', path: '/supervisions/:id/decline', summary: '不列为重点提案，写明理由', who: decides, input: v.object({ ...on, note: note('理由') }), output: supervised }),
  cancelKey: route({ method: 'POST', path: '/supervisions/:id/cancel', summary: '撤销重点提案，写明理由；计的分一并撤销', who: decides, input: v.object({ ...on, note: note('理由') }), output: supervised }),
  beginSupervision: route({ method: 'POST', path: '/supervisions/:id/begin', summary: '制定督办方案，定完成日期', who: conducts, input: v.object({ ...on, plan: text('督办方案', 3000, 4), dueOn: day('完成日期') }), output: supervised }),
  recordEvent: route({ method: 'POST', path: '/supervisions/:id/events', summary: '登记督办活动', who: conducts, input: v.object({ ...on, on: day('活动日期'), place: text('地点', 60), people: text('参加人', 200, 2), what: text('活动情况', 2000, 2), findings: optionalText('发现的问题', 2000) }), output: supervised }),
  makeDemand: route({ method: 'POST', path: '/supervisions/:id/demands', summary: '向承办单位提出要求，定答复日期', who: conducts, input: v.object({ ...on, unitId: picked('承办单位'), demand: text('要求', 2000, 4), dueOn: day('答复日期') }), output: supervised }),
  answerDemand: route({ method: 'POST', path: '/demands/:id/answer', summary: '承办单位答复督办要求', who: unit, input: v.object({ ...on, answer: text('答复', 3000, 4) }), output: supervised }),
  settleDemand: route({ method: 'POST', path: '/demands/:id/settle', summary: '核对属实，要求办结', who: conducts, input: v.object(on), output: supervised }),
  insistDemand: route({ method: 'POST', path: '/demands/:id/insist', summary: '答复不到位，请再答复，写明理由和新的日期', who: conducts, input: v.object({ ...on, note: note('理由'), dueOn: day('答复日期') }), output: supervised }),
  findAppraisers: route({ method: 'GET', path: '/supervisions/:id/appraisers', summary: '可以请来评议的委员，按姓名或界别找；提案人自己不评', who: conducts, input: v.object({ id, words: optionalText('姓名或界别', 40) }), output: v.object({ rows: v.array(person) }) }),
  callAppraisal: route({ method: 'POST', path: '/supervisions/:id/appraisal', summary: '请委员评议：每人一份，各填一次', who: conducts, input: v.object({ ...on, memberIds: some('评议的委员', 100), dueOn: day('截止日期') }), output: supervised }),
  closeAppraisal: route({ method: 'POST', path: '/supervisions/:id/appraisal/close', summary: '结束评议，结果公开给督办的人和承办单位', who: conducts, input: v.object(on), output: supervised }),
  reportSupervision: route({ method: 'POST', path: '/supervisions/:id/report', summary: '提交督办情况报告；要求都办结了才能提交', who: conducts, input: v.object({ ...on, report: text('督办情况报告', 10_000, 10) }), output: supervised }),
  returnReport: route({ method: 'POST', path: '/supervisions/:id/return', summary: '退回督办报告，写明意见', who: ['triage_proposal'], input: v.object({ ...on, note: note('意见') }), output: supervised }),
  closeSupervision: route({ method: 'POST', path: '/supervisions/:id/close', summary: '督办办结', who: ['triage_proposal'], input: v.object(on), output: supervised }),
  showOwnSupervision: route({ method: 'GET', path: '/proposals/:id/supervision', summary: '提案人看自己的重点提案督办得怎样；没有列为重点的是空', who: ['write_proposal', 'write_collective', 'write_opinion'], input: v.object({ id }), output: v.object({ supervision: v.nullable(supervisionForProposer) }) }),
  showBallot: route({ method: 'GET', path: '/ballots/:id', summary: '请我评议的一份', who: ['write_proposal'], input: v.object({ id }), output: ballotView }),
  scoreBallot: route({ method: 'POST', path: '/ballots/:id/score', summary: '评议打分，每项都要打，每人一次，不能改', who: ['write_proposal'], input: v.object({ ...on, scores: v.pipe(v.array(v.object({ code: v.string('请逐项打分'), score: v.pipe(v.number('请逐项打分'), v.integer('分数应是整数'), v.minValue(1, '每项至少 1 分')) }), '请逐项打分'), v.maxLength(40, '请逐项打分')), note: optionalText('意见', 1000) }), output: v.object({ ballot: ballotView }) }),
} as const;
