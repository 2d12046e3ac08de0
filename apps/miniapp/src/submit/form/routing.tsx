import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Catalogue } from '@lvzhi/contracts';
import { Sheet } from '../../parts/chip.tsx';
import { Opt } from '../../parts/form.tsx';
import { Btn, Btns, Card, Kind } from '../../parts/plain.tsx';
import { RouteCard } from '../../parts/route-card.tsx';
import type { Suggested } from './use-route.ts';

const byOffice = 'ask';
interface RoutingProps { suggested: Suggested; wish: string | null; committees: Catalogue['committees']; onWish: (wish: string | null) => void }

/** Where it will go and why; the author may choose another committee, or leave it to the office. Accepting takes no tap. */
export function Routing({ suggested, wish, committees, onWish }: RoutingProps) {
  const [open, setOpen] = useState(false);
  const chosen = wish === null ? undefined : wish === byOffice ? '请办公室定' : committees.find(({ id }) => id === wish)?.name;
  const acts = <Btns>
    <Btn onTap={() => { setOpen(true); }}>{chosen === undefined ? '换一个' : '另选一个'}</Btn>
    {chosen === undefined ? <Btn onTap={() => { onWish(byOffice); }}>拿不准，请办公室定</Btn> : <Btn onTap={() => { onWish(null); }}>还按建议送</Btn>}
  </Btns>;
  return <View id="f-wish">
    {'card' in suggested ? <RouteCard card={suggested.card} heading="将送到哪里，为什么" chosen={chosen}>{acts}</RouteCard>
      : <Card><Kind icon="route">将送到哪里，为什么</Kind>{chosen !== undefined && <View className="route-name">{chosen}</View>}<View className="sub">{suggested.none}</View>{acts}</Card>}
    {open && <Sheet title="送到哪个专委会" onClose={() => { setOpen(false); }}>
      {committees.map(({ id, name }) => <Opt key={id} title={name} on={wish === id} onTap={() => { onWish(id); setOpen(false); }} />)}
      <Opt title="拿不准，请办公室定" on={wish === byOffice} onTap={() => { onWish(byOffice); setOpen(false); }} />
    </Sheet>}
  </View>;
}
