/**
 * A lot whose bids are open and whose committee sits, without the ceremonies that lead there: a stage for
 * tests records the facts that the stages before hand over, and the ports read them back. For tests only.
 */
import { Type } from "@sinclair/typebox";
import { digestOf, type Json } from "../../../../formats/jcs.ts";
import { type TestHouse, type TestPerson, testHouse } from "../../../app/testing/test-house.ts";
import { parseYuan } from "../../../kernel/index.ts";
import { comprehensiveWorksTree, procedureById } from "../../../kinds/index.ts";
import { foldStream, type RecordedEvent } from "../../../record/index.ts";
import { catalogueStage } from "../../catalogue/index.ts";
import { admittedLots, roadLot, type TradePeople, tradePeople } from "../../catalogue/testing/admitted-lot.ts";
import {
  act,
  bindLaw,
  completeStep,
  type Procedure,
  type Stage,
  setMilestone,
  streamOf,
  transactionStage,
} from "../../transaction/index.ts";
import type { EvaluationPorts, JudgingTerms, OpenedBid, SeatedCommittee } from "../before.ts";
import { evaluationStage } from "../index.ts";

interface Prepared {
  document: JudgingTerms;
  bids: readonly OpenedBid[];
  committee: SeatedCommittee;
  draws: Readonly<Record<string, string>>;
  tieOrder: readonly string[] | null;
}

/** Steps up to the sitting committee, with their outcome. */
const before = [
  ["tendering.prepare", "issued"],
  ["ceremony.run", "sealed"],
  ["tendering.publish", "published"],
  ["tendering.offer", "closed"],
  ["tendering.clarify", "closed"],
  ["deposit.collect", "closed"],
  ["bidding.submit", "closed"],
  ["opening.open", "opened"],
  ["committee.form", "formed"],
] as const;

/** What the stages before leave in the record for the archive. */
const papers = [
  ["doc", "doc.issued"],
  ["cer", "cer.sealed"],
  ["ntc", "ntc.published"],
  ["opn", "opn.closed"],
  ["cmt", "cmt.formed"],
] as const;

const title = { zh: "试验", en: "trial" };
const any = Type.Unknown();

export const rehearsalStage: Stage = {
  name: "rehearsal",
  reads: [],
  views: [],
  acts: [
    act({
      name: "tst.prepare",
      title,
      who: ["centre"],
      about: "lot",
      lock: "exclusive",
      data: Type.Object({ prepared: any, upTo: Type.String() }),
      async decide(context, { prepared, upTo }) {
        await context.append(streamOf("tst", context.lot.id), "tst.prepared", { prepared: prepared as Json });
        for (const [prefix, type] of papers) await context.append(streamOf(prefix, context.lot.id), type, { lotId: context.lot.id });
        await bindLaw(context);
        const refusal = await setMilestone(context, "bidDeadline", context.now, "rehearsal");
        const own = context.procedure.steps(1).map(({ name }) => name);
        for (const [step, outcome] of before) {
          if (own.includes(step)) await completeStep(context, step, outcome);
          if (step === upTo) break;
        }
        return refusal ?? {};
      },
    }),
    act({
      name: "tst.vacate",
      title,
      who: ["centre"],
      about: "lot",
      lock: "exclusive",
      data: Type.Object({ seat: Type.Integer(), replacement: any }),
      async decide(context, { seat, replacement }) {
        await context.append(streamOf("tst", context.lot.id), "tst.seatChanged", { seat, replacement: replacement as Json });
        await context.append(streamOf("cmt", context.lot.id), "cmt.seatVacated", { seat });
        return {};
      },
    }),
  ],
};

function evolvePrepared(before: Prepared | undefined, event: RecordedEvent): Prepared {
  if (event.type === "tst.prepared") return event.data.prepared as Prepared;
  if (!before) throw new Error("a seat changes before there is a committee");
  const { seat, replacement } = event.data;
  const seats = before.committee.seats.map((one) => (one.no === seat ? { ...one, state: "vacated" } : one));
  return { ...before, committee: { ...before.committee, seats: replacement ? [...seats, replacement] : seats } };
}

const preparedOf = (db: Parameters<EvaluationPorts["documentOf"]>[0], lotId: string) =>
  foldStream(db, streamOf("tst", lotId), evolvePrepared);

export const rehearsalPorts: EvaluationPorts = {
  documentOf: async (db, lotId) => (await preparedOf(db, lotId))?.document,
  openedBids: async (db, lotId) => (await preparedOf(db, lotId))?.bids ?? [],
  committeeOf: async (db, lotId) => (await preparedOf(db, lotId))?.committee,
  drawnValues: async (db, lotId) => (await preparedOf(db, lotId))?.draws ?? {},
  veil: async (context) => digestOf({ commandId: context.cause.commandId }),
  finishCommittee: async () => undefined,
  tieOrder: async (db, lotId) => (await preparedOf(db, lotId))?.tieOrder ?? undefined,
};

export interface Rehearsal {
  house: TestHouse;
  people: TradePeople;
  experts: TestPerson[];
  bidders: TestPerson[];
}

/** A house with the people of a trade: five experts and five bidders. */
export async function rehearsal(later: readonly Stage[] = []): Promise<Rehearsal> {
  const stages = [transactionStage, catalogueStage, rehearsalStage, evaluationStage(rehearsalPorts), ...later];
  const house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure, start: "2026-11-02T01:00:00.000Z" });
  const people = await tradePeople(house);
  const experts: TestPerson[] = [];
  const bidders: TestPerson[] = [];
  for (let index = 1; index <= 5; index += 1) experts.push(await house.person("expert", `评审专家${index}`));
  for (let index = 1; index <= 5; index += 1) bidders.push(await house.person("bidder", `投标单位${index}`));
  return { house, people, experts, bidders };
}

/** The worked example of the city's first tender document (scoring.json). */
export const workedPrices = ["178200000.00", "179600000.00", "180400000.00", "181100000.00", "182900000.00"] as const;

export const grounds = [
  "投标文件未经投标单位签章和单位负责人签名",
  "联合体投标没有提交共同投标协议",
  "投标人不符合国家或者招标文件规定的资格条件",
  "同一投标人提交两个以上不同的投标文件或者报价",
  "投标报价低于成本或者高于最高投标限价",
  "投标文件没有对招标文件的实质性要求和条件作出响应",
  "投标人有串通投标、弄虚作假、行贿等违法行为",
].map((text, index) => ({ no: index + 1, text }));

export const roadTerms: JudgingTerms = {
  version: 2,
  sha256: "d0".repeat(32),
  ceilingFen: "18642050000",
  floorFen: null,
  bidValidityDays: 120,
  publicityDays: 3,
  durationDays: 540,
  quality: "合格",
  performanceSecurityPercent: "8",
  method: {
    name: "comprehensive-evaluation",
    title: "综合评估法",
    tree: comprehensiveWorksTree,
    tieBreak: ["投标报价低者优先"],
    rejectionGrounds: grounds,
  },
};

export function bidOf(bidder: TestPerson, index: number, price: string, differs: Partial<OpenedBid> = {}): OpenedBid {
  return {
    bidDigest: digestOf({ bid: index, price }),
    partyId: `pty_${String(index).padStart(26, "0")}`,
    organisation: bidder.organisationId,
    name: `投标单位${index}`,
    handedIn: index,
    form: {
      priceFen: parseYuan(price).toString(),
      durationDays: 530,
      quality: "合格",
      projectManager: { name: `项目负责人${index}`, certificate: `沙箱建造-1-000${index}` },
      validityDays: 120,
      depositForm: "3",
      facts: { creditGrade: "A", similarProjects: 1, managerSimilarProjects: 0 },
    },
    files: [{ name: "bid-form.json", size: 400, hash: "f0".repeat(32) }],
    status: "opened",
    ...differs,
  };
}

export interface LotWish {
  bids?: readonly OpenedBid[];
  terms?: JudgingTerms;
  draws?: Readonly<Record<string, string>>;
  tieOrder?: readonly string[] | null;
  lot?: Partial<typeof roadLot>;
  /** The last step that is done. */
  upTo?: (typeof before)[number][0];
}

/** A lot with open bids and a sitting committee. @returns its id. */
export async function openedLot({ house, people, experts, bidders }: Rehearsal, wish: LotWish = {}): Promise<string> {
  const [lotId] = await admittedLots(house, people, [{ ...roadLot, ...wish.lot }]);
  const prepared: Prepared = {
    document: wish.terms ?? roadTerms,
    bids: wish.bids ?? workedPrices.map((price, index) => bidOf(bidders[index] as TestPerson, index + 1, price)),
    committee: {
      seats: experts.map(({ personId, organisationId }, index) => ({ no: index + 1, personId, organisationId, state: "present" })),
      chair: 1,
    },
    draws: wish.draws ?? { K: "4.0%" },
    tieOrder: wish.tieOrder ?? null,
  };
  await house.done(people.centre, "tst.prepare", lotId as string, { prepared, upTo: wish.upTo ?? "committee.form" });
  return lotId as string;
}

export const digestsOf = (bidders: readonly TestPerson[]) =>
  workedPrices.map((price, index) => bidOf(bidders[index] as TestPerson, index + 1, price).bidDigest);

const midScores: Readonly<Record<string, string>> = {
  "tec-1": "2.5",
  "tec-2": "2.5",
  "tec-3": "2.5",
  "tec-4": "2.5",
  "tec-5": "2.5",
  "tec-6": "2.5",
};

export function sheetFor(bidDigests: readonly string[], scores = midScores) {
  return { scores: bidDigests.flatMap((bidDigest) => Object.entries(scores).map(([item, score]) => ({ bidDigest, item, score }))) };
}

export function conforming(bidDigests: readonly string[]) {
  return { findings: bidDigests.map((bidDigest) => ({ bidDigest, finding: "conforms", ground: null, reason: null })) };
}

/** From the sitting committee to the signed report, everything conforming. @returns the digest of the result. */
export async function evaluated(world: Rehearsal, lotId: string, bids: readonly string[], scored = true): Promise<string> {
  const { house, experts } = world;
  const chair = experts[0] as TestPerson;
  await house.done(chair, "evl.begin", lotId, {});
  for (const expert of experts) await house.done(expert, "evl.reject", lotId, conforming(bids));
  await house.done(chair, "evl.concludeStep", lotId, {});
  for (const expert of experts) await house.done(expert, "sht.submit", lotId, scored ? sheetFor(bids) : { scores: [] });
  return (await house.done(chair, "evl.compute", lotId, {})).resultDigest;
}

export async function reported(world: Rehearsal, lotId: string, bids: readonly string[]): Promise<void> {
  const { house, experts } = world;
  const resultDigest = await evaluated(world, lotId, bids);
  for (const expert of experts) await house.done(expert, "evl.signReport", lotId, { resultDigest, will: "agree", dissent: null });
  await house.done(experts[0] as TestPerson, "evl.report", lotId, { candidates: 3 });
}
