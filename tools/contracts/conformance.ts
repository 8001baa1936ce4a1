/**
 * The rules of the anchor contract (evidence-v1 §8) as real transactions on a chain, each judged by its
 * receipt. Runs on any EVM JSON-RPC; it waits for the chain's own clock and moves none.
 */
import { setTimeout as rest } from "node:timers/promises";
import { createPublicClient, type Hex, http } from "viem";
import { generatePrivateKey } from "viem/accounts";
import { AnchorContract, type ChainAccess, confirmAnchor, type Outcome } from "../../server/evidence/index.ts";

export type ConformanceRow = { rule: string; expected: string; got: string; ok: boolean };

const ADMIN_AND_ANCHOR = 3;
const WITNESS = 4;
const GATEWAY = 8;
/** Acts that must fit in before the deadline, with room to spare. */
const actsBeforeDeadline = 20;
const secondsToDeadlineMin = 6;
const shown: Outcome = { ok: true, hash: "0x", blockNumber: 0, logs: [] };
const word = (digit: string) => `0x${digit.repeat(64)}` as Hex;

export async function runConformance(
  access: ChainAccess,
  tell: (row: ConformanceRow) => void = () => undefined,
): Promise<ConformanceRow[]> {
  const rows: ConformanceRow[] = [];
  const expect = async (rule: string, expected: string, sent: Promise<Outcome>) => {
    const outcome = await sent;
    const got = outcome.ok ? "done" : outcome.reason;
    const row = { rule, expected, got, ok: got === expected };
    rows.push(row);
    tell(row);
  };
  const started = Date.now();
  const admin = await AnchorContract.deploy(access, "log.example/conformance");
  const [witness, gateway, stranger] = [generatePrivateKey(), generatePrivateKey(), generatePrivateKey()].map((key) => admin.as(key)) as [
    AnchorContract,
    AnchorContract,
    AnchorContract,
  ];
  await expect("who is not ADMIN grants no role", "NotAllowed", stranger.send("grant", [stranger.sender, ADMIN_AND_ANCHOR]));
  await expect("ADMIN grants ANCHOR", "done", admin.send("grant", [admin.sender, ADMIN_AND_ANCHOR]));
  await expect("ADMIN grants WITNESS", "done", admin.send("grant", [witness.sender, WITNESS]));
  await expect("ADMIN grants GATEWAY", "done", admin.send("grant", [gateway.sender, GATEWAY]));
  await headRules(admin, witness, expect);
  const secondsPerAct = (Date.now() - started) / 1000 / (rows.length + 1);
  const secondsToDeadline = BigInt(Math.max(secondsToDeadlineMin, Math.ceil(actsBeforeDeadline * secondsPerAct)));
  await lotRules(admin, gateway, { access, expect, secondsToDeadline });
  await endpointRules(access, expect);
  return rows;
}

type LotTrial = { access: ChainAccess; expect: Expect; secondsToDeadline: bigint };
type Expect = (rule: string, expected: string, sent: Promise<Outcome>) => Promise<void>;

async function headRules(admin: AnchorContract, witness: AnchorContract, expect: Expect): Promise<void> {
  const anchor = (root: string, size: bigint, prev: string, by = admin) => by.send("anchor", [word(root), size, word(prev)]);
  await expect("who is not ANCHOR anchors nothing", "NotAllowed", anchor("a", 5n, "0", witness));
  await expect("the first head has no previous one", "BadPrev", anchor("a", 5n, "b"));
  await expect("an empty head is none", "BadSize", anchor("a", 0n, "0"));
  await expect("a root of zeros is none", "BadPrev", anchor("0", 5n, "0"));
  await expect("the first head is anchored", "done", anchor("a", 5n, "0"));
  await expect("a head that does not follow the last is refused (rewrite)", "BadPrev", anchor("b", 9n, "0"));
  await expect("a smaller head is refused (shrink)", "BadSize", anchor("b", 4n, "a"));
  await expect("an equal size is refused (fork)", "BadSize", anchor("b", 5n, "a"));
  await expect("the next head is anchored", "done", anchor("b", 9n, "a"));
  const cosign = (index: bigint, root: string, by = witness) => by.send("cosign", [index, word(root)]);
  await expect("who is not WITNESS cosigns nothing", "NotAllowed", cosign(1n, "b", admin));
  await expect("a cosignature of another root is refused", "BadPrev", cosign(1n, "a"));
  await expect("a cosignature of no head is refused", "BadPrev", cosign(2n, "b"));
  await expect("a witness cosigns", "done", cosign(1n, "b"));
  await expect("a witness cosigns a head once", "Duplicate", cosign(1n, "b"));
}

async function lotRules(admin: AnchorContract, gateway: AnchorContract, { access, expect, secondsToDeadline }: LotTrial): Promise<void> {
  const lot = word("1");
  const deadline = (at: bigint, by = admin) => by.send("setDeadline", [lot, at]);
  const bid = (digest: string, by = gateway) => by.send("submitBidDigest", [lot, word(digest)]);
  const open = () => admin.send("open", [lot, word("e"), 2]);
  await expect("no digest without a deadline", "NoDeadline", bid("c"));
  await expect("no opening without a deadline", "NoDeadline", open());
  const now = await chainNow(access);
  await expect("who is not ADMIN sets no deadline", "NotAllowed", deadline(now + 100n, gateway));
  await expect("a deadline lies ahead", "BadDeadline", deadline(now - 1n));
  const due = (await chainNow(access)) + secondsToDeadline;
  await expect("a deadline is set", "done", deadline(due - 1n));
  await expect("a deadline is never moved forward", "BadDeadline", deadline(due - 2n));
  await expect("a deadline is moved back", "done", deadline(due));
  await expect("who is not GATEWAY submits nothing", "NotAllowed", bid("c", admin));
  await expect("a digest in time is taken", "done", bid("c"));
  await expect("the same digest twice is refused", "Duplicate", bid("c"));
  await expect("no opening before the deadline", "TooEarly", open());
  // The next block takes the clock of its maker: past the deadline.
  while ((await chainNow(access)) <= due) await rest(200);
  await expect("a digest after the deadline is refused", "TooLate", bid("d"));
  await expect("a deadline that has come is not moved", "TooLate", deadline(due + 100n));
  await expect("the opening after the deadline", "done", open());
  await expect("a lot is opened once", "AlreadyOpen", open());
  await expect("nothing is submitted after the opening", "AlreadyOpen", bid("f"));
}

/** What one organisation wrote, every organisation's endpoint shows. */
async function endpointRules(access: ChainAccess, expect: Expect): Promise<void> {
  const contract = await AnchorContract.deploy(access, "log.example/conformance");
  await contract.send("grant", [contract.sender, ADMIN_AND_ANCHOR]);
  const anchored = await contract.anchor("c".repeat(64), 7);
  const asked = anchored.ok ? await confirmAnchor(anchored.record, access.rpcUrls) : [];
  for (const { url, confirms } of asked)
    await expect(`the anchor is shown by ${url}`, "done", Promise.resolve(confirms ? shown : { ok: false, reason: "not shown" }));
  const other = anchored.ok
    ? await confirmAnchor({ ...anchored.record, data: `${"0".repeat(63)}8${anchored.record.data.slice(64)}` }, access.rpcUrls)
    : [];
  await expect(
    "an altered anchor is shown by none",
    "done",
    Promise.resolve(other.some(({ confirms }) => confirms) ? { ok: false, reason: "shown" } : shown),
  );
}

async function chainNow({ rpcUrls }: ChainAccess): Promise<bigint> {
  const block = await createPublicClient({ transport: http(rpcUrls[0]) }).getBlock();
  const machine = BigInt(Math.floor(Date.now() / 1000));
  return block.timestamp > machine ? block.timestamp : machine;
}
