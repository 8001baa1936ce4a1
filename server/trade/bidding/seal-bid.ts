/**
 * bid.seal: a bidder hands in a sealed bid, or replaces its earlier one. What can be checked at receipt is
 * checked here (seal-v1 §10); nothing here can read the bid. A missing deposit never stands in the way
 * (decisions §3). Nothing of it can be seen before the deadline: not even that it exists (招标投标法 第二十二条).
 */
import { fromHex, hex } from "../../../formats/bytes.ts";
import { sha256 } from "../../../formats/jcs.ts";
import { bidDigestOf, checkSubmission, type SealHeader, SealSubmission } from "../../../formats/seal/index.ts";
import { type Instant, instantText, next, type Refusal, type Rule, refuse } from "../../kernel/index.ts";
import { ceremonyOf } from "../ceremony/index.ts";
import { type ActContext, act, appendSealed, effectiveAt, isPointUsed, isReached, judge, refusalOfStep } from "../transaction/index.ts";
import { bidStates } from "./bid.states.ts";
import { type BidChain, isOvertaken, nextVersion, sealAct, stateOfChain } from "./bid.ts";
import { faultOfPieces } from "./check-pieces.ts";
import { answerWithReceipt, lockParty, ownChain } from "./own-bid.ts";
import { part } from "./receipts.ts";
import { incomplete } from "./rules/incomplete.ts";
import { type LateFacts, late } from "./rules/late.ts";
import { notSealed } from "./rules/not-sealed.ts";
import { partyIsAgent, partyIsBuyer } from "./rules/party.ts";
import { loadSubmission, storeSubmission, submittingAct } from "./submission-file.ts";

export const sealBid = act({
  name: sealAct,
  title: { zh: "递交投标文件", en: "Hand in a sealed bid" },
  who: ["bidder"],
  about: "lot",
  lock: "shared",
  sealed: true,
  rules: ["CON-035", "CON-036", "CON-037", "CON-038", "CON-040", "CON-094"],
  data: SealSubmission,
  async decide(context, submission) {
    const refusal = refusalOfTime(context, late) ?? refusalOfParty(context) ?? refusalOfStep(context, "bidding.submit");
    if (refusal) return refusal;
    await lockParty(context);
    const chain = await ownChain(context);
    const unsealed = await refusalOfSeal(context, { submission, chain });
    if (unsealed) return unsealed;
    const fault = await faultOfPieces(context.platform.files, submission);
    return judge(context, [incomplete], { fault }).refusal ?? keep(context, submission);
  },
  afterNumbered: answerWithReceipt,
});

/** Judged by arrival alone (招标投标法 第二十八条、第二十九条); an announced deadline is the only one there is. */
export function refusalOfTime(context: ActContext, rule: Rule<LateFacts>): Refusal | undefined {
  const deadline = effectiveAt(context.lot, "bidDeadline");
  if (deadline === undefined) return undefined;
  const { refusal } = judge(context, [rule], { arrivedAt: context.now, deadline });
  return refusal ?? (isReached(context.lot, "bidDeadline") ? tooSlow(context.now) : undefined);
}

/** It came in time, but the house did not finish it before the opening began: its own fault, said as such. */
function tooSlow(arrivedAt: Instant): Refusal {
  return refuse("bid.not-finished-in-time", {
    message: "投标文件在截止时间前到达，但平台未能在开标前处理完毕。这是平台的原因，不是您的原因。",
    messageEn: "The bid came in time, but the platform did not finish it before the opening began. The platform is at fault.",
    data: { arrivedAt: instantText(arrivedAt) },
    whatToDo: "请保存本回执，立即向交易中心与行政监督部门反映。",
  });
}

function refusalOfParty(context: ActContext): Refusal | undefined {
  const { buyer, agent } = context.lot.parties;
  return judge(context, [partyIsAgent, partyIsBuyer], { organisation: context.actor.organisationId, buyer, agent }).refusal;
}

interface Sealing {
  submission: SealSubmission;
  chain: BidChain;
}

async function refusalOfSeal(context: ActContext, { submission, chain }: Sealing): Promise<Refusal | undefined> {
  const { header } = submission;
  if (next(bidStates, stateOfChain(chain.acts), "seal") === undefined) throw new Error("a party can always seal before the deadline");
  const ceremony = await ceremonyOf(context.tx, context.lot.id);
  if (!ceremony) throw new Error(`lot ${context.lot.id} has no key ceremony`);
  const checked = checkSubmission(submission, { ceremony, part });
  const { refusal } = judge(context, [notSealed], { code: checked.ok ? null : checked.code });
  if (refusal) return refusal;
  if (header.bidderId !== chain.partyId) return otherParty(chain.partyId);
  if (header.version !== nextVersion(chain.acts) || isOvertaken(chain.acts, context.now))
    return wrongVersion(header.version, nextVersion(chain.acts));
  return (await isSecretUsed(context, header, chain)) ? reusedSecret() : undefined;
}

/** R is compared with every bid of the house; salt and prefix with the party's own versions, the only ones that may be opened. */
async function isSecretUsed(context: ActContext, header: SealHeader, { acts }: BidChain): Promise<boolean> {
  if (await isPointUsed(context.tx, pointHash(header))) return true;
  for (const { submission } of acts) {
    if (!submission) continue;
    const earlier = (await loadSubmission(context.platform.files, submission)).header;
    if (earlier.salt === header.salt || earlier.prefix === header.prefix || earlier.wrapDek === header.wrapDek) return true;
  }
  return false;
}

async function keep(context: ActContext, submission: SealSubmission) {
  const { header } = submission;
  const bidDigest = bidDigestOf(submission);
  const place = await storeSubmission(context.platform.files, context.random, { ...submission, act: submittingAct(context) });
  const deadline = instantText(effectiveAt(context.lot, "bidDeadline") as number);
  const fields = { version: header.version, bidDigest, deadline, submission: place };
  const { stream } = await appendSealed(context, sealAct, fields, { version: 1, bidDigest, rHash: pointHash(header) });
  return { stream };
}

function pointHash({ R }: SealHeader): string {
  return hex(sha256(fromHex(R)));
}

function otherParty(partyId: string): Refusal {
  return refuse("bid.other-party", {
    message: "投标文件的投标人编号不是贵单位在本标段的编号。",
    messageEn: "The bid names another party than yours.",
    data: { partyId },
    whatToDo: "请用本标段页面给出的编号重新密封。",
  });
}

function wrongVersion(version: number, expected: number): Refusal {
  return refuse("bid.version", {
    message: `投标文件的版本号应为 ${expected}。`,
    messageEn: `The next version of this bid is ${expected}.`,
    data: { version, expected },
    whatToDo: "请刷新页面，按最新回执重新密封。",
  });
}

function reusedSecret(): Refusal {
  return refuse("bid.reused-secret", {
    message: "投标文件重复使用了以前的密钥材料，不能接收。",
    messageEn: "The bid uses key material of an earlier bid again.",
    whatToDo: "请重新密封：每一次密封都使用新的密钥。",
  });
}
