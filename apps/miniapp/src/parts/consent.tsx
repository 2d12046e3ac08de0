import { Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { MyReminders } from '@lvzhi/contracts';
import type { NoticeSort } from '@lvzhi/domain';
import { say } from '../platform/device.ts';
import { askConsent, loadReminders, openWechatSettings, useReminders } from '../platform/reminding.ts';
import { useMe } from '../platform/session.ts';
import { Btn, Btns, Card, Note } from './plain.tsx';

/** 走访通知 还能收 2 次. */
export const leftWords = ({ words, left }: MyReminders['sorts'][number]): string => (left === null ? `${words}：一直能收` : left === 0 ? `${words}：现在收不到` : `${words}：还能收 ${left} 次`);

/** Reads the templates as soon as a page with a question is open, so that the tap can ask at once. */
export function useConsentReady(): MyReminders | undefined {
  const me = useMe();
  const mine = useReminders();
  const who = me?.person.id;
  // Without it nothing is asked; the page says what it is for all the same.
  useEffect(() => { if (who !== undefined) loadReminders().catch(() => undefined); }, [who]);
  return mine;
}

/** Says what is left, and what happens without; its button asks WeChat as its first act. In large type it is this card that is read, not WeChat's small one. */
export function ConsentCard({ sorts, title, without, main = false }: { sorts: readonly NoticeSort[]; title: string; without: string; /** The page has no other act. */ main?: boolean }) {
  const mine = useConsentReady();
  const [said, setSaid] = useState<'yes' | 'refused' | 'off' | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = mine?.sorts.filter(({ sort, templateId }) => sorts.includes(sort) && templateId !== null) ?? [];
  if (!mine?.bound || asked.length === 0) return null;
  const tap = () => {
    const answer = askConsent(...sorts);
    setBusy(true);
    void answer.then((it) => { if (it === 'none') say('没有问成，请再点一次'); else setSaid(it); }).finally(() => { setBusy(false); });
  };
  return <Card>
    <View className="strong">{title}</View>
    <View className="sub">微信规定，每同意一次，只能发一条提醒。</View>
    {asked.map((it) => <View key={it.sort} className={it.left === 0 ? 'sub strong' : 'sub'}><Text>{leftWords(it)}</Text></View>)}
    <View className="sub">{without}</View>
    {said === 'yes' && <Note tone="o">好，下一条会在微信里提醒您。</Note>}
    {said !== null && said !== 'yes' && <Note tone="w" icon="bell" title={said === 'off' ? '微信里关了提醒' : '您没有同意'} {...(process.env.TARO_ENV !== 'h5' && { onTap: () => { void openWechatSettings(); } })}>
      {said === 'off' ? '在微信的设置里打开“订阅消息”，再回来点一次。' : '以前选过“总是保持”的，要到微信的设置里改。不改也行，通知都在“通知”里。'}</Note>}
    <Btns><Btn main={main && said === null} busy={busy} onTap={tap}>{said === 'yes' ? '再同意一次' : '同意在微信里提醒我'}</Btn></Btns>
  </Card>;
}
