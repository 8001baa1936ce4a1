/**
 * opn.readOut (唱标): the host publishes name, price and the other figures of all opened bids at once
 * (招标投标法 第三十六条, CON-047), and the reasons why others were not opened. Then bidders confirm or
 * object on the spot.
 */
import { Type } from "@sinclair/typebox";
import { isRefusal, keeps } from "../../kernel/index.ts";
import { act, setMilestone } from "../transaction/index.ts";
import type { BidForm } from "./bid-form.ts";
import { type BidAtOpening, byDigest } from "./opening.ts";
import { openingFor, openingStream } from "./opening-stream.ts";

/** Practice of centres, not a limit of law: how long silence is waited for before the opening may be closed. */
const confirmMinutes = 15;
const minuteMs = 60_000;

keeps({
  ruleId: "CON-047",
  at: "server/trade/opening/read-out.ts",
  how: "All figures are read out by one act after all bids were opened; the public opening record is made from the same stream.",
  test: "server/trade/opening/opening.test.ts",
});

/** One line of the read-out. */
export interface ReadOutLine {
  bidDigest: string;
  name: string;
  status: string;
  code: string | null;
  priceFen: string | null;
  durationDays: number | null;
  quality: string | null;
  projectManager: string | null;
  depositForm: string | null;
  formFault: string | null;
}

export const readOut = act({
  name: "opn.readOut",
  title: { zh: "唱标", en: "Read the bids out" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "opening.open",
  rules: ["CON-047"],
  data: Type.Object({}, { additionalProperties: false }),
  async decide(context) {
    const opening = await openingFor(context, "readOut");
    if (isRefusal(opening)) return opening;
    const lines = [...opening.bids.values()].sort(byDigest).map(lineOf);
    await context.append(openingStream(context.lot.id), "opn.readOut", { figures: lines as never });
    await setMilestone(context, "confirmEnd", context.now + confirmMinutes * minuteMs, "practice: silence is waited for");
    return { bids: lines.length };
  },
});

export function lineOf({ bidDigest, name, status, code, form, formFault }: BidAtOpening): ReadOutLine {
  return { bidDigest, name, status: status ?? "unopened", code, formFault, ...figuresOf(form) };
}

function figuresOf(form: BidForm | null) {
  return {
    priceFen: form?.priceFen ?? null,
    durationDays: form?.durationDays ?? null,
    quality: form?.quality ?? null,
    projectManager: form?.projectManager.name ?? null,
    depositForm: form?.depositForm ?? null,
  };
}
