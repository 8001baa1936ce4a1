/** Writes a sealed archive, and a lot's papers, into folders: what the exporter of a story and the centre's staff call. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseInstant } from "../../kernel/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import { renderPaper } from "../../runtime/paper/render-paper.ts";
import { type LotThread, loadLot, type Platform } from "../transaction/index.ts";
import { archiveOf } from "./archive.ts";
import type { BagFile } from "./bag.ts";
import { buildPackage } from "./build-package.ts";
import { type PaperPorts, papersOf } from "./papers.ts";

export interface ArchiveWish {
  pool: Pool;
  platform: Platform;
  lotId: string;
  /** The bag's own folder; it is made. */
  folder: string;
  ports: PaperPorts;
  /** `audit` is the sealed bag byte by byte; `public` leaves confidential items out and has a root of its own. */
  level: "audit" | "public";
}

/** @returns the root of the bag. @throws when the archive is not sealed. */
export async function writeArchive(wish: ArchiveWish): Promise<string> {
  const { sealed } = await archiveOf(wish.pool, wish.lotId);
  if (!sealed) throw new Error(`the archive of ${wish.lotId} is not sealed`);
  if (wish.level === "public") return writePublic(wish, parseInstant(sealed.at));
  for (const { path, sha256 } of sealed.files) {
    const bytes = await wish.platform.files.get(sha256);
    if (!bytes) throw new Error(`the file store has lost ${path} of the archive of ${wish.lotId}`);
    await write(wish.folder, { path, bytes });
  }
  return sealed.root;
}

async function writePublic({ pool, platform, lotId, folder, ports }: ArchiveWish, now: number): Promise<string> {
  const lot = await getLot(pool, lotId);
  const bag = await buildPackage({
    tx: pool,
    platform,
    lot,
    procedure: platform.procedure(lot.procedureId),
    papers: papersOf(ports),
    now,
    isPublic: true,
  });
  for (const file of bag.files) await write(folder, file);
  return bag.root;
}

/** `<name>.pdf` for every paper that exists. @returns their names. */
export async function writePapers({ pool, platform, lotId, folder, ports, level }: ArchiveWish): Promise<string[]> {
  const lot = await getLot(pool, lotId);
  if (!platform.procedure(lot.procedureId).parameter<boolean>("papersAsPdf")) return [];
  const names: string[] = [];
  for (const [name, paperOf] of papersOf(ports)) {
    const paper = level === "public" && !["notice", "opening-record"].includes(name) ? undefined : await paperOf(pool, platform, lot);
    if (!paper) continue;
    await write(folder, { path: `${name}.pdf`, bytes: await renderPaper(paper) });
    names.push(name);
  }
  return names;
}

async function write(folder: string, { path, bytes }: BagFile): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
}

async function getLot(pool: Pool, lotId: string): Promise<LotThread> {
  const lot = await loadLot(pool, lotId);
  if (!lot) throw new Error(`there is no lot ${lotId}`);
  return lot;
}
