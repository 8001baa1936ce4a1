/**
 * record.jsonl (docs/formats/record-line.md): dense positions, one chain, and for every proven line the
 * event that was committed to and the signature of the act behind it. A breach is E_RECORD_CHAIN.
 */
import { fromUtf8 } from "../../formats/bytes.ts";
import {
  chainAfter,
  chainStart,
  commitmentOf,
  eventOf,
  type ProvenLine,
  type ReducedLine,
  type ShownLine,
} from "../../formats/record-line.ts";
import { actKey, actSignature, familyOfHolding } from "../act-signature.ts";
import { offerHolds, offerTypes } from "../auction/index.ts";
import { readIJson } from "../i-json.ts";
import { anyText, closed, hexOf, integer, isObject, nullOr, text, time } from "../shapes.ts";
import { demand } from "./refused.ts";

export type RecordFacts = {
  first: number;
  last: number;
  /** Chain value after the last line: it stands for everything up to it. */
  head: string;
  reduced: number;
  shown: number;
  proven: number;
  signedActs: number;
  /** The disclosed lines by position. */
  disclosed: ReadonlyMap<number, ShownLine>;
};

const place = { position: integer(0), prevChain: hexOf(32), commitment: hexOf(32) };
const shown = { ...place, stream: text(1, 200), version: integer(0), type: text(1, 128), at: time, data: isObject };
const act = closed({ digest: hexOf(32), key: actKey, sig: actSignature });
const proof = { salt: hexOf(32), actor: anyText, membership: nullOr(anyText), commandId: anyText, act: nullOr(act) };
const reducedLine = closed(place);
const shownLine = closed(shown);
const provenLine = closed({ ...shown, ...proof });

export function checkRecord(bytes: Uint8Array, where: string): RecordFacts {
  const lines = readLines(bytes, where);
  const facts: RecordFacts & { disclosed: Map<number, ShownLine> } = {
    first: lines[0]?.position ?? 0,
    last: -1,
    head: chainStart,
    reduced: 0,
    shown: 0,
    proven: 0,
    signedActs: 0,
    disclosed: new Map(),
  };
  const versions = new Map<string, number>();
  for (const [k, line] of lines.entries()) {
    const at = `${where}:${k + 1}`;
    checkPlace(line, lines[k - 1], at);
    facts.last = line.position;
    facts.head = chainAfter(line);
    if (!("stream" in line)) {
      facts.reduced++;
      continue;
    }
    checkVersion(line, versions, at);
    facts.disclosed.set(line.position, line);
    if (!("salt" in line)) facts.shown++;
    else {
      facts.proven++;
      if (checkEvent(line, at)) facts.signedActs++;
    }
  }
  return facts;
}

type Line = ReducedLine | ShownLine | ProvenLine;

function readLines(bytes: Uint8Array, where: string): Line[] {
  const rows = fromText(bytes, where).split("\n");
  demand(rows.pop() === "" && rows.length > 0, "E_RECORD_CHAIN", where, "the record is empty or its last line has no end");
  return rows.map((row, k) => {
    const value = readIJson(row);
    const isLine = value !== undefined && (reducedLine(value) || shownLine(value) || provenLine(value));
    demand(isLine, "E_RECORD_CHAIN", `${where}:${k + 1}`, "not a line of a record");
    return value as unknown as Line;
  });
}

function fromText(bytes: Uint8Array, where: string): string {
  try {
    return fromUtf8(bytes);
  } catch {
    demand(false, "E_RECORD_CHAIN", where, "the record is not UTF-8");
  }
}

function checkPlace(line: Line, before: Line | undefined, at: string): void {
  if (before === undefined) {
    demand(line.position > 0 || line.prevChain === chainStart, "E_RECORD_CHAIN", at, "the chain does not begin with zeros");
    return;
  }
  demand(line.position === before.position + 1, "E_RECORD_CHAIN", at, "a position is missing or stands twice");
  demand(line.prevChain === chainAfter(before), "E_RECORD_CHAIN", at, "the chain does not continue the line before");
}

function checkVersion({ stream, version }: ShownLine, versions: Map<string, number>, at: string): void {
  const before = versions.get(stream);
  demand(before === undefined || version > before, "E_RECORD_CHAIN", at, `the versions of ${stream} do not rise`);
  versions.set(stream, version);
}

/** Whether a signed act stands behind the event. */
function checkEvent(line: ProvenLine, at: string): boolean {
  demand(
    commitmentOf(eventOf(line), line.salt) === line.commitment,
    "E_RECORD_CHAIN",
    at,
    "the event is not the one that was committed to",
  );
  if (offerTypes.has(line.type)) {
    demand(offerHolds(line), "E_RECORD_CHAIN", at, "the signature of the offer does not hold");
    return true;
  }
  if (line.act === null) return false;
  demand(familyOfHolding(line.act) !== undefined, "E_RECORD_CHAIN", at, "the signature of the act does not hold");
  return true;
}
