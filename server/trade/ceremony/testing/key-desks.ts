/** Three desks that make a lot's key as the members' own tools do, by signed acts. For tests only. */
import { hex } from "../../../../formats/bytes.ts";
import {
  assembleCeremony,
  type CeremonyPlan,
  type CeremonyPosts,
  type MemberPolynomial,
  type MemberSecrets,
  makeAck,
  makeRound1,
  makeRound2,
  makeRound3,
  newKeyPair,
  receiveShares,
  suiteOf,
} from "../../../../formats/seal/index.ts";
import type { TestHouse, TestPerson } from "../../../app/testing/test-house.ts";
import { transaction } from "../../../runtime/database/index.ts";
import { findCeremony, planOf, postsOf } from "../ceremony.ts";

export interface Desk {
  person: TestPerson;
  own: MemberSecrets;
  polynomial: MemberPolynomial;
  share: Uint8Array;
}

export interface CeremonyPeople {
  buyer: TestPerson;
  centre: TestPerson;
  supervisor: TestPerson;
}

/** All members accept with fresh keys. @returns the desks in order of members. */
export async function acceptAll(house: TestHouse, people: CeremonyPeople, lotId: string, suiteId: 1 | 2 = 1): Promise<Desk[]> {
  const suite = suiteOf(suiteId);
  const random = (length: number) => house.random.bytes(length);
  const desks: Desk[] = [];
  for (const [index, person] of [people.buyer, people.centre, people.supervisor].entries()) {
    const sign = newKeyPair(suite, random);
    const enc = newKeyPair(suite, random);
    await house.done(person, "cer.accept", lotId, { signKey: sign.key, encKey: enc.key });
    desks.push({
      person,
      own: { member: index + 1, signSecret: sign.secret, encSecret: enc.secret },
      polynomial: { coefficients: [] },
      share: new Uint8Array(),
    });
  }
  return desks;
}

export async function publicState(house: TestHouse, lotId: string): Promise<{ plan: CeremonyPlan; posts: CeremonyPosts }> {
  return transaction(house.house.pool, async (tx) => {
    const ceremony = await findCeremony(tx, lotId);
    const plan = ceremony && planOf(ceremony);
    if (!plan) throw new Error("the members are not complete");
    return { plan, posts: postsOf(ceremony) };
  });
}

/** From `cer.start` to the last acknowledgement. @returns the desks with their shares, for the opening. */
export async function sealedCeremony(house: TestHouse, people: CeremonyPeople, lotId: string, suiteId: 1 | 2 = 1): Promise<Desk[]> {
  const random = (length: number) => house.random.bytes(length);
  await house.done(people.centre, "cer.start", lotId, { suite: suiteId, t: 2 });
  const desks = await acceptAll(house, people, lotId, suiteId);
  const { plan } = await publicState(house, lotId);
  for (const desk of desks) {
    const { polynomial, row } = makeRound1(plan, desk.own, random);
    desk.polynomial = polynomial;
    await house.done(desk.person, "cer.postRound1", lotId, row);
  }
  const afterFirst = await publicState(house, lotId);
  for (const desk of desks) {
    const step = makeRound2(plan, desk.own, { polynomial: desk.polynomial, posts: afterFirst.posts }, random);
    if (!step.ok) throw new Error(JSON.stringify(step.complaints));
    await house.done(desk.person, "cer.postRound2", lotId, step.value);
  }
  const afterSecond = await publicState(house, lotId);
  for (const desk of desks) {
    const step = makeRound3(plan, desk.own, { polynomial: desk.polynomial, posts: afterSecond.posts }, random);
    if (!step.ok) throw new Error(JSON.stringify(step.complaints));
    await house.done(desk.person, "cer.postRound3", lotId, { rows: step.value });
  }
  const { posts } = await publicState(house, lotId);
  for (const desk of desks) {
    const step = receiveShares(plan, desk.own, { polynomial: desk.polynomial, posts });
    if (!step.ok) throw new Error(JSON.stringify(step.complaints));
    desk.share = step.value.share;
    await house.done(desk.person, "cer.acknowledge", lotId, { ack: makeAck(assembleCeremony(plan, posts), desk.own, desk.share, random) });
  }
  return desks;
}

export const wrongHex = (bytes: number) => hex(new Uint8Array(bytes).fill(1));
