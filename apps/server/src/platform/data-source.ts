import { createRequire } from 'node:module';
import type { DataSourceOptions } from 'typeorm';
import { Keeping } from '../keeping/keeping.entity.ts';
import { BindTicket, Consent, DeskAccount, Guess, Invitation, WechatBinding } from '../identity/identity.entity.ts';
import { DeskAsk, RecoveryCode, SecondFactor } from '../identity/second-factor.entity.ts';
import { House1650000000001 } from '../migrations/0001-house.ts';
import { Urged1650000000154 } from '../migrations/0154-urged.ts';
import { Visits1650000000002 } from '../migrations/0002-visits.ts';
import { Watch1650000000003 } from '../migrations/0003-watch.ts';
import { People1650000000010 } from '../migrations/0010-people.ts';
import { Entries1650000000025 } from '../migrations/0025-entries.ts';
import { Search1650000000030 } from '../migrations/0030-search.ts';
import { Keeping1650000000045 } from '../migrations/0045-keeping.ts';
import { WechatToken1650000000060 } from '../migrations/0060-wechat-token.ts';
import { Deliveries1650000000061 } from '../migrations/0061-deliveries.ts';
import { QuotaTemplates1650000000062 } from '../migrations/0062-quota-templates.ts';
import { MovesMade1650000000107 } from '../migrations/0107-moves-made.ts';
import { Pictures1650000000106 } from '../migrations/0106-pictures.ts';
import { Sources1650000000105 } from '../migrations/0105-sources.ts';
import { Filing1650000000090 } from '../migrations/0090-filing.ts';
import { Disposal, DisposalBackup, DisposalFile } from '../disposal/disposal.entity.ts';
import { Disposals1650000000100 } from '../migrations/0100-disposals.ts';
import { Joint1650000000110 } from '../migrations/0110-joint.ts';
import { Drafts1650000000096 } from '../migrations/0096-drafts.ts';
import { Amendments1650000000130 } from '../migrations/0130-amendments.ts';
import { Choices1650000000148 } from '../migrations/0148-choices.ts';
import { Proposers1650000000153 } from '../migrations/0153-proposers.ts';
import { SignedNo1650000000158 } from '../migrations/0158-signed-no.ts';
import { DraftDisposals1650000000145 } from '../migrations/0145-draft-disposals.ts';
import { Collective1650000000140 } from '../migrations/0140-collective.ts';
import { Handling1650000000091 } from '../migrations/0091-handling.ts';
import { Replies1650000000092 } from '../migrations/0092-replies.ts';
import { Reporters1650000000083 } from '../migrations/0083-reporters.ts';
import { Ballot, Demand, Supervision, SupervisionEvent, SupervisionNote } from '../supervision/supervision.entity.ts';
import { Award, AwardQuota, AwardScore } from '../awards/award.entity.ts';
import { Publication } from '../publication/publication.entity.ts';
import { Publications1650000000121 } from '../migrations/0121-publications.ts';
import { Supervisions1650000000120 } from '../migrations/0120-supervisions.ts';
import { Rating, Reply } from '../handling/reply.entity.ts';
import { Handling, HandlingNote, Talk, TalkAnswer } from '../handling/handling.entity.ts';
import { Rules1650000000020 } from '../migrations/0020-rules.ts';
import { SignIn1650000000040 } from '../migrations/0040-sign-in.ts';
import { SecondFactor1650000000041 } from '../migrations/0041-second-factor.ts';
import { AuditChain1650000000046 } from '../migrations/0046-audit-chain.ts';
import { Digest, NoticeCall, NoticeChoice, WechatAsk, WechatEvent, WechatQuota } from '../notices/notices.entity.ts';
import { RosterImport, RosterImportRow } from '../people/roster-import.entity.ts';
import { Views1650000000031 } from '../migrations/0031-views.ts';
import { ViewRow } from '../search/view.entity.ts';
import { DraftText } from '../submissions/draft.entity.ts';
import { Amendment } from '../submissions/amendment.entity.ts';
import { Routing1650000000050 } from '../migrations/0050-routing.ts';
import { RoutingExample, RoutingModelRow, RoutingStrike } from '../routing/routing.entity.ts';
import { Editing1650000000080 } from '../migrations/0080-editing.ts';
import { Channels1650000000081 } from '../migrations/0081-channels.ts';
import { Similar1650000000082 } from '../migrations/0082-similar.ts';
import { SimilarText } from '../similar/similar.entity.ts';
import { PlanEntry } from '../seeding/plan.entity.ts';
import { Entry, EntryNote } from '../submissions/entry.entity.ts';
import { ChannelEntry, ChannelLine } from '../submissions/delivery.entity.ts';
import { Edition, EditionText, Issue, IssueSeries } from '../submissions/edition.entity.ts';
import { Cosign, Joint, JointText } from '../submissions/joint.entity.ts';
import { CoAuthor, CoCommittee, Handler, Note, ReceiptSeries, Revision, Routing, Submission } from '../submissions/submission.entity.ts';
import { Visit, VisitLeader, VisitNote } from '../visits/visit.entity.ts';
import { AuditEntry } from './audit.ts';
import { AuditLink } from './audit-chain.ts';
import { Delivery } from './delivery.entity.ts';
import { Body, Person, PostHeld, StandIn } from './directory.entity.ts';
import { FileRow } from './file.entity.ts';
import { Incident } from './incidents.ts';
import { JobRow } from './jobs.ts';
import { Move } from './journal.ts';
import { Mark } from './marks.ts';
import { RedatedDeadline, RuleChange } from './rule-changes.ts';
import { SearchEntry, SearchReader } from './search-index.ts';
import { Session } from './sessions.entity.ts';
import { CalendarDay, CalendarYear, Setting } from './settings.ts';
import { Assignment, CreditEntry, OutboxRow } from './spine.entities.ts';
import { WechatToken } from './wechat-token.ts';

const shared = {
  entities: [
    Mark, Setting, CalendarDay, CalendarYear, PlanEntry, Body, Person, PostHeld, DeskAccount, WechatBinding, BindTicket, Invitation, Consent, Guess, SecondFactor, RecoveryCode, DeskAsk, Session, Incident, AuditEntry, JobRow,
    Move, Assignment, OutboxRow, CreditEntry, FileRow, Submission, CoAuthor, Joint, JointText, Cosign, CoCommittee, Handler, Handling, HandlingNote, Talk, TalkAnswer, Reply, Rating, Supervision, SupervisionEvent, SupervisionNote, Demand, Ballot, Publication, Award, AwardScore, AwardQuota, Revision, Routing, Note, RoutingExample, RoutingModelRow, RoutingStrike, ReceiptSeries, Visit, VisitLeader, VisitNote, StandIn, RosterImport, RosterImportRow, Entry, EntryNote, Keeping, AuditLink,
    RuleChange, RedatedDeadline,
    Edition, EditionText, Issue, IssueSeries, ChannelLine, ChannelEntry, SimilarText, DraftText, Amendment, SearchEntry, SearchReader, ViewRow,
    WechatToken, Delivery, WechatQuota, WechatAsk, WechatEvent, NoticeChoice, Digest, NoticeCall,
    Disposal, DisposalFile, DisposalBackup,
  ],
  migrations: [House1650000000001, Visits1650000000002, Watch1650000000003, People1650000000010, Rules1650000000020, Entries1650000000025, Search1650000000030, Views1650000000031, SignIn1650000000040, SecondFactor1650000000041, Keeping1650000000045, AuditChain1650000000046, Routing1650000000050, WechatToken1650000000060, Deliveries1650000000061, QuotaTemplates1650000000062, Editing1650000000080, Channels1650000000081, Similar1650000000082, Reporters1650000000083, Filing1650000000090, Handling1650000000091, Replies1650000000092, Drafts1650000000096, Disposals1650000000100, Sources1650000000105, Pictures1650000000106, MovesMade1650000000107, Supervisions1650000000120, Publications1650000000121, Joint1650000000110, Amendments1650000000130, Collective1650000000140, DraftDisposals1650000000145, Choices1650000000148, Proposers1650000000153, Urged1650000000154, SignedNo1650000000158], migrationsRun: true, synchronize: false,
};
const libsql: unknown = createRequire(import.meta.url)('libsql');

/** mysql://user:password@host:port/name in production; a file, or nothing but memory, otherwise. */
export function dataSourceOptions(url: string): DataSourceOptions {
  if (url.startsWith('mysql:')) return { ...shared, type: 'mariadb', url, charset: 'utf8mb4', timezone: 'Z', poolSize: 10, extra: { connectTimeout: 5_000 } };
  return { ...shared, type: 'better-sqlite3', driver: libsql, database: url, enableWAL: url !== ':memory:' };
}
