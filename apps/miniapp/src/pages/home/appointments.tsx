import type { Me, VisitRow } from '@lvzhi/contracts';
import { Card, Row, Section } from '../../parts/plain.tsx';
import { api } from '../../platform/api.ts';
import { now } from '../../platform/clock.ts';
import { go } from '../../platform/go.ts';

const standing: readonly VisitRow['state'][] = ['confirmed', 'proposed', 'agreed'];

/** The visits to this member that are answered and still to come, the first one first. */
export async function appointmentsOf(me: Me): Promise<VisitRow[]> {
  if (!me.can.includes('receive_visits')) return [];
  const { rows } = await api.listVisits({ from: now().toISOString(), limit: 100 });
  return rows.filter(({ member, state }) => member.id === me.person.id && standing.includes(state));
}

const noteOf = ({ state, stateWords, place, form, proposed }: VisitRow): string =>
  (state === 'proposed' ? `您提出改到 ${proposed?.whenWords ?? '别的时间'}\n现在：委工委安排，定了会通知您` : [stateWords, place || form.name].join(' · '));

/** What was promised stays in sight after the card is answered. */
export const Appointments = ({ visits }: { visits: readonly VisitRow[] }) => <>
  <Section title="约好的走访" />
  <Card flush>{visits.map((visit) => <Row key={visit.id} icon="cal" title={`${visit.whenWords} 走访您`} note={noteOf(visit)} onTap={() => { go('visit', { id: visit.id }); }} />)}</Card>
</>;
