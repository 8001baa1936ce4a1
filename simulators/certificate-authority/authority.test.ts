import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as pkijs from "pkijs";
import { fromBase64 } from "../../formats/bytes.ts";
import { encryptPersonal } from "../../formats/exchange/index.ts";
import { makeCsr } from "../frame/certificate-request.ts";
import { type Family, type FamilyPair, newFamilyPair } from "../frame/families.ts";
import { machine } from "../frame/main.ts";
import { type RunningSimulator, startSimulator } from "../frame/simulator.ts";
import { control, StandIn } from "../frame/stand-in.ts";
import { certificateAuthority } from "./authority.ts";
import { authorityFaults } from "./faults.ts";

const home = mkdtempSync(join(tmpdir(), "egret-ca-"));
const token = "t".repeat(64);
const egret = new StandIn();
let running: RunningSimulator;

before(async () => {
  await egret.start();
  running = await startSimulator(certificateAuthority, { home, token, machine, retryMs: 20 });
  egret.knows(running.peer);
  await control(running.url, token, "peers", egret.row());
  await control(running.url, token, "clock", {
    anchorReal: new Date(machine.now()).toISOString(),
    anchorVirtual: "2026-11-23T01:47:00.000Z",
    tempo: 1,
  });
});

after(async () => {
  await running.stop();
  await egret.stop();
  rmSync(home, { recursive: true });
});

const newPair = (family: Family = "p256") => newFamilyPair(family, machine.random);

async function enrol(requestId: string, change: { pair?: FamilyPair; profile?: string; creditCode?: string; csr?: string } = {}) {
  const name = encryptPersonal("许念", running.peer.fieldKey ?? "", machine.random);
  const csr = change.csr ?? (await makeCsr(change.pair ?? (await newPair()), "holder"));
  const holder = {
    kind: "person",
    personRef: "person-001",
    creditCode: change.creditCode ?? "91350200EGRET0019U",
    name,
    organisationName: "鹭江新城建设发展有限公司",
  };
  return egret.post(
    running.peer,
    egret.envelope("ca.enrol", `cert/${requestId}`, {
      requestId,
      profile: change.profile ?? "sign-p256",
      holder,
      realNameReceipt: "rn-1",
      csr,
      contact: name,
    }),
  );
}

test("a certificate chains to a root that names itself a simulator", async () => {
  await enrol("r1");
  const { body } = await egret.waitFor("ca.issued");
  const { certDer, chainDer } = body as { certDer: string; chainDer: string[] };
  const [leaf, issuing, root] = [certDer, ...chainDer].map((der) => new X509Certificate(fromBase64(der)));
  assert.ok(leaf && issuing && root);
  assert.ok(leaf.verify(issuing.publicKey) && issuing.verify(root.publicKey) && root.verify(root.publicKey));
  assert.match(root.subject, /SIMULATOR ROOT/);
  assert.match(leaf.subject, /USCC-91350200EGRET0019U/);
  assert.ok(!leaf.ca && issuing.ca);
  assert.equal(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom), 90 * 86_400_000);
});

test("a request without proof of possession, or for a key of another firm, is refused", async () => {
  await enrol("r2", { csr: (await makeCsr(await newPair(), "x")).replace(/.{8}$/, "AAAAAAA=") });
  assert.equal((await egret.waitFor("ca.refused")).body.reason, "csr");
  const pair = await newPair();
  await enrol("r3", { pair });
  await enrol("r4", { pair, creditCode: "91350200EGRET0027N" });
  assert.equal((await egret.waitFor("ca.refused", 2)).body.reason, "duplicateKey");
});

test("a revoked certificate stands on the next list at the full second", async () => {
  const { serial } = (await egret.waitFor("ca.issued")).body as { serial: string };
  const before = pkijs.CertificateRevocationList.fromBER(await crl());
  assert.equal(before.revokedCertificates, undefined);
  await control(running.url, token, "drive", { act: "revoke", serial, at: "2026-11-23T01:47:00.123Z" }); // RFC 5280 has no fractions
  assert.equal((await egret.waitFor("ca.statusChanged")).body.status, "revoked");
  const after = pkijs.CertificateRevocationList.fromBER(await crl());
  assert.equal(after.revokedCertificates?.[0]?.revocationDate.value.toISOString(), "2026-11-23T01:47:00.000Z");
});

async function crl(): Promise<ArrayBuffer> {
  return (await fetch(`${running.url}/crl/sim-ca-a.crl`)).arrayBuffer();
}

test("CA15: the same order 20 times, the first answer lost: one certificate", async () => {
  await control(running.url, token, "faults", authorityFaults.CA15);
  const name = encryptPersonal("许予安", running.peer.fieldKey ?? "", machine.random);
  const body = {
    requestId: "r15",
    profile: "seal-p256",
    holder: { kind: "person", personRef: "person-002", name },
    realNameReceipt: "rn-2",
    csr: await makeCsr(await newPair(), "holder"),
    contact: name,
  };
  const order = egret.envelope("ca.enrol", "cert/r15", body);
  assert.equal((await egret.post(running.peer, order)).how, "unknown");
  const answers = await Promise.all(Array.from({ length: 20 }, () => egret.post(running.peer, order)));
  assert.ok(answers.every(({ how }) => how === "answered"));
  await egret.waitFor("ca.issued", 3);
  const { issued } = (await control(running.url, token, "books")) as { issued: { requestId: string }[] };
  assert.equal(issued.filter(({ requestId }) => requestId === "r15").length, 1);
});
