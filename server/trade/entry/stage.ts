/** The entry as the house joins it. */
import type { Stage } from "../transaction/index.ts";
import { notifyHolder } from "./notify-holder.ts";
import type { EntryPorts } from "./ports.ts";
import { qualifyAll } from "./qualify.ts";
import { register, withdrawRegistration } from "./register.ts";

export function entryStage(ports: EntryPorts): Stage {
  return {
    name: "entry",
    acts: [register(ports), withdrawRegistration, notifyHolder],
    reads: [],
    views: [],
    onMilestone: { bidDeadline: (context) => qualifyAll(context, ports) },
  };
}
