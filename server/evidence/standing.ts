/**
 * How evidence stands, and what may go on without it (reliability §10, decisions §7). Limits are machine
 * time and apply to what is configured: a sandbox without witnesses is "not configured", never closed.
 * A log that may not sign any more is closed at once.
 */
export interface StandingLimits {
  /** No witnessed head for so long: openings, draws and awards wait. */
  openingMs: number;
  /** No witnessed head for so long: also no new lot and no new notice (`lot.open`, `ntc.publish`). */
  generalMs: number;
  /** No anchor for so long: said on every proof. */
  anchorLateMs: number;
  /** No anchor for so long: awards and draws need a supervisor's order. */
  anchorOrderMs: number;
}

const minute = 60_000;
export const usualLimits: StandingLimits = {
  openingMs: 30 * minute,
  generalMs: 240 * minute,
  anchorLateMs: 1440 * minute,
  anchorOrderMs: 4320 * minute,
};

export interface Lag {
  /** Machine time since which the newest head lacks k witnesses; undefined when it has them. `off` when none are configured. */
  unwitnessedSince: number | undefined | "off";
  unanchoredSince: number | undefined | "off";
  /** The log refuses to sign. */
  isFaulty: boolean;
}

export interface Standing {
  witnesses: "not configured" | "current" | "late" | "openings wait" | "closed";
  anchor: "not configured" | "current" | "behind" | "late" | "needs order";
}

export function standingAt(lag: Lag, limits: StandingLimits, now: number): Standing {
  return { witnesses: witnessesAt(lag, limits, now), anchor: anchorAt(lag.unanchoredSince, limits, now) };
}

function witnessesAt({ unwitnessedSince, isFaulty }: Lag, limits: StandingLimits, now: number): Standing["witnesses"] {
  if (isFaulty) return "closed";
  if (unwitnessedSince === "off") return "not configured";
  const lag = unwitnessedSince === undefined ? undefined : now - unwitnessedSince;
  if (lag === undefined) return "current";
  return lag > limits.generalMs ? "closed" : lag > limits.openingMs ? "openings wait" : "late";
}

function anchorAt(since: Lag["unanchoredSince"], limits: StandingLimits, now: number): Standing["anchor"] {
  if (since === "off") return "not configured";
  if (since === undefined) return "current";
  const lag = now - since;
  return lag > limits.anchorOrderMs ? "needs order" : lag > limits.anchorLateMs ? "late" : "behind";
}
