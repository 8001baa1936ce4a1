/** The port TimestampAuthority against two authorities: what is stamped, what is refused, and who is asked next (CA11). */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sha256 } from "../../formats/jcs.ts";
import { type StampRow, timestampAdapter } from "../../server/exchange/index.ts";
import { machineRandom } from "../../server/runtime/clock/clock.ts";
import { machine } from "../../simulators/frame/main.ts";
import { type RunningSimulator, startSimulator } from "../../simulators/frame/simulator.ts";
import { control } from "../../simulators/frame/stand-in.ts";
import { timestampAuthority } from "../../simulators/timestamp-authority/authority.ts";

const home = mkdtempSync(join(tmpdir(), "egret-stamps-"));
const token = "t".repeat(64);
const now = "2026-11-23T01:47:00.000Z";
const digest = sha256("what was signed");
const running: RunningSimulator[] = [];
const rows: StampRow[] = [];

before(async () => {
  for (const name of ["one", "two"]) {
    const simulator = await startSimulator(timestampAuthority, { home: join(home, name), token, machine, retryMs: 20 });
    running.push(simulator);
    await control(simulator.url, token, "clock", { anchorReal: new Date(machine.now()).toISOString(), anchorVirtual: now, tempo: 0 });
    for (let i = 0; i < 100 && !(await fetch(`${simulator.url}/ca/sim-tsa.cer`)).ok; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const { rootDer } = (await control(simulator.url, token, "books")) as { rootDer: string };
    rows.push({ id: name, url: `${simulator.url}/tsa`, rootDer });
  }
});
after(async () => {
  for (const simulator of running) await simulator.stop();
  rmSync(home, { recursive: true });
});

const ask = (authorities: readonly StampRow[], clock = { now: () => Date.parse(now) }) =>
  timestampAdapter({ authorities, clock, random: machineRandom }).stamp(digest);
const mode = (args: object) => control(running[0]?.url ?? "", token, "drive", { act: "tsaMode", ...args });
const one = () => rows.slice(0, 1);

test("the first authority stamps; the stamp says who and when", async () => {
  const stamp = await ask(rows);
  assert.ok(!("fault" in stamp), JSON.stringify(stamp));
  assert.deepEqual([stamp.authority, stamp.genTime], ["one", now]);
  assert.ok(stamp.token.length > 500);
});

test("a wrong imprint, a future time and silence are refused; the second authority is asked", async () => {
  for (const [args, fault] of [
    [{ wrongImprint: true }, "other-imprint"],
    [{ skewMs: 61_000 }, "future"],
    [{ mute: true }, "unreachable"],
  ] as const) {
    await mode(args);
    assert.deepEqual(await ask(one()), { fault });
    const second = await ask(rows);
    assert.ok(!("fault" in second) && second.authority === "two", fault);
  }
  await mode({ skewMs: 59_000 });
  assert.ok(!("fault" in (await ask(one()))));
  await mode({});
});

test("a stamp under another root, and one that was altered or belongs to another question, is refused", async () => {
  assert.deepEqual(await ask([{ ...(rows[0] as StampRow), rootDer: rows[1]?.rootDer ?? "" }]), { fault: "chain" });
  let kept: Uint8Array | undefined;
  const between = createServer(async (request, answer) => {
    const body = new Uint8Array(Buffer.concat(await request.toArray()));
    const real = new Uint8Array(await (await fetch(rows[0]?.url ?? "", { method: "POST", body })).arrayBuffer());
    if (request.url === "/altered") real[real.length - 1] = (real[real.length - 1] ?? 0) ^ 1;
    answer.end(request.url === "/replayed" && kept ? kept : real);
    kept ??= real;
  });
  await new Promise<void>((listening) => between.listen(0, "127.0.0.1", listening));
  const through = (path: string) =>
    ask([{ ...(rows[0] as StampRow), url: `http://127.0.0.1:${(between.address() as AddressInfo).port}${path}` }]);
  assert.ok(!("fault" in (await through("/"))));
  const altered = await through("/altered");
  assert.ok("fault" in altered && ["signature", "unreadable"].includes(altered.fault), JSON.stringify(altered));
  assert.deepEqual(await through("/replayed"), { fault: "other-nonce" });
  between.close();
});
