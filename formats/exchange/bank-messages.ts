/**
 * Bodies of bank.md §2. The bank sees account, payer and sum; a body has no field for trade, lot or party,
 * and must never get one (招标投标法 22: the names and number of bidders are secret).
 */
import { Type } from "@sinclair/typebox";
import { jcs } from "../jcs.ts";
import { closed, dayShape, fenShape, hex32Shape, personalShape, refShape, timeShape } from "./envelope.ts";

const account = Type.String({ pattern: "^[0-9]{16,24}$" });
const currency = Type.Literal("CNY");
const bankCode = Type.String({ pattern: "^[0-9]{12}$" });
const sig = Type.String({ pattern: "^[0-9a-f]{128}$" });
const literals = <T extends string>(...words: T[]) => Type.Union(words.map((word) => Type.Literal(word)));

export const payerAccountKind = literals("basic", "general", "personal", "cash", "unknown");

export const bankMessages = {
  "bank.openPool": closed({
    poolId: refShape,
    purpose: literals("deposit", "price", "performance", "fee"),
    count: Type.Integer({ minimum: 1, maximum: 2000 }),
  }),
  "bank.poolOpened": closed({ poolId: refShape, accounts: Type.Array(account), mainAccount: account }),
  "bank.receipt": closed({
    bankRef: refShape,
    account,
    amountFen: fenShape,
    currency,
    payerName: personalShape,
    payerAccount: personalShape,
    payerBankCode: Type.Optional(bankCode),
    payerAccountKind,
    valueAt: timeShape,
    postedAt: timeShape,
    remark: Type.Optional(Type.String({ maxLength: 140 })),
    channel: Type.Optional(refShape),
  }),
  "bank.receiptReversed": closed({
    bankRef: refShape,
    ofBankRef: refShape,
    amountFen: fenShape,
    reason: literals("wrongAccount", "payerRecall", "bankError"),
    valueAt: timeShape,
  }),
  "bank.transfer": closed({
    orderId: refShape,
    kind: literals("refund", "forfeit", "settlement", "fee", "lateInterest"),
    fromAccount: account,
    toName: personalShape,
    toAccount: personalShape,
    toBankCode: bankCode,
    principalFen: fenShape,
    interestFen: fenShape,
    ofBankRef: Type.Optional(refShape),
    causeCode: refShape,
    rulesetHash: Type.Optional(hex32Shape),
    makerSig: sig,
    checkerSig: sig,
  }),
  "bank.cancelTransfer": closed({ orderId: refShape, reason: Type.String({ maxLength: 140 }) }),
  "bank.cancelResult": closed({ orderId: refShape, outcome: literals("cancelled", "tooLate") }),
  "bank.transferResult": closed({
    orderId: refShape,
    state: literals("done", "rejected", "returned"),
    bankRef: Type.Optional(refShape),
    executedAt: Type.Optional(timeShape),
    reason: Type.Optional(literals("accountClosed", "nameMismatch", "insufficient", "frozen", "limit", "other")),
    feeFen: Type.Optional(fenShape),
  }),
  "bank.interestPosted": closed({
    mainAccount: account,
    account,
    fromOn: dayShape,
    toOn: dayShape,
    ratePpm: Type.Integer({ minimum: 0 }),
    interestFen: fenShape,
  }),
  "bank.accountFrozen": closed({
    account: Type.Optional(account),
    mainAccount: Type.Optional(account),
    authority: Type.String({ maxLength: 128 }),
    documentNo: Type.String({ maxLength: 64 }),
    amountFen: Type.Optional(fenShape),
  }),
  "bank.accountUnfrozen": closed({
    account: Type.Optional(account),
    mainAccount: Type.Optional(account),
    authority: Type.String({ maxLength: 128 }),
    documentNo: Type.String({ maxLength: 64 }),
    amountFen: Type.Optional(fenShape),
  }),
} as const;

/** A line of the statement file and of `bank.statementSince`. */
export const statementLine = closed({
  entryNo: Type.Integer({ minimum: 1 }),
  bankRef: refShape,
  account,
  dc: literals("C", "D"),
  amountFen: fenShape,
  balanceAfterFen: fenShape,
  valueAt: timeShape,
  counterNameHash: hex32Shape,
  orderId: Type.Optional(refShape),
  kind: Type.String({ maxLength: 32 }),
});

export const bankAsks = {
  "bank.statementSince": closed({ mainAccount: account, afterEntryNo: Type.Integer({ minimum: 0 }) }),
  "bank.payerAccountKind": closed({ payerAccount: personalShape, payerName: personalShape }),
} as const;

export const bankAnswers = {
  "bank.statementSinceAnswer": closed({ entries: Type.Array(statementLine), lastEntryNo: Type.Integer({ minimum: 0 }) }),
  "bank.payerAccountKindAnswer": closed({ kind: payerAccountKind }),
} as const;

/** What maker and checker sign: JCS of the order without the two signatures (bank.md §2), ECDSA P-256 over SHA-256. */
export function transferText(order: object): Uint8Array<ArrayBuffer> {
  const { makerSig: _maker, checkerSig: _checker, ...rest } = order as { makerSig?: string; checkerSig?: string };
  return jcs(rest);
}
