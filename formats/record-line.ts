/**
 * One line of `record.jsonl` (docs/formats/record-line.md): how an item of the trading record leaves
 * the platform. A disclosed line shows the event; a reduced line keeps only what the chain needs, so
 * that a package shows that nothing was cut out between two items without showing what they are.
 */
import type { ActSignature } from "./act-signature.ts";
import { concat, fromHex, hex } from "./bytes.ts";
import { type Json, jcs, sha256 } from "./jcs.ts";

/** The signed act that caused the event: its digest, the signing key and the signature over "egret/v1 act\n" ‖ digest, in the key's family. */
export type LineAct = { digest: string; key: string; sig: ActSignature };

/** The event as the record keeps it; the commitment is over exactly these members. */
export type LineEvent = {
  v: 1;
  stream: string;
  version: number;
  type: string;
  at: string;
  actor: string;
  membership: string | null;
  commandId: string;
  act: LineAct | null;
  data: { readonly [name: string]: Json | undefined };
};

export type ReducedLine = { position: number; prevChain: string; commitment: string };
export type ShownLine = ReducedLine & Pick<LineEvent, "stream" | "version" | "type" | "at" | "data">;
/** A shown line that can be checked against its commitment. */
export type ProvenLine = ShownLine & { salt: string } & Pick<LineEvent, "actor" | "membership" | "commandId" | "act">;
export type RecordLine = ReducedLine | ShownLine | ProvenLine;

/** prevChain of position 0. */
export const chainStart = "00".repeat(32);

/** commitment = H(salt ‖ JCS(event)), evidence-v1 §2, as hex. */
export function commitmentOf(event: LineEvent, salt: string): string {
  return hex(sha256(fromHex(salt), jcs(event)));
}

/** chain = H(prevChain ‖ commitment), as hex: the prevChain of the next position. */
export function chainAfter(line: Pick<ReducedLine, "prevChain" | "commitment">): string {
  return hex(sha256(concat(fromHex(line.prevChain), fromHex(line.commitment))));
}

/** The event inside a proven line. */
export function eventOf(line: ProvenLine): LineEvent {
  const { stream, version, type, at, actor, membership, commandId, act, data } = line;
  return { v: 1, stream, version, type, at, actor, membership, commandId, act, data };
}

/** A line of a record that is shown and proven. @throws RangeError when salt and event do not give the commitment. */
export function provenLine(place: ReducedLine, event: LineEvent, salt: string): ProvenLine {
  if (commitmentOf(event, salt) !== place.commitment)
    throw new RangeError(`position ${place.position}: the event is not the committed one`);
  const { v: _, ...members } = event;
  return { ...place, ...members, salt };
}
