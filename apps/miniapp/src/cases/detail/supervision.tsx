import { Text, View } from '@tarojs/components';
import type { SupervisionForProposer } from '@lvzhi/contracts';
import { dateOf, dateWords } from '@lvzhi/domain';
import { Card, Kind, Section, Tag } from '../../parts/plain.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { now } from '../../platform/clock.ts';

const onDay = (day: string): string => dateWords(day, dateOf(now()));

/** 督办 of one's own proposal, where it is a key one: who leads, what was done, what units answered, how it was appraised. */
export function SupervisionPart({ id, version }: { id: string; version: number }) {
  const { answer } = useAnswer(true, `${id} ${version}`, () => api.showOwnSupervision({ id }));
  return answer?.supervision ? <Supervised it={answer.supervision} /> : null;
}

function Supervised({ it }: { it: SupervisionForProposer }) {
  return <>
    <Section title="重点提案督办" />
    <Card>
      <View className="card-top"><Kind icon="checkc">{it.form?.name ?? '督办'}</Kind><Tag tone="b">{it.stateWords}</Tag></View>
      <View className="cap">{[it.leader && `牵头领导 ${it.leader}`, it.committee && `${it.committee.short}承办督办`, it.dueOn && `${onDay(it.dueOn)} 前完成`].filter(Boolean).join('，')}</View>
      {it.events.map((event) => <View key={event.id} className="part-row"><View className="strong">{onDay(event.on)}，{event.place}</View><View className="said"><Text selectable userSelect>{event.what}</Text></View></View>)}
      {it.demands.map((demand) => <View key={demand.id} className="part-row"><View className="card-top"><Text className="strong">要求{demand.unit.name}</Text><Tag>{demand.stateWords}</Tag></View><View>{demand.demand}</View>
        {demand.answer !== '' && <View className="said"><Text selectable userSelect>{demand.answer}</Text></View>}</View>)}
      {it.results && <View className="part-row"><View className="strong">委员评议</View>{it.results.map(({ name, mean, n, most }) => <View key={name} className="cap num">{name}：{mean === null ? '没有人评' : `平均 ${mean} 分（满分 ${most}，${n} 人）`}</View>)}</View>}
      {it.report !== '' && <View className="part-row"><View className="strong">督办情况报告</View><View className="said"><Text selectable userSelect>{it.report}</Text></View></View>}
    </Card>
  </>;
}
