import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

type Lock = { packages: Record<string, Record<string, unknown>> };
const { isInstalled } = (await import("./bootstrap.mjs" as string)) as { isInstalled: (wanted?: Lock, found?: Lock) => boolean };
const bootstrap = join(import.meta.dirname, "bootstrap.mjs");

const wanted: Lock = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/pg": { version: "8.23.1" },
    "node_modules/binding-here": { version: "1.0.0", optional: true, os: "linux", cpu: ["x64"] },
    "node_modules/binding-there": { version: "1.0.0", optional: true, os: ["win32"], cpu: ["arm64"] },
  },
};
const whole = { "node_modules/pg": { version: "8.23.1" }, "node_modules/binding-here": { version: "1.0.0" } };

test("an installation is whole when every package for this system stands at its locked version", () => {
  assert.equal(isInstalled(wanted, { packages: whole }), true);
  assert.equal(isInstalled(wanted, { packages: { ...whole, "node_modules/pg": { version: "8.23.0" } } }), false, "another version");
  assert.equal(isInstalled(wanted, { packages: { "node_modules/binding-here": { version: "1.0.0" } } }), false, "one is missing");
  assert.equal(
    isInstalled(wanted, { packages: { "node_modules/pg": { version: "8.23.1" } } }),
    false,
    "the binding for this system is missing",
  );
  assert.equal(isInstalled(wanted, undefined), false, "nothing is installed");
});

test("an unknown script is one plain sentence and a failing exit code", () => {
  const { status, stderr } = spawnSync(process.execPath, [bootstrap, "strat"], { encoding: "utf8" });
  assert.equal(status, 1);
  assert.match(stderr, /^There is no script "strat": there are start, .*\.\n$/);
});
