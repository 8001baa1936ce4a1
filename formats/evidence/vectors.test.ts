import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromHex, hex } from "../bytes.ts";
import { parseIJson } from "../i-json.ts";
import { jcsText } from "../jcs.ts";
import * as evidence from "./index.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a vector's input holds follows from its kind.
type Case = { id: string; kind: string; input: any; expect: any };
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(new URL("../vectors/evidence-v1.json", import.meta.url), "utf8"));
const ofKind = (kind: string) => cases.filter((vector) => vector.kind === kind);

const made: Record<string, (input: Case["input"]) => unknown> = {
  jcs: ({ text }) => ({ ok: true, jcs: jcsText(parseIJson(text)) }),
  leaf({ entry }) {
    const bytes = evidence.entryBytes(entry);
    return { ok: true, bytes: hex(bytes), leafHash: hex(evidence.leafHash(bytes)) };
  },
  root: ({ leafHashes }) => ({ ok: true, root: hex(treeOf(leafHashes).frontier.root()) }),
  consistency({ root1, root2, proof }) {
    return evidence.consistencyHolds(proof, fromHex(root1), fromHex(root2)) ? { ok: true } : { error: "E_CONSISTENCY" };
  },
  tilePath: (tile) => ({ ok: true, path: evidence.tilePath(tile) }),
  contractLot: ({ lotSalt, lot }) => ({ ok: true, lotId: evidence.contractLotId(lotSalt, lot) }),
  abi: ({ signature }) => ({ ok: true, ...evidence.abiHashes(signature) }),
  checkpoint({ policy, note }) {
    const keys = evidence.knownKeysOf(policy);
    if (keys === undefined) return { error: "E_POLICY" };
    const judged = evidence.judgeNote(note, keys);
    return judged.ok
      ? { ok: true, size: judged.head.size, root: hex(judged.head.root), cosigners: judged.cosigners }
      : { error: judged.code };
  },
};

function got(kind: string, input: unknown): unknown {
  try {
    return made[kind]?.(input);
  } catch (error) {
    return { error: (error as { code?: string }).code ?? String(error) };
  }
}

/** The tree with all its complete subtrees, as a store would hold it. */
function treeOf(leafHashes: readonly string[]) {
  const stored = new Map<string, evidence.Hash>();
  const frontier = new evidence.Frontier();
  for (const leaf of leafHashes) frontier.append(fromHex(leaf), (level, index, hash) => stored.set(`${level}/${index}`, hash));
  const nodes: evidence.Nodes = (level, index) => stored.get(`${level}/${index}`) ?? assert.fail(`${level}/${index} is not stored`);
  return { frontier, nodes };
}

for (const kind of Object.keys(made))
  for (const { id, input, expect } of ofKind(kind))
    test(`${id}: ${expect.error ?? "is made as the vector says"}`, () => assert.deepEqual(got(kind, input), expect));

// All trees of the vectors are the first leaves of one list.
const longest = ofKind("root").reduce<string[]>(
  (best, { input }) => (input.leafHashes.length > best.length && input.leafHashes.length !== 8 ? input.leafHashes : best),
  [],
);

test("the inclusion proofs of the vectors are the ones we make", async () => {
  const { nodes } = treeOf(longest);
  const good = ofKind("inclusion").filter(({ expect }) => expect.ok);
  for (const { id, input } of good)
    assert.deepEqual(await evidence.proveInclusion(nodes, input.proof.leafIndex, input.proof.treeSize), input.proof, id);
  assert.ok(good.length >= 10);
});

test("the consistency proofs of the vectors are the ones we make", async () => {
  const { nodes } = treeOf(longest);
  const good = ofKind("consistency").filter(({ expect }) => expect.ok);
  for (const { id, input } of good)
    assert.deepEqual(await evidence.proveConsistency(nodes, input.proof.size1, input.proof.size2), input.proof, id);
  assert.ok(good.length >= 10);
});

test("the anchors of the vectors are encoded by us to the digit", () => {
  for (const { id, input } of ofKind("bundle").filter(({ expect }) => expect.anchor === "unconfirmed")) {
    const { anchor } = input.bundle ?? JSON.parse(input.bundleText);
    const at = (k: number) => anchor.data.slice(64 * k, 64 * (k + 1));
    const log = {
      index: Number.parseInt(anchor.topics[1], 16),
      root: anchor.topics[2],
      size: Number.parseInt(at(0), 16),
      prevRoot: at(1),
      by: at(2).slice(24),
      at: Number.parseInt(at(3), 16),
      logId: at(4),
    };
    assert.deepEqual(evidence.encodeAnchored(log), { topics: anchor.topics, data: anchor.data }, id);
  }
});
