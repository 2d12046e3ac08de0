import { auditGroups, auditKinds } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, day, limit, nothing, oneOf, optionalText, page } from './pieces.ts';
import { route } from './route.ts';

const state = v.picklist(['good', 'warn', 'bad']);
const healthView = v.object({
  state, at,
  probes: v.array(v.object({ name: v.string(), words: v.string(), state, says: v.string() })),
  /** `every`: how often it should run, in words. */
  jobs: v.array(v.object({ name: v.string(), words: v.string(), every: v.string(), state, endedAt: v.nullable(at), outcome: v.string() })),
  /** The newest runs of backup, trial restore and restore. */
  runs: v.array(v.object({ id: v.string(), words: v.string(), state, outcome: v.string(), endedAt: at, fileName: v.string(), size: v.string(), says: v.string() })),
  facts: v.array(v.object({ words: v.string(), value: v.string() })),
});
export type HealthView = v.InferOutput<typeof healthView>;

/** `subject`, `detail`: in words; never a text that somebody wrote, a whole phone number or a password. */
const auditRow = v.object({ id: v.string(), at, kind: v.picklist(auditKinds), words: v.string(), groupWords: v.string(), who: v.string(), surface: v.string(), subject: v.string(), detail: v.string() });
export type AuditRow = v.InferOutput<typeof auditRow>;
const filters = { group: v.optional(oneOf('类别', auditGroups)), kind: v.optional(oneOf('事项', auditKinds)), name: optionalText('姓名', 20), from: v.optional(day('开始日期')), until: v.optional(day('结束日期')) };
/** What the list shows and what is exported of it: the same filters. */
export const auditFilters = v.object(filters);

export const keeping = {
  showHealth: route({ method: 'GET', path: '/system/health', summary: '运行状况：备份、试恢复、定时任务、磁盘、数据库和版本', who: ['view_health'], input: nothing, output: healthView }),
  listAudit: route({ method: 'GET', path: '/audit', summary: '审计记录，新的在前；按类别、事项、姓名和日期筛选', who: ['read_audit'], input: v.object({ ...filters, after, limit }), output: v.object({ ...page(auditRow).entries, keepDays: v.number() }) }),
} as const;
