import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type SignedCommand, verifyP256 } from "../../formats/act.ts";
import { isSignedBy } from "../../formats/act-proof.ts";
import { concat, fromHex } from "../../formats/bytes.ts";
import type { Peer } from "../../formats/exchange/index.ts";
import { assembleCeremony, type CeremonyPlan, type CeremonyPosts, checkAck } from "../../formats/seal/index.ts";
import { type Child, startChild } from "../child.ts";
import { machine } from "../frame/main.ts";
import type { RunningSimulator } from "../frame/simulator.ts";
import { control, StandIn } from "../frame/stand-in.ts";
import type { BoardState } from "./member-desk.ts";
import { startWallet } from "./wallet.ts";

const home = mkdtempSync(join(tmpdir(), "egret-wallet-"));
const token = "t".repeat(64);
const portal = "http://localhost:4000";
const platform = new StandIn();
let authority: Child<{ url: string; peer: Peer }>;
let wallet: RunningSimulator;

before(async () => {
  await platform.start();
  authority = await startChild(new URL("../certificate-authority/main.ts", import.meta.url).pathname, join(home, "ca"));
  const authorityToken = readFileSync(join(home, "ca", "token"), "utf8");
  wallet = await startWallet({ home: join(home, "wallet"), token, machine });
  await control(authority.ready.url, authorityToken, "clock", {
    anchorReal: new Date(machine.now()).toISOString(),
    anchorVirtual: "2026-11-23T01:47:00.000Z",
    tempo: 1,
  });
  await control(authority.ready.url, authorityToken, "peers", { ...wallet.peer, asksOnly: true });
  await ask("settings", { body: { authority: authority.ready.peer, portalOrigins: [portal] } });
});

after(async () => {
  await wallet.stop();
  await authority.stop();
  await platform.stop();
  rmSync(home, { recursive: true });
});

type Answer = {
  status: number;
  value: Record<string, string> & {
    certificates: { usage: string; certificate: string; publicKey: string }[];
    chain: string[];
    binding: { publicKey: string; sig: string };
  };
};
async function ask(path: string, change: { body?: object; headers?: Record<string, string> } = {}): Promise<Answer> {
  const headers = change.headers ?? { "sim-token": token };
  const answer = await fetch(`${wallet.url}/wallet/${path}`, {
    method: change.body ? "POST" : "GET",
    headers: { ...headers, "content-type": "application/json" },
    ...(change.body ? { body: JSON.stringify(change.body) } : {}),
  });
  return { status: answer.status, value: (await answer.json()) as Answer["value"] };
}

const person = (personId: string) =>
  ask("persons", {
    body: { personId, name: "许念", organisation: { creditCode: "91350200EGRET0019U", name: "鹭江新城建设发展有限公司" } },
  });

test("a person gets keys, two certificates and a bound Ed25519 key; asked again, the same", async () => {
  const { value } = await person("person-001");
  assert.deepEqual(
    value.certificates.map(({ usage }) => usage),
    ["sign", "seal", "ed25519"],
  );
  const leaf = new X509Certificate(value.certificates[0]?.certificate ?? "");
  assert.ok(leaf.verify(new X509Certificate(value.chain[0] ?? "").publicKey));
  assert.ok(verifyP256(concat("egret/v1 key binding\n", fromHex(value.binding.publicKey)), value.binding.sig, value.signKey ?? ""));
  assert.deepEqual((await person("person-001")).value, value);
});

test("keys go to the portal's page and to the driver, to nobody else; they lie encrypted", async () => {
  const toPortal = await ask("persons/person-001/keys", { headers: { origin: portal } });
  assert.match(toPortal.value.signSecret ?? "", /^[0-9a-f]{64}$/);
  assert.equal((await ask("persons/person-001/keys", { headers: { origin: "http://elsewhere:1" } })).status, 403);
  assert.equal((await ask("persons/person-001/keys", { headers: {} })).status, 403);
  assert.equal((await ask("persons/person-001", { headers: {} })).status, 200);
  const path = join(home, "wallet", "persons", "person-001", "secrets");
  assert.ok(!readFileSync(path).includes(toPortal.value.signSecret ?? "x"));
  assert.equal(statSync(path).mode & 0o077, 0);
  assert.deepEqual(readdirSync(join(home, "wallet", "persons", "person-001")), ["secrets"]);
});

test("three desks run a whole ceremony by themselves after their persons accepted", async () => {
  const members = ["buyer", "tradingCentre", "supervisionAuthority"];
  const keys: Record<string, string>[] = [];
  for (const role of members) {
    await person(role);
    keys.push((await ask(`persons/${role}/ceremonies/cer_1`, { body: {} })).value);
  }
  const plan: CeremonyPlan = {
    suite: 1,
    tenderId: "tnd_1",
    lotId: "lot_1",
    t: 2,
    members: members.map((role, i) => ({ role, signKey: keys[i]?.signKey ?? "", encKey: keys[i]?.encKey ?? "" })),
  };
  const board = new Board(plan, await Promise.all(members.map(async (role) => (await ask(`persons/${role}`)).value.signKey ?? "")));
  const url = await board.start();
  const acts = {
    round1: "cer.postRound1",
    round2: "cer.postRound2",
    round3: "cer.postRound3",
    ack: "cer.acknowledge",
    complaint: "cer.complain",
  };
  for (const role of members)
    await ask(`persons/${role}/ceremonies/cer_1/accept`, {
      body: { boardUrl: url, actsUrl: `${url}/acts`, session: "0".repeat(64), membership: `mem_${role}`, lotId: "lot_1", acts },
    });
  for (let i = 0; i < 200 && board.state.acks.includes(null); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  board.stop();
  const ceremony = assembleCeremony(plan, board.state as unknown as CeremonyPosts);
  assert.deepEqual(
    board.state.acks.map((ack, i) => checkAck(ceremony, i + 1, ack ?? "")),
    [undefined, undefined, undefined],
  );
  assert.deepEqual(board.refused, []);
  const share = await ask("persons/buyer/ceremonies/cer_1/share", { headers: { origin: portal } });
  assert.match(share.value.share ?? "", /^[0-9a-f]{64}$/);
  assert.equal((await ask("persons/buyer/ceremonies/cer_1/share", { headers: {} })).status, 403);
});

/** A notice board for the test: keeps what the desks post and checks that the person signed it. */
class Board {
  readonly refused: string[] = [];
  readonly state: {
    plan: CeremonyPlan;
    round1: BoardState["round1"][number][];
    round2: BoardState["round2"][number][];
    round3: BoardState["round3"][number][];
    acks: (string | null)[];
  };
  readonly #keys: readonly string[];
  readonly #server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    if (request.method === "POST") this.#take(JSON.parse(Buffer.concat(pieces).toString()) as SignedCommand);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ board: this.state }));
  });

  constructor(plan: CeremonyPlan, keys: readonly string[]) {
    this.#keys = keys;
    const empty = () => plan.members.map(() => null);
    this.state = { plan, round1: empty(), round2: empty(), round3: [], acks: empty() };
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #take(command: SignedCommand): void {
    const member = ["mem_buyer", "mem_tradingCentre", "mem_supervisionAuthority"].indexOf(command.membership) + 1;
    const { rows, ack } = command.data as { rows: never[]; ack: string };
    if (!isSignedBy(command, { family: "p256", key: this.#keys[member - 1] ?? "" })) this.refused.push(command.act);
    if (command.act === "cer.postRound1") this.state.round1[member - 1] = command.data as never;
    else if (command.act === "cer.postRound2") this.state.round2[member - 1] = command.data as never;
    else if (command.act === "cer.postRound3") this.state.round3.push(...rows);
    else if (command.act === "cer.acknowledge") this.state.acks[member - 1] = ack;
    else this.refused.push(command.act);
  }
}
