/** What can be read of lots: the list, one lot's thread, its next steps. */
import { Type } from "@sinclair/typebox";
import { findOrganisation, organisationsNamed } from "../../identity/index.ts";
import { instantText } from "../../kernel/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";
import { type Read, type ReadContext, read } from "./act.ts";
import { stepStatus } from "./lot.ts";
import { countLots, type LotFilter, normalised } from "./search.ts";
import { phaseOf, sideOf } from "./standing.ts";
import { stepWords } from "./step-words.ts";
import { type LotRow, listLots } from "./views.ts";

const words = Type.Object({ zh: Type.String(), en: Type.String() });
const party = Type.Union([Type.Object({ id: Type.String(), name: Type.String() }), Type.Null()]);

const lotSummary = Type.Object({
  lotId: Type.String(),
  title: Type.String(),
  state: Type.String(),
  dealCode: Type.String(),
  sector: Type.String(),
  regionCode: Type.String(),
  estimateFen: Type.String(),
  currency: Type.Literal("CNY"),
  lastStep: Type.Union([Type.String(), Type.Null()]),
  lastStepWords: Type.Union([Type.String(), Type.Null()]),
  round: Type.Integer(),
});

const lotRow = Type.Object({
  ...lotSummary.properties,
  stage: Type.String(),
  isPublic: Type.Boolean(),
  bidDeadlineAt: Type.Union([Type.String(), Type.Null()]),
});
const counted = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }));

export const lotsRead = read({
  path: "/lots",
  title: "标段列表",
  group: "next-steps",
  response: Type.Object({ total: Type.Integer(), choices: Type.Record(Type.String(), counted), items: Type.Array(lotRow) }),
  async load(context) {
    const filter = await filterOf(context.tx, context);
    const rows = await listLots(context.tx, filter);
    const counts = await countLots(context.tx, filter);
    return {
      ...counts,
      items: rows.map((row) => ({
        ...row,
        currency: "CNY" as const,
        lastStepWords: row.lastStep && stepWords(row.lastStep),
        bidDeadlineAt: row.bidDeadlineMs === null ? null : instantText(row.bidDeadlineMs),
      })),
    };
  },
});

const whole = (text: string | undefined): number | undefined => (text && /^\d{1,9}$/.test(text) ? Number(text) : undefined);
const fen = (text: string | undefined): bigint | undefined => (text && /^\d{1,17}$/.test(text) ? BigInt(text) : undefined);
const hourMs = 3_600_000;

/** Who asks, and what the address says. */
export type Asked = Pick<ReadContext, "actor" | "query" | "now">;

/** Lots as the list gives them, for feeds. */
export async function findLots(tx: Transaction, asked: Asked): Promise<LotRow[]> {
  return listLots(tx, await filterOf(tx, asked));
}

/** A filter that cannot be read lets everything through: a list is shown, never a refusal. */
async function filterOf(tx: Transaction, { actor, query, now }: Asked): Promise<LotFilter> {
  const hours = whole(query.dueWithinHours);
  const text = normalised((query.text ?? "").trim());
  return {
    // From two characters on: nearly every name holds some one character.
    parties: text.length > 1 ? await organisationsNamed(tx, text) : [],
    organisationId: actor?.organisationId,
    publicOnly: !actor || !["buyer", "agent", "centre", "supervisor", "archivist", "drawOperator"].includes(actor.role),
    published: query.published === "true",
    state: query.state,
    text: query.text,
    stage: query.stage,
    region: query.region,
    sector: query.sector,
    fromFen: fen(query.fromFen),
    toFen: fen(query.toFen),
    ...(hours === undefined ? {} : { dueAfter: now, dueBefore: now + hours * hourMs }),
    limit: Math.min(200, whole(query.limit) || 50),
    offset: Math.min(100_000, whole(query.offset) ?? 0),
  };
}

export const lotRead = read({
  path: "/lots/:lotId",
  title: "标段",
  group: "lot.public",
  response: Type.Object({
    ...lotSummary.properties,
    projectId: Type.String(),
    procedure: Type.Object({ id: Type.String(), name: words }),
    codes: Type.Record(Type.String(), Type.String()),
    buyer: party,
    agent: party,
    centre: party,
    supervisor: party,
    phase: Type.String(),
    side: Type.String(),
    lawDate: Type.Union([Type.String(), Type.Null()]),
    run: Type.Integer(),
    steps: Type.Array(
      Type.Object({
        step: Type.String(),
        words: Type.String(),
        sort: Type.String(),
        status: Type.String(),
        outcome: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
    milestones: Type.Array(
      Type.Object({
        name: Type.String(),
        at: Type.String(),
        originalAt: Type.String(),
        version: Type.Integer(),
        reachedAt: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
    holds: Type.Array(Type.Object({ id: Type.String(), cause: Type.String(), since: Type.String(), blocks: Type.Array(Type.String()) })),
    opens: Type.Array(Type.String()),
    liveId: Type.String(),
  }),
  async load(context) {
    const { lot, procedure, tx, actor } = context;
    const named = async (id: string | null) => {
      const organisation = id ? await findOrganisation(tx, id) : undefined;
      return organisation ? { id: organisation.id, name: organisation.name } : null;
    };
    return {
      ...summaryOf(context),
      projectId: lot.projectId,
      procedure: { id: procedure.id, name: procedure.name },
      codes: { ...lot.codes },
      buyer: await named(lot.parties.buyer),
      agent: await named(lot.parties.agent),
      centre: await named(lot.parties.centre),
      supervisor: await named(lot.parties.supervisor),
      phase: phaseOf(lot),
      side: sideOf(actor, lot),
      lawDate: lot.lawDate,
      run: lot.run,
      steps: stepsOf(context),
      milestones: milestonesOf(context),
      holds: [...lot.holds.values()].map((hold) => ({
        id: hold.id,
        cause: hold.cause,
        since: instantText(hold.heldAt),
        blocks: [...hold.blocks],
      })),
      opens: [...context.opens()],
      liveId: context.liveId,
    };
  },
});

function summaryOf({ lot }: ReadContext) {
  const steps = [...lot.done.keys()];
  const lastStep = steps[steps.length - 1] ?? null;
  return {
    lotId: lot.id,
    title: lot.title,
    state: lot.state,
    dealCode: lot.codes.unifiedDealCode ?? "",
    sector: lot.sector,
    regionCode: lot.regionCode,
    estimateFen: lot.estimateFen,
    currency: "CNY" as const,
    lastStep,
    lastStepWords: lastStep && stepWords(lastStep),
    round: lot.round,
  };
}

function stepsOf({ lot, procedure }: ReadContext) {
  return procedure.steps(Math.max(1, lot.pass)).map((step) => ({
    step: step.name,
    words: stepWords(step.name),
    sort: step.sort,
    status: stepStatus(lot, procedure, step.name),
    outcome: lot.done.get(step.name)?.outcome ?? null,
  }));
}

function milestonesOf({ lot }: ReadContext) {
  return [...lot.milestones.values()].map((milestone) => ({
    name: milestone.name,
    at: instantText(milestone.at),
    originalAt: instantText(milestone.originalAt),
    version: milestone.version,
    reachedAt: milestone.reachedAt === null ? null : instantText(milestone.reachedAt),
  }));
}

export const transactionReads: readonly Read[] = [lotsRead, lotRead];
