import type { Decider } from './flows/proposal.flow.ts';
import type { ProposerKind } from './proposers.ts';

/** A plenary (全体会议) as proposals know it: civil dates of Shanghai between which what comes in is 大会提案; what comes later, until the next, is 平时 (rules: duty-rules §1.2, §1.4). */
export interface ProposalSession { readonly id: string; readonly name: string; readonly proposalsFrom: string; readonly proposalsUntil: string; readonly decidedBy: Decider; /** Kinds that are taken only while its plenary takes proposals. */ readonly plenaryOnly: readonly ProposerKind[] }
export interface SessionPlace { readonly sessionId: string; readonly inPlenary: boolean; readonly decider: Decider }

/** To which session a proposal of this day belongs, and who decides on it; the 提案委 decides on everything outside the plenary. */
export function sessionPlaceOf(sessions: readonly ProposalSession[], on: string): SessionPlace | undefined {
  const begun = sessions.filter(({ proposalsFrom }) => proposalsFrom <= on).toSorted((a, b) => (a.proposalsFrom < b.proposalsFrom ? 1 : -1));
  const [session] = begun;
  if (!session) return undefined;
  const inPlenary = on <= session.proposalsUntil;
  return { sessionId: session.id, inPlenary, decider: inPlenary ? session.decidedBy : 'proposal_office' };
}

/** 案号: 七届一次会议第036号 · 七届一次会议平时第012号. */
export const caseNoWords = (sessionName: string, inPlenary: boolean, no: number): string => `${sessionName}${inPlenary ? '' : '平时'}第${String(no).padStart(3, '0')}号`;
