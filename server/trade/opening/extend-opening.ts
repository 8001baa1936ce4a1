/**
 * opn.extend, opn.pause, opn.resume: centre and buyer together, for all bidders alike, shown to all. An
 * extension gives a new end to the one window that there is; a pause keeps the remaining time.
 */
import { Type } from "@sinclair/typebox";
import { instantText, isRefusal } from "../../kernel/index.ts";
import { act, effectiveAt, holdLot, releaseHold, setMilestone } from "../transaction/index.ts";
import { openingFor, openingStream } from "./opening-stream.ts";
import { sayTogether } from "./say-together.ts";

const minuteMs = 60_000;
const needed = ["centre", "buyer"] as const;
const who = ["centre", "buyer", "agent"] as const;
const cause = Type.String({ minLength: 4, maxLength: 500, title: "原因" });
const shared = { who, about: "lot", lock: "exclusive", rules: ["CON-045", "CON-046"] } as const;

export const extendOpening = act({
  ...shared,
  name: "opn.extend",
  title: { zh: "延长解密时限", en: "Extend the window for decryption" },
  data: Type.Object({ minutes: Type.Integer({ minimum: 1, maximum: 240, title: "延长分钟数" }), cause }, { additionalProperties: false }),
  async decide(context, data) {
    const opening = await openingFor(context, "extend");
    if (isRefusal(opening)) return opening;
    const wish = { command: "extend", minutes: data.minutes };
    return sayTogether(context, opening, {
      wish,
      needed,
      async done() {
        const end = Math.max(effectiveAt(context.lot, "decryptionEnd") ?? context.now, context.now) + data.minutes * minuteMs;
        await context.append(openingStream(context.lot.id), "opn.extended", { ...data, all: true, end: instantText(end) });
        await setMilestone(context, "decryptionEnd", end, data.cause);
      },
    });
  },
});

export const pauseOpening = act({
  ...shared,
  name: "opn.pause",
  title: { zh: "暂停开标", en: "Pause the opening" },
  data: Type.Object({ cause }, { additionalProperties: false }),
  async decide(context, data) {
    const opening = await openingFor(context, "pause");
    if (isRefusal(opening)) return opening;
    return sayTogether(context, opening, {
      wish: { command: "pause" },
      needed,
      async done() {
        const wish = {
          cause: data.cause,
          ref: openingStream(context.lot.id),
          blocks: ["opening.open"],
          freezes: [{ milestone: "decryptionEnd", mode: "pause" as const }],
        };
        const hold = await holdLot(context, wish);
        await context.append(openingStream(context.lot.id), "opn.paused", { ...data, hold });
      },
    });
  },
});

export const resumeOpening = act({
  ...shared,
  name: "opn.resume",
  title: { zh: "恢复开标", en: "Resume the opening" },
  data: Type.Object({}, { additionalProperties: false }),
  async decide(context) {
    const opening = await openingFor(context, "resume");
    if (isRefusal(opening)) return opening;
    return sayTogether(context, opening, {
      wish: { command: "resume" },
      needed,
      async done() {
        await context.append(openingStream(context.lot.id), "opn.resumed", { hold: opening.hold });
        if (opening.hold) await releaseHold(context, opening.hold, 0);
      },
    });
  },
});
