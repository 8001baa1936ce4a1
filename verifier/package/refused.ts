/** The first thing that is wrong in a package: a code of the closed list, the file, and one sentence. */
export class Refused extends Error {
  readonly code: string;
  readonly where: string;

  constructor(code: string, where: string, why: string) {
    super(why);
    this.code = code;
    this.where = where;
  }
}

/** @throws Refused when the claim does not hold. */
export function demand(holds: boolean, code: string, where: string, why: string): asserts holds {
  if (!holds) throw new Refused(code, where, why);
}
