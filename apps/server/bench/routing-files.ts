/** Reads what routing is trained and measured on: lines of {title, body, label}, plain or .gz. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { committeeOfLabel, readModel, topicsOfLabel } from '@lvzhi/domain';
import type { RoutingModel, RoutingModelFile, RoutingTable } from '@lvzhi/domain';

export class BadFile extends Error {}
/** `label` is a topic's name or code, or a committee's id, name or short name; absent where nobody has labelled the line. */
export interface Line { readonly title: string; readonly body: string; readonly label: string | undefined }

const root = resolve(import.meta.dirname, '../../..');
const seeds = (name: string): string => resolve(root, 'seeds', `${name}.json`);
const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
export const modelPath = seeds('routing-model');
export const fromWhereItWasCalled = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

function lineOf(text: string, where: string): Line {
  let row: unknown;
  try { row = JSON.parse(text); } catch { throw new BadFile(`${where}：不是 JSON`); }
  const { title, body, label } = (row ?? {}) as Record<string, unknown>;
  if (typeof title !== 'string' || typeof body !== 'string') throw new BadFile(`${where}：要有 title 和 body，都是文字`);
  if (label !== undefined && typeof label !== 'string') throw new BadFile(`${where}：label 要是文字`);
  return { title, body, label };
}

/** @throws BadFile with the file and the line */
export function readLines(path: string): readonly Line[] {
  let bytes: Buffer;
  try { bytes = readFileSync(fromWhereItWasCalled(path)); } catch { throw new BadFile(`读不到文件：${path}`); }
  let text: string;
  try { text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'); } catch { throw new BadFile(`解不开压缩文件：${path}`); }
  const lines = text.split('\n').flatMap((line, at) => line.trim() === '' ? [] : [lineOf(line, `${path} 第 ${at + 1} 行`)]);
  if (lines.length === 0) throw new BadFile(`文件里一行也没有：${path}`);
  return lines;
}

export interface City { readonly table: RoutingTable; readonly shortOf: (committeeId: string) => string; readonly committeeOf: (label: string) => string | null }

/**
 * The demonstration's city: its table of topics, its committees. No plan topics: a file of texts has none. A label of trade and
 * tourism does not tell one from the other, so measuring gives both to one committee.
 */
export function readCity(): City {
  const { topics, ...others } = readJson<Omit<RoutingTable, 'planTopics' | 'threshold'>>(seeds('routing'));
  const table = { ...others, topics: { ...topics, tourism_culture: topics.commerce_tourism }, planTopics: [], threshold: 0 };
  const committees = readJson<{ id: string; kind: string; name: string; short?: string }[]>(seeds('bodies')).filter(({ kind }) => kind === 'committee');
  const committeeOf = (label: string): string | null => {
    const committee = committees.find(({ id, name, short }) => [id, name, short].includes(label))?.id ?? committeeOfLabel(label, table);
    if (committee === undefined) throw new BadFile(`不认识的标签“${label}”：写主题（如 城乡建设）或专委会（如 ${committees[0]?.short ?? ''}）`);
    return committee;
  };
  return { table, committeeOf, shortOf: id => committees.find(it => it.id === id)?.short ?? id };
}

export const areTopics = (labels: readonly string[]): boolean => labels.length > 0 && labels.every(label => topicsOfLabel(label).length > 0);
export const readModelFile = (path: string): RoutingModel => readModel(readJson<RoutingModelFile>(path === modelPath ? path : fromWhereItWasCalled(path)));
