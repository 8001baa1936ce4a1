/**
 * Stands for the electronic seal platform at which organisations keep their seals (可靠电子签名, 电子签名法 第十三条): keys
 * never leave it, and it signs for whoever shows the token that the platform was given. Each organisation gets its seal
 * at the first question, below a root that says it is a simulator's.
 */
import { createSign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fromBase64 } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { SealAnswer, SealQuestion } from "../../formats/seal-office.ts";
import { type Authority, foundAuthority, issueCertificate, oid } from "../frame/certificates.ts";
import { isSameToken } from "../frame/control-doors.ts";
import { newFamilyPair } from "../frame/families.ts";
import type { Machine } from "../frame/simulator.ts";

export interface OfficeOptions {
  readonly home: string;
  readonly token: string;
  readonly machine: Machine;
  readonly port?: number;
}

type Kept = { root: Authority; issuing: Authority; seals: Record<string, { secret: string; certificate: string }> };

const bodyLimit = 65_536;
const term = { notBefore: "2020-01-01T00:00:00.000Z", notAfter: "2044-01-01T00:00:00.000Z" };

export async function startSealOffice(options: OfficeOptions): Promise<{ url: string; stop: () => Promise<void> }> {
  const office = await Office.open(options);
  const server = createServer((request, response) => void office.serve(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

class Office {
  readonly #options: OfficeOptions;
  readonly #kept: Kept;
  /** One question after another: an organisation never gets two seals. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(options: OfficeOptions, kept: Kept) {
    this.#options = options;
    this.#kept = kept;
  }

  static async open(options: OfficeOptions): Promise<Office> {
    const path = join(options.home, "seals.json");
    const kept = existsSync(path)
      ? (JSON.parse(readFileSync(path, "utf8")) as Kept)
      : { ...(await foundAuthority("鹭印", "rsa")), seals: {} };
    const office = new Office(options, kept);
    office.#keep();
    return office;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const root = fromBase64(this.#kept.root.certDer);
    if (request.method === "GET" && request.url === "/seals/root.cer") {
      return void response.writeHead(200, { "content-type": "application/pkix-cert" }).end(root);
    }
    const answer = await this.#answerTo(request).catch(() => undefined);
    response.writeHead(answer === undefined ? 400 : "error" in answer ? 403 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { error: "not a question about a seal" }));
  }

  async #answerTo(request: IncomingMessage): Promise<SealAnswer | { error: string } | undefined> {
    const given = String(request.headers["seal-token"] ?? "");
    if (!isSameToken(given, this.#options.token)) return { error: "Seal-Token is missing or wrong" };
    if (request.method !== "POST" || request.url !== "/seals") return undefined;
    const question = JSON.parse(await bodyOf(request)) as SealQuestion;
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(question.organisationId) || !/^.{1,128}$/u.test(question.name)) return undefined;
    const answered = this.#queue.then(() => this.#use(question));
    this.#queue = answered.catch(() => undefined);
    return answered;
  }

  async #use({ organisationId, name, bytes }: SealQuestion): Promise<SealAnswer> {
    const known = this.#kept.seals[organisationId];
    const { secret, certificate } = known ?? (await this.#make(organisationId, name));
    const certificates = [certificate, this.#kept.issuing.certDer];
    if (bytes === undefined) return { family: "rsa", certificates };
    const key = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`;
    return { family: "rsa", certificates, signature: createSign("sha256").update(fromBase64(bytes)).sign(key, "base64") };
  }

  async #make(organisationId: string, name: string) {
    const { secret, publicKey } = await newFamilyPair("rsa", this.#options.machine.random);
    const subject = [[oid.commonName, name] as const, [oid.organisation, "演示 NOT FOR REAL USE"] as const];
    const serial = sha256(organisationId).slice(0, 16);
    const certificate = await issueCertificate({ ...term, subject, publicKey, serial, use: "sign" }, this.#kept.issuing);
    this.#kept.seals[organisationId] = { secret, certificate };
    this.#keep();
    return { secret, certificate };
  }

  #keep(): void {
    writeFileSync(join(this.#options.home, "seals.json"), JSON.stringify(this.#kept), { mode: 0o600, flush: true });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > bodyLimit) throw new RangeError("the question is too long");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
