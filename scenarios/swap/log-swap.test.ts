/**
 * The swap test over everything that is public of the log (decisions §3): in one world two sealed acts come, in
 * the other nine, at other moments. Tiles, entries, the sizes of all heads and what the contract logged are the
 * same; without fillers they are not.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { createPublicClient, http } from "viem";
import { generatePrivateKey } from "viem/accounts";
import { fromUtf8 } from "../../formats/bytes.ts";
import { readEntryBundle } from "../../formats/evidence/index.ts";
import { AnchorContract, Anchoring, type EmbeddedChain, FillerBook, startEmbeddedChain } from "../../server/evidence/index.ts";
import { TestEvidence } from "../../server/evidence/test-evidence.ts";
import { seededRandom } from "../../server/kernel/index.ts";
import { testDatabase } from "../../server/runtime/database/test-database.ts";

const ticks = 80;
const perTick = 4;
const chainId = 20_263;
const few = [3, 41];
const many = [0, 7, 7, 7, 20, 33, 52, 61, 79];

let chain: EmbeddedChain;
const worlds: TestEvidence[] = [];
before(async () => {
  chain = await startEmbeddedChain({ chainId });
});
after(async () => {
  await chain.kill();
  for (const world of worlds) await world.close();
});

interface Shown {
  files: string[];
  entries: string[];
  heads: number[];
  anchored: string[];
}

/** What somebody sees who watches the log and the contract while sealed acts come at these ticks. */
async function watched(acts: readonly number[], { hasFillers = true } = {}): Promise<Shown> {
  const world = new TestEvidence(await testDatabase(), { isPaced: true });
  worlds.push(world);
  const random = seededRandom(`swap ${acts.length}`);
  const book = new FillerBook({
    clock: { now: () => world.clock.now },
    secret: await FillerBook.secretIn(join(world.home, "keys"), random),
  });
  const log = await world.open();
  const contract = await AnchorContract.deploy({ rpcUrls: [chain.rpcUrl], chainId, secret: generatePrivateKey() }, log.origin);
  await contract.send("grant", [contract.sender, 3]);
  const anchoring = new Anchoring({ pool: world.database.pool, contract });
  const heads: number[] = [];
  for (let tick = 0; tick < ticks; tick++) {
    for (const at of acts)
      if (at === tick) await world.append(`b/${Buffer.from(random.bytes(16)).toString("hex")}`, "sealed.event", { tag: "act" });
    if (tick % 10 === 0) await world.append("lot_1", "lot.told", { tick });
    world.clock.now += 2000;
    await world.numberer.settle();
    await world.numberer.tick(perTick, hasFillers ? (...wish) => book.fill(...wish) : async () => undefined);
    const size = (await log.settle())?.size ?? heads.at(-1) ?? 0;
    heads.push(size);
    if (tick % 20 === 19) await anchoring.anchor(size);
  }
  const shown = { ...filesOf(join(world.home, "log")), heads, anchored: await anchoredOf(contract) };
  await log.stop();
  return shown;
}

/** Every published file by name and size, and every entry without what is random by its form. */
function filesOf(folder: string): Pick<Shown, "files" | "entries"> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const bundles = paths.filter((path) => relative(folder, path).startsWith("tile/entries/"));
  return {
    files: paths.map((path) => `${relative(folder, path)} ${statSync(path).size}`),
    entries: bundles.flatMap((path) =>
      readEntryBundle(readFileSync(path)).map((entry) => fromUtf8(entry).replace(/[0-9a-f]{32,64}/g, "*")),
    ),
  };
}

async function anchoredOf({ address }: AnchorContract): Promise<string[]> {
  const logs = await createPublicClient({ transport: http(chain.rpcUrl) }).getLogs({ address, fromBlock: 0n });
  // The second word of the data is the previous root, the third the sender: random. The first is the size.
  const anchored = logs.filter(({ topics }) => topics.length === 3);
  return anchored.map(({ topics, data }) => `index ${topics[1]}, size ${data.slice(0, 66)}, ${data.length}`);
}

test("whoever watches log and contract sees the same for two acts and for nine", { timeout: 120_000 }, async () => {
  const [left, right] = [await watched(few), await watched(many)];
  assert.deepEqual(left, right);
  assert.deepEqual([left.heads.at(-1), left.anchored.length], [ticks * perTick + 8, 4]);
  assert.ok(left.files.some((file) => file.startsWith("tile/0/000 8192")) && left.entries.length > 256);
});

test("planted breach: without fillers every part of it counts them", { timeout: 120_000 }, async () => {
  const [left, right] = [await watched(few, { hasFillers: false }), await watched(many, { hasFillers: false })];
  for (const part of ["files", "entries", "heads", "anchored"] as const) assert.notDeepEqual(left[part], right[part], part);
});
