import type { Answer, routes } from '@lvzhi/contracts';
import { addDays, dateOf, dateWords, daysBetween } from '@lvzhi/domain';
import type { ReactNode } from 'react';
import { useNow } from '../platform/clock.ts';

type Figures = Answer<typeof routes.coverage>;
const segments = [['visited', '已走访', '#15506B'], ['confirmed', '已确认', '#5E93AA'], ['proposed', '提出改期', '#B5CFDA'], ['unanswered', '未回复', '#DDB669'], ['unscheduled', '未安排', '#DCE3E6']] as const;

/** Where it leads at the pace so far, once a week of it is known; undefined before that, or when nothing is left. */
function forecast({ campaign, total, visited }: Figures, today: string): string | undefined {
  const days = daysBetween(campaign.fromOn, today);
  const left = total - visited;
  if (days < 7 || visited === 0 || left <= 0) return undefined;
  const perWeek = (visited * 7) / days;
  const end = addDays(today, Math.ceil((left * 7) / perWeek));
  const late = daysBetween(campaign.untilOn, end);
  const pace = `按现在每周 ${Math.round(perWeek)} 人，${dateWords(end, today)}走完`;
  if (late <= 0) return `${pace}，可按期。`;
  const weeks = daysBetween(today, campaign.untilOn) / 7;
  return `${pace}，晚 ${late} 天。${weeks > 0 ? `每周走访 ${Math.ceil(left / weeks)} 人，可按期。` : `已过 ${dateWords(campaign.untilOn, today)}的期限。`}`;
}

/** 走访覆盖: numbers first, the bar beside them. */
export function Coverage({ figures }: { figures: Figures }): ReactNode {
  const today = dateOf(useNow(60_000));
  const { total, visited } = figures;
  const words = forecast(figures, today);
  const share = total > 0 ? `${((visited / total) * 100).toFixed(1)}%` : '0%';
  return <section className="panel" style={{ padding: '12px 16px', flexDirection: 'row', alignItems: 'center', gap: 24 }} aria-label="走访覆盖">
    <div style={{ whiteSpace: 'nowrap' }}><b className="big num">{share}</b><div className="cap num">已走访 {visited} / {total}</div></div>
    <div className="grow">
      <div className="bar-chart" role="img" aria-label={segments.map(([key, name]) => `${name} ${figures[key]} 人`).join('，')}>{segments.map(([key, , fill]) => figures[key] > 0 && <i key={key} style={{ flex: figures[key], background: fill }} />)}</div>
      <div className="legend">{segments.map(([key, name, fill]) => <span className="rowx tight" key={key}><i style={{ background: fill }} aria-hidden="true" />{name} <b className="num">{figures[key]}</b></span>)}</div>
    </div>
    {words && <p className="sub" style={{ borderLeft: '1px solid var(--line)', paddingLeft: 24, width: 300 }}>{words}</p>}
  </section>;
}
