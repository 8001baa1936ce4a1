import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../bytes.ts";
import { assembleCeremony, makeAck, makeRound1, makeRound2, makeRound3, receiveShares } from "./ceremony.ts";
import { checkAck, checkCeremony, checkRound1, checkRound3, planCode } from "./ceremony-check.ts";
import { pointHex } from "./group.ts";
import { combinePartials } from "./proofs.ts";
import { rehearsalPlan, rehearseCeremony, seededRandom } from "./rehearsal.ts";
import { suiteOf } from "./suite.ts";

const LOT = { tenderId: "T-1", lotId: "L-1" };

for (const id of [1, 2] as const) {
  for (const [t, n] of [
    [2, 3],
    [3, 5],
    [2, 2],
  ] as const) {
    test(`suite ${id}: ${t} of ${n} members end with one key that any ${t} of them hold`, () => {
      const { ceremony, shares } = rehearseCeremony(id, { ...LOT, t, n }, seededRandom(`${id}/${t}/${n}`));
      const suite = suiteOf(id);
      assert.equal(checkCeremony(ceremony), undefined);
      const asPartials = shares.map((share, i) => ({ member: i + 1, D: pointHex(suite.Point.BASE.multiply(BigInt(`0x${hex(share)}`))) }));
      assert.equal(pointHex(combinePartials(suite, asPartials.slice(-t))!), ceremony.pk);
      assert.equal(pointHex(combinePartials(suite, asPartials.slice(0, t))!), ceremony.pk);
      assert.notEqual(pointHex(combinePartials(suite, asPartials.slice(0, t - 1))!), ceremony.pk);
    });
  }
}

test("a share that does not fit its sender's points is a complaint that names the sender", () => {
  const random = seededRandom("bad-share");
  const { plan, posts, members } = rehearseCeremony(1, LOT, random);
  const other = makeRound1(plan, members[1]!, random).polynomial;
  const rows = makeRound3(plan, members[1]!, { polynomial: other, posts }, random);
  assert.ok(rows.ok);
  const round3 = [...posts.round3.filter(({ from }) => from !== 2), ...rows.value];
  const receiver = members[0]!;
  const polynomial = makeRound1(plan, receiver, random).polynomial;
  const result = receiveShares(plan, receiver, { polynomial, posts: { ...posts, round3 } });
  assert.deepEqual(result, { ok: false, complaints: [{ against: 2, round: 3, code: "E_SHARE" }] });
});

test("a member waits for all commitments and for honest ones", () => {
  const random = seededRandom("rounds");
  const { plan, members } = rehearsalPlan(1, LOT, random);
  const all = members.map((own) => makeRound1(plan, own, random));
  const rows = all.map(({ row }) => row);
  const state = (round1: typeof rows) => ({ polynomial: all[0]!.polynomial, posts: { round1 } });
  assert.deepEqual(makeRound2(plan, members[0]!, state(rows.slice(0, 2)), random), {
    ok: false,
    complaints: [{ against: 3, round: 1, code: "E_CEREMONY" }],
  });
  const forged = [rows[0]!, { ...rows[1]!, commit: rows[2]!.commit }, rows[2]!];
  assert.deepEqual(makeRound2(plan, members[0]!, state(forged), random), {
    ok: false,
    complaints: [{ against: 2, round: 1, code: "E_SIG" }],
  });
});

test("points that differ from the commitment are found in round 2", () => {
  const random = seededRandom("commit");
  const { plan, posts, members } = rehearseCeremony(1, LOT, random);
  const other = makeRound1(plan, members[2]!, random);
  const late = makeRound2(plan, members[2]!, { polynomial: other.polynomial, posts }, random);
  assert.ok(late.ok);
  const round2 = [posts.round2[0]!, posts.round2[1]!, late.value];
  const step = makeRound3(plan, members[0]!, { polynomial: other.polynomial, posts: { ...posts, round2 } }, random);
  assert.deepEqual(step, { ok: false, complaints: [{ against: 3, round: 2, code: "E_DKG_COMMIT" }] });
});

test("rows are bound to the lot, to their author and to their way", () => {
  const { plan, posts } = rehearseCeremony(1, LOT, seededRandom("bound"));
  assert.equal(checkRound1(plan, 1, posts.round1[0]!), undefined);
  assert.equal(checkRound1({ ...plan, lotId: "L-2" }, 1, posts.round1[0]!), "E_SIG");
  assert.equal(checkRound1(plan, 2, posts.round1[0]!), "E_SIG");
  assert.equal(checkRound3(plan, { ...posts.round3[0]!, to: 3 }), "E_SIG");
  assert.equal(checkRound3(plan, { ...posts.round3[0]!, to: 1 }), "E_CEREMONY");
});

test("a plan with a repeated key, or t out of range, carries no ceremony", () => {
  const { plan } = rehearsalPlan(1, LOT, seededRandom("plan"));
  assert.equal(planCode(plan), undefined);
  assert.equal(planCode({ ...plan, t: 1 }), "E_CEREMONY");
  assert.equal(planCode({ ...plan, t: 4 }), "E_CEREMONY");
  assert.equal(planCode({ ...plan, members: [plan.members[0]!, plan.members[0]!, plan.members[1]!] }), "E_CEREMONY");
  assert.equal(planCode({ ...plan, lotId: "标".repeat(22) }), "E_CEREMONY", "66 bytes");
});

test("a member acknowledges only a ceremony that its own share belongs to", () => {
  const random = seededRandom("ack");
  const { plan, posts, members, shares, ceremony } = rehearseCeremony(1, LOT, random);
  assert.equal(checkAck(ceremony, 1, ceremony.acks[1]!), "E_ACK");
  assert.throws(() => makeAck(assembleCeremony(plan, posts), members[0]!, shares[1]!, random), RangeError);
});
