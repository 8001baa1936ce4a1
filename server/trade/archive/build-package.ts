/**
 * The archive package of a lot, phase `tender`: the collected streams, the papers, the files that they name,
 * and an index that says what is there and what is missing. Later phases add packages of their own.
 */

import { utf8 } from "../../../formats/bytes.ts";
import type { Json } from "../../../formats/jcs.ts";
import { getOrganisation } from "../../identity/index.ts";
import { dayOf, type Instant } from "../../kernel/index.ts";
import { readStream } from "../../record/index.ts";
import { inTurn, type Queryable } from "../../runtime/database/index.ts";
import { renderPaper } from "../../runtime/paper/render-paper.ts";
import type { LotThread, Platform, Procedure } from "../transaction/index.ts";
import { archiveOf, type CollectedItem } from "./archive.ts";
import { type BagFile, makeBag } from "./bag.ts";
import { linesOf, listItems } from "./collect-items.ts";
import { itemKinds } from "./items.ts";
import type { PaperOf } from "./papers.ts";

export interface PackageWish {
  tx: Queryable;
  platform: Platform;
  lot: LotThread;
  procedure: Procedure;
  papers: ReadonlyMap<string, PaperOf>;
  now: Instant;
  /** A public package leaves confidential items out and says so. */
  isPublic: boolean;
}

export async function buildPackage(wish: PackageWish): Promise<{ files: BagFile[]; root: string }> {
  const { tx, lot, isPublic, now } = wish;
  const archive = await archiveOf(tx, lot.id);
  const items = [...archive.items.values()].filter(({ stream }) => !isPublic || !isConfidential(stream));
  const centre = await getOrganisation(tx, lot.parties.centre);
  const payload = [...(await streamFiles(wish, items)), ...(await paperFiles(wish)), ...(await namedFiles(wish, items))];
  const index = await indexOf(wish, items, payload);
  return makeBag({
    payload: [...payload, index],
    info: [
      ["Source-Organization", centre.name],
      ["External-Identifier", lot.codes.unifiedDealCode ?? lot.id],
      ["External-Description", lot.title],
      ["Bagging-Date", dayOf(now)],
      ["Bag-Group-Identifier", lot.transactionId],
      ["Egret-Lot", lot.id],
      ["Egret-Phase", "tender"],
      ["Egret-Level", isPublic ? "public" : "whole"],
    ],
  });
}

function kindOf(stream: string) {
  return itemKinds.find(({ prefix }) => stream.startsWith(`${prefix}_`));
}

function isConfidential(stream: string): boolean {
  return kindOf(stream)?.confidential === true;
}

/** One file per stream: a line of JSON per event, up to the version that was collected. */
async function streamFiles({ tx }: PackageWish, items: readonly CollectedItem[]): Promise<BagFile[]> {
  return inTurn(items, async ({ stream, version }) => {
    const lines = linesOf((await readStream(tx, stream)).slice(0, version));
    return { path: `record/${stream}.jsonl`, bytes: utf8(`${lines.map((line) => JSON.stringify(line)).join("\n")}\n`) };
  });
}

/** Papers as PDF, where the procedure makes papers. */
async function paperFiles({ tx, platform, lot, procedure, papers, isPublic }: PackageWish): Promise<BagFile[]> {
  if (!procedure.parameter<boolean>("papersAsPdf")) return [];
  const files: BagFile[] = [];
  for (const [name, paperOf] of papers) {
    if (isPublic && !publicPapers.has(name)) continue;
    const paper = await paperOf(tx, platform, lot);
    if (paper) files.push({ path: `papers/${name}.pdf`, bytes: await renderPaper(paper) });
  }
  return files;
}

const publicPapers: ReadonlySet<string> = new Set(["notice", "opening-record"]);

/** Files that the collected events name by digest and that the store holds: texts of notice and document, drawings, annexes. */
async function namedFiles({ tx, platform }: PackageWish, items: readonly CollectedItem[]): Promise<BagFile[]> {
  const named = new Set<string>();
  for (const { stream, version } of items) {
    // A bid's own files stay in the opening's custody: they are not the buyer's document.
    if (!/^(?:doc|ntc|con|rem)_/.test(stream)) continue;
    for (const { data } of (await readStream(tx, stream)).slice(0, version)) collectDigests(data as Json, named);
  }
  const files: BagFile[] = [];
  for (const sha256 of [...named].sort()) {
    const bytes = await platform.files.get(sha256);
    if (bytes) files.push({ path: `files/${sha256}`, bytes });
  }
  return files;
}

function collectDigests(value: Json | undefined, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectDigests(item, into);
  else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      if (/sha256$/i.test(name) && typeof member === "string" && /^[0-9a-f]{64}$/.test(member)) into.add(member);
      else collectDigests(member, into);
    }
  }
}

async function indexOf(
  { tx, lot, procedure, isPublic }: PackageWish,
  items: readonly CollectedItem[],
  payload: readonly BagFile[],
): Promise<BagFile> {
  const listed = await listItems(tx, lot, procedure);
  const index = {
    lot: lot.id,
    title: lot.title,
    dealCode: lot.codes.unifiedDealCode ?? "",
    phase: "tender",
    items: listed.map(({ item, title, required, present }) => ({ item, title, required, present })),
    missing: listed.filter(({ required, present }) => required && !present).map(({ title }) => title),
    leftOut: isPublic ? itemKinds.filter(({ confidential }) => confidential).map(({ title }) => title) : [],
    streams: items.map(({ item, stream, version, sha256, at }) => ({ item, stream, version, sha256, collectedAt: at })),
    files: payload.map(({ path, bytes }) => ({ path, size: bytes.length })),
  };
  return { path: "index.json", bytes: utf8(`${JSON.stringify(index, null, 1)}\n`) };
}
