/**
 * The outcome recomputed from the seed (draw-v1 §4): stream, shuffle, seats, order, coefficients, and
 * the substitutions. Independent of the code that made the record.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as noble256 } from "@noble/hashes/sha2.js";
import { concat, u64 } from "../../formats/bytes.ts";
import type { Plan, Substitution } from "./record.ts";

export type StratumResult = { id: string; permutation: string[]; primary: string[] };
export type Row = { stratum: string; seated: string[] };

/** The u64 values of a stream under its key, without end. */
export function* numbers(key: Uint8Array): Generator<bigint, never> {
  for (let b = 0; ; b++) {
    let block = 0n;
    for (const byte of hmac(noble256, key, concat("gprt-draw-v1", u64(b)))) block = (block << 8n) | BigInt(byte);
    for (const shift of [192n, 128n, 64n, 0n]) yield (block >> shift) & 0xffff_ffff_ffff_ffffn;
  }
}

export function streamKey(seed: Uint8Array, info: string): Uint8Array {
  return hmac(noble256, seed, concat(info, Uint8Array.of(1)));
}

export function uniformOf(source: Iterator<bigint, unknown>, n: bigint): bigint {
  for (;;) {
    const { value, done } = source.next();
    if (done) throw new RangeError("the stream has ended");
    if ((value as bigint) < (1n << 64n) - ((1n << 64n) % n)) return (value as bigint) % n;
  }
}

export function shuffled<T>(items: readonly T[], source: Iterator<bigint, unknown>): T[] {
  const list = items.slice();
  for (let last = list.length - 1; last >= 1; last--) {
    const chosen = Number(uniformOf(source, BigInt(last) + 1n));
    const moved = list[last] as T;
    list[last] = list[chosen] as T;
    list[chosen] = moved;
  }
  return list;
}

function eligible(plan: Plan): Plan["pool"] {
  return plan.pool.filter((entry) => entry.recusal === null);
}

export function orderOf(plan: Plan, seed: Uint8Array): string[] {
  return shuffled(
    eligible(plan).map(({ id }) => id),
    numbers(streamKey(seed, "order")),
  );
}

export function coefficientsOf(plan: Plan, seed: Uint8Array): { id: string; index: number; value: string }[] {
  return plan.coefficients.map(({ id, values }) => {
    const index = Number(uniformOf(numbers(streamKey(seed, `coefficient:${id}`)), BigInt(values.length)));
    return { id, index, value: values[index] ?? "" };
  });
}

/** The seats by stratum, or undefined when a quota is not reached (E_QUOTA). */
export function seatsOf(plan: Plan, seed: Uint8Array): StratumResult[] | undefined {
  const seats = new Seats(plan);
  for (const { id, quota } of plan.strata) {
    const ids = eligible(plan)
      .filter(({ strata }) => strata.includes(id))
      .map((entry) => entry.id);
    const permutation = shuffled(ids, numbers(streamKey(seed, `stratum:${id}`)));
    const primary: string[] = [];
    for (const person of permutation) {
      if (primary.length === quota) break;
      if (!seats.admits(person)) continue;
      seats.take(person, id);
      primary.push(person);
    }
    if (primary.length < quota) return undefined;
    seats.results.push({ id, permutation, primary });
  }
  return seats.results;
}

const reasons = new Set(["declined", "unreachable", "recused", "absent", "ineligible"]);

/** The final rows after the substitutions, or undefined when one of them is not what the rules give. */
export function rowsAfter(plan: Plan, results: readonly StratumResult[], substitutions: readonly Substitution[]): Row[] | undefined {
  const seats = new Seats(plan);
  const rows = results.map(({ id, primary }): Row => ({ stratum: id, seated: primary.slice() }));
  for (const { stratum, seated } of rows) for (const person of seated) seats.take(person, stratum);
  for (const step of substitutions) {
    const row = rows.find(({ stratum }) => stratum === step.stratum);
    if (row === undefined || !reasons.has(step.reason) || !row.seated.includes(step.out)) return undefined;
    row.seated = row.seated.filter((person) => person !== step.out);
    seats.bar(step.out);
    const permutation = results.find(({ id }) => id === step.stratum)?.permutation ?? [];
    const substitute = permutation.find((person) => seats.admits(person)) ?? null;
    if (substitute !== step.in) return undefined;
    if (substitute === null) continue;
    seats.take(substitute, step.stratum);
    row.seated.push(substitute);
  }
  return rows;
}

class Seats {
  readonly results: StratumResult[] = [];
  private readonly groupOf: Map<string, string | null>;
  private readonly limit: number | null;
  private readonly place = new Map<string, string>();
  private readonly perGroup = new Map<string, number>();
  private readonly barred = new Set<string>();

  constructor(plan: Plan) {
    this.limit = plan.maxPerGroup;
    this.groupOf = new Map(plan.pool.map(({ id, group }) => [id, group]));
  }

  admits(person: string): boolean {
    const group = this.groupOf.get(person) ?? null;
    const groupIsFull = this.limit !== null && group !== null && (this.perGroup.get(group) ?? 0) >= this.limit;
    return !this.place.has(person) && !this.barred.has(person) && !groupIsFull;
  }

  take(person: string, stratum: string): void {
    this.place.set(person, stratum);
    this.count(person, 1);
  }

  bar(person: string): void {
    this.barred.add(person);
    this.place.delete(person);
    this.count(person, -1);
  }

  private count(person: string, change: number): void {
    const group = this.groupOf.get(person);
    if (group != null) this.perGroup.set(group, (this.perGroup.get(group) ?? 0) + change);
  }
}
