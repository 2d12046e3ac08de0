import type { CosignAction, CosignState } from './flows/cosign.flow.ts';
/**
 * The glossary: the only place where codes meet Chinese (rules: duty-rules §7). What a city may rename (categories, reasons,
 * outcomes, forms) is not here but in its settings.
 */
import type { PostCode } from './actor.ts';
import type { RatingAction, RatingState, Satisfaction } from './flows/rating.flow.ts';
import type { BallotAction, BallotState } from './flows/ballot.flow.ts';
import type { AwardAction, AwardState } from './flows/award.flow.ts';
import type { PublicationAction, PublicationState } from './flows/publication.flow.ts';
import type { DemandAction, DemandState } from './flows/demand.flow.ts';
import type { SupervisionAction, SupervisionState } from './flows/supervision.flow.ts';
import type { HandlingAction, HandlingState, UnitRole } from './flows/handling.flow.ts';
import type { EntryAction, EntryMeans, EntryState } from './flows/entry.flow.ts';
import type { OpinionAction, OpinionState } from './flows/opinion.flow.ts';
import type { ProposalAction, ProposalState } from './flows/proposal.flow.ts';
import type { VisitAction, VisitState } from './flows/visit.flow.ts';
import type { AdoptMode, Channel, DeliveryAction, LedgerState } from './flows/delivery.flow.ts';
import type { PersonalKind } from './routing/decision.ts';
import type { FigureCode, FigureGrouping, RateCode } from './rates.ts';
import type { Ability } from './scope.ts';
import type { BodyKind } from './powers.ts';
import type { TaskAction, Where } from './workflow.ts';

export const opinionStateWords = {
  draft: '草稿', submitted: '待初审', first_review: '初审中', returned: '退回补充', editing: '编辑中', consenting: '征求意见',
  pending_signoff: '待签发', issued: '已编发', sent: '已报送', recalled: '已收回编发', merged: '已合并', not_adopted: '不予采用', archived: '留存备查',
} as const satisfies Record<OpinionState, string>;
export const opinionActionWords = {
  submit: '提交', enter: '代录提交', born: '由提案转来', route: '自动分送', forward: '特急直送编辑', resume: '交回编辑', withdraw: '撤回', assign: '分送', recall: '收回', reroute: '改送', start_review: '开始初审',
  prepare: '拟初审意见', comment: '协办意见', pass: '初审通过', lapse: '逾期转编辑', return: '退回补充', not_adopt: '不予采用',
  take_over: '接手编辑', take: '领办', amend: '征求后再改', ask_agree: '征求反映人意见', agree: '同意编辑稿', object: '不同意编辑稿', lapse_agree: '逾期未回复',
  send_check: '送审', check: '审核通过', rework: '退回编辑', sign: '签发', archive: '留存备查', recall_issue: '收回编发', reopen: '重新编辑',
  send: '报送', record: '登记结果', absorb: '并入同类件', combine: '合并编发', separate: '拆开', follow: '并入的有进展',
} as const satisfies Record<OpinionAction, string>;

/** 报送: to whom, how far each channel is, and how it was adopted. */
export const reportedToWords = { national: '全国政协', provincial: '省政协', city_party: '市委', city_gov: '市政府', department: '有关部门' } as const satisfies Record<Channel, string>;
export const ledgerStateWords = { sent: '已报送', declined: '未采用', adopted: '已采用', instructed: '已批示', transferred: '转办中', answered: '已反馈' } as const satisfies Record<LedgerState, string>;
export const deliveryActionWords = { adopt: '登记采用', decline: '登记未采用', instruct: '登记批示', transfer: '登记转办', answer: '登记办理反馈', follow_up: '登记跟踪落实' } as const satisfies Record<DeliveryAction, string>;
export const adoptModeWords = { single: '单篇采用', composite: '综合采用', forwarded: '转送采用' } as const satisfies Record<AdoptMode, string>;

export const proposalStateWords = {
  draft: '草稿', submitted: '待审查', under_review: '审查中', returned: '退回修改', amending: '征求修改意见', signing_anew: '等重新联名', consent_asked: '征求转办意见', filed: '已立案', planned: '待交办', handling: '办理中', replied: '待评价', rehandling: '重新办理', meeting: '待组织面商', closed: '已办结', merged: '已并案',
  to_opinion: '已转社情民意', to_suggestion: '已转意见建议', rejected: '不予立案', dropped: '已撤案',
} as const satisfies Record<ProposalState, string>;
export const proposalActionWords = {
  submit: '提交', enter: '代录提交', route: '自动分送', withdraw: '撤回', assign: '分送', recall: '收回', reroute: '改送', start_review: '开始初审',
  prepare: '拟初审意见', comment: '协办意见', review: '提出初审意见', return: '退回修改',
  file: '立案', merge: '并案', reject: '不予立案', suggest: '转意见建议', propose_edits: '提修改建议', answer_edits: '答复修改建议', recall_edits: '收回修改建议', lapse_edits: '逾期按原文办理', ask_signers: '请重新联名', settle_signers: '重新联名结束', ask_consent: '征求转社情民意', convert: '转社情民意', consent: '同意转社情民意', decline: '不同意转', decide_anew: '收回另作审定',
  refile: '改立案', unfile: '撤销立案', split: '撤销并案', drop: '撤案', ask_drop: '申请撤案', allow_drop: '同意撤案', refuse_drop: '不同意撤案',
  plan: '拟定承办单位', return_plan: '退回重拟', hand_over: '交办', change_units: '更换承办单位', all_replied: '全部答复', rehandle: '转重新办理', call_meeting: '转组织面商', close: '评价后办结', hold_meeting: '登记面商会', change_signers: '联名有变动',
} as const satisfies Record<ProposalAction, string>;

export const handlingStateWords = { assigned: '待签收', handling: '办理中', opined: '已提会办意见', countersigning: '待会签', countersigned: '已会签', reply_review: '答复审核中', ready: '待送达', replied: '已答复', tracking: '跟踪办理', solved: '已解决', reassigned: '已改办', stopped: '已停办' } as const satisfies Record<HandlingState, string>;
export const handlingActionWords = {
  hand: '交办', sign_for: '签收', ask_reassign: '申请改办', reassign: '同意改办', refuse_reassign: '不同意改办', give_opinion: '提会办意见', record_talk: '登记面商', confirm_talk: '确认面商', deny_talk: '否认面商',
  ask_extension: '申请延期', allow_extension: '同意延期', refuse_extension: '不同意延期', stop: '停办',
  draft_reply: '写答复', ask_countersign: '送会签', call_countersign: '请会签', countersign: '会签', object_reply: '会签有意见', submit_reply: '提交答复', return_reply: '退回重写', approve_reply: '审核通过', release: '送达提案人',
  redo: '重新办理', track: '转跟踪办理', report_progress: '报告进展', resolve: '登记已解决', urge: '催办',
} as const satisfies Record<HandlingAction, string>;
export const ratingStateWords = { asked: '待评价', given: '已评价', lapsed: '未反馈', superseded: '等再次答复' } as const satisfies Record<RatingState, string>;
export const ratingActionWords = { ask_rating: '请提案人评价', rate: '评价', key_paper: '代录纸质评价', lapse_rating: '按未反馈办结', supersede: '等再次答复' } as const satisfies Record<RatingAction, string>;
export const supervisionStateWords = { proposed: '待确定', decided: '待定方案', running: '督办中', reported: '待办结', closed: '已办结', declined: '没有列为重点', cancelled: '已撤销重点' } as const satisfies Record<SupervisionState, string>;
export const supervisionActionWords = {
  nominate: '提名重点提案', make_key: '列为重点提案', decline_key: '不列为重点', begin_supervision: '制定方案', record_event: '登记督办活动', ask_demand: '向单位提要求', call_appraisal: '请委员评议', close_appraisal: '结束评议', report_supervision: '提交督办报告', return_report: '退回报告', close_supervision: '督办办结', cancel_key: '撤销重点提案',
} as const satisfies Record<SupervisionAction, string>;
export const demandStateWords = { asked: '待答复', answered: '待核对', settled: '已办结', dropped: '已撤销' } as const satisfies Record<DemandState, string>;
export const demandActionWords = { make_demand: '提出要求', answer_demand: '答复要求', settle_demand: '要求办结', insist_demand: '请再答复', drop_demand: '撤销要求' } as const satisfies Record<DemandAction, string>;
export const ballotStateWords = { asked: '待评议', given: '已评议', lapsed: '没有评议' } as const satisfies Record<BallotState, string>;
export const ballotActionWords = { invite_ballot: '请委员评议', score: '评议', lapse_ballot: '评议结束未填' } as const satisfies Record<BallotAction, string>;
export const publicationStateWords = { asked: '征求同意中', agreed: '待审核公开', published: '已公开', withdrawn: '已撤回公开', refused: '不同意公开' } as const satisfies Record<PublicationState, string>;
export const publicationActionWords = {
  ask_publication: '征求公开', agree_publication: '同意公开', all_agreed: '都同意公开', refuse_publication: '不同意公开', publish: '审核公开', refresh_publication: '更新公开', withdraw_publication: '撤回公开', take_back_consent: '收回同意',
} as const satisfies Record<PublicationAction, string>;
export const awardStateWords = { nominated: '候选', awarded: '优秀提案', passed_over: '没有评上', revoked: '已撤销' } as const satisfies Record<AwardState, string>;
export const awardActionWords = { nominate_award: '推荐优秀提案', score_award: '评分', award: '评为优秀', pass_over: '这次不评', revoke_award: '撤销优秀' } as const satisfies Record<AwardAction, string>;
export const cosignStateWords = { asked: '待答复', signed: '已联名', unsigned: '未联名' } as const satisfies Record<CosignState, string>;
export const cosignActionWords = { ask_cosign: '邀请联名', ask_again: '再请联名', ask_anew: '重新请联名', sign_on_paper: '纸上联名', cosign: '同意联名', decline_cosign: '不联名', take_back_cosign: '撤回联名', call_off: '取消邀请', lapse_cosign: '邀请失效' } as const satisfies Record<CosignAction, string>;
export const satisfactionWords = { satisfied: '满意', basically_satisfied: '基本满意', dissatisfied: '不满意' } as const satisfies Record<Satisfaction, string>;
export const unitRoleWords = { sole: '独办', lead: '主办', assist: '会办', separate: '分办' } as const satisfies Record<UnitRole, string>;

export const visitStateWords = {
  notified: '待回复', confirmed: '已确认', proposed: '提出改期', agreed: '已改期', visited: '已走访', cancelled: '已取消',
} as const satisfies Record<VisitState, string>;
export const visitActionWords = {
  notify: '发通知', confirm: '确认参加', propose: '提出改期', agree: '同意改期', reschedule: '另定时间', record: '登记已走访', cancel: '取消走访',
} as const satisfies Record<VisitAction, string>;

export const entryStateWords = {
  entering: '正在录入', awaiting_confirmation: '待本人确认', correction_asked: '待更正', submitted: '已提交', refused: '本人不同意', cancelled: '已撤销',
} as const satisfies Record<EntryState, string>;
export const entryActionWords = {
  enter: '录入', enter_paper: '纸质代录', confirm_entry: '确认提交', ask_correction: '请更正', refuse_entry: '不同意提交', correct_entry: '更正', cancel_entry: '撤销代录',
} as const satisfies Record<EntryAction, string>;
export const entryMeansWords = { confirm: '本人确认', paper: '纸质件' } as const satisfies Record<EntryMeans, string>;

/** Undo is a move of every flow that allows it; it is journalled under this word. */
export const undoWord = '撤销';
/** The calendar was changed, and with it a running deadline: the house's own move on every kind of document. */
export const redateAction = 'redate';
export const redateWord = '期限重算';
/** Deadlines beside somebody's task: until when a unit may ask for reassignment, and until when it first talks with the proposers. */
export const besideWords: Readonly<Record<string, string>> = { object: '申请改办的期限', talk: '办前面商的期限' };

export const taskWords = {
  triage: '分办', review: '初审', revise: '补充修改', edit: '编辑', agree: '回复编辑稿', check: '审核', sign: '签发', send: '报送', decide: '审定', consent: '答复转办', answer_edits: '答复修改建议', reply_visit: '回复走访通知', arrange_visit: '安排改期', make_visit: '走访',
  confirm_entry: '确认代录内容', correct_entry: '更正代录内容',
  plan_units: '拟定承办单位', hand_over: '交办', sign_for: '签收', handle: '办理答复', give_opinion: '提会办意见', decide_reassign: '答复改办', decide_extension: '答复延期', countersign: '会签', review_reply: '审核答复', release: '送达答复', track: '跟踪办理', rate: '评价答复', hold_meeting: '组织面商',
  decide_key: '确定重点提案', plan_supervision: '制定督办方案', supervise: '督办', end_supervision: '督办办结', answer_demand: '答复督办要求', weigh_answer: '核对督办答复', score: '评议', consent_publication: '答复是否公开', approve_publication: '审核公开', cosign: '答复联名',
} as const satisfies Record<TaskAction, string>;

/** What a report may be born from, beside a proposal (转社情民意). Meetings and consultations join here when there are any. */
export const sourceKinds = ['visit'] as const;
export type SourceKind = (typeof sourceKinds)[number];
export const documentKinds = ['opinion', 'proposal', 'visit', 'entry', 'handling', 'rating', 'supervision', 'demand', 'ballot', 'publication', 'award', 'cosign'] as const;
export type DocumentKind = (typeof documentKinds)[number];
export const kindWords = { opinion: '社情民意', proposal: '提案', visit: '走访', entry: '代录', handling: '提案办理', rating: '答复评价', supervision: '提案督办', demand: '督办要求', ballot: '督办评议', publication: '提案公开', award: '优秀提案', cosign: '联名邀请' } as const satisfies Record<DocumentKind, string>;

export const postWords = {
  member: '委员', standing_member: '常委', sector_convener: '界别召集人', group_leader: '组长', body_account: '参加单位',
  committee_head: '专委会主任', committee_vice_head: '专委会副主任', committee_staff: '专委会干部',
  proposal_office: '提案委办公室', review_board: '提案审查委员会', plenary_desk: '大会提案组',
  information_editor: '信息编辑', office_director: '办公室主任', secretary_general: '秘书长', vice_chair: '副主席', chair: '主席',
  dispatch_party: '市委办交办', dispatch_government: '市政府办交办', unit_clerk: '承办单位经办人', unit_supervisor: '承办单位负责人',
  member_affairs: '委员工作', history_editor: '文史编辑', township_liaison: '联络委', informant: '信息员',
  system_admin: '系统管理员', security_admin: '安全管理员', auditor: '审计员', system: '系统',
} as const satisfies Record<PostCode, string>;

/** Who the member is told has it, when a post and not a body holds the document. */
export const holderWords: Partial<Record<PostCode, string>> = { information_editor: '办公室信息编辑', office_director: '办公室主任', secretary_general: '秘书长', chair: '主席', proposal_office: '提案委办公室', review_board: '提案审查委员会', member_affairs: '委工委', dispatch_party: '市委办', dispatch_government: '市政府办' };

export const urgencies = ['normal', 'urgent', 'critical'] as const;
export type Urgency = (typeof urgencies)[number];
export const urgencyWords = { normal: '普通', urgent: '急', critical: '特急' } as const satisfies Record<Urgency, string>;

export const submissionKinds = ['opinion', 'proposal'] as const;
export type SubmissionKind = (typeof submissionKinds)[number];
export const preparedOutcomes = ['pass', 'return', 'not_adopt'] as const;
export const preparedOutcomeWords = { pass: '建议通过', return: '建议退回', not_adopt: '建议不予采用' } as const satisfies Record<(typeof preparedOutcomes)[number], string>;

const weekdays = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'] as const;
export const weekdayWords = (weekday: number): string => weekdays[weekday] ?? '';

const numerals = '零一二三四五六七八九';
/** 7 → 第七届, 12 → 第十二届. Terms (届) of a city have two digits at most. */
export function termName(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `第${tens > 0 ? `${tens > 1 ? numerals[tens] ?? '' : ''}十` : ''}${ones > 0 || tens === 0 ? numerals[ones] ?? '' : ''}届`;
}

/** How sure the router is, in the words of the design (§10.3): the bands follow the threshold setting. */
export function confidenceWords(confidence: number, threshold: number): string {
  if (confidence < threshold) return '请人定';
  return confidence >= threshold + (1 - threshold) / 2 ? '把握较大' : '有把握';
}

/** Why a text needs a person whatever its topic. */
export const personalWords = { personal_case: '像是个人事项', advertising: '像是广告推介', greeting: '像是问候祝贺', discipline: '涉及党务纪检', too_short: '内容太短，看不出主题' } as const satisfies Record<PersonalKind, string>;

/** 提案统计: what is counted, and the shares (rules: duty-rules §1.8). */
export const figureWords = {
  received: '收到', filed: '立案', collective: '集体提案', due: '应办复', replied: '已办复', on_time: '按期办复', talked: '有面商', closed: '已办结', asked: '请评价', rated: '已反馈', content: '结果满意和基本满意', content_attitude: '态度满意和基本满意', class_a: 'A 类', class_ab: 'A 类和 B 类', solved: '确认解决',
} as const satisfies Record<FigureCode, string>;
export const rateWords = {
  filing: '立案率', collective: '集体占比', replying: '办复率', in_time: '按期办复率', talking: '面商率', closing: '办结率', answering: '反馈率', satisfaction: '满意率', attitude: '态度满意率', solving: 'A 类率', keeping: '落实率',
} as const satisfies Record<RateCode, string>;
export const figureGroupingWords = { unit: '承办单位', committee: '专委会', sector: '界别', session: '届次', year: '年份' } as const satisfies Record<FigureGrouping, string>;

/** What a person may do at all, as the matrix 权限一览 names it. */
export const abilityWords = {
  write_opinion: '写社情民意', write_proposal: '写提案', write_collective: '提集体提案', triage_opinion: '分办社情民意', triage_proposal: '分办提案', review: '初审', decide_proposal: '审定提案', dispatch_proposals: '交办提案', handle_proposals: '办理提案', read_figures: '看提案统计', edit: '编辑社情民意', check_issues: '审核编发', sign_issues: '签发', read_instructions: '看批示全文',
  arrange_visits: '安排走访', visit: '走访委员', receive_visits: '接受走访', manage_roster: '管理委员名册', manage_accounts: '管理单位与账号', view_powers: '查看权限', manage_rules: '管理规则与日历', read_rules: '查看规则的改动', enter_on_behalf: '代录',
  view_health: '查看运行状况', read_audit: '查看审计记录', mark_secrets: '送涉密核查', dispose_secrets: '涉密处置',
} as const satisfies Record<Ability, string>;
export const bodyKindWords = {
  cppcc: '市政协', office: '办公室', committee: '专委会', sector: '界别', town: '镇街', unit: '承办单位', participating_body: '参加单位', dispatch: '交办单位',
} as const satisfies Record<BodyKind, string>;
/** Where a post must be held for a move. */
export const whereWords = { own: '本人和本单位的', holder: '在本专委会的', co: '本专委会协办的', anywhere: '全部' } as const satisfies Record<Where, string>;

/** What the audit log knows beside the moves of documents (duty-rules §6). */
export const auditKinds = ['session.opened', 'session.refused', 'session.ended', 'sessions.ended', 'password.changed', 'password.refused', 'second_factor.set', 'second_factor.refused', 'second_factor.ended', 'second_factor.reset', 'recovery_codes.made', 'recovery_code.used', 'desk_ask.confirmed', 'desk_ask.refused',
  'member.added', 'member.changed', 'member.ended', 'member.restored', 'phone.shown', 'phone.changed', 'binding.released', 'invitation.issued', 'roster.imported', 'roster.exported',
  'notice.called', 'notice.call_list',
  'post.given', 'post.ended', 'account.opened', 'account.changed', 'account.disabled', 'account.enabled', 'password.reset', 'stand_in.begun', 'stand_in.ended', 'accounts.exported',
  'body.added', 'body.changed', 'body.disabled', 'body.enabled', 'city.changed', 'setup.finished', 'instruction.read', 'rule.changed', 'rule.taken_back', 'calendar.changed', 'documents.exported', 'visits.exported', 'issue.exported', 'figures.exported', 'awards.exported', 'routing.struck', 'routing.restored', 'backup.made', 'restore.tried', 'restore.done', 'audit.exported', 'audit.pruned', 'document.read', 'secret.marked', 'secret.lifted', 'secret.disposed', 'secret.again', 'secret.backup', 'secret.read', 'secret.sought', 'secret.purged'] as const;
export type AuditKind = (typeof auditKinds)[number];
export const auditWords = {
  'session.opened': '登录', 'session.refused': '登录没有成功', 'session.ended': '退出登录', 'sessions.ended': '让其他设备退出', 'password.changed': '修改密码', 'password.refused': '修改密码没有成功',
  'second_factor.set': '设置动态验证码', 'second_factor.refused': '动态验证码不对', 'second_factor.ended': '停用动态验证码', 'second_factor.reset': '重置动态验证码', 'recovery_codes.made': '生成恢复码', 'recovery_code.used': '用恢复码登录', 'desk_ask.confirmed': '用手机确认电脑登录', 'desk_ask.refused': '用手机拒绝电脑登录',
  'notice.called': '登记电话通知', 'notice.call_list': '查看电话通知单',
  'member.added': '名册增加委员', 'member.changed': '修改委员信息', 'member.ended': '结束委员资格', 'member.restored': '恢复委员资格', 'phone.shown': '查看手机号', 'phone.changed': '更换手机号', 'binding.released': '解除微信绑定',
  'invitation.issued': '发邀请码', 'roster.imported': '导入名册', 'roster.exported': '导出名册', 'post.given': '授予职务', 'post.ended': '结束职务',
  'account.opened': '开通账号', 'account.changed': '修改账号信息', 'account.disabled': '停用账号', 'account.enabled': '恢复账号', 'password.reset': '重置密码', 'stand_in.begun': '安排代理', 'stand_in.ended': '结束代理', 'accounts.exported': '导出账号',
  'body.added': '增加机构', 'body.changed': '修改机构', 'body.disabled': '停用机构', 'body.enabled': '恢复机构', 'city.changed': '修改本市信息', 'setup.finished': '完成开始使用', 'instruction.read': '查看批示全文', 'documents.exported': '导出社情民意和提案', 'visits.exported': '导出走访安排', 'issue.exported': '下载编发的一期', 'figures.exported': '导出统计和通报', 'awards.exported': '导出优秀提案',
  'rule.changed': '修改规则', 'rule.taken_back': '收回未生效的规则', 'calendar.changed': '修改日历',
  'routing.struck': '划掉分办学到的词', 'routing.restored': '恢复划掉的分办词',
  'backup.made': '备份', 'restore.tried': '试恢复', 'restore.done': '恢复数据', 'audit.exported': '导出审计记录', 'audit.pruned': '清理过期的审计记录', 'document.read': '查阅受限文件',
  'secret.marked': '送涉密核查', 'secret.lifted': '涉密核查后解除', 'secret.disposed': '涉密处置', 'secret.again': '恢复数据以后再作涉密处置', 'secret.backup': '登记备份已处理', 'secret.read': '查阅送核查的内容', 'secret.sought': '找某人没提交的草稿送核查', 'secret.purged': '本人清除涉密草稿',
} as const satisfies Record<AuditKind, string>;
/** How somebody signed in. */
export type Way = 'password' | 'wechat' | 'qr';
export const wayWords = { password: '账号密码', wechat: '微信', qr: '手机扫码' } as const satisfies Record<Way, string>;
/** What an auditor looks for; every kind of record belongs to one. */
export const auditGroups = ['session', 'export', 'reading', 'keeping', 'change'] as const;
export type AuditGroup = (typeof auditGroups)[number];
export const auditGroupWords = { session: '登录', export: '导出', reading: '查阅受限内容', keeping: '备份和保存', change: '账号和设置变更' } as const satisfies Record<AuditGroup, string>;
export function auditGroupOf(kind: AuditKind): AuditGroup {
  if (kind.startsWith('session.')) return 'session';
  if (kind.endsWith('.exported')) return 'export';
  if (kind.endsWith('.shown') || kind.endsWith('.read')) return 'reading';
  return /^(backup|restore|audit)\./.test(kind) ? 'keeping' : 'change';
}
