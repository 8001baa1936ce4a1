/**
 * Claims: flags, outcomes and structural duties of the law that code keeps by its shape rather than by
 * a verdict (a document holder is never listed; a draw has several sources). Declared where they are
 * kept, so that the index of docs/law finds them.
 */

export type Claim = {
  /** The row of the law data. */
  readonly ruleId: string;
  /** The module that keeps it, as a path under the root. */
  readonly at: string;
  /** One sentence: how it is kept. */
  readonly how: string;
  /** The test that would go red. */
  readonly test: string;
};

const claims: Claim[] = [];

/** Declares that this code keeps a rule. Returns it, so that a module can export it beside what it guards. */
export function keeps(claim: Claim): Claim {
  claims.push(claim);
  return claim;
}

/** Every claim declared so far: import the stages first. */
export function declaredClaims(): readonly Claim[] {
  return [...claims];
}
