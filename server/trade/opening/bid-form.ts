/**
 * `bid-form.json`, the one file of a bid from which figures are read out (decisions §3). A missing or
 * unreadable form does not make a bid invalid here: the committee judges it.
 */
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { fromUtf8 } from "../../../formats/bytes.ts";

export const bidFormName = "bid-form.json";

/** Larger than any form; whatever is longer is not one. */
export const bidFormMaxBytes = 262_144;

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const BidForm = Type.Object(
  {
    v: Type.Literal(1),
    /** Whole fen. */
    priceFen: Type.String({ pattern: "^(0|[1-9][0-9]{0,17})$" }),
    currency: Type.Literal("CNY"),
    durationDays: Type.Integer({ minimum: 0, maximum: 36_500 }),
    quality: text(200),
    projectManager: Type.Object({ name: text(64), certificate: text(64) }, { additionalProperties: false }),
    validityDays: Type.Integer({ minimum: 0, maximum: 3650 }),
    depositForm: text(32),
    /** What the bidder declares for scoring; the criteria say which of it counts. */
    facts: Type.Record(
      Type.String({ maxLength: 64 }),
      Type.Union([Type.String({ maxLength: 500 }), Type.Integer(), Type.Boolean(), Type.Null()]),
    ),
  },
  { additionalProperties: false },
);
export type BidForm = Static<typeof BidForm>;

/** The form, or what is wrong with it in one sentence. */
export function readBidForm(bytes: Uint8Array | undefined): { form: BidForm; fault: null } | { form: null; fault: string } {
  if (!bytes) return { form: null, fault: `${bidFormName} 缺失` };
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    if (Value.Check(BidForm, value)) return { form: value, fault: null };
    const first = [...Value.Errors(BidForm, value)][0];
    return { form: null, fault: `${bidFormName} 不符合格式：${first?.path ?? ""}` };
  } catch {
    return { form: null, fault: `${bidFormName} 无法读取` };
  }
}
