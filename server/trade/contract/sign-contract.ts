/** `con.sign`, `con.secure`, `con.file`: both sides sign the same text; from then the deposits are due back. */
import { next, parseFen, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import { foldStream } from "../../record/index.ts";
import { concludeAward } from "../award/index.ts";
import { type Act, type ActContext, act, closed, completeStep, digest, fen, judge, text } from "../transaction/index.ts";
import { type ContractCommand, contractStates } from "./contract.states.ts";
import { type Contract, contractOf, evolveContract } from "./contract.ts";
import { type Basis, basisOf } from "./draft-contract.ts";
import type { ContractPorts } from "./ports.ts";
import { contractIsInTime } from "./rules/contract-is-made.ts";
import { securityIsBounded } from "./rules/terms-follow-the-bid.ts";

export function signContract(ports: ContractPorts): Act {
  return act({
    name: "con.sign",
    title: { zh: "签订合同", en: "Sign the contract" },
    who: ["buyer", "bidder"],
    about: "lot",
    lock: "exclusive",
    step: "contract.sign",
    rules: ["CON-074", "CON-075"],
    data: closed({ termsDigest: digest("合同文本摘要") }),
    async decide(context, { termsDigest }) {
      const basis = await basisOf(context);
      if ("refused" in basis) return basis;
      const contract = await foldStream(context.tx, basis.stream, evolveContract);
      if (!contract || next(contractStates, contract.state, "sign") === undefined) return notNow(contract);
      const refusal = wrongSide(context, basis, contract) ?? otherText(contract, termsDigest);
      if (refusal) return refusal;
      const letterAt = parseInstant(basis.award.letter?.at ?? contract.draftedAt);
      const judged = judge(context, [contractIsInTime], { letterAt, signedAt: context.now });
      if (judged.refusal) return judged.refusal;
      await context.append(basis.stream, "con.signed", {
        organisation: context.actor.organisationId,
        termsDigest,
        decisions: judged.decisions,
      });
      return contract.signatures.length === 1 ? takeEffect(context, basis, ports) : { signed: 1 };
    },
  });
}

/** 招标人最迟应当在书面合同签订后5日内向中标人和未中标的投标人退还投标保证金及银行同期存款利息 (实施条例 第五十七条第二款). */
async function takeEffect(context: ActContext, { stream, winner, report }: Basis, ports: ContractPorts) {
  await context.append(stream, "con.effective", { priceFen: winner.priceFen, contractor: winner.organisation });
  await concludeAward(context);
  await completeStep(context, "contract.sign", "signed", stream);
  await ports.releaseDue(context, {
    organisations: [...new Set(report.bids.map(({ organisation }) => organisation))],
    cause: "con.effective",
  });
  return { signed: 2 };
}

function wrongSide({ actor, lot }: ActContext, { winner }: Basis, { signatures }: Contract): Refusal | undefined {
  const own = actor.role === "buyer" ? lot.parties.buyer : winner.organisation;
  if (own !== actor.organisationId)
    return refuse("contract.not-a-party", { message: "您不是合同当事人。", messageEn: "You are no party to the contract." });
  if (!signatures.some(({ organisation }) => organisation === own)) return undefined;
  return refuse("contract.signed-already", {
    message: "您已经签署，请等待对方签署。",
    messageEn: "You have signed already; the other side must sign.",
  });
}

function otherText(contract: Contract, termsDigest: string): Refusal | undefined {
  if (contract.termsDigest === termsDigest) return undefined;
  return refuse("contract.other-text", {
    message: "您签署的文本与当前合同文本不一致。",
    messageEn: "The text that you signed is not the present one.",
    data: { termsDigest: contract.termsDigest },
    whatToDo: "请重新阅读合同文本后签署。",
  });
}

export function notNow(contract: Contract | undefined): Refusal {
  return refuse("act.not-possible-now", {
    message: "合同现在的状态不能这样办理。",
    messageEn: "This is not possible in the present state of the contract.",
    data: { state: contract?.state ?? "waiting" },
    whatToDo: "请查看标段的当前环节。",
  });
}

async function inState(context: ActContext, command: ContractCommand): Promise<Contract | Refusal> {
  const contract = await contractOf(context.tx, context.lot.id);
  return contract && next(contractStates, contract.state, command) !== undefined ? contract : notNow(contract);
}

export const secureContract = act({
  name: "con.secure",
  title: { zh: "提交履约担保", en: "Give the performance security" },
  who: ["bidder"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-076"],
  data: closed({ form: text("担保形式", 60), amountFen: fen("担保金额（分）"), reference: text("保函或者凭证编号", 120) }),
  async decide(context, { form, amountFen, reference }) {
    const contract = await inState(context, "secure");
    if ("refused" in contract) return contract;
    if (contract.terms.contractor !== context.actor.organisationId)
      return refuse("contract.not-a-party", { message: "您不是合同当事人。", messageEn: "You are no party to the contract." });
    const { refusal } = judge(context, [securityIsBounded], {
      deviations: [],
      priceFen: parseFen(contract.terms.priceFen),
      securityFen: parseFen(amountFen),
    });
    if (refusal) return refusal;
    await context.append(contract.stream, "con.secured", { form, amountFen, reference });
    return {};
  },
});

export const fileContract = act({
  name: "con.file",
  title: { zh: "合同备案", en: "File the contract" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "contract.file",
  data: closed({ number: text("备案编号", 60) }),
  async decide(context, { number }) {
    const contract = await inState(context, "file");
    if ("refused" in contract) return contract;
    await context.append(contract.stream, "con.filed", { number });
    await completeStep(context, "contract.file", "filed", contract.stream);
    return {};
  },
});
