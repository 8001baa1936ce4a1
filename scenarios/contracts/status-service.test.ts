/**
 * The status service (OCSP) beside the list, for chains of three families: asked first, believed only when the answer is
 * about this certificate, bears our nonce and is signed by an office of the authority; else the list; else nobody is let through.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { CertificateStatusAdapter } from "../../server/exchange/index.ts";
import type { CertificateStatus, TrustRow } from "../../server/identity/index.ts";
import { machine } from "../../simulators/frame/main.ts";
import { ownKeysIn, peerRowOf } from "../../simulators/frame/own-keys.ts";
import { type Simulators, startSimulators } from "../../simulators/start.ts";

const home = mkdtempSync(join(tmpdir(), "egret-status-"));
const start = Date.parse("2026-11-02T01:00:00.000Z");
const families = ["p256", "rsa", "sm2"] as const;
type Family = (typeof families)[number];
const certificates: Partial<Record<Family, { serial: string; certificate: string }>> = {};
let simulators: Simulators;
let rows: TrustRow[];
let now = start;

before(async () => {
  const clock = { anchorReal: new Date(machine.now()).toISOString(), anchorVirtual: new Date(start).toISOString(), tempo: 0 };
  simulators = await startSimulators({ home, clock });
  // Pushes go to somebody who is not there: the test itself says when one came.
  await simulators.registerPlatform(peerRowOf(ownKeysIn(join(home, "platform"), machine.random), "egret", "http://127.0.0.1:9"));
  for (const family of families) {
    const made = await simulators.walletDoor("persons", { personId: `p-${family}`, name: `持有人 ${family}`, family });
    certificates[family] = (made.certificates as { usage: string; serial: string; certificate: string }[])[0];
  }
  const { chains } = (await simulators.control("ca", "books")) as { chains: { caId: string; rootDer: string; issuingDer: string }[] };
  rows = chains.map(({ caId, rootDer, issuingDer }) => ({
    caId,
    rootDer,
    issuingDer: [issuingDer],
    crlUrl: `${simulators.ca}/crl/${caId}.crl`,
    ocspUrl: `${simulators.ca}/ocsp`,
    uses: ["sign"],
  }));
});
beforeEach(() => simulators.drive("ca", "ocspMode", { mode: "good" }));
after(async () => {
  await simulators.stop();
  rmSync(home, { recursive: true });
});

const adapter = (trust = rows) => new CertificateStatusAdapter({ trust: () => trust, clock: { now: () => now }, environment: "sandbox" });

async function ask(port: CertificateStatusAdapter, family: Family): Promise<CertificateStatus> {
  return port.check({ certificate: certificates[family]?.certificate ?? "", use: "sign", at: new Date(now).toISOString() });
}
const said = (status: CertificateStatus) => (status.ok ? status.source : status.fault);

test("the service answers for P-256, RSA and SM2, and openssl believes the answers that it can read", async () => {
  const port = adapter();
  for (const family of families) assert.equal(said(await ask(port, family)), "service", family);
  for (const family of ["p256", "rsa"] as const) assert.match(await byOpenssl(family), /Response verify OK[\s\S]*\ngood\n/, family);
});

test("a good answer is used again for ten minutes of trade time, and no longer", async () => {
  const port = adapter();
  await ask(port, "sm2");
  await simulators.drive("ca", "ocspMode", { mode: "mute" });
  assert.equal(said(await ask(port, "sm2")), "service");
  now += 600_000;
  assert.equal(said(await ask(port, "sm2")), "list");
  now = start;
});

test("an answer of a wrong signer, without our nonce, or none at all leaves it to the list", async () => {
  for (const mode of ["wrongSigner", "noNonce", "mute"]) {
    await simulators.drive("ca", "ocspMode", { mode });
    for (const family of families) assert.equal(said(await ask(adapter(), family)), "list", `${mode} ${family}`);
  }
});

test("without a service that counts and without a list nobody is let through", async () => {
  await simulators.drive("ca", "ocspMode", { mode: "wrongSigner" });
  const deaf = rows.map((row) => ({ ...row, crlUrl: `${simulators.ca}/crl/none.crl` }));
  for (const family of families) assert.equal(said(await ask(adapter(deaf), family)), "status-unknown", family);
});

test("a certificate of another chain is not vouched for by this one's office", async () => {
  const swapped = rows.map((row, i) => ({ ...row, issuingDer: rows[(i + 1) % rows.length]?.issuingDer ?? [] }));
  for (const family of families) assert.equal(said(await ask(adapter(swapped), family)), "chain", family);
});

test("revoked: the service says so at the next question after a push, with its instant", async () => {
  const port = adapter();
  assert.equal(said(await ask(port, "sm2")), "service");
  await simulators.drive("ca", "revoke", { serial: certificates.sm2?.serial, reason: "superseded", at: new Date(now).toISOString() });
  assert.equal(said(await ask(port, "sm2")), "service", "an answer of the last minutes, until somebody says that something changed");
  port.forgetLists();
  assert.equal(said(await ask(port, "sm2")), "revoked");
  const before = { certificate: certificates.sm2?.certificate ?? "", use: "sign" as const, at: new Date(now - 60_000).toISOString() };
  assert.notEqual(said(await port.check(before)), "revoked", "what it signed before stands");
});

/** `openssl ocsp` against the simulator, its trust being the chain's root. */
async function byOpenssl(family: "p256" | "rsa"): Promise<string> {
  const row = rows.find(({ caId }) => caId === (family === "p256" ? "sim-ca-a" : "sim-ca-a-rsa")) as TrustRow;
  const pem = (der: string) => `-----BEGIN CERTIFICATE-----\n${der.replaceAll(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
  const at = (name: string) => join(home, `${family}-${name}`);
  writeFileSync(at("root.pem"), pem(row.rootDer));
  writeFileSync(at("issuing.pem"), pem(row.issuingDer[0] ?? ""));
  writeFileSync(at("holder.pem"), certificates[family]?.certificate ?? "");
  const about = ["ocsp", "-issuer", at("issuing.pem"), "-sha256", "-cert", at("holder.pem")];
  execFileSync("openssl", [...about, "-nonce", "-reqout", at("question")], { stdio: "pipe" });
  const answer = await fetch(`${simulators.ca}/ocsp`, { method: "POST", body: readFileSync(at("question")) });
  writeFileSync(at("answer"), Buffer.from(await answer.arrayBuffer()));
  const judged = [...about, "-no_nonce", "-CAfile", at("root.pem"), "-reqin", at("question"), "-respin", at("answer")];
  return execFileSync("sh", ["-c", `openssl ${judged.join(" ")} 2>&1`]).toString();
}
