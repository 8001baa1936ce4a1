/**
 * A published package proven from its files alone (decisions §5): manifest, record, draws, ceremony and
 * openings, archive, summary. The first failure is the answer. It never asks a server and has no clock.
 */
import { fromHex, hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import { type AuctionFacts, checkAuctions } from "../auction/index.ts";
import { type DrawVerdict, verifyDraw } from "../draw/index.ts";
import type { EvaluationFacts } from "../evaluation/index.ts";
import { readIJson } from "../i-json.ts";
import type { ActFacts } from "./acts.ts";
import { checkArchive } from "./bag.ts";
import { checkEvaluation } from "./evaluation.ts";
import type { Folder } from "./folder.ts";
import { checkLogPlaces } from "./log-places.ts";
import { checkManifest, type Manifest } from "./manifest.ts";
import { type CeremonyFacts, checkSeals, type OpeningFacts, type SealFacts } from "./opening.ts";
import { checkRecord, type RecordFacts } from "./record-chain.ts";
import { demand, Refused } from "./refused.ts";
import { checkReplay, checkTrade, readSummary } from "./summary.ts";

export type DrawFacts = { path: string } & Extract<DrawVerdict, { ok: true }>;

/** What was proven, and just as plainly what was not there to prove. */
export type PackageFacts = {
  dir: string;
  files: number;
  key: string;
  fingerprint: string;
  isTrusted: boolean;
  witnesses: "none";
  record: Omit<RecordFacts, "disclosed"> | "none";
  draws: DrawFacts[];
  ceremonies: CeremonyFacts[];
  openings: OpeningFacts[];
  /** Acts of a person's own certificate or passkey beside a bid. */
  acts: ActFacts[];
  /** Results of evaluations that the record shows, each recomputed. */
  evaluations: EvaluationFacts[];
  /** Auctions that the record shows, each told again to its winner. */
  auctions: AuctionFacts[];
  bags: number;
  documents: number;
  summary: "checked" | "none";
  inner: PackageFacts[];
};

export type PackageVerdict = { ok: true; packages: PackageFacts[] } | { ok: false; code: string; where: string; why: string };

export type PackageOptions = {
  /** Platform keys from outside the package; without them nothing is independently trusted. */
  trustedKeys?: readonly string[];
};

/** Verifies a folder, or `suite-1` and `suite-2` below it. Opening it may refuse too, where something lies in it that is no file. */
export function verifyFolder(open: () => Folder, options: PackageOptions = {}): PackageVerdict {
  try {
    const folder = open();
    return { ok: true, packages: partsOf(folder).map((dir) => checkPackage(dir === "" ? folder : folder.inner(dir), dir, options)) };
  } catch (failure) {
    if (failure instanceof Refused) return { ok: false, code: failure.code, where: failure.where, why: failure.message };
    throw failure;
  }
}

/** A story with lots of two suites writes `suite-1` and `suite-2`, each a whole package, and nothing beside them. */
function partsOf(folder: Folder): string[] {
  if (folder.has("manifest.json")) return [""];
  const parts = ["suite-1", "suite-2"].filter((part) => folder.has(`${part}/manifest.json`));
  const outside = folder.paths.find((path) => !parts.some((part) => path.startsWith(`${part}/`)));
  demand(parts.length > 0, "E_PACKAGE", "manifest.json", "the folder has no manifest");
  demand(outside === undefined, "E_PACKAGE", outside ?? "", "the file lies outside the packages");
  return parts;
}

function checkPackage(folder: Folder, dir: string, options: PackageOptions): PackageFacts {
  const manifest = checkManifest(folder, options.trustedKeys);
  const record = folder.has("record.jsonl") ? checkRecord(folder.read("record.jsonl"), "record.jsonl") : undefined;
  const draws = folder.below("draw/").map((path) => checkDraw(folder, path, record));
  const seals = checkSeals(folder, record);
  const { openings } = seals;
  checkRecoveryKeys(folder, draws, seals);
  checkOpeningKeys(openings, manifest, options);
  const evaluations = checkEvaluation(folder, { record, draws, openings });
  const auctions = record === undefined ? [] : checkAuctions(record.disclosed);
  const bags = checkArchive(folder);
  const documents = checkDocuments(folder);
  const inner = checkSummary(folder, { record, openings, options });
  return {
    dir,
    files: Object.keys(manifest.files).length,
    key: manifest.key,
    fingerprint: `sha256:${hex(sha256(fromHex(manifest.key)))}`,
    isTrusted: options.trustedKeys !== undefined,
    witnesses: "none",
    record: record === undefined ? "none" : withoutLines(record),
    draws,
    ceremonies: seals.ceremonies,
    openings,
    acts: seals.acts,
    evaluations,
    auctions,
    bags,
    documents,
    summary: folder.has("summary.json") ? "checked" : "none",
    inner,
  };
}

function withoutLines({ disclosed: _, ...facts }: RecordFacts): Omit<RecordFacts, "disclosed"> {
  return facts;
}

function checkDraw(folder: Folder, path: string, record: RecordFacts | undefined): DrawFacts {
  const text = folder.read(path);
  const verdict = verifyDraw(text);
  if (!verdict.ok) throw new Refused(verdict.code, path, "the draw does not verify");
  checkLogPlaces({ value: readIJson(text) ?? null, path, record, prefixes: ["drw."] });
  return { path, ...verdict };
}

/** A draw in mode 2 was opened by members of a ceremony with lotId = drawId (draw-v1 §2); where it lies here, it must be theirs. */
function checkRecoveryKeys(folder: Folder, draws: readonly DrawFacts[], { ceremonies }: SealFacts): void {
  for (const { path, drawId } of draws) {
    const { plan } = readIJson(folder.read(path)) as unknown as { plan: { recovery: null | { pk: string; memberKeys: string[] } } };
    for (const { lotId, pk, memberKeys } of ceremonies) {
      if (lotId !== drawId || plan.recovery === null) continue;
      const isTheirs = plan.recovery.pk === pk && plan.recovery.memberKeys.join() === memberKeys.join();
      demand(isTheirs, "E_CEREMONY", path, "the plan's recovery keys are not those of its ceremony");
    }
  }
}

/**
 * The platform key that signs receipts and freezes signs the manifest too (decisions §3), or is trusted from outside. The
 * manifest is signed with P-256; in suite 2 the platform has an SM2 key, for which the signed manifest answers.
 */
function checkOpeningKeys(openings: readonly OpeningFacts[], manifest: Manifest, { trustedKeys }: PackageOptions): void {
  for (const { path, platformKey, suite } of openings) {
    const isKnown = platformKey === manifest.key || suite === 2 || trustedKeys?.includes(platformKey) === true;
    demand(isKnown, "E_MANIFEST_SIG", path, "the opening names another platform key than the manifest");
  }
}

/** "%PDF-" */
const pdfMark = "255044462d";

function checkDocuments(folder: Folder): number {
  const documents = folder.below("documents/");
  for (const path of documents) {
    const isPdf = path.endsWith(".pdf") && hex(folder.read(path).subarray(0, 5)) === pdfMark;
    demand(isPdf, "E_PACKAGE", path, "not a PDF");
  }
  return documents.length;
}

type Proven = { record: RecordFacts | undefined; openings: readonly OpeningFacts[]; options: PackageOptions };

/** Checks the summary; of a replay it verifies every trade's own package too. */
function checkSummary(folder: Folder, { record, openings, options }: Proven): PackageFacts[] {
  if (!folder.has("summary.json")) return [];
  const summary = readSummary(folder.read("summary.json"));
  if ("trade" in summary) {
    checkTrade(summary.trade, record, openings);
    return [];
  }
  checkReplay(summary.replay);
  return summary.replay.trades.map(({ dir }) => {
    demand(folder.has(`${dir}/manifest.json`), "E_SUMMARY", dir, "the trade has no package of its own");
    return checkPackage(folder.inner(dir), dir, options);
  });
}
