/** What the public reads (that something is suspended, and why), and what those read who must act. */

import { Type } from "@sinclair/typebox";
import { ruleSet } from "../../../law/index.ts";
import { findOrganisation } from "../../identity/index.ts";
import { dayOf, instantText, latestStart, legalCalendar, parseInstant } from "../../kernel/index.ts";
import { inTurn } from "../../runtime/database/index.ts";
import { awardOn } from "../award/index.ts";
import { effectiveAt, nullable, type Read, type ReadContext, read, stepStatus } from "../transaction/index.ts";
import { type Remedy, remediesOf } from "./remedy.ts";

const text = Type.String();
const maybe = nullable(text);
const answer = nullable(Type.Object({ upheld: Type.Boolean(), effect: text, text, at: text }));
const decision = nullable(Type.Object({ effect: text, otherCommittee: Type.Boolean(), text, at: text }));

/** Without names: 异议人与投诉人的身份不公开. */
export const remediesRead = read({
  path: "/lots/:lotId/remedies",
  title: "异议与投诉",
  group: "remedy.public",
  response: Type.Object({
    items: Type.Array(Type.Object({ remedy: text, path: text, about: text, state: text, raisedAt: text, answer, decision })),
  }),
  async load({ tx, lot }) {
    const remedies = await remediesOf(tx, lot.id);
    return {
      items: [...remedies.values()].map(({ id, path, about, state, raisedAt, answer: told, decision: decided }) => ({
        remedy: id,
        path,
        about,
        state,
        raisedAt,
        answer: told,
        decision: decided,
      })),
    };
  },
});

const file = Type.Object({ name: text, title: text, sha256: text, size: Type.Integer() });

export const casesRead = read({
  path: "/lots/:lotId/remedies/cases",
  title: "异议与投诉办理",
  group: "remedy.case",
  response: Type.Object({
    /** Which way is open to this reader now, and until when. */
    ways: Type.Array(Type.Object({ path: text, about: text, open: Type.Boolean(), until: maybe, goesTo: text })),
    items: Type.Array(
      Type.Object({
        remedy: text,
        path: text,
        about: text,
        state: text,
        follows: maybe,
        raisedBy: text,
        ground: text,
        request: text,
        knownOn: maybe,
        files: Type.Array(file),
        marks: Type.Array(text),
        raisedAt: text,
        acceptedAt: maybe,
        suspends: Type.Boolean(),
        dueAt: maybe,
        refusal: nullable(Type.Object({ reason: text, at: text })),
        answer,
        decision,
      }),
    ),
  }),
  async load(context) {
    const { tx, lot, actor } = context;
    const seen = [...(await remediesOf(tx, lot.id)).values()].filter((remedy) => maySeeCase(context, remedy));
    return actor && { ways: await waysOf(context), items: await inTurn(seen, (remedy) => caseRow(context, remedy)) };
  },
});

/** The bidder its own, the buyer what it must answer, the supervisor all. */
function maySeeCase({ actor }: ReadContext, { organisation, path }: Remedy): boolean {
  if (actor?.role === "bidder") return organisation === actor.organisationId;
  return actor?.role === "supervisor" || path === "objection";
}

async function caseRow({ tx, lot }: ReadContext, remedy: Remedy) {
  const { id, organisation, files, marks, ...rest } = remedy;
  const name = remedy.acceptedAt && remedy.path === "complaint" ? `complaintDecisionDue:${id}` : `${remedy.path}AnswerDue:${id}`;
  const due = effectiveAt(lot, name);
  return {
    ...rest,
    remedy: id,
    raisedBy: (await findOrganisation(tx, organisation))?.name ?? organisation,
    files: [...files],
    marks: [...marks],
    dueAt: due === undefined ? null : instantText(due),
  };
}

async function waysOf({ tx, lot, procedure, now }: ReadContext) {
  const deadline = effectiveAt(lot, "bidDeadline");
  const law = ruleSet(lot.lawDate ?? dayOf(now));
  const last = deadline === undefined ? undefined : latestStart(law.rule("CON-019"), deadline, legalCalendar());
  const award = await awardOn(tx, lot);
  const publicityEnd = award?.publicityEndsAt ?? null;
  return [
    {
      path: "objection",
      about: "document",
      open: typeof last === "string" && dayOf(now) <= last,
      until: typeof last === "string" ? last : null,
      goesTo: "招标人",
    },
    {
      path: "objection",
      about: "opening",
      open: stepStatus(lot, procedure, "opening.open") === "open",
      until: null,
      goesTo: "招标人（开标现场）",
    },
    {
      path: "objection",
      about: "result",
      open: award?.state === "publicity" && publicityEnd !== null && now <= parseInstant(publicityEnd),
      until: publicityEnd,
      goesTo: "招标人",
    },
    // Ten days from knowing, which only the complainant can state (CON-069).
    { path: "complaint", about: "other", open: true, until: null, goesTo: "行政监督部门" },
  ];
}

export const remedyReads: readonly Read[] = [remediesRead, casesRead];
