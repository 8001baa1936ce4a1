/**
 * Seals a bid beside the page: draws its secrets, makes the header, encrypts chunk by chunk and uploads the pieces.
 * Neither key nor plaintext leaves this worker; what it uploads nobody can read before the opening (seal-v1).
 */
import { hex } from "../../../formats/bytes.ts";
import {
  bidDigestOf,
  cipherSizeOf,
  containerSize,
  drawSealSecrets,
  makeHeader,
  type PlainFile,
  type SealedBody,
  type SealHeader,
  sealBody,
  suiteOf,
  type UploadedPiece,
} from "../../../formats/seal/index.ts";
import { startChunkWorkers } from "../../sealing/chunk-workers.ts";
import { type Piece, PieceMaker } from "../../sealing/pieces.ts";
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
  const suite = suiteOf(order.fields.suite);
  const secrets = drawSealSecrets(suite, random);
  const header = makeHeader({ ...order.fields, size: containerSize(files) }, secrets);
  const engine = startChunkWorkers({ suite: suite.id, key: secrets.dek });
  const upload = new Upload(order.membership, cipherSizeOf(suite, header.size));
  const body = await sealAndUpload(header, sealBody({ header, engine, files, inFlight: engine.inFlight }), upload).finally(engine.stop);
  const submission = { header, root: body.root, cipherSize: body.cipherSize, chunks: await upload.end() };
  scope.postMessage({ kind: "done", submission: { ...submission, bidDigest: bidDigestOf(submission) } });
}

async function sealAndUpload(header: SealHeader, chunks: ReturnType<typeof sealBody>, upload: Upload): Promise<SealedBody> {
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
  readonly #running = new Set<Promise<void>>();
  readonly #rows: (UploadedPiece & { first: number })[] = [];
  #uploaded = 0;

  constructor(membership: string | undefined, total: number) {
    this.#membership = membership;
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
    return this.#rows.sort((a, b) => a.first - b.first).map(({ name, size, sha256 }) => ({ name, size, sha256 }));
  }

  async #send({ first, bytes }: Piece): Promise<void> {
    const name = hex(random(16));
    const sha256 = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
    await uploadPiece(name, bytes, {
      fetch: (url, init) => fetch(url, init),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      membership: this.#membership,
      onWaiting: (reason) => scope.postMessage({ kind: "waiting", reason }),
    });
    this.#rows.push({ first, name, size: bytes.length, sha256 });
    this.#uploaded += bytes.length;
    this.tell();
  }
}
