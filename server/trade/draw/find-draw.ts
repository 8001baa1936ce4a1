/** What every act on a draw asks first: is there such a draw in this lot, and is this a move of its state? */
import { Type } from "@sinclair/typebox";
import { next, type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, type DecidingLot, unknownObject } from "../transaction/index.ts";
import { drawStates } from "./draw.states.ts";
import { type Draw, type DrawCommand, drawOf } from "./draw.ts";

export const drawIdShape = Type.String({ title: "抽取编号", pattern: "^drw_[0-9A-HJKMNP-TV-Z]{26}$" });
export const hexShape = (title: string, bytes: number) => Type.String({ title, pattern: `^[0-9a-f]{${2 * bytes}}$` });

/** The draw, or the refusal that ends the act. */
export async function findDrawFor(context: DecidingLot, drawId: string, command: DrawCommand): Promise<Draw | Refusal> {
  const draw = await drawOf(context.tx, drawId);
  if (!draw || draw.lotId !== context.lot.id) return unknownObject(drawId);
  return next(drawStates, draw.state, command) === undefined ? notNow(draw) : draw;
}

export function notNow({ id, state }: Pick<Draw, "id" | "state">): Refusal {
  return refuse("act.not-possible-now", {
    message: "抽取现在的状态下不能办理此事。",
    messageEn: `A draw that is ${state} does not allow this.`,
    data: { drawId: id, state },
    whatToDo: "请查看抽取大厅中的当前环节。",
  });
}

/** The actor's place among the contributors, or a refusal. */
export function placeOfContributor(draw: Draw, { actor }: ActContext): number | Refusal {
  const i = draw.contributors.findIndex(({ personId }) => personId === actor.personId);
  if (i >= 0) return i;
  return refuse("draw.not-a-contributor", {
    ruleId: "CON-099",
    law: "draw-v1 §2",
    message: "您不是本次抽取方案中的随机数贡献方。",
    messageEn: "You are not one of the contributors of this plan.",
    data: { drawId: draw.id },
  });
}
