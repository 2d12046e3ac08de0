import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Choice, Closure, Consent, Decider, OpinionState, ProposalState, SubmissionKind, Urgency } from '@lvzhi/domain';
import type { PlannedUnit, ProposerKind, RoutingDecision, Side, SourceKind } from '@lvzhi/domain';

/** 社情民意信息 and 提案: what lists show and guards read. The text lies in its revisions. */
@Entity('submissions')
@Index('submissions_draft', ['authorId', 'draftKey'], { unique: true })
@Index('submissions_receipt', ['kind', 'receiptNo'], { unique: true })
@Index('submissions_author', ['authorId', 'changedAt', 'id'])
@Index('submissions_committee', ['committeeId', 'kind', 'submittedAt', 'id'])
@Index('submissions_kind', ['kind', 'submittedAt', 'id'])
@Index('submissions_proposer', ['proposerKind', 'submittedAt', 'id'])
@Index('submissions_case', ['sessionId', 'inPlenary', 'caseNo'], { unique: true })
@Index('submissions_main', ['mainId'])
@Index('submissions_origin', ['originId'])
@Index('submissions_source', ['sourceKind', 'sourceId'])
export class Submission {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ type: 'varchar', length: 12 }) kind: SubmissionKind;
  /** 收件号, at submit, per kind and year; may have gaps. */
  @Column({ name: 'receipt_no', type: 'varchar', length: 20 }) receiptNo: string;
  @Column({ name: 'author_id', type: 'varchar', length: 20 }) authorId: string;
  /** One key per draft for its life: 20 parallel submits with it are one row and one answer. */
  @Column({ name: 'draft_key', type: 'varchar', length: 64 }) draftKey: string;
  @Column({ name: 'draft_hash', type: 'varchar', length: 64 }) draftHash: string;
  @Column({ type: 'varchar', length: 200 }) title: string;
  @Column({ type: 'varchar', length: 24 }) state: OpinionState | ProposalState;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @Column({ name: 'committee_id', type: 'varchar', length: 40, nullable: true }) committeeId: string | null;
  @Column({ name: 'co_committee_ids', type: 'json' }) coCommitteeIds: string[];
  @Column({ type: 'varchar', length: 12 }) urgency: Urgency;
  @Column({ type: 'varchar', length: 24, nullable: true }) category: string | null;
  @Column({ type: 'varchar', length: 24, nullable: true }) nature: string | null;
  @Column({ name: 'town_id', type: 'varchar', length: 40, nullable: true }) townId: string | null;
  @Column({ name: 'unit_ids', type: 'json' }) unitIds: string[];
  @Column({ type: 'int' }) revision: number;
  /** First submit: kept through withdrawal, return and reroute. */
  @Column({ name: 'submitted_at', type: 'datetime', precision: 3 }) submittedAt: Date;
  @Column({ name: 'changed_at', type: 'datetime', precision: 3 }) changedAt: Date;
  /** A proposal: the committee has given its opinion. A report: its edited text has been checked. */
  @Column({ type: 'int' }) reviewed: number;
  @Column({ name: 'routed_by', type: 'varchar', length: 8 }) routedBy: 'auto' | 'person' | 'waiting';
  @Column({ type: 'int' }) confidence: number;
  @Column({ type: 'int' }) rerouted: number;
  /** Of a proposal, from its first submit: the session it belongs to, whether it came in its plenary, and who decides on filing. */
  @Column({ name: 'session_id', type: 'varchar', length: 24, nullable: true }) sessionId: string | null;
  @Column({ name: 'in_plenary', type: 'int', default: 0 }) inPlenary: number;
  @Column({ type: 'varchar', length: 16, nullable: true }) decider: Decider | null;
  /** 案号 within session and plenary or not: given at 立案, gap-free, never another's. */
  @Column({ name: 'case_no', type: 'int', nullable: true }) caseNo: number | null;
  /** 主案, of a merged one. */
  @Column({ name: 'main_id', type: 'varchar', length: 20, nullable: true }) mainId: string | null;
  @Column({ name: 'drop_asked', type: 'int', default: 0 }) dropAsked: number;
  /** The proposal that this report was made from. */
  @Column({ name: 'origin_id', type: 'varchar', length: 20, nullable: true }) originId: string | null;
  /** Its reporter agreed that the pictures may be printed and published with it. */
  @Column({ name: 'pictures_agreed', type: 'int', default: 0 }) picturesAgreed: number;
  /** Of a proposal, what its first proposer said with the paper: to 公开 and to 转社情民意; null: nothing. */
  @Column({ type: 'varchar', length: 8, nullable: true }) publicity: Choice | null;
  @Column({ type: 'varchar', length: 8, nullable: true }) conversion: Choice | null;
  /** 来源: what this report was born from, beside a proposal. */
  @Column({ name: 'source_kind', type: 'varchar', length: 16, nullable: true }) sourceKind: SourceKind | null;
  @Column({ name: 'source_id', type: 'varchar', length: 20, nullable: true }) sourceId: string | null;
  /** Of a proposal: whose it is (提案者). */
  @Column({ name: 'proposer_kind', type: 'varchar', length: 16, nullable: true }) proposerKind: ProposerKind | null;
  /** 共同反映人 of a report, in the order in which the first reporter named them; 联名提案人 of a proposal, who signed its text. */
  @Column({ name: 'co_author_ids', type: 'json', nullable: true }) coAuthorIds: string[] | null;
  /** Who edits it (opinions), since somebody took it. */
  @Column({ name: 'editor_id', type: 'varchar', length: 20, nullable: true }) editorId: string | null;
  @Column({ type: 'varchar', length: 8, default: 'off' }) consent: Consent;
  /** Of a filed proposal, from its planning: whose office hands it over (交办), its units and their roles; from handing over: the bodies that it lies with, since when, and the instant that nothing moves past (rules: duty-rules §9.6). */
  @Column({ type: 'varchar', length: 12, nullable: true }) side: Side | null;
  @Column({ type: 'json', nullable: true }) plan: PlannedUnit[] | null;
  @Column({ name: 'handler_ids', type: 'json', nullable: true }) handlerIds: string[] | null;
  @Column({ name: 'handed_at', type: 'datetime', precision: 3, nullable: true }) handedAt: Date | null;
  @Column({ name: 'cap_at', type: 'datetime', precision: 3, nullable: true }) capAt: Date | null;
  /** Whether 涉密处置 has closed it. */
  @Column({ type: 'varchar', length: 8, default: 'open' }) closure: Closure;
}

/** The first reporter, then those who report with them. */
export const reportersOf = ({ authorId, coAuthorIds }: Pick<Submission, 'authorId' | 'coAuthorIds'>): string[] => [authorId, ...coAuthorIds ?? []];

/** What of a submission only a proposal that is handed over has. */
export const notHandedOver = { side: null, plan: null, handlerIds: null, handedAt: null, capAt: null } as const satisfies Partial<Submission>;

/** A body that a proposal lies with: a unit that handles it, an office that hands it over. */
@Entity('submission_handlers')
@Index('submission_handlers_body', ['bodyId', 'submissionId'])
export class Handler {
  @PrimaryColumn({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @PrimaryColumn({ name: 'body_id', type: 'varchar', length: 40 }) bodyId: string;
}

/** Whose a report is beside its first reporter. */
@Entity('submission_co_authors')
@Index('submission_co_authors_person', ['personId', 'submissionId'])
export class CoAuthor {
  @PrimaryColumn({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @PrimaryColumn({ name: 'person_id', type: 'varchar', length: 20 }) personId: string;
}

/** A committee that may comment on a submission of another (协办). */
@Entity('submission_co')
@Index('submission_co_committee', ['committeeId', 'submissionId'])
export class CoCommittee {
  @PrimaryColumn({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @PrimaryColumn({ name: 'committee_id', type: 'varchar', length: 40 }) committeeId: string;
}

/** The text as it was submitted, each time; never changed, never deleted. */
@Entity('revisions')
export class Revision {
  @PrimaryColumn({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @PrimaryColumn({ name: 'revision_no', type: 'int' }) revisionNo: number;
  @Column({ type: 'varchar', length: 200 }) title: string;
  @Column({ type: 'text' }) situation: string;
  @Column({ type: 'text' }) analysis: string;
  @Column({ type: 'text' }) suggestion: string;
  @Column({ name: 'file_ids', type: 'json' }) fileIds: string[];
  @Column({ name: 'written_at', type: 'datetime', precision: 3 }) writtenAt: Date;
  /** Of a body's text (集体提案): who signed it, the pages with signature or seal, and who of the body handed it in. */
  @Column({ type: 'varchar', length: 40, nullable: true }) signer: string | null;
  @Column({ name: 'seal_ids', type: 'json', nullable: true }) sealIds: string[] | null;
  @Column({ name: 'handed_by', type: 'varchar', length: 20, nullable: true }) handedBy: string | null;
}

/** What the router said of a revision: the routing card, kept with the router's version. */
@Entity('routings')
export class Routing {
  @PrimaryColumn({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @PrimaryColumn({ name: 'revision_no', type: 'int' }) revisionNo: number;
  @Column({ type: 'json' }) decision: RoutingDecision;
  /** What the author chose on the card: a committee, or `ask`. */
  @Column({ type: 'varchar', length: 40, nullable: true }) wish: string | null;
  @Column({ name: 'threshold_percent', type: 'int' }) thresholdPercent: number;
}

export type NoteKind = 'prepare' | 'comment' | 'pass' | 'return' | 'not_adopt' | 'review' | 'recall' | 'reroute' | 'merge' | 'reject' | 'suggest' | 'ask_consent' | 'decline' | 'decide_anew' | 'refile' | 'unfile' | 'split' | 'ask_drop' | 'refuse_drop' | 'plan' | 'return_plan' | 'hold_meeting'
  | 'take_over' | 'object' | 'check' | 'rework' | 'archive' | 'recall_issue' | 'combine' | 'separate';
/** What somebody wrote in a move: an opinion or a reason. The journal itself holds no text. */
@Entity('notes')
@Index('notes_submission', ['submissionId'])
export class Note {
  @PrimaryColumn({ name: 'move_id', type: 'varchar', length: 20 }) moveId: string;
  @Column({ name: 'submission_id', type: 'varchar', length: 20 }) submissionId: string;
  @Column({ type: 'varchar', length: 12 }) kind: NoteKind;
  @Column({ type: 'varchar', length: 40, nullable: true }) outcome: string | null;
  @Column({ type: 'text' }) note: string;
  @Column({ name: 'unit_ids', type: 'json' }) unitIds: string[];
  @Column({ name: 'is_void', type: 'int' }) isVoid: number;
}

/** The next receipt number of a series: `opinion-2022`. */
@Entity('receipt_series')
export class ReceiptSeries {
  @PrimaryColumn({ type: 'varchar', length: 24 }) series: string;
  @Column({ name: 'last_no', type: 'int' }) lastNo: number;
}
