/** 联名 through any history: many members, a text that changes, a proposal that is handed in, comes back, is mended by paragraph under review, and is filed or dropped. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { systemActor } from '../src/actor.ts';
import { cosignActions, cosignFlow, signersOf } from '../src/flows/cosign.flow.ts';
import type { CosignAction, CosignFacts, CosignState } from '../src/flows/cosign.flow.ts';
import { actionsFor, move } from '../src/workflow.ts';
import { person, termId } from './people.ts';

const invited = ['a', 'b', 'c'] as const;
const actors = [person('first', 'member'), ...invited.map((id) => person(id, 'member')), person('stranger', 'member'), person('office', 'proposal_office'), systemActor(termId)];
const others = ['change', 'hand_in', 'return', 'accept_edits', 'file', 'drop'] as const;
interface Ask { readonly personId: string; readonly orderNo: number; state: CosignState; textNo: number; begun: boolean }
interface World { text: number; handedIn: boolean; anew: boolean; filed: boolean; dropped: boolean; /** Who is credited beside the first. */ credited: string[]; readonly asks: Ask[]; readonly signed: { by: string; personId: string; textNo: number }[] }
type Turn = { readonly what: (typeof others)[number] } | { readonly what: 'act'; readonly ask: number; readonly actor: number; readonly action: CosignAction };

const facts = (world: World, { personId, state, textNo, begun }: Ask): CosignFacts =>
  ({ state, authorId: personId, committeeId: null, coCommitteeIds: [], clerkId: 'first', begun, firstId: 'first', textNo, currentNo: world.text, handedIn: world.handedIn, anew: world.anew, filed: world.filed });

const signers = ({ asks, text }: World): string[] => signersOf(asks, text);

/** The model: what the house does around the flow, in a few lines. */
function act(world: World, ask: Ask, actorNo: number, action: CosignAction): void {
  const [actor, doc] = [actors[actorNo], facts(world, ask)];
  if (!actor || !actionsFor(cosignFlow, doc, actor).includes(action)) return;
  ask.state = move(cosignFlow, action, doc, actor).to;
  ask.begun = true;
  if (action === 'ask_again' || action === 'ask_cosign') ask.textNo = world.text;
  // On paper they signed with their own hand, and the house enters it.
  if (action === 'take_back_cosign' || world.anew && ask.state === 'unsigned') world.credited = world.credited.filter((id) => id !== ask.personId);
  if (action === 'cosign' || action === 'sign_on_paper') world.signed.push({ by: action === 'cosign' ? actor.personId : ask.personId, personId: ask.personId, textNo: ask.textNo });
  // The last one who was asked anew lets the review go on.
  if (!world.asks.some(({ state }) => state === 'asked')) world.anew = false;
}
const bySystem = (world: World, ask: Ask, action: CosignAction): void => { ask.state = move(cosignFlow, action, facts(world, ask), systemActor(termId)).to; };
function lapseAsked(world: World): void { for (const ask of world.asks) if (ask.state === 'asked') bySystem(world, ask, 'lapse_cosign'); }
/** Edits were accepted: the text is another one, and who signed the one before is asked about it. */
function acceptEdits(world: World): void {
  const signed = world.asks.filter(({ personId }) => signers(world).includes(personId));
  world.text += 1;
  world.anew = signed.length > 0;
  for (const ask of signed) { bySystem(world, ask, 'ask_anew'); ask.textNo = world.text; }
}
function turn(world: World, it: Turn): void {
  switch (it.what) {
    case 'change': if (!world.handedIn) world.text += 1; break;
    case 'hand_in': if (!world.handedIn && !world.dropped) { world.handedIn = true; lapseAsked(world); world.credited = signers(world); } break;
    case 'return': if (world.handedIn && !world.anew && !world.filed) world.handedIn = false; break;
    case 'accept_edits': if (world.handedIn && !world.anew && !world.filed) acceptEdits(world); break;
    case 'file': if (world.handedIn && !world.anew) world.filed = true; break;
    case 'drop': if (world.handedIn && !world.filed) { world.filed = true; world.dropped = true; world.anew = false; lapseAsked(world); world.credited = []; } break;
    case 'act': { const ask = world.asks[it.ask]; if (ask) act(world, ask, it.actor, it.action); }
  }
}
const turns = fc.array(fc.oneof({ weight: 2, arbitrary: fc.record({ what: fc.constantFrom(...others) }) },
  { weight: 9, arbitrary: fc.record({ what: fc.constant('act' as const), ask: fc.nat(2), actor: fc.nat(actors.length - 1), action: fc.constantFrom(...cosignActions) }) }), { maxLength: 60, size: 'max' });
const begin = (): World => ({ text: 1, handedIn: false, anew: false, filed: false, dropped: false, credited: [], signed: [], asks: invited.map((personId, index) => ({ personId, orderNo: index + 1, state: 'asked', textNo: 1, begun: false })) });
const every = (check: (world: World, before: World) => void) => {
  fc.assert(fc.property(turns, (history) => {
    const world = begin();
    for (const it of history) { const before = structuredClone(world); turn(world, it); check(world, before); }
  }), { numRuns: 300 });
};

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

  test('提交以后，除了修改建议改了文字，没有等着答复的邀请，名单只少不多；立案以后名单不变；次序总是邀请的次序', () => {
    every((world, before) => {
      expect(world.asks.filter(({ state }) => world.handedIn && !world.anew && state === 'asked')).toEqual([]);
      expect(signers(world).filter((id) => world.handedIn && before.handedIn && !before.anew && !signers(before).includes(id))).toEqual([]);
      expect(before.filed ? signers(world) : []).toEqual(before.filed ? signers(before) : []);
      expect(signers(world)).toEqual(invited.filter((id) => signers(world).includes(id)));
    });
  });

  test('审查中改了文字：只重新请原来联名的，都答复了才接着审，审定时没有人还等着；重新同意的才在名单里', () => {
    every((world, before) => {
      // Without one who is waited for nothing waits, and nothing is decided while somebody is.
      expect(world.anew).toBe(world.handedIn && !world.filed && world.asks.some(({ state }) => state === 'asked'));
      expect(world.filed && world.asks.some(({ state }) => state === 'asked')).toBe(false);
      const asked = world.asks.filter(({ state }) => world.anew && state === 'asked').map(({ personId }) => personId);
      expect(asked.filter((id) => !world.signed.some((it) => it.personId === id && it.textNo < world.text))).toEqual([]);
      expect(signers(world).filter((id) => asked.includes(id))).toEqual([]);
      expect(world.anew && !before.anew ? signers(world) : []).toEqual([]);
    });
  });

  test('得分跟着联名走：没有重新同意的失去原来的分，谁也不多得一份', () => {
    every((world) => {
      expect(new Set(world.credited).size).toBe(world.credited.length);
      const due = world.dropped ? [] : signers(world);
      expect(world.handedIn && !world.anew ? [...world.credited].sort() : []).toEqual(world.handedIn && !world.anew ? [...due].sort() : []);
    });
  });
});
