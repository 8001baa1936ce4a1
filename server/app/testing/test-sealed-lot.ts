/**
 * A lot that is open for bids, for the tests of bidding, opening and what follows: real keys from a real
 * ceremony held in one process, bids sealed as a bidder's page seals them. The thread of the lot is
 * written by a stage of its own, which exists in tests only.
 */
import { createHash } from "node:crypto";
import { Type } from "@sinclair/typebox";
import { hex, utf8 } from "../../../formats/bytes.ts";
import {
  type Bytes,
  bidDigestOf,
  ceremonyHash,
  containerSize,
  drawSealSecrets,
  makeHeader,
  newKeyPair,
  type SealCeremony,
  type SealSecrets,
  type SealSubmission,
  signMessage,
  submitMessage,
  suiteOf,
} from "../../../formats/seal/index.ts";
import { fileOfBytes, type RehearsedCeremony, rehearseCeremony, sealToMemory } from "../../../formats/seal/rehearsal.ts";
import type { Random } from "../../kernel/index.ts";
import { type Queryable, readStream } from "../../record/index.ts";
import { act, type Platform, type Stage, streamOf } from "../../trade/transaction/index.ts";
import type { TestHouse, TestPerson } from "./test-house.ts";

/** The parties of a test lot; buyer, centre and supervisor are members 1, 2, 3 of its ceremony. */
export interface LotPeople {
  buyer: TestPerson;
  centre: TestPerson;
  supervisor: TestPerson;
  agent?: TestPerson;
}

export interface SealedLot {
  lotId: string;
  people: LotPeople;
  ceremony: SealCeremony;
  shares: RehearsedCeremony["shares"];
}

const text = Type.String();

const openTestLot = act({
  name: "tst.openLot",
  title: { zh: "测试：开立标段", en: "Test: open a lot" },
  who: ["centre"],
  about: "free",
  lock: "exclusive",
  data: Type.Object({ title: text, buyer: text, agent: Type.Union([text, Type.Null()]), centre: text, supervisor: text, deadline: text }),
  async decide(context, { title, deadline, ...parties }) {
    const lotId = context.newId("lot");
    const transactionId = context.newId("trx");
    const at = {
      procedureId: "CO",
      projectId: context.newId("prj"),
      sector: "housing",
      regionCode: "350200",
      codes: { unifiedDealCode: "TEST" },
    };
    await context.append(lotId, "lot.opened", { transactionId, title, estimateFen: "100", parties, ...at, round: 1, predecessor: null });
    await context.append(lotId, "lot.lawBound", { lawDate: "2026-11-02", ruleSetHash: "0" });
    await context.append(lotId, "lot.runStarted", { run: 1, pass: 1, cause: "test", standing: [] });
    await context.append(lotId, "lot.sealedRowOpened", { headerKey: await context.platform.keeper.createLot(lotId) });
    for (const { name } of stepsBeforeBids(context.platform)) {
      await context.append(lotId, "lot.stepDone", { run: 1, pass: 1, step: name, outcome: "done", ref: null });
    }
    const milestone = { name: "bidDeadline", run: 1, at: deadline, originalAt: deadline, version: 1, cause: "test" };
    await context.append(lotId, "lot.milestoneSet", milestone);
    return { lotId, transactionId };
  },
});

function stepsBeforeBids({ procedure }: Platform) {
  const steps = procedure("CO").steps(1);
  return steps.slice(
    0,
    steps.findIndex(({ name }) => name === "bidding.submit"),
  );
}

const recordCeremony = act({
  name: "tst.recordCeremony",
  title: { zh: "测试：登记开标密钥", en: "Test: record a ceremony" },
  who: ["centre"],
  about: "lot",
  lock: "exclusive",
  data: Type.Object({ ceremony: Type.Unknown(), members: Type.Array(text) }),
  async decide(context, data) {
    await context.append(streamOf("cer", context.lot.id), "cer.rehearsed", data as never);
    return {};
  },
});

export const sealedLotStage: Stage = { name: "sealed-lot", acts: [openTestLot, recordCeremony], reads: [], views: [] };

/** The ports of bidding and opening, from the rehearsed ceremony; the window is half an hour. */
export const sealedLotPorts = {
  ceremonyOf: async (db: Queryable, lotId: string) => (await rehearsed(db, lotId))?.ceremony as SealCeremony | undefined,
  memberOf: async (db: Queryable, lotId: string, personId: string) => {
    const at = ((await rehearsed(db, lotId))?.members as string[] | undefined)?.indexOf(personId) ?? -1;
    return at < 0 ? undefined : at + 1;
  },
  decryptionMinutesOf: async () => 30,
};

async function rehearsed(db: Queryable, lotId: string): Promise<Record<string, unknown> | undefined> {
  return (await readStream(db, streamOf("cer", lotId)))[0]?.data;
}

/** Opens a lot whose bids are due at `deadline`. */
export async function openSealedLot(house: TestHouse, people: LotPeople, deadline: string, title = "测试标段"): Promise<SealedLot> {
  const organisations = {
    buyer: people.buyer.organisationId,
    agent: people.agent?.organisationId ?? null,
    centre: people.centre.organisationId,
    supervisor: people.supervisor.organisationId,
  };
  const { lotId, transactionId } = await house.done(people.centre, "tst.openLot", null, { title, deadline, ...organisations });
  const { ceremony, shares } = rehearseCeremony(1, { tenderId: transactionId, lotId }, (length) => house.random.bytes(length));
  const members = [people.buyer, people.centre, people.supervisor].map(({ personId }) => personId);
  await house.done(people.centre, "tst.recordCeremony", lotId, { ceremony, members });
  return { lotId, people, ceremony, shares };
}

/** A sealed bid as the bidder's page makes it, with the secrets that stay there. */
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
  durationDays: 300,
  quality: "合格",
  projectManager: { name: "林工", certificate: "闽135000000001" },
  validityDays: 90,
  depositForm: "transfer",
  facts: { similarProjects: 2 },
});

/** Seals a bid and uploads its pieces, 700,000 bytes each so that pieces and chunks do not coincide. */
export async function makeBid(house: TestHouse, lot: SealedLot, wish: BidWish): Promise<MadeBid> {
  const random = (length: number) => house.random.bytes(length);
  const suite = suiteOf(1);
  const { partyId } = await house.platform.keeper.tagOf(lot.lotId, wish.bidder.organisationId);
  const contents = [
    { name: "bid-form.json", bytes: utf8(JSON.stringify(wish.form ?? testForm("4200000000"))) as Bytes },
    ...(wish.files ?? []),
  ];
  const files = contents.map(({ name, bytes }) => fileOfBytes(name, bytes));
  const secrets = wish.secrets ?? drawSealSecrets(suite, random);
  const { suite: suiteId, tenderId, lotId, pk } = lot.ceremony;
  const place = { suite: suiteId, tenderId, lotId, part: "all" as const, bidderId: partyId, version: wish.version ?? 1, pk };
  const fields = {
    ...place,
    ceremony: ceremonyHash(lot.ceremony),
    size: containerSize(files),
    bidderEncKey: newKeyPair(suite, random).key,
  };
  const header = makeHeader(fields, secrets);
  const { body, root, cipherSize } = await sealToMemory(header, secrets.dek, files);
  const bidDigest = bidDigestOf({ header, root, cipherSize });
  const sign = newKeyPair(suite, random);
  const sig = signMessage(suite, sign.secret, submitMessage(bidDigest), random);
  const chunks = await upload(house.platform, house.random, body);
  return { submission: { header, root, cipherSize, chunks, signKey: sign.key, sig }, bidDigest, kb: hex(secrets.kb), body, secrets };
}

async function upload({ files }: Platform, random: Random, body: Bytes): Promise<SealSubmission["chunks"]> {
  const chunks: SealSubmission["chunks"] = [];
  for (let at = 0; at < body.length; at += 700_000) {
    const bytes = body.subarray(at, at + 700_000);
    const name = hex(random.bytes(16));
    await files.put(name, bytes);
    chunks.push({ name, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
  return chunks;
}
