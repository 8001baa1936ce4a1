/**
 * Seals a bid beside the page: draws its secrets, makes the header, encrypts chunk by chunk and uploads the pieces.
 * Neither key nor plaintext leaves this worker; what it uploads nobody can read before the opening (seal-v1).
 */
import { hex } from "../../../formats/bytes.ts";
import {
  bidDigestOf,
  cipherSizeOf,
  containerSize,
  type PlainFile,
  type SealedBody,
  sealBody,
  suiteOf,
  type UploadedPiece,
} from "../../../formats/seal/index.ts";
import { withBegunUpload } from "../../sealing/begin-upload.ts";
import { startChunkWorkers } from "../../sealing/chunk-workers.ts";
import { type Piece, PieceMaker } from "../../sealing/pieces.ts";
import type { UploadLedger } from "../../sealing/upload-ledger.ts";
import { uploadPiece } from "../../sealing/upload-piece.ts";
import type { SealNews, SealOrder, SealWish } from "./seal-messages.ts";

const scope = globalThis as unknown as {
  postMessage(news: SealNews): void;
  onmessage: ((event: MessageEvent<SealWish>) => void) | null;
};
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const uploadsAtOnce = 3;

let goOn: Promise<void> = Promise.resolve();
let release = () => {};

scope.onmessage = ({ data }) => {
  if (data.kind === "pause") goOn = new Promise((resolve) => (release = resolve));
  else if (data.kind === "resume") release();
  else
    void seal(data.order).catch((error: unknown) =>
      scope.postMessage({ kind: "failed", reason: error instanceof Error ? error.message : String(error) }),
    );
};

function plainFiles(order: SealOrder): PlainFile[] {
  return order.files.map(({ name, blob }) => ({
    name,
    size: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  }));
}

async function seal(order: SealOrder): Promise<void> {
  const files = plainFiles(order);
  await withBegunUpload({ ...order.fields, size: containerSize(files) }, random, async ({ header, key, ledger }) => {
    const suite = suiteOf(header.suite);
    const engine = startChunkWorkers({ suite: suite.id, key });
    const upload = new Upload(order.membership, cipherSizeOf(suite, header.size), ledger);
    const body = await sealAndUpload(sealBody({ header, engine, files, inFlight: engine.inFlight }), upload).finally(engine.stop);
    const submission = { header, root: body.root, cipherSize: body.cipherSize, chunks: await upload.end() };
    scope.postMessage({ kind: "done", submission: { ...submission, bidDigest: bidDigestOf(submission) } });
  });
}

async function sealAndUpload(chunks: ReturnType<typeof sealBody>, upload: Upload): Promise<SealedBody> {
  const maker = new PieceMaker();
  for (;;) {
    const step = await chunks.next();
    if (step.done) return step.value;
    const { index, bytes } = step.value;
    const before = index === 0 ? maker.rest() : undefined;
    if (before) await upload.begin(before);
    upload.sealed += bytes.length;
    const piece = maker.take(index, bytes);
    if (piece) await upload.begin(piece);
    upload.tell();
  }
}

/** Sends pieces, a few at the same time, and keeps what the submission must name. */
class Upload {
  sealed = 0;
  readonly #total: number;
  readonly #membership: string | undefined;
  readonly #ledger: UploadLedger | undefined;
  readonly #running = new Set<Promise<void>>();
  readonly #rows: (UploadedPiece & { first: number })[] = [];
  #uploaded = 0;

  constructor(membership: string | undefined, total: number, ledger: UploadLedger | undefined) {
    this.#membership = membership;
    this.#ledger = ledger;
    this.#total = total;
  }

  tell(): void {
    scope.postMessage({ kind: "progress", sealed: this.sealed, uploaded: this.#uploaded, total: this.#total });
  }

  async begin(piece: Piece): Promise<void> {
    await goOn;
    while (this.#running.size >= uploadsAtOnce) await Promise.race(this.#running);
    const sending = this.#send(piece).finally(() => this.#running.delete(sending));
    this.#running.add(sending);
  }

  async end(): Promise<UploadedPiece[]> {
    await Promise.all(this.#running);
    await this.#ledger?.finish();
    return this.#rows.sort((a, b) => a.first - b.first).map(({ name, size, sha256 }) => ({ name, size, sha256 }));
  }

  async #send({ first, bytes }: Piece): Promise<void> {
    const newName = () => hex(random(16));
    const sha256 = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
    const noted = (await this.#ledger?.note({ first, sha256, newName })) ?? { first, name: newName(), sha256, isStored: false };
    if (!noted.isStored) await this.#put(noted.name, bytes);
    await this.#ledger?.stored(noted);
    this.#rows.push({ first, name: noted.name, size: bytes.length, sha256 });
    this.#uploaded += bytes.length;
    this.tell();
  }

  #put(name: string, bytes: Piece["bytes"]): Promise<void> {
    return uploadPiece(name, bytes, {
      fetch: (url, init) => fetch(url, init),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      membership: this.#membership,
      onWaiting: (reason) => scope.postMessage({ kind: "waiting", reason }),
    });
  }
}
