/** What the verify page shows of a proof: the checks one by one, and the place in the log. Plain data, made in a worker. */

/** `absent`: there was nothing to check, which is never shown as good. `unreached`: an earlier check has failed. */
export type CheckState = "holds" | "fails" | "unreached" | "absent";

/** One check: its words are `verify.check.NAME` (title), `.text` and `.absent`; `mark` is the figure at the right. */
export type Check = {
  readonly name: string;
  readonly state: CheckState;
  readonly figures: Readonly<Record<string, string | number>>;
  readonly mark?: string;
  readonly digest?: string;
  /** The code of what does not hold, and where. */
  readonly code?: string;
  readonly where?: string;
};

/** Where the log holds it: who countersigned which head. `source` says whose policy it was judged by. */
export type LogPlace = {
  readonly source: "none" | "reader" | "own" | "needed";
  readonly positions?: readonly [number, number];
  readonly size?: number;
  readonly root?: string;
  readonly witnesses: readonly string[];
  readonly anchor?: "none" | "unconfirmed";
};

/** `undecided`: what was dropped cannot be judged without something of the reader's own. */
export type Judgement = {
  readonly kind: "draw" | "opening" | "ceremony" | "receipt" | "bundle" | "package" | "unknown";
  readonly verdict: "passed" | "refused" | "undecided";
  readonly figures: Readonly<Record<string, string | number>>;
  readonly checks: readonly Check[];
  readonly log: LogPlace;
  /** The platform key that a package or opening names, to be compared with one from elsewhere. */
  readonly key?: { readonly fingerprint: string; readonly isTrusted: boolean };
};

/** A step of a proof: its check, and the codes that this step alone answers with. */
export type Step = { readonly name: string; readonly codes: readonly string[] };

/** The steps of a proof that stopped at a code: before it all held, after it nothing was looked at. */
export function stoppedAt(steps: readonly Step[], code: string, where?: string): Check[] {
  const at = steps.findIndex(({ codes }) => codes.includes(code));
  return steps.map(({ name }, k) => {
    if (k !== Math.max(at, 0)) return { name, state: k < at ? "holds" : "unreached", figures: {} };
    return { name, state: "fails", figures: {}, code, ...(where === undefined ? {} : { where }) };
  });
}
