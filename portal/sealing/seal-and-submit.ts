/**
 * Seals a bid and hands it in without a page: for the command line, and for whoever builds upon it. It checks the
 * ceremony before trusting its key, draws fresh secrets, uploads pieces that nobody can read, signs, submits, and
 * accepts only a receipt that the platform signed for exactly this bid.
 */
import { hex } from "../../formats/bytes.ts";
import {
  type Bytes,
  bidDigestOf,
  ceremonyHash,
  checkCeremony,
  containerSize,
  contextOf,
  drawSealSecrets,
  localEngine,
  makeHeader,
  type PlainFile,
  type Random,
  receiptIsSigned,
  recoveryCode,
  type SealCeremony,
  type SealReceipt,
  type SealSubmission,
  sealBody,
  submitMessage,
  suiteOf,
  type UploadedPiece,
} from "../../formats/seal/index.ts";
import { type Piece, PieceMaker } from "./pieces.ts";

/** What the bidder must know of the lot before sealing. */
export interface SealingPlace {
  ceremony: SealCeremony;
  /** Party id of the bidder in this lot, and the version that is due. */
  bidderId: string;
  version: number;
  /** The platform's receipt key (hex33) as the bidder knows it; without it the receipt's signature is not judged. */
  platformKey?: string;
}

/** Public keys of the bidder, and its signature (hex64) over a message. */
export interface BidderIdentity {
  signKey: string;
  encKey: string;
  sign(message: Bytes): Promise<string>;
}

/** The way to a platform. */
export interface SealingTransport {
  /** Keeps the bytes under the name; the same bytes may come again. */
  putPiece(name: string, bytes: Bytes): Promise<void>;
  submit(lotId: string, submission: SealSubmission): Promise<SealReceipt>;
}

export interface SealingTools {
  transport: SealingTransport;
  random: Random;
  onProgress?(progress: { bytes: number; total: number }): void;
}

export interface SealedAndSubmitted {
  bidDigest: string;
  receipt: SealReceipt;
  /** Opens the bid if the bidder's key is lost: to be printed and kept, never sent. */
  recoveryCode: string;
}

/** @throws Error with one sentence when the ceremony is wrong, a file changes, or the platform refuses. */
export async function sealAndSubmit(
  order: { place: SealingPlace; identity: BidderIdentity; files: readonly PlainFile[] },
  tools: SealingTools,
): Promise<SealedAndSubmitted> {
  const { place, identity, files } = order;
  const fault = checkCeremony(place.ceremony);
  if (fault !== undefined) throw new Error(`本标段的密钥仪式不成立（${fault}），不能据此密封。`);
  const suite = suiteOf(place.ceremony.suite);
  const secrets = drawSealSecrets(suite, tools.random);
  const { tenderId, lotId, pk } = place.ceremony;
  const fields = { suite: suite.id, tenderId, lotId, part: "all" as const, bidderId: place.bidderId, version: place.version };
  const size = containerSize(files);
  const header = makeHeader({ ...fields, pk, ceremony: ceremonyHash(place.ceremony), size, bidderEncKey: identity.encKey }, secrets);
  const upload = new PieceUpload(tools, size);
  const body = await upload.all(sealBody({ header, engine: localEngine(suite, await suite.bulkKey(secrets.dek)), files }));
  const unsigned = { header, root: body.root, cipherSize: body.cipherSize };
  const bidDigest = bidDigestOf(unsigned);
  const sig = await identity.sign(submitMessage(bidDigest));
  const receipt = await tools.transport.submit(lotId, { ...unsigned, chunks: body.chunks, signKey: identity.signKey, sig });
  if (!receiptIsOurs(receipt, { ...place, bidDigest })) throw new Error("平台给出的回执与本投标文件不符，请保留全部材料并联系交易中心。");
  return { bidDigest, receipt, recoveryCode: recoveryCode(suite, contextOf(header), secrets.kb) };
}

function receiptIsOurs(
  receipt: SealReceipt,
  { bidDigest, bidderId, version, ceremony, platformKey }: SealingPlace & { bidDigest: string },
): boolean {
  const isForThisBid =
    receipt.action === "submit" && receipt.bidDigest === bidDigest && receipt.bidderId === bidderId && receipt.version === version;
  const isForThisLot = receipt.tenderId === ceremony.tenderId && receipt.lotId === ceremony.lotId;
  return isForThisBid && isForThisLot && (platformKey === undefined || receiptIsSigned(receipt, platformKey));
}

const UPLOADS_AT_ONCE = 3;

/** Sends pieces while the next ones are being sealed, and keeps what the submission must name. */
class PieceUpload {
  private readonly tools: SealingTools;
  private readonly total: number;
  private readonly running = new Set<Promise<void>>();
  private readonly rows: (UploadedPiece & { first: number })[] = [];
  private sent = 0;

  constructor(tools: SealingTools, total: number) {
    this.tools = tools;
    this.total = total;
  }

  async all(sealing: ReturnType<typeof sealBody>): Promise<{ root: string; cipherSize: number; chunks: UploadedPiece[] }> {
    const maker = new PieceMaker();
    for (let step = await sealing.next(); ; step = await sealing.next()) {
      if (step.done) {
        await Promise.all(this.running);
        const chunks = this.rows.sort((a, b) => a.first - b.first).map(({ name, size, sha256 }) => ({ name, size, sha256 }));
        return { root: step.value.root, cipherSize: step.value.cipherSize, chunks };
      }
      const { index, bytes } = step.value;
      // The first chunk comes last: what was collected before it is whole now.
      const rest = index === 0 ? maker.rest() : undefined;
      if (rest) await this.begin(rest);
      const piece = maker.take(index, bytes);
      if (piece) await this.begin(piece);
    }
  }

  private async begin(piece: Piece): Promise<void> {
    while (this.running.size >= UPLOADS_AT_ONCE) await Promise.race(this.running);
    const sending = this.send(piece).finally(() => this.running.delete(sending));
    sending.catch(() => {}); // Awaited above and at the end; until then a failure must not count as unhandled.
    this.running.add(sending);
  }

  private async send({ first, bytes }: Piece): Promise<void> {
    const name = hex(this.tools.random(16));
    const sha256 = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
    await this.tools.transport.putPiece(name, bytes);
    this.rows.push({ first, name, size: bytes.length, sha256 });
    this.sent += bytes.length;
    this.tools.onProgress?.({ bytes: Math.min(this.sent, this.total), total: this.total });
  }
}
