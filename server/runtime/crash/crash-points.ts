/**
 * Named places at which a sandbox may be told to die, so that we can prove what a crash leaves behind
 * (reliability §2). The list is closed: a name that is not here cannot be called, and a name that no
 * code passes fails the test beside. Not armed, a place costs one comparison. It must never be armed
 * in production; the configuration refuses that.
 */

/** Kind (reliability §2) and place, with what is true when the process dies there. */
export const crashPoints = {
  "CP01.parsed": "the body of an act is read, nothing is stamped",
  "CP02.stamped": "an act has its arrival stamp and nothing else",
  "CP02.clock-kept": "the sandbox clock is on disk, its followers have not heard of it",
  "CP03.decided": "an act is decided and appended, its transaction is open",
  "CP03.refused": "an act is refused and rolled back, its refusal is not kept",
  "CP03.limit-reached": "a limit is reached and its effects are appended, their transaction is open",
  "CP03.numbered": "events have their positions, the numberer's transaction is open",
  "CP04.committed": "an act is committed, nobody was told",
  "CP04.receipt": "a sealed act has its number and its receipt, nobody was told",
  "CP05.relay": "a message waits in the outbox and was not sent",
  "CP05.reacted": "reactions to events are committed, the reader's position is not",
  "CP07.tick": "acts and fillers of a tick have their positions, the transaction is open",
  "CP08.tiles-written": "leaves and tiles of a head are on disk, the head is not signed",
  "CP09.signed": "a head is signed and kept in the key folder, not in the database and not published",
  "CP10.cosigned": "a witness has signed a head and remembers it, its line is not kept",
  "CP11.secret-out": "the keeper handed out the header secret, nothing is frozen",
  "CP11.frozen": "the frozen list is appended, its transaction is open",
  "CP12.keys-frozen": "the bidders' halves are frozen, the transaction is open; no member gave its half",
  "CP12.first-partial": "the first member's first half is appended, its transaction is open",
  "CP13.one-unsealed": "one bid is decrypted and its files are kept, the others are not; the transaction is open",
  "CP14.planned": "the plan of a draw is frozen and numbered, the transaction is open",
  "CP14.committed": "a commit is numbered, the transaction is open",
  "CP14.revealed": "a reveal is numbered, the transaction is open",
  "CP14.derived": "the result is appended, the transaction is open",
  "CP15.sent": "an order was sent, its answer is not kept",
  "CP15.stored": "a message from outside is stored, it is not acknowledged",
  "CP15.applied": "a fact from outside is applied, it is not marked as such",
  "CP17.migrating": "a migration has run, its transaction is open",
  "CP19.written": "a file is written and flushed, not named",
  "CP19.renamed": "a file is named, its folder is not flushed",
  "CP20.half-written": "some files of an archive are kept, the others are not, and no event names them",
  "CP22.anchored": "a head stands on the chain, its anchor is not kept",
} as const;

export type CrashPoint = keyof typeof crashPoints;

interface Armed {
  name: string;
  passing: number;
}

let armed: Armed | undefined;

/** Where to die, as the environment says it: `CP04.committed` or `CP04.committed:3` for the third passing. */
export function parseCrashPoint(wish: string): Armed | undefined {
  const [, name, passing = "1"] = /^([A-Z0-9]+\.[a-z-]+)(?::([1-9][0-9]*))?$/.exec(wish) ?? [];
  return name !== undefined && Object.hasOwn(crashPoints, name) ? { name, passing: Number(passing) } : undefined;
}

/** Arms one place for the life of the process. */
export function armCrashPoint(wish: Armed): void {
  armed = { ...wish };
}

/** The process dies here, at once and without cleaning up, when this place is armed and has been passed often enough. */
export function crashPoint(name: CrashPoint): void {
  if (armed === undefined || armed.name !== name) return;
  armed.passing -= 1;
  // kill -9 of oneself: no handler runs, no buffer is flushed, as in a power cut of the process.
  if (armed.passing === 0) process.kill(process.pid, "SIGKILL");
}
