import type { Allowance } from '../deadlines.ts';

/** Pages of 规则与日历. */
export const ruleGroups = ['limits', 'deadlines', 'choices', 'routing', 'texts', 'notices', 'signing', 'city'] as const;
export type RuleGroup = (typeof ruleGroups)[number];
export const ruleGroupWords = { limits: '字数和附件', deadlines: '期限和上班时间', choices: '选项和理由', routing: '分送', texts: '固定的文字', notices: '通知和提醒', signing: '登录和安全', city: '本市和其他' } as const satisfies Record<RuleGroup, string>;

export type AllowanceForm = 'workdays' | 'days' | 'months' | 'officeMinutes' | 'sameDay';
/**
 * What a value looks like, and so how it is checked and edited.
 * coded: `fixed` codes that the house itself works with (renamed and ordered only); `lettered` codes that people see and choose; `reading` with `keepsReading`.
 */
export type RuleShape =
  | { readonly kind: 'limits'; readonly units: boolean }
  | { readonly kind: 'allowance'; readonly forms: readonly AllowanceForm[] }
  | { readonly kind: 'hours' } | { readonly kind: 'bytes' } | { readonly kind: 'routing' } | { readonly kind: 'texts' } | { readonly kind: 'privacy' } | { readonly kind: 'notices' } | { readonly kind: 'city' } | { readonly kind: 'sessions' }
  | { readonly kind: 'quiet' } | { readonly kind: 'time' } | { readonly kind: 'reminders' } | { readonly kind: 'wechat_templates' } | { readonly kind: 'sms_templates' }
  | { readonly kind: 'number'; readonly unit: string; readonly min: number; readonly max: number; /** Kept as a share of 1, shown as a percentage. */ readonly share?: true }
  /** Several numbers that belong together. `atMost`: the name of another that it may not be above. */
  | { readonly kind: 'figures'; readonly fields: readonly Figure[] }
  | { readonly kind: 'choice'; readonly options: readonly { readonly code: string; readonly name: string }[] }
  | { readonly kind: 'coded'; readonly codes: 'free' | 'fixed' | 'lettered'; readonly reading?: true }
  | { readonly kind: 'lines'; readonly max: number };
export interface Figure { readonly name: string; readonly words: string; readonly unit: string; readonly min: number; readonly max: number; readonly atMost?: string }
export type ShapeKind = RuleShape['kind'];

/** One setting of a term that the office keeps. `hint`: what it does, in the office's words. */
export interface Rule { readonly name: string; readonly group: RuleGroup; readonly words: string; readonly hint: string; readonly shape: RuleShape }

const whole: readonly AllowanceForm[] = ['workdays', 'days'];
const long: readonly AllowanceForm[] = ['months', 'workdays', 'days'];
const anyForm: readonly AllowanceForm[] = ['workdays', 'days', 'officeMinutes', 'sameDay'];
const rule = (group: RuleGroup) => (name: string, words: string, hint: string, shape: RuleShape): Rule => ({ name, group, words, hint, shape });
const [limits, deadline, choices, routing, texts, notices, signing, city] = [rule('limits'), rule('deadlines'), rule('choices'), rule('routing'), rule('texts'), rule('notices'), rule('signing'), rule('city')];
const figures = (...fields: readonly Figure[]): RuleShape => ({ kind: 'figures', fields });
const points = (name: string, words: string): Figure => ({ name, words, unit: '分', min: 0, max: 100 });
const goal = (name: string, words: string, unit: string): Figure => ({ name, words, unit, min: 0, max: 20_000 });
const coded = (codes: 'free' | 'fixed' | 'lettered' = 'free'): RuleShape => ({ kind: 'coded', codes });
const within = (forms: readonly AllowanceForm[] = whole): RuleShape => ({ kind: 'allowance', forms });

export const ruleBook: readonly Rule[] = [
  limits('opinion.limits', '社情民意的字数', '写的时候和提交的时候都照这个核对', { kind: 'limits', units: false }),
  limits('proposal.limits', '提案的字数', '写的时候和提交的时候都照这个核对', { kind: 'limits', units: true }),
  limits('files.maxBytes', '附件大小', '一个附件最大多少', { kind: 'bytes' }),
  deadline('office.hours', '上班时间', '按上班时间算的期限、到期的钟点照这个定', { kind: 'hours' }),
  deadline('deadline.triage', '分办期限', '收到以后多久分出去', within(anyForm)),
  deadline('deadline.urgent', '急件期限', '急、特急的社情民意，每一步多久办完', within(['officeMinutes', 'workdays', 'days'])),
  deadline('deadline.opinion.review', '社情民意初审期限', '分到专委会以后多久审完', within()),
  deadline('deadline.opinion.edit', '社情民意编辑期限', '初审通过以后多久编完', within()),
  deadline('deadline.proposal.plan', '拟定承办单位期限', '立案以后，提案委多久拟定承办单位', within()),
  deadline('deadline.proposal.hand', '交办期限', '拟定以后，交办单位多久交办', within()),
  deadline('deadline.handling.sign', '签收期限', '交办以后，承办单位多久签收', within()),
  deadline('deadline.handling.object', '申请改办期限', '交办以后，承办单位多久以内可以申请改办', within()),
  deadline('deadline.handling.reassign', '答复改办期限', '申请改办以后，交办单位多久答复', within()),
  deadline('deadline.handling.talk', '办前面商期限', '交办以后，承办单位多久以内联系提案人', within()),
  deadline('deadline.handling.opinion', '会办意见期限', '签收以后，会办单位多久提出意见', within()),
  deadline('deadline.handling.extension', '答复延期期限', '申请延期以后，交办单位多久答复', within()),
  deadline('deadline.handling.reply', '答复期限', '交办以后，承办单位多久答复提案人', within(long)),
  deadline('deadline.handling.cap', '办理最长期限', '从第一次交办起，改办、延期都不能超过', within(long)),
  deadline('deadline.handling.countersign', '会签期限', '送会签以后，会办单位多久会签', within()),
  deadline('deadline.handling.review', '答复审核期限', '提交答复以后，交办单位多久审核', within()),
  deadline('deadline.handling.release', '答复送达期限', '审核通过以后，交办单位多久送达提案人', within()),
  deadline('deadline.handling.rework', '重新办理期限', '提案人不满意以后，承办单位多久再次答复', within(long)),
  deadline('deadline.proposal.rate', '评价期限', '答复送达以后，提案人多久评价', within()),
  deadline('deadline.proposal.meeting', '组织面商期限', '再次不满意以后，提案委多久组织面商', within()),
  deadline('reply.rounds', '答复几轮', '提案人不满意的，最多答复几轮；之后由提案委组织面商', { kind: 'number', unit: '轮', min: 1, max: 3 }),
  deadline('handling.urgeDays', '多久可以再催办', '对一个承办单位的一件，催办一次以后隔几天才能再催：1 天就是一天一次', { kind: 'number', unit: '天', min: 1, max: 30 }),
  deadline('handling.extensionMonths', '延期多久', '同意延期一次，延长几个月', { kind: 'number', unit: '个月', min: 1, max: 3 }),
  deadline('deadline.supervision.decide', '确定重点提案期限', '提名以后，多久由主席会议确定', within()),
  deadline('deadline.supervision.plan', '督办方案期限', '列为重点提案以后，专委会多久制定督办方案', within()),
  deadline('deadline.supervision.weigh', '核对督办答复期限', '承办单位答复督办要求以后，专委会多久核对', within()),
  deadline('deadline.supervision.close', '督办办结期限', '提交督办报告以后，提案委多久办结', within()),
  deadline('deadline.publication.consent', '答复公开期限', '征求提案人以后，多久答复同意不同意；没有答复的不公开', within()),
  deadline('deadline.publication.approve', '审核公开期限', '提案人都同意以后，提案委多久审核公开', within()),
  deadline('deadline.opinion.consent', '反映人回复编辑稿期限', '到期没有回复的，按编辑稿办理', within()),
  deadline('deadline.opinion.check', '编辑稿审核期限', '送审以后多久审核', within(anyForm)),
  deadline('deadline.opinion.sign', '编辑稿签发期限', '审核以后多久签发', within(anyForm)),
  deadline('deadline.opinion.send', '报送期限', '编发以后多久报送', within(anyForm)),
  deadline('deadline.opinion.revise', '社情民意补充期限', '退回以后，提交人多久补充', within()),
  deadline('deadline.proposal.review', '提案审查期限', '分到专委会以后多久提出意见', within()),
  deadline('deadline.proposal.decide', '提案审定期限', '有了初审意见以后多久审定', within()),
  deadline('deadline.proposal.revise', '提案修改期限', '退回以后，提案人多久修改', within()),
  deadline('deadline.proposal.cosign', '答复联名期限', '邀请以后，受邀委员多久答复；到期没有答复的不算联名', within()),
  deadline('deadline.proposal.cosign_anew', '重新联名期限', '修改建议改了文字以后，联名的委员多久重新答复；到期没有答复的不再算联名', within()),
  limits('proposal.cosigners', '联名人数', '一件提案最多请多少位委员联名', { kind: 'number', unit: '位', min: 1, max: 100 }),
  deadline('deadline.proposal.edits', '修改建议答复期限', '提出修改建议以后，提案人多久逐段答复；到期没有答复的按原文', within()),
  deadline('deadline.proposal.consent', '转办征求意见期限', '建议转社情民意时，提案人多久答复', within()),
  deadline('deadline.entry.confirm', '代录确认期限', '代录以后，本人多久确认', within()),
  deadline('deadline.entry.correct', '代录更正期限', '本人说不对以后，多久更正', within()),
  deadline('deadline.visit.arrange', '走访改期答复期限', '委员提出改期以后多久答复', within()),
  deadline('undo.seconds', '可以撤销的时间', '办完一步以后，本人多少秒以内可以撤销；通知也在这以后才发', { kind: 'number', unit: '秒', min: 5, max: 120 }),
  choices('opinion.categories', '社情民意的类别', '提交人从这里选', coded()),
  choices('opinion.natures', '信息性质', '提交人从这里选', coded()),
  choices('urgencies', '紧急程度', '提交人从这里选', coded('fixed')),
  choices('categories', '提案的类别', '提案人从这里选', coded()),
  choices('opinion.notAdoptedReasons', '不予采用的理由', '初审人从这里选，提交人看得到', coded()),
  choices('secret.reasons', '送涉密核查的理由', '信息编辑、办公室主任、提案委办公室送核查时从这里选', coded()),
  deadline('secret.draftDays', '涉密处置查多早的备份', '提交以前，草稿可能已经在服务器上多少天；这些天里做的备份也要人工处理', { kind: 'number', unit: '天', min: 0, max: 365 }),
  choices('opinion.instructionLevels', '批示的层级', '登记批示时从这里选，提交人看得到层级', coded('fixed')),
  choices('opinion.firstReview', '社情民意由谁初审', '选“办公室”的不再分到专委会；选“办公室定、专委会提意见”的，专委会写协办意见', { kind: 'choice', options: [{ code: 'committee', name: '专委会' }, { code: 'office', name: '办公室' }, { code: 'both', name: '办公室定、专委会提意见' }] }),
  choices('opinion.consent', '编辑稿征求反映人意见', '从改了以后领办的件起', { kind: 'choice', options: [{ code: 'off', name: '不征求' }, { code: 'on', name: '征求，同意了才送审' }] }),
  choices('issue.mark', '编发稿注明内部资料', '下载的 Word 左上角印不印“内部资料　注意保存”', { kind: 'choice', options: [{ code: 'none', name: '不印' }, { code: 'one', name: '只报送一处的印' }, { code: 'all', name: '都印' }] }),
  choices('proposal.sessions', '会议和收提案的时间', '每次全体会议从哪天到哪天收大会提案，由谁审定，哪几类提案只在这段时间收；其余时间收平时提案', { kind: 'sessions' }),
  choices('proposal.seal', '集体提案的签名盖章', '集体提案提交时，要不要附上签名盖章页的照片或扫描件', { kind: 'choice', options: [{ code: 'picture', name: '要附上' }, { code: 'confirm', name: '由单位确认，原件留存备查' }] }),
  choices('proposal.outcomes', '提案的审查结果', '初审和审定从这里选', coded('fixed')),
  choices('proposal.rejectReasons', '不予立案的理由', '审定时从这里选，提案人看得到', coded()),
  choices('replyClasses', '答复类别', '承办单位答复时从这里选', coded('lettered')),
  choices('returnReasons', '退回时常用的话', '点一下就填进退回意见，还可以改', { kind: 'lines', max: 60 }),
  choices('rerouteReasons', '改送时常用的话', '点一下就填进改送理由，还可以改', { kind: 'lines', max: 60 }),
  choices('member.endReasons', '委员资格结束的原因', '名册里结束资格时选；“还能登录”是指还能看自己的件', { kind: 'coded', codes: 'free', reading: true }),
  choices('reply.publicity', '答复公开方式', '承办单位写答复时选', coded()),
  choices('talk.forms', '面商方式', '承办单位登记面商时选', coded()),
  choices('supervision.forms', '督办方式', '列为重点提案时选；只有评议督办请委员评议', coded('fixed')),
  choices('supervision.decider', '重点提案由谁确定', '主席会议审议以后，由谁在这里登记结果；从下一次提名起', { kind: 'choice', options: [{ code: 'chair', name: '主席' }, { code: 'secretary_general', name: '秘书长' }, { code: 'proposal_office', name: '提案委办公室' }] }),
  choices('appraisal.items', '评议督办的项目', '请委员评议时逐项打分；已经开始的评议不变', coded()),
  choices('appraisal.most', '评议督办每项满分', '每一项从 1 分打到这个数；已经开始的评议不变', { kind: 'number', unit: '分', min: 2, max: 100 }),
  choices('award.levels', '优秀提案的等次', '评定优秀提案时从这些等次里选', coded()),
  choices('award.perBody', '优秀提案推荐名额', '每个专委会一年最多推荐几件', { kind: 'number', unit: '件', min: 1, max: 100 }),
  choices('award.share', '优秀提案的比例', '一年最多评立案提案的百分之几，至少一件', { kind: 'number', unit: '%', min: 1, max: 50, share: true }),
  choices('award.collectiveShare', '优秀提案里集体提案的比例', '评选时显示，供提案委掌握', { kind: 'number', unit: '%', min: 1, max: 100, share: true }),
  choices('award.highest', '优秀提案评分的满分', '从 1 分评到这个数', { kind: 'number', unit: '分', min: 5, max: 100 }),
  choices('visit.forms', '走访形式', '安排走访时选', coded()),
  choices('visit.topics', '走访话题', '安排走访时选', { kind: 'lines', max: 60 }),
  routing('route.confirm', '自动分送', '系统有把握的，直接送专委会，还是每一件都由人定', { kind: 'choice', options: [{ code: 'low', name: '有把握的自动分送' }, { code: 'always', name: '每一件都由人定' }] }),
  routing('route.threshold', '自动分送的把握', '把握低于这个数的，到分办台由人定', { kind: 'number', unit: '%', min: 50, max: 99, share: true }),
  routing('routing.table', '分送表', '哪个主题归哪个专委会；界别、镇街、类别只作参考', { kind: 'routing' }),
  texts('texts', '提示、承诺和访客页', '小程序和工作台上的固定文字', { kind: 'texts' }),
  texts('privacy', '隐私说明', '改了以后，每个人下次登录要重新看过、重新同意', { kind: 'privacy' }),
  notices('notice.texts', '通知的文字', '每一种通知怎么写；没有改过的用原来的', { kind: 'notices' }),
  notices('notice.reminders', '到期提醒', '提前几天、当天、过期几天各提醒一次，只提醒还没有办的', { kind: 'reminders' }),
  notices('notice.reminderTime', '到期提醒的钟点', '要提醒的那天几点发', { kind: 'time' }),
  notices('notice.quiet', '免打扰的时间', '这段时间不发微信和短信，各人可以自己另定；两个钟点一样就是不设', { kind: 'quiet' }),
  notices('notice.digestTime', '汇总提醒的钟点', '选了汇总的人，每天或者每星期一几点收到', { kind: 'time' }),
  notices('notice.smsAfterHours', '没看的多久补发短信', '走访通知在微信送到了、过这么久还没看的，补发一条短信', { kind: 'number', unit: '小时', min: 1, max: 72 }),
  notices('wechat.templates', '微信消息模板', '在微信后台选好的模板：哪类通知用哪一个，每一栏填什么', { kind: 'wechat_templates' }),
  notices('sms.templates', '短信模板', '短信平台审核通过的模板：哪类通知用哪一个，每个变量填什么', { kind: 'sms_templates' }),
  signing('session.desk', '电脑登录保持多久', '到时间没有操作的自动退出，写了一半的还在', figures({ name: 'idleMinutes', words: '多久没有操作就退出', unit: '分钟', min: 5, max: 240 }, { name: 'mostHours', words: '最长', unit: '小时', min: 1, max: 24 }, { name: 'warnMinutes', words: '提前多久提醒', unit: '分钟', min: 1, max: 30, atMost: 'idleMinutes' })),
  signing('session.phone', '手机登录保持多久', '到期以后用微信再登录一次，草稿还在', figures({ name: 'idleDays', words: '多久没有打开就退出', unit: '天', min: 1, max: 90, atMost: 'mostDays' }, { name: 'mostDays', words: '最长', unit: '天', min: 1, max: 180 })),
  signing('password.minLength', '密码最少多少位', '从下一次设置密码起', { kind: 'number', unit: '位', min: 8, max: 64 }),
  signing('guesses', '密码输错几次锁住', '锁住期间，对的密码也登录不了', figures({ name: 'most', words: '连着输错', unit: '次', min: 3, max: 10 }, { name: 'shutMinutes', words: '锁多久', unit: '分钟', min: 5, max: 240 })),
  signing('deskAsk', '电脑上登录用的二维码', '过了时间，二维码要刷新', figures({ name: 'seconds', words: '多久有效', unit: '秒', min: 30, max: 600 }, { name: 'pollSeconds', words: '电脑多久问一次', unit: '秒', min: 1, max: 10, atMost: 'seconds' })),
  signing('audit.keep', '审计记录保存多久', '法规要求至少 180 天', figures({ name: 'keepDays', words: '保存', unit: '天', min: 180, max: 3650 })),
  signing('health.limits', '运行状况什么时候提醒', '过了这些，“运行状况”里提醒系统管理员', figures({ name: 'backupHours', words: '多久没有备份', unit: '小时', min: 1, max: 240 }, { name: 'restoreTestDays', words: '多久没有试恢复', unit: '天', min: 1, max: 366 }, { name: 'diskFreePercent', words: '磁盘剩余低于', unit: '%', min: 1, max: 50 })),
  city('city', '市名、机关和联系方式', '显示在登录页、小程序、通知和隐私说明里', { kind: 'city' }),
  city('opinion.points', '社情民意通报的分值', '“社情民意统计”和通报里的积分照这个算，改了以后重新算；履职积分另有规则', figures(points('received', '提交一件'), points('issued', '编发一期'), points('national', '全国政协采用'), points('provincial', '省政协采用'), points('city', '市委、市政府采用'), points('department', '部门采用'), points('instructed', '领导批示'))),
  city('opinion.goals', '社情民意全年目标', '“社情民意统计”里跟完成的数对着看；填零就是没有定', figures(goal('received', '收到', '件'), goal('issued', '编发', '期'), goal('national', '全国政协采用', '件'), goal('provincial', '省政协采用', '件'))),
  city('invitation.days', '邀请码有效天数', '发邀请码时先填这个数，还可以改', { kind: 'number', unit: '天', min: 1, max: 180 }),
];
const byName = new Map(ruleBook.map((it) => [it.name, it]));

/** A deadline that a flow names and nobody has described here yet can still be changed, under its own name. */
export const ruleOf = (name: string): Rule | undefined => byName.get(name) ?? (/^deadline\.[\w.]+$/.test(name) ? deadline(name, `期限（${name}）`, '', within(anyForm)) : undefined);

/** Days off and make-up days of one year are changed as one. */
export const calendarRule = (year: number): string => `calendar.${year}`;
export const yearOfRule = (name: string): number | undefined => { const [, year] = /^calendar\.(\d{4})$/.exec(name) ?? []; return year === undefined ? undefined : Number(year); };

export const formOf = (it: Allowance): AllowanceForm => ('workdays' in it ? 'workdays' : 'days' in it ? 'days' : 'months' in it ? 'months' : 'officeMinutes' in it ? 'officeMinutes' : 'sameDay');
export function allowanceWords(it: Allowance): string {
  if ('workdays' in it) return `${it.workdays} 个工作日`;
  if ('days' in it) return `${it.days} 天`;
  if ('months' in it) return `${it.months} 个月`;
  return 'officeMinutes' in it ? `上班时间内 ${it.officeMinutes} 分钟` : `当天办结，${it.sameDayUntil} 以后收到的到下一工作日 ${it.nextDayAt}`;
}
