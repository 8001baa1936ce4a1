/** Test fixture: a small witnessed log over the lines of a record, as the platform would keep it. */
import { hex } from "../../formats/bytes.ts";
import { publicKeyOf } from "../../formats/draw/ed25519.ts";
import * as evidence from "../../formats/evidence/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { RecordLine } from "../../formats/record-line.ts";

const origin = "log.example/test";
const secretOf = (name: string) => sha256("test log", name);
const keyOf = (name: string, type: number) => ({ name, type, publicKey: publicKeyOf(secretOf(name)) });

/** A policy of two witnesses and a bundle with every shown line. */
export async function evidenceFor(
  lines: readonly RecordLine[],
): Promise<{ policy: evidence.EvidencePolicy; bundle: evidence.EvidenceBundle }> {
  const entries = lines.map(entryOf);
  const stored = new Map<string, evidence.Hash>();
  const tree = new evidence.Frontier();
  for (const entry of entries)
    tree.append(evidence.leafHash(evidence.entryBytes(entry)), (level, index, hash) => stored.set(`${level}/${index}`, hash));
  const head = { origin, size: tree.size, root: tree.root() };
  const body = evidence.checkpointBody(head);
  const cosignatures = ["w1", "w2"].map((name) => evidence.cosignatureLine(body, { name, secret: secretOf(name) }, 1_900_000_000));
  const items = await Promise.all(
    entries
      .filter(({ stream }) => !stream.startsWith("b/"))
      .map(async (entry) => ({
        entry,
        inclusion: await evidence.proveInclusion((level, index) => stored.get(`${level}/${index}`) as evidence.Hash, entry.seq, tree.size),
      })),
  );
  const bundle = evidence.makeBundle({ checkpoint: evidence.signCheckpoint(head, secretOf(origin)) + cosignatures.join(""), items });
  const witnesses = ["w1", "w2"].map((name) => keyOf(name, evidence.keyType.witness));
  return { policy: evidence.makePolicy({ origin, logKeys: [keyOf(origin, evidence.keyType.log)], witnesses, k: 2 }, null), bundle };
}

function entryOf(line: RecordLine): evidence.Entry {
  const shown = "stream" in line ? line : { stream: `b/${"0".repeat(32)}`, type: "sealed.event", at: "2026-11-23T02:00:00.000Z" };
  return {
    v: 1,
    seq: line.position,
    at: "2026-11-23T03:00:00.000Z",
    stream: shown.stream,
    type: shown.type,
    actor: hex(sha256("nobody")),
    commitment: line.commitment,
  };
}
