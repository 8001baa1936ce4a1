/**
 * CertificateStatusPort by chain, status service and full list. Addresses come from the trust row only; one inside a
 * certificate is never followed (certificate-authority.md §3.6). The service is asked first where the row has one; an answer
 * that does not count leaves it to the list; without either the status is unknown, and whoever asks has to wait.
 *
 * What never changes — parts of a certificate, signatures of a chain — is worked out once: SM2 is slow in script.
 */
import { createHash, randomBytes } from "node:crypto";
import type * as pkijs from "pkijs";
import type { CertificateFault, CertificateQuestion, CertificateStatus, CertificateStatusPort, TrustRow } from "../../identity/index.ts";
import type { Clock } from "../../kernel/index.ts";
import {
  findCertificate,
  hasUnknownCritical,
  holderKeyOf,
  isAuthority,
  isDemo,
  isHolderGenerated,
  nameOf,
  type ReadCrl,
  readCrl,
  serialOf,
  servesFor,
} from "./certificate-parts.ts";
import { isSignedBy } from "./signature-family.ts";
import { readStatusAnswer, type StatusAnswer, statusQuestion } from "./status-question.ts";

export interface CertificateStatusOptions {
  /** The rows in force at an instant, as two persons released them. */
  readonly trust: (at: string) => Promise<readonly TrustRow[]> | readonly TrustRow[];
  /** Where an address of a row is reached; as it stands when not given (decisions §7: a configured address). */
  readonly addressOf?: (url: string) => string;
  /** Trade time: validity and dates of lists are judged by it. */
  readonly clock: Clock;
  readonly environment: "sandbox" | "production";
}

type Use = "sign" | "seal";

/** A certificate, read once. */
interface Known {
  readonly certificate: pkijs.Certificate;
  readonly told: Omit<Extract<CertificateStatus, { ok: true }>, "ok" | "source" | "stale">;
  /** What speaks against it whatever the time and the trust list. */
  readonly fault: Readonly<Record<Use, CertificateFault | undefined>>;
  /** By use and rows. */
  readonly paths: Map<string, Path>;
}

interface Path {
  readonly row: TrustRow;
  readonly issuer: pkijs.Certificate;
  readonly root: pkijs.Certificate;
}

const keptMax = 10_000;
const freshMs = 600_000;
const staleMsMax = 86_400_000;
const toleranceMs = 300_000;

export class CertificateStatusAdapter implements CertificateStatusPort {
  readonly #options: CertificateStatusOptions;
  readonly #lists = new Map<string, { crl: ReadCrl; fetchedAt: number }>();
  /** Answers of status services by authority and number. */
  readonly #answers = new Map<string, { answer: StatusAnswer; fetchedAt: number }>();
  readonly #known = new Map<string, Known>();
  #rowsKey: { rows: readonly TrustRow[]; key: string } | undefined;

  constructor(options: CertificateStatusOptions) {
    this.#options = options;
  }

  async check({ certificate: text, use, at, staleAllowed = use === "seal" }: CertificateQuestion): Promise<CertificateStatus> {
    const known = this.#knownOf(text);
    if (known === undefined) return refused("unreadable");
    const own = known.fault[use] ?? timeFault(known.certificate, at);
    if (own !== undefined) return refused(own);
    const path = await this.#keptPath(known, { use, at }, await this.#options.trust(at));
    if (path === undefined) return refused("chain");
    const answer = await this.#answerOf(known, path);
    if (answer) return isRevoked(answer.revoked, at) ? refused("revoked") : { ok: true, ...known.told, source: "service", stale: false };
    return this.#byList(known, path, { at, staleAllowed });
  }

  async #byList(known: Known, path: Path, wish: { at: string; staleAllowed: boolean }): Promise<CertificateStatus> {
    const list = await this.#listOf(path);
    if (list === undefined) return refused("status-unknown");
    const staleMs = this.#options.clock.now() - Date.parse(list.nextUpdate);
    // A good status may be used again for sealed acts for 24 h at most (§3.3); a signature waits instead.
    if (staleMs > 0 && (!wish.staleAllowed || staleMs > staleMsMax)) return refused("status-unknown");
    if (isRevoked(list.revoked.get(known.told.serial), wish.at)) return refused("revoked");
    return { ok: true, ...known.told, source: "list", stale: staleMs > 0 };
  }

  #knownOf(text: string): Known | undefined {
    const kept = this.#known.get(text);
    if (kept) return kept;
    const certificate = findCertificate(text);
    if (certificate === undefined) return undefined;
    if (this.#known.size >= keptMax) this.#known.clear();
    const known = { ...this.#read(certificate), paths: new Map() };
    this.#known.set(text, known);
    return known;
  }

  #read(certificate: pkijs.Certificate): Omit<Known, "paths"> {
    const key = holderKeyOf(certificate);
    const faultFor = (use: Use): CertificateFault | undefined => {
      if (isDemo(certificate) && this.#options.environment === "production") return "env-mismatch";
      if (hasUnknownCritical(certificate)) return "unknown-critical-extension";
      // Kb is wrapped to a point: a CMS wrap to an RSA key is not made here.
      if (key === undefined || (use === "seal" && key.family === "rsa")) return "weak-key";
      if (!servesFor(certificate, use) || isAuthority(certificate)) return "wrong-use";
      return use === "seal" && !isHolderGenerated(certificate) ? "escrowed-key" : undefined;
    };
    return {
      certificate,
      fault: { sign: faultFor("sign"), seal: faultFor("seal") },
      told: {
        serial: serialOf(certificate),
        ...(key ?? { family: "p256", publicKey: "" }),
        commonName: nameOf(certificate, "2.5.4.3") ?? "",
        creditCode: nameOf(certificate, "2.5.4.97")?.replace(/^USCC-/, ""),
        notBefore: certificate.notBefore.value.toISOString(),
        notAfter: certificate.notAfter.value.toISOString(),
      },
    };
  }

  /** Signatures of a chain hold for ever; only dates and revocations are asked anew. */
  async #keptPath(known: Known, wish: { use: Use; at: string }, rows: readonly TrustRow[]): Promise<Path | undefined> {
    if (this.#rowsKey?.rows !== rows) this.#rowsKey = { rows, key: createHash("sha256").update(JSON.stringify(rows)).digest("hex") };
    const key = `${wish.use} ${this.#rowsKey.key}`;
    const kept = known.paths.get(key);
    if (kept && timeFault(kept.issuer, wish.at) === undefined && timeFault(kept.root, wish.at) === undefined) return kept;
    const path = await pathOf(known.certificate, wish, rows);
    if (path) known.paths.set(key, path);
    return path;
  }

  /** What the status service of the row says; undefined where there is none, or its answer does not count. */
  async #answerOf({ certificate, told }: Known, { row, issuer }: Path): Promise<StatusAnswer | undefined> {
    if (row.ocspUrl === undefined) return undefined;
    const now = this.#options.clock.now();
    const key = `${row.caId} ${told.serial}`;
    const kept = this.#answers.get(key);
    if (kept && now - kept.fetchedAt < freshMs && now <= Date.parse(kept.answer.nextUpdate)) return kept.answer;
    const subject = { certificate, issuer, nonce: randomBytes(16) };
    const headers = { "content-type": "application/ocsp-request" };
    const bytes = await fetchBytes(this.#addressOf(row.ocspUrl), { method: "POST", headers, body: statusQuestion(subject) });
    const answer = bytes && (await readStatusAnswer(bytes, subject, now));
    if (this.#answers.size >= keptMax) this.#answers.clear();
    if (answer) this.#answers.set(key, { answer, fetchedAt: now });
    else this.#answers.delete(key);
    return answer;
  }

  /** A list younger than 10 min of trade time is used again; one whose number falls is refused (§5). */
  async #listOf({ row, issuer }: Path): Promise<ReadCrl | undefined> {
    const now = this.#options.clock.now();
    const kept = this.#lists.get(row.caId);
    if (kept && now - kept.fetchedAt < freshMs && now <= Date.parse(kept.crl.nextUpdate)) return kept.crl;
    const bytes = await fetchBytes(this.#addressOf(row.crlUrl));
    const crl = bytes === undefined ? undefined : await readCrl(bytes, issuer);
    const isFit =
      crl !== undefined && Date.parse(crl.thisUpdate) <= now + toleranceMs && (kept === undefined || crl.number >= kept.crl.number);
    if (!isFit) return kept?.crl;
    this.#lists.set(row.caId, { crl, fetchedAt: now });
    return crl;
  }

  #addressOf(url: string): string {
    return this.#options.addressOf?.(url) ?? url;
  }

  /**
   * A push says that something changed: the next checks ask services and lists again (they stay the truth). All of them,
   * because the sender of a push may answer for several chains, each with a list of its own.
   */
  forgetLists(): void {
    this.#answers.clear();
    for (const [caId, kept] of this.#lists) this.#lists.set(caId, { ...kept, fetchedAt: Number.NEGATIVE_INFINITY });
  }
}

/** The trust row and authority under which the whole chain is good at that instant. */
async function pathOf(
  certificate: pkijs.Certificate,
  { use, at }: { use: Use; at: string },
  rows: readonly TrustRow[],
): Promise<Path | undefined> {
  for (const row of rows.filter(({ uses }) => uses.includes(use))) {
    const root = findCertificate(row.rootDer);
    if (root === undefined || timeFault(root, at) !== undefined || !isAuthority(root)) continue;
    for (const issuer of row.issuingDer.map(findCertificate)) {
      if (issuer === undefined || !isAuthority(issuer) || timeFault(issuer, at) !== undefined || hasUnknownCritical(issuer)) continue;
      if (!certificate.issuer.isEqual(issuer.subject) || !issuer.issuer.isEqual(root.subject)) continue;
      if ((await isSigned(issuer, root)) && (await isSigned(certificate, issuer))) return { row, issuer, root };
    }
  }
  return undefined;
}

/** §3.2: revoked with revokedAt ≤ at; for keyCompromise also at ≥ invalidityAt. Equal instants count as revoked. */
function isRevoked(found: StatusAnswer["revoked"], at: string): boolean {
  if (found === undefined) return false;
  return found.at <= at || (found.isKeyCompromise && found.invalidityAt !== undefined && at >= found.invalidityAt);
}

function timeFault(certificate: pkijs.Certificate, at: string): "not-yet-valid" | "expired" | undefined {
  if (at < certificate.notBefore.value.toISOString()) return "not-yet-valid";
  return at > certificate.notAfter.value.toISOString() ? "expired" : undefined;
}

async function isSigned(certificate: pkijs.Certificate, issuer: pkijs.Certificate): Promise<boolean> {
  return isSignedBy(certificate, issuer.subjectPublicKeyInfo, () => certificate.verify(issuer));
}

function refused(fault: CertificateFault): CertificateStatus {
  return { ok: false, fault };
}

async function fetchBytes(url: string, init: RequestInit = {}): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length <= 1_048_576 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
