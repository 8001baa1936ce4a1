import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { withMachineLock } from "./machine-lock.ts";

const name = `machine-lock-test-${process.pid}`;

test("one at a time, and every one gets its turn", async () => {
  let inside = 0;
  let most = 0;
  const turns = Array.from({ length: 20 }, (_, turn) =>
    withMachineLock(name, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      return turn;
    }),
  );
  assert.deepEqual(
    await Promise.all(turns),
    Array.from({ length: 20 }, (_, turn) => turn),
  );
  assert.equal(most, 1);
});

test("work that throws lets go", async () => {
  await assert.rejects(
    withMachineLock(name, () => Promise.reject(new Error("no"))),
    /no/,
  );
  assert.equal(await withMachineLock(name, () => Promise.resolve("next")), "next");
});

test("a holder killed by kill -9 lets go at once", async () => {
  const code = `import { withMachineLock } from ${JSON.stringify(join(import.meta.dirname, "machine-lock.ts"))};
    await withMachineLock(${JSON.stringify(name)}, () => new Promise(() => console.log("held")));`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  const turn = withMachineLock(name, () => Promise.resolve("mine"));
  holder.kill("SIGKILL");
  assert.equal(await turn, "mine");
});
