import { View } from '@tarojs/components';
import type { VisitRow } from '@lvzhi/contracts';
import { Meta } from './plain.tsx';

/** When, how long, how, where: the facts of an appointment in short. */
export const VisitMeta = ({ visit }: { visit: VisitRow }) => <View className="meta">
  <Meta icon="cal">{visit.whenWords}，约 {visit.minutes} 分钟，{visit.form.name}</Meta>
  {visit.place !== '' && <Meta icon="pin">{visit.place}</Meta>}
  {visit.proposed && <Meta icon="swap">您提出改到 {visit.proposed.whenWords}，{visit.proposed.form.name}</Meta>}
</View>;
