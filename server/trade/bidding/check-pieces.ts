/**
 * Are the uploaded pieces really there, and are they the bid that was signed? Every byte is read from the
 * store before a receipt is given (seal-v1 §10): size, SHA-256 of each piece, Merkle root of the whole.
 */
import { createHash } from "node:crypto";
import { checkCiphertext, type SealSubmission, sourceOfPieces } from "../../../formats/seal/index.ts";
import type { FileStore } from "../transaction/index.ts";

type Piece = SealSubmission["chunks"][number];

/** What is wrong, and with which piece. */
export interface PieceFault {
  fault: "missing" | "size" | "digest" | "root";
  piece: string | null;
}

class WrongPiece extends Error {
  readonly found: PieceFault;
  constructor(found: PieceFault) {
    super(found.fault);
    this.found = found;
  }
}

export async function faultOfPieces(files: FileStore, submission: SealSubmission): Promise<PieceFault | undefined> {
  const pieces = submission.chunks.map((piece) => ({ size: piece.size, read: () => readPiece(files, piece) }));
  try {
    const code = await checkCiphertext(submission, sourceOfPieces(pieces));
    if (code === undefined) return undefined;
    return { fault: code === "E_SIZE" ? "size" : "root", piece: null };
  } catch (error) {
    if (error instanceof WrongPiece) return error.found;
    throw error;
  }
}

async function readPiece(files: FileStore, { name, size, sha256 }: Piece): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await files.get(name);
  if (!bytes) throw new WrongPiece({ fault: "missing", piece: name });
  if (bytes.length !== size) throw new WrongPiece({ fault: "size", piece: name });
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw new WrongPiece({ fault: "digest", piece: name });
  return bytes as Uint8Array<ArrayBuffer>;
}
