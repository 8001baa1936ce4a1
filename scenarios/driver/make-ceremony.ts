/** A key ceremony whose members' desks run in the story itself: all rounds of seal-v1 §3 at once, with the members' own keys. */
import { fromHex } from "../../formats/bytes.ts";
import {
  assembleCeremony,
  type CeremonyPlan,
  type CeremonyPosts,
  type CeremonyStep,
  makeAck,
  makeRound1,
  makeRound2,
  makeRound3,
  newKeyPair,
  receiveShares,
  type SealCeremony,
  type SuiteId,
  suiteOf,
} from "../../formats/seal/index.ts";
import type { Random } from "../../server/kernel/index.ts";
import type { StoryPerson } from "./story-person.ts";

/** What the members made: rows to post in the order of the rounds, the whole file, and each member's secret share. */
export interface MadeCeremony {
  posts: CeremonyPosts;
  acks: string[];
  ceremony: SealCeremony;
  shares: Uint8Array[];
}

const roles = ["buyer", "tradingCentre", "supervisionAuthority"];

/** A member as it takes part: its two pairs on the curve of the suite. */
export interface CeremonyHand {
  sign: { key: string; secret: Uint8Array };
  enc: { key: string; secret: Uint8Array };
}

/** The members' own pairs, as their wallets hold them: suite 1. */
export function ownHands(members: readonly StoryPerson[]): CeremonyHand[] {
  return members.map(({ keys }) => ({
    sign: { key: keys.signKey, secret: fromHex(keys.signSecret) },
    enc: { key: keys.encKey, secret: fromHex(keys.encSecret) },
  }));
}

/** The plan of a ceremony of these three. */
export function ceremonyPlan(place: { suite: SuiteId; tenderId: string; lotId: string }, hands: readonly CeremonyHand[]): CeremonyPlan {
  const members = hands.map(({ sign, enc }, i) => ({ role: roles[i] as string, signKey: sign.key, encKey: enc.key }));
  return { ...place, t: 2, members };
}

/** @param members in the order of the plan: buyer, centre, supervisor. */
export function makeCeremony(plan: CeremonyPlan, hands: readonly CeremonyHand[], random: Random): MadeCeremony {
  const bytes = (length: number) => random.bytes(length);
  const own = hands.map(({ sign, enc }, i) => ({ member: i + 1, signSecret: sign.secret, encSecret: enc.secret }));
  const first = own.map((one) => makeRound1(plan, one, bytes));
  const posts: CeremonyPosts = { round1: first.map(({ row }) => row), round2: [], round3: [] };
  const desks = own.map((one, i) => ({ one, state: { polynomial: (first[i] as (typeof first)[number]).polynomial, posts } }));
  posts.round2 = desks.map(({ one, state }) => accepted(makeRound2(plan, one, state, bytes)));
  posts.round3 = desks.flatMap(({ one, state }) => accepted(makeRound3(plan, one, state, bytes)));
  const shares = desks.map(({ one, state }) => accepted(receiveShares(plan, one, state)).share);
  const open = assembleCeremony(plan, posts);
  const acks = own.map((one, i) => makeAck(open, one, shares[i] as Uint8Array, bytes));
  return { posts, acks, ceremony: { ...open, acks }, shares };
}

/** Keys made for one ceremony, as a member's desk does. */
function freshHand(suite: SuiteId, random: Random): CeremonyHand {
  const pair = () => newKeyPair(suiteOf(suite), (length) => random.bytes(length));
  return { sign: pair(), enc: pair() };
}

function accepted<Value>(step: CeremonyStep<Value>): Value {
  if (!step.ok) throw new Error(`a member of the ceremony complains: ${JSON.stringify(step.complaints)}`);
  return step.value;
}

/** Runs the ceremony of a lot by the members' acts. @returns each member's share. */
export async function runLotCeremony(
  centre: StoryPerson,
  members: readonly StoryPerson[],
  { lotId, random, suite = 1 }: { lotId: string; random: Random; suite?: SuiteId },
): Promise<Uint8Array[]> {
  const hands = suite === 1 ? ownHands(members) : members.map(() => freshHand(suite, random));
  await centre.done("cer.start", lotId, { suite, t: 2 });
  for (const [i, member] of members.entries())
    await member.done("cer.accept", lotId, { signKey: hands[i]?.sign.key, encKey: hands[i]?.enc.key });
  const { plan } = (await centre.get(`/lots/${lotId}/ceremony`)) as { plan: CeremonyPlan };
  const { posts, acks, shares } = makeCeremony(plan, hands, random);
  const rounds: [string, (member: number) => object][] = [
    ["cer.postRound1", (member) => posts.round1[member - 1] as object],
    ["cer.postRound2", (member) => posts.round2[member - 1] as object],
    ["cer.postRound3", (member) => ({ rows: posts.round3.filter(({ from }) => from === member) })],
    ["cer.acknowledge", (member) => ({ ack: acks[member - 1] })],
  ];
  for (const [act, data] of rounds) for (const [i, member] of members.entries()) await member.done(act, lotId, data(i + 1));
  return shares;
}
