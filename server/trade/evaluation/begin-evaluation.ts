/**
 * `evl.begin`: the chair opens the work. Terms, bids, drawn values and the method are taken into the record
 * once, so that the whole evaluation can be computed again from its own stream.
 */
import { digestOf, type Json } from "../../../formats/jcs.ts";
import { type Refusal, refuse } from "../../kernel/index.ts";
import { type Act, type ActContext, act, closed, completeStep, stepStatus, streamOf } from "../transaction/index.ts";
import type { EvaluationPorts, JudgingTerms, OpenedBid } from "./before.ts";
import { evaluationOf, type JudgedBid } from "./evaluation.ts";
import { mechanismOf } from "./mechanism.ts";
import { notNow, seatOf } from "./room.ts";
import { scrutinise } from "./scrutiny.ts";

export function beginEvaluation(ports: EvaluationPorts): Act {
  return act({
    name: "evl.begin",
    title: { zh: "开始评标", en: "Begin the evaluation" },
    who: ["expert", "buyer"],
    about: "lot",
    lock: "exclusive",
    step: "evaluation.examine",
    rules: ["CON-058"],
    data: closed({}),
    async decide(context) {
      const seated = await seatOf(context, ports, true);
      if ("refused" in seated) return seated;
      const standing = await evaluationOf(context.tx, context.lot);
      if (standing && standing.run === context.lot.run) return notNow(standing);
      const document = await ports.documentOf(context.tx, context.lot.id);
      if (!document) throw new Error(`lot ${context.lot.id} has no document to evaluate by`);
      const mechanism = mechanismOf(context.procedure, document.method.name);
      const draws = await ports.drawnValues(context.tx, context.lot.id);
      const refusal = missingDraw(mechanism.draws(document.method.tree), draws);
      if (refusal) return refusal;
      const bids = judgedBids(await ports.openedBids(context.tx, context.lot.id));
      return begin(context, { terms: termsOf(document), bids, draws, tables: mechanism.factTables(document.method.tree) });
    },
  });
}

interface Beginning {
  terms: JudgingTerms;
  bids: JudgedBid[];
  draws: Readonly<Record<string, string>>;
  tables: Parameters<typeof scrutinise>[2];
}

async function begin(context: ActContext, { terms, bids, draws, tables }: Beginning) {
  const stream = streamOf("evl", context.lot.id, context.lot.run);
  const inputs = { run: context.lot.run, terms, bids, draws } as unknown as Record<string, Json>;
  await context.append(stream, "evl.begun", { ...inputs, inputsDigest: digestOf(inputs) });
  const facts = scrutinise(bids, terms, tables);
  await context.append(stream, "evl.scrutinised", { facts: facts as unknown as Json });
  // Scrutiny is a prepared step that a pack may leave out; its facts are recorded all the same.
  if (["open", "waiting"].includes(stepStatus(context.lot, context.procedure, "evaluation.scrutinise"))) {
    await completeStep(context, "evaluation.scrutinise", "scrutinised", stream);
  }
  return { evaluation: stream, bids: bids.length, facts };
}

function missingDraw(items: readonly { id: string; label: string }[], draws: Readonly<Record<string, string>>): Refusal | undefined {
  const missing = items.filter(({ id }) => draws[id] === undefined);
  if (missing.length === 0) return undefined;
  return refuse("evaluation.draw-missing", {
    message: `招标文件规定的系数尚未公开抽取：${missing.map(({ label }) => label).join("、")}。`,
    messageEn: "A coefficient that the document declares has not been drawn yet.",
    data: { draws: missing.map(({ id }) => id) },
    whatToDo: "请先完成系数抽取并公布结果。",
  });
}

/** Bids in the order of their digest, as the opening listed them: only opened ones. */
function judgedBids(opened: readonly OpenedBid[]): JudgedBid[] {
  return opened
    .filter(({ status }) => status === "opened")
    .map(({ bidDigest, partyId, organisation, name, handedIn, form }) => ({
      bidDigest,
      partyId,
      organisation,
      name,
      handedIn,
      figures: form && { ...form, facts: { ...form.facts } },
    }));
}

/** Only what decides; the document itself stays where it is. */
function termsOf(document: JudgingTerms): JudgingTerms {
  const {
    version,
    sha256,
    ceilingFen,
    floorFen,
    bidValidityDays,
    publicityDays,
    durationDays,
    quality,
    performanceSecurityPercent,
    method,
  } = document;
  const { name, title, tree, tieBreak, rejectionGrounds } = method;
  return {
    version,
    sha256,
    ceilingFen,
    floorFen,
    bidValidityDays,
    publicityDays,
    durationDays,
    quality,
    performanceSecurityPercent,
    method: { name, title, tree, tieBreak, rejectionGrounds },
  };
}
