/**
 * Faults of the house: the machine, disk or database on which Egret stands is not fit, and a person has to do something.
 *
 * Each is one plain sentence that says what is wrong and what to do. It must never carry a stack or a driver's message to
 * the person at the terminal; the driver's error stays in `cause`.
 */

export type HouseProblem =
  | "port-taken"
  | "disk-full"
  | "database-gone"
  | "database-too-old"
  | "database-too-new"
  | "database-unsafe"
  | "database-start"
  | "folder"
  | "migration"
  | "browser"
  | "configuration"
  | "second-server";

/** A fault of the machine around us. Print `message` alone and exit with a code other than zero. */
export class HouseError extends Error {
  readonly problem: HouseProblem;

  constructor(problem: HouseProblem, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "HouseError";
    this.problem = problem;
  }
}

const SENTENCES: Readonly<Record<string, readonly [HouseProblem, string]>> = {
  EADDRINUSE: ["port-taken", "The port is taken by another program: stop that program or choose another port."],
  ENOSPC: ["disk-full", "The disk is full: free some space and start again; nothing that was acknowledged is lost."],
  EDQUOT: ["disk-full", "The disk quota is used up: free some space and start again; nothing that was acknowledged is lost."],
  // PostgreSQL: 53100 disk_full, 57P01 admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now, 08xxx connection.
  "53100": ["disk-full", "The disk of the database is full: free some space and start again; nothing that was acknowledged is lost."],
  "57P01": ["database-gone", "The database has been shut down: start it again, then start Egret."],
  "57P02": ["database-gone", "The database has crashed: start it again, then start Egret."],
  "57P03": ["database-gone", "The database is not accepting connections yet: wait until it is up, then start Egret."],
  "08000": ["database-gone", "The connection to the database was lost: check that it runs, then start Egret."],
  "08003": ["database-gone", "The connection to the database was lost: check that it runs, then start Egret."],
  "08006": ["database-gone", "The connection to the database was lost: check that it runs, then start Egret."],
  ECONNREFUSED: ["database-gone", "The database does not answer at its address: check that it runs, then start Egret."],
  ECONNRESET: ["database-gone", "The connection to the database was lost: check that it runs, then start Egret."],
  EPIPE: ["database-gone", "The connection to the database was lost: check that it runs, then start Egret."],
  ENOTFOUND: ["database-gone", "The host name of the database is unknown: check DATABASE_URL."],
  ETIMEDOUT: ["database-gone", "The database does not answer in time: check that it runs and can be reached."],
};

const LOST = "The connection to the database was lost: check that it runs, then start Egret.";

/**
 * The house error that a driver's or a system call's error stands for, or undefined when it is none of ours (a bug, say).
 * A `HouseError` is given back as it is.
 */
export function houseErrorFrom(error: unknown): HouseError | undefined {
  if (error instanceof HouseError) return error;
  if (error instanceof AggregateError && error.errors.length > 0) return houseErrorFrom(error.errors[0]);
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? String(error.code) : "";
  if (code === "EADDRINUSE" && "port" in error) {
    return new HouseError("port-taken", `Port ${error.port} is taken by another program: stop that program or choose another port.`, error);
  }
  const known = SENTENCES[code];
  if (known !== undefined) return new HouseError(known[0], known[1], error);
  // `pg` reports a broken connection by these sentences, without a code.
  if (/^Connection terminated|^Client has encountered a connection error/.test(error.message)) {
    return new HouseError("database-gone", LOST, error);
  }
  return undefined;
}
