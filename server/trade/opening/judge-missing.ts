/**
 * opn.judgeMissing: why a key is missing. Centre and buyer judge together; a cause other than the bidder
 * needs the supervision authority's word as well (seal-v1 §7 no. 2, CON-046).
 */
import { Type } from "@sinclair/typebox";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { act } from "../transaction/index.ts";
import { freezeKeysWhenJudged } from "./freeze-keys.ts";
import { openingFor, openingStream } from "./opening-stream.ts";
import type { OpeningPorts } from "./ports.ts";
import { sayTogether } from "./say-together.ts";

export const judgeMissing = (ports: OpeningPorts) =>
  act({
    name: "opn.judgeMissing",
    title: { zh: "认定未解密原因", en: "Judge why a key is missing" },
    who: ["centre", "buyer", "agent", "supervisor"],
    about: "lot",
    lock: "exclusive",
    step: "opening.open",
    rules: ["CON-046"],
    data: Type.Object(
      {
        bidDigest: Type.String({ pattern: "^[0-9a-f]{64}$", title: "投标文件摘要" }),
        cause: Type.Union([Type.Literal("bidder"), Type.Literal("platform"), Type.Literal("other")], { title: "原因：投标人、平台或其他" }),
      },
      { additionalProperties: false },
    ),
    async decide(context, { bidDigest, cause }) {
      const opening = await openingFor(context, "judgeMissing");
      if (isRefusal(opening)) return opening;
      const bid = opening.bids.get(bidDigest);
      if (!bid || bid.key !== null || bid.judged !== null) return nothingToJudge(bidDigest);
      const needed = cause === "bidder" ? (["centre", "buyer"] as const) : (["centre", "buyer", "supervisor"] as const);
      return sayTogether(context, opening, {
        wish: { command: "judgeMissing", bidDigest, cause },
        needed,
        async done() {
          await context.append(openingStream(context.lot.id), "opn.missingJudged", { bidDigest, cause });
          await freezeKeysWhenJudged(context, ports);
        },
      });
    },
  });

function nothingToJudge(bidDigest: string): Refusal {
  return refuse("opening.nothing-to-judge", {
    message: "这份投标文件的密钥没有缺失，或已经认定。",
    messageEn: "This bid's key is not missing, or has been judged.",
    data: { bidDigest },
  });
}
