/**
 * What everybody may see of an opening: the board of the hall, and the opening record. Prices stand on it
 * for all at once, after the read-out. Files of bids are for the committee and, after the result, for the
 * supervision authority; nothing of a failed opening but its number is shown.
 */
import { Type } from "@sinclair/typebox";
import { base64 } from "../../../formats/bytes.ts";
import { SealHeader, SealOpening } from "../../../formats/seal/index.ts";
import { instantText } from "../../kernel/index.ts";
import { effectiveAt, isReached, phaseOf, type Read, type ReadContext, read } from "../transaction/index.ts";
import { bidFile } from "./opened-bids.ts";
import { type BidAtOpening, byDigest, type Opening } from "./opening.ts";
import { openingOf, stateWords } from "./opening-stream.ts";
import type { OpeningPorts } from "./ports.ts";
import { lineOf } from "./read-out.ts";
import { openingRecord } from "./record.ts";

const nullable = <Of extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(of: Of) => Type.Union([of, Type.Null()]);
const text = nullable(Type.String());

const boardBid = Type.Object({
  bidDigest: Type.String(),
  name: Type.String(),
  attendedAt: text,
  keyAt: text,
  judged: text,
  status: text,
  code: text,
  /** For the members, once the keys are frozen. */
  header: Type.Union([SealHeader, Type.Null()]),
  priceFen: text,
  currency: Type.Literal("CNY"),
  durationDays: nullable(Type.Integer()),
  quality: text,
  projectManager: text,
  depositForm: text,
  formFault: text,
  confirmedAt: text,
  objection: text,
  answer: text,
});

const boardRead = read({
  path: "/lots/:lotId/opening",
  title: "开标大厅",
  group: "opening.board",
  response: Type.Object({
    state: Type.String(),
    stateWords: Type.String(),
    deadline: Type.String(),
    decryptionEnd: text,
    confirmEnd: text,
    bidCount: Type.Integer(),
    required: nullable(Type.Integer()),
    listRoot: text,
    threshold: Type.Integer(),
    bids: Type.Array(boardBid),
    members: Type.Array(Type.Object({ member: Type.Integer(), role: Type.String(), posted: Type.Integer(), rejected: Type.Integer() })),
    recordSha256: text,
  }),
  async load({ tx, lot }) {
    const opening = await openingOf(tx, lot.id);
    if (!opening) return undefined;
    const end = (name: string) => (effectiveAt(lot, name) === undefined ? null : instantText(effectiveAt(lot, name) as number));
    return {
      state: opening.state,
      stateWords: stateWords[opening.state],
      deadline: opening.deadline,
      decryptionEnd: end("decryptionEnd"),
      confirmEnd: end("confirmEnd"),
      bidCount: opening.bids.size,
      required: opening.failure?.required ?? null,
      listRoot: opening.freeze?.listRoot ?? null,
      threshold: opening.ceremony.t,
      bids: opening.failure ? [] : [...opening.bids.values()].sort(byDigest).map((bid) => boardRow(opening, bid)),
      members: opening.ceremony.members.map(({ role }, i) => memberRow(opening, role, i + 1)),
      recordSha256: opening.closed?.recordSha256 ?? null,
    };
  },
});

function boardRow(opening: Opening, bid: BidAtOpening) {
  const { attendedAt, key, judged, header, confirmed, bidDigest, name } = bid;
  const isOut = opening.readOutAt !== null;
  const line = isOut ? lineOf(bid) : lineOf({ ...bid, form: null, formFault: null, status: null, code: null });
  return {
    ...line,
    bidDigest,
    name,
    currency: "CNY" as const,
    // Fates that are public before the read-out are those of bids that will never be opened.
    status: isOut || bid.status === "revoked" || bid.status === "withdrawn" ? bid.status : null,
    attendedAt,
    keyAt: key?.at ?? null,
    judged,
    header: opening.keysFrozen && key ? header : null,
    confirmedAt: confirmed?.at ?? null,
    objection: confirmed?.objection ?? null,
    answer: confirmed?.answer ?? null,
  };
}

function memberRow({ partials, rejected }: Opening, role: string, member: number) {
  const count = (rows: Opening["partials"]) => rows.filter((row) => row.member === member).length;
  return { member, role, posted: count(partials), rejected: count(rejected) };
}

const recordRead = read({
  path: "/lots/:lotId/opening/record",
  title: "开标记录（seal-opening/v1）",
  group: "opening.record",
  response: SealOpening,
  async load({ tx, lot }) {
    const opening = await openingOf(tx, lot.id);
    return opening?.readOutAt ? openingRecord(tx, lot.id) : undefined;
  },
});

function fileRead(ports: OpeningPorts): Read {
  return read({
    path: "/lots/:lotId/bids/:bidDigest/files/:name",
    title: "投标文件中的一个文件",
    group: "bid.content",
    response: Type.Object({ name: Type.String(), size: Type.Integer(), sha256: Type.String(), contentBase64: Type.String() }),
    async load(context) {
      if (!(await mayReadFiles(context, ports))) return undefined;
      const { bidDigest = "", name = "" } = context.params;
      const found = await bidFile(context.tx, context.platform, { lotId: context.lot.id, bidDigest, name });
      return found && { name: found.file.name, size: found.file.size, sha256: found.file.hash, contentBase64: base64(found.bytes) };
    },
  });
}

/** The role alone opens no bid: an expert has to sit on this lot's committee. */
async function mayReadFiles({ tx, lot, actor }: ReadContext, ports: OpeningPorts): Promise<boolean> {
  if (!actor || !isReached(lot, "bidDeadline")) return false;
  if (actor.role === "supervisor") return phaseOf(lot) === "result";
  return (await ports.sitsOnCommittee?.(tx, lot.id, actor.personId)) === true;
}

export function openingReads(ports: OpeningPorts): readonly Read[] {
  return [boardRead, recordRead, fileRead(ports)];
}
