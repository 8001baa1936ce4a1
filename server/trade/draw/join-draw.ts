/** drw.join: an attending bidder signs up to give a share, after the opening began and before the plan is frozen. */
import { Type } from "@sinclair/typebox";
import type { Json } from "../../../formats/jcs.ts";
import { findKey, findOrganisation } from "../../identity/index.ts";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { type Act, act } from "../transaction/index.ts";
import { contributorOf, contributorsMax, noKey } from "./contributors.ts";
import type { Draw } from "./draw.ts";
import { drawIdShape, findDrawFor, notNow } from "./find-draw.ts";
import type { Purposes } from "./purpose.ts";

export function joinDraw(purposes: Purposes): Act {
  return act({
    name: "drw.join",
    title: { zh: "报名贡献随机数", en: "Sign up to give a share" },
    who: ["bidder"],
    about: "lot",
    lock: "exclusive",
    rules: ["CON-099"],
    data: Type.Object({ drawId: drawIdShape }, { additionalProperties: false }),
    async decide(context, { drawId }) {
      const draw = await findDrawFor(context, drawId, "join");
      if (isRefusal(draw)) return draw;
      const mayJoin = purposes[draw.purpose]?.mayJoin;
      const refusal = mayJoin ? await mayJoin(context) : notNow(draw);
      if (refusal) return refusal;
      const { personId, organisationId } = context.actor;
      if (draw.contributors.some((one) => one.organisationId === organisationId)) return joinedAlready(draw);
      if (draw.contributors.length >= contributorsMax) return full(draw);
      const key = await findKey(context.tx, personId, "ed25519");
      if (!key) return noKey(personId);
      const name = (await findOrganisation(context.tx, organisationId))?.name ?? organisationId;
      const contributor = contributorOf({ personId, organisationId, key }, name, "投标人");
      await context.append(drawId, "drw.joined", { lotId: draw.lotId, contributor: contributor as unknown as Json });
      return { drawId, i: draw.contributors.length };
    },
  });
}

function joinedAlready({ id }: Draw): Refusal {
  return refuse("draw.second-share", {
    ruleId: "CON-099",
    law: "draw-v1 §7",
    message: "贵单位已经报名。",
    messageEn: "Your organisation has signed up already.",
    data: { drawId: id },
  });
}

function full({ id }: Draw): Refusal {
  return refuse("draw.contributors-full", {
    ruleId: "CON-099",
    law: "draw-v1 §2",
    message: `贡献方最多 ${contributorsMax} 家，名额已满；不报名不影响投标。`,
    messageEn: `There are ${contributorsMax} contributors already; a bid does not depend on it.`,
    data: { drawId: id, contributorsMax },
  });
}
