import { disposedTitle } from '@lvzhi/domain';

/** Rows of a table that belong to what is disposed of: whose ids stand in `by`, and what they are set to; without `set` they are removed. */
type Of = 'submission' | 'handling' | 'entry' | 'rating' | 'supervision' | 'joint' | 'document';
export interface Treatment { readonly table: string; readonly by: string; readonly of: Of; readonly set?: Readonly<Record<string, string | null>> }

/** `document`: any of them, demands and ballots too. Every column that may hold what somebody wrote stands here or below; a spec compares with the tables. */
export const treatments: readonly Treatment[] = [
  { table: 'submissions', by: 'id', of: 'submission', set: { title: disposedTitle, draft_hash: '' } },
  { table: 'revisions', by: 'submission_id', of: 'submission', set: { title: disposedTitle, situation: '', analysis: '', suggestion: '', file_ids: '[]', signer: null, seal_ids: null } },
  { table: 'routings', by: 'submission_id', of: 'submission' },
  { table: 'routing_examples', by: 'submission_id', of: 'submission' },
  { table: 'notes', by: 'submission_id', of: 'submission', set: { note: '' } },
  { table: 'amendments', by: 'submission_id', of: 'submission', set: { note: '', changes: '[]' } },
  { table: 'editions', by: 'submission_id', of: 'submission', set: { title: disposedTitle, body: '' } },
  { table: 'edition_texts', by: 'submission_id', of: 'submission', set: { title: disposedTitle, body: '' } },
  { table: 'issues', by: 'submission_id', of: 'submission', set: { title: disposedTitle, recall_reason: null } },
  { table: 'channel_entries', by: 'submission_id', of: 'submission', set: { note: '', gist: '', sealed: null } },
  { table: 'drafts', by: 'of_id', of: 'submission' },
  { table: 'handling_notes', by: 'handling_id', of: 'handling', set: { note: '' } },
  { table: 'talks', by: 'handling_id', of: 'handling', set: { people: '', gist: '' } },
  { table: 'talk_answers', by: 'handling_id', of: 'handling', set: { note: '' } },
  { table: 'replies', by: 'handling_id', of: 'handling', set: { body: '', doc_no: '', signer: '', publicity_reason: '', contact: '' } },
  { table: 'ratings', by: 'id', of: 'rating', set: { note: '', paper_ids: '[]' } },
  { table: 'entries', by: 'id', of: 'entry', set: { title: disposedTitle, form_hash: '', form: JSON.stringify({ situation: '', analysis: '', suggestion: '', category: null, nature: null, townId: null, urgency: 'normal', unitIds: [] }), file_ids: '[]', paper_ids: '[]', source_id: null } },
  { table: 'entry_notes', by: 'entry_id', of: 'entry', set: { note: '' } },
  { table: 'supervisions', by: 'id', of: 'supervision', set: { reason: '', meeting: '', plan: '', report: '' } },
  { table: 'supervision_events', by: 'supervision_id', of: 'supervision', set: { place: '', people: '', what: '', findings: '' } },
  { table: 'supervision_notes', by: 'supervision_id', of: 'supervision', set: { note: '' } },
  { table: 'demands', by: 'supervision_id', of: 'supervision', set: { demand: '', answer: '', note: '' } },
  { table: 'ballots', by: 'supervision_id', of: 'supervision', set: { note: '' } },
  { table: 'publications', by: 'proposal_id', of: 'submission', set: { title: disposedTitle, authors: '', situation: '', analysis: '', suggestion: '', replies: '[]', note: '' } },
  { table: 'awards', by: 'proposal_id', of: 'submission', set: { reason: '', note: '' } },
  { table: 'joints', by: 'id', of: 'joint', set: { text_hash: '' } },
  { table: 'joint_texts', by: 'joint_id', of: 'joint', set: { title: disposedTitle, situation: '', analysis: '', suggestion: '', file_ids: '[]' } },
  { table: 'files', by: 'doc_id', of: 'document' },
  { table: 'outbox', by: 'doc_id', of: 'document' },
];

/** Treated by statements of their own (removal.ts): the index, a person's kept views, what routing learnt, the title kept while it is decided. */
export const treatedApart: Readonly<Record<string, readonly string[]>> = { search_entries: ['search_text'], similar_texts: ['terms', 'counts'], saved_views: ['query', 'name'], routing_models: ['words'], disposals: ['title'] };

/** Columns of text that hold no word of a submission, and why. */
export const freeOfText: Readonly<Record<string, string>> = {
  'marks.*': '系统记号', 'settings.*': '规则', 'rule_changes.*': '规则的改动', 'redated_deadlines.*': '期限', 'calendar_days.*': '日历', 'plan_entries.*': '协商计划', 'bodies.*': '机构名', 'persons.*': '名册', 'desk_accounts.*': '账号', 'wechat_bindings.*': '加密的微信号', 'bind_tickets.*': '加密的微信号',
  'roster_imports.*': '名册', 'roster_import_rows.*': '加密的名册', 'guesses.*': '账号', 'second_factors.*': '加密的密钥', 'recovery_codes.*': '恢复码', 'desk_asks.*': '登录', 'sessions.*': '登录', 'consents.*': '隐私说明的版次', 'invitations.*': '邀请码', 'incidents.*': '涉密拦截：规则编号',
  'audit_entries.*': '编号和代码', 'audit_links.*': '校验值', 'jobs.*': '任务的结果', 'keepings.*': '备份的结果', 'moves.*': '编号和代码，从不记内容', 'assignments.*': '期限怎么算的', 'credit_entries.*': '编号', 'deliveries.*': '编号', 'digests.*': '件数', 'notice_choices.*': '选择', 'notice_calls.*': '编号',
  'wechat_tokens.*': '加密的令牌', 'wechat_quotas.*': '编号', 'wechat_asks.*': '编号', 'wechat_events.*': '校验值', 'visits.*': '走访，不是提交的件', 'visit_notes.*': '走访，不是提交的件', 'visit_leaders.*': '编号', 'routing_strikes.*': '管理员划掉的词',
  'cosigns.*': '编号', 'joints.draft_key': '编号', 'submissions.proposer_kind': '代码', 'revisions.handed_by': '人员编号', 'submissions.publicity': '代码', 'submissions.conversion': '代码', 'submissions.co_committee_ids': '机构编号', 'submissions.unit_ids': '机构编号', 'submissions.plan': '机构编号', 'submissions.handler_ids': '机构编号', 'submissions.co_author_ids': '人员编号', 'notes.unit_ids': '机构编号', 'handlings.reckoned': '期限怎么算的', 'handlings.allowed': '期限',
  'supervisions.nominated_body': '机构编号', 'publications.case_words': '案号', 'publications.co_author_ids': '人员编号', 'publications.agreed_ids': '人员编号', 'awards.nominated_body': '机构编号', 'award_quotas.*': '名额', 'supervisions.questions': '评议项目，来自规则', 'ballots.scores': '打分', 'search_entries.author_name': '人名', 'search_readers.*': '谁看得到的记号', 'notes.outcome': '代码', 'issue_series.*': '期号', 'routing_models.figures': '统计', 'disposal_files.sha256': '校验值', 'amendments.accepted': '同意与否',
};
