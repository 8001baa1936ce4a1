/** Objections to answer and complaints to decide, the earliest limit first. */
import { instantText } from "../../kernel/index.ts";
import { effectiveAt, hasStanding, type NextStep, type ReadContext } from "../transaction/index.ts";
import { type Remedy, remediesOf } from "./remedy.ts";

export async function remedySteps({ tx, lot, actor }: ReadContext): Promise<NextStep[]> {
  if (!actor || !["buyer", "agent", "supervisor"].includes(actor.role) || !hasStanding(actor, lot)) return [];
  const mine = actor.role === "supervisor" ? "complaint" : "objection";
  const open = [...(await remediesOf(tx, lot.id)).values()].filter(
    ({ path, state }) => path === mine && (state === "raised" || state === "accepted"),
  );
  const due = (name: string) => {
    const at = effectiveAt(lot, name);
    return at === undefined ? null : instantText(at);
  };
  return open.map((remedy) => (mine === "objection" ? answerStep(remedy, due) : complaintStep(remedy, due)));
}

type Due = (name: string) => string | null;

function answerStep({ id }: Remedy, due: Due): NextStep {
  return {
    act: "rem.answer",
    title: { zh: "答复异议", en: "Answer the objection" },
    dueAt: due(`objectionAnswerDue:${id}`),
    rules: ["CON-020"],
    fill: { remedy: id, upheld: false, effect: "none" },
  };
}

function complaintStep({ id, state }: Remedy, due: Due): NextStep {
  if (state === "raised")
    return {
      act: "rem.accept",
      title: { zh: "决定是否受理投诉", en: "Decide on admission" },
      dueAt: due(`complaintAnswerDue:${id}`),
      rules: ["CON-070"],
      fill: { remedy: id, suspend: false },
    };
  return {
    act: "rem.decide",
    title: { zh: "作出投诉处理决定", en: "Decide the complaint" },
    dueAt: due(`complaintDecisionDue:${id}`),
    rules: ["CON-071"],
    fill: { remedy: id, otherCommittee: false },
  };
}
