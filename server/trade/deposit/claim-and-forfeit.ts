/**
 * `dep.claim`: before the opening only the firm knows its account, so it asks for its money itself, when
 * it withdrew or the lot ended. `dep.forfeit`: the buyer keeps a deposit for a cause of the law.
 * `gua.discharge`: the guarantor is free again.
 */
import { Type } from "@sinclair/typebox";
import { keeps, next, type Refusal, refuse } from "../../kernel/index.ts";
import {
  type ActContext,
  act,
  closed,
  isReached,
  judge,
  organisation,
  ownSealedActs,
  type SealedAct,
  streamOf,
  text,
  unknownObject,
} from "../transaction/index.ts";
import { depositStates, lotDepositsOf } from "./lot-deposits.ts";
import { dueDay, finishReleases, type ReleaseCause, refundAccount } from "./release.ts";
import { forfeitHasLawfulCause } from "./rules/forfeit.ts";

keeps({
  ruleId: "CON-080",
  at: "server/trade/deposit/claim-and-forfeit.ts",
  how: "A cancelled lot gives every deposit back with interest: by itself once accounts are joined to lots, on the firm's claim before that.",
  test: "server/trade/deposit/deposit.test.ts",
});

export const claimDeposit = act({
  name: "dep.claim",
  title: { zh: "申请退还投标保证金", en: "Claim the deposit back" },
  who: ["bidder"],
  about: "lot",
  lock: "shared",
  sealed: true,
  rules: ["CON-029", "CON-080"],
  data: Type.Object({}, { additionalProperties: false }),
  async decide(context) {
    const acts = await ownSealedActs(context);
    const account = acts.find(({ payload }) => payload.act === "dep.open")?.payload.fields.account as string | undefined;
    if (!account) return unknownObject(context.lot.id);
    const cause = claimCause(context, acts);
    if (typeof cause !== "string") return cause;
    const dueOn = dueDay(context, cause);
    // The account's stream must not say who asked.
    const count = await refundAccount({ ...context, append: context.appendOpaque }, account, { cause, dueOn });
    return { refunds: count, dueOn };
  },
});

function claimCause({ lot }: ActContext, acts: readonly SealedAct[]): ReleaseCause | Refusal {
  if (lot.state === "cancelled") return "cancelled";
  if (isReached(lot, "bidDeadline")) {
    return refuse("deposit.judged-at-opening", {
      law: "招标投标法实施条例",
      article: "第五十七条",
      message: "投标已经截止，投标保证金依法退还，不需要申请。",
      messageEn: "After the deadline deposits go back by law; no claim is needed.",
    });
  }
  const last = acts.filter(({ payload }) => payload.act === "bid.seal" || payload.act === "bid.withdraw").at(-1);
  if (last?.payload.act !== "bid.seal") return "withdrawn";
  return refuse("deposit.bid-stands", {
    law: "招标投标法实施条例",
    article: "第三十五条",
    message: "投标文件尚未撤回，投标保证金不能退还。",
    messageEn: "Your bid stands; withdraw it first.",
    whatToDo: "请先撤回投标文件。",
  });
}

export const forfeitDeposit = act({
  name: "dep.forfeit",
  title: { zh: "不予退还投标保证金", en: "Keep a deposit" },
  who: ["buyer"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-031"],
  data: closed({ organisation: organisation("投标人"), cause: text("情形", 40), basis: text("事实与依据", 1000) }),
  async decide(context, { organisation: party, cause, basis }) {
    const deposit = (await lotDepositsOf(context.tx, context.lot.id)).get(party);
    if (!deposit) return unknownObject(party);
    const { refusal, decisions } = judge(context, [forfeitHasLawfulCause], { cause });
    if (refusal) return refusal;
    if (next(depositStates, deposit.state, "forfeit") === undefined) {
      return refuse("act.not-possible-now", {
        message: "该投标保证金现在不能不予退还。",
        messageEn: "This deposit cannot be kept now.",
        data: { state: deposit.state },
      });
    }
    await context.append(streamOf("dep", context.lot.id), "dep.forfeited", {
      lotId: context.lot.id,
      organisation: party,
      cause,
      basis,
      paidFen: deposit.paidFen,
      decisions,
    });
    await finishReleases(context);
    return {};
  },
});

export const dischargeGuarantee = act({
  name: "gua.discharge",
  title: { zh: "解除投标保函", en: "Discharge a guarantee" },
  who: ["guarantor"],
  about: "lot",
  lock: "exclusive",
  data: closed({ guaranteeId: Type.String({ title: "保函", pattern: "^gua_[0-9A-HJKMNP-TV-Z]{26}$" }) }),
  async decide(context, { guaranteeId }) {
    const deposits = await lotDepositsOf(context.tx, context.lot.id);
    const deposit = [...deposits.values()].find(
      ({ guarantee }) => guarantee?.id === guaranteeId && guarantee.guarantor === context.actor.organisationId,
    );
    if (!deposit) return unknownObject(guaranteeId);
    if (deposit.state !== "releasing" || deposit.guarantee?.discharged) {
      return refuse("guarantee.not-releasable", {
        law: "招标投标法实施条例",
        article: "第五十七条",
        message: "尚未到退还投标保证金的时候，保函不能解除。",
        messageEn: "The guarantee may not be discharged yet.",
        data: { state: deposit.state },
      });
    }
    await context.append(streamOf("dep", context.lot.id), "gua.discharged", {
      lotId: context.lot.id,
      organisation: deposit.organisation,
      guaranteeId,
    });
    await finishReleases(context);
    return {};
  },
});
