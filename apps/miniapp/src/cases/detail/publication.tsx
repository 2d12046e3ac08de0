import { View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { OwnPublication } from '@lvzhi/contracts';
import { Btn, Btns, Card, Kind, Tag } from '../../parts/plain.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { ask, say } from '../../platform/device.ts';
import { newKey } from '../../platform/keys.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';

/** 公开 of one's own proposal: asked of each proposer, answered by themselves, and taken back whenever they want. */
export function PublicationPart({ id }: { id: string }) {
  const asked = useAnswer(true, id, () => api.showOwnPublication({ id }));
  const it = asked.answer?.publication;
  return it ? <Own id={id} it={it} put={(publication) => { asked.put({ publication }); }} again={asked.again} /> : null;
}

interface Props { id: string; it: OwnPublication; put: (it: OwnPublication | null) => void; again: () => Promise<void> }
function Own({ id, it, put, again }: Props) {
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const send = async (words: string, act: typeof api.agreePublication) => {
    setBusy(true);
    try {
      const { publication } = await act({ id, version: it.version, key: key.current });
      key.current = newKey();
      say(words);
      put(publication);
    } catch (error) {
      say(reasonOf(error));
      if (error instanceof Failure && error.status === 409) await again();
    } finally { setBusy(false); }
  };
  const agree = async () => { if (await ask({ title: '同意公开', text: '题目、全文、您的姓名和单位公开的答复，谁都看得到；电话等联系方式会略去。以后可以收回同意。', yes: '同意', no: '再想想' })) await send('已同意公开', api.agreePublication); };
  const refuse = async () => { if (await ask({ title: '不同意公开', text: '提案照常办理，只是不公开。', yes: '不同意', no: '再想想' })) await send('已答复不同意', api.refusePublication); };
  const takeBack = async () => { if (await ask({ title: '收回同意', text: '已经公开的马上看不到。', yes: '收回', no: '先不收回' })) await send('已收回，不再公开', api.takeBackConsent); };
  const mayAgree = it.mine !== 'asked' && it.can.includes('agree_publication');
  return <Card>
    <View className="card-top"><Kind icon="info">{it.mine === 'asked' ? '请问您同意公开这件提案吗？' : '公开'}</Kind><Tag tone="b">{it.stateWords}</Tag></View>
    {it.mine === 'asked' && <View className="cap">公开的是题目、全文、姓名和单位公开的答复，联系方式会略去。</View>}
    {it.note !== '' && <View className="cap">撤回公开的理由：{it.note}</View>}
    {it.mine === 'asked' ? <Btns><Btn main size="two" busy={busy} onTap={() => { void agree(); }}>同意公开</Btn><Btn busy={busy} onTap={() => { void refuse(); }}>不同意</Btn></Btns>
      : mayAgree ? <Btn plain busy={busy} onTap={() => { void agree(); }}>改为同意公开</Btn>
      : it.can.includes('take_back_consent') && <Btn plain busy={busy} onTap={() => { void takeBack(); }}>收回同意</Btn>}
  </Card>;
}
