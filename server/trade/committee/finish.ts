/** The report is signed: the members' work is done. Called by the evaluation, in its own decision. */
import type { DecidingLot } from "../transaction/index.ts";
import { getCommittee } from "./summon.ts";

/** Does nothing unless the committee is seated. */
export async function finishCommittee(context: DecidingLot): Promise<void> {
  const committee = await getCommittee(context);
  if (committee.state !== "seated") return;
  const seats = committee.seats.filter(({ state }) => state === "present").map(({ no }) => no);
  await context.append(committee.stream, "cmt.finished", { lotId: context.lot.id, seats });
}
