import type { TopicCode } from '../routing/topics.ts';

/** The topics that the router knows, as the office names them (rules: posts, topics to committees). */
export const topicWords = {
  urban_construction: '城乡建设', land: '国土资源', environment: '环境保护', transport: '交通运输', commerce_tourism: '商贸旅游', tourism_culture: '文化旅游', economy: '经济管理', technology: '科技与信息产业',
  education_culture_sports: '教育文体', rural: '农村农业', labour: '劳动和社会保障', health: '卫生健康', justice: '政法', civil_affairs: '民政', member_work: '委员履职与服务', proposal_work: '提案工作', international: '国际合作',
  party_affairs: '党务政务', party_discipline: '纪检监察',
} as const satisfies Record<TopicCode, string>;
