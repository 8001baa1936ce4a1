/**
 * The witness as a process: `node witness/main.ts --home DIR --name NAME --policy FILE [--port N] [--host H]`.
 * `--print-key` prints the verifier key for the log's operator and ends. `--sandbox` takes the time from
 * the sandbox instead of the machine. The only place where a witness reads the machine's clock and chance.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { hex } from "../formats/bytes.ts";
import { publicKeyOf } from "../formats/draw/ed25519.ts";
import { type EvidencePolicy, keyType, knownKeysOf, verifierKeyText } from "../formats/evidence/index.ts";
import { parseIJson } from "../formats/i-json.ts";
import { openDoor } from "./door.ts";
import { Memory } from "./memory.ts";
import { SandboxClock } from "./sandbox-clock.ts";
import { Witness } from "./witness.ts";

const { values } = parseArgs({
  options: {
    home: { type: "string" },
    name: { type: "string" },
    policy: { type: "string" },
    port: { type: "string", default: "0" },
    host: { type: "string", default: "127.0.0.1" },
    sandbox: { type: "boolean", default: false },
    "print-key": { type: "boolean", default: false },
  },
});
const { home, name } = values;
if (home === undefined || name === undefined) throw new Error("--home DIR and --name NAME are needed");
const memory = new Memory(home);
const secret = memory.secret((length) => new Uint8Array(randomBytes(length)));

if (values["print-key"]) console.log(verifierKeyText({ name, type: keyType.witness, publicKey: publicKeyOf(secret) }));
else serve(readPolicy(values.policy), { home, name });

/** Only the log's origin and keys are taken from the policy: whom a reader believes is the reader's matter. */
function readPolicy(path: string | undefined) {
  if (path === undefined) throw new Error("--policy FILE is needed: whose heads to sign");
  const keys = knownKeysOf(parseIJson(readFileSync(path)) as EvidencePolicy);
  if (keys === undefined) throw new Error(`${path} is no lawful evidence policy`);
  return keys;
}

function serve(log: ReturnType<typeof readPolicy>, own: { home: string; name: string }): void {
  const clock = new SandboxClock(() => Date.now());
  const now = values.sandbox ? () => clock.now() : () => Math.floor(Date.now() / 1000);
  const witness = new Witness({ signer: { name: own.name, secret }, logs: [log], memory, now });
  const server = openDoor({ witness, memory, ...(values.sandbox && { sandbox: { clock, token: tokenIn(own.home) } }) });
  server.listen(Number(values.port), values.host, () => {
    const { address, port } = server.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ ready: { url: `http://${address}:${port}`, key: verifierKeyText(witness.key) } })}\n`);
  });
  const end = () => server.close(() => process.exit(0));
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  if (process.env.EGRET_CHILD === "1") process.stdin.on("end", end).on("error", end).resume();
}

function tokenIn(folder: string): string {
  const path = join(folder, "token");
  if (!existsSync(path)) writeFileSync(path, hex(new Uint8Array(randomBytes(32))), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}
