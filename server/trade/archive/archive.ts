/** The archive of one lot as its stream tells it. Pure. An item is a stream of the record up to a version. */
import { next } from "../../kernel/index.ts";
import { foldStream, type RecordedEvent } from "../../record/index.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { streamOf } from "../transaction/index.ts";
import { type ArchiveCommand, type ArchiveState, archiveStates } from "./archive.states.ts";

export interface CollectedItem {
  item: string;
  stream: string;
  version: number;
  /** Of the item's file in the package. */
  sha256: string;
  at: string;
}

/** A file of the package as it was sealed; its bytes lie in the file store under the digest. */
export interface PackageFile {
  path: string;
  sha256: string;
  size: number;
}

export interface SealedPackage {
  /** SHA-256 of `tagmanifest-sha256.txt`: it stands for every byte of the bag. */
  root: string;
  phase: "tender";
  files: readonly PackageFile[];
  at: string;
}

export interface Archive {
  state: ArchiveState;
  /** Stream → what of it was collected last. */
  items: ReadonlyMap<string, CollectedItem>;
  completedAt: string | null;
  sealed: SealedPackage | null;
}

const moves: Readonly<Record<string, ArchiveCommand>> = { "arc.collected": "collect", "arc.completed": "complete", "arc.sealed": "seal" };
const empty: Archive = { state: "collecting", items: new Map(), completedAt: null, sealed: null };

export function evolveArchive(archive: Archive | undefined, event: RecordedEvent): Archive {
  const before = archive ?? empty;
  const command = moves[event.type];
  const state = command && next(archiveStates, before.state, command);
  if (state === undefined) throw new Error(`an archive that is ${before.state} cannot take ${event.type}`);
  return { ...before, ...changes(before, event), state };
}

function changes(archive: Archive, { type, data, at }: RecordedEvent): Partial<Archive> {
  if (type === "arc.collected") {
    const { item, stream, version, sha256 } = data;
    return { items: new Map(archive.items).set(stream, { item, stream, version, sha256, at }) };
  }
  return type === "arc.completed" ? { completedAt: at } : { sealed: { root: data.root, phase: data.phase, files: data.files, at } };
}

export async function archiveOf(db: Queryable, lotId: string): Promise<Archive> {
  return (await foldStream(db, streamOf("arc", lotId), evolveArchive)) ?? empty;
}
