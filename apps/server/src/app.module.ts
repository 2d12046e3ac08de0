import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogueController } from './catalogue/catalogue.controller.ts';
import { FilesModule } from './files/files.module.ts';
import { DeskAsks } from './identity/desk-asks.service.ts';
import { DeskSignIn } from './identity/desk.service.ts';
import { Guesses } from './identity/guesses.ts';
import { IdentityController } from './identity/identity.controller.ts';
import { MeQueries } from './identity/me.queries.ts';
import { OwnSignIn } from './identity/own-sign-in.service.ts';
import { PhoneSignIn } from './identity/phone.service.ts';
import { SecondFactors } from './identity/second-factors.service.ts';
import { SignInController } from './identity/sign-in.controller.ts';
import { SealedTickets } from './identity/tickets.ts';
import { AuditQueries } from './keeping/audit.queries.ts';
import { AuditService } from './keeping/audit.service.ts';
import { HealthService } from './keeping/health.service.ts';
import { HouseProbes } from './keeping/house-probes.ts';
import { KeepingController } from './keeping/keeping.controller.ts';
import { HandingService } from './handling/handing.service.ts';
import { FiguresController } from './handling/figures.controller.ts';
import { FigureQueries } from './handling/figures.queries.ts';
import { HandlingController } from './handling/handling.controller.ts';
import { HandlingQueries } from './handling/handling.queries.ts';
import { HandlingService } from './handling/handling.service.ts';
import { LetterService } from './handling/letter.service.ts';
import { PapersService } from './handling/papers.service.ts';
import { RatingService } from './handling/rating.service.ts';
import { ReplyQueries } from './handling/reply.queries.ts';
import { ReplyService } from './handling/reply.service.ts';
import { PartQueries } from './handling/parts.queries.ts';
import { HandlingPresenter } from './handling/presenter.queries.ts';
import { Channels } from './notices/channels.ts';
import { Fallback } from './notices/fallback.ts';
import { QuotaLedger } from './notices/ledger.ts';
import { Letters } from './notices/letters.ts';
import { NoticesController } from './notices/notices.controller.ts';
import { NoticesService } from './notices/notices.service.ts';
import { PushController } from './notices/push.controller.ts';
import { PushedEvents } from './notices/pushed-events.ts';
import { Digests } from './notices/digests.ts';
import { Reminders } from './notices/reminders.ts';
import { RemindingController } from './notices/reminding.controller.ts';
import { RemindingService } from './notices/reminding.service.ts';
import { Sender } from './notices/sender.ts';
import { SendingProbe } from './notices/sending-probe.ts';
import { SendingsController } from './notices/sendings.controller.ts';
import { SendingQueries } from './notices/sendings.queries.ts';
import { SendingsService } from './notices/sendings.service.ts';
import { Settling } from './notices/settling.ts';
import { AccountsController } from './people/accounts.controller.ts';
import { AccountsQueries } from './people/accounts.queries.ts';
import { AccountsService } from './people/accounts.service.ts';
import { BodiesService } from './people/bodies.service.ts';
import { ExportsService } from './people/exports.service.ts';
import { ImportService } from './people/import.service.ts';
import { ImportWriter } from './people/import-writer.ts';
import { InvitationsService } from './people/invitations.service.ts';
import { MembersService } from './people/members.service.ts';
import { PeopleQueries } from './people/people.queries.ts';
import { PostsService } from './people/posts.service.ts';
import { RosterController } from './people/roster.controller.ts';
import { RosterQueries } from './people/roster.queries.ts';
import { SetupService } from './people/setup.service.ts';
import { Audit } from './platform/audit.ts';
import { AuditJobs } from './platform/audit-jobs.ts';
import { CallerOf } from './platform/caller.ts';
import { Clock } from './platform/clock.ts';
import { CONFIG } from './platform/config.ts';
import type { Config } from './platform/config.ts';
import { Consequences } from './platform/consequences.ts';
import { dataSourceOptions } from './platform/data-source.ts';
import { Database } from './platform/database.ts';
import { Directory } from './platform/directory.ts';
import { ErrorFilter } from './platform/error-filter.ts';
import { HealthController } from './platform/health.controller.ts';
import { Incidents } from './platform/incidents.ts';
import { Jobs } from './platform/jobs.ts';
import { Marks } from './platform/marks.ts';
import { Moves } from './platform/moves.service.ts';
import { Redating } from './platform/redating.ts';
import { Probes } from './platform/probes.ts';
import { Readings } from './platform/readings.ts';
import { Seals } from './platform/seals.ts';
import { Gate } from './platform/serves.ts';
import { Sessions } from './platform/sessions.ts';
import { Settings } from './platform/settings.ts';
import { Sms } from './platform/sms.ts';
import { Wechat } from './platform/wechat.ts';
import { RoutingKnowledge } from './routing/knowledge.queries.ts';
import { RoutingLearning } from './routing/learning.service.ts';
import { Lessons } from './routing/lessons.queries.ts';
import { RoutingQualityQueries } from './routing/quality.queries.ts';
import { RoutingController } from './routing/routing.controller.ts';
import { WordsService } from './routing/words.service.ts';
import { CalendarService } from './rules/calendar.service.ts';
import { RulesController } from './rules/rules.controller.ts';
import { RulesQueries } from './rules/rules.queries.ts';
import { RulesService } from './rules/rules.service.ts';
import { DocumentsExport } from './search/documents-export.service.ts';
import { IndexingService } from './search/indexing.service.ts';
import { SearchController } from './search/search.controller.ts';
import { SearchQueries } from './search/search.queries.ts';
import { ViewsService } from './search/views.service.ts';
import { WechatTokens } from './platform/wechat-token.ts';
import { DemoHandling } from './seeding/demo-handling.ts';
import { DemoPlayers } from './seeding/demo-players.ts';
import { DemoService } from './seeding/demo.service.ts';
import { SeedingService } from './seeding/seeding.service.ts';
import { Conversion } from './submissions/conversion.ts';
import { FilingController } from './submissions/filing.controller.ts';
import { FilingQueries } from './submissions/filing.queries.ts';
import { FilingService } from './submissions/filing.service.ts';
import { DraftsController } from './submissions/drafts.controller.ts';
import { DraftsService } from './submissions/drafts.service.ts';
import { EntriesController } from './submissions/entries.controller.ts';
import { EntriesService } from './submissions/entries.service.ts';
import { EntryAuthors } from './submissions/entry-authors.queries.ts';
import { TalliesController } from './tallies/tallies.controller.ts';
import { TalliesExport } from './tallies/tallies-export.service.ts';
import { TalliesQueries } from './tallies/tallies.queries.ts';
import { Happenings } from './tallies/happenings.queries.ts';
import { SimilarController } from './similar/similar.controller.ts';
import { SimilarQueries } from './similar/similar.queries.ts';
import { Sketches } from './similar/sketches.ts';
import { EntryQueries } from './submissions/entry.queries.ts';
import { BulletinsService } from './submissions/bulletins.service.ts';
import { CombiningService } from './submissions/combining.service.ts';
import { Followers } from './submissions/followers.ts';
import { DeliveriesController } from './submissions/deliveries.controller.ts';
import { DeliveriesService } from './submissions/deliveries.service.ts';
import { DeliveryQueries } from './submissions/delivery.queries.ts';
import { EditingController } from './submissions/editing.controller.ts';
import { EditingService } from './submissions/editing.service.ts';
import { EditionQueries } from './submissions/edition.queries.ts';
import { IssueNumbers } from './submissions/issue-numbers.ts';
import { SubmissionPresenter } from './submissions/presenter.queries.ts';
import { ReceiptNumbers } from './submissions/receipt-numbers.ts';
import { ReviewsService } from './submissions/reviews.service.ts';
import { RoutingDesk } from './submissions/routing-desk.ts';
import { Silences } from './submissions/silences.ts';
import { SubmissionQueries } from './submissions/submission.queries.ts';
import { SubmissionsController } from './submissions/submissions.controller.ts';
import { SubmissionsService } from './submissions/submissions.service.ts';
import { SupervisionPresenter } from './supervision/presenter.ts';
import { SupervisionController } from './supervision/supervision.controller.ts';
import { SupervisionQueries } from './supervision/supervision.queries.ts';
import { SupervisionService } from './supervision/supervision.service.ts';
import { TaskQueries } from './tasks/tasks.queries.ts';
import { TasksController } from './tasks/tasks.controller.ts';
import { CoverageQueries } from './visits/coverage.queries.ts';
import { Arranging } from './visits/arranging.ts';
import { PlanningService } from './visits/planning.service.ts';
import { VisitPresenter } from './visits/presenter.ts';
import { VisitQueries } from './visits/visit.queries.ts';
import { VisitsExport } from './visits/visits-export.service.ts';
import { VisitsController } from './visits/visits.controller.ts';
import { VisitsService } from './visits/visits.service.ts';

const platform = [Database, Marks, Settings, Directory, Sessions, CallerOf, Consequences, Moves, Redating, Incidents, Audit, Jobs, AuditJobs, Probes, Readings, WechatTokens, Wechat, Sms];
const submissions = [SubmissionPresenter, RoutingDesk, FilingQueries, Conversion, FilingService, SubmissionQueries, ReceiptNumbers, SubmissionsService, ReviewsService, EntryQueries, EntryAuthors, EntriesService, DraftsService];
const handling = [HandlingPresenter, PartQueries, HandlingQueries, HandingService, HandlingService, ReplyQueries, RatingService, ReplyService, LetterService, PapersService, FigureQueries];
const supervision = [SupervisionPresenter, SupervisionQueries, SupervisionService];
const routing = [RoutingKnowledge, Lessons, RoutingLearning, RoutingQualityQueries, WordsService];
const similarity = [Sketches, SimilarQueries];
const tallies = [Happenings, TalliesQueries, TalliesExport];
const editing = [IssueNumbers, EditionQueries, EditingService, CombiningService, BulletinsService, Silences, Followers, DeliveryQueries, DeliveriesService];
const visits = [VisitPresenter, VisitQueries, CoverageQueries, Arranging, PlanningService, VisitsService, VisitsExport];
const people = [PeopleQueries, RosterQueries, PostsService, InvitationsService, MembersService, ImportWriter, ImportService, AccountsQueries, AccountsService, BodiesService, ExportsService, SetupService];
const rules = [RulesQueries, RulesService, CalendarService];
const search = [SearchQueries, IndexingService, ViewsService, DocumentsExport];
const keeping = [HouseProbes, HealthService, AuditQueries, AuditService];
const notices = [NoticesService, Fallback, QuotaLedger, Letters, Channels, Settling, Sender, PushedEvents, RemindingService, Digests, Reminders, SendingProbe, SendingQueries, SendingsService];
const identity = [Guesses, MeQueries, PhoneSignIn, DeskSignIn, OwnSignIn, SecondFactors, SealedTickets, DeskAsks];

@Global()
@Module({ providers: platform, exports: platform })
class Platform {}

/** The list of slices. */
@Module({
  imports: [FilesModule],
  controllers: [HealthController, IdentityController, SignInController, CatalogueController, SubmissionsController, RoutingController, FilingController, HandlingController, FiguresController, SupervisionController, EditingController, DeliveriesController, SimilarController, TalliesController, EntriesController, DraftsController, TasksController, VisitsController, NoticesController, RemindingController, SendingsController, PushController, RosterController, AccountsController, RulesController, SearchController, KeepingController],
  providers: [...identity, ...people, ...routing, ...keeping, ...submissions, ...handling, ...supervision, ...editing, ...similarity, ...tallies, ...visits, ...rules, ...search, ...notices, TaskQueries, SeedingService, DemoHandling, DemoPlayers, DemoService, { provide: APP_GUARD, useClass: Gate }, { provide: APP_FILTER, useClass: ErrorFilter }],
})
class House {}

@Module({})
export class AppModule {
  static of(config: Config, clock: Clock): DynamicModule {
    const given = [{ provide: CONFIG, useValue: config }, { provide: Clock, useValue: clock }, { provide: Seals, useValue: new Seals(config.secret) }];
    return { module: AppModule, global: true, imports: [TypeOrmModule.forRoot(dataSourceOptions(config.databaseUrl)), Platform, House], providers: given, exports: given.map(({ provide }) => provide) };
  }
}
