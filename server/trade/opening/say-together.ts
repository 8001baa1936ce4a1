/** One person's word for something that two sides must will: recorded, and done when the last side says the same. */
import type { Actor } from "../../identity/index.ts";
import { type ActContext, sideOf } from "../transaction/index.ts";
import { type ConsentSide, sidesAwaited, type Wish } from "./consent.ts";
import type { Opening } from "./opening.ts";
import { openingStream } from "./opening-stream.ts";

export interface Together {
  wish: Wish;
  needed: readonly ConsentSide[];
  done(): Promise<void>;
}

/** An agent speaks for the buyer. @returns which sides are awaited; empty when it has happened. */
export async function sayTogether(
  context: ActContext,
  opening: Opening,
  { wish, needed, done }: Together,
): Promise<Record<string, unknown>> {
  const side = consentSide(context.actor, context);
  const awaited = sidesAwaited(opening.consents, wish, { side, needed });
  await context.append(openingStream(context.lot.id), "opn.consented", { wish, side, needed: [...needed] });
  if (awaited.length === 0) await done();
  return { awaited, done: awaited.length === 0 };
}

function consentSide(actor: Actor, { lot }: ActContext): ConsentSide {
  const side = sideOf(actor, lot);
  if (side === "agent") return "buyer";
  if (side === "buyer" || side === "centre" || side === "supervisor") return side;
  throw new Error(`${side} has no word in this`);
}
