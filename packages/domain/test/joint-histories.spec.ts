/** 联名 through any history: many members, a text that changes, a proposal that is handed in, comes back and is filed. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { systemActor } from '../src/actor.ts';
import { cosignActions, cosignFlow, signersOf } from '../src/flows/cosign.flow.ts';
import type { CosignAction, CosignFacts, CosignState } from '../src/flows/cosign.flow.ts';
import { actionsFor, move } from '../src/workflow.ts';
import { person, termId } from './people.ts';

const invited = ['a', 'b', 'c'] as const;
const actors = [person('first', 'member'), ...invited.map((id) => person(id, 'member')), person('stranger', 'member'), person('office', 'proposal_office'), systemActor(termId)];
interface Ask { readonly personId: string; readonly orderNo: number; state: CosignState; textNo: number; begun: boolean }
interface World { text: number; handedIn: boolean; filed: boolean; readonly asks: Ask[]; readonly signed: { by: string; personId: string; textNo: number }[] }
type Turn = { readonly what: 'change' | 'hand_in' | 'return' | 'file' } | { readonly what: 'act'; readonly ask: number; readonly actor: number; readonly action: CosignAction };

const facts = (world: World, { personId, state, textNo, begun }: Ask): CosignFacts =>
  ({ state, authorId: personId, committeeId: null, coCommitteeIds: [], clerkId: 'first', begun, firstId: 'first', textNo, currentNo: world.text, handedIn: world.handedIn, filed: world.filed });

/** The model: what the house does around the flow, in a few lines. */
function act(world: World, ask: Ask, actorNo: number, action: CosignAction): void {
  const [actor, doc] = [actors[actorNo], facts(world, ask)];
  if (!actor || !actionsFor(cosignFlow, doc, actor).includes(action)) return;
  ask.state = move(cosignFlow, action, doc, actor).to;
  ask.begun = true;
  if (action === 'ask_again' || action === 'ask_cosign') ask.textNo = world.text;
  // On paper they signed with their own hand, and the house enters it.
  if (action === 'cosign' || action === 'sign_on_paper') world.signed.push({ by: action === 'cosign' ? actor.personId : ask.personId, personId: ask.personId, textNo: ask.textNo });
}
function turn(world: World, it: Turn): void {
  switch (it.what) {
    case 'change': if (!world.handedIn) world.text += 1; break;
    case 'hand_in': if (!world.handedIn) { world.handedIn = true; for (const ask of world.asks) if (ask.state === 'asked') ask.state = move(cosignFlow, 'lapse_cosign', facts(world, ask), systemActor(termId)).to; } break;
    case 'return': if (world.handedIn && !world.filed) world.handedIn = false; break;
    case 'file': if (world.handedIn) world.filed = true; break;
    case 'act': { const ask = world.asks[it.ask]; if (ask) act(world, ask, it.actor, it.action); }
  }
}
const turns = fc.array(fc.oneof({ weight: 2, arbitrary: fc.record({ what: fc.constantFrom('change' as const, 'hand_in' as const, 'return' as const, 'file' as const) }) },
  { weight: 9, arbitrary: fc.record({ what: fc.constant('act' as const), ask: fc.nat(2), actor: fc.nat(actors.length - 1), action: fc.constantFrom(...cosignActions) }) }), { maxLength: 60, size: 'max' });
const begin = (): World => ({ text: 1, handedIn: false, filed: false, signed: [], asks: invited.map((personId, index) => ({ personId, orderNo: index + 1, state: 'asked', textNo: 1, begun: false })) });
const every = (check: (world: World, before: World) => void) => {
  fc.assert(fc.property(turns, (history) => {
    const world = begin();
    for (const it of history) { const before = structuredClone(world); turn(world, it); check(world, before); }
  }), { numRuns: 300 });
};
const signers = ({ asks, text }: World): string[] => signersOf(asks, text);

describe('联名的任何一段经历', () => {
  test('没有人替别人联名', () => { every(({ signed }) => { expect(signed.filter(({ by, personId }) => by !== personId)).toEqual([]); }); });

  test('联名只算现在这一稿：列出来的人，都亲自在这一稿上同意过', () => {
    every((world) => { expect(signers(world).filter((id) => !world.signed.some((it) => it.personId === id && it.textNo === world.text))).toEqual([]); });
  });

  test('文字一改，原来的联名都不算；不联名、没答复、撤回的，从不在名单里', () => {
    every((world, before) => {
      expect(world.text === before.text ? [] : signers(world)).toEqual([]);
      expect(world.asks.filter(({ state, personId }) => state !== 'signed' && signers(world).includes(personId))).toEqual([]);
    });
  });

  test('提交以后没有等着答复的邀请，名单只少不多；立案以后名单不变；次序总是邀请的次序', () => {
    every((world, before) => {
      expect(world.asks.filter(({ state }) => world.handedIn && state === 'asked')).toEqual([]);
      expect(signers(world).filter((id) => world.handedIn && before.handedIn && !signers(before).includes(id))).toEqual([]);
      expect(before.filed ? signers(world) : []).toEqual(before.filed ? signers(before) : []);
      expect(signers(world)).toEqual(invited.filter((id) => signers(world).includes(id)));
    });
  });
});
