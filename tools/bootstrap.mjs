/**
 * The door of every npm script. Any Node from 20 on can run it.
 *
 * It installs what is missing, exactly as the lockfile says, then goes on under the pinned Node 24 of the project, whatever the
 * machine has. It must never ask a question, and says in one sentence what is wrong when it cannot go on.
 * Plain JavaScript with nothing but node's own modules: it runs before anything is installed, and on versions without types.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What each script runs under the pinned Node. */
const SCRIPTS = {
  start: "tools/start.ts",
  dev: "tools/dev.ts",
  test: "tools/test.ts",
  check: "tools/check.ts",
  story: "scenarios/main.ts",
  verify: "verifier/main.ts",
  bench: "bench/main.ts",
  "chain:conformance": "tools/contracts/chain-conformance.ts",
};

class Trouble extends Error {}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/** Whether an optional package is made for this very system: then it must be there all the same. */
function isForHere({ os, cpu, libc }) {
  const fits = (list, here) => list === undefined || [list].flat().includes(here);
  return (os !== undefined || cpu !== undefined) && fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, "glibc");
}

/**
 * Whether node_modules holds what the lockfile names. npm keeps its own list of what it installed; packages for other systems
 * are optional and may be absent.
 */
export function isInstalled(wanted, found) {
  if (wanted === undefined || found === undefined) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === "") return true;
    const there = found.packages[path];
    if (there !== undefined) return there.version === entry.version;
    return Boolean(entry.optional || entry.devOptional || entry.peer) && !isForHere(entry);
  });
}

function nodeIsThere() {
  const node = join(root, "node_modules/.bin/node");
  return existsSync(node) && spawnSync(node, ["--version"]).status === 0;
}

function needsInstall() {
  return !isInstalled(readJson(join(root, "package-lock.json")), readJson(join(root, "node_modules/.package-lock.json"))) || !nodeIsThere();
}

/**
 * npm runs under the machine's own Node: under the pinned one it would look for the machine's settings (registry, certificates)
 * beside that one and not find them.
 */
function machineEnvironment() {
  const path = (process.env.PATH ?? "").split(":").filter((folder) => !folder.endsWith("node_modules/.bin"));
  return { ...process.env, PATH: path.join(":") };
}

function install() {
  console.log("Installing what is missing (npm ci) …");
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = spawnSync("npm", args, { cwd: root, env: machineEnvironment(), stdio: ["ignore", "inherit", "inherit"] });
  if (done.error?.code === "ENOENT") throw new Trouble("npm is not on the PATH: install Node 20 or later together with npm.");
  if (done.status !== 0)
    throw new Trouble(
      "The packages could not be installed: npm's own words are above; check the network, the registry and the free disk space.",
    );
  if (!nodeIsThere()) throw new Trouble("The pinned Node 24 does not run here: Egret needs Linux x64 with glibc.");
}

/**
 * One installation at a time on this machine. An abstract socket (the same idea as server/runtime/database/machine-lock.ts):
 * the kernel frees it when its holder ends, however it ends.
 */
async function alone(work) {
  const address = `\0egret-install-${root}`.slice(0, 100);
  for (;;) {
    const waiting = new Set();
    const server = createServer((socket) => waiting.add(socket.on("error", () => undefined)));
    const held = await new Promise((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(address, () => resolve(true));
    });
    if (held) {
      try {
        return work();
      } finally {
        server.close();
        for (const socket of waiting) socket.destroy();
      }
    }
    await new Promise((resolve) => connect(address).on("error", resolve).on("close", resolve).resume());
  }
}

/** Goes on under the pinned Node; signals and the exit code pass through. */
function goOn(script, args) {
  const node = join(root, "node_modules/.bin/node");
  const path = `${join(root, "node_modules/.bin")}:${process.env.PATH ?? ""}`;
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(root, script), ...args], {
    stdio: "inherit",
    env: { ...process.env, PATH: path },
  });
  // From a terminal the child gets the signal itself; from a supervisor only we do. A second one is harmless.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}

async function main([name, ...args]) {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) throw new Trouble(`This is Node ${process.versions.node}: Egret's first step needs Node 20 or later.`);
  // The verifier itself asks nobody: what asks the running house is a program of the house.
  const script = name === "verify" && args.includes("--live") ? "server/app/verify-live.ts" : SCRIPTS[name];
  if (script === undefined) throw new Trouble(`There is no script "${name}": there are ${Object.keys(SCRIPTS).join(", ")}.`);
  if (!existsSync(join(root, script))) throw new Trouble(`"${name}" is not part of this version: ${script} does not exist.`);
  if (needsInstall()) await alone(() => needsInstall() && install());
  goOn(script, args);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Trouble ? error.message : error);
    process.exitCode = 1;
  });
}
