import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { assemble } from "./assemble.ts";
import { aDraw } from "./draw/test-draw.ts";
import { writePackage } from "./package/test-package.ts";

const home = mkdtempSync(join(tmpdir(), "egret-assembled-"));
after(() => rmSync(home, { recursive: true, force: true }));

/** npm with an empty cache and a registry that nobody answers for: whatever it needs must be in the tarball. */
function npm(cwd: string, ...words: string[]) {
  const cut = { npm_config_cache: join(home, "cache"), npm_config_registry: "http://127.0.0.1:9/", npm_config_offline: "true" };
  const quiet = { npm_config_audit: "false", npm_config_fund: "false", npm_config_update_notifier: "false" };
  return spawnSync("npm", words, { cwd, encoding: "utf8", env: { ...process.env, ...cut, ...quiet } });
}

test("the verifier packs, installs without a registry and proves a package on its own", async () => {
  assemble(join(home, "laid-out"));
  const packed = npm(join(home, "laid-out"), "pack", "--pack-destination", home);
  assert.equal(packed.status, 0, packed.stderr);
  const tarball = readdirSync(home).find((name) => name.endsWith(".tgz")) ?? "";
  const user = join(home, "user");
  mkdirSync(user);
  writeFileSync(join(user, "package.json"), '{"private":true}');
  const installed = npm(user, "install", join(home, tarball));
  assert.equal(installed.status, 0, installed.stderr);
  const inside = readdirSync(join(user, "node_modules/egret-verify"), { recursive: true, encoding: "utf8" });
  assert.deepEqual(
    inside.filter((path) => /^(server|portal|simulators|law)\b/.test(path) || path.endsWith(".ts")),
    [],
  );

  const verify = (path: string) => npm(user, "exec", "--", "egret-verify", path);
  const good = join(home, "package");
  await writePackage(good);
  const proven = verify(good);
  assert.deepEqual([proven.status, proven.stdout.trim().split("\n").at(-1)], [0, "ok"], proven.stderr);
  writeFileSync(join(good, "summary.json"), "{}");
  assert.match(verify(good).stdout, /^E_PACKAGE {2}summary\.json/);
  const draw = join(home, "draw.json");
  writeFileSync(draw, JSON.stringify(aDraw({ mode: "beacon" })));
  assert.equal(verify(draw).status, 0);
  assert.ok(inside.includes("python/verify_draw.py"));
});
