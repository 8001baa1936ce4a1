/**
 * Lots that are open for bids, and bids as a bidder's page seals them: real keys from a real ceremony,
 * pieces uploaded as the portal does. For tests only.
 */
import { createHash } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";
import { hex, utf8 } from "../../../../formats/bytes.ts";
import {
  type Bytes,
  bidDigestOf,
  ceremonyHash,
  containerSize,
  drawSealSecrets,
  makeHeader,
  makePartial,
  newKeyPair,
  type SealCeremony,
  type SealSecrets,
  type SealSubmission,
  signMessage,
  submitMessage,
  suiteOf,
} from "../../../../formats/seal/index.ts";
import { fileOfBytes, sealToMemory } from "../../../../formats/seal/rehearsal.ts";
import type { TestHouse, TestPerson } from "../../../app/testing/test-house.ts";
import type { Random } from "../../../kernel/index.ts";
import { admittedLots, roadLot, type TradePeople } from "../../catalogue/testing/admitted-lot.ts";
import { ceremonyOf } from "../../ceremony/index.ts";
import { type Desk, sealedCeremony } from "../../ceremony/testing/key-desks.ts";
import type { DocumentTerms } from "../../tendering/index.ts";
import { noticeOnAllMedia, preparedLot } from "../../tendering/testing/published-lot.ts";
import { roadTerms } from "../../tendering/testing/road-document.ts";
import type { Platform } from "../../transaction/index.ts";

/** When the bids of all these lots are due. */
export const bidDeadline = roadTerms.bidDeadlineAt;

export interface OpenLot {
  lotId: string;
  people: TradePeople;
  ceremony: SealCeremony;
  /** The members' desks with their shares: buyer, centre, supervisor. */
  desks: Desk[];
}

/** Lots of one project, published and open for bids; `terms` are those in which a lot differs from the road's document. */
export async function openLots(
  house: TestHouse,
  people: TradePeople,
  titles: readonly string[],
  terms: Readonly<Record<string, Partial<DocumentTerms>>> = {},
): Promise<OpenLot[]> {
  const lotIds = await admittedLots(
    house,
    people,
    titles.map((title) => ({ ...roadLot, title })),
  );
  const lots: OpenLot[] = [];
  for (const [i, lotId] of lotIds.entries()) {
    await preparedLot(house, people, lotId, terms[titles[i] ?? ""]);
    const desks = await sealedCeremony(house, people, lotId);
    const ceremony = await ceremonyOf(house.house.pool, lotId);
    if (!ceremony) throw new Error("the ceremony is not sealed");
    await house.done(people.agent, "ntc.sign", lotId, noticeOnAllMedia());
    lots.push({ lotId, people, ceremony, desks });
  }
  await house.jumpTo(roadTerms.offerStartAt);
  for (const lotId of lotIds) await house.done(people.buyer, "ntc.publish", lotId, { acknowledged: [] });
  return lots;
}

/** A sealed bid, with the secrets that stay on the bidder's device. */
export interface MadeBid {
  submission: SealSubmission;
  bidDigest: string;
  /** Kb, for the opening. */
  kb: string;
  body: Bytes;
  secrets: SealSecrets;
}

export interface BidWish {
  bidder: TestPerson;
  version?: number;
  form?: Record<string, unknown>;
  files?: { name: string; bytes: Bytes }[];
  /** For tests of reuse only: secrets of an earlier bid. */
  secrets?: SealSecrets;
}

export const testForm = (priceFen: string) => ({
  v: 1,
  priceFen,
  currency: "CNY",
  durationDays: 500,
  quality: "合格",
  projectManager: { name: "林工", certificate: "闽135000000001" },
  validityDays: 120,
  depositForm: "transfer",
  facts: { similarProjects: 2 },
});

/** Seals a bid and uploads its pieces, 700,000 bytes each so that pieces and chunks do not coincide. */
export async function makeBid(house: TestHouse, lot: OpenLot, wish: BidWish): Promise<MadeBid> {
  const random = (length: number) => house.random.bytes(length);
  const suite = suiteOf(1);
  const { partyId } = await house.platform.keeper.tagOf(lot.lotId, wish.bidder.organisationId);
  const form = utf8(JSON.stringify(wish.form ?? testForm("18600000000"))) as Bytes;
  const files = [{ name: "bid-form.json", bytes: form }, ...(wish.files ?? [])].map(({ name, bytes }) => fileOfBytes(name, bytes));
  const secrets = wish.secrets ?? drawSealSecrets(suite, random);
  const { suite: suiteId, tenderId, lotId, pk } = lot.ceremony;
  const place = { suite: suiteId, tenderId, lotId, part: "all" as const, bidderId: partyId, version: wish.version ?? 1, pk };
  const fields = {
    ...place,
    ceremony: ceremonyHash(lot.ceremony),
    size: containerSize(files),
    bidderEncKey: hex(p256.getPublicKey(wish.bidder.sealSecret, true)),
  };
  const header = makeHeader(fields, secrets);
  const { body, root, cipherSize } = await sealToMemory(header, secrets.dek, files);
  const bidDigest = bidDigestOf({ header, root, cipherSize });
  const sign = newKeyPair(suite, random);
  const sig = signMessage(suite, sign.secret, submitMessage(bidDigest), random);
  const chunks = await upload(house.platform, house.random, body);
  return { submission: { header, root, cipherSize, chunks, signKey: sign.key, sig }, bidDigest, kb: hex(secrets.kb), body, secrets };
}

async function upload({ files }: Pick<Platform, "files">, random: Random, body: Bytes): Promise<SealSubmission["chunks"]> {
  const chunks: SealSubmission["chunks"] = [];
  for (let at = 0; at < body.length; at += 700_000) {
    const bytes = body.subarray(at, at + 700_000);
    const name = hex(random.bytes(16));
    await files.put(name, bytes);
    chunks.push({ name, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
  return chunks;
}

/** What one member's desk posts for the given bids. */
export function partialsOf(house: TestHouse, { own, share }: Desk, bids: readonly MadeBid[]) {
  const random = (length: number) => house.random.bytes(length);
  return bids.map(({ submission: { header }, bidDigest }) => makePartial({ header, bidDigest }, { member: own.member, share }, random));
}
