/**
 * At the end of registration, in its very instant: the sealed acts can be read, whoever registered and paid in full
 * qualifies and gets a number by chance (AST-016: 保证金截止前足额到账方可取得竞买资格). A number shows neither order nor time
 * of registration.
 */
import { keeps, randomBelow } from "../../kernel/index.ts";
import { closeWindow, completeStep, type DecidingLot, openSealedActs, type SealedAct } from "../transaction/index.ts";
import type { EntryPorts } from "./ports.ts";
import { standsRegistered } from "./register.ts";
import { entryStream } from "./registration.ts";

keeps({
  ruleId: "AST-016",
  at: "server/trade/entry/qualify.ts",
  how: "Only a party whose deposit was received in full by the end of registration is given a number.",
  test: "server/trade/entry/entry.test.ts",
});

export async function qualifyAll(context: DecidingLot, ports: EntryPorts): Promise<void> {
  if (!context.procedure.steps(context.lot.pass).some(({ name }) => name === "entry.qualify")) return;
  await closeWindow(context, "entry.register");
  const secret = await ports.openHeader(context);
  const registered = [...byOrganisation(await openSealedActs(context, secret))].filter(([, acts]) => standsRegistered(acts));
  const deposits = await ports.depositsOf(context, secret);
  const paid = registered.filter(([organisation]) => deposits.get(organisation)?.inTime === true);
  const numbers = shuffled(context, paid.length);
  for (const [organisation, acts] of registered) {
    const entrant = { lotId: context.lot.id, organisation, partyId: acts[0]?.payload.partyId ?? "" };
    const place = paid.findIndex(([payer]) => payer === organisation);
    if (place < 0) await context.append(entryStream(context.lot), "ent.disqualified", { ...entrant, grounds: ["deposit.not-full"] });
    else await context.append(entryStream(context.lot), "ent.qualified", { ...entrant, number: numbers[place] as number });
  }
  const outcome = paid.length === 0 ? "none" : paid.length === 1 ? "one" : "enough";
  await completeStep(context, "entry.qualify", outcome, entryStream(context.lot));
}

function byOrganisation(acts: readonly SealedAct[]): Map<string, SealedAct[]> {
  const parties = new Map<string, SealedAct[]>();
  for (const sealed of acts) parties.set(sealed.payload.organisation, [...(parties.get(sealed.payload.organisation) ?? []), sealed]);
  return parties;
}

/** 1 … count in an order of chance. */
function shuffled({ random }: DecidingLot, count: number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  for (let last = count - 1; last > 0; last--) {
    const other = randomBelow(random, last + 1);
    [numbers[last], numbers[other]] = [numbers[other] as number, numbers[last] as number];
  }
  return numbers;
}
