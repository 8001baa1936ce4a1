/** `rem.decide`: the supervisor's written decision, and its effects in the same append (实施条例 第六十一条). */
import { Type } from "@sinclair/typebox";
import { parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, act, closed, judge, oneOf, streamOf, text } from "../transaction/index.ts";
import { caseFor } from "./answer-objection.ts";
import { annulTender, reevaluate } from "./effects.ts";
import { releaseHoldsOf } from "./raise-remedy.ts";
import { decisionIsInTime } from "./rules/answered-in-time.ts";

export const decideComplaint = act({
  name: "rem.decide",
  title: { zh: "作出投诉处理决定", en: "Decide a complaint" },
  who: ["supervisor"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-071"],
  data: closed({
    remedy: text("编号", 40),
    effect: oneOf(
      "处理决定（驳回、责令修改招标文件、责令重新评审、招标或者中标无效）",
      "dismissed",
      "amendDocument",
      "reevaluate",
      "annul",
    ),
    otherCommittee: Type.Boolean({ title: "另行组建评标委员会" }),
    text: text("事实、依据和决定", 8000),
  }),
  async decide(context, { remedy: id, effect, otherCommittee, text: words }) {
    const remedy = await caseFor(context, id, "decide");
    if ("refused" in remedy) return remedy;
    const wrong = wrongEffect(context, effect);
    if (wrong) return wrong;
    const { refusal, decisions } = judge(context, [decisionIsInTime], { from: parseInstant(remedy.acceptedAt as string), to: context.now });
    if (refusal) return refusal;
    const stream = streamOf("rem", context.lot.id);
    await context.append(stream, "rem.decided", { case: id, effect, otherCommittee, text: words, decisions });
    await releaseHoldsOf(context, id);
    if (effect === "reevaluate") await reevaluate(context, { cause: `投诉处理决定：${id}`, otherCommittee });
    if (effect === "annul") await annulTender(context, `投诉处理决定：${id}`);
    await context.append(stream, "rem.executed", { case: id, effect });
    return {};
  },
});

function wrongEffect({ lot }: ActContext, effect: string): Refusal | undefined {
  const opened = lot.done.has("opening.open");
  const signed = lot.done.has("contract.sign");
  const fits =
    effect === "dismissed" ||
    (lot.state === "running" &&
      (effect === "amendDocument" ? !opened : effect === "reevaluate" ? lot.done.has("evaluation.report") && !signed : !signed));
  if (fits) return undefined;
  return refuse("remedy.effect-does-not-fit", {
    message: "标段的当前环节不能执行该处理决定。",
    messageEn: "The lot is not in a step in which this can be carried out.",
    data: { effect, state: lot.state, opened, signed },
    whatToDo: "合同签订后的无效认定由有权机关依法处理。",
  });
}
