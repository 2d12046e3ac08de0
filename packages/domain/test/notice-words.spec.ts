/** What people are told: what happened, what is next, until when. Every row of every flow that tells somebody. */
import { describe, expect, test } from '@jest/globals';
import { instantOf } from '../src/civil-time.ts';
import { awardFlow } from '../src/flows/award.flow.ts';
import { publicationFlow } from '../src/flows/publication.flow.ts';
import { ballotFlow } from '../src/flows/ballot.flow.ts';
import { demandFlow } from '../src/flows/demand.flow.ts';
import { supervisionFlow } from '../src/flows/supervision.flow.ts';
import { cosignFlow } from '../src/flows/cosign.flow.ts';
import { entryFlow } from '../src/flows/entry.flow.ts';
import { deliveryActions } from '../src/flows/delivery.flow.ts';
import { handlingFlow } from '../src/flows/handling.flow.ts';
import { opinionFlow } from '../src/flows/opinion.flow.ts';
import { proposalFlow } from '../src/flows/proposal.flow.ts';
import { ratingFlow } from '../src/flows/rating.flow.ts';
import { visitFlow } from '../src/flows/visit.flow.ts';
import { cityNotice, noticeChoices } from '../src/notice-texts.ts';
import { noticeText } from '../src/notice-words.ts';
import type { NoticeFacts } from '../src/notice-words.ts';
import type { Audience } from '../src/workflow.ts';

const now = instantOf('2022-07-21', '09:40');
const due = instantOf('2022-07-26', '17:30');
const facts: Record<NoticeFacts['kind'], Omit<NoticeFacts, 'kind' | 'action' | 'to'>> = {
  opinion: { title: '增设公交站点', receiptNo: 'SQ2022-0001', holder: '社法委', due },
  proposal: { title: '发展农产品加工', receiptNo: 'TA2022-0001', holder: '提案委办公室', due },
  entry: { title: '修缮老旧水塔', receiptNo: null, holder: '您本人', due },
  handling: { title: '发展农产品加工', receiptNo: null, holder: '市园林局', due },
  cosign: { title: '发展农产品加工', receiptNo: null, holder: '您本人', due },
  rating: { title: '发展农产品加工', receiptNo: null, holder: '您本人', due },
  supervision: { title: '发展农产品加工', receiptNo: null, holder: '社法委', due },
  demand: { title: '发展农产品加工', receiptNo: null, holder: '市园林局', due },
  publication: { title: '发展农产品加工', receiptNo: null, holder: '您本人', due },
  award: { title: '发展农产品加工', receiptNo: null, holder: null, due: null },
  ballot: { title: '发展农产品加工', receiptNo: null, holder: '您本人', due },
  visit: { title: '7月26日走访', receiptNo: null, holder: '委工委', due, visit: { startsAt: instantOf('2022-07-26', '09:30'), place: '东城街道会议室', leaders: '李国强副主席' } },
};
const flows = { opinion: opinionFlow, proposal: proposalFlow, visit: visitFlow, entry: entryFlow, handling: handlingFlow, rating: ratingFlow, supervision: supervisionFlow, demand: demandFlow, ballot: ballotFlow, publication: publicationFlow, award: awardFlow, cosign: cosignFlow } as const;
const rows = (['opinion', 'proposal', 'visit', 'entry', 'handling', 'rating', 'supervision', 'demand', 'ballot', 'publication', 'award', 'cosign'] as const).flatMap((kind) => Object.entries<{ readonly tells?: readonly Audience[] }>(flows[kind].moves).flatMap(([action, { tells = [] }]) => tells.map((to) => ({ kind, action, to }))));
const told = (kind: NoticeFacts['kind'], action: string, to: Audience, more: Partial<NoticeFacts> = {}) => noticeText({ ...facts[kind], kind, action, to, ...more }, now);

describe('每一条通知', () => {
  const expected: Record<string, string> = {
    'opinion submit author': '共同反映的已提交｜您的社情民意《增设公交站点》由第一反映人提交了，您是共同反映人，看得到进展。现在由社法委办理，一般 7月26日 17:30 前有结果。不是您参加的，请联系市政协。',
    'opinion submit holder': '1 件社情民意待办｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion route holder': '1 件社情民意待初审｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion assign holder': '1 件社情民意待初审｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion assign author': '已分送专委会｜您的社情民意《增设公交站点》已分送。现在由社法委办理，一般 7月26日 17:30 前有结果。',
    'opinion recall author': '正在重新分办｜您的社情民意《增设公交站点》从专委会收回了。现在由社法委办理，一般 7月26日 17:30 前有结果。收件号和提交时间不变。',
    'opinion reroute holder': '1 件社情民意改送到您处｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion reroute author': '已经改送｜您的社情民意《增设公交站点》已改送。现在由社法委办理，一般 7月26日 17:30 前有结果。收件号和提交时间不变。',
    'opinion pass author': '初审通过｜您的社情民意《增设公交站点》初审通过。现在由社法委办理，一般 7月26日 17:30 前有结果。',
    'opinion pass holder': '1 件社情民意初审通过，待编辑｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion forward holder': '1 件社情民意特急，待编辑｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion forward officer': '特急社情民意，请马上安排｜增设公交站点，已直送编辑，请在7月26日 17:30 前办理。',
    'opinion resume holder': '1 件社情民意补充后交回，待编辑｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion lapse author': '已转办公室编辑｜您的社情民意《增设公交站点》专委会没有在时限内初审，已转办公室编辑。现在由社法委办理，一般 7月26日 17:30 前有结果。',
    'opinion lapse holder': '1 件社情民意逾期未审，待编辑｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion take_over author': '已由办公室编辑｜您的社情民意《增设公交站点》已由办公室接手编辑。现在由社法委办理，一般 7月26日 17:30 前有结果。',
    'opinion ask_agree author': '请看编辑稿｜您的社情民意《增设公交站点》已编辑成稿，请在7月26日 17:30 前回复同意或不同意，改动见详情。到期没有回复的，按编辑稿办理。',
    'opinion agree holder': '1 件社情民意反映人已同意｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion object holder': '1 件社情民意反映人不同意｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion lapse_agree holder': '1 件社情民意反映人未回复｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion send_check holder': '1 件社情民意待审核｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion check holder': '1 件社情民意待签发｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion rework holder': '1 件社情民意退回编辑｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion sign author': '已编发｜您的社情民意《增设公交站点》已编发，期号和编发稿见详情。',
    'opinion send author': '已报送｜您的社情民意《增设公交站点》已报送，报到哪里见详情。',
    'opinion record author': '报送有结果｜您的社情民意《增设公交站点》报送的一处有结果，见详情。',
    'opinion combine author': '与同类合并编发｜您的社情民意《增设公交站点》和说同一件事的社情民意合并编发，您仍是反映人，不用您再做什么，有了结果会告诉您。',
    'opinion separate author': '单独办理｜您的社情民意《增设公交站点》不再与别的合并，单独办理，说明见详情。现在由社法委办理，一般 7月26日 17:30 前有结果。',
    'opinion follow author': '报送有结果｜您的社情民意《增设公交站点》与同类合并后，报送的一处有结果，见详情。',
    'opinion archive author': '留存备查｜您的社情民意《增设公交站点》这次没有编发，留存备查，理由见详情。感谢您反映情况。',
    'opinion recall_issue author': '编发的一期收回了｜您的社情民意《增设公交站点》编发的那一期收回了，原因见详情。现在由社法委办理，一般 7月26日 17:30 前有结果。',
    'opinion reopen author': '重新编辑｜您的社情民意《增设公交站点》正在重新编辑。现在由社法委办理，一般 7月26日 17:30 前有结果。',
    'opinion return author': '请补充修改｜您的社情民意《增设公交站点》请在7月26日 17:30 前补充后再提交，意见见详情。原文和收件号都保留。',
    'opinion not_adopt author': '这次没有采用｜您的社情民意《增设公交站点》这次没有采用，理由见详情。感谢您反映情况。',
    'proposal submit holder': '1 件提案待办｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal route holder': '1 件提案待初审｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal assign holder': '1 件提案待初审｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal assign author': '已分送专委会｜您的提案《发展农产品加工》已分送。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。',
    'proposal recall author': '正在重新分办｜您的提案《发展农产品加工》从专委会收回了。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。收件号和提交时间不变。',
    'proposal reroute holder': '1 件提案改送到您处｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal reroute author': '已经改送｜您的提案《发展农产品加工》已改送。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。收件号和提交时间不变。',
    'proposal review author': '初审意见已提出｜您的提案《发展农产品加工》专委会已提出初审意见。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。',
    'proposal review holder': '1 件提案已有初审意见，待审定｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal return author': '请补充修改｜您的提案《发展农产品加工》请在7月26日 17:30 前补充后再提交，意见见详情。原文和收件号都保留。',
    'proposal file author': '提案已立案｜您的提案《发展农产品加工》已经立案，案号见详情，接着交办。',
    'proposal refile author': '提案已立案｜您的提案《发展农产品加工》已经立案，案号见详情，接着交办。',
    'proposal merge author': '提案已并案｜您的提案《发展农产品加工》与内容相近的提案并案办理，您仍是提案人，会分别答复您，主案见详情。',
    'proposal reject author': '没有立案｜您的提案《发展农产品加工》这次没有立案，理由见详情。感谢您建言。',
    'proposal suggest author': '转为意见建议｜您的提案《发展农产品加工》转有关单位参考，不再作提案办理，说明见详情。',
    'proposal ask_consent author': '请您答复｜提案委建议把您的提案《发展农产品加工》转为社情民意，是否同意，请在7月26日 17:30 前答复。',
    'proposal convert author': '转为社情民意｜您的提案《发展农产品加工》按您提交时的同意转为社情民意，收件号见详情，积分不变。',
    'proposal decline holder': '1 件提案不同意转办，待审定｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal decide_anew author': '正在另作审定｜您的提案《发展农产品加工》不再等您答复，由提案委另作审定。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。',
    'proposal propose_edits author': '请看修改建议｜工作人员对您的提案《发展农产品加工》提了修改建议，请在7月26日 17:30 前逐段答复同意或保留原文。到期没有答复的，按原文办理。',
    'proposal answer_edits holder': '1 件提案待办｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal recall_edits author': '修改建议收回了｜您的提案《发展农产品加工》的修改建议收回了，按原文继续审查。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。',
    'proposal lapse_edits author': '修改建议到期｜您的提案《发展农产品加工》的修改建议您没有答复，按原文继续审查。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。',
    'proposal lapse_edits holder': '1 件提案待办｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal settle_signers author': '重新联名结束了｜您的提案《发展农产品加工》改了文字以后重新联名结束，接着审查，现在的提案人见详情。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。',
    'proposal settle_signers holder': '1 件提案重新联名结束，待办｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal unfile author': '撤销了立案｜您的提案《发展农产品加工》撤销了立案，重新审定，理由见详情。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。',
    'proposal split author': '撤销了并案｜您的提案《发展农产品加工》不再并案，重新审定，理由见详情。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。',
    'proposal ask_drop holder': '1 件提案申请撤案，待答复｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal allow_drop author': '撤案已同意｜您的提案《发展农产品加工》按您的申请撤案了，原文见详情。',
    'proposal refuse_drop author': '没有同意撤案｜您的提案《发展农产品加工》继续办理，理由见详情。',
    'opinion enter author': '已代您提交｜工作人员按您签名的纸质件代您录入并提交了社情民意《增设公交站点》。现在由社法委办理，一般 7月26日 17:30 前有结果。不是您交的，请联系市政协。',
    'opinion born holder': '1 件社情民意待办｜增设公交站点，请在7月26日 17:30 前办理。',
    'opinion enter holder': '1 件社情民意待办｜增设公交站点，请在7月26日 17:30 前办理。',
    'proposal enter author': '已代您提交｜工作人员按您签名的纸质件代您录入并提交了提案《发展农产品加工》。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。不是您交的，请联系市政协。',
    'proposal enter holder': '1 件提案待办｜发展农产品加工，请在7月26日 17:30 前办理。',
    'entry enter author': '请确认代录内容｜工作人员代您录入的《修缮老旧水塔》，请在7月26日 17:30 前看过后确认，确认以后才会提交；有不对的可以请工作人员更正。',
    'entry confirm_entry clerk': '代录已确认｜您代录的《修缮老旧水塔》，本人已经确认，已提交，进展见详情。',
    'entry ask_correction holder': '1 件代录请更正｜修缮老旧水塔，请在7月26日 17:30 前办理。',
    'entry refuse_entry clerk': '本人不同意提交｜您代录的《修缮老旧水塔》，本人不同意提交，理由见详情。',
    'entry correct_entry author': '代录内容已更正｜工作人员代您录入的《修缮老旧水塔》已经更正，请在7月26日 17:30 前看过后确认，确认以后才会提交。',
    'entry cancel_entry author': '代录已撤销｜工作人员代您录入的《修缮老旧水塔》已经撤销，没有提交，不用您再做什么。',
    'proposal plan holder': '1 件提案待交办｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal return_plan holder': '1 件提案退回重拟承办单位｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal hand_over author': '提案已交办｜您的提案《发展农产品加工》已经交承办单位办理，承办单位和答复期限见详情。',
    'handling hand holder': '有 1 件提案要签收｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling ask_reassign holder': '承办单位申请改办｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling reassign body': '已同意改办｜发展农产品加工。改由别的单位办理，不用您再做什么。',
    'handling refuse_reassign holder': '没有同意改办｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling give_opinion lead': '会办单位提了意见｜发展农产品加工，会办意见见详情。',
    'handling record_talk author': '请确认面商记录｜承办单位登记了就您的提案《发展农产品加工》和您面商，记录见详情，请确认是否属实。',
    'handling deny_talk body': '提案人否认了面商｜发展农产品加工。请再联系提案人，原因见详情。',
    'handling ask_extension holder': '承办单位申请延期｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling allow_extension body': '已同意延期｜发展农产品加工。新的答复期限见详情。',
    'handling allow_extension author': '答复延期了｜您的提案《发展农产品加工》经交办单位同意延期答复，新的期限见详情。',
    'handling refuse_extension body': '没有同意延期｜发展农产品加工。请按原来的期限办理，理由见详情。',
    'handling stop body': '停办通知｜发展农产品加工。提案撤案，不用您再做什么。',
    'proposal rehandle author': '转重新办理了｜您的提案《发展农产品加工》因有提案人对答复不满意，转承办单位重新办理、再次答复，期限见详情。',
    'proposal call_meeting author': '由提案委组织面商｜您的提案《发展农产品加工》再次答复后仍有提案人不满意，由提案委组织面商，安排见详情。',
    'proposal call_meeting holder': '1 件提案再次不满意，待组织面商｜发展农产品加工，请在7月26日 17:30 前办理。',
    'proposal hold_meeting author': '提案办结了｜您的提案《发展农产品加工》由提案委组织面商后办结，情况见详情。',
    'handling urge body': '催办：有 1 件提案要抓紧｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling call_countersign holder': '请会签答复稿｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling countersign lead': '会办单位会签了｜发展农产品加工，会办意见见详情。',
    'handling object_reply lead': '会办单位对答复稿有意见｜发展农产品加工，会办意见见详情。',
    'handling submit_reply holder': '答复待审核｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling return_reply holder': '答复退回重写｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling approve_reply body': '答复审核通过｜发展农产品加工。由交办单位送达提案人，不用您再做什么。',
    'handling release author': '承办单位答复您了｜您的提案《发展农产品加工》收到了书面答复，答复全文和评价见详情。',
    'handling release body': '答复已送达提案人｜发展农产品加工。等提案人评价，不用您再做什么。',
    'handling redo holder': '提案人不满意，请重新办理｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling track holder': '列入跟踪办理｜发展农产品加工。请在7月26日 17:30 前办理。',
    'handling report_progress author': '提案有新进展｜您的提案《发展农产品加工》列入计划的事项有新进展，见详情。',
    'handling resolve author': '提案的事项解决了｜您的提案《发展农产品加工》列入计划的事项已经解决，情况见详情。',
    'proposal submit author': '联名的提案已提交｜您的提案《发展农产品加工》由第一提案人提交了，您是联名提案人，看得到进展。现在由提案委办公室办理，一般 7月26日 17:30 前有结果。',
    'cosign ask_cosign author': '邀请您联名｜有委员邀请您联名提案《发展农产品加工》。请在7月26日 17:30 前答复是否联名，到期没有答复的不算联名，文字和提案人见详情。',
    'cosign ask_again author': '联名的文字改过了｜提案《发展农产品加工》的文字改过了，您以前的联名不再算数。请在7月26日 17:30 前答复是否联名，到期没有答复的不算联名，文字和提案人见详情。',
    'cosign cosign clerk': '有委员同意联名｜您邀请联名的提案《发展农产品加工》，有委员同意联名，名单见详情。',
    'cosign ask_anew author': '联名的文字改过了｜提案《发展农产品加工》按修改建议改了几段，您以前的联名不再算数。请在7月26日 17:30 前答复是否联名，到期没有答复的不算联名，改了哪里见详情。',
    'cosign take_back_cosign clerk': '有委员撤回了联名｜您的提案《发展农产品加工》，有委员撤回了联名，现在的名单见详情。',
    'cosign call_off author': '联名邀请取消了｜提案《发展农产品加工》的第一提案人取消了联名邀请，不用您再做什么。',
    'rating key_paper author': '纸质评价已代录｜工作人员按您的纸质评价表代您录入了对提案《发展农产品加工》答复的评价，内容见详情。不是您填的，请联系市政协。',
    'supervision nominate holder': '1 件重点提案待确定｜发展农产品加工，请在主席会议审议以后登记结果，请在7月26日 17:30 前办理。',
    'supervision make_key author': '您的提案列为重点提案｜您的提案《发展农产品加工》列为重点提案，谁牵头督办、怎么督办见详情。',
    'supervision make_key holder': '1 件重点提案由您处督办｜发展农产品加工，请制定督办方案，请在7月26日 17:30 前办理。',
    'supervision decline_key clerk': '没有列为重点提案｜发展农产品加工，理由见详情。',
    'supervision begin_supervision author': '重点提案开始督办｜您的提案《发展农产品加工》制定了督办方案，内容见详情。',
    'supervision record_event author': '督办有新进展｜您的提案《发展农产品加工》有新的督办活动，情况见详情。',
    'supervision report_supervision holder': '督办情况已报告，待办结｜发展农产品加工，请看报告，请在7月26日 17:30 前办理。',
    'supervision return_report holder': '督办报告退回修改｜发展农产品加工，意见见详情，请在7月26日 17:30 前办理。',
    'supervision close_supervision author': '督办办结了｜您的提案《发展农产品加工》督办办结，结果见详情。',
    'supervision cancel_key author': '不再列为重点提案｜您的提案《发展农产品加工》不再列为重点提案，理由见详情。',
    'demand make_demand holder': '督办提出了要求｜发展农产品加工，请按时答复，请在7月26日 17:30 前办理。',
    'demand answer_demand holder': '承办单位答复了督办要求｜发展农产品加工，请核对，请在7月26日 17:30 前办理。',
    'demand settle_demand body': '督办要求已办结｜发展农产品加工，不用您再做什么。',
    'demand insist_demand holder': '督办要求要再答复｜发展农产品加工，理由见详情，请在7月26日 17:30 前办理。',
    'demand drop_demand body': '督办要求撤销了｜发展农产品加工，不用您再做什么。',
    'ballot invite_ballot author': '请您评议提案办理｜请您评议提案《发展农产品加工》的办理情况，请在7月26日 17:30 前填写，每人一次，只看得到合计的结果。',
    'publication ask_publication holder': '请问您同意公开吗｜您的提案《发展农产品加工》可以公开，请在7月26日 17:30 前答复同意不同意，公开哪些见详情。',
    'publication agree_publication holder': '请问您同意公开吗｜您的提案《发展农产品加工》可以公开，请在7月26日 17:30 前答复同意不同意，公开哪些见详情。',
    'publication all_agreed holder': '提案人都同意公开了｜发展农产品加工，请在7月26日 17:30 前审核。',
    'publication publish author': '提案公开了｜您的提案《发展农产品加工》公开了，谁都看得到；要收回同意的，见详情。',
    'publication withdraw_publication author': '公开撤回了｜您的提案《发展农产品加工》不再公开，理由见详情。',
    'award award author': '您的提案评为优秀提案｜您的提案《发展农产品加工》评为优秀提案，不用您再做什么。',
    'award revoke_award author': '优秀提案撤销了｜您的提案《发展农产品加工》不再是优秀提案，有疑问请联系市政协，不用您再做什么。',
    'rating lapse_rating author': '按未反馈办结了｜您没有评价提案《发展农产品加工》的答复，按未反馈办结，答复全文见详情。',
    'visit notify author': '走访通知｜7月26日 星期二 9:30，东城街道会议室，李国强副主席。请在7月26日 17:30 前回复。',
    'visit propose holder': '1 位委员提出改期｜7月26日走访，请在7月26日 17:30 前办理。',
    'visit agree author': '改期已同意｜走访改到 7月26日 星期二 9:30，东城街道会议室，李国强副主席。',
    'visit reschedule author': '走访改了时间｜走访改到 7月26日 星期二 9:30，东城街道会议室，李国强副主席。请在7月26日 17:30 前回复。',
    'visit cancel author': '走访取消了｜原定 7月26日 星期二 9:30 的走访取消，另行安排时会再通知您。',
  };

  test('流程里要告诉人的每一步都在下面，一条不少', () => { expect(rows.map(({ kind, action, to }) => `${kind} ${action} ${to}`).sort()).toEqual(Object.keys(expected).sort()); });

  test.each(rows)('$kind 的 $action 告诉 $to', ({ kind, action, to }) => {
    const { head, body } = told(kind, action, to);
    expect(`${head}｜${body}`).toBe(expected[`${kind} ${action} ${to}`]);
  });

  test.each(rows)('$kind 的 $action 告诉 $to：题头短，不带题目；整句有头有尾，没有代码和时刻原文', ({ kind, action, to }) => {
    for (const more of [{}, { due: null }, { holder: null, due: null }]) {
      const { head, body } = told(kind, action, to, more);
      expect(head.length).toBeLessThanOrEqual(20);
      expect(head).not.toContain(facts[kind].title);
      expect(body).toMatch(/[。]$/);
      expect(`${head}${body}`).not.toMatch(/null|undefined|NaN|Invalid|[a-z_]{3,}|T\d\d:|，。|。。|《》/);
    }
  });

  test.each(rows)('$kind 的 $action 告诉 $to：说了下一步', ({ kind, action, to }) => {
    expect(told(kind, action, to).body).toMatch(/请在.+ 前|现在由.+办理|见详情|走访改到|另行安排时会再通知您|不用您再做什么/);
  });

  test('只有走访通知和另定的时间要委员回复', () => {
    expect(rows.filter(({ kind, action, to }) => told(kind, action, to).mustAnswer).map(({ kind, action }) => `${kind} ${action}`)).toEqual(['visit notify', 'visit reschedule']);
  });

  test('合并了的，主件每有进展都用反映人自己那一件的题目告诉', () => {
    expect(told('opinion', 'follow', 'author', { of: 'sign' })).toMatchObject({ head: '已编发', body: '您的社情民意《增设公交站点》与同类合并后，已编发，期号和编发稿见详情。' });
    expect(told('opinion', 'follow', 'author', { of: 'record', outcome: 'adopt' }).body).toBe('您的社情民意《增设公交站点》与同类合并后，被采用，采用情况，见详情。');
  });

  test('采用、批示、转办、反馈各有说法，都不带批示的内容', () => {
    expect(deliveryActions.map((outcome) => told('opinion', 'record', 'author', { outcome }).head)).toEqual(['被采用了', '报送有结果', '领导作了批示', '已转有关单位办理', '有了办理反馈', '跟踪落实有进展']);
  });

  test('没有期限的通知不编一个期限', () => {
    expect(told('opinion', 'return', 'author', { due: null }).body).toBe('您的社情民意《增设公交站点》请补充后再提交，意见见详情。原文和收件号都保留。');
    expect(told('visit', 'notify', 'author', { due: null }).body).toBe('7月26日 星期二 9:30，东城街道会议室，李国强副主席。请回复能否参加。');
    expect(told('opinion', 'submit', 'holder', { due: null }).body).toBe('增设公交站点。');
  });

  test('今天、明天、明年，说得让人一看就懂', () => {
    expect(told('opinion', 'submit', 'holder', { due: instantOf('2022-07-21', '17:30') }).body).toBe('增设公交站点，请在今天 17:30 前办理。');
    expect(told('opinion', 'submit', 'holder', { due: instantOf('2022-07-22', '12:00') }).body).toBe('增设公交站点，请在明天 12:00 前办理。');
    expect(told('visit', 'notify', 'author', { due: null, visit: { startsAt: instantOf('2023-01-03', '00:05'), place: '会议室', leaders: '张主席' } }).body).toBe('2023年1月3日 星期二 0:05，会议室，张主席。请回复能否参加。');
  });
});

describe('共同反映人', () => {
  test.each([
    ['return', '第一反映人补充修改｜您的社情民意《增设公交站点》退回补充，由第一反映人在7月26日 17:30 前修改后再提交，意见见详情，您有补充可以告诉第一反映人。'],
    ['ask_agree', '编辑稿请第一反映人过目｜您的社情民意《增设公交站点》已编辑成稿，由第一反映人在7月26日 17:30 前回复，改动见详情，您有意见可以告诉第一反映人。'],
  ])('what the first reporter is asked (%s), the others are told of', (action, words) => {
    const { head, body } = told('opinion', action, 'author', { together: true });
    expect(`${head}｜${body}`).toBe(words);
  });
  test('what is not asked of anybody is told to all of them alike', () => {
    expect(told('opinion', 'sign', 'author', { together: true })).toEqual(told('opinion', 'sign', 'author'));
  });
  test('a city writes these in its own words too', () => {
    expect(noticeChoices().filter(({ key }) => key.endsWith('.together')).map(({ key, words }) => [key, words])).toEqual([['opinion.return.author.together', '社情民意退回补充，告诉共同反映人'], ['opinion.ask_agree.author.together', '社情民意征求反映人意见，告诉共同反映人']]);
    expect(cityNotice({ ...facts.opinion, kind: 'opinion', action: 'return', to: 'author', together: true }, now, { 'opinion.return.author': { head: '请补', body: '请补' } }).head).toBe('第一反映人补充修改');
  });
});
