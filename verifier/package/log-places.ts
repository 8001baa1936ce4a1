/**
 * `log.seq` of a draw or an opening is a position of the trading record (decisions §2). Where the record
 * shows what stands there, it must be an event of that stage: a log place is not free to be invented.
 */

import type { Value } from "../i-json.ts";
import { isObject } from "../shapes.ts";
import type { RecordFacts } from "./record-chain.ts";
import { demand } from "./refused.ts";

type Places = { value: Value; path: string; record: RecordFacts | undefined; prefixes: readonly string[] };

export function checkLogPlaces({ value, path, record, prefixes }: Places): void {
  for (const seq of seqsIn(value)) {
    const line = record?.disclosed.get(seq);
    const fits = line === undefined || prefixes.some((prefix) => line.type.startsWith(prefix));
    demand(fits, "E_RECORD_CHAIN", path, `the record has ${line?.type ?? "nothing"} at position ${seq}`);
  }
}

/** Every member called `log` with a `seq`, anywhere. */
function* seqsIn(value: Value): Generator<number> {
  if (Array.isArray(value)) for (const item of value) yield* seqsIn(item);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === "log" && isObject(member) && typeof member.seq === "number") yield member.seq;
    else yield* seqsIn(member);
  }
}
