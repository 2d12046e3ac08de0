import Taro from '@tarojs/taro';
import type { MyReminders } from '@lvzhi/contracts';
import type { NoticeSort } from '@lvzhi/domain';
import { api } from './api.ts';
import { me } from './session.ts';
import { watched } from './watched.ts';
import { askInBrowser } from './wechat.ts';

/** WeChat takes more today; older ones take three, and nobody reads a longer list. */
const atOnce = 3;
/** Known before any tap: nothing may be waited for between a tap and the question. */
const known = watched<MyReminders | undefined>(undefined);
export const useReminders = known.use;

/** Reads what is chosen and what is left; of a failure only the pages that show it speak. */
export async function loadReminders(): Promise<MyReminders> {
  const mine = await api.showMyReminders({});
  known.set(mine);
  return mine;
}
export const putReminders = (mine: MyReminders): void => { known.set(mine); };

/** `off`: reminders are switched off in WeChat's own settings; `refused`: the person said no, or said so once for always; `none`: nothing to ask for. */
export type Consented = 'yes' | 'refused' | 'off' | 'none';
type Answers = { readonly templateId: string; readonly accepted: boolean }[];

const answersIn = (result: Record<string, unknown>, ids: readonly string[]): Answers =>
  ids.flatMap((templateId) => { const said = result[templateId]; return typeof said === 'string' && said !== 'filter' ? [{ templateId, accepted: said.startsWith('accept') }] : []; });

async function ask(ids: string[]): Promise<Answers | 'off' | 'none'> {
  if (process.env.TARO_ENV === 'h5') { const result = await askInBrowser(ids); return result ? answersIn(result, ids) : 'none'; }
  try { return answersIn(await Taro.requestSubscribeMessage({ tmplIds: ids, entityIds: [] }) as unknown as Record<string, unknown>, ids); } catch (error) {
    return (error as { errCode?: unknown } | null)?.errCode === 20_004 ? 'off' : 'none';
  }
}

/**
 * Asks WeChat for leave to send these sorts of notice. To be called as the first act of a tap, before anything is waited for, or WeChat does not
 * show the question (facts §2.1); what else the tap does goes on beside it.
 */
export function askConsent(...sorts: NoticeSort[]): Promise<Consented> {
  const ids = known.get()?.sorts.flatMap(({ sort, templateId }) => (sorts.includes(sort) && templateId !== null ? [templateId] : [])).slice(0, atOnce) ?? [];
  if (ids.length === 0 || !me()) return Promise.resolve('none');
  return ask(ids).then(async (answers) => {
    if (answers === 'off' || answers === 'none') return answers;
    if (answers.length > 0) known.set(await api.tellConsents({ answers }));
    return answers.some(({ accepted }) => accepted) ? 'yes' : 'refused';
  }).catch(() => 'none' as const);
}

/** WeChat's own page for this mini-program: the only place where “always refuse” is taken back. */
export async function openWechatSettings(): Promise<void> {
  if (process.env.TARO_ENV !== 'h5') await Taro.openSetting({ withSubscriptions: true });
}
