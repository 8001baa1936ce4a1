/**
 * The embedded PostgreSQL as a program: make its data folder, start it, adopt it, stop it.
 *
 * It listens on a Unix socket in a folder of its user alone (0700), never on the network: it has no password. It keeps running
 * when we are killed, and the next start adopts it. Durability is never traded for speed: fsync and synchronous_commit are on.
 * Every function here must be called under the machine lock of the folder.
 */
import { spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Place } from "./embedded-place.ts";
import { HouseError } from "./house-error.ts";

const FREE_BYTES_MIN = 256 * 1024 * 1024;

/** The settings that we own; PostgreSQL's own file includes ours last, so that ours hold. */
function settings(place: Place): string {
  return `
listen_addresses = ''
unix_socket_directories = '${place.socket.replaceAll("'", "''")}'
unix_socket_permissions = 0700
fsync = on
synchronous_commit = on
full_page_writes = on
max_connections = 200
shared_buffers = 128MB
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m '
`;
}

/** The URL of one database of the server at `place`. */
export function urlAt(place: Place, database: string): string {
  return `postgresql://postgres@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(place.socket)}`;
}

export type Running = { readonly adminUrl: string; readonly adopted: boolean };

/** Adopts the server of this folder when it answers, starts it otherwise. Gives its administrator's URL. */
export async function ensureRunning(place: Place): Promise<Running> {
  const adminUrl = urlAt(place, "postgres");
  if (await answers(adminUrl)) return { adminUrl, adopted: true };
  refuseFullDisk(place);
  await clearRemains(place);
  if (!existsSync(join(place.data, "PG_VERSION"))) await initialise(place);
  writeOwned(place, "egret.conf", settings(place));
  await start(place);
  return { adminUrl, adopted: false };
}

/** Stops the server; what was committed stays. Sessions that are open are ended. */
export async function stopServer(place: Place): Promise<void> {
  await run(place, "pg_ctl", ["stop", "-D", place.data, "-m", "fast", "-w", "-t", "60"]);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function refuseFullDisk(place: Place): void {
  const { bavail, bsize } = statfsSync(place.socket);
  if (bavail * bsize < FREE_BYTES_MIN) {
    throw new HouseError("disk-full", `The disk that holds ${place.socket} is full: free at least 256 MB and start again.`);
  }
}

/**
 * After `kill -9` or a power cut: lock files whose process is gone, or is a zombie that nobody reaps, or whose number now
 * belongs to another program (in a container that happens easily, and PostgreSQL alone would refuse to start), or a server
 * that runs but does not answer. The lock files may only go when no process of that server is left: an old one that still
 * writes beside a new one would destroy the data.
 */
async function clearRemains(place: Place): Promise<void> {
  const lockFile = join(place.data, "postmaster.pid");
  if (processesOf(place.data).length > 0) {
    await run(place, "pg_ctl", ["stop", "-D", place.data, "-m", "immediate", "-w", "-t", "20"]);
    await untilGone(place.data);
  }
  rmSync(lockFile, { force: true });
  rmSync(join(place.socket, ".s.PGSQL.5432"), { force: true });
  rmSync(join(place.socket, ".s.PGSQL.5432.lock"), { force: true });
}

/** The children of a killed server end by themselves within moments; those that do not are killed. */
async function untilGone(data: string): Promise<void> {
  for (let tenths = 0; processesOf(data).length > 0; tenths += 1) {
    if (tenths >= 50) for (const pid of processesOf(data)) killQuietly(pid);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

/** The working folder of every process of a PostgreSQL server is its data folder. */
function processesOf(data: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === data;
      } catch {
        return false;
      }
    });
}

/** Made beside and renamed at the end: a folder cut short by a crash is thrown away, never used. */
async function initialise(place: Place): Promise<void> {
  const unfinished = `${place.data}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  give(place, unfinished);
  const made = await run(place, "initdb", ["-D", unfinished, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
  if (made.code !== 0) throw startError(place, made.output);
  writeFileSync(join(unfinished, "postgresql.conf"), "\ninclude = 'egret.conf'\n", { flag: "a" });
  renameSync(unfinished, place.data);
}

async function start(place: Place): Promise<void> {
  writeOwnedAt(place, place.log, "");
  const started = await run(place, "pg_ctl", ["start", "-D", place.data, "-l", place.log, "-w", "-t", "300", "-s"]);
  if (started.code !== 0) throw startError(place, started.output + readFileSync(place.log, "utf8"));
}

function startError(place: Place, output: string): HouseError {
  const cause = new Error(output);
  if (/No space left on device/.test(output))
    return new HouseError("disk-full", "The disk is full, so the database cannot start: free some space and start again.", cause);
  if (/database files are incompatible/.test(output)) {
    return new HouseError(
      "database-too-old",
      `The data in ${place.data} were made by another version of PostgreSQL: set EGRET_HOME to a new folder, or run that version and set DATABASE_URL.`,
      cause,
    );
  }
  return new HouseError("database-start", `The embedded PostgreSQL could not start; its own words are in ${place.log}.`, cause);
}

function writeOwned(place: Place, name: string, text: string): void {
  writeOwnedAt(place, join(place.data, name), text);
}

function writeOwnedAt(place: Place, path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 });
    give(place, path);
  } catch (error) {
    const owner = existsSync(place.data) ? statSync(place.data).uid : undefined;
    if (owner === undefined || owner === process.getuid?.() || process.getuid?.() === 0) throw error;
    throw new HouseError(
      "folder",
      `The data in ${place.data} belong to another user: start as that user, or set EGRET_HOME to a folder of your own.`,
      error,
    );
  }
}

function give(place: Place, path: string): void {
  if (place.user !== undefined) chownSync(path, place.user.uid, place.user.gid);
}

function run(place: Place, program: string, args: string[]): Promise<{ code: number | null; output: string }> {
  const identity = place.user === undefined ? {} : { uid: place.user.uid, gid: place.user.gid };
  return new Promise((resolve, reject) => {
    const child = spawn(join(place.native, "bin", program), args, {
      ...identity,
      cwd: place.socket,
      env: { PATH: "/usr/bin:/bin", LC_ALL: "C.UTF-8" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (text) => {
      output += text;
    });
    child.stderr.on("data", (text) => {
      output += text;
    });
    child.on("error", reject);
    // Not "close": the server that pg_ctl leaves behind may keep the pipes open.
    child.on("exit", (code) => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code, output });
    });
  });
}
