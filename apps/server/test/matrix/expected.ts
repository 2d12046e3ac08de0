import { isOwn } from './world.ts';
import type { Placed, Role } from './world.ts';

/**
 * What is expected of a route, beside its gate (its own `who`: everybody else gets 401 or 403, which is tried for every route without a word here).
 * - `gate`     it shows no document and takes none: only the gate is tried, and those who may call it do not.
 * - `silent`   everybody who may calls it: its answer names no document that the caller may not see.
 * - `one`      takes a document's (or its file's) id: 404 for whoever may not see it, something else for whoever may; nothing changes. `of` one kind: the other kind is not there for anybody.
 * - `many`     names exactly those documents that the caller may see (of those that it is about).
 * - `count`    whoever may see nothing is counted nothing.
 */
export type Entry =
  | { readonly how: 'gate' } | { readonly how: 'silent' | 'count'; readonly input: object }
  | { readonly how: 'one'; readonly of: 'document' | 'opinion' | 'proposal' | 'file' | 'visit' | 'entry' | 'cosign'; readonly input: object }
  | { readonly how: 'many'; readonly input: object; readonly which: (doc: Placed, reader: Role) => boolean };
type Which = Extract<Entry, { how: 'many' }>['which'];

const gate: Entry = { how: 'gate' };
const silent = (input: object = {}): Entry => ({ how: 'silent', input });
const count = (input: object = {}): Entry => ({ how: 'count', input });
const one = (input: object = {}, of: Extract<Entry, { how: 'one' }>['of'] = 'document'): Entry => ({ how: 'one', of, input });
const many = (input: object, which: Which): Entry => ({ how: 'many', input, which });

/** A version that no document has: whoever may see it is told that it changed or that it is not theirs to do, and nothing is done. */
const version = -1;
const form = { key: 'matrix-again', title: '矩阵里再写一次的标题', situation: '走访了三个小区，情况属实，群众反映强烈，需要尽快研究解决。', analysis: '管理责任不清。', suggestion: '请有关部门尽快研究解决这个问题。', noSecret: true, original: true };
const words = { title: form.title, situation: form.situation, suggestion: form.suggestion };
const documents: Which = ({ kind }) => kind === 'opinion' || kind === 'proposal';

/** What a new route needs: one line here. Routes by their name, what is outside the table (bytes) by its path. */
export const expected: Readonly<Record<string, Entry | readonly Entry[]>> = {
  guest: silent(), wechatSignIn: gate, bindByPhone: gate, bindByInvitation: gate, deskSignIn: gate, agree: gate, showMe: silent(), setDisplay: gate, signOut: gate,
  showRoutingQuality: silent(), strikeWord: gate, restoreWord: gate,
  showCatalogue: silent(), suggestRoute: silent({ title: form.title, body: form.situation }),
  listProposers: silent(), submit: gate, resubmit: one({ ...form, version }), show: one(), undo: one({ moveId: 'nothing' }),
  list: [many({ kind: 'opinion', limit: 100 }, ({ kind }) => kind === 'opinion'), many({ kind: 'proposal', limit: 100 }, ({ kind }) => kind === 'proposal')],
  listMine: many({ limit: 100 }, (doc, reader) => (doc.kind === 'opinion' || doc.kind === 'proposal') && isOwn(reader, doc)),
  withdraw: one({ version }), assign: one({ version, committeeId: 'c-wenshi' }), recall: one({ version, reason: '送错了' }), reroute: one({ version, committeeId: 'c-wenshi', reason: '属于文史' }), startReview: one({ version }),
  prepare: one({ version, outcome: 'pass', note: '建议通过' }), comment: one({ version, note: '可以配合' }), pass: one({ version }, 'opinion'), sendBack: one({ version, note: '请补充' }), notAdopt: one({ version, reason: 'vague' }, 'opinion'), review: one({ version, outcome: 'filed', note: '建议立案' }, 'proposal'),
  home: [silent(), count()], listTasks: (['triage', 'review', 'mine', 'edit', 'visits', 'handling'] as const).map((box) => silent({ box, limit: 100 })), countTriage: count({ kind: 'opinion' }), countTasks: count(),
  createVisit: gate, listVisits: many({ limit: 100 }, ({ kind }) => kind === 'visit'), 'api/visits/export': many({}, ({ kind }) => kind === 'visit'), coverage: silent(), showVisit: one({}, 'visit'), listFreeTimes: one({}, 'visit'), confirmVisit: one({ version }, 'visit'), proposeVisit: one({ version, startsAt: '2022-08-10T01:30:00.000Z' }, 'visit'), agreeVisit: one({ version, place: '别处' }, 'visit'),
  rescheduleVisit: one({ version, startsAt: '2022-08-10T01:30:00.000Z', form: 'home', place: '别处', replyBy: '2022-08-09T01:30:00.000Z' }, 'visit'), recordVisit: one({ version }, 'visit'), cancelVisit: one({ version, reason: '另有安排' }, 'visit'), undoVisit: one({ moveId: 'nothing' }, 'visit'), findMembers: silent(), listLeaders: silent(),
  listNotices: silent({ limit: 100 }), readNotice: gate, readAllNotices: gate,
  openFile: one({}, 'file'), removeFile: gate, 'api/files': gate, 'api/files/:id/content': gate,
  listRoster: silent({ limit: 100 }), countRoster: silent(), addMember: gate, editMember: gate, revealPhone: gate, changePhone: gate, giveSeat: gate, endSeat: gate, endMembership: gate, restoreMembership: gate, releaseBinding: gate, inviteMembers: gate, listImports: gate, showMember: gate, showImport: gate, listImportRows: gate, decideImportRow: gate, applyImport: gate, dropImport: gate,
  'api/roster/export': silent(), 'api/roster/template': silent(), 'api/roster/imports': gate, 'api/roster/imports/:id/left-out': gate,
  listAccounts: silent({ limit: 100 }), listAccountChoices: silent(), showAccount: gate, findPeople: silent({ query: '矩' }), createAccount: gate, editAccount: gate, openAccount: gate, resetPassword: gate, disableAccount: gate, enableAccount: gate, givePost: gate, endPost: gate, beginStandIn: gate, endStandIn: gate, inviteAccount: gate, releaseAccount: gate, 'api/accounts/export': silent(),
  listBodies: silent({ kind: 'committee' }), addBody: gate, editBody: gate, orderBodies: gate, switchBody: gate, showPowers: silent(), showSetup: silent(), saveCity: gate, saveTerm: gate, confirmStep: gate, finishSetup: gate,
  findDocuments: [many({ limit: 100 }, documents), many({ query: '矩阵', limit: 100 }, documents), many({ query: '正', limit: 100 }, documents)], 'api/search/export': [many({}, documents), many({ query: '矩阵', texts: 'yes' }, documents)],
  showHealth: silent(), listAudit: silent({ limit: 100 }), 'api/audit/export': silent(),
  // 涉密处置: the office of the kind and the security administrator; who of them sees what, and that nobody else does: journeys/secrets.spec.ts.
  listDisposals: silent({ limit: 100 }), findDisposable: gate, showDisposal: gate, markSecret: gate, liftDisposal: gate, carryOutDisposal: gate, treatBackup: gate, findDrafts: gate, markDraft: gate, purgeDraft: gate,
  listViews: silent(), keepView: gate, renameView: gate, removeView: gate,
  health: silent(), ready: silent(), 'wechat/push': gate,
  findMainCases: silent(), fileProposal: one({ version }, 'proposal'), merge: one({ version, mainId: 'nothing' }, 'proposal'), split: one({ version, note: '并案有误' }, 'proposal'), reject: one({ version, reason: 'litigation' }, 'proposal'), suggest: one({ version }, 'proposal'),
  listAmendments: one({}, 'proposal'), proposeEdits: one({ version, changes: [{ part: 'title', at: 0, after: '关于加强养老托育服务的建议' }] }, 'proposal'), answerEdits: one({ version, accepted: [true] }, 'proposal'), recallEdits: one({ version }, 'proposal'),
  convert: one({ version }, 'proposal'), askConsent: one({ version, note: '按社情民意办理' }, 'proposal'), agreeConversion: one({ version }, 'proposal'), declineConversion: one({ version }, 'proposal'), decideAnew: one({ version }, 'proposal'), refile: one({ version, note: '应当立案' }, 'proposal'), unfile: one({ version, note: '立案有误' }, 'proposal'),
  planUnits: one({ version, units: [{ unitId: 'u-yuanlin', role: 'sole' }] }, 'proposal'), returnPlan: one({ version, note: '单位不对' }, 'proposal'), handOver: one({ version }, 'proposal'), listHandlings: silent({ limit: 100 }), 'api/handlings/export': silent(),
  // A unit's own part: who sees which is asked of every kind of person in permission-matrix.spec.ts.
  listCases: silent({ limit: 100 }), countCases: silent(), urge: gate, showBoard: silent(), showHandling: gate, signFor: gate, askReassign: gate, reassign: gate, refuseReassign: gate, giveOpinion: gate, recordTalk: gate, confirmTalk: gate, denyTalk: gate, askExtension: gate, allowExtension: gate, refuseExtension: gate,
  showReply: gate, saveReply: gate, askCountersign: gate, agreeReply: gate, objectReply: gate, submitReply: gate, returnReply: gate, approveReply: gate, releaseReplies: gate, reportProgress: gate, resolveHandling: gate, rate: gate, keyPaper: gate, lapseRating: gate,
  holdMeeting: one({ version, note: '达成一致' }, 'proposal'), 'api/handlings/:id/letter': gate, 'api/handlings/:id/order': gate, 'api/handlings/:id/rating-form': gate, 'api/proposals/sheets': gate,
  // 督办: who sees which is asked in journeys/supervision.spec.ts; nothing of it is there in the matrix.
  listSupervisions: silent({ limit: 100 }), 'api/supervisions/export': silent(), findKeyCandidates: silent(), showSupervision: gate, nominate: gate, makeKey: gate, declineKey: gate, cancelKey: gate, beginSupervision: gate, recordEvent: gate, makeDemand: gate, answerDemand: gate, settleDemand: gate, insistDemand: gate, findAppraisers: gate,
  callAppraisal: gate, closeAppraisal: gate, reportSupervision: gate, returnReport: gate, closeSupervision: gate, showOwnSupervision: one({}, 'proposal'), showBallot: gate, scoreBallot: gate,
  // 公开: guests read published copies alone; who asks, answers and approves is in journeys/publication.spec.ts.
  listPublic: silent({ limit: 100 }), showPublic: gate, listPublications: silent({ limit: 100 }), showPublication: gate, askPublication: gate, publish: gate, refreshPublication: gate, withdrawPublication: gate, showOwnPublication: gate, agreePublication: gate, refusePublication: gate, takeBackConsent: gate,
  listAwards: silent({ limit: 100 }), findAwardCandidates: silent(), nominateAward: gate, scoreAward: gate, giveAward: gate, passOver: gate, revokeAward: gate, 'api/awards/export': gate,
  showFigures: silent(), 'api/proposals/figures/export': gate, listFigure: silent({ figure: 'received', limit: 100 }),
  drop: one({ version }, 'proposal'), askDrop: one({ version, note: '已经解决' }, 'proposal'), allowDrop: one({ version }, 'proposal'), refuseDrop: one({ version, note: '仍要办理' }, 'proposal'),
  listRules: silent(), listRuleChanges: silent(), showCalendar: silent({ year: 2022 }), showSignIn: silent(), showSession: silent(), listDevices: silent(),
  findSimilar: silent({ title: form.title, body: form.situation }), showSimilar: one({}, 'opinion'), listTopics: silent(), absorb: one({ version, others: [{ id: 'nothing', version }] }, 'opinion'), separate: one({ version, note: '不是同一件事' }, 'opinion'),
  // Rules and the calendar: about no document.
  showRule: silent({ name: 'opinion.limits' }), changeRule: gate, takeBackRule: gate, listRedated: gate, readHolidayText: gate, saveCalendar: gate, 'api/calendar/:year/file': gate,
  // 编辑、签发、报送: the edited text and the ledger are the report's own.
  showEdition: one({}, 'opinion'), saveEdition: one({ version, series: 'information', title: form.title, body: form.situation }, 'opinion'), takeOver: one({ version }, 'opinion'), take: one({ version }, 'opinion'), askAgree: one({ version }, 'opinion'), agreeEdition: one({ version }, 'opinion'), objectEdition: one({ version, note: '与原意不符' }, 'opinion'),
  sendCheck: one({ version }, 'opinion'), check: one({ version }, 'opinion'), rework: one({ version, note: '请核对数据' }, 'opinion'), sign: one({ version }, 'opinion'), archiveReport: one({ version, note: '留作参考' }, 'opinion'), recallIssue: one({ version, note: '数字有误' }, 'opinion'), reopen: one({ version }, 'opinion'), listIssues: silent({ limit: 100 }), showBulletin: gate, 'api/issues/:id/docx': gate, 'api/issues/:id/pictures': gate,
  showOpinionFigures: silent({ from: '2022-01-01', to: '2022-12-31' }), showPace: silent(), findReporters: silent({ query: '矩' }), 'api/figures/opinions/:table/xlsx': gate, 'api/figures/opinions/circular': gate,
  listDeliveries: one({}, 'opinion'), send: one({ version, channels: ['city_party'] }, 'opinion'), /* Of a line that is not there; send goes through the same door. */ record: gate, showInstruction: gate, listLedger: silent({ limit: 100 }), 'api/issues/export': silent(), 'api/deliveries/export': silent(),
  // 代录: seen by the office that entered it and by its author.
  createEntry: gate, listEntries: many({ limit: 100 }, ({ kind, authorId }, reader) => kind === 'entry' && authorId !== reader.id), findEntryAuthors: silent({ kind: 'opinion', query: '岗' }), 'api/entries/read': gate, 'api/entries/export': many({}, ({ kind, authorId }, reader) => kind === 'entry' && authorId !== reader.id),
  showEntry: one({}, 'entry'), correctEntry: one({ version, key: 'matrix-entry-1', ...words }, 'entry'), cancelEntry: one({ version, key: 'matrix-entry-2', reason: '录错了人' }, 'entry'), confirmEntry: one({ version, key: 'matrix-entry-3', noSecret: true, original: true }, 'entry'), askCorrection: one({ version, key: 'matrix-entry-4', note: '第二段不对' }, 'entry'), refuseEntry: one({ version, key: 'matrix-entry-5', note: '不是我写的' }, 'entry'),
  // An invitation is its member's alone, and not even the first proposer's; who has signed, declined or was silent stands in permission-matrix.spec.ts as roles of their own.
  inviteSigners: gate, showJoint: silent({ draftKey: 'matrix-001-draft' }), /* By whoever asked. */ callOff: gate, listInvitations: many({ limit: 100 }, ({ kind, authorId }, reader) => kind === 'cosign' && authorId === reader.id), showInvitation: one({}, 'cosign'), cosign: one({ version }, 'cosign'), declineCosign: one({ version }, 'cosign'), takeBackCosign: one({ version }, 'cosign'),
  // Drafts: everybody's own, as if nobody else had any.
  listDrafts: silent(), showDraft: gate, keepDraft: gate, removeDraft: gate,
  // 送达: of visits, for those who arrange them.
  listSendings: silent({ limit: 100 }), showSending: gate, 'api/sendings/:id/export': gate, urgeSending: gate, listCalls: gate, markCalled: gate, sendBySms: gate, foreseeReach: gate, readAbout: gate, showMyReminders: silent(), saveMyReminders: gate, tellConsents: gate,
  // One's own signing in.
  resetSecondFactor: gate, enterSecondFactor: gate, beginDeskAsk: gate, claimDeskAsk: gate, changePassword: gate, beginSecondFactor: gate, setSecondFactor: gate, renewRecoveryCodes: gate, endSecondFactor: gate, lookAtDeskAsk: gate, answerDeskAsk: gate, endDevice: gate, endOtherDevices: gate,
};

/** What to do about a route that nobody has spoken of. */
export const howTo = (name: string): string => `${name}：在 apps/server/test/matrix/expected.ts 里加一行。不给看文书、也不收文书编号：gate；答的内容里可能提到文书：silent({…能用的输入})；收文书编号：one({ version, …能用的输入 })；列出文书：many({…}, 哪些)；件数：count({…})`;
