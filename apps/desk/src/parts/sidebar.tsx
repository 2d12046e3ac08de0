import type { Me } from '@lvzhi/contracts';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { Link } from '../platform/route.ts';
import { moved } from '../platform/signal.ts';
import { useDesk } from './frame.tsx';
import { Icon, Mark } from './icons.tsx';
import type { IconName } from './icons.tsx';

type Can = Me['can'][number];
/** `when`: only while that holds of the person. */
interface Entry { readonly group: '工作' | '业务' | '委员' | '系统'; readonly path: string; readonly words: string; readonly icon: IconName; readonly needs: readonly Can[]; readonly when?: (me: Me) => boolean }
const entries: readonly Entry[] = [
  { group: '工作', path: '/start', words: '开始使用', icon: 'check', needs: ['manage_accounts', 'manage_roster'], when: ({ settingUp }) => settingUp },
  { group: '工作', path: '/triage', words: '分办台', icon: 'inbox', needs: ['triage_opinion', 'triage_proposal'] },
  { group: '工作', path: '/todo', words: '待我办', icon: 'checkc', needs: ['review', 'edit', 'check_issues', 'sign_issues', 'triage_proposal', 'dispatch_proposals', 'handle_proposals', 'arrange_visits'] },
  { group: '工作', path: '/sendings', words: '送达情况', icon: 'send', needs: ['arrange_visits'] },
  { group: '业务', path: '/opinions', words: '社情民意', icon: 'msg', needs: ['review', 'triage_opinion', 'sign_issues'] },
  { group: '业务', path: '/topics', words: '热点', icon: 'grid', needs: ['triage_opinion'] },
  { group: '业务', path: '/issues', words: '编发', icon: 'book', needs: ['edit', 'check_issues', 'sign_issues'] },
  { group: '业务', path: '/ledger', words: '报送采用', icon: 'route', needs: ['edit', 'check_issues', 'sign_issues'] },
  { group: '业务', path: '/tallies', words: '社情民意统计', icon: 'grid', needs: ['edit', 'check_issues', 'sign_issues'] },
  { group: '业务', path: '/proposals', words: '提案', icon: 'doc', needs: ['review', 'triage_proposal', 'dispatch_proposals', 'handle_proposals'] },
  { group: '业务', path: '/own', words: '集体提案', icon: 'pen', needs: ['write_collective'] },
  { group: '业务', path: '/handling', words: '提案办理', icon: 'clip', needs: ['triage_proposal', 'dispatch_proposals', 'handle_proposals'] },
  { group: '业务', path: '/supervision', words: '重点提案', icon: 'checkc', needs: ['review', 'triage_proposal', 'handle_proposals', 'sign_issues'] },
  { group: '业务', path: '/publication', words: '提案公开', icon: 'book', needs: ['triage_proposal'] },
  { group: '业务', path: '/awards', words: '优秀提案', icon: 'check', needs: ['triage_proposal', 'review'] },
  { group: '业务', path: '/figures', words: '提案统计', icon: 'grid', needs: ['read_figures'] },
  { group: '业务', path: '/entries', words: '代录', icon: 'pen', needs: ['enter_on_behalf'] },
  { group: '业务', path: '/routing', words: '分办质量', icon: 'route', needs: ['triage_opinion', 'triage_proposal'] },
  { group: '业务', path: '/visits', words: '走访委员', icon: 'users', needs: ['arrange_visits', 'visit'] },
  { group: '委员', path: '/roster', words: '委员名册', icon: 'book', needs: ['manage_roster'] },
  { group: '系统', path: '/accounts', words: '单位与账号', icon: 'house', needs: ['manage_accounts'] },
  { group: '系统', path: '/rules', words: '规则与日历', icon: 'cal', needs: ['manage_rules', 'read_rules'] },
  { group: '系统', path: '/powers', words: '权限一览', icon: 'grid', needs: ['view_powers'] },
  { group: '系统', path: '/secrets', words: '涉密处置', icon: 'lock', needs: ['mark_secrets', 'dispose_secrets'] },
  { group: '系统', path: '/audit', words: '审计记录', icon: 'clip', needs: ['read_audit'] },
  { group: '系统', path: '/health', words: '运行状况', icon: 'clock', needs: ['view_health'] },
];

/** What this person may open; the first is where they land. Empty: the desk is not for them. */
export const entriesFor = (me: Me): readonly Entry[] => entries.filter(({ needs, when }) => needs.some((need) => me.can.includes(need)) && (when?.(me) ?? true));

/** How many things wait, by entry; looked at again after every act and every minute. */
function useCounts(): Record<string, number> {
  const { data, reload } = useLoad('counts', () => api.countTasks({}), moved.use());
  useEffect(() => { const timer = setInterval(reload, 60_000); return () => clearInterval(timer); }, [reload]);
  if (!data) return {};
  return { '/triage': data.triage, '/todo': data.review + data.edit + data.handling + data.visits, '/entries': data.entries, '/secrets': data.secrets };
}

function Row({ entry, here, count }: { entry: Entry; here: boolean; count: number }): ReactNode {
  return <Link to={entry.path} current={here} title={entry.words}><Icon name={entry.icon} /><span>{entry.words}</span>
    {count > 0 && <em className="num" aria-label={`${count} 件`}>{Math.min(99, count)}</em>}</Link>;
}

export function Sidebar({ path }: { path: string }): ReactNode {
  const { me, catalogue } = useDesk();
  const counts = useCounts();
  const open = entriesFor(me);
  const side = useRef<HTMLElement>(null);
  useEffect(() => { side.current?.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest' }); }, [path]);
  return <aside className="side" aria-label="侧栏" ref={side}>
    <div className="brand"><Mark /><div><b>{me.city}政协</b><span>履职工作台</span></div></div>
    <nav aria-label="主导航" className="col">{(['工作', '业务', '委员', '系统'] as const).map((group) => {
      const rows = open.filter((entry) => entry.group === group);
      return rows.length > 0 && <div className="grp" key={group}><p>{group}</p>{rows.map((entry) => <Row key={entry.path} entry={entry} here={path === entry.path || path.startsWith(`${entry.path}/`)} count={counts[entry.path] ?? 0} />)}</div>;
    })}</nav>
    <div className="nosec" role="note" title={catalogue.secretNotice}><Icon name="lock" /><span>{catalogue.secretNotice}</span></div>
  </aside>;
}
