/**
 * opn.postPartial: an opening member's contribution to the bids whose keys are here, after the freeze of
 * keys (seal-v1 §7, phase 2). Each comes with its proof; a wrong one is recorded with its author's name
 * and changes nothing for the others. Shares themselves never leave the members' devices.
 */
import { Type } from "@sinclair/typebox";
import { checkPartial } from "../../../formats/seal/index.ts";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { memberIndexOf } from "../ceremony/index.ts";
import { type ActContext, act } from "../transaction/index.ts";
import { type Opening, type PostedPartial, partialsComplete, presentBids } from "./opening.ts";
import { getOpening, openingFor, openingStream } from "./opening-stream.ts";

type Partial = Omit<PostedPartial, "version">;

const hexOf = (bytes: number, title: string) => Type.String({ pattern: `^[0-9a-f]{${2 * bytes}}$`, title });

const data = Type.Object(
  {
    partials: Type.Array(
      Type.Object(
        {
          bidDigest: hexOf(32, "投标文件摘要"),
          member: Type.Integer({ minimum: 1, maximum: 16, title: "成员序号" }),
          D: hexOf(33, "部分解封值"),
          c: hexOf(32, "证明 c"),
          z: hexOf(32, "证明 z"),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 1000, title: "各投标文件的部分解封值" },
    ),
  },
  { additionalProperties: false },
);

export const postPartial = act({
  name: "opn.postPartial",
  title: { zh: "提交解封份额", en: "Post partial decryptions" },
  who: ["buyer", "centre", "supervisor"],
  about: "lot",
  lock: "exclusive",
  step: "opening.open",
  data,
  async decide(context, { partials }) {
    const opening = await openingFor(context, "postPartial");
    if (isRefusal(opening)) return opening;
    const member = await memberIndexOf(context.tx, context.lot.id, context.actor.personId);
    const refusal = refusalOf(opening, partials, member);
    if (refusal) return refusal;
    const posted = { accepted: [] as string[], rejected: [] as string[] };
    for (const partial of partials) await post(context, opening, { partial, posted });
    if (partialsComplete(await getOpening(context))) {
      await context.append(openingStream(context.lot.id), "opn.partialsComplete", { bids: presentBids(opening).length });
    }
    return posted;
  },
});

function refusalOf(opening: Opening, partials: readonly Partial[], member: number | undefined): Refusal | undefined {
  if (member === undefined || partials.some((partial) => partial.member !== member)) return notYourShare();
  const present = new Set(presentBids(opening).map(({ bidDigest }) => bidDigest));
  const stranger = partials.find(({ bidDigest }) => !present.has(bidDigest));
  if (stranger) return noSuchBid(stranger.bidDigest);
  const names = partials.map(({ bidDigest }) => bidDigest);
  const again = partials.find((partial, i) => names.indexOf(partial.bidDigest) !== i || isPosted(opening, partial));
  return again && repeated(again.bidDigest);
}

function isPosted({ partials, rejected }: Opening, { bidDigest, member, ...proof }: Partial): boolean {
  const same = (other: PostedPartial) => other.bidDigest === bidDigest && other.member === member;
  return partials.some(same) || rejected.some((other) => same(other) && other.c === proof.c && other.z === proof.z);
}

async function post(
  context: ActContext,
  opening: Opening,
  { partial, posted }: { partial: Partial; posted: { accepted: string[]; rejected: string[] } },
): Promise<void> {
  const bid = opening.bids.get(partial.bidDigest);
  const code = bid && checkPartial(opening.ceremony, bid.header, partial);
  const { bidDigest, member } = partial;
  const role = opening.ceremony.members[member - 1]?.role ?? "";
  posted[code ? "rejected" : "accepted"].push(bidDigest);
  // The record of the opening names an author's wrong partial once for each bid; one is proof enough.
  if (code && opening.rejected.some((other) => other.bidDigest === bidDigest && other.member === member)) return;
  await context.append(openingStream(context.lot.id), code ? "opn.partialRejected" : "opn.partialPosted", {
    ...partial,
    role,
    ...(code ? { code } : {}),
  });
  crashPoint("CP12.first-partial");
}

function notYourShare(): Refusal {
  return refuse("opening.not-your-share", {
    message: "您不是本标段的开标成员，或提交的不是您本人的份额。",
    messageEn: "You are no opening member of this lot, or this is another member's share.",
    whatToDo: "请由密钥生成时登记的成员本人提交。",
  });
}

function noSuchBid(bidDigest: string): Refusal {
  return refuse("opening.partial-for-sealed-bid", {
    message: "只能对已交密钥的投标文件提交份额。",
    messageEn: "A share may be posted only for a bid whose key is here.",
    data: { bidDigest, code: "E_PARTIAL" },
  });
}

function repeated(bidDigest: string): Refusal {
  return refuse("opening.partial-repeated", {
    message: "这份份额已经提交过。",
    messageEn: "This share was posted before.",
    data: { bidDigest },
  });
}
