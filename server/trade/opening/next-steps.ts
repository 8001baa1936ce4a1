/** What a person should do next in the opening hall, by its state and the person's side. */
import { instantText } from "../../kernel/index.ts";
import { memberIndexOf } from "../ceremony/index.ts";
import { effectiveAt, type NextStep, type ReadContext, sideOf } from "../transaction/index.ts";
import { bidOf } from "./attend.ts";
import { missingBids, type Opening, presentBids } from "./opening.ts";
import { openingOf } from "./opening-stream.ts";

export async function openingNextSteps(context: ReadContext): Promise<NextStep[]> {
  const { tx, lot, actor } = context;
  const opening = actor && (await openingOf(tx, lot.id));
  if (!actor || !opening) return [];
  const side = sideOf(actor, lot);
  if (side === "bidder") return bidderSteps(context, opening);
  const own: NextStep[] = [];
  if (opening.state === "judging" && ["buyer", "agent", "centre", "supervisor"].includes(side)) own.push(...judgements(opening));
  if (opening.state === "unsealing" && (await isAwaitedMember(context, opening)))
    own.push(step("opn.postPartial", "提交解封份额", "Post your partial decryptions"));
  if (opening.state === "unsealed" && (side === "buyer" || side === "agent")) own.push(step("opn.readOut", "唱标", "Read the bids out"));
  if (opening.state === "confirming" && (side === "buyer" || side === "agent")) own.push(...answers(opening));
  if (opening.state === "confirming" && side === "centre") own.push(step("opn.close", "结束开标", "Close the opening"));
  return own;
}

function bidderSteps({ lot, actor }: ReadContext, opening: Opening): NextStep[] {
  const bid = actor && bidOf(opening, { actor });
  if (!bid || "refused" in bid) return [];
  const { bidDigest } = bid;
  const dueAt = (name: string) => (effectiveAt(lot, name) === undefined ? null : instantText(effectiveAt(lot, name) as number));
  if (opening.state === "decrypting" && !bid.key) {
    const signIn = bid.attendedAt === null ? [step("opn.attend", "签到", "Sign in")] : [];
    return [
      ...signIn,
      {
        ...step("bid.deliverKey", "解密投标文件", "Decrypt your bid"),
        dueAt: dueAt("decryptionEnd"),
        rules: ["CON-045", "CON-046"],
        fill: { bidDigest },
      },
    ];
  }
  if (opening.state === "confirming" && !bid.confirmed) {
    return [
      {
        ...step("opn.confirm", "确认开标记录或当场提出异议", "Confirm, or object on the spot"),
        dueAt: dueAt("confirmEnd"),
        rules: ["CON-048"],
      },
    ];
  }
  return [];
}

function judgements(opening: Opening): NextStep[] {
  return missingBids(opening)
    .filter(({ judged }) => judged === null)
    .map(({ bidDigest, name }) => ({
      ...step("opn.judgeMissing", `认定未解密原因：${name}`, `Judge why ${name} did not decrypt`),
      rules: ["CON-046"],
      fill: { bidDigest },
    }));
}

function answers({ bids }: Opening): NextStep[] {
  return [...bids.values()]
    .filter(({ confirmed }) => confirmed?.objection && !confirmed.answer)
    .map(({ bidDigest, name }) => ({
      ...step("opn.answerObjection", `当场答复异议：${name}`, `Answer the objection of ${name}`),
      rules: ["CON-048"],
      fill: { bidDigest },
    }));
}

async function isAwaitedMember({ tx, lot, actor }: ReadContext, opening: Opening): Promise<boolean> {
  const member = actor && (await memberIndexOf(tx, lot.id, actor.personId));
  if (member === undefined) return false;
  const posted = opening.partials.filter((partial) => partial.member === member).length;
  return posted < presentBids(opening).length;
}

function step(act: string, zh: string, en: string): NextStep {
  return { act, title: { zh, en }, dueAt: null, rules: [] };
}
