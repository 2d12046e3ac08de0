import { calibration } from './calibration.ts';
import type { CommitteeId, RoutingTable, RoutingText } from './decision.ts';
import { lexiconSupport, learntSupport } from './evidence.ts';
import { softmax } from './fitting.ts';
import type { RoutingModel } from './model.ts';
import { topicCodes } from './topics.ts';
import type { TopicCode } from './topics.ts';

/** Topics as public message boards name them; some stand for two of ours. */
const topicNames: Readonly<Record<string, readonly TopicCode[]>> = {
  城乡建设: ['urban_construction'], 国土资源: ['land'], 环境保护: ['environment'], 交通运输: ['transport'],
  商贸旅游: ['commerce_tourism', 'tourism_culture'], 经济管理: ['economy'], 科技与信息产业: ['technology'], 教育文体: ['education_culture_sports'],
  农村农业: ['rural'], 劳动和社会保障: ['labour'], 卫生计生: ['health'], 政法: ['justice'], 民政: ['civil_affairs'],
  委员履职与服务: ['member_work'], 提案工作: ['proposal_work'], 国际合作: ['international'], 党务政务: ['party_affairs'], 纪检监察: ['party_discipline'], 党务纪检: ['party_affairs', 'party_discipline'],
};

/** The topics that a label (a topic's name, or one of {@link topicCodes}) stands for; none when it is no topic. */
export function topicsOfLabel(label: string): readonly TopicCode[] {
  const code = topicCodes.find(each => each === label);
  return code ? [code] : topicNames[label] ?? [];
}

/** The committee of a topic label: of its first topic. Null where a person decides; undefined when the label is no topic. */
export function committeeOfLabel(label: string, table: RoutingTable): CommitteeId | null | undefined {
  const [first] = topicsOfLabel(label);
  return first === undefined ? undefined : table.topics[first];
}

/** Shares of the given topic labels for one text, best first: what is measured on files whose labels are topics. */
export function labelShares(text: RoutingText, labels: readonly string[], model: RoutingModel | undefined): readonly { readonly name: string; readonly share: number }[] {
  const support = [...lexiconSupport(text)];
  if (model) for (const { adds } of learntSupport(text, model)) adds.forEach((add, at) => { support[at] = (support[at] ?? 0) + add; });
  const shares = softmax(support.map(each => each / (model?.temperature ?? calibration.temperature)));
  const named = labels.map(name => ({ name, share: topicsOfLabel(name).reduce((sum, code) => sum + (shares[topicCodes.indexOf(code)] ?? 0), 0) }));
  const total = named.reduce((sum, { share }) => sum + share, 0) || 1;
  return named.map(({ name, share }) => ({ name, share: share / total })).sort((a, b) => b.share - a.share);
}
