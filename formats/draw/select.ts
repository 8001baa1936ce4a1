/**
 * What a seed means for a plan (draw-v1 §4): seats by stratum, an order, or coefficients; and who
 * takes the place of a person who cannot serve. Rules are never relaxed to fill a seat.
 */
import { hex } from "../bytes.ts";
import type { CoefficientResult, DrawPlan, OrderResult, PoolEntry, Seats, SelectResult, Substitution } from "./schemas.ts";
import { drawStream, shuffle, uniform } from "./stream.ts";

export type DrawResult = SelectResult | OrderResult | CoefficientResult;

/** The whole outcome, or undefined when a quota cannot be met (the draw fails, E_QUOTA). */
export function drawResult(plan: DrawPlan, seed: Uint8Array): DrawResult | undefined {
  if (plan.kind === "coefficient") return { seed: hex(seed), coefficients: drawCoefficients(plan, seed) };
  if (plan.kind === "order") return { seed: hex(seed), order: shuffle(eligibleIds(plan), drawStream(seed, "order")) };
  return drawSeats(plan, seed);
}

/** 回避: whoever has a recusal code is not eligible. The pool ascends by id already. */
function eligibleIds(plan: DrawPlan, stratum?: string): string[] {
  return plan.pool
    .filter(({ recusal, strata }) => recusal === null && (stratum === undefined || strata.includes(stratum)))
    .map(({ id }) => id);
}

function drawCoefficients(plan: DrawPlan, seed: Uint8Array): CoefficientResult["coefficients"] {
  return plan.coefficients.map(({ id, values }) => {
    const index = Number(uniform(drawStream(seed, `coefficient:${id}`), BigInt(values.length)));
    return { id, index, value: values[index] as string };
  });
}

function drawSeats(plan: DrawPlan, seed: Uint8Array): SelectResult | undefined {
  const table = new SeatTable(plan);
  const strata: SelectResult["strata"] = [];
  for (const { id, quota } of plan.strata) {
    const permutation = shuffle(eligibleIds(plan, id), drawStream(seed, `stratum:${id}`));
    for (const person of permutation) {
      if (table.seatedIn(id).length < quota && table.fits(person)) table.seat(id, person);
    }
    const primary = [...table.seatedIn(id)];
    if (primary.length < quota) return undefined;
    strata.push({ id, permutation, primary });
  }
  return { seed: hex(seed), strata };
}

export type SubstitutionRequest = Pick<Substitution, "stratum" | "out" | "reason">;

/** The seats after all substitutions so far, and who comes next. Drawn anew from the result each time. */
export function seatsAfter(plan: DrawPlan, result: SelectResult, done: readonly Pick<Substitution, "stratum" | "out" | "in">[]): Seats[] {
  const table = tableAfter(plan, result, done);
  return plan.strata.map(({ id }) => ({ stratum: id, seated: [...table.seatedIn(id)] }));
}

/**
 * Who takes the seat: the first of the stratum's permutation who is seated nowhere, not barred, and
 * fits the group limit; null when nobody is left. No new randomness.
 * @throws RangeError when `out` is not seated in that stratum.
 */
export function findSubstitute(
  plan: DrawPlan,
  result: SelectResult,
  done: readonly Pick<Substitution, "stratum" | "out" | "in">[],
  next: Pick<Substitution, "stratum" | "out">,
): string | null {
  const table = tableAfter(plan, result, done);
  table.unseatForGood(next.stratum, next.out);
  const permutation = result.strata.find(({ id }) => id === next.stratum)?.permutation ?? [];
  return permutation.find((person) => table.fits(person)) ?? null;
}

function tableAfter(plan: DrawPlan, result: SelectResult, done: readonly Pick<Substitution, "stratum" | "out" | "in">[]): SeatTable {
  const table = new SeatTable(plan);
  for (const { id, primary } of result.strata) for (const person of primary) table.seat(id, person);
  for (const step of done) {
    table.unseatForGood(step.stratum, step.out);
    if (step.in !== null) table.seat(step.stratum, step.in);
  }
  return table;
}

/** Who sits where, who is barred, and how many seats each group holds over all strata. */
class SeatTable {
  private readonly entries: ReadonlyMap<string, PoolEntry>;
  private readonly maxPerGroup: number;
  private readonly seats = new Map<string, string[]>();
  private readonly barred = new Set<string>();

  constructor(plan: DrawPlan) {
    this.entries = new Map(plan.pool.map((entry) => [entry.id, entry]));
    this.maxPerGroup = plan.maxPerGroup ?? Number.POSITIVE_INFINITY;
    for (const { id } of plan.strata) this.seats.set(id, []);
  }

  seatedIn(stratum: string): readonly string[] {
    return this.seats.get(stratum) ?? [];
  }

  seat(stratum: string, person: string): void {
    this.seats.get(stratum)?.push(person);
  }

  fits(person: string): boolean {
    const everybody = [...this.seats.values()].flat();
    if (this.barred.has(person) || everybody.includes(person)) return false;
    const group = this.entries.get(person)?.group ?? null;
    if (group === null) return true;
    return everybody.filter((other) => this.entries.get(other)?.group === group).length < this.maxPerGroup;
  }

  unseatForGood(stratum: string, person: string): void {
    const seated = this.seats.get(stratum);
    if (seated === undefined || !seated.includes(person)) throw new RangeError("the person is not seated in this stratum");
    seated.splice(seated.indexOf(person), 1);
    this.barred.add(person);
  }
}
