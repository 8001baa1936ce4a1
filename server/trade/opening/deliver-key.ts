/**
 * bid.deliverKey: a bidder hands in Kb of its own bid, after the freeze and before the window ends
 * (seal-v1 §7, phase 1). With it alone nothing can be read: the members' shares come only after all keys
 * are frozen, so nobody can look at a price and then choose not to decrypt.
 */
import { Type } from "@sinclair/typebox";
import { checkKeyRelease } from "../../../formats/seal/index.ts";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, act, effectiveAt, isReached, judge, refusalOfStep } from "../transaction/index.ts";
import { bidOf } from "./attend.ts";
import type { BidAtOpening } from "./opening.ts";
import { openingFor, openingOf, openingStream } from "./opening-stream.ts";
import { earlyKey } from "./rules/early-key.ts";
import { lateKey } from "./rules/late-key.ts";

const hex32 = (title: string) => Type.String({ pattern: "^[0-9a-f]{64}$", title });

export const deliverKey = act({
  name: "bid.deliverKey",
  title: { zh: "解密投标文件", en: "Decrypt the bid" },
  who: ["bidder"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-037", "CON-045", "CON-046"],
  data: Type.Object(
    {
      bidDigest: hex32("投标文件摘要"),
      kb: hex32("解密密钥"),
      via: Type.Union([Type.Literal("bidder"), Type.Literal("recoveryCode")], { title: "密钥来源" }),
    },
    { additionalProperties: false },
  ),
  async decide(context, { bidDigest, kb, via }) {
    const refusal = (await refusalOfTime(context)) ?? refusalOfStep(context, "opening.open");
    if (refusal) return refusal;
    const opening = await openingFor(context, "deliverKey");
    if (isRefusal(opening)) return opening;
    const bid = bidOf(opening, context);
    if (isRefusal(bid)) return bid;
    if (bid.bidDigest !== bidDigest || checkKeyRelease(bid.header, kb)) return wrongKey(bid);
    if (bid.key === null) await context.append(openingStream(context.lot.id), "bid.keyDelivered", { bidDigest, kb, via, name: bid.name });
    return { bidDigest };
  },
});

async function refusalOfTime(context: ActContext): Promise<Refusal | undefined> {
  const { tx, lot, now } = context;
  const opening = await openingOf(tx, lot.id);
  const frozen = judge(context, [earlyKey], { frozen: opening?.freeze != null }).refusal;
  const end = effectiveAt(lot, "decryptionEnd");
  if (frozen || end === undefined || opening?.state === "paused") return frozen;
  return judge(context, [lateKey], { arrivedAt: now, end, reached: isReached(lot, "decryptionEnd") }).refusal;
}

function wrongKey({ bidDigest }: BidAtOpening): Refusal {
  return refuse("opening.key-wrong", {
    law: "电子招标投标办法",
    article: "第三十条",
    message: "这个密钥不能解开贵单位的投标文件。",
    messageEn: "This key does not belong to your bid.",
    data: { bidDigest, code: "E_KB" },
    whatToDo: "请换用密封时的证书，或输入打印的恢复码。",
  });
}
