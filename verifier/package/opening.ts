/**
 * The sealed side of a package: seal/ceremony….json and each seal/opening….json, proven by verifier/seal
 * with the ciphertexts that the package carries. A package of the public level carries none.
 */
import { jcsText } from "../../formats/jcs.ts";
import { readIJson, type Value } from "../i-json.ts";
import { type SealCode, verifyCeremony, verifyOpening } from "../seal/index.ts";
import { type ActFacts, type BoundBid, checkAct } from "./acts.ts";
import type { Folder } from "./folder.ts";
import { checkLogPlaces } from "./log-places.ts";
import type { RecordFacts } from "./record-chain.ts";
import { demand, Refused } from "./refused.ts";

export type OpeningFacts = {
  path: string;
  suite: 1 | 2;
  lotId: string;
  platformKey: string;
  bids: { bidderId: string; bidDigest: string; status: string }[];
  bodies: "checked" | "unchecked";
};

export type CeremonyFacts = { path: string; lotId: string; ceremonyHash: string; pk: string; memberKeys: string[] };
export type SealFacts = { ceremonies: CeremonyFacts[]; openings: OpeningFacts[]; acts: ActFacts[] };

const ceremonyPath = /^seal\/ceremony[^/]*\.json$/;
const openingPath = /^seal\/opening[^/]*\.json$/;
const bodyPath = /^seal\/bodies\/([0-9a-f]{64})\.bin$/;
const actPath = /^seal\/acts\/[0-9a-f]{64}\.json$/;

/** Everything under `seal/`, proven; a file of no known kind is refused. */
export function checkSeals(folder: Folder, record: RecordFacts | undefined): SealFacts {
  const paths = folder.below("seal/");
  const ceremonies = paths.filter((path) => ceremonyPath.test(path)).map((path) => checkCeremony(folder, path));
  const proven = paths.filter((path) => openingPath.test(path)).map((path) => checkOpening(folder, { path, ceremonies, record }));
  const bids = proven.flatMap((opening) => opening.bound);
  const acts = paths.filter((path) => actPath.test(path)).map((path) => checkAct(folder, path, bids));
  const digests = new Set(bids.map(({ bidDigest }) => bidDigest));
  for (const path of paths) {
    const isKnown = ceremonyPath.test(path) || openingPath.test(path) || actPath.test(path) || digests.has(bodyPath.exec(path)?.[1] ?? "");
    demand(isKnown, "E_PACKAGE", path, "belongs to no opening of the package");
  }
  return { ceremonies, openings: proven.map(({ facts }) => facts), acts };
}

type CeremonyText = { lotId: string; memberKeys: string[] };

function checkCeremony(folder: Folder, path: string): CeremonyFacts {
  const text = folder.read(path);
  const verdict = verifyCeremony(text);
  if (!verdict.ok) throw new Refused(verdict.code, path, "the ceremony does not verify");
  const { lotId, memberKeys } = readIJson(text) as unknown as CeremonyText;
  return { path, lotId, ceremonyHash: verdict.ceremonyHash, pk: verdict.pk, memberKeys };
}

/** What is read of an opening after it has been proven. */
type OpeningText = {
  suite: 1 | 2;
  lotId: string;
  platformKey: string;
  ceremony: Value;
  bids: { [name: string]: Value; header: { bidderId: string; ceremony: string } }[];
  freeze: { digests: string[] };
};
type OpeningPlace = { path: string; ceremonies: readonly CeremonyFacts[]; record: RecordFacts | undefined };

function checkOpening(folder: Folder, { path, ceremonies, record }: OpeningPlace): { facts: OpeningFacts; bound: BoundBid[] } {
  const text = folder.read(path);
  const verdict = verifyOpening(text, (digest) => {
    const body = `seal/bodies/${digest}.bin`;
    return folder.has(body) ? folder.read(body) : undefined;
  });
  if (!verdict.ok) throw new Refused(verdict.code, path, "the opening does not verify");
  const value = readIJson(text) ?? null;
  const opening = value as unknown as OpeningText;
  checkLogPlaces({ value, path, record, prefixes: ["opn.", "bid."] });
  checkSameCeremony(folder, opening, ceremonies);
  // Both lists ascend by digest, and the freeze names exactly the live bids (proven above).
  const bids = opening.bids.map(({ header: { bidderId } }, k) => {
    const bidDigest = opening.freeze.digests[k] ?? "";
    return { bidderId, bidDigest, status: verdict.statuses[bidDigest] ?? "" };
  });
  const { suite, lotId, platformKey } = opening;
  const bound = opening.bids.map((bid, k) => ({ bidDigest: opening.freeze.digests[k] ?? "", lotId, bid }));
  return { facts: { path, suite, lotId, platformKey, bids, bodies: verdict.bodies }, bound };
}

function checkSameCeremony(folder: Folder, { lotId, ceremony }: OpeningText, ceremonies: readonly CeremonyFacts[]): void {
  const code: SealCode = "E_CEREMONY";
  for (const beside of ceremonies.filter((candidate) => candidate.lotId === lotId)) {
    const isSame = jcsText(readIJson(folder.read(beside.path)) ?? null) === jcsText(ceremony);
    demand(isSame, code, beside.path, "the opening holds another ceremony of this lot");
  }
}
