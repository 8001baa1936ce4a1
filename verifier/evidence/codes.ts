/** The closed list of codes of evidence-v1 §9, in the order in which they are judged. */
export const evidenceCodes = [
  "E_JSON",
  "E_POLICY",
  "E_FORMAT",
  "E_CHECKPOINT",
  "E_ORIGIN",
  "E_LOG_SIG",
  "E_COSIGNATURE",
  "E_QUORUM",
  "E_ENTRY",
  "E_SEQ",
  "E_INCLUSION",
  "E_TIME_ORDER",
  "E_COSIG_TIME",
  "E_COMMITMENT",
  "E_EVENT_BINDING",
  "E_ACTOR",
  "E_ROLLBACK",
  "E_FORK",
  "E_CONSISTENCY",
  "E_ANCHOR",
] as const;

export type EvidenceCode = (typeof evidenceCodes)[number];

/** The first failure: nothing is judged after it. */
export class Refused extends Error {
  readonly code: EvidenceCode;
  constructor(code: EvidenceCode) {
    super(code);
    this.code = code;
  }
}

/** @throws Refused with the code unless the claim holds */
export function demand(holds: boolean, code: EvidenceCode): asserts holds {
  if (!holds) throw new Refused(code);
}
