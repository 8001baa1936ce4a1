/** Signed papers as a stranger checks them: `pdfsig` with the simulated authority's root in a fresh store, and a changed byte. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createSign } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as pkijs from "pkijs";
import { fromBase64 } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Paper } from "../../formats/paper.ts";
import { sealOfficeAdapter, timestampAdapter } from "../../server/exchange/index.ts";
import { machineRandom } from "../../server/runtime/clock/clock.ts";
import { renderPaper } from "../../server/runtime/paper/render-paper.ts";
import type { Seal } from "../../server/runtime/paper/signed/detached-signature.ts";
import { signPaper } from "../../server/runtime/paper/signed/sign-paper.ts";
import { type Authority, foundAuthority, issueCertificate, oid } from "../../simulators/frame/certificates.ts";
import { newFamilyPair } from "../../simulators/frame/families.ts";
import { machine } from "../../simulators/frame/main.ts";
import { startSimulator } from "../../simulators/frame/simulator.ts";
import { control } from "../../simulators/frame/stand-in.ts";
import { startSealOffice } from "../../simulators/seal-office/office.ts";
import { timestampAuthority } from "../../simulators/timestamp-authority/authority.ts";

const home = mkdtempSync(join(tmpdir(), "egret-signed-"));
const store = join(home, "store");
const token = "t".repeat(64);
const at = Date.parse("2026-11-23T01:47:00.000Z");
const hasPdfsig = ["pdfsig", "certutil"].every((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0);
const kinds = ["notice", "opening-record", "evaluation-report", "award-letter", "certificate", "contract"];
let authority: { root: Authority; issuing: Authority };
let buyer: Seal;
let contractor: Seal;

async function sealOf(name: string, family: Seal["family"]): Promise<Seal> {
  const pair = await newFamilyPair(family, (length) => crypto.getRandomValues(new Uint8Array(length)));
  const subject = [[oid.commonName, name] as const, [oid.organisation, "演示 NOT FOR REAL USE"] as const];
  const term = { notBefore: "2026-01-01T00:00:00.000Z", notAfter: "2036-01-01T00:00:00.000Z" };
  const serial = sha256(name).slice(0, 8);
  const certificate = await issueCertificate({ ...term, subject, publicKey: pair.publicKey, serial, use: "sign" }, authority.issuing);
  const key = `-----BEGIN PRIVATE KEY-----\n${pair.secret}\n-----END PRIVATE KEY-----`;
  const certificates = [fromBase64(certificate), fromBase64(authority.issuing.certDer)];
  return { name, family, certificates, sign: async (bytes) => createSign("sha256").update(bytes).sign(key) };
}

before(async () => {
  authority = await foundAuthority("Papers", "rsa");
  buyer = await sealOf("鹭江新城建设发展有限公司", "rsa");
  contractor = await sealOf("泉州刺桐建设有限公司", "rsa");
  if (!hasPdfsig) return;
  mkdirSync(store);
  assert.equal(spawnSync("certutil", ["-N", "-d", store, "--empty-password"]).status, 0);
  trust(fromBase64(authority.root.certDer), "root");
});

/** A root that the reader believes in, into the fresh store. */
function trust(root: Uint8Array, name: string): void {
  const path = join(home, `${name}.der`);
  writeFileSync(path, root);
  assert.equal(spawnSync("certutil", ["-A", "-d", store, "-n", name, "-t", "CT,C,C", "-i", path]).status, 0);
}
after(() => rmSync(home, { recursive: true, force: true }));

function paperOf(kind: string): Promise<Uint8Array> {
  const paper: Paper = {
    kind,
    title: "建设工程施工合同",
    dealCode: "350200",
    issuedBy: buyer.name,
    issuedOn: "2026-11-23",
    sandbox: true,
    blocks: [{ heading: "第一条" }, { text: "合同价格为人民币壹亿元整。" }],
  };
  return renderPaper(paper);
}

/** What pdfsig says of each signature: whether it holds, and whether its certificate is trusted. */
function judged(pdf: Uint8Array): string[][] {
  const path = join(home, "paper.pdf");
  writeFileSync(path, pdf);
  const { stdout } = spawnSync("pdfsig", ["-nssdir", store, path], { encoding: "utf8", env: { ...process.env, LC_ALL: "C.UTF-8" } });
  const said = (pattern: RegExp) => [...stdout.matchAll(pattern)].map(([, words]) => words ?? "");
  const certificates = said(/Certificate Validation: (.*)/g);
  return said(/Signature Validation: (.*)/g).map((words, k) => [words, certificates[k] ?? "none"]);
}

const good = ["Signature is Valid.", "Certificate is Trusted."];

test("every paper with its organisation's seal is valid and trusted by a stranger's program", async (t) => {
  if (!hasPdfsig) return t.skip("NOT RUN: pdfsig and certutil (poppler-utils, libnss3-tools) are not on this machine");
  for (const kind of kinds) {
    const seals = kind === "contract" ? [buyer, contractor] : [buyer];
    const signed = await signPaper(await paperOf(kind), { seals, at, reason: "盖章" });
    assert.deepEqual(
      judged(signed),
      seals.map(() => good),
      kind,
    );
  }
});

test("one altered byte anywhere that is signed makes it invalid", async (t) => {
  if (!hasPdfsig) return t.skip("NOT RUN: pdfsig and certutil (poppler-utils, libnss3-tools) are not on this machine");
  const signed = await signPaper(await paperOf("contract"), { seals: [buyer, contractor], at, reason: "盖章" });
  const first = Buffer.from(signed).indexOf("/CreationDate", 0, "latin1") + 20;
  for (const [place, wanted] of [
    [first, [false, false]],
    [Buffer.from(signed).lastIndexOf("/M (D:2026", undefined, "latin1") + 8, [true, false]],
  ] as const) {
    const spoiled = Uint8Array.from(signed);
    spoiled[place] = (spoiled[place] ?? 0) ^ 1;
    assert.deepEqual(
      judged(spoiled).map(([words]) => words === good[0]),
      wanted,
      String(place),
    );
  }
});

test("the certificate of somebody whom the store does not know is not trusted", async (t) => {
  if (!hasPdfsig) return t.skip("NOT RUN: pdfsig and certutil (poppler-utils, libnss3-tools) are not on this machine");
  const known = authority;
  authority = await foundAuthority("Stranger", "rsa");
  const stranger = await sealOf("冒名单位", "rsa");
  authority = known;
  const [row] = judged(await signPaper(await paperOf("notice"), { seals: [stranger], at, reason: "盖章" }));
  assert.deepEqual([row?.[0], row?.[1] === good[1]], [good[0], false]);
});

test("the same paper, seal and moment give the same file; a stamp of the time authority stands in the signature", async () => {
  const paper = await paperOf("award-letter");
  const plain = () => signPaper(paper, { seals: [buyer], at, reason: "盖章" });
  assert.deepEqual(await plain(), await plain());
  const simulator = await startSimulator(timestampAuthority, { home: join(home, "tsa"), token, machine, retryMs: 20 });
  const now = new Date(at).toISOString();
  await control(simulator.url, token, "clock", { anchorReal: new Date(machine.now()).toISOString(), anchorVirtual: now, tempo: 0 });
  for (let i = 0; i < 100 && !(await fetch(`${simulator.url}/ca/sim-tsa.cer`)).ok; i++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const { rootDer } = (await control(simulator.url, token, "books")) as { rootDer: string };
  const port = timestampAdapter({
    authorities: [{ id: "one", url: `${simulator.url}/tsa`, rootDer }],
    clock: { now: () => at },
    random: machineRandom,
  });
  const stamp = async (digest: Uint8Array) => {
    const answer = await port.stamp(digest);
    return "fault" in answer ? undefined : answer.token;
  };
  const stamped = await signPaper(paper, { seals: [buyer], at, reason: "盖章", stamp });
  await simulator.stop();
  const hexText = /\/Contents <([0-9a-f]+)>/.exec(Buffer.from(stamped).toString("latin1"))?.[1] ?? "";
  const content = pkijs.ContentInfo.fromBER(Uint8Array.from(Buffer.from(hexText, "hex")));
  const signed = new pkijs.SignedData({ schema: content.content });
  assert.deepEqual(
    signed.signerInfos[0]?.unsignedAttrs?.attributes.map(({ type }) => type),
    ["1.2.840.113549.1.9.16.2.14"],
  );
  if (hasPdfsig) assert.deepEqual(judged(stamped), [good]);
});

test("the seal office seals through its port, once for each organisation; a wrong token gets nothing", async () => {
  mkdirSync(join(home, "office"));
  const open = () => startSealOffice({ home: join(home, "office"), token, machine });
  const first = await open();
  const organisation = { id: "org_1", name: buyer.name };
  const seal = await sealOfficeAdapter({ url: first.url, token }).sealOf(organisation);
  assert.ok(seal);
  assert.equal(await sealOfficeAdapter({ url: first.url, token: "x".repeat(64) }).sealOf(organisation), undefined);
  const signed = await signPaper(await paperOf("notice"), { seals: [seal], at, reason: "盖章" });
  if (hasPdfsig) {
    trust(new Uint8Array(await (await fetch(`${first.url}/seals/root.cer`)).arrayBuffer()), "office");
    assert.deepEqual(judged(signed), [good]);
  }
  await first.stop();
  assert.equal(await sealOfficeAdapter({ url: first.url, token }).sealOf(organisation), undefined);
  const second = await open();
  const again = await sealOfficeAdapter({ url: second.url, token }).sealOf(organisation);
  await second.stop();
  assert.deepEqual(again?.certificates, seal.certificates);
});
