/**
 * Authorities of three families on one trust list (CA互认): roots, issuing certificates and lists made by openssl in RSA,
 * SM2 and P-256, each certifying a holder's P-256 key; and what is not accepted of them.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CertificateStatusAdapter } from "../../server/exchange/index.ts";
import type { TrustRow } from "../../server/identity/index.ts";
import { machineClock } from "../../server/runtime/clock/clock.ts";

const home = mkdtempSync(join(tmpdir(), "egret-families-"));
const keyOf: Record<string, string[]> = {
  p256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  rsa: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  weak: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
  sm2: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"],
  foreignId: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"],
};
const families = Object.keys(keyOf);
const lists = new Map<string, Buffer>();
const rows = new Map<string, TrustRow>();
let server: Server;

const run = (folder: string, ...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
const der = (folder: string, file: string) => run(folder, "x509", "-in", file, "-outform", "DER").toString("base64");

/** SM2 signs under a user id: the national one, or another that nobody may accept. */
function signing(family: string): string[] {
  if (family !== "sm2" && family !== "foreignId") return ["-sha256"];
  return ["-sm3", "-sigopt", `distid:${family === "sm2" ? "1234567812345678" : "other@id"}`];
}

function found(family: string): string {
  const folder = join(home, family);
  mkdirSync(folder);
  const more = (name: string, lines: string) => writeFileSync(join(folder, name), lines);
  more("ca.cnf", "[ca]\ndefault_ca=own\n[own]\ndatabase=index\ncrlnumber=number\ndefault_crl_days=1\ndefault_md=default\n");
  more("index", "");
  more("number", "01\n");
  more("authority.ext", "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\n");
  more("holder.ext", "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\n");
  const certify = (name: string, wish: { key: string; by: string; ext: string; serial: string }) => {
    run(folder, "genpkey", ...(keyOf[wish.key] as string[]), "-out", `${name}.key`);
    const ask = ["req", "-new", "-key", `${name}.key`, "-subj", `/CN=${name} ${family}`, "-out", `${name}.csr`];
    run(folder, ...ask, ...(wish.key === "p256" ? ["-sha256"] : signing(family)));
    const by = wish.by === name ? ["-key", `${name}.key`] : ["-CA", `${wish.by}.pem`, "-CAkey", `${wish.by}.key`];
    const proof = wish.key === "sm2" || wish.key === "foreignId" ? ["-vfyopt", signing(family)[2] as string] : [];
    const self = wish.by === name ? ["-signkey", `${name}.key`] : by;
    run(
      folder,
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      ...self,
      ...signing(family),
      ...proof,
      "-days",
      "30",
      "-set_serial",
      wish.serial,
      "-extfile",
      `${wish.ext}.ext`,
      "-out",
      `${name}.pem`,
    );
  };
  certify("root", { key: family, by: "root", ext: "authority", serial: "1" });
  certify("issuing", { key: family, by: "root", ext: "authority", serial: "2" });
  certify("holder", { key: "p256", by: "issuing", ext: "holder", serial: "3" });
  certify("revoked", { key: "p256", by: "issuing", ext: "holder", serial: "4" });
  revokeAndList(family, folder);
  return folder;
}

/** Revokes the one that is meant to be, and publishes the list. */
function revokeAndList(family: string, folder: string): void {
  const digest = signing(family)[0]?.slice(1) as string;
  const asIssuing = ["ca", "-config", "ca.cnf", "-keyfile", "issuing.key", "-cert", "issuing.pem", "-md", digest];
  run(folder, ...asIssuing, "-revoke", "revoked.pem");
  run(folder, ...asIssuing, "-gencrl", ...signing(family).slice(1), "-out", "list.pem");
  lists.set(`/${family}.crl`, run(folder, "crl", "-in", "list.pem", "-outform", "DER"));
}

before(async () => {
  server = createServer((request, answer) => answer.end(lists.get(request.url ?? "")));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  for (const family of families) {
    const folder = found(family);
    const crlUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${family}.crl`;
    rows.set(family, {
      caId: `ca-${family.toLowerCase()}`,
      rootDer: der(folder, "root.pem"),
      issuingDer: [der(folder, "issuing.pem")],
      crlUrl,
      uses: ["sign"],
    });
  }
});
after(() => {
  server.close();
  rmSync(home, { recursive: true });
});

/** openssl dates its certificates by the machine. */
const { now } = machineClock;
async function answer(family: string, file: string, trusted: readonly string[] = families): Promise<string> {
  const trust = trusted.map((name) => rows.get(name) as TrustRow);
  const status = new CertificateStatusAdapter({ trust: () => trust, clock: { now }, environment: "sandbox" });
  const certificate = readFileSync(join(home, family, `${file}.pem`), "utf8");
  const found = await status.check({ certificate, use: "sign", at: new Date(now()).toISOString() });
  return found.ok ? "ok" : found.fault;
}

test("holders of a P-256, an RSA and an SM2 authority are accepted side by side, and their lists are believed", async () => {
  for (const family of ["p256", "rsa", "sm2"]) {
    assert.equal(await answer(family, "holder"), "ok", family);
    assert.equal(await answer(family, "revoked"), "revoked", family);
  }
});

test("an authority that is not on the list, RSA of 1024 bits and SM2 under another user id are refused", async () => {
  assert.equal(await answer("sm2", "holder", ["rsa", "p256"]), "chain");
  assert.equal(await answer("weak", "holder"), "chain");
  assert.equal(await answer("foreignId", "holder"), "chain");
});

test("a list of another authority, or one that was altered, is not believed", async () => {
  for (const family of ["rsa", "sm2"]) {
    const kept = lists.get(`/${family}.crl`) as Buffer;
    lists.set(`/${family}.crl`, lists.get("/p256.crl") as Buffer);
    assert.equal(await answer(family, "holder"), "status-unknown", family);
    const altered = Buffer.from(kept);
    altered[altered.length - 1] = (altered[altered.length - 1] ?? 0) ^ 1;
    lists.set(`/${family}.crl`, altered);
    assert.equal(await answer(family, "holder"), "status-unknown", family);
    lists.set(`/${family}.crl`, kept);
  }
});
