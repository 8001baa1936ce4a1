import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { SignedCommand } from "../../formats/act.ts";
import { isSignedBy } from "../../formats/act-proof.ts";
import { concat, hex } from "../../formats/bytes.ts";
import {
  checkCiphertext,
  checkSubmission,
  contextOf,
  makePartial,
  makeReceipt,
  newKeyPair,
  openBody,
  readRecoveryCode,
  recoverKey,
  type SealSubmission,
  sourceOfBytes,
  suiteOf,
} from "../../formats/seal/index.ts";
import { fillerBytes, rehearseCeremony, seededRandom } from "../../formats/seal/rehearsal.ts";
import { run } from "./command-line.ts";
import { findAddressFault } from "./http-transport.ts";

const random = seededRandom("command line");
const suite = suiteOf(1);
const { ceremony, shares } = rehearseCeremony(1, { tenderId: "T-1", lotId: "L-1" }, random);
const [platform, sign, enc] = [newKeyPair(suite, random), newKeyPair(suite, random), newKeyPair(suite, random)];
const pieces = new Map<string, Buffer>();
const lost = new Set<string>();
let taken: SealSubmission | undefined;

/** A platform that keeps pieces, loses every first answer, and gives a receipt for what it could check. */
async function answer(request: IncomingMessage): Promise<unknown> {
  const body = Buffer.concat(await request.toArray());
  const { url = "" } = request;
  if (url === "/api/v1/sandbox/sessions") return { token: "tok" };
  assert.equal(request.headers.authorization, "Bearer tok");
  if (url === "/api/v1/lots/L-1/ceremony") return { ceremony };
  if (url === "/api/v1/lots/L-1/own-bid") return { partyId: "pty_1", nextVersion: 1 };
  if (url.startsWith("/api/v1/chunks/")) {
    pieces.set(url.slice("/api/v1/chunks/".length), body);
    return { size: body.length };
  }
  if (url === "/api/v1/acts/nonces") return { nonce: "0".repeat(64) };
  const command = JSON.parse(body.toString()) as SignedCommand;
  assert.ok(
    url === "/api/v1/acts/bid.seal" &&
      isSignedBy(command, { family: "p256", key: sign.key }) &&
      request.headers["idempotency-key"] === command.commandId,
  );
  taken = command.data as SealSubmission;
  const checked = checkSubmission(taken, { ceremony, part: "all" });
  assert.ok(checked.ok);
  const [receivedAt, deadline] = ["2026-11-20T00:30:00.000Z", "2026-11-20T01:00:00.000Z"];
  const { bidDigest } = checked;
  const fields = { header: taken.header, action: "submit" as const, bidDigest, receivedAt, deadline, evidenceSeq: 3, previous: null };
  return { result: { receipt: makeReceipt(fields, platform.secret, random) } };
}

async function startPlatform(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { url = "" } = request;
    const body = await answer(request).catch((error: unknown) => ({ title: String(error) }));
    if (url.startsWith("/api/v1/chunks/") && !lost.has(url)) {
      lost.add(url);
      response.destroy();
    } else response.writeHead("title" in (body as object) ? 422 : 200).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return server;
}

const server = await startPlatform();
const folder = await mkdtemp(join(tmpdir(), "egret-command-line-"));
const address = `http://localhost:${(server.address() as AddressInfo).port}`;
const person = {
  personId: "per_1",
  membership: "mem_1",
  signKey: sign.key,
  signSecret: hex(sign.secret),
  encKey: enc.key,
  platformKey: platform.key,
};
await writeFile(join(folder, "person.json"), JSON.stringify(person));
await writeFile(join(folder, "bid-form.json"), '{"priceFen":"100"}');
await writeFile(join(folder, "施工组织设计.pdf"), fillerBytes(3, 5_000_000));
const files = ["bid-form.json", "施工组织设计.pdf"].map((name) => join(folder, name));
after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test("a bid sealed on the command line is whole, survives lost answers, and opens by its recovery code", async () => {
  const said = await run(["--server", address, "--lot", "L-1", "--person", folder, "--files", ...files], () => {});
  assert.match(said, /^已提交，第 1 版/);
  assert.ok(taken && lost.size === taken.chunks.length && lost.size > 1, "every first answer was lost");
  const body = concat(...taken.chunks.map(({ name }) => pieces.get(name)!));
  assert.equal(await checkCiphertext(taken, sourceOfBytes(body)), undefined);
  const kept = await readdir(folder);
  const code = await readFile(join(folder, kept.find((name) => name.startsWith("recovery-code-"))!), "utf8");
  const kb = readRecoveryCode(suite, contextOf(taken.header), code.trim());
  assert.ok(kb && kept.some((name) => name.startsWith("receipt-")));
  const bid = { header: taken.header, bidDigest: "" };
  const partials = [1, 2].map((member) => makePartial(bid, { member, share: shares[member - 1]! }, random));
  const key = recoverKey(taken.header, kb, { t: 2, partials });
  assert.ok(key.ok);
  const opened = await openBody(taken, key.dek, sourceOfBytes(body));
  assert.ok(opened.ok);
  assert.equal(new TextDecoder().decode(await opened.bid.read("bid-form.json")), '{"priceFen":"100"}');
});

test("a receipt of another platform is not accepted", async () => {
  await writeFile(join(folder, "person.json"), JSON.stringify({ ...person, platformKey: sign.key }));
  await assert.rejects(
    run(["--server", address, "--lot", "L-1", "--person", folder, "--files", ...files], () => {}),
    /回执与本投标文件不符/,
  );
});

test("plain HTTP to another machine is refused in one sentence, and so is a bid without its form", async () => {
  assert.equal(findAddressFault("https://egret.example"), undefined);
  assert.equal(findAddressFault("http://seal.localhost:8080"), undefined);
  for (const bad of ["http://egret.example", "ftp://localhost", "localhost:8080", "http://localhost.example"])
    assert.match(findAddressFault(bad) ?? "", /https/);
  await assert.rejects(
    run(["--server", "http://egret.example", "--lot", "L", "--person", folder, "--files", ...files], () => {}),
    /https/,
  );
  await assert.rejects(
    run(["--server", address, "--lot", "L", "--person", folder, "--files", files[1]!], () => {}),
    /bid-form\.json/,
  );
});
