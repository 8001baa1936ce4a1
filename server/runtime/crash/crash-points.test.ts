/** The closed list of crash points and the calls in the code are one. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { crashPoints, parseCrashPoint } from "./crash-points.ts";

const server = resolve(import.meta.dirname, "../..");

/** Every name that the server's code calls, with how often. */
function calledPoints(): Map<string, number> {
  const called = new Map<string, number>();
  for (const entry of readdirSync(server, { recursive: true, encoding: "utf8" })) {
    if (!entry.endsWith(".ts") || entry.endsWith(".test.ts") || entry.startsWith("runtime/crash/")) continue;
    for (const [, name = ""] of readFileSync(join(server, entry), "utf8").matchAll(/crashPoint\("([^"]+)"\)/g))
      called.set(name, (called.get(name) ?? 0) + 1);
  }
  return called;
}

test("every named point is called at exactly one place, and no call names an unknown one", () => {
  const called = calledPoints();
  assert.deepEqual([...called.keys()].sort(), Object.keys(crashPoints).sort());
  assert.deepEqual(
    [...called].filter(([, times]) => times !== 1),
    [],
  );
});

test("a wish names a point and a passing; anything else is none", () => {
  assert.deepEqual(parseCrashPoint("CP04.committed:3"), { name: "CP04.committed", passing: 3 });
  assert.deepEqual(parseCrashPoint("CP04.committed"), { name: "CP04.committed", passing: 1 });
  for (const wish of ["", "CP04", "CP99.nowhere", "CP04.committed:0", "toString", "CP04.committed:-1"])
    assert.equal(parseCrashPoint(wish), undefined, wish);
});

test("an armed process dies at the named passing, by kill -9", () => {
  const program = `const { armCrashPoint, crashPoint } = await import(${JSON.stringify(join(import.meta.dirname, "crash-points.ts"))});
    armCrashPoint({ name: "CP04.committed", passing: 2 });
    crashPoint("CP03.decided"); crashPoint("CP04.committed"); console.log("first"); crashPoint("CP04.committed"); console.log("second");`;
  const { stdout, signal } = spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  assert.equal(signal, "SIGKILL");
  assert.equal(stdout, "first\n");
});
