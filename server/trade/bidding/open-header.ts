/**
 * Asks the keeper for the header secret of a lot, on the platform's signed word that the deadline is
 * recorded. `position` is the version of the lot's own stream that says so: the place in the whole record
 * is known only after the commit, and the opening begins in the same transaction as the deadline.
 */
import { instantText } from "../../kernel/index.ts";
import type { DecidingLot } from "../transaction/index.ts";
import { deadlineMessage } from "./key-keeper/keeper.ts";

/** @throws when the deadline of the lot is not reached. */
export async function openHeader({ lot, platform }: DecidingLot): Promise<Uint8Array> {
  const deadline = lot.milestones.get("bidDeadline");
  if (!deadline || deadline.reachedAt === null) throw new Error(`the deadline of ${lot.id} is not recorded`);
  const statement = { lotId: lot.id, deadline: instantText(deadline.at), position: lot.version };
  return platform.keeper.openLot({ ...statement, sig: platform.keys.sign(deadlineMessage(statement)) });
}
