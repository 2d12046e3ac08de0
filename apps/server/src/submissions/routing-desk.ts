import { Inject, Injectable } from '@nestjs/common';
import type { RoutingCard } from '@lvzhi/contracts';
import { confidenceWords, personalWords, route } from '@lvzhi/domain';
import type { RoutingDecision } from '@lvzhi/domain';
import { Directory } from '../platform/directory.ts';
import { Settings } from '../platform/settings.ts';
import { RoutingKnowledge } from '../routing/knowledge.queries.ts';
import type { Routing, Submission } from './submission.entity.ts';

export interface ToRoute { readonly title: string; readonly body: string; readonly category: string | null; readonly townId: string | null; readonly authorId: string }
/** To which committee at once, or none: a person decides at triage. */
export interface Routed { readonly decision: RoutingDecision; readonly threshold: number; readonly committeeId: string | null; readonly co: readonly string[] }

/** Where a submission goes and why (rules: posts, topics to committees; setting route.confirm). */
@Injectable()
export class RoutingDesk {
  constructor(@Inject(RoutingKnowledge) private readonly knowledge: RoutingKnowledge, @Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory) {}

  /** `wish`: the committee that the author chose on the card, or `ask` for 拿不准，请办公室定. */
  decide(text: ToRoute, wish: string | null): Routed {
    const decision = this.propose(text);
    const always = this.settings.get('route.confirm') === 'always';
    const [best] = decision.candidates;
    // Another committee than the router's is a person's word against the machine's: a person at triage decides, with the wish before them.
    const sure = decision.to === 'committee' && best !== undefined && best.committeeId !== text.authorId && (wish === null || wish === best.committeeId)
      // Nor to the committee whose own proposal it is; and where nobody can sign in, nobody would see it (traps, 9).
      && this.directory.page.whyUnassignable(best.committeeId) === undefined;
    const { threshold } = this.knowledge;
    return sure && !always ? { decision, threshold, committeeId: best.committeeId, co: decision.co.filter((id) => id !== text.authorId) } : { decision, threshold, committeeId: null, co: [] };
  }

  propose({ title, body, category, townId, authorId }: ToRoute): RoutingDecision {
    const { page } = this.directory;
    const sectorName = page.body(page.person(authorId)?.sectorId ?? null)?.name;
    const townName = page.body(townId)?.name;
    const text = { title, body, ...(category !== null && { category }), ...(sectorName !== undefined && { sectorName }), ...(townName !== undefined && { townName }) };
    return route(text, this.knowledge.table, this.knowledge.now);
  }

  card(decision: RoutingDecision, threshold: number, decided: Submission['routedBy'], wish: string | null = null): RoutingCard {
    const named = (id: string) => this.directory.page.body(id) ?? { id, name: id, short: id };
    return {
      decided, confidence: decision.confidence, confidenceWords: confidenceWords(decision.confidence, threshold), threshold,
      candidates: decision.candidates.map(({ committeeId, share, reasons }) => ({ committee: named(committeeId), share, reasons: reasons.map(({ kind, text }) => ({ kind, text: kind === 'category' ? this.categoryName(text) : text })) })),
      co: decision.co.map(named), wish: wish === null || wish === 'ask' || wish === decision.candidates[0]?.committeeId ? null : this.directory.page.body(wish), personal: decision.personal === undefined ? null : personalWords[decision.personal], version: decision.version,
    };
  }
  private categoryName(code: string): string { return (this.settings.coded('opinion.categories', code) ?? this.settings.coded('categories', code))?.name ?? code; }
  cardOf(routing: Routing, row: Submission): RoutingCard { return this.card(routing.decision, routing.thresholdPercent / 100, row.routedBy, routing.wish); }

  /** While writing: nothing is kept. */
  suggest(text: ToRoute): RoutingCard {
    const decision = this.propose(text);
    return this.card(decision, this.knowledge.threshold, decision.to === 'committee' ? 'auto' : 'waiting');
  }
}
