import type { HandlingPart, SubmissionView } from '@lvzhi/contracts';
import { addDays, dateOf } from '@lvzhi/domain';
import type { ProposalFate } from './proposal-fates.ts';
import { dispatcherOf, officeOf, unitOf } from './proposal-house.ts';
import type { ProposalHouse } from './proposal-house.ts';
import type { After } from './proposal-steps.ts';

const on = ({ id, version }: { readonly id: string; readonly version: number }) => ({ id, version });

/** The next thing that the units of a case do: sign for it, talk, write, countersign, submit; then the office of their side. */
export async function handleNext(house: ProposalHouse, fate: ProposalFate, doc: SubmissionView): Promise<After> {
  const parts = doc.handling?.parts ?? [];
  const [lead, assists] = [parts.find(({ role }) => role !== 'assist'), parts.filter(({ role }) => role === 'assist')];
  if (!lead) throw new Error(`${doc.title}：没有主办单位`);
  if (lead.state === 'assigned') return sign(house, fate, parts);
  if (lead.talks === 0) return talk(house, fate, lead, assists);
  if (fate.halts === 'handling') return { end: 'handling' };
  if (lead.state === 'handling') return answer(house, fate, lead, assists);
  return release(house, fate, lead);
}

async function sign(house: ProposalHouse, fate: ProposalFate, parts: readonly HandlingPart[]): Promise<After> {
  if (fate.halts === 'unsigned') return { end: 'handling' };
  for (const part of parts.filter(({ state }) => state === 'assigned')) await unitOf(house, part.unit.id).signFor(on(part));
  return fate.talked ? { next: 'talk' } : { end: 'handling' };
}

/** The lead meets the proposer, who says that it was so; assisting units write their opinion. */
async function talk(house: ProposalHouse, fate: ProposalFate, lead: HandlingPart, assists: readonly HandlingPart[]): Promise<After> {
  if (!fate.talked) return { end: 'handling' };
  const proposer = house.author(fate.no);
  await unitOf(house, lead.unit.id).recordTalk({ ...on(lead), on: dateOf(house.now()), form: 'meeting', people: '承办科室、提案人', gist: '一起看了现场，商定先解决最急的一处，其余列入计划。' });
  const asked = (await proposer.show({ id: house.ids.get(fate.no) ?? '' })).handling?.talks.find(({ mine }) => mine === 'asked');
  if (asked) await proposer.confirmTalk({ id: asked.id, version: asked.version });
  for (const part of assists.filter(({ state }) => state === 'handling')) await unitOf(house, part.unit.id).giveOpinion({ ...on(part), note: '我单位配合办理，按职责提供资料。' });
  return { next: 'reply' };
}

const answers: Readonly<Record<ProposalFate['class'], string>> = {
  A: '一、已经完成现场整治，问题基本解决。\n二、建立长效管护办法，明确责任单位和责任人。', B: '一、已经列入今年的工作计划，完成了勘察和设计。\n二、计划按期开工建设，进展及时告知提案人。',
  C: '一、目前受用地和资金条件限制，暂时难以解决。\n二、条件具备后优先安排。', D: '提案所提建议很有参考价值，我们在制定规划时认真研究吸收。',
};

/** Written, then countersigned by all who assist, then submitted. */
async function answer(house: ProposalHouse, fate: ProposalFate, lead: HandlingPart, assists: readonly HandlingPart[]): Promise<After> {
  const unit = unitOf(house, lead.unit.id);
  const { reply } = await unit.showReply({ id: lead.id });
  if (reply === null) {
    const promisedOn = fate.class === 'B' ? addDays(dateOf(house.now()), 240) : null;
    await unit.saveReply({ id: lead.id, version: 0, classCode: fate.class, body: answers[fate.class], docNo: `安函〔${dateOf(house.now()).slice(0, 4)}〕${fate.no}号`, signer: '分管负责人', publicity: 'open', publicityReason: '', promisedOn, contact: '办公室 0571-5550101' });
    return { next: 'submit_reply' };
  }
  const waiting = assists.filter(({ state }) => state === 'countersigning');
  for (const part of waiting) await unitOf(house, part.unit.id).agreeReply({ ...on(part), note: '' });
  if (waiting.length === 0 && assists.some(({ state }) => state !== 'countersigned')) {
    await unit.askCountersign(on(lead));
    return { next: 'countersign' };
  }
  await unit.submitReply(on(waiting.length > 0 ? await unit.showHandling({ id: lead.id }) : lead));
  return { next: 'approve' };
}

/** The office of the unit's side reviews what was submitted and releases it. */
async function release(house: ProposalHouse, fate: ProposalFate, lead: HandlingPart): Promise<After> {
  const office = dispatcherOf(house, lead.unit.id);
  if (lead.state === 'reply_review') {
    if (fate.halts === 'reviewing') return { end: 'handling' };
    await office.approveReply({ ...on(lead), classCode: null, note: '' });
    return { next: 'release' };
  }
  if (lead.state !== 'ready') return { end: (await officeOf(house).show({ id: house.ids.get(fate.no) ?? '' })).state };
  const [result] = (await office.releaseReplies({ items: [on(lead)] })).results;
  if (result?.done !== true) throw new Error(`${lead.unit.name}：没有送达，${result?.reason ?? ''}`);
  return { next: 'rate' };
}
