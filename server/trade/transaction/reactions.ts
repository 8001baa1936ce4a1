/** Reactions: a later stage's answer to an earlier event, issued once under the system actor with the event's position as command id. */

import type { PlacedEvent } from "../../record/index.ts";
import { type Pool, transaction } from "../../runtime/database/index.ts";
import type { Reaction } from "./act.ts";
import type { House } from "./house.ts";
import { performAsSystem } from "./perform-as-system.ts";

/** Runs every reaction to one placed event. It may be called again with the same event: nothing happens twice. */
export async function reactTo(house: House, reactions: readonly Reaction[], event: PlacedEvent): Promise<void> {
  for (const reaction of reactions) {
    if (!reaction.on.includes(event.type)) continue;
    const lotId = await transaction(house.pool as Pool, (tx) => reaction.lotOf(event, tx));
    if (lotId === undefined) continue;
    const commandId = `reaction:${reaction.name}:${event.position}`;
    await performAsSystem(house, { lotId, commandId, now: Math.max(event.loggedAtMs, Date.parse(event.at)) }, (context) =>
      reaction.react(context, event),
    );
  }
}
