import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { beaconRoundTime, quicknetChain } from "./beacon.ts";
import { carryCode, findCarryRefusal, readCarryCode } from "./beacon-carry.ts";

type Vector = { id: string; input: { signature: string; record: { plan: Parameters<typeof findCarryRefusal>[0] } } };
const { cases }: { cases: Vector[] } = JSON.parse(readFileSync(new URL("../vectors/draw-v1.json", import.meta.url), "utf8"));
const find = (id: string) => cases.find((vector) => vector.id === id)?.input ?? assert.fail(id);
const { plan } = find("beacon").record;
const round = plan.beacon?.round ?? 0;
const { signature } = find(`beacon-${round}`);
const carry = { chain: quicknetChain, round, signature };
const then = beaconRoundTime(round);

test("the plan's round is accepted from its very instant on, whoever brings it", () => {
  assert.equal(findCarryRefusal(plan, carry, then), undefined);
  assert.equal(findCarryRefusal(plan, carry, then - 1), "beacon.not-yet");
});

test("another chain, a neighbour round and a wrong signature are named", () => {
  assert.equal(findCarryRefusal(plan, { ...carry, chain: "00".repeat(32) }, then), "beacon.wrong-chain");
  assert.equal(findCarryRefusal({ ...plan, beacon: null }, carry, then), "beacon.wrong-chain");
  assert.equal(findCarryRefusal(plan, { ...carry, round: round + 1 }, then + 3000), "beacon.wrong-round");
  assert.equal(findCarryRefusal(plan, { ...carry, signature: find("beacon-1000").signature }, then), "beacon.invalid-signature");
});

test("a QR code is read back, and one wrong character anywhere is noticed", () => {
  const code = carryCode(round, signature);
  assert.deepEqual(readCarryCode(code), { round, signature });
  for (let k = 0; k < code.length; k++) {
    const wrong = code.slice(0, k) + (code[k] === "1" ? "2" : "1") + code.slice(k + 1);
    assert.equal(readCarryCode(wrong), undefined, wrong);
  }
});
