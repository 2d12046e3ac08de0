import { addDays, dateWords } from '../civil-time.ts';
import { deciders } from '../flows/proposal.flow.ts';
import { collectiveKinds, proposerKindWords } from '../proposers.ts';
import { fieldsOf, listOf } from './findings.ts';
import type { Findings } from './findings.ts';

const isCivil = (on: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(on) && addDays(on, 0) === on;
export const deciderWords = { proposal_office: '提案委', review_board: '提案审查委员会' } as const satisfies Record<(typeof deciders)[number], string>;
interface Around { readonly codes: ReadonlySet<string>; readonly current: readonly string[] }
/** Case numbers are drawn in a series of the session, so its id is short and never another's: t7s2 after t7s1. */
function* newIds(codes: ReadonlySet<string>): Generator<string, never> {
  const term = [...codes].map((id) => /^(.*s)\d+$/.exec(id)?.[1]).find((it) => it !== undefined) ?? 's';
  for (let number = 1; ; number += 1) if (!codes.has(`${term}${number}`)) yield `${term}${number}`;
}

/** 会议和收提案的时间: one after the other; one that once took proposals stays, since they are numbered in it. */
export function sessions(given: unknown, found: Findings, { codes, current }: Around): unknown {
  const ids = newIds(codes);
  const list = found.many('', '会议', given, 1, 20).map((it, at) => {
    const { id, name, proposalsFrom, proposalsUntil, decidedBy, plenaryOnly } = fieldsOf(it);
    const day = (part: 'proposalsFrom' | 'proposalsUntil', label: string, value: unknown) => {
      if (typeof value === 'string' && isCivil(value)) return value;
      found.say(`${at}.${part}`, `请填写第 ${at + 1} 次会议${label}的日期`);
      return '';
    };
    const decider = deciders.find((code) => code === decidedBy);
    if (!decider) found.say(`${at}.decidedBy`, `请选择第 ${at + 1} 次会议的大会提案由谁审定`);
    const [from, until] = [day('proposalsFrom', '开始收大会提案', proposalsFrom), day('proposalsUntil', '收大会提案截止', proposalsUntil)];
    if (from !== '' && until !== '' && from > until) found.say(`${at}.proposalsUntil`, '截止的日期早于开始的日期');
    const known = typeof id === 'string' && codes.has(id) ? id : ids.next().value;
    return { id: known, name: found.text(`${at}.name`, `第 ${at + 1} 次会议的名称`, name, 2, 30), proposalsFrom: from, proposalsUntil: until, decidedBy: decider ?? 'proposal_office', plenaryOnly: collectiveKinds.filter((kind) => listOf(plenaryOnly).includes(kind)) };
  });
  const inOrder = list.toSorted((a, b) => (a.proposalsFrom < b.proposalsFrom ? -1 : 1));
  for (const [at, it] of inOrder.entries()) if (at > 0 && it.proposalsFrom <= (inOrder[at - 1]?.proposalsUntil ?? '')) found.say('', `${it.name}和${inOrder[at - 1]?.name ?? ''}收大会提案的时间重叠了`);
  if (current.some((id) => !list.some((it) => it.id === id))) found.say('', '已经有的会议不能去掉：提案按会议编号。可以改名称和日期。');
  if (new Set(list.map(({ id }) => id)).size !== list.length) found.say('', '同一次会议写了两遍，请去掉一个');
  return inOrder;
}

export const sessionLines = (value: unknown): { label: string; text: string }[] => listOf(value).map((it, at) => {
  const { name, proposalsFrom, proposalsUntil, decidedBy, plenaryOnly } = fieldsOf(it);
  const [day, decider, kinds] = [(on: unknown) => (typeof on === 'string' ? dateWords(on, '') : ''), deciders.find((code) => code === decidedBy), collectiveKinds.filter((kind) => listOf(plenaryOnly).includes(kind))];
  return { label: typeof name === 'string' ? name : `第 ${at + 1} 次会议`, text: `${day(proposalsFrom)}到 ${day(proposalsUntil)}收大会提案，由${decider ? deciderWords[decider] : ''}审定；${kinds.length === 0 ? '各类提案平时都收' : `${kinds.map((kind) => proposerKindWords[kind]).join('、')}只在这段时间收`}` };
});
