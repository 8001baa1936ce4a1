/**
 * The objections and complaints of one lot, as one stream tells them. Pure. Who objects is known to those
 * who must answer, and to nobody else.
 */
import { next, parseInstant } from "../../kernel/index.ts";
import { foldStream, type RecordedEvent } from "../../record/index.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { streamOf } from "../transaction/index.ts";
import { type RemedyCommand, type RemedyState, remedyStates } from "./remedy.states.ts";

/** 异议 goes to the buyer, 投诉 to the supervisor. */
export type Path = "objection" | "complaint";
/** What it is about: 招标文件, 开标, 评标结果, or anything else. */
export type Matter = "document" | "opening" | "result" | "other";

export interface RemedyFile {
  name: string;
  title: string;
  sha256: string;
  size: number;
}

export interface Remedy {
  id: string;
  state: RemedyState;
  path: Path;
  about: Matter;
  /** The objection that the complaint follows. */
  follows: string | null;
  organisation: string;
  ground: string;
  request: string;
  knownOn: string | null;
  files: readonly RemedyFile[];
  raisedAt: string;
  /** Codes of what speaks against its admission; a person decides (admissibility). */
  marks: readonly string[];
  acceptedAt: string | null;
  suspends: boolean;
  refusal: { reason: string; at: string } | null;
  answer: { upheld: boolean; effect: string; text: string; at: string } | null;
  decision: { effect: string; otherCommittee: boolean; text: string; at: string } | null;
}

export type Remedies = ReadonlyMap<string, Remedy>;

const moves: Readonly<Record<string, RemedyCommand>> = {
  "rem.accepted": "accept",
  "rem.refused": "refuse",
  "rem.answered": "answer",
  "rem.decided": "decide",
  "rem.withdrawn": "withdraw",
  "rem.followed": "follow",
  "rem.closed": "close",
  "rem.executed": "execute",
};

export function evolveRemedies(remedies: Remedies | undefined, event: RecordedEvent): Remedies {
  const all = new Map(remedies);
  const { data } = event;
  if (event.type === "rem.raised") return all.set(data.case, raised(event));
  const remedy = all.get(data.case);
  const command = moves[event.type];
  const state = remedy && command && next(remedyStates, remedy.state, command);
  if (!remedy || state === undefined) throw new Error(`${event.type} is no move of remedy ${data.case} that is ${remedy?.state}`);
  return all.set(remedy.id, { ...remedy, ...changes(event), state });
}

function raised({ data, at }: RecordedEvent): Remedy {
  const { case: id, path, about, follows, organisation, ground, request, knownOn, files, marks } = data;
  const facts = { id, path, about, follows, organisation, ground, request, knownOn, files, marks };
  return { ...facts, state: "raised", raisedAt: at, acceptedAt: null, suspends: false, refusal: null, answer: null, decision: null };
}

function changes({ type, data, at }: RecordedEvent): Partial<Remedy> {
  switch (type) {
    case "rem.accepted":
      return { acceptedAt: at, suspends: data.suspends };
    case "rem.refused":
      return { refusal: { reason: data.reason, at } };
    case "rem.answered":
      return { answer: { upheld: data.upheld, effect: data.effect, text: data.text, at } };
    case "rem.decided":
      return { decision: { effect: data.effect, otherCommittee: data.otherCommittee, text: data.text, at } };
    default:
      return {};
  }
}

export async function remediesOf(db: Queryable, lotId: string): Promise<Remedies> {
  return (await foldStream(db, streamOf("rem", lotId), evolveRemedies)) ?? new Map();
}

/** Is somebody still to say something about it? */
export function isPending({ state }: Pick<Remedy, "state">): boolean {
  return state === "raised" || state === "accepted";
}

/** Whole days that the buyer took to answer: they do not count against the complaint (实施条例 第六十条第二款). */
export function answerDays({ raisedAt, answer, refusal }: Remedy): number {
  const end = answer?.at ?? refusal?.at;
  return end === undefined ? 0 : Math.ceil((parseInstant(end) - parseInstant(raisedAt)) / 86_400_000);
}
