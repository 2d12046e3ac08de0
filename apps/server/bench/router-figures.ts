import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { learning, readModel, route, settled } from '@lvzhi/domain';
import type { Example, RoutingModelFile, RoutingTable } from '@lvzhi/domain';
import { invented } from './invented.ts';
import { spreadOf } from './tally.ts';

/** What choosing a committee takes for one text, with the shipped weights, and learning anew from an office's decisions with five folds. */
export interface RouterFigures { readonly medianMs: number; readonly p95Ms: number; readonly learnSeconds: number; readonly learntFrom: number }

/** As a busy office has decided in half a year. */
const decisions = 600;

/** @param root of the project, whose seeds say the table and the weights */
export function routerFigures(root: string): RouterFigures {
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(root, 'seeds', `${name}.json`), 'utf8')) as T;
  const plan = read<{ consultations: RoutingTable['planTopics']; research: RoutingTable['planTopics'] }>('plan-2022');
  const table: RoutingTable = { ...read<RoutingTable>('routing'), planTopics: [...plan.consultations, ...plan.research], threshold: 0.75 };
  const model = readModel(read<RoutingModelFile>('routing-model'));
  const texts = invented(decisions);
  const timed = texts.map((text) => {
    const began = performance.now();
    const { candidates: [best] } = route(text, table, { model });
    return { ms: performance.now() - began, text, committeeId: best?.committeeId };
  });
  const { medianMs, p95Ms } = spreadOf(timed.map(({ ms }) => ms));
  const examples = timed.flatMap(({ text, committeeId }): Example[] => committeeId === undefined ? [] : [{ ...text, committeeId, weight: 1 }]);
  const began = performance.now();
  settled(learning(examples, table, model, 'bench'));
  return { medianMs, p95Ms, learnSeconds: (performance.now() - began) / 1000, learntFrom: examples.length };
}
