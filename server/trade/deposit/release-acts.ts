/**
 * Money leaves by two persons: the cashier prepares and orders (maker), the accountant approves (checker),
 * both by their own keys over the same bytes. Neither learns of a lot. The bank's own statement must
 * have the receipt before anything is paid back.
 */
import { Type } from "@sinclair/typebox";
import { verifyP256 } from "../../../formats/act.ts";
import { hex } from "../../../formats/bytes.ts";
import { next, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, act, closed, judge, unknownObject } from "../transaction/index.ts";
import {
  type Account,
  accountStream,
  findAccount,
  lockAccount,
  type Receipt,
  type Refund,
  type RefundCommand,
  refundStates,
} from "./account.ts";
import { interestUntil } from "./interest.ts";
import type { DepositBank, PreparedRefund } from "./ports.ts";
import type { ReleaseCause } from "./release.ts";
import { refundRules } from "./rules/refund-in-time.ts";
import { accountOfOrder } from "./views.ts";

const orderId = Type.String({ title: "退款指令", pattern: "^dep_[0-9A-HJKMNP-TV-Z]{26}$" });
const signature = (title: string) => Type.String({ title, pattern: "^[0-9a-f]{128}$" });

export function prepareRelease(bank: DepositBank) {
  return act({
    name: "dep.prepareRelease",
    title: { zh: "核算退款与利息", en: "Prepare a refund" },
    who: ["cashier"],
    about: "free",
    lock: "exclusive",
    rules: ["CON-029", "CON-030"],
    data: closed({ orderId }),
    async decide(context, data) {
      const found = await refundOf(context, data.orderId, "prepare");
      if ("refused" in found) return found;
      const { account, refund, receipt } = found;
      // 退还投标保证金及银行同期存款利息: counted to the day on which the order is prepared.
      const interestFen = interestUntil(context.now, { principalFen: refund.principalFen, valueAt: receipt.valueAt });
      const wish = {
        orderId: refund.orderId,
        fromAccount: account.account,
        ofBankRef: refund.bankRef,
        principalFen: refund.principalFen,
        interestFen,
        causeCode: refund.cause,
      };
      const prepared = await bank.prepareRefund(context.tx, wish);
      await context.append(accountStream(account.account), "dep.releasePrepared", {
        account: account.account,
        orderId: refund.orderId,
        interestFen: interestFen.toString(),
        prepared,
      });
      return {
        orderId: refund.orderId,
        principalFen: refund.principalFen.toString(),
        interestFen: interestFen.toString(),
        bytesToSign: hex(bank.signedBytesOf(prepared)),
      };
    },
  });
}

export function orderRelease(bank: DepositBank) {
  return act({
    name: "dep.orderRelease",
    title: { zh: "经办退款指令", en: "Order a refund" },
    who: ["cashier"],
    about: "free",
    lock: "exclusive",
    data: closed({ orderId, makerSig: signature("经办签名") }),
    async decide(context, data) {
      const found = await refundOf(context, data.orderId, "order");
      if ("refused" in found) return found;
      const { account, refund } = found;
      if (!isSigned(bank, refund.prepared, { sig: data.makerSig, key: context.actor.signKey })) return signatureWrong();
      await context.append(accountStream(account.account), "dep.releaseOrdered", {
        account: account.account,
        orderId: refund.orderId,
        makerKey: context.actor.signKey,
        makerSig: data.makerSig,
      });
      return { orderId: refund.orderId };
    },
  });
}

export function approveRelease(bank: DepositBank) {
  return act({
    name: "dep.approveRelease",
    title: { zh: "复核退款指令", en: "Approve a refund" },
    who: ["accountant"],
    about: "free",
    lock: "exclusive",
    rules: ["CON-029", "CON-030"],
    data: closed({ orderId, checkerSig: signature("复核签名") }),
    async decide(context, data) {
      const found = await refundOf(context, data.orderId, "approve");
      if ("refused" in found) return found;
      const { account, refund, receipt } = found;
      const { maker, prepared } = refund;
      if (!maker || !prepared) throw new Error(`order ${refund.orderId} was ordered without a maker`);
      if (maker.personId === context.actor.personId || maker.key === context.actor.signKey) return sameHand();
      if (!isSigned(bank, prepared, { sig: data.checkerSig, key: context.actor.signKey })) return signatureWrong();
      const standing = await bank.receiptInStatement({ bankRef: receipt.bankRef, account: account.account, amountFen: receipt.amountFen });
      if (standing !== "matched") return notInStatement(standing);
      // A late refund is paid all the same; that it is late stands in the event.
      const { decisions } = judge(context, refundRules, {
        cause: refund.cause as ReleaseCause,
        askedAt: parseInstant(refund.askedAt),
        paidAt: context.now,
      });
      await context.append(accountStream(account.account), "dep.releaseApproved", {
        account: account.account,
        orderId: refund.orderId,
        decisions,
        checkerKey: context.actor.signKey,
        checkerSig: data.checkerSig,
      });
      await bank.orderRefund(context.tx, prepared, {
        makerKey: maker.key,
        makerSig: maker.sig,
        checkerKey: context.actor.signKey,
        checkerSig: data.checkerSig,
      });
      return { orderId: refund.orderId };
    },
  });
}

async function refundOf(
  context: ActContext,
  id: string,
  command: RefundCommand,
): Promise<{ account: Account; refund: Refund; receipt: Receipt } | Refusal> {
  const number = await accountOfOrder(context.tx, id);
  if (number === undefined) return unknownObject(id);
  await lockAccount(context.tx, number);
  const account = await findAccount(context.tx, number);
  const refund = account?.refunds.find((candidate) => candidate.orderId === id);
  const receipt = account?.receipts.find((candidate) => candidate.bankRef === refund?.bankRef);
  if (!account || !refund || !receipt) return unknownObject(id);
  if (next(refundStates, refund.state, command) !== undefined) return { account, refund, receipt };
  return refuse("act.not-possible-now", {
    message: "该退款现在不能这样办理。",
    messageEn: "This cannot be done with the refund now.",
    data: { state: refund.state },
  });
}

function isSigned(bank: DepositBank, prepared: PreparedRefund | null, { sig, key }: { sig: string; key: string }): boolean {
  return prepared !== null && verifyP256(bank.signedBytesOf(prepared), sig, key);
}

function signatureWrong(): Refusal {
  return refuse("deposit.order-signature-invalid", {
    law: "电子签名法",
    article: "第十三条",
    message: "对退款指令的签名无效。",
    messageEn: "The signature does not fit the order.",
    whatToDo: "请用本人证书对核算后的指令签名。",
  });
}

function sameHand(): Refusal {
  return refuse("act.separation-of-duties", {
    law: "会计法",
    article: "第二十五条",
    message: "经办与复核不能是同一人。",
    messageEn: "Maker and checker must be two persons.",
    whatToDo: "请由另一人复核。",
  });
}

function notInStatement(standing: string): Refusal {
  return refuse("deposit.not-in-statement", {
    law: "平台规则",
    message: "银行对账单中没有相符的入账，暂不能退款。",
    messageEn: "The bank's statement does not confirm the receipt.",
    data: { standing },
    whatToDo: "请先与银行对账。",
  });
}
