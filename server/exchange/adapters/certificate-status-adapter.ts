/**
 * CertificateStatusPort by chain and full CRL. Lists come from the address of the trust row only; an address inside
 * a certificate is never followed (certificate-authority.md §3.6). OCSP and time stamps are not built yet.
 */
import type * as pkijs from "pkijs";
import { hex } from "../../../formats/bytes.ts";
import { sha256 } from "../../../formats/jcs.ts";
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

export interface CertificateStatusOptions {
  /** The rows in force at an instant, as two persons released them. */
  readonly trust: (at: string) => Promise<readonly TrustRow[]> | readonly TrustRow[];
  /** Where a list's address is reached; as it stands when not given (decisions §7: a configured address). */
  readonly addressOf?: (url: string) => string;
  /** Trade time: validity and dates of lists are judged by it. */
  readonly clock: Clock;
  readonly environment: "sandbox" | "production";
}

interface Path {
  readonly row: TrustRow;
  readonly issuer: pkijs.Certificate;
  readonly root: pkijs.Certificate;
}

interface PathWish {
  readonly text: string;
  readonly certificate: pkijs.Certificate;
  readonly use: "sign" | "seal";
  readonly at: string;
}

const keptPathsMax = 10_000;
const crlFreshMs = 600_000;
const staleMsMax = 86_400_000;
const toleranceMs = 300_000;

export class CertificateStatusAdapter implements CertificateStatusPort {
  readonly #options: CertificateStatusOptions;
  readonly #lists = new Map<string, { crl: ReadCrl; fetchedAt: number }>();
  /** Signatures of a chain hold for ever; only dates and lists are asked anew. By certificate, use and trust rows. */
  readonly #paths = new Map<string, Path>();

  constructor(options: CertificateStatusOptions) {
    this.#options = options;
  }

  async check({ certificate: text, use, at, staleAllowed = use === "seal" }: CertificateQuestion): Promise<CertificateStatus> {
    const certificate = findCertificate(text);
    if (certificate === undefined) return refused("unreadable");
    const key = holderKeyOf(certificate);
    if (key === undefined) return refused("weak-key");
    const own = this.#faultOf(certificate, use, at);
    if (own !== undefined) return refused(own);
    const rows = await this.#options.trust(at);
    const path = await this.#keptPath({ text, certificate, use, at }, rows);
    if (path === undefined) return refused("chain");
    const list = await this.#listOf(path);
    if (list === undefined) return refused("status-unknown");
    const stale = this.#options.clock.now() > Date.parse(list.nextUpdate);
    // A good status may be used again for sealed acts for 24 h at most (§3.3); a signature waits instead.
    if (stale && (!staleAllowed || this.#options.clock.now() - Date.parse(list.nextUpdate) > staleMsMax)) return refused("status-unknown");
    if (isRevoked(list, serialOf(certificate), at)) return refused("revoked");
    return {
      ok: true,
      serial: serialOf(certificate),
      ...key,
      commonName: nameOf(certificate, "2.5.4.3") ?? "",
      creditCode: nameOf(certificate, "2.5.4.97")?.replace(/^USCC-/, ""),
      notBefore: certificate.notBefore.value.toISOString(),
      notAfter: certificate.notAfter.value.toISOString(),
      crlNumber: list.number.toString(),
      stale,
    };
  }

  #faultOf(certificate: pkijs.Certificate, use: "sign" | "seal", at: string): CertificateFault | undefined {
    if (isDemo(certificate) && this.#options.environment === "production") return "env-mismatch";
    if (hasUnknownCritical(certificate)) return "unknown-critical-extension";
    if (!servesFor(certificate, use) || isAuthority(certificate)) return "wrong-use";
    if (use === "seal" && !isHolderGenerated(certificate)) return "escrowed-key";
    return timeFault(certificate, at);
  }

  async #keptPath(wish: PathWish, rows: readonly TrustRow[]): Promise<Path | undefined> {
    const key = hex(sha256(JSON.stringify([wish.text, wish.use, rows])));
    const kept = this.#paths.get(key);
    if (kept && timeFault(kept.issuer, wish.at) === undefined && timeFault(kept.root, wish.at) === undefined) return kept;
    const path = await this.#pathOf(wish, rows);
    if (this.#paths.size >= keptPathsMax) this.#paths.clear();
    if (path) this.#paths.set(key, path);
    return path;
  }

  /** The trust row and authority under which the whole chain is good at that instant. */
  async #pathOf({ certificate, use, at }: PathWish, rows: readonly TrustRow[]): Promise<Path | undefined> {
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

  /** A list younger than 10 min of trade time is used again; one whose number falls is refused (§5). */
  async #listOf({ row, issuer }: Path): Promise<ReadCrl | undefined> {
    const now = this.#options.clock.now();
    const kept = this.#lists.get(row.caId);
    if (kept && now - kept.fetchedAt < crlFreshMs && now <= Date.parse(kept.crl.nextUpdate)) return kept.crl;
    const bytes = await fetchBytes(this.#options.addressOf?.(row.crlUrl) ?? row.crlUrl);
    const crl = bytes === undefined ? undefined : await readCrl(bytes, issuer);
    const isFit =
      crl !== undefined && Date.parse(crl.thisUpdate) <= now + toleranceMs && (kept === undefined || crl.number >= kept.crl.number);
    if (!isFit) return kept?.crl;
    this.#lists.set(row.caId, { crl, fetchedAt: now });
    return crl;
  }

  /**
   * A push says that something changed: the next checks ask for the lists again (the list stays the truth). All of them,
   * because the sender of a push may answer for several chains, each with a list of its own.
   */
  forgetLists(): void {
    for (const [caId, kept] of this.#lists) this.#lists.set(caId, { ...kept, fetchedAt: Number.NEGATIVE_INFINITY });
  }
}

/** §3.2: revoked with revokedAt ≤ at; for keyCompromise also at ≥ invalidityAt. Equal instants count as revoked. */
function isRevoked(list: ReadCrl, serial: string, at: string): boolean {
  const found = list.revoked.get(serial);
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

async function fetchBytes(url: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length <= 1_048_576 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
