/** `sht.save`, `sht.submit`, `sht.reopen`, `evl.askTime`: each member scores by itself, on the declared scale, and may ask for time. */
import { Type } from "@sinclair/typebox";
import { next, type Refusal, refuse } from "../../kernel/index.ts";
import { type Act, type ActContext, act, closed, count, digest, judge, text } from "../transaction/index.ts";
import type { EvaluationPorts } from "./before.ts";
import { sheetStates } from "./evaluation.states.ts";
import { type Evaluation, validBids } from "./evaluation.ts";
import { mechanismOf } from "./mechanism.ts";
import { enterRoom, hoursLater, note, unknownBid } from "./room.ts";
import { criteriaAreDeclared, scoresAreDeclared } from "./rules/criteria-are-declared.ts";
import { merged, type Scores, type Sheet, sheetOf } from "./sheet.ts";

const scoresShape = Type.Array(
  closed({
    bidDigest: digest("投标文件"),
    item: text("评审因素", 60),
    score: Type.String({ title: "评分", pattern: "^[0-9]{1,3}(?:\\.[0-9]{1,4})?$" }),
  }),
  { title: "评分", maxItems: 5000 },
);

const common = { who: ["expert", "buyer"], about: "lot", lock: "exclusive", step: "evaluation.score", rules: ["CON-058"] } as const;

export function saveSheet(ports: EvaluationPorts): Act {
  return act({
    ...common,
    name: "sht.save",
    title: { zh: "保存评分表", en: "Save the score sheet" },
    data: closed({ scores: scoresShape }),
    async decide(context, { scores }) {
      const opened = await openSheet(context, ports, "save");
      if ("refused" in opened) return opened;
      const added = tabled(scores);
      const refusal = refusalOf(context, opened.evaluation, added);
      if (refusal) return refusal;
      await context.append(opened.sheet.id, "sht.saved", { scores: added });
      return { sheet: opened.sheet.id };
    },
  });
}

export function submitSheet(ports: EvaluationPorts): Act {
  return act({
    ...common,
    name: "sht.submit",
    title: { zh: "提交评分表", en: "Submit the score sheet" },
    data: closed({ scores: scoresShape }),
    async decide(context, { scores }) {
      const opened = await openSheet(context, ports, "submit");
      if ("refused" in opened) return opened;
      const added = tabled(scores);
      const refusal =
        refusalOf(context, opened.evaluation, added) ?? incomplete(context, opened.evaluation, merged(opened.sheet.scores, added));
      if (refusal) return refusal;
      await context.append(opened.sheet.id, "sht.submitted", { scores: added });
      return { sheet: opened.sheet.id };
    },
  });
}

export function reopenSheet(ports: EvaluationPorts): Act {
  return act({
    ...common,
    name: "sht.reopen",
    title: { zh: "撤回评分表修改", en: "Take the sheet back to change it" },
    data: closed({ reason: text("修改原因", 500) }),
    async decide(context, { reason }) {
      const opened = await openSheet(context, ports, "reopen");
      if ("refused" in opened) return opened;
      await context.append(opened.sheet.id, "sht.reopened", { reason });
      return {};
    },
  });
}

/** 0 hours takes the wish back. More than a third extends the time by the longest wish. */
export function askTime(ports: EvaluationPorts): Act {
  return act({
    ...common,
    name: "evl.askTime",
    rules: ["CON-057"],
    title: { zh: "申请延长评标时间", en: "Ask for more time" },
    data: closed({ hours: count("延长（小时）", 0, 72) }),
    async decide(context, { hours }) {
      const room = await enterRoom(context, ports, { command: "askTime" });
      if ("refused" in room) return room;
      const { evaluation, seat } = room;
      const longest = Math.max(hours, ...[...evaluation.timeAsked].filter(([no]) => no !== seat.no).map(([, wish]) => wish));
      await note(context, evaluation, "evl.timeAsked", { seat: seat.no, hours, extendedUntil: hoursLater(context.now, longest) });
      return {};
    },
  });
}

/** The member's own sheet; the first use opens it. */
async function openSheet(
  context: ActContext,
  ports: EvaluationPorts,
  command: "save" | "submit" | "reopen",
): Promise<{ evaluation: Evaluation; sheet: Sheet } | Refusal> {
  const room = await enterRoom(context, ports, { command: "score" });
  if ("refused" in room) return room;
  const { evaluation, seat } = room;
  const known = evaluation.sheets.get(seat.no);
  const sheet: Sheet = (await sheetOf(context.tx, known)) ?? { id: known ?? context.newSealedId("sht"), state: "open", scores: {} };
  if (next(sheetStates, sheet.state, command) === undefined) {
    return refuse("evaluation.sheet-submitted", {
      message: "评分表现在不能这样修改。",
      messageEn: "The sheet cannot be changed like this now.",
      data: { state: sheet.state },
      whatToDo: "已提交的评分表在汇总之前可以撤回修改。",
    });
  }
  if (known === undefined) await note(context, evaluation, "evl.sheetOpened", { seat: seat.no, sheet: sheet.id });
  return { evaluation, sheet };
}

function tabled(scores: readonly { bidDigest: string; item: string; score: string }[]): Scores {
  return scores.reduce<Scores>((all, { bidDigest, item, score }) => merged(all, { [bidDigest]: { [item]: score } }), {});
}

function refusalOf(context: ActContext, { bids, rejected, terms }: Evaluation, scores: Scores): Refusal | undefined {
  const foreign = Object.keys(scores).filter((bid) => !validBids({ bids, rejected }).some(({ bidDigest }) => bidDigest === bid));
  if (foreign.length > 0) return unknownBid(foreign);
  const mechanism = mechanismOf(context.procedure, terms.method.name);
  const faults = Object.values(scores).flatMap((items) => mechanism.sheetFaults(terms.method.tree, items));
  const facts = {
    declared: mechanism.sheetItems(terms.method.tree).map(({ id }) => id),
    used: Object.values(scores).flatMap((items) => Object.keys(items)),
    offScale: faults.filter(({ fault }) => !["missing", "unknown"].includes(fault)).map(({ item, fault }) => `${item}: ${fault}`),
  };
  return judge(context, [criteriaAreDeclared, scoresAreDeclared], facts).refusal;
}

function incomplete(context: ActContext, evaluation: Evaluation, scores: Scores): Refusal | undefined {
  const { method } = evaluation.terms;
  const mechanism = mechanismOf(context.procedure, method.name);
  const missing = validBids(evaluation).flatMap(({ bidDigest, name }) =>
    mechanism.sheetFaults(method.tree, scores[bidDigest] ?? {}).map(({ item }) => `${name} ${item}`),
  );
  if (missing.length === 0) return undefined;
  return refuse("evaluation.sheet-incomplete", {
    law: "评标委员会和评标方法暂行规定",
    article: "第三十五条",
    message: `评分表尚有 ${missing.length} 项未评分。`,
    messageEn: "Some items of the sheet have no score.",
    data: { missing: missing.slice(0, 20) },
    whatToDo: "请补齐全部评审因素的评分后提交。",
  });
}
