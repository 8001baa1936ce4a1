/** BankPort over the message protocol of bank.md. Pure but for the asks; what is sent goes through the outbox. */

import { verifyP256 } from "../../../formats/act.ts";
import { bankMessages, type Envelope, firstFault, transferText } from "../../../formats/exchange/index.ts";
import type { ExchangeClient } from "../exchange-client.ts";
import type { BankFact, BankPort, PayerAccountKind, PreparedTransfer, StatementLine, TransferOrder } from "../ports/bank-port.ts";

// biome-ignore lint/suspicious/noExplicitAny: the ear has checked the body against the schema of its type.
type Fields = Readonly<Record<string, any>>;

export function bankAdapter(client: ExchangeClient, to = "sim-bank"): BankPort {
  return {
    openAccounts: ({ poolId, purpose, count }) => ({
      to,
      type: "bank.openPool",
      object: `pool/${poolId}`,
      body: { poolId, purpose, count },
    }),
    prepareTransfer: (order) => prepared(order, (text) => client.sealPersonal(to, text)),
    signedBytesOf: transferText,
    orderTransfer: (order, signed) => {
      if (signed.makerKey === signed.checkerKey) throw new RangeError("maker and checker are one person");
      const bytes = transferText(order);
      if (!verifyP256(bytes, signed.makerSig, signed.makerKey) || !verifyP256(bytes, signed.checkerSig, signed.checkerKey))
        throw new RangeError("a signature does not fit the order");
      const body = { ...order, makerSig: signed.makerSig, checkerSig: signed.checkerSig };
      const fault = firstFault(bankMessages["bank.transfer"], body);
      if (fault !== undefined) throw new RangeError(`the order is misshapen at ${fault}`);
      return { to, type: "bank.transfer", object: `order/${order.orderId}`, body };
    },
    cancelTransfer: (orderId, reason) => ({ to, type: "bank.cancelTransfer", object: `order/${orderId}`, body: { orderId, reason } }),
    readFact: (envelope) => factOf(envelope, (field) => client.openPersonal(field)),
    statementSince: async (mainAccount, afterEntryNo) => {
      const answer = await client.ask(to, "bank.statementSince", { mainAccount, afterEntryNo });
      return { entries: (answer.entries as Fields[]).map(lineOf), lastEntryNo: answer.lastEntryNo as number };
    },
    statementsOf: (day) => statementsOf(client, to, day),
    payerAccountKind: async ({ name, account }) => {
      const answer = await client.ask(to, "bank.payerAccountKind", {
        payerAccount: client.sealPersonal(to, account),
        payerName: client.sealPersonal(to, name),
      });
      return answer.kind as PayerAccountKind;
    },
  };
}

function prepared(order: TransferOrder, seal: (text: string) => string): PreparedTransfer {
  const { purpose, toName, toAccount, principalFen, interestFen, ofBankRef, rulesetHash, ...plain } = order;
  if (purpose === "refund" && ofBankRef === undefined) throw new RangeError("a refund names the receipt that it gives back");
  return {
    ...plain,
    kind: purpose,
    toName: seal(toName),
    toAccount: seal(toAccount),
    principalFen: principalFen.toString(),
    interestFen: interestFen.toString(),
    ...(ofBankRef === undefined ? {} : { ofBankRef }),
    ...(rulesetHash === undefined ? {} : { rulesetHash }),
  };
}

function factOf({ type, object, body }: Envelope, open: (field: string) => string): BankFact | undefined {
  const fields = body as Fields;
  switch (type) {
    case "bank.poolOpened":
      return { fact: "poolOpened", poolId: fields.poolId, accounts: fields.accounts, mainAccount: fields.mainAccount };
    case "bank.receipt": {
      const { bankRef, account, payerAccountKind, valueAt, postedAt, remark } = fields;
      return {
        fact: "received",
        bankRef,
        account,
        amountFen: BigInt(fields.amountFen),
        payerName: open(fields.payerName),
        payerAccount: open(fields.payerAccount),
        payerAccountKind,
        valueAt,
        postedAt,
        ...(remark === undefined ? {} : { remark }),
      };
    }
    case "bank.receiptReversed":
      return {
        fact: "reversed",
        bankRef: fields.bankRef,
        ofBankRef: fields.ofBankRef,
        amountFen: BigInt(fields.amountFen),
        reason: fields.reason,
        valueAt: fields.valueAt,
        account: (object ?? "").replace(/^acc\//, ""),
      };
    case "bank.transferResult":
      return { fact: "transferJudged", ...(fields as { orderId: string; state: "done" | "rejected" | "returned" }) };
    case "bank.cancelResult":
      return { fact: "transferCancelled", orderId: fields.orderId, outcome: fields.outcome };
    case "bank.interestPosted":
      return {
        fact: "interestPosted",
        account: fields.account,
        fromOn: fields.fromOn,
        toOn: fields.toOn,
        ratePpm: fields.ratePpm,
        interestFen: BigInt(fields.interestFen),
      };
    case "bank.accountFrozen":
    case "bank.accountUnfrozen":
      return {
        fact: type === "bank.accountFrozen" ? "accountFrozen" : "accountUnfrozen",
        account: fields.account ?? fields.mainAccount,
        authority: fields.authority,
        documentNo: fields.documentNo,
      };
    default:
      return undefined;
  }
}

function lineOf(fields: Fields): StatementLine {
  const { entryNo, bankRef, account, dc, valueAt, kind, orderId } = fields;
  return {
    entryNo,
    bankRef,
    account,
    dc,
    amountFen: BigInt(fields.amountFen),
    balanceAfterFen: BigInt(fields.balanceAfterFen),
    valueAt,
    kind,
    ...(orderId === undefined ? {} : { orderId }),
  };
}

async function statementsOf(client: ExchangeClient, to: string, day: string): ReturnType<BankPort["statementsOf"]> {
  const listed = await client.listFiles(to, "statement", day);
  const statements = new Map<string, Awaited<ReturnType<BankPort["statementsOf"]>>["statements"][number]>();
  const refused: string[] = [];
  for (const file of [...listed].sort((a, b) => a.version - b.version)) {
    const whole = await client.fetchFile(to, file);
    if ("refused" in whole) {
      refused.push(file.fileId);
      continue;
    }
    const mainAccount = String(whole.head.mainAccount);
    // "version n+1 replaces n as a whole."
    statements.set(mainAccount, {
      mainAccount,
      version: file.version,
      closingFen: BigInt(String(whole.tail.closingFen)),
      entries: whole.records.map(lineOf),
    });
  }
  return { statements: [...statements.values()], refused };
}
