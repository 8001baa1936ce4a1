/** Which events may be shown live, and in which words. Sealed acts have streams of their own and never come here. */
import type { PlacedEvent } from "../record/index.ts";
import type { LiveHub } from "../runtime/live/hub.ts";
import { lotOfStream, type Stage } from "../trade/transaction/index.ts";

export function publishLive(hub: LiveHub, stages: readonly Stage[], events: readonly PlacedEvent[]): void {
  for (const event of events) {
    for (const stage of stages) {
      const words = stage.live?.[event.type]?.(event);
      if (words) hub.publish(event.data.lotId ?? lotOfStream(event.stream), { type: event.type, at: event.at, words });
    }
  }
}
