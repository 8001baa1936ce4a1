/** Bidders of four certificate families in a lot of each suite: all bids open, both packages verify, and no act in them can be changed. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { checkAct } from "../verifier/package/acts.ts";
import { DiskFolder } from "../verifier/package/disk-folder.ts";
import { verifyPackage } from "../verifier/package/index.ts";
import { runFamilies } from "./construction-open-families/run.ts";

const folder = mkdtempSync(join(tmpdir(), "egret-families-story-"));
const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../.egret");
after(() => rmSync(folder, { recursive: true, force: true }));

let opened: Record<1 | 2, number>;
before(async () => {
  opened = await runFamilies({ seed: 1, level: "audit", out: folder, home, say: () => undefined });
});

test("every bid of both lots opens, and both packages verify with the acts of all four families", () => {
  assert.deepEqual(opened, { 1: 4, 2: 4 });
  const verdict = verifyPackage(folder);
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.deepEqual(
    verdict.packages.map(({ dir, acts, openings }) => [dir, openings[0]?.suite, acts.map(({ family }) => family).sort()]),
    [
      ["suite-1", 1, ["p256", "passkey", "rsa", "sm2"]],
      ["suite-2", 2, ["p256", "passkey", "rsa", "sm2"]],
    ],
  );
});

test("whoever has the lot's own curve signs the bid with its certificate; the others with a key of this bid, tied by the act", () => {
  for (const [suite, native] of [
    ["suite-1", "p256"],
    ["suite-2", "sm2"],
  ] as const) {
    for (const path of readdirSync(join(folder, suite, "seal/acts"))) {
      const { command, key, sig } = JSON.parse(readFileSync(join(folder, suite, "seal/acts", path), "utf8"));
      const family = typeof sig === "string" ? "p256" : sig.family;
      assert.equal(command.data.signKey === key, family === native, `${suite} ${family}`);
    }
  }
});

test("a changed act is refused even where manifest and hash were made to fit it", () => {
  const dir = join(folder, "suite-1");
  const opening = JSON.parse(readFileSync(join(dir, "seal/opening.json"), "utf8"));
  const bids = opening.bids.map((bid: Record<string, never>, k: number) => ({
    bidDigest: opening.freeze.digests[k],
    lotId: opening.lotId,
    bid,
  }));
  for (const name of readdirSync(join(dir, "seal/acts"))) {
    const path = `seal/acts/${name}`;
    const text = readFileSync(join(dir, path), "utf8");
    const act = JSON.parse(text);
    const other = (act.command.data.signKey as string).startsWith("02") ? "03" : "02";
    const changes: [string, object][] = [
      ["another person", { ...act, command: { ...act.command, membership: "mem_other" } }],
      [
        "another key of the bid",
        { ...act, command: { ...act.command, data: { ...act.command.data, signKey: other + act.command.data.signKey.slice(2) } } },
      ],
      ["another act", { ...act, command: { ...act.command, act: "bid.withdraw" } }],
      ["no family", { ...act, sig: { ...Object(act.sig), family: "none" } }],
    ];
    for (const [why, changed] of changes) {
      writeFileSync(join(dir, path), JSON.stringify(changed));
      assert.throws(() => checkAct(new DiskFolder(dir), path, bids), { code: "E_ACT" }, `${name}: ${why}`);
    }
    writeFileSync(join(dir, path), text);
    assert.equal(checkAct(new DiskFolder(dir), path, bids).path, path);
  }
});
