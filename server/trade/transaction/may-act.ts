/** The refusals that every act shares: not your role, held, step not open. One place, in this order. */
import { type Actor, type Role, roleWords } from "../../identity/index.ts";
import { instantText, type Refusal, refuse } from "../../kernel/index.ts";
import type { Act, DecidingLot } from "./act.ts";
import { blockingHold, stepStatus, stepsAwaited } from "./lot.ts";
import { hasStanding } from "./standing.ts";
import { stepWords } from "./step-words.ts";

export function refusalBefore(definition: Act, actor: Actor, context: DecidingLot | undefined): Refusal | undefined {
  if (!definition.who.includes(actor.role) || (context && !hasStanding(actor, context.lot))) return notYourRole(definition.who);
  return context && definition.step ? refusalOfStep(context, definition.step) : undefined;
}

/** Held or not open. An act without `step` asks this itself when another refusal has to come first. */
export function refusalOfStep(context: DecidingLot, step: string): Refusal | undefined {
  return heldRefusal(context, step) ?? stepRefusal(context, step);
}

function notYourRole(who: readonly Role[]): Refusal {
  return refuse("act.not-your-role", {
    message: `这个行为只能由${who.map((role) => roleWords[role].zh).join("、")}在其负责的标段中作出。`,
    messageEn: `Only ${who.map((role) => roleWords[role].en).join(", ")} of this lot may do this.`,
    data: { who: [...who] },
    whatToDo: "请切换到有权的身份。",
  });
}

function heldRefusal({ lot }: DecidingLot, step: string): Refusal | undefined {
  const hold = blockingHold(lot, step);
  if (!hold) return undefined;
  return refuse("act.on-hold", {
    message: `该环节已暂停：${hold.cause}。`,
    messageEn: `This step is on hold: ${hold.cause}.`,
    data: { hold: hold.id, cause: hold.cause, since: instantText(hold.heldAt), step },
    whatToDo: "待暂停解除后再办理。",
  });
}

function stepRefusal({ lot, procedure }: DecidingLot, step: string): Refusal | undefined {
  if (lot.state === "planned" && step === procedure.steps(1)[0]?.name) return undefined;
  const status = stepStatus(lot, procedure, step);
  if (status === "open" && ["planned", "running"].includes(lot.state)) return undefined;
  const awaited = stepsAwaited(lot, procedure, step);
  return refuse("act.step-not-open", {
    message:
      status === "done"
        ? `“${stepWords(step)}”已经完成。`
        : `现在还不能办理“${stepWords(step)}”${awaited.length > 0 ? `，需先完成：${awaited.map(stepWords).join("、")}` : ""}。`,
    messageEn:
      status === "done"
        ? `${step} is done already.`
        : `${step} is not open now${awaited.length > 0 ? `; first: ${awaited.join(", ")}` : ""}.`,
    data: { step, status, awaited: [...awaited], state: lot.state },
    whatToDo: awaited.length > 0 ? "请等待前面的环节完成。" : "请查看标段的当前环节。",
  });
}
