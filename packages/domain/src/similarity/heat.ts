/** What a topic's heat is reckoned from: reports, who wrote them, from where, and how many of them came lately. */
export interface HeatFacts { readonly reports: number; readonly reporters: number; readonly towns: number; readonly lately: number }

/** 热度: people count most, since one person may write often; then how fast, then from how many places. Points that anybody can add up. */
export function heatOf({ reports, reporters, towns, lately }: HeatFacts): { heat: number; why: string } {
  const heat = 10 * reporters + 5 * lately + 5 * Math.max(0, towns - 1) + reports;
  return { heat, why: `反映人 ${reporters} 位（每位 10 分），近 7 天 ${lately} 件（每件 5 分），涉及 ${towns} 个镇街（每多一个 5 分），共 ${reports} 件（每件 1 分）` };
}
/** How near two texts must be: to be held for the same matter, and to be shown as related. Read on real messages. */
export const sameMatter = 0.4;
export const related = 0.3;
