import type { Me } from '@lvzhi/contracts';
import { lazy, Suspense, useEffect } from 'react';
import type { ReactNode } from 'react';
import { DeskContext, Frame, useDesk } from './parts/frame.tsx';
import { mayFind } from './parts/finder.tsx';
import { entriesFor, Sidebar } from './parts/sidebar.tsx';
import { Failure, Loading } from './parts/states.tsx';
import { UndoToast } from './parts/toast.tsx';
import { api } from './platform/api.ts';
import { useLoad } from './platform/load.ts';
import { go, usePlace } from './platform/route.ts';
import { start, useSession } from './platform/session.ts';
import { FirstPassword } from './screens/password.tsx';
import { FirstFactor } from './screens/second-factor.tsx';
import { SignIn, SignInAgain, Starting } from './screens/sign-in.tsx';
import { StillThere } from './screens/still-there.tsx';
import { Consent, NoPost } from './screens/threshold.tsx';

const Triage = lazy(async () => ({ default: (await import('./screens/triage.tsx')).Triage }));
const Todo = lazy(async () => ({ default: (await import('./screens/todo.tsx')).Todo }));
const Case = lazy(async () => ({ default: (await import('./screens/case.tsx')).Case }));
const Documents = lazy(async () => ({ default: (await import('./screens/documents.tsx')).Documents }));
const Cases = lazy(async () => ({ default: (await import('./screens/cases.tsx')).Cases }));
const Handling = lazy(async () => ({ default: (await import('./screens/handling.tsx')).Handling }));
const Handlings = lazy(async () => ({ default: (await import('./screens/handlings.tsx')).Handlings }));
const Supervision = lazy(async () => ({ default: (await import('./screens/supervision.tsx')).Supervision }));
const Supervisions = lazy(async () => ({ default: (await import('./screens/supervisions.tsx')).Supervisions }));
const Publications = lazy(async () => ({ default: (await import('./screens/publications.tsx')).Publications }));
const Awards = lazy(async () => ({ default: (await import('./screens/awards.tsx')).Awards }));
const FiguresScreen = lazy(async () => ({ default: (await import('./screens/figures.tsx')).FiguresScreen }));
const Find = lazy(async () => ({ default: (await import('./screens/find.tsx')).Find }));
const PrintCase = lazy(async () => ({ default: (await import('./screens/print.tsx')).PrintCase }));
const PrintList = lazy(async () => ({ default: (await import('./screens/print.tsx')).PrintList }));
const Sendings = lazy(async () => ({ default: (await import('./screens/sendings.tsx')).Sendings }));
const Issues = lazy(async () => ({ default: (await import('./screens/issues.tsx')).Issues }));
const Topics = lazy(async () => ({ default: (await import('./screens/topics.tsx')).Topics }));
const TalliesScreen = lazy(async () => ({ default: (await import('./screens/tallies.tsx')).TalliesScreen }));
const Ledger = lazy(async () => ({ default: (await import('./screens/ledger.tsx')).Ledger }));
const Roster = lazy(async () => ({ default: (await import('./screens/roster.tsx')).Roster }));
const RosterImport = lazy(async () => ({ default: (await import('./screens/roster-import.tsx')).RosterImport }));
const Accounts = lazy(async () => ({ default: (await import('./screens/accounts.tsx')).Accounts }));
const Powers = lazy(async () => ({ default: (await import('./screens/powers.tsx')).Powers }));
const Rules = lazy(async () => ({ default: (await import('./screens/rules.tsx')).Rules }));
const Health = lazy(async () => ({ default: (await import('./screens/health.tsx')).Health }));
const AuditLog = lazy(async () => ({ default: (await import('./screens/audit.tsx')).AuditLog }));
const Secrets = lazy(async () => ({ default: (await import('./screens/secrets.tsx')).Secrets }));
const Start = lazy(async () => ({ default: (await import('./screens/start.tsx')).Start }));
const MySignIn = lazy(async () => ({ default: (await import('./screens/my-sign-in.tsx')).MySignIn }));
const Entries = lazy(async () => ({ default: (await import('./screens/entries.tsx')).Entries }));
const EntryForm = lazy(async () => ({ default: (await import('./screens/entry-form.tsx')).EntryForm }));
const Own = lazy(async () => ({ default: (await import('./screens/own.tsx')).Own }));
const OwnForm = lazy(async () => ({ default: (await import('./screens/own-form.tsx')).OwnForm }));
const RoutingQualityScreen = lazy(async () => ({ default: (await import('./screens/routing-quality.tsx')).RoutingQualityScreen }));
const Visits = lazy(async () => ({ default: (await import('./screens/visits.tsx')).Visits }));

/** The screen at an address. What is not this person's reads like what is not there. */
function Screen(): ReactNode {
  const { path, query } = usePlace();
  const { me } = useDesk();
  const open = entriesFor(me);
  const landing = open[0]?.path;
  useEffect(() => { if (path === '/' && landing) go(landing, 'replace'); }, [path, landing]);
  if (path.startsWith('/case/')) return <Case key={path} id={decodeURIComponent(path.slice(6))} />;
  if (path.startsWith('/handling/')) return <Handling key={path} id={decodeURIComponent(path.slice('/handling/'.length))} />;
  if (path.startsWith('/supervision/')) return <Supervision key={path} id={decodeURIComponent(path.slice('/supervision/'.length))} />;
  if (path === '/me') return <MySignIn />;
  if (path === '/find' && mayFind(me)) return <Find />;
  // A page below an entry belongs to it.
  if (!open.some((entry) => entry.path === path || (path === `${entry.path}/import` && ['/roster', '/start'].includes(entry.path)) || (path === `${entry.path}/form` && ['/entries', '/own'].includes(entry.path)))) return path === '/' ? null : <Frame crumb={<h1>看不到这一页</h1>}><Failure problem={{ kind: 'gone', reason: '' }} onRetry={() => undefined} /></Frame>;
  switch (path) {
    case '/triage': return <Triage />;
    case '/todo': return <Todo />;
    case '/opinions': return <Documents key={path} kind="opinion" />;
    case '/proposals': return <Documents key={path} kind="proposal" />;
    // The office looks at cases; at single parts where it asks for them. A unit has its own parts.
    case '/handling': return query.has('group') || !(me.can.includes('dispatch_proposals') || me.can.includes('triage_proposal')) ? <Handlings /> : <Cases />;
    case '/supervision': return <Supervisions />;
    case '/publication': return <Publications />;
    case '/awards': return <Awards />;
    case '/figures': return <FiguresScreen />;
    case '/routing': return <RoutingQualityScreen />;
    case '/sendings': return <Sendings />;
    case '/issues': return <Issues />;
    case '/topics': return <Topics />;
    case '/ledger': return <Ledger />;
    case '/tallies': return <TalliesScreen />;
    case '/roster': return <Roster />;
    case '/roster/import': return <RosterImport home="/roster" />;
    case '/accounts': return <Accounts />;
    case '/powers': return <Powers />;
    case '/rules': return <Rules />;
    case '/health': return <Health />;
    case '/audit': return <AuditLog />;
    case '/secrets': return <Secrets />;
    case '/start': return <Start />;
    case '/start/import': return <RosterImport home="/start" />;
    case '/entries': return <Entries />;
    case '/entries/form': return <EntryForm />;
    case '/own': return <Own />;
    case '/own/form': return <OwnForm />;
    default: return <Visits />;
  }
}

function Desk({ me }: { me: Me }): ReactNode {
  const { path } = usePlace();
  const { data: catalogue, problem, reload } = useLoad('catalogue', () => api.showCatalogue({}));
  if (problem && !catalogue) return <div className="door"><Failure problem={problem} onRetry={reload} /></div>;
  if (!catalogue) return <Starting />;
  if (path.startsWith('/print/')) return <DeskContext.Provider value={{ me, catalogue }}><Suspense fallback={<Loading />}>{path === '/print/list' ? <PrintList /> : <PrintCase key={path} id={decodeURIComponent(path.slice('/print/case/'.length))} />}</Suspense></DeskContext.Provider>;
  return <DeskContext.Provider value={{ me, catalogue }}>
    <div className="app"><Sidebar path={path} /><Suspense fallback={<div className="work"><Loading /></div>}><Screen /></Suspense></div>
    <div className="too-narrow"><p>窗口太窄，放不下工作台。<br />请用电脑打开或把窗口拉宽，也可以用小程序。</p></div>
    <UndoToast />
  </DeskContext.Provider>;
}

export function App(): ReactNode {
  const session = useSession();
  useEffect(() => { void start(); }, []);
  switch (session.phase) {
    case 'starting': return <Starting />;
    case 'signed_out': return <SignIn />;
    case 'unreachable': return <div className="door"><Failure problem={{ kind: 'failed', reason: session.reason }} onRetry={() => void start()} /></div>;
    case 'open': case 'expired': {
      const { me } = session;
      const inside = me.mustChangePassword ? <FirstPassword me={me} /> : me.mustSetSecondFactor ? <FirstFactor me={me} /> : me.mustConsent ? <Consent /> : entriesFor(me).length > 0 ? <Desk me={me} /> : <NoPost me={me} />;
      return <>{inside}{session.phase === 'open' && <StillThere />}{session.phase === 'expired' && <SignInAgain name={me.person.name} />}</>;
    }
  }
}
