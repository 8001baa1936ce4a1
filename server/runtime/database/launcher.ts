/**
 * The only place that knows which PostgreSQL we run on: an outside one (DATABASE_URL, versions 15 to 18), or the embedded one
 * that is installed with the project.
 *
 * Several processes of one machine may share the embedded server (a sandbox and a story, say): each holds one session as a
 * sign of life, and the last to close stops the server. A killed process loses its session by itself.
 */
import { resolve } from "node:path";
import pg from "pg";
import { findPlace, type Place, type PlaceWish } from "./embedded-place.ts";
import { ensureRunning, stopServer, urlAt } from "./embedded-server.ts";
import { HouseError, houseErrorFrom } from "./house-error.ts";
import { withMachineLock } from "./machine-lock.ts";

const VERSION_MIN = 150_000;
const VERSION_END = 190_000;
const HOLDER = "egret holder";

export type OpenDatabase = {
  /** The URL of the named database; the same form for an outside and an embedded server. */
  readonly url: string;
  /** Settles with the reason when the server goes away while we run; never settles otherwise. */
  readonly lost: Promise<HouseError>;
  /** Lets go; the last to let go of an embedded server stops it. Pools must be ended before. */
  close(): Promise<void>;
};

export type DatabaseWish = {
  /** DATABASE_URL; without it the embedded server is used. */
  readonly url?: string | undefined;
  /** Egret's own folder on this machine (`.egret`, or EGRET_HOME). */
  readonly home: string;
  /** The database on the embedded server, made when missing. An outside URL names its own. */
  readonly name: string;
  /** Takes the one sentence that is printed when data or programs had to be kept elsewhere. */
  readonly say?: (sentence: string) => void;
};

/** Opens the database. Throws `HouseError` with one plain sentence when the machine or the database is not fit. */
export async function openDatabase({ url, home, name, say = console.log }: DatabaseWish): Promise<OpenDatabase> {
  if (url !== undefined && url !== "") return openOutside(url);
  const folder = resolve(home, "postgres");
  return withMachineLock(folder, async () => {
    const place = findPlace(folder, { say });
    const { adminUrl } = await ensureRunning(place);
    await createDatabase(adminUrl, name);
    const holder = await hold(adminUrl);
    return { url: urlAt(place, name), lost: holder.lost, close: () => closeEmbedded(folder, place, holder) };
  });
}

/**
 * Starts or adopts the server in `folder` and leaves it running: for the tests of one machine. Gives its administrator's URL. Where
 * things had to be kept elsewhere is said by the process that starts it, not by the many that adopt it.
 */
export async function startSharedServer(folder: string, { say, native }: PlaceWish): Promise<string> {
  return withMachineLock(folder, async () => {
    const sentences: string[] = [];
    const { adminUrl, adopted } = await ensureRunning(findPlace(folder, { say: (sentence) => sentences.push(sentence), native }));
    if (!adopted) for (const sentence of sentences) say(sentence);
    return adminUrl;
  });
}

/** Stops the server in `folder`, whoever uses it. */
export async function stopSharedServer(folder: string, native?: string): Promise<void> {
  await withMachineLock(folder, () => stopServer(findPlace(folder, { say: () => undefined, native })));
}

async function openOutside(url: string): Promise<OpenDatabase> {
  await refuseUnfit(url);
  const holder = await hold(url);
  return { url, lost: holder.lost, close: () => holder.end() };
}

/** Refuses a server whose version we do not know, or which acknowledges what it has not written to disk. */
export async function refuseUnfit(url: string): Promise<void> {
  const client = await connected(url);
  try {
    const { rows } = await client.query(
      "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous",
    );
    const { number, version, fsync, synchronous } = rows[0];
    if (number < VERSION_MIN)
      throw new HouseError("database-too-old", `The database is PostgreSQL ${version}, too old for Egret: use version 15 to 18.`);
    if (number >= VERSION_END)
      throw new HouseError(
        "database-too-new",
        `The database is PostgreSQL ${version}, which Egret has not been tried on: use version 15 to 18.`,
      );
    if (fsync !== "on" || synchronous === "off" || synchronous === "local") {
      throw new HouseError(
        "database-unsafe",
        `The database has fsync = ${fsync} and synchronous_commit = ${synchronous}, so it may lose what it has acknowledged: set both to on.`,
      );
    }
  } finally {
    await client.end();
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: HOLDER, keepAlive: true });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw connectError(error);
  }
}

function connectError(error: unknown): Error {
  const known = houseErrorFrom(error);
  if (known !== undefined) return known;
  if (!(error instanceof Error)) return new Error(String(error));
  // 28xxx: not let in; 3D000: no such database; without a code: the driver's own words (time-out, closed, bad URL).
  const code = "code" in error ? String(error.code) : "";
  if (code === "ENOENT")
    return new HouseError("database-gone", "The database does not answer at its address: check that it runs, then start Egret.", error);
  if (code.startsWith("28"))
    return new HouseError("database-gone", "The database does not accept the user or password of DATABASE_URL: correct it.", error);
  if (code === "3D000")
    return new HouseError("database-gone", "The database named in DATABASE_URL does not exist: create it first.", error);
  return new HouseError("database-gone", "The database cannot be reached: check DATABASE_URL and that the server runs.", error);
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = await connected(adminUrl);
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    throw houseErrorFrom(error) ?? error;
  } finally {
    await client.end();
  }
}

type Holder = { readonly lost: Promise<HouseError>; readonly client: pg.Client; end(): Promise<void> };

/** Keeps one session open: others count it, and its loss tells us that the server is gone. */
async function hold(url: string): Promise<Holder> {
  const client = await connected(url);
  let ending = false;
  const lost = new Promise<HouseError>((settle) => {
    const report = (cause?: unknown) => {
      if (!ending)
        settle(new HouseError("database-gone", "The connection to the database was lost: check that it runs, then start Egret.", cause));
    };
    client.on("error", report);
    client.on("end", () => report());
  });
  const end = async () => {
    ending = true;
    await client.end().catch(() => undefined);
  };
  return { lost, client, end };
}

async function closeEmbedded(folder: string, place: Place, holder: Holder): Promise<void> {
  await withMachineLock(folder, async () => {
    const others = await othersHolding(holder.client);
    await holder.end();
    if (others === 0) await stopServer(place);
  });
}

/** How many other processes hold the server; when it does not answer there is nothing left to stop for them. */
async function othersHolding(client: pg.Client): Promise<number> {
  try {
    const { rows } = await client.query(
      "SELECT count(*)::int AS others FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()",
      [HOLDER],
    );
    return rows[0].others;
  } catch {
    return 0;
  }
}
