/**
 * Faults on demand (conventions.md §10): the control door puts them here, the doors and the outbox ask at each
 * transmission. A fault hits after `skip` matches, at most `count` times.
 */
export const faultKinds = [
  "delay",
  "duplicate",
  "reorder",
  "status",
  "timeoutAfterEffect",
  "dropBeforeEffect",
  "badSignature",
  "falseContent",
  "partialFile",
  "silence",
  "malformed",
  "oversize",
  "wrongClock",
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface FaultOrder {
  readonly kind: FaultKind;
  readonly match: { readonly type?: string; readonly door?: string; readonly object?: string; readonly direction: "in" | "out" };
  readonly skip: number;
  readonly count: number | null;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Fault extends FaultOrder {
  readonly faultId: string;
  seen: number;
  hits: number;
}

export interface Passing {
  readonly direction: "in" | "out";
  readonly door: string;
  readonly type?: string;
  readonly object?: string;
}

export class FaultTable {
  readonly #faults = new Map<string, Fault>();
  #next = 1;

  add(order: FaultOrder): string {
    const faultId = `fault-${this.#next++}`;
    this.#faults.set(faultId, { ...order, faultId, seen: 0, hits: 0 });
    return faultId;
  }

  remove(faultId: string): boolean {
    return this.#faults.delete(faultId);
  }

  clear(): void {
    this.#faults.clear();
  }

  list(): readonly Fault[] {
    return [...this.#faults.values()];
  }

  /** The faults that strike this transmission; each match is counted once. */
  strike(passing: Passing): Fault[] {
    return this.list().filter((fault) => {
      if (!matches(fault, passing)) return false;
      fault.seen += 1;
      if (fault.seen <= fault.skip || (fault.count !== null && fault.hits >= fault.count)) return false;
      fault.hits += 1;
      return true;
    });
  }
}

function matches({ match }: Fault, passing: Passing): boolean {
  return (
    match.direction === passing.direction &&
    (match.door === undefined || match.door === passing.door) &&
    (match.type === undefined || match.type === passing.type) &&
    (match.object === undefined || match.object === passing.object)
  );
}

/** A fault order from the wire, or undefined when it is misshapen or of a kind that this simulator cannot make. */
export function readFaultOrder(value: unknown): FaultOrder | undefined {
  const order = value as Partial<FaultOrder> | null;
  if (typeof order !== "object" || order === null || !faultKinds.includes(order.kind as FaultKind)) return undefined;
  if (order.match?.direction !== "in" && order.match?.direction !== "out") return undefined;
  return {
    kind: order.kind as FaultKind,
    match: order.match,
    skip: order.skip ?? 0,
    count: order.count === undefined ? 1 : order.count,
    params: order.params ?? {},
  };
}

export function findStruck(struck: readonly Fault[], kind: FaultKind): Fault | undefined {
  return struck.find((fault) => fault.kind === kind);
}

export function paramOf(fault: Fault, name: string, otherwise: number): number {
  const value = fault.params[name];
  return typeof value === "number" ? value : otherwise;
}

/** Right signature, wrong fact: `{pointer, value}`; a value "+N" adds to a sum of fen. Changes a copy. */
export function withFalseContent(body: unknown, fault: Fault): unknown {
  const path = String(fault.params.pointer ?? "")
    .split("/")
    .slice(1);
  const copy = structuredClone(body) as Record<string, unknown>;
  let place: Record<string, unknown> = copy;
  for (const name of path.slice(0, -1)) place = place[name] as Record<string, unknown>;
  const last = path.at(-1) ?? "";
  const value = fault.params.value;
  place[last] = typeof value === "string" && /^\+[0-9]+$/.test(value) ? String(BigInt(place[last] as string) + BigInt(value)) : value;
  return copy;
}
